"""The room in words: what is allowed, what there is now, and how far the one is from the other."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from ncriteria.analysis.room.ends import Reason
from ncriteria.analysis.room.inside import InsideRoom
from ncriteria.analysis.room.rooms import FactRoom, NearMiss, Progress
from ncriteria.analysis.room.value_sets import Choices, NumberRange, Values, ValueSet
from ncriteria.evaluation.explanation.units_inside import unit_names
from ncriteria.evaluation.explanation.values import Voice, fact_value_teller, value_teller
from ncriteria.evaluation.explanation.wording import asked_text
from ncriteria.language.tree import THIS_YEAR
from ncriteria.language.values import Interval
from ncriteria.sets.grades.scales import is_grade
from ncriteria.sets.model import FactValue, Level, Verdict
from ncriteria.sets.names import UNITS, VERDICTS, options_text
from ncriteria.words import Message, Words

PROGRESS: Final[Mapping[Progress, Message]] = {
    Progress.LOST: Message("Already lost"),
    Progress.OPEN: Message("Still open"),
    Progress.CERTAIN: Message("Already certain"),
}
GIVEN: Final[Mapping[Verdict, Message]] = {
    Verdict.MET: Message("Given"),
    Verdict.NOT_MET: Message("Not given"),
    Verdict.UNDETERMINED: VERDICTS[Verdict.UNDETERMINED],
    Verdict.NOT_APPLICABLE: VERDICTS[Verdict.NOT_APPLICABLE],
}
"""What a verdict on a grade is called."""
NO_VERDICT: Final = Message("No verdict")
"""Where a rule has no value."""
_REASONS: Final[Mapping[Reason, Message]] = {
    Reason.UNENDING: Message("the values repeat without end"),
    Reason.TOO_MANY: Message("the values fall into too many intervals"),
    Reason.NOT_LINEAR: Message("the fact is multiplied with itself, or divides and does not cancel"),
    Reason.OUT_OF_TIME: Message("not found in time"),
}


def values_text(voice: Voice, fact: str, values: Values) -> str:
    """A set of values of a fact: `tối đa 54`, `at most 2 or at least 7`, `any value but 5`."""
    say = voice.say
    if not values:
        return say("none")
    if isinstance(values, Choices):
        return _either(say, list(map(fact_value_teller(voice, fact), values.values)))
    if values.is_whole_domain:
        return say("any value")
    holes = values.outside.spans
    if len(holes) < len(values.spans) and all(hole.is_point for hole in holes):
        return say("any value but {values}", values=", ".join(_end(say, values, hole.low) for hole in holes))
    points = [_end(say, values, span.low) for span in values.spans if span.is_point]
    if len(points) == len(values.spans):
        return say("only {values}", values=", ".join(points))
    return _either(say, [_span_text(say, values, span) for span in values.spans])


def _either(say: Words, told: list[str]) -> str:
    return say(" or ").join(told)


def _span_text(say: Words, values: ValueSet, span: NumberRange) -> str:
    if span.is_point:
        return say("only {values}", values=_end(say, values, span.low))
    low = None if _reaches(span.low, span.low_closed, values.domain.low) else _end(say, values, span.low)
    high = None if _reaches(span.high, span.high_closed, values.domain.high) else _end(say, values, span.high)
    if low is None:
        return say("no later than {day}", day=high) if values.days else _below(say, span, high)
    if high is None:
        return say("no earlier than {day}", day=low) if values.days else _above(say, span, low)
    if span.low_closed and span.high_closed:
        return say("from {low} to {high}", low=low, high=high)
    return f"{_above(say, span, low)}, {_below(say, span, high)}"


def _above(say: Words, span: NumberRange, low: str) -> str:
    if span.low_closed:
        return say.within("room", "at least {limit}", limit=low)
    return say("more than {limit}", limit=low)


def _below(say: Words, span: NumberRange, high: str | None) -> str:
    if span.high_closed:
        return say.within("room", "at most {limit}", limit=high)
    return say("less than {limit}", limit=high)


def _reaches(end: Fraction | None, closed: bool, limit: Fraction | None) -> bool:
    """Whether a span goes as far on this side as the fact can."""
    return end is None or (closed and end == limit)


def _end(say: Words, values: ValueSet, end: Fraction | None) -> str:
    assert end is not None
    return say.day(datetime.date.fromordinal(int(end))) if values.days else say.number(end)


def room_text(voice: Voice, found: FactRoom) -> str:
    """One fact of one clause, such as `at most 54; now 55; 1 too many`."""
    told = [*_sets(voice, found), _now(voice, found), _standing(voice.say, found) or _distance(voice.say, found)]
    return "; ".join(part for part in told if part)


def _standing(say: Words, found: FactRoom) -> str:
    """What is settled of a fact that is only known so far, whatever more there will be."""
    match found.progress.value if isinstance(found.now, Interval) else None:
        case "lost":
            return say("already lost")
        case "certain":
            return say("already certain")
        case _:
            return ""


def _sets(voice: Voice, found: FactRoom) -> list[str]:
    say = voice.say
    told = [values_text(voice, found.fact.name, found.met)] if found.met else []
    if found.undetermined and found.undetermined.is_whole_domain:
        told.append(say("undecided with any value"))
    elif found.undetermined:
        told.append(say("undecided: {values}", values=values_text(voice, found.fact.name, found.undetermined)))
    if found.not_applicable:
        told.append(say("not applicable: {values}", values=values_text(voice, found.fact.name, found.not_applicable)))
    if found.no_value:
        told.append(say("no verdict: {values}", values=values_text(voice, found.fact.name, found.no_value)))
    for refused in found.not_solved:
        reason = say.this(_REASONS[refused.reason])
        told.append(
            say(
                "not solved: {values} ({reason})",
                values=values_text(voice, found.fact.name, refused.values),
                reason=reason,
            )
        )
    is_enough = found.met or found.undetermined or found.not_solved
    return told if is_enough else [say("no value of this fact alone is enough"), *told]


def inside_text(voice: Voice, found: InsideRoom) -> str:
    """How many of the units inside that are still open may fail, or must come out so, and which they are."""
    say, asked = voice.say, asked_text(voice, found.asked)
    units = say.this(UNITS[Level(found.asked.level)])
    told = "; ".join(
        (say("{asked}: {units} still open: {count}", asked=asked, units=units, count=found.count), *_borne(say, found))
    )
    names = [unit_names(say, found.open)] if found.open else []
    if found.unnamed and found.in_table:
        names.append(say("{count} not in the table", count=found.unnamed))
    return f"{told}: {', '.join(names)}" if names else told


def _borne(say: Words, found: InsideRoom) -> Iterator[str]:
    is_clause = found.asked.inner is None
    if found.least:
        if not is_clause:
            yield say("at least {least} of them must be so", least=found.least)
        else:
            yield say("{count} of them may fail", count=found.may_fail) if found.may_fail else say("none may fail")
    if found.most is not None and found.most < found.count:
        if is_clause:
            yield say("at most {most} of them may be met", most=found.most)
        else:
            yield say("at most {most} of them may be so", most=found.most) if found.most else say("none may be so")


def _now(voice: Voice, found: FactRoom) -> str:
    match found.now:
        case None:
            return voice.say("not known")
        case Interval(low=low, high=None) if low is not None:
            return voice.say("so far {value}", value=low)
        case now:
            return voice.say("now {value}", value=now_text(voice, found.fact.name, now))


def now_text(voice: Voice, fact: str, now: FactValue) -> str:
    """What is known of a fact; a number without its unit, as the numbers beside it."""
    return value_teller(voice.say, options=options_text(voice.criteria.facts[fact], voice.language))(now)


def _distance(say: Words, found: FactRoom) -> str:
    """How far the fact is from the end of what is enough, or of what is not lost, in the direction that matters."""
    now = found.now.low if isinstance(found.now, Interval) else found.now
    # What is only known so far still grows, so what is not lost yet is what counts.
    wanted = found.not_lost if isinstance(found.now, Interval) or not found.met else found.enough
    # Beside values that could not be solved no distance is certain.
    if not isinstance(wanted, ValueSet) or wanted.days or not isinstance(now, Fraction) or found.not_solved:
        return ""
    inside = next((span for span in wanted.spans if now in span), None)
    return (
        _outside(say, wanted, now, found.undetermined) if inside is None else _inside(say, found, wanted, inside, now)
    )


def _inside(say: Words, found: FactRoom, wanted: ValueSet, span: NumberRange, now: Fraction) -> str:
    if not _reaches(span.high, span.high_closed, wanted.domain.high) and span.high is not None and span.high_closed:
        if span.high == now:
            return say("no room left")
        if found.fact.period == THIS_YEAR:
            return say("room for {number} more this year", number=span.high - now)
        return say("room for {number} more", number=span.high - now)
    if not _reaches(span.low, span.low_closed, wanted.domain.low) and span.low is not None and span.low_closed:
        return say("{gap} to spare", gap=now - span.low) if span.low < now else say("no room left")
    return ""


def _outside(say: Words, wanted: ValueSet, now: Fraction, undecided: Values) -> str:
    below = [span.high for span in wanted.spans if span.high is not None and span.high < now and span.high_closed]
    above = [span.low for span in wanted.spans if span.low is not None and span.low > now and span.low_closed]
    told = []
    if below:
        gap = now - max(below)
        told.append(say("{gap} fewer would be enough", gap=gap) if now in undecided else say("{gap} too many", gap=gap))
    if above:
        gap = min(above) - now
        told.append(say("{gap} more would be enough", gap=gap) if now in undecided else say("{gap} too few", gap=gap))
    return _either(say, told)


def outcome_text(say: Words, path: str, verdict: Verdict | None) -> str:
    """What a verdict is called at a path, or that there is none: whether a clause is met, or a grade is given."""
    return say.this(NO_VERDICT if verdict is None else (GIVEN if is_grade(path) else VERDICTS)[verdict])


def near_miss_text(voice: Voice, miss: NearMiss) -> str:
    """What one case turns the verdict into, such as `1 fewer: Met`."""
    say = voice.say
    verdict = outcome_text(say, miss.path, miss.after)
    return say("1 more: {verdict}", verdict=verdict) if miss.change > 0 else say("1 fewer: {verdict}", verdict=verdict)
