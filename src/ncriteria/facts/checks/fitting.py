"""Whether the rows of a table fit together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from ncriteria.errors import Problem
from ncriteria.facts.lineage.model import Lineage
from ncriteria.facts.table import FactRow, contradict
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey
from ncriteria.language.values import Interval
from ncriteria.sets.model import FactValue, Level
from ncriteria.sets.names import LEVELS
from ncriteria.words import Phrase, joined, phrase

_WINDOWS_BEGIN: Final = 11
"""The month of the year before in which an assessment year may begin."""


def contradictions(rows: Iterable[FactRow], lineage: Lineage) -> Iterator[tuple[str, Problem]]:
    """Units that stand twice in a year, values that two rows give differently, levels and parents that cannot be.

    Each with the unit that it is of. A row of the year before that may be of another unit of the same identifier, by
    the `lineage`, is not compared: where a set judges the table, its window says which it is.
    """
    found = list(rows)
    first: dict[tuple[str, int, int | None], FactRow] = {}
    levels: dict[str, tuple[Level, FactRow]] = {}
    for row in found:
        key = (row.unit.id, row.year, row.month)
        if key in first:
            message = phrase(
                "{unit} stands twice in {when}; first in {place}",
                unit=row.unit.id,
                when=row.when,
                place=first[key].place.as_phrase(),
            )
            yield row.unit.id, Problem("NC230", message, row.place)
        first.setdefault(key, row)
        if row.unit.level is not None:
            level, earlier = levels.setdefault(row.unit.id, (row.unit.level, row))
            if level is not row.unit.level:
                message = phrase(
                    "{unit} is a {level} here and a {other} in {place}",
                    unit=row.unit.id,
                    level=LEVELS[row.unit.level].as_phrase(),
                    other=LEVELS[level].as_phrase(),
                    place=earlier.place.as_phrase(),
                )
                yield row.unit.id, Problem("NC232", message, row.place)
    for row in found:
        before = first.get((row.unit.id, row.year - 1, row.month))
        if before is not None and not _may_be_another(row, lineage):
            yield from ((row.unit.id, problem) for problem in differing(row, before))
    yield from _levels(found, levels)
    yield from _circles(found)


def differing_months(rows: Iterable[FactRow], lineage: Lineage) -> Iterator[Problem]:
    """What rows of months say of the same month a year before, against its row, where both are of one unit."""
    of_months = {(row.unit.id, row.year, row.month): row for row in rows if row.month is not None}
    for (unit, year, month), row in of_months.items():
        before = of_months.get((unit, year - 1, month))
        if before is not None and not _may_be_another(row, lineage):
            yield from differing(row, before)


def _may_be_another(row: FactRow, lineage: Lineage) -> bool:
    """Whether the unit of a row may have been another a year before.

    A month is of the units that there are at its end; of a year, the window of a set says it, which is not known here.
    """
    levels = {row.unit.level}
    first, last = ((row.year - 1, _WINDOWS_BEGIN), (row.year, 12))
    if row.month is not None:
        first, last = ((row.year - 1, row.month + 1), (row.year, row.month))
    elif row.unit.level is None:
        levels = {*Level}
    made = (day for day, units in lineage.made_on.items() if row.unit.id in units)
    anew = (one.day for one in lineage.reforms if levels & one.levels)
    return any(first <= (day.year, day.month) <= last for day in chain(made, anew))


def differing(row: FactRow, before: FactRow) -> Iterator[Problem]:
    """What `row` says of its last year, against what the row of that year, or of that month of it, says."""
    for key, value in row.values.items():
        if key.period is THIS_YEAR or key.period != Ago(1):
            continue
        own = FactKey.of(key.name)
        if own in before.values and contradict(value, before.values[own]):
            message = phrase(
                "`{fact}` of {unit} in {when} is {value} here and {other} in {place}",
                fact=key.name,
                unit=row.unit.id,
                when=before.when,
                value=shown(value),
                other=shown(before.values[own]),
                place=before.places[own].as_phrase(),
            )
            hint = phrase("find out which is right; neither is preferred")
            yield Problem("NC231", message, row.places[key], hint)


def shown(value: FactValue) -> Phrase:
    """A value as messages say it, bounds in words."""
    match value:
        case bool():
            return phrase("True") if value else phrase("False")
        case Interval(low=low, high=None):
            return phrase("at least {low}", low=low)
        case Interval(low=None, high=high):
            return phrase("at most {high}", high=high)
        case Interval(low=low, high=high):
            return phrase("{low} to {high}", low=low, high=high)
        case _:
            return joined("", [value])


def _circles(rows: list[FactRow]) -> Iterator[tuple[str, Problem]]:
    """Units that lie inside themselves."""
    parents = {(row.unit.id, row.year, row.month): row.unit.parent for row in rows}
    settled: set[tuple[str, int, int | None]] = set()
    for row in rows:
        seen: dict[str, None] = {}
        current: str | None = row.unit.id
        while current is not None and current not in seen and (current, row.year, row.month) not in settled:
            seen[current] = None
            current = parents.get((current, row.year, row.month))
        settled.update((unit, row.year, row.month) for unit in seen)
        if current is not None and current in seen:
            trail = list(seen)
            circle = trail[trail.index(current) :]
            listed = [*circle[:10], "..."] if len(circle) > 10 else circle
            message = phrase("units lie inside each other in a circle: {circle}", circle=" → ".join([*listed, current]))
            yield row.unit.id, Problem("NC233", message, row.place)


def _levels(rows: list[FactRow], levels: Mapping[str, tuple[Level, FactRow]]) -> Iterator[tuple[str, Problem]]:
    """Units inside a unit that is no larger than they are."""
    for row in rows:
        level, parent = row.unit.level, row.unit.parent
        if level is None or parent is None or parent not in levels:
            continue
        above, where = levels[parent]
        if level not in above.inside:
            message = phrase(
                "{unit}, a {level}, lies inside {parent}, a {above} in {place}",
                unit=row.unit.id,
                level=LEVELS[level].as_phrase(),
                parent=parent,
                above=LEVELS[above].as_phrase(),
                place=where.place.as_phrase(),
            )
            yield row.unit.id, Problem("NC232", message, row.place)
