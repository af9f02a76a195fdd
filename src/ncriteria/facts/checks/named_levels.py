"""Units whose name says another level than their rows, or than what they are judged as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.table import FactRow
from ncriteria.facts.units.levels import named_levels
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Level
from ncriteria.sets.names import LEVELS
from ncriteria.words import Phrase, one_of, phrase

_GIVE = phrase("give the level of each unit in a column `level` (Cấp); leave the row out where it sums up others")


@frozen
class Misnamed:
    """What is told of a name, and what to do."""

    message: Phrase
    hint: Phrase


def misnamed(name: str, given: Level | None, judged_as: Level) -> Misnamed | None:
    """What is told of a name that says another level than its row gives, or than it is `judged_as` without one."""
    named = named_levels(name)
    if not named or (given or judged_as) in named:
        return None
    what = _told(named)
    if given is not None:
        message = phrase(
            '"{name}" is named as {what}, and its level is {level}',
            name=name,
            what=what,
            level=LEVELS[given].as_phrase(),
        )
        return Misnamed(message, phrase("correct the level, or the name"))
    message = phrase(
        '"{name}" is named as {what}, and without a level it is judged as a {level}',
        name=name,
        what=what,
        level=LEVELS[judged_as].as_phrase(),
    )
    return Misnamed(message, _GIVE)


def misnamed_rows(rows: Iterable[FactRow], judged_as: Level) -> Iterator[Problem]:
    """A warning of each unit without a level whose name says another than it is `judged_as`."""
    told: set[str] = set()
    for row in rows:
        found = None if row.unit.level is not None else misnamed(row.unit.name or row.unit.id, None, judged_as)
        if found is not None and row.unit.id not in told:
            told.add(row.unit.id)
            yield Problem("NC260", found.message, row.place, found.hint)


def named_apart(rows: Iterable[FactRow]) -> Iterator[Problem]:
    """Units whose name says another level than their row, or than the first unit, where no row says any."""
    first: tuple[str, tuple[Level, ...], CellPlace] | None = None
    told: set[str] = set()
    for row in rows:
        name, given = row.unit.name or row.unit.id, row.unit.level
        named = named_levels(name)
        if not named or row.unit.id in told or given in named:
            continue
        told.add(row.unit.id)
        if given is not None:
            found = misnamed(name, given, given)
            assert found is not None
            yield Problem("NC260", found.message, row.place, found.hint)
            continue
        first = first or (name, named, row.place)
        if not set(first[1]).intersection(named):
            message = phrase(
                '"{name}" is named as {what}, and "{other}" in {place} as {of_other}; the table gives neither a level',
                name=name,
                what=_told(named),
                other=first[0],
                place=first[2].as_phrase(),
                of_other=_told(first[1]),
            )
            yield Problem("NC260", message, row.place, _GIVE)


def _told(levels: Iterable[Level]) -> str:
    return one_of(phrase("a {level}", level=LEVELS[level].as_phrase()) for level in levels)
