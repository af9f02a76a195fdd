"""The room of a table at a glance: a line for each unit, those that need most care first, as many as a page holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

import click

from ncriteria.analysis.room.counts import CountStanding, decisive, measured_against, tightest
from ncriteria.analysis.room.rooms import Progress, Room
from ncriteria.analysis.room.rows import RowRoom
from ncriteria.analysis.room.text import NO_VERDICT, inside_text, near_miss_text
from ncriteria.analysis.watching.standing import Standing, WatchedRow
from ncriteria.analysis.watching.text import STANDINGS, brief_text
from ncriteria.cli.console.layout import VERDICT_COLOURS, abridged, fitted, padded, shortened, terminal_width
from ncriteria.cli.terminal.standings import STANDING_COLOURS, STANDING_SIGNS
from ncriteria.cli.terminal.unjudged import unjudged_lines
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.facts.table import FactRow, Month
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import WHOLE_SET, Verdict
from ncriteria.sets.names import VERDICTS, standard_text
from ncriteria.words import Language, Words, words

_MOST_LINES = 44
"""Lines of units on a page, with headings and what is told of the others beside them."""
_WIDEST_NAME = 28
_WIDEST_STANDARD = 16
_MOST_COUNTS = 3
_SIGNS = {Verdict.NOT_MET: "✗", Verdict.UNDETERMINED: "?", Verdict.MET: "✓", Verdict.NOT_APPLICABLE: "–"}
_BY_CARE = (Verdict.NOT_MET, None, Verdict.UNDETERMINED, Verdict.MET, Verdict.NOT_APPLICABLE)


@frozen
class RoomLine:
    """One unit in a summary of room: where it stands, the place of that among others, and what is the tightest."""

    found: RowRoom
    place: tuple[int, Fraction]
    label: str
    colour: str
    told: str


def print_room_summary(
    found: Sequence[RowRoom],
    stood: Sequence[WatchedRow] | None,
    passed_over: Collection[FactRow],
    language: Language,
    as_of: Month | None,
    *,
    every_miss: bool,
) -> None:
    """Print a line for each unit; `stood` has where each of `found` stands, `None` where no year runs.

    With `every_miss`, one case of what may not happen at all is a near miss too, which else goes without saying.

    In the end those without room, and `passed_over`, the rows that no criteria are for.
    """
    say, width = words(language), terminal_width()
    judged = [one for one in found if one.room is not None]
    if stood is None:
        lines = [_over(one, language, every_miss=every_miss) for one in judged]
    else:
        lines = [_running(one, language) for one in stood if one.judged.room is not None]
    if as_of is not None:
        month = say.month(as_of.year, as_of.number)
        text = say("Facts as of {month}; the year still runs, so its counts may grow", month=month)
        click.echo("\n".join((*fitted(text, width), "")))
    click.echo("\n".join((*_groups(lines, say, width), "")))
    hint = say("--details tells every clause and fact, --unit those of one unit")
    click.echo("\n".join((*fitted(hint, width), *unjudged_lines(found, passed_over, language, width))))


def _groups(lines: Sequence[RoomLine], say: Words, width: int) -> Iterator[str]:
    """The units by where they stand; each group has its share of the lines that there are."""
    groups: dict[tuple[int, str, str], list[RoomLine]] = {}
    for line in sorted(lines, key=lambda line: line.place):
        groups.setdefault((line.place[0], line.label, line.colour), []).append(line)
    left, names = _MOST_LINES, _RowNames.of([line.found for line in lines], say.language)
    for number, ((_, label, colour), own) in enumerate(groups.items(), start=1):
        later = len(groups) - number
        most = len(own) if len(own) <= left - later else max(1, (left + 1) // 2 if later else left)
        left -= min(most, len(own))
        yield click.style(f"{label}: {len(own)}", fg=colour, bold=True)
        for line in own[:most]:
            yield shortened(f"  {names.text(line.found)}  {line.told}", width).rstrip()
        if more := len(own) - most:
            yield f"  {say('... and {count} more', count=more)}"


@frozen
class _RowNames:
    """How units are named beside each other: with the year where there are several, and with the standard."""

    width: int
    has_years: bool
    has_standards: bool
    language: Language

    @classmethod
    def of(cls, found: Sequence[RowRoom], language: Language) -> _RowNames:
        width = max((len(_name(one)) for one in found), default=0)
        years, standards = {one.row.year for one in found}, {one.standard for one in found}
        return cls(min(width, _WIDEST_NAME), len(years) > 1, len(standards) > 1, language)

    def text(self, found: RowRoom) -> str:
        """The unit in as many columns as the others."""
        standard = abridged(standard_text(found.standard, found.standard_title, self.language), _WIDEST_STANDARD)
        beside = [str(found.row.year)] * self.has_years + [padded(standard, _WIDEST_STANDARD)] * self.has_standards
        return "  ".join((padded(abridged(_name(found), self.width), self.width), *beside))


def _name(found: RowRoom) -> str:
    return found.row.unit.name or found.row.unit.id


def _running(one: WatchedRow, language: Language) -> RoomLine:
    """A unit while its year runs, or has run: lost, at risk, open or certain."""
    assert one.judged.room is not None
    assert one.standing is not None
    voice = Voice(language, one.judged.room.criteria)
    label = f"{STANDING_SIGNS[one.standing]} {voice.say.this(STANDINGS[one.standing])}"
    told = list(_lost(one.judged.room, voice)) if one.standing is Standing.LOST else []
    for count in one.counts[:_MOST_COUNTS]:
        text = brief_text(voice, count.standing)
        if count.leads_out and count.projection is not None:
            projected = voice.say("projection for the year {number}", number=count.projection)
            text = f"{text[:-1]}; {projected})"
        told.append(text)
    return RoomLine(
        one.judged,
        (list(Standing).index(one.standing), Fraction(10**9) if one.left is None else one.left),
        label,
        STANDING_COLOURS[one.standing],
        "; ".join(told) or _waits(one.judged, voice, one.none_at_all != ()),
    )


def _over(one: RowRoom, language: Language, *, every_miss: bool) -> RoomLine:
    """A unit of a year that is over: its verdict, and whether one case more or fewer would change it."""
    assert one.room is not None
    whole, voice, say = one.room.whole, Voice(language, one.room.criteria), words(language)
    never = {count.fact for count in tightest(one.room, WHOLE_SET) if count.is_none_at_all}
    against = measured_against(one.room.criteria)
    misses = [
        miss for miss in whole.near_misses if every_miss or (miss.fact not in never and miss.fact.name not in against)
    ]
    verdict = say.this(NO_VERDICT if whole.verdict is None else VERDICTS[whole.verdict])
    sign = "–" if whole.verdict is None else _SIGNS[whole.verdict]
    label = say("{verdict}, by one case", verdict=verdict) if misses else verdict
    told = [f"{near_miss_text(voice, miss)} ({fact_text(voice, miss.fact)})" for miss in misses]
    if not misses:
        told = list(_lost(one.room, voice)) if whole.verdict is Verdict.NOT_MET else _counted(voice, one.room)
    place = 2 * _BY_CARE.index(whole.verdict) + (not misses)
    return RoomLine(
        one,
        (place, _closest(one.room)),
        f"{sign} {label}",
        "red" if whole.verdict is None else VERDICT_COLOURS[whole.verdict],
        "; ".join(told) or _waits(one, voice, has_none_at_all=False),
    )


def _closest(room: Room) -> Fraction:
    """How far the tightest count is from where it turns the verdict."""
    left = (abs(one.left) for one in _counts(room, WHOLE_SET) if one.left is not None)
    return min(left, default=Fraction(10**9))


def _counts(room: Room, path: str) -> list[CountStanding]:
    """The counts of a clause or the whole set that a rule says something of."""
    against = measured_against(room.criteria)
    return [one for one in tightest(room, path) if one.fact.name not in against]


def _counted(voice: Voice, room: Room, path: str = WHOLE_SET) -> list[str]:
    return [brief_text(voice, one) for one in _counts(room, path) if one.has_end and not one.is_none_at_all][
        :_MOST_COUNTS
    ]


def _lost(room: Room, voice: Voice) -> Iterator[str]:
    """What a set that is lost, or not met, is lost by."""
    titles = {member.path: member.title for member in room.criteria.members()}
    for clause in decisive(room, Progress.LOST):
        counts = _counted(voice, room, clause.path)
        yield counts[0] if counts else voice.say("not met: {clause}", clause=titles[clause.path].text(voice.language))


def _waits(one: RowRoom, voice: Voice, has_none_at_all: bool) -> str:
    """What is told of a unit of which no count is tight."""
    if has_none_at_all:
        return voice.say("not one case more of what may not happen")
    result = one.judgement.result
    count = 0 if result is None else len(result.missing)
    if count:
        return voice.say.plural("waits for {count} figure", "waits for {count} figures", count=count)
    clauses = () if one.room is None else one.room.clauses.values()
    return "; ".join(dict.fromkeys(inside_text(voice, inside) for clause in clauses for inside in clause.inside))
