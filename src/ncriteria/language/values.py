"""Values: exact rationals, truths, texts, days, numbers known within bounds, and unknown.

A number of which only bounds are known is an `Interval`; what is known of it decides whatever the bounds decide.
Truth is three-valued (Kleene): `True`, `False` or `UNKNOWN`. An operation that has no value, such as a division by
zero, gives `Undefined`, which spreads like an error but gives way where the other operands decide a truth on their own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from typing import Final, Literal

from ncriteria.language.source import Finding
from ncriteria.quick_classes import frozen


class Unknown(Enum):
    """The type of `UNKNOWN`, a value of which nothing is known."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN


@frozen
class Interval:
    """A number known to lie between `low` and `high`, both included; `None` is no bound on that side."""

    low: Fraction | None = None
    high: Fraction | None = None


@frozen
class Undefined:
    """No value at all: `finding` says why and where in the expression."""

    finding: Finding


Truth = bool | Literal[Unknown.UNKNOWN]
Quantity = Fraction | Interval
Value = Fraction | bool | str | datetime.date | Interval | Unknown | Undefined
Rational = int | Fraction
Computed = int | Value
"""A value while rules are computed: a whole number may be an `int`, which Python compares many times faster."""


@frozen
class AtLeast:
    """A count known so far: the value is `limit` or more."""

    limit: int | Fraction


@frozen
class AtMost:
    """A value that is `limit` or less."""

    limit: int | Fraction


def is_exact(value: Value) -> bool:
    """Whether `value` is known exactly."""
    return not isinstance(value, (Interval, Unknown, Undefined))


def interval(low: Fraction | None, high: Fraction | None) -> Quantity:
    """The number between `low` and `high`: exact when both are the same."""
    return low if low is not None and low == high else Interval(low, high)


def bounds(value: Quantity) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest that `value` can be, `None` where there is no bound."""
    return (value.low, value.high) if isinstance(value, Interval) else (value, value)


def intersection(one: Quantity, other: Quantity) -> Quantity | None:
    """What is known when both are known of one number; `None` when they contradict each other."""
    (low1, high1), (low2, high2) = bounds(one), bounds(other)
    low = max((end for end in (low1, low2) if end is not None), default=None)
    high = min((end for end in (high1, high2) if end is not None), default=None)
    return None if low is not None and high is not None and low > high else interval(low, high)


def total(ends: Iterable[Fraction | None]) -> Fraction | None:
    """The sum of ends; there is none where one of them is open."""
    found = Fraction(0)
    for end in ends:
        if end is None:
            return None
        found += end
    return found


FIRST_DAY: Final = datetime.date.min.toordinal()
LAST_DAY: Final = datetime.date.max.toordinal()
"""The numbers of the first and of the last day of the calendar."""


class DayPart(Enum):
    """A part of a calendar day that is a whole number."""

    YEAR = "year"
    MONTH = "month"
    QUARTER = "quarter"

    @property
    def least(self) -> int:
        """The least that it can be."""
        return 1

    @property
    def greatest(self) -> int:
        """The greatest that it can be."""
        return self.of(datetime.date.max)

    def of(self, day: datetime.date) -> int:
        """The part of `day`."""
        match self:
            case DayPart.YEAR:
                return day.year
            case DayPart.MONTH:
                return day.month
            case DayPart.QUARTER:
                return (day.month + 2) // 3

    def around(self, day: datetime.date) -> tuple[datetime.date, datetime.date]:
        """The first and the last day of the year, month or quarter that `day` lies in."""
        first_month, last_month = {
            DayPart.YEAR: (1, 12),
            DayPart.MONTH: (day.month, day.month),
            DayPart.QUARTER: (self.of(day) * 3 - 2, self.of(day) * 3),
        }[self]
        if last_month == 12:
            return datetime.date(day.year, first_month, 1), datetime.date(day.year, 12, 31)
        last = datetime.date(day.year, last_month + 1, 1) - datetime.timedelta(days=1)
        return datetime.date(day.year, first_month, 1), last
