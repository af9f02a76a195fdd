"""A lineage by assessment years: which unit stands at the end of a year, since when, and what it was made of.

A change counts from the first assessment year whose window ends on its day or after it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from ncriteria.facts.lineage.model import Change, Lineage, Reform, Share
from ncriteria.sets.model import Level, Window

Proportion = Fraction | None
"""How much of a unit; `None` where that is not said."""
WHOLE: Final = Fraction(1)
Origins = Mapping[str, Proportion]
"""The units that one is made of, and how much of each."""


@frozen
class Start:
    """The first assessment `year` of a unit as it is now, and the day that it is so from.

    `reform` is set where nothing says what it was before that reform.
    """

    year: int
    day: datetime.date
    reform: Reform | None = None


@frozen
class End:
    """That a unit is no more from the assessment `year` on; `change` is the last that took of it."""

    year: int
    change: Change


@frozen(eq=False)
class YearlyLineage:
    """A lineage as a set with this window sees it."""

    lineage: Lineage
    window: Window
    _made: dict[datetime.date, Mapping[str, Origins]] = field(init=False)
    _olds: dict[datetime.date, frozenset[str]] = field(init=False)
    _events: dict[str, list[Start | End]] = field(init=False)
    _starts: dict[tuple[str, int, Level | None], Start | End | None] = field(factory=dict, init=False)
    _origins: dict[tuple[str, int, Level | None], Origins | None] = field(factory=dict, init=False)

    @_made.default
    def _units_made(self) -> dict[datetime.date, Mapping[str, Origins]]:
        return {day: _origins_on(changes) for day, changes in self.lineage.by_day.items()}

    @_olds.default
    def _units_changed(self) -> dict[datetime.date, frozenset[str]]:
        return {day: frozenset(one.old for one in changes) for day, changes in self.lineage.by_day.items()}

    @_events.default
    def _events_of_units(self) -> dict[str, list[Start | End]]:
        found: dict[str, list[Start | End]] = {}
        for day, changes in self.lineage.by_day.items():
            year, made = self.first_year(day), self._made[day]
            for unit in made:
                found.setdefault(unit, []).append(Start(year, day))
            for change in {one.old: one for one in changes}.values():
                if change.old not in made:
                    found.setdefault(change.old, []).append(End(year, change))
        return found

    def first_year(self, day: datetime.date) -> int:
        """The first assessment year that ends on a day or after it."""
        return next(year for year in (day.year - 1, day.year, day.year + 1) if self.window.days(year)[1] >= day)

    def standing(self, unit: str, year: int, level: Level | None) -> Start | End | None:
        """Since when a unit is as it is at the end of a year, or that it is no more; `None` is from the beginning."""
        key = unit, year, level
        if key not in self._starts:
            self._starts[key] = self._last_event(unit, year, level)
        return self._starts[key]

    def stands(self, unit: str, year: int) -> bool:
        """Whether the lineage lets a unit be at the end of a year: it is not gone by then, nor made later."""
        events = self._events.get(unit, [])
        before = [event for event in events if event.year <= year]
        if before:
            return isinstance(before[-1], Start)
        return not events or isinstance(events[0], End) or unit in self._olds[events[0].day]

    def _last_event(self, unit: str, year: int, level: Level | None) -> Start | End | None:
        last = None
        for event in self._events.get(unit, ()):
            if event.year <= year:
                last = event
        if isinstance(last, End):
            return last
        for reform in self._reforms(level):
            first = self.first_year(reform.day)
            is_later = last is None or last.day < reform.day
            if first <= year and is_later and unit not in self._made.get(reform.day, {}):
                last = Start(first, reform.day, reform)
        return last

    def _reforms(self, level: Level | None) -> Iterator[Reform]:
        return (one for one in sorted(self.lineage.reforms, key=lambda one: one.day) if level in one.levels)

    def origins(self, unit: str, start: Start, level: Level | None) -> Origins | None:
        """What a unit that stands since `start` was the year before; `None` where a reform lies between."""
        key = unit, start.year, level
        if key not in self._origins:
            self._origins[key] = self._traced_back(unit, start.year, level)
        return self._origins[key]

    def _traced_back(self, unit: str, year: int, level: Level | None) -> Origins | None:
        reforms = {one.day for one in self._reforms(level)}
        days = sorted({day for day in (*self._made, *reforms) if self.first_year(day) == year}, reverse=True)
        found: dict[str, Proportion] = {unit: WHOLE}
        for day in days:
            made, before = self._made.get(day, {}), dict[str, Proportion]()
            for one, share in found.items():
                if day in reforms and one not in made:
                    return None
                for old, part in made.get(one, {one: WHOLE}).items():
                    _add(before, old, times(share, part))
            found = before
        return found


def _origins_on(changes: tuple[Change, ...]) -> Mapping[str, Origins]:
    """The units that are made on a day, with what each is made of; what is left of a unit stays that unit."""
    by_old: dict[str, list[Change]] = {}
    for change in changes:
        by_old.setdefault(change.old, []).append(change)
    found: dict[str, dict[str, Proportion]] = {}
    named = {change.new for change in changes}
    for old, parts in by_old.items():
        left = remainder(parts)
        for change in parts:
            share = {Share.WHOLE: WHOLE, Share.PART: None, Share.REMAINDER: left}
            part = share[change.share] if isinstance(change.share, Share) else change.share
            _add(found.setdefault(change.new, {}), old, part)
        if is_left(parts) and old not in named:
            found[old] = {old: left}
    return found


def is_left(parts: list[Change]) -> bool:
    """Whether something of a unit is left that no change of the day takes."""
    shares = [change.share for change in parts]
    return not {Share.WHOLE, Share.REMAINDER} & set(shares) and remainder(parts) != 0


def remainder(parts: list[Change]) -> Proportion:
    """What is left of a unit after its parts; `None` where one of them does not say how large it is."""
    stated = [change.share for change in parts if isinstance(change.share, Fraction)]
    return None if any(change.share is Share.PART for change in parts) else WHOLE - sum(stated, Fraction(0))


def times(one: Proportion, other: Proportion) -> Proportion:
    """A part of a part."""
    return None if one is None or other is None else one * other


def _add(found: dict[str, Proportion], unit: str, share: Proportion) -> None:
    known = found.get(unit, Fraction(0))
    found[unit] = None if known is None or share is None else known + share
