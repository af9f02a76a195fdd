"""Whether the rows of a table fit together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ncriteria.errors import Problem
from ncriteria.facts.table import FactRow, contradict
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey
from ncriteria.language.values import Interval
from ncriteria.sets.model import FactValue, Level


def contradictions(rows: Iterable[FactRow]) -> Iterator[tuple[str, Problem]]:
    """Units that stand twice in a year, values that two rows give differently, levels and parents that cannot be.

    Each with the unit that it is of.
    """
    found = list(rows)
    first: dict[tuple[str, int, int | None], FactRow] = {}
    levels: dict[str, tuple[Level, FactRow]] = {}
    for row in found:
        key = (row.unit.id, row.year, row.month)
        if key in first:
            message = f"{row.unit.id} stands twice in {row.when}; first in {first[key].place}"
            yield row.unit.id, Problem("NC230", message, row.place)
        first.setdefault(key, row)
        if row.unit.level is not None:
            level, earlier = levels.setdefault(row.unit.id, (row.unit.level, row))
            if level is not row.unit.level:
                message = f"{row.unit.id} is a {row.unit.level.value} here and a {level.value} in {earlier.place}"
                yield row.unit.id, Problem("NC232", message, row.place)
    for row in found:
        before = first.get((row.unit.id, row.year - 1, row.month))
        if before is not None:
            yield from ((row.unit.id, problem) for problem in differing(row, before))
    yield from _levels(found, levels)
    yield from _circles(found)


def differing(row: FactRow, before: FactRow) -> Iterator[Problem]:
    """What `row` says of its last year, against what the row of that year, or of that month of it, says."""
    for key, value in row.values.items():
        if key.period is THIS_YEAR or key.period != Ago(1):
            continue
        own = FactKey.of(key.name)
        if own in before.values and contradict(value, before.values[own]):
            message = (
                f"`{key.name}` of {row.unit.id} in {before.when} is {shown(value)} here "
                f"and {shown(before.values[own])} in {before.places[own]}"
            )
            yield Problem("NC231", message, row.places[key], "find out which is right; neither is preferred")


def shown(value: FactValue) -> str:
    """A value as messages say it, bounds in words."""
    match value:
        case Interval(low=low, high=None):
            return f"at least {low}"
        case Interval(low=None, high=high):
            return f"at most {high}"
        case Interval(low=low, high=high):
            return f"{low} to {high}"
        case _:
            return str(value)


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
            message = f"units lie inside each other in a circle: {' → '.join([*listed, current])}"
            yield row.unit.id, Problem("NC233", message, row.place)


def _levels(rows: list[FactRow], levels: Mapping[str, tuple[Level, FactRow]]) -> Iterator[tuple[str, Problem]]:
    """Units inside a unit that is no larger than they are."""
    order = list(Level)
    for row in rows:
        level, parent = row.unit.level, row.unit.parent
        if level is None or parent is None or parent not in levels:
            continue
        above, where = levels[parent]
        if order.index(above) <= order.index(level):
            message = f"{row.unit.id}, a {level.value}, lies inside {parent}, a {above.value} in {where.place}"
            yield row.unit.id, Problem("NC232", message, row.place)
