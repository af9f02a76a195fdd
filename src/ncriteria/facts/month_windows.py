"""Which months the assessment years of a set have, by the window that it declares and the day its months end on."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from functools import lru_cache

from attrs import field

from ncriteria.facts.options import LATEST_MONTHS_END
from ncriteria.facts.table import Month
from ncriteria.quick_classes import frozen
from ncriteria.sets.years.windows import Window


def months_of(window: Window) -> WindowMonths | None:
    """The months that make up the years of a window just so; `None` where no months do, however they end.

    They are calendar months, or end on the day on which the window ends.
    """
    if window.day == 1:
        return WindowMonths(window, None)
    return WindowMonths(window, window.day - 1) if window.day - 1 <= LATEST_MONTHS_END else None


@frozen(eq=False)
class WindowMonths:
    """Which months the years of a window have, and which of them lie in it only in part."""

    window: Window
    months_end: int | None
    _years: dict[int, tuple[tuple[Month, ...], frozenset[Month]]] = field(factory=dict)

    def months(self, year: int) -> tuple[Month, ...]:
        """The months that lie in the window of a year, or across one of its ends, in their order."""
        return self._of(year)[0]

    def across(self, year: int) -> frozenset[Month]:
        """The months that lie across an end of the window."""
        return self._of(year)[1]

    def years(self, month: Month) -> Iterator[int]:
        """The assessment years that a month is of, in whole or in part."""
        return (year for year in (month.year - 1, month.year, month.year + 1) if month in self.months(year))

    def days(self, month: Month) -> tuple[datetime.date, datetime.date]:
        """The first and the last day of a month."""
        return _days(month, self.months_end)

    def _of(self, year: int) -> tuple[tuple[Month, ...], frozenset[Month]]:
        if year not in self._years:
            first, last = self.window.days(year)
            near = [Month(one, number) for one in (year - 1, year, year + 1) for number in range(1, 13)]
            spans = {month: _days(month, self.months_end) for month in near}
            touching = tuple(month for month, (begins, ends) in spans.items() if begins <= last and ends >= first)
            across = frozenset(month for month in touching if spans[month][0] < first or spans[month][1] > last)
            self._years[year] = touching, across
        return self._years[year]


@lru_cache(maxsize=4096)
def _days(month: Month, months_end: int | None) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a month that ends on a day, or with the calendar month."""
    if months_end is None:
        last = calendar.monthrange(month.year, month.number)[1]
        return datetime.date(month.year, month.number, 1), datetime.date(month.year, month.number, last)
    before = Month(month.year, month.number - 1) if month.number > 1 else Month(month.year - 1, 12)
    day = datetime.timedelta(days=1)
    return datetime.date(before.year, before.number, months_end) + day, datetime.date(
        month.year, month.number, months_end
    )
