"""The pace of a count: what a year would come to if the rest of it went as the part that has passed."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from ncriteria.facts.month_windows import WindowMonths
from ncriteria.facts.table import Month
from ncriteria.sets.years.windows import Window


@frozen
class Elapsed:
    """How much of the window of a year has passed: in months, or in days where months lie in it only in part."""

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
    months, (first, last) = WindowMonths(window, months_end), window.days(year)
    until = min(months.days(as_of)[1], last)
    if until < first or as_of > Month(last.year, last.month):
        return None
    if months.across(year):
        return Elapsed((until - first).days + 1, (last - first).days + 1, in_days=True)
    return Elapsed(sum(month <= as_of for month in months.months(year)), len(months.months(year)))
