"""What a lineage is: the dated changes of units, and the days on which units change whether a table says how or not."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from attrs import Factory, field

from ncriteria.facts.lineage.changes import Change, Origins, origins_on
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Level


def _levels(given: Iterable[Level]) -> frozenset[Level]:
    return frozenset(given)


def _in_order(given: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(given, key=lambda change: change.day))


def _unchanged(given: Iterable[datetime.date]) -> frozenset[datetime.date]:
    return frozenset(given)


def _reforms(given: Iterable[Reform]) -> tuple[Reform, ...]:
    return tuple(given)


@frozen(kw_only=True)
class Reform:
    """A day on which the units of some levels were made anew.

    What a unit of the same identifier was before the day is not taken to be the same unit, unless a lineage says so.
    """

    day: datetime.date
    levels: frozenset[Level] = field(converter=_levels)
    instrument: str | None = None


NATIONAL_REFORM: Final = Reform(
    day=datetime.date(2025, 7, 1), levels=(Level.COMMUNE, Level.DISTRICT), instrument="203/2025/QH15"
)
"""The day on which the communes of Viet Nam were made anew and the districts ended."""
_BY_DAY = Mapping[datetime.date, tuple[Change, ...]]


@frozen
class Lineage:
    """The changes of units, in the order of their days, and the reforms that a table is not to be read across.

    The national reform is among the `reforms` unless others are given; `reforms=()` compares identifiers as they are.
    On the days `unchanged`, units that no change of the day names stay the same units: no reform of these days cuts
    them off from what they were.
    """

    changes: tuple[Change, ...] = field(default=(), converter=_in_order)
    reforms: tuple[Reform, ...] = field(default=(NATIONAL_REFORM,), converter=_reforms)
    file: str | None = None
    unchanged: frozenset[datetime.date] = field(default=frozenset(), converter=_unchanged, kw_only=True)
    by_day: _BY_DAY = field(
        init=False, repr=False, eq=False, default=Factory(lambda self: _by_day(self.changes), takes_self=True)
    )

    names: Mapping[str, str] = field(
        init=False, repr=False, eq=False, default=Factory(lambda self: _old_names(self.changes), takes_self=True)
    )
    """What the lineage calls the units that changed, before their first change."""

    @cached_property
    def made_on(self) -> Mapping[datetime.date, Mapping[str, Origins]]:
        """The units that are made on each day, with what each is made of."""
        return {day: origins_on(changes) for day, changes in self.by_day.items()}

    def __attrs_post_init__(self) -> None:
        kept = tuple(one for one in self.reforms if one.day not in self.unchanged)
        object.__setattr__(self, "reforms", kept)

    @cached_property
    def left_behind(self) -> frozenset[str]:
        """The units that something was taken of on a day, and that no row of the day says are there after it."""
        days = self.by_day.values()
        return frozenset(unit for of in days for unit in {one.old for one in of} - {one.new for one in of})

    @property
    def made(self) -> frozenset[str]:
        """The units that are made of others."""
        return frozenset(change.new for change in self.changes)


def behind(lineage: Lineage, units: Iterable[str]) -> set[str]:
    """These units, and all that they were made of at any time."""
    found, pending = set[str](), [*units]
    while pending:
        unit = pending.pop()
        if unit not in found:
            found.add(unit)
            pending += [old for made in lineage.made_on.values() for old in made.get(unit, ())]
    return found


def families(lineage: Lineage) -> dict[str, str]:
    """The unit that stands for each unit of the lineage and all that it was made of, or went into, at any time."""
    found: dict[str, str] = {}

    def first(unit: str) -> str:
        last = unit
        while found.setdefault(last, last) != last:
            last = found[last]
        found[unit] = last
        return last

    for change in lineage.changes:
        found[first(change.old)] = first(change.new)
    return {unit: first(unit) for unit in [*found]}


def _old_names(changes: Iterable[Change]) -> dict[str, str]:
    found: dict[str, str] = {}
    for change in changes:
        if change.old_name is not None:
            found.setdefault(change.old, change.old_name)
    return found


def _by_day(changes: Iterable[Change]) -> dict[datetime.date, tuple[Change, ...]]:
    found: dict[datetime.date, list[Change]] = {}
    for change in changes:
        found.setdefault(change.day, []).append(change)
    return {day: tuple(changes) for day, changes in found.items()}


NO_LINEAGE: Final = Lineage()
"""What is known where no lineage is given: the national reform."""
