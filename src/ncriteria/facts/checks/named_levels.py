"""Units whose name says another level than their rows, or than what they are judged as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.table import FactRow
from ncriteria.facts.units.levels import named_levels
from ncriteria.sets.model import Level

_GIVE = "give the level of each unit in a column `level` (Cấp); leave the row out where it sums up others"


@frozen
class Misnamed:
    """What is told of a name, and what to do."""

    message: str
    hint: str


def misnamed(name: str, given: Level | None, judged_as: Level) -> Misnamed | None:
    """What is told of a name that says another level than its row gives, or than it is `judged_as` without one."""
    named = named_levels(name)
    if not named or (given or judged_as) in named:
        return None
    what = _told(named)
    if given is not None:
        return Misnamed(
            f'"{name}" is named as {what}, and its level is {given.value}', "correct the level, or the name"
        )
    return Misnamed(f'"{name}" is named as {what}, and without a level it is judged as a {judged_as.value}', _GIVE)


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
            beside = f'and "{first[0]}" in {first[2]} as {_told(first[1])}; the table gives neither a level'
            yield Problem("NC260", f'"{name}" is named as {_told(named)}, {beside}', row.place, _GIVE)


def _told(levels: Iterable[Level]) -> str:
    return " or ".join(f"a {level.value}" for level in levels)
