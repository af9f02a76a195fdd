"""The pace of a count: what a year would come to if the rest of it went as the part that has passed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import field

from ncriteria.facts.month_windows import WindowMonths
from ncriteria.facts.table import Month
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet
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


@frozen
class Pace:
    """How much has passed of the year of a set, and of the years of facts that are counted over other months."""

    of_set: Elapsed | None
    own: Mapping[str, Elapsed | None] = field(factory=dict)

    def of(self, fact: str) -> Elapsed | None:
        """How much of the year of a fact has passed; `None` before it begins, and once it is over."""
        return self.own.get(fact, self.of_set)


def pace_of(criteria: CriteriaSet, year: int, as_of: Month, months_end: int | None = None) -> Pace:
    """How much of an assessment year of a set has passed at the end of a month, as `elapsed` says it."""
    own = {name: declared.window for name, declared in criteria.facts.items() if declared.window is not None}
    return Pace(
        elapsed(criteria.months_of_year, year, as_of, months_end),
        {name: elapsed(window, year, as_of, months_end) for name, window in own.items()},
    )
