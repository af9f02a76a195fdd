"""Where units stand while their year runs, in words, and how counts stand to what is allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from ncriteria.analysis.room.counts import CountStanding
from ncriteria.analysis.room.rooms import Progress
from ncriteria.analysis.room.text import PROGRESS, inside_text
from ncriteria.analysis.watching.changes import ArrivedFigures
from ncriteria.analysis.watching.pace import Elapsed
from ncriteria.analysis.watching.standing import Standing, WatchedCount, WatchedRow
from ncriteria.analysis.watching.watch import WatchedTable
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.facts.table import Month
from ncriteria.sets.names import standard_text
from ncriteria.words import Language, Message, Words

STANDINGS: Final[Mapping[Standing, Message]] = {
    Standing.LOST: PROGRESS[Progress.LOST],
    Standing.AT_RISK: Message("At risk"),
    Standing.OPEN: PROGRESS[Progress.OPEN],
    Standing.CERTAIN: PROGRESS[Progress.CERTAIN],
}
PROJECTION: Final = Message(
    "A projection is what the year comes to if it goes on as so far. It is no verdict, and none rests on it."
)


def standing_counts(rows: Iterable[WatchedRow], say: Words) -> Iterator[str]:
    """How many units stand where, for each standard and year with how much of it has passed."""
    groups: dict[tuple[str, int, Elapsed | None], list[WatchedRow]] = {}
    for row in rows:
        standard = standard_text(row.standard, row.standard_title, say.language)
        groups.setdefault((standard, row.row.year, row.elapsed), []).append(row)
    for (standard, year, passed), own in groups.items():
        counted = Counter(row.standing for row in own)
        told = ", ".join(f"{counted[standing]} {say.this(message).lower()}" for standing, message in STANDINGS.items())
        heads = [standard or say("no standard"), str(year), *([] if passed is None else [_passed(say, passed)])]
        units = say.plural("{count} unit", "{count} units", count=len(own))
        yield f"{' · '.join(heads)} · {units}: {told}"


def silent_units(table: WatchedTable) -> list[str]:
    """The units without a row of the year that runs, each with the latest year that it has one of."""
    return [f"{one.unit.name or one.unit.id} ({one.latest})" for one in table.silent]


def silent_text(say: Words, units: str) -> str:
    """That some units have no row of the year that runs."""
    return say("No row of the year that runs, only of earlier years: {units}", units=units)


def _passed(say: Words, passed: Elapsed) -> str:
    if passed.in_days:
        return say("{passed} of {whole} days passed", passed=passed.passed, whole=passed.whole)
    return say("{passed} of {whole} months passed", passed=passed.passed, whole=passed.whole)


def count_text(voice: Voice, found: WatchedCount) -> str:
    """A count that is watched: what there is, what is allowed, what is left, and the projection."""
    parts = [*standing_parts(voice.say, found.standing, is_least=found.is_least)]
    if found.sure is not None:
        parts.append(voice.say("from {number} undecided", number=found.sure + 1))
    if found.projection is not None and (found.leads_out or found.has_no_room):
        parts.append(voice.say("projection for the year {number}", number=found.projection))
    return f"{fact_text(voice, found.standing.fact)}: {'; '.join(parts)}"


def standing_text(voice: Voice, found: CountStanding) -> str:
    """A count beside what is allowed: `Crimes: so far 4; at most 3; 1 too many`."""
    return f"{fact_text(voice, found.fact)}: {'; '.join(standing_parts(voice.say, found))}"


def standing_parts(say: Words, found: CountStanding, *, is_least: bool = False) -> Iterator[str]:
    """What there is, what is allowed, and what is left; `is_least` says that more may have happened."""
    if not found.grows:
        yield say("now {value}", value=found.now)
    else:
        yield say("so far at least {value}", value=found.now) if is_least else say("so far {value}", value=found.now)
    if found.needed is not None:
        yield say.within("room", "at least {limit}", limit=found.needed)
        yield say("{gap} too few", gap=found.needed - found.now)
    elif found.limit is not None and found.left is not None:
        yield say.within("room", "at most {limit}", limit=found.limit)
        yield left_text(say, found.left)


def brief_text(voice: Voice, found: CountStanding) -> str:
    """A count with what is left first, for lines that may be cut off: `1 too many: Crimes (so far 4; at most 3)`."""
    now, *allowed = standing_parts(voice.say, found)
    if not allowed:
        return f"{fact_text(voice, found.fact)} ({now})"
    limit, left = allowed
    return f"{left}: {fact_text(voice, found.fact)} ({now}; {limit})"


def left_text(say: Words, left: Fraction) -> str:
    """How many more there may be."""
    if left < 0:
        return say("{gap} too many", gap=-left)
    return say("{number} left", number=left) if left else say("no room left")


def months_text(months: Iterable[Month]) -> str:
    """Months with those that follow each other in a year together: `1–6/2025, 8/2025`."""
    spans: list[list[Month]] = []
    for month in sorted(months):
        if spans and spans[-1][-1] == Month(month.year, month.number - 1):
            spans[-1].append(month)
        else:
            spans.append([month])
    return ", ".join(f"{own[0].number}–{own[-1]}" if len(own) > 1 else str(own[0]) for own in spans)


def absent_text(say: Words, months: Iterable[Month], *, is_left_out: bool) -> str:
    """Months without a figure, or with one that is not counted, and why."""
    if not is_left_out:
        return say("no figure of {months}", months=months_text(months))
    return say(
        "figures of {months} not counted, for nothing says that it is the same unit (give --lineage)",
        months=months_text(months),
    )


def left_out_text(say: Words) -> str:
    """Why a figure that the table has of before a reform is missing."""
    return say("given, but not counted, for nothing says that it is the same unit (give --lineage)")


def arrived_texts(voice: Voice, found: ArrivedFigures) -> Iterator[str]:
    """The figures that have come, and for months the counts that have come for them."""
    yield from (fact_text(voice, key) for key in found.facts)
    by_months: dict[str, list[str]] = {}
    for one in found.months:
        by_months.setdefault(months_text(one.months), []).append(fact_text(voice, one.fact))
    for months, titles in by_months.items():
        yield voice.say("of {months}: {figures}", months=months, figures="; ".join(titles))


def reasons(row: WatchedRow, language: Language) -> Iterator[str]:
    """Why a unit is lost, or at risk."""
    if row.criteria is None:
        return
    voice = Voice(language, row.criteria)
    for one in row.lost:
        if one.counts:
            yield from (standing_text(voice, count) for count in one.counts)
        else:
            yield voice.say("not met: {clause}", clause=one.clause.title.text(language))
    pressing = [one for one in row.counts if one.has_no_room or one.leads_out]
    yield from (count_text(voice, one) for one in pressing)
    yield from (inside_text(voice, one) for one in row.inside if one.has_no_room)
    for clause in row.at_pace:
        if not _looks_at(row, clause.path, pressing):
            title = clause.title.text(language)
            yield voice.say("projection for the year, all counts together: not met: {clause}", clause=title)


def _looks_at(row: WatchedRow, path: str, counts: Sequence[WatchedCount]) -> bool:
    assert row.judged.room is not None
    facts = row.judged.room.clauses[path].facts
    return any(one.standing.fact in facts for one in counts)
