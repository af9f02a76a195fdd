"""Days as terms of their numbers: what lies between them, and the year, month and quarter of one.

The day is counted from 1 March of the year 0, so that a leap day is the last of its year (H. Hinnant,
chrono-Compatible Low-Level Date Algorithms, 2013, `civil_from_days`).
"""

from __future__ import annotations

from typing import Final

from ncriteria.analysis.proof.solving.solver import (
    Term,
    as_real,
    at_most,
    both,
    choose,
    floor_of,
    less,
    minus,
    over,
    plus,
    times,
    whole,
)
from ncriteria.analysis.proof.solving.terms import ChoiceTerm, QuantityTerm
from ncriteria.language.values import FIRST_DAY, LAST_DAY, DayPart

_DAYS_BEFORE: Final = 305
"""Days from 1 March of the year 0 to 31 December, which comes before the day of the number 1."""
_FOUR_CENTURIES: Final = 146_097


def part_of(day: Term, part: DayPart) -> Term:
    """The part of the day whose number is `day`, as a whole number."""
    since_march = plus(day, whole(_DAYS_BEFORE))
    era = over(since_march, whole(_FOUR_CENTURIES))
    of_era = _less_times(since_march, era, _FOUR_CENTURIES)
    leap = plus(_less_times(of_era, over(of_era, whole(1460)), 1), over(of_era, whole(36_524)))
    year_of_era = over(_less_times(leap, over(of_era, whole(146_096)), 1), whole(365))
    leaps = _less_times(over(year_of_era, whole(4)), over(year_of_era, whole(100)), 1)
    of_year = _less_times(_less_times(of_era, year_of_era, 365), leaps, 1)
    from_march = over(plus(times(of_year, whole(5)), whole(2)), whole(153))
    month = choose(less(from_march, whole(10)), plus(from_march, whole(3)), plus(from_march, whole(-9)))
    match part:
        case DayPart.YEAR:
            year = plus(year_of_era, times(era, whole(400)))
            return choose(at_most(month, whole(2)), plus(year, whole(1)), year)
        case DayPart.MONTH:
            return month
        case DayPart.QUARTER:
            return over(plus(month, whole(2)), whole(3))


def _less_times(one: Term, other: Term, factor: int) -> Term:
    """`one` less `factor` times `other`."""
    return plus(one, minus(times(other, whole(factor))))


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
