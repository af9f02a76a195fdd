"""Rounding of numbers known between two ends; a rounding never reverses the order of two numbers."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ncriteria.evaluation.program.ends import (
    NOTHING,
    Ends,
    RationalEnd,
    picked,
    related,
    scale,
    scaled_end,
    sum_of_ends,
    times_under,
)
from ncriteria.evaluation.program.extents import may_be_broken
from ncriteria.evaluation.program.logic import all_of, settled
from ncriteria.evaluation.program.tree import Constant, FloorQuotient
from ncriteria.language.tree import CompareOp

_ZERO, _ONE = Constant(0), Constant(1)
_HALF = RationalEnd(_ONE, 2)


def rounded_down(value: Ends) -> Ends:
    """The greatest whole number that is not above."""
    low, high, known = (_floor(end) for end in (value.low, value.high, value.known))
    return evolve(value, low=low, high=high, known=known)


def _floor(end: RationalEnd) -> RationalEnd:
    if end.over == NOTHING:
        return end
    under = times_under(Constant(end.denominator), end.under)
    return end if under == _ONE and not may_be_broken(end.over) else RationalEnd(FloorQuotient(end.over, under))


def rounded(value: Ends, digits: int, *, half_to_even: bool) -> Ends:
    """The nearest number of `digits` decimal places; a half goes to the even one, or away from zero."""
    rounding = _half_to_even if half_to_even else _half_away
    shifted = scale(value, Fraction(10) ** digits)
    low, high, known = (rounding(end) for end in (shifted.low, shifted.high, shifted.known))
    return scale(evolve(shifted, low=low, high=high, known=known), Fraction(10) ** -digits)


def _half_away(end: RationalEnd) -> RationalEnd:
    minus = scaled_end(end, Fraction(-1))
    below = scaled_end(_floor(sum_of_ends(minus, _HALF)), Fraction(-1))
    return picked(settled(related(CompareOp.GE, end, RationalEnd(_ZERO))), _floor(sum_of_ends(end, _HALF)), below)


def _half_to_even(end: RationalEnd) -> RationalEnd:
    raised = sum_of_ends(end, _HALF)
    nearest = _floor(raised)
    doubled = scaled_end(_floor(scaled_end(nearest, Fraction(1, 2))), Fraction(2))
    is_tie_to_odd = all_of([related(CompareOp.EQ, raised, nearest), related(CompareOp.NE, nearest, doubled)])
    return picked(settled(is_tie_to_odd), sum_of_ends(nearest, RationalEnd(Constant(-1))), nearest)
