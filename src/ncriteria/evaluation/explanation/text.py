"""The explanation of a result as plain text.

What is said of a clause whatever the record, such as its title and its sources, is put together once for the rules of
a year and a language.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from attrs import Factory, field

from ncriteria.evaluation.explanation.bases import base_lines
from ncriteria.evaluation.explanation.conditions import condition_lines
from ncriteria.evaluation.explanation.leaning import verdict_lines
from ncriteria.evaluation.explanation.months import month_lines, other_window_lines, series_lines
from ncriteria.evaluation.explanation.sources import source_lines
from ncriteria.evaluation.explanation.statements import Statement, Statements, statements
from ncriteria.evaluation.explanation.units_inside import inside_lines
from ncriteria.evaluation.explanation.values import Voice, attestation_text, attested_text, clause_name, fact_text
from ncriteria.evaluation.explanation.wording import waiting_text
from ncriteria.evaluation.graded import Graded
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.facts.checks.published import misprints
from ncriteria.language.printer import show
from ncriteria.language.tree import Boolean, Expr, FactKey
from ncriteria.language.values import Value
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause, Encodes, Group, Verdict
from ncriteria.sets.names import COMBINATIONS, VERDICTS
from ncriteria.sets.sources import EndedSet
from ncriteria.sets.years.days_in_force import DaysOutside
from ncriteria.words import Language, Words

_INDENT = "  "


@frozen
class _Member:
    """What is said of a clause or group: its heading by verdict, what its rules say of a trace, and its sources.

    Headings are indented as they stand below the groups around; `indent` is that of what is said below them.
    """

    indent: str
    heads: Mapping[Verdict, str]
    applies_when: Statements | None
    rule: Statements | None
    sources: tuple[str, ...]


@frozen(eq=False)
class Telling:
    """The rules of a year put into words of one language, each clause when it is first asked for."""

    lowered: LoweredSet
    language: Language
    voice: Voice = field(
        init=False, default=Factory(lambda own: Voice(own.language, own.lowered.criteria, own.lowered.fixed), True)
    )
    opening: tuple[str, ...] = field(init=False, default=Factory(lambda own: tuple(opening_lines(own.voice)), True))
    _members: dict[str, _Member] = field(init=False, factory=dict)

    def member(self, path: str) -> _Member:
        """What is said of a clause or group."""
        if path not in self._members:
            self._members[path] = self._put_into_words(self.lowered.members[path])
        return self._members[path]

    def _put_into_words(self, member: Clause | Group) -> _Member:
        say, rules, depth = self.voice.say, self.lowered.clauses[member.path], member.path.count("/")
        outer, indent = _INDENT * depth, _INDENT * (depth + 2)
        title = clause_title(self.voice, member)
        return _Member(
            indent,
            {verdict: f"{outer}[{say.this(VERDICTS[verdict])}] {member.path}: {title}" for verdict in Verdict},
            self._told(rules.applies_when),
            self._told(rules.rule),
            tuple(source_lines(self.voice, member)),
        )

    def _told(self, expr: Expr | None) -> Statements | None:
        return None if expr is None else statements(self.voice, expr)


telling = lru_cache(maxsize=512)(Telling)


def explain(result: Result, lowered: LoweredSet, language: Language) -> str:
    """The whole result: the verdict, then every clause with its grounds."""
    told = telling(lowered, language)
    title, *sources = told.opening
    say = told.voice.say
    year = f" ({say('year {year}', year=result.year)})" if result.year is not None else ""
    lines = [f"{say.this(VERDICTS[result.verdict]).upper()}: {title}{year}", *sources]
    lines += time_lines(say, result)
    if attested := result.attested:
        lines.append(attested_text(told.voice, attested))
    lines += graded_lines(told.voice, result)
    lines.append("")
    for outcome in result.clauses.values():
        lines += clause_lines(told, outcome, result.record)
    lines += misprint_lines(told.voice, result.record)
    if result.verdict is Verdict.UNDETERMINED:
        lines += ["", *waiting_lines(told.voice, result, result.record.came_later)]
    return "\n".join(lines)


def clause_lines(told: Telling, outcome: ClauseResult, record: Record) -> Iterator[str]:
    """One clause or group with its grounds, as the explanation of a result has it."""
    member = told.member(outcome.path)
    yield member.heads[outcome.verdict]
    said = _one_below_the_other(told.voice.say, clause_text(told, outcome, record))
    yield from (member.indent + line for line in said)


def graded_lines(voice: Voice, of: Result | ClauseResult) -> Iterator[str]:
    """The grade of a result or of a clause of it; where it is open, those that are possible and what decides."""
    graded, say = of.graded, voice.say
    if graded is None:
        return
    if graded.grade is not None:
        yield say("Grade: {grade}", grade=graded.grade.title.text(voice.language))
        return
    yield open_grade_text(voice, graded)
    if graded.missing:
        facts = "; ".join(fact_text(voice, key) for key in graded.missing)
        yield say("Missing for the grade: {facts}", facts=facts)


def open_grade_text(voice: Voice, graded: Graded) -> str:
    """The grades that can still be given."""
    possible = "; ".join(grade.title.text(voice.language) for grade in graded.possible)
    return voice.say("Grade still open, possible: {grades}", grades=possible or voice.say("none"))


class ClauseText(NamedTuple):
    """What is said of a clause or group below its heading, part by part, each in lines.

    `graded` tells its grade, `applies` whether it applies, and when; `rule` the numbers, the limits and the distances;
    `bases` the units that figures of earlier years are made of, and the verdicts of other years and standards; `inside`
    the units of roll-ups; `waiting` what is missing; `left_in_words` the condition that is left, and `left` the same as
    rules write it; `sources` are the citations, how faithfully a clause says what they say, and its note.
    """

    graded: Sequence[str]
    applies: Sequence[str]
    rule: Sequence[str]
    months: Sequence[str]
    bases: Sequence[str]
    inside: Sequence[str]
    attested: Sequence[str]
    waiting: Sequence[str]
    left_in_words: Sequence[str]
    left: Sequence[str]
    sources: Sequence[str]


def clause_text(told: Telling, outcome: ClauseResult, record: Record) -> ClauseText:
    """What is said of one clause or group of a judged record."""
    return outcome.once(("text", told.language), lambda: _clause_text(told, outcome, record))


def _clause_text(told: Telling, outcome: ClauseResult, record: Record) -> ClauseText:
    voice, member, rules = told.voice, told.member(outcome.path), told.lowered.clauses[outcome.path]
    is_open, is_left = is_open_clause(outcome), has_condition_left(outcome)
    return ClauseText(
        list(graded_lines(voice, outcome)),
        list(_application(voice, member, outcome)),
        rule_lines(member, outcome),
        [
            *other_window_lines(voice, rules, record),
            *series_lines(voice, rules, record),
            *month_lines(voice, rules, record),
        ],
        [*base_lines(voice, rules, record), *verdict_lines(voice, rules, record)],
        list(inside_lines(voice, rules, record)),
        list(attestation_lines(voice, outcome)),
        list(waiting_lines(voice, outcome, record.came_later)) if is_open else (),
        list(condition_lines(voice, outcome.residual)) if is_left else (),
        (show(outcome.residual),) if is_left else (),
        member.sources,
    )


def _one_below_the_other(say: Words, said: ClauseText) -> Iterator[str]:
    """What is said of a clause as lines; the condition that is left has a heading."""
    yield from (
        *said.graded,
        *said.applies,
        *said.rule,
        *said.months,
        *said.bases,
        *said.inside,
        *said.attested,
        *said.waiting,
    )
    if said.left_in_words:
        yield f"{say('Left to decide')}:"
        yield from (_INDENT + line for line in said.left_in_words)
    yield from (say("As the rule writes it: {condition}", condition=one) for one in said.left)
    yield from said.sources


def opening_lines(voice: Voice) -> Iterator[str]:
    """The title of a set, and what it rests on."""
    say, criteria = voice.say, voice.criteria
    yield criteria.title.text(voice.language)
    yield say("Source: {source}", source=instrument_text(voice))
    if criteria.note is not None:
        yield say("Note: {note}", note=criteria.note.text(voice.language))


def instrument_text(voice: Voice) -> str:
    """The act that a set is of, who issued it, and when."""
    instrument = voice.criteria.instrument
    issued = f", {voice.say('issued {day}', day=instrument.issued)}" if instrument.issued else ""
    return f"{instrument.number} ({instrument.issuer.text(voice.language)}{issued})"


def time_lines(say: Words, result: Result) -> Iterator[str]:
    """The day as of which a result is, and that its act came into force after the assessment year, where it did."""
    if result.known_on is not None:
        yield say("As known on {day}: by what was on file and in force then", day=result.known_on)
    if (since := result.retroactive_since) is not None:
        yield retroactive_text(say, since)
    if (ended := result.criteria.stands_in_after) is not None:
        yield stand_in_text(say, ended)
    yield from (outside_text(say, one) for one in result.days_outside)


def outside_text(say: Words, days: DaysOutside) -> str:
    """That the set which judges an assessment year was not in force on some days of it."""
    return say(
        "Judges {year} as a whole, but is not in force from {first} to {last}",
        year=str(days.year),
        first=days.first,
        last=days.last,
    )


def retroactive_text(say: Words, since: datetime.date) -> str:
    """That an act is applied to a year that was over when it came into force."""
    return say("Applied retroactively: in force since {day}, after the assessment year", day=since)


def stand_in_text(say: Words, ended: EndedSet) -> str:
    """That a set judges in the place of one that ended, as that one says."""
    origin = ended.origin
    return say(
        "Judges {territory} after {number} ({criteria}), which ended in {year} and leaves the years after to it",
        territory=origin.territory,
        number=origin.instrument.number,
        criteria=origin.id,
        year=ended.last,
    )


def clause_title(voice: Voice, member: Clause | Group) -> str:
    """The title of a clause; that of a group with how many of its members must be met."""
    title = member.title.text(voice.language)
    return f"{title} ({combination_text(voice, member)})" if isinstance(member, Group) else title


def combination_text(voice: Voice, group: Group) -> str:
    """How many members of a group must be met."""
    return voice.say.this(COMBINATIONS[group.combination], minimum=group.minimum)


def _application(voice: Voice, member: _Member, outcome: ClauseResult) -> Iterator[str]:
    """Whether a clause or group applies, and when it does."""
    if outcome.verdict is Verdict.NOT_APPLICABLE:
        yield voice.say("Does not apply here")
    if member.applies_when is not None and (condition := outcome.applies_when) is not None:
        yield f"{voice.say('Applies when')}:"
        yield from statement_lines(member.applies_when(condition), _INDENT)


def is_open_clause(outcome: ClauseResult) -> bool:
    """Whether it is a clause that is not decided; what a group waits for is told of its members."""
    return outcome.verdict is Verdict.UNDETERMINED and isinstance(outcome.clause, Clause)


def has_condition_left(outcome: ClauseResult) -> bool:
    """Whether it is a clause with a condition that is left to decide; a text that is not encoded has none."""
    clause = outcome.clause
    is_encoded = isinstance(clause, Clause) and clause.encodes is not Encodes.NOT_ENCODED
    return is_encoded and is_open_clause(outcome) and not isinstance(outcome.residual, Boolean)


def rule_lines(member: _Member, outcome: ClauseResult) -> list[str]:
    """What the rule says, where the clause applies."""
    if outcome.verdict is Verdict.NOT_APPLICABLE or member.rule is None:
        return []
    rule = outcome.rule
    return [] if rule is None else statement_lines(member.rule(rule), "")


def statement_lines(told: tuple[Statement, ...], indent: str) -> list[str]:
    """The statements with their marks, those that others rest on indented below them."""
    lines = []
    for statement in told:
        lines.append(f"{indent}{_mark(statement.value)} {statement.text}")
        if statement.parts:
            lines += statement_lines(statement.parts, indent + _INDENT)
    return lines


def attestation_lines(voice: Voice, outcome: ClauseResult) -> Iterator[str]:
    """The attestations that a verdict rests on."""
    for attestation in outcome.attestations:
        yield f"• {attestation_text(voice, attestation)}"


def misprint_lines(voice: Voice, record: Record) -> Iterator[str]:
    """The published changes that are not what the figures come to."""
    say = voice.say
    for found in misprints(voice.criteria.facts, record.values):
        number = say.percent if found.is_share else say.number
        computed = say("no percentage") if found.computed is None else number(found.computed)
        figures = say("{now} against {before}", now=found.now, before=found.before)
        yield say(
            "{fact}: published as {published}, and {figures} is {computed}",
            fact=fact_text(voice, found.fact),
            published=number(found.printed),
            figures=figures,
            computed=computed,
        )


def _mark(value: Value) -> str:
    return "✓" if value is True else "✗" if value is False else "?"


def missing_text(voice: Voice, key: FactKey, came_later: Mapping[FactKey, datetime.date]) -> str:
    """A fact that is missing, and when it came, where that was after the day that is asked about."""
    fact = fact_text(voice, key)
    return voice.say("{fact} (came later, on {day})", fact=fact, day=came_later[key]) if key in came_later else fact


def waiting_lines(
    voice: Voice, of: Result | ClauseResult, came_later: Mapping[FactKey, datetime.date]
) -> Iterator[str]:
    """What a result, or a clause of it, waits for: facts, values that the text leaves open, texts, units inside."""
    say, missing, waiting = voice.say, of.missing, of.open
    if missing:
        yield say("Missing: {facts}", facts="; ".join(missing_text(voice, key, came_later) for key in missing))
    if waiting.parameters:
        titles = (voice.criteria.parameters[name].title.text(voice.language) for name in waiting.parameters)
        yield say("Left open by the text: {parameters}", parameters="; ".join(titles))
    if waiting.clauses:
        clauses = (clause_name(voice, path) for path in waiting.clauses)
        yield say("Not encoded: {clauses}", clauses="; ".join(clauses))
    if waiting.roll_ups:
        inside = (waiting_text(voice, level, path) for level, path in waiting.roll_ups)
        yield say("Waiting for the units inside: {clauses}", clauses="; ".join(inside))
