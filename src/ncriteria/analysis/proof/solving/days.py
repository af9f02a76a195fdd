"""Days as terms of their numbers: what lies between them, and the year, month and quarter of one.

A year is not divided out of its days, which a solver follows slowly: it is a variable, and the day lies within it. The
calendar repeats every 400 years; in these are three times 100 years and a last 100 with one leap day more, and so on.
"""

from __future__ import annotations

import datetime
from functools import reduce
from typing import Final

from attrs import field

from ncriteria.analysis.proof.solving.solver import (
    Formula,
    Term,
    as_real,
    at_most,
    both,
    choose,
    counted,
    either,
    equal,
    floor_of,
    identity_of,
    less,
    minus,
    opposite,
    plus,
    times,
    whole,
    whole_variable,
)
from ncriteria.analysis.proof.solving.terms import ChoiceTerm, QuantityTerm
from ncriteria.language.values import FIRST_DAY, LAST_DAY, DayPart
from ncriteria.quick_classes import frozen

_CYCLES: Final = ((400, 146_097), (100, 36_524), (4, 1_461), (1, 365))
"""How many years a cycle has, and how many days; the last of four cycles within another may be a day longer."""
_IN_THE_NEXT: Final = (None, 4, 25, 4)
"""How many of each cycle the one before it has."""
_MONTHS: Final = tuple((datetime.date(1, month, 1) - datetime.date(1, 1, 1)).days for month in range(1, 13))
"""How many days of a year that is no leap year lie before each month."""
_JANUARY_AND_FEBRUARY: Final = 2


@frozen(eq=False)
class _YearOfDay:
    """The year that a day lies in: its number, whether it is a leap year, and how many of its days come before."""

    number: Term
    is_leap: Formula
    days_before: Term


@frozen(eq=False)
class Calendar:
    """The years of the days of one question, each a variable; `constraints` say that each day lies in its year."""

    constraints: list[Formula] = field(factory=list)
    _years: dict[int, tuple[Term, _YearOfDay]] = field(factory=dict)

    def part_of(self, day: Term, part: DayPart) -> Term:
        """The part of the day whose number is `day`, as a whole number."""
        year = self._year_of(day)
        match part:
            case DayPart.YEAR:
                return year.number
            case DayPart.MONTH:
                return _begun(year, range(1, 12))
            case DayPart.QUARTER:
                return _begun(year, range(3, 12, 3))

    def _year_of(self, day: Term) -> _YearOfDay:
        at = identity_of(day)
        if at not in self._years:
            self._years[at] = (day, self._new_year(day, f"cycles of day {len(self._years)}"))
        return self._years[at][1]

    def _new_year(self, day: Term, name: str) -> _YearOfDay:
        cycles = [whole_variable(f"{name} of {years} years") for years, _ in _CYCLES]
        for cycle, most in zip(cycles, _IN_THE_NEXT, strict=True):
            if most is not None:
                self.constraints.append(both(at_most(whole(0), cycle), less(cycle, whole(most))))
        _, hundreds, fours, ones = cycles
        is_leap = both(equal(ones, whole(3)), either(opposite(equal(fours, whole(24))), equal(hundreds, whole(3))))
        first, year = (
            reduce(
                plus, (times(cycle, whole(sizes[at])) for cycle, sizes in zip(cycles, _CYCLES, strict=True)), whole(1)
            )
            for at in (1, 0)
        )
        before = plus(day, minus(first))
        days = choose(is_leap, whole(366), whole(365))
        self.constraints.append(both(at_most(whole(0), before), less(before, days)))
        return _YearOfDay(year, is_leap, before)


def _begun(year: _YearOfDay, starts: range) -> Term:
    """One more than how many of the months `starts`, counted from 0, have begun."""
    leap_day = choose(year.is_leap, whole(1), whole(0))
    first_days = (
        plus(whole(_MONTHS[month]), leap_day) if month >= _JANUARY_AND_FEBRUARY else whole(_MONTHS[month])
        for month in starts
    )
    return plus(whole(1), counted(at_most(first, year.days_before) for first in first_days))


def days_between(first: ChoiceTerm, last: ChoiceTerm) -> QuantityTerm:
    """The number of days from one day to another."""
    between, exact = as_real(plus(last.code, minus(first.code))), both(first.exact, last.exact)
    return QuantityTerm(between, between, exact, exact, exact, exact)


def later(day: ChoiceTerm, days: QuantityTerm) -> ChoiceTerm:
    """The day so many days later, within the calendar."""
    by = floor_of(days.low) if days.constant is None else whole(int(days.constant))
    code, first, last = plus(day.code, by), whole(FIRST_DAY), whole(LAST_DAY)
    within_end = choose(less(last, code), last, code)
    return ChoiceTerm(choose(less(code, first), first, within_end), both(day.exact, days.exact))
