"""The days in which a set is in force, and which assessment years it judges by them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import Enum

from attrs import field

from ncriteria.errors import TextPlace
from ncriteria.quick_classes import frozen
from ncriteria.sets.sources import Citation
from ncriteria.sets.years.windows import Window

_A_DAY = datetime.timedelta(days=1)


class YearsJudged(Enum):
    """Which assessment years a set judges that is in force from some day to another."""

    ENDING = "years_that_end"
    BEGINNING = "years_that_begin"
    WHOLE = "whole_years"


@frozen
class DaysOutside:
    """Days of an assessment year, both included, on which the set that judges it is not in force."""

    year: int
    first: datetime.date
    last: datetime.date


@frozen
class DaysInForce:
    """The first and the last day on which a set is in force; no `last` is open-ended.

    It judges the years whose window ends in these days, unless a source says otherwise, which `cite` then names.
    """

    first: datetime.date
    last: datetime.date | None = None
    judges: YearsJudged = YearsJudged.ENDING
    cite: tuple[Citation, ...] = ()
    place: TextPlace | None = field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        return f"{self.first} to {self.last or '…'}, {self.judges.value}"

    def years(self, window: Window) -> tuple[int, int | None]:
        """The first and the last assessment year that is judged; no year is where the last is before the first."""
        first = self.first.year
        while not self._has(window, first):
            first += 1
            if self.last is not None and first > self.last.year + 1:
                break
        if self.last is None:
            return first, None
        last = self.last.year + 1
        while last >= first and not self._has(window, last):
            last -= 1
        return first, last

    def _has(self, window: Window, year: int) -> bool:
        begins, ends = window.days(year)
        asked = {YearsJudged.ENDING: (ends,), YearsJudged.BEGINNING: (begins,), YearsJudged.WHOLE: (begins, ends)}
        return all(self.first <= day and (self.last is None or day <= self.last) for day in asked[self.judges])

    def outside(self, window: Window, year: int) -> Iterator[DaysOutside]:
        """The days of an assessment year before the set is in force, and those after."""
        begins, ends = window.days(year)
        if begins < self.first:
            yield DaysOutside(year, begins, min(ends, self.first - _A_DAY))
        if self.last is not None and self.last < ends:
            yield DaysOutside(year, max(begins, self.last + _A_DAY), ends)
