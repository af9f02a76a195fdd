"""A lineage by assessment years: which unit stands at the end of a year, since when, and what it was made of.

A change counts from the first assessment year whose window ends on its day or after it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from attrs import field

from ncriteria.facts.lineage.changes import WHOLE, Change, Origins, Proportion, add_share, times
from ncriteria.facts.lineage.model import Lineage, Reform
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Level
from ncriteria.sets.years.windows import Window

Version = tuple[str, "int | None"]
"""A unit as it is since an assessment year, or from the beginning."""
Stops = Callable[[str, "Start"], bool]
"""Whether a unit as it is since a start is not looked behind."""


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
    _years: dict[datetime.date, int] = field(factory=dict, init=False)
    _standing: dict[tuple[str, int, Level | None], Start | End | None] = field(factory=dict, init=False)
    _of_level: dict[Level | None, Sequence[Reform]] = field(factory=dict, init=False)
    _known_origins: dict[tuple[str, int, Level | None], Origins | None] = field(factory=dict, init=False)

    @property
    def _made(self) -> Mapping[datetime.date, Mapping[str, Origins]]:
        return self.lineage.made_on

    @cached_property
    def _olds(self) -> Mapping[datetime.date, frozenset[str]]:
        return {day: frozenset(one.old for one in changes) for day, changes in self.lineage.by_day.items()}

    @cached_property
    def _events(self) -> Mapping[str, list[Start | End]]:
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
        if day not in self._years:
            near = (day.year - 1, day.year, day.year + 1)
            self._years[day] = next(year for year in near if self.window.days(year)[1] >= day)
        return self._years[day]

    def standing(self, unit: str, year: int, level: Level | None) -> Start | End | None:
        """Since when a unit is as it is at the end of a year, or that it is no more; `None` is from the beginning."""
        key = unit, year, level
        if key not in self._standing:
            self._standing[key] = self._last_event(unit, year, level)
        return self._standing[key]

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

    def version(self, unit: str, year: int, level: Level | None) -> Version:
        """A unit as it is at the end of a year."""
        event = self.standing(unit, year, level)
        return unit, event.year if isinstance(event, Start) else None

    def leaves(
        self, unit: str, start: Start, year: int, level: Level | None, stops: Stops = lambda _, __: False
    ) -> Mapping[Version, Proportion] | None:
        """The units that stood in a `year` before `start` and are now in `unit`, with how much of each.

        `None` where a reform lies between.
        """
        origins = self.origins(unit, start, level)
        if origins is None:
            return None
        found: dict[Version, Proportion] = {}
        for old, share in origins.items():
            since = self.standing(old, start.year - 1, level)
            if not isinstance(since, Start) or since.year <= year or stops(old, since):
                inner: Mapping[Version, Proportion] | None = {self.version(old, start.year - 1, level): WHOLE}
            else:
                inner = self.leaves(old, since, year, level, stops)
            if inner is None:
                return None
            for leaf, part in inner.items():
                add_share(found, leaf, times(share, part))
        return found

    def _reforms(self, level: Level | None) -> Sequence[Reform]:
        if level not in self._of_level:
            reforms = sorted(self.lineage.reforms, key=lambda one: one.day)
            self._of_level[level] = [one for one in reforms if level in one.levels]
        return self._of_level[level]

    def origins(self, unit: str, start: Start, level: Level | None) -> Origins | None:
        """What a unit that stands since `start` was the year before; `None` where a reform lies between."""
        key = unit, start.year, level
        if key not in self._known_origins:
            self._known_origins[key] = self.traced_back(unit, start.year, level)
        return self._known_origins[key]

    def traced_back(
        self, unit: str, year: int, level: Level | None, *, after: datetime.date | None = None
    ) -> Origins | None:
        """What a unit was before the changes of a year, or before those `after` a day of it; `None` across a reform."""
        reforms = {one.day for one in self._reforms(level)}
        of_year = {day for day in (*self._made, *reforms) if self.first_year(day) == year}
        days = sorted((day for day in of_year if after is None or day > after), reverse=True)
        found: dict[str, Proportion] = {unit: WHOLE}
        for day in days:
            made, before = self._made.get(day, {}), dict[str, Proportion]()
            for one, share in found.items():
                if day in reforms and one not in made:
                    return None
                for old, part in made.get(one, {one: WHOLE}).items():
                    add_share(before, old, times(share, part))
            found = before
        return found
