"""The pace of a count: what a year would come to if the rest of it went as the part that has passed."""

from __future__ import annotations

import calendar
import datetime
from fractions import Fraction

from attrs import frozen

from ncriteria.facts.table import Month
from ncriteria.sets.model import Window


@frozen
class Elapsed:
    """How much of the window of a year has passed: in months, or in days where it begins within a month."""

    passed: int
    whole: int
    in_days: bool = False

    def projected(self, so_far: Fraction) -> Fraction:
        """What the whole year comes to at the pace so far, exactly."""
        return so_far * self.whole / self.passed


def elapsed(window: Window, year: int, as_of: Month, months_end: int | None = None) -> Elapsed | None:
    """How much of an assessment year has passed at the end of a month; `None` before it begins, and once it is over.

    `months_end` is the day on which the months of a table end, `None` for calendar months. The month in which the
    window ends counts as running.
    """
    first, last = window.days(year)
    until = min(_end_of(as_of, months_end), last)
    if until < first or as_of > Month(last.year, last.month):
        return None
    if (first - datetime.timedelta(days=1)).day == (months_end or _days_in(first.year, first.month - 1)):
        begun = first if months_end is None else _next_month(first)
        months = (as_of.year - begun.year) * 12 + as_of.number - begun.month + 1
        return Elapsed(months, 12)
    return Elapsed((until - first).days + 1, (last - first).days + 1, in_days=True)


def _end_of(month: Month, months_end: int | None) -> datetime.date:
    return datetime.date(month.year, month.number, months_end or _days_in(month.year, month.number))


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month or 12)[1]


def _next_month(day: datetime.date) -> datetime.date:
    return datetime.date(day.year + day.month // 12, day.month % 12 + 1, 1)
