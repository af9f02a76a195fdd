"""Rounding of numbers known between two ends; a rounding never reverses the order of two numbers."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ncriteria.evaluation.program import ends
from ncriteria.evaluation.program.extents import may_be_broken
from ncriteria.evaluation.program.logic import all_of, settled
from ncriteria.evaluation.program.tree import Constant, FloorQuotient
from ncriteria.language.tree import CompareOp

_ZERO, _ONE = Constant(0), Constant(1)
_HALF = ends.RationalEnd(_ONE, 2)


def rounded_down(value: ends.Ends) -> ends.Ends:
    """The greatest whole number that is not above."""
    low, high, known = (_floor(end) for end in (value.low, value.high, value.known))
    return evolve(value, low=low, high=high, known=known)


def _floor(end: ends.RationalEnd) -> ends.RationalEnd:
    if end.over == ends.NOTHING:
        return end
    under = ends.times_under(Constant(end.denominator), end.under)
    return end if under == _ONE and not may_be_broken(end.over) else ends.RationalEnd(FloorQuotient(end.over, under))


def rounded(value: ends.Ends, digits: int, *, half_to_even: bool) -> ends.Ends:
    """The nearest number of `digits` decimal places; a half goes to the even one, or away from zero."""
    rounding = _half_to_even if half_to_even else _half_away
    shifted = ends.scale(value, Fraction(10) ** digits)
    low, high, known = (rounding(end) for end in (shifted.low, shifted.high, shifted.known))
    return ends.scale(evolve(shifted, low=low, high=high, known=known), Fraction(10) ** -digits)


def _half_away(end: ends.RationalEnd) -> ends.RationalEnd:
    minus = ends.scaled_end(end, Fraction(-1))
    below = ends.scaled_end(_floor(ends.sum_of_ends(minus, _HALF)), Fraction(-1))
    return ends.picked(
        settled(ends.related(CompareOp.GE, end, ends.RationalEnd(_ZERO))), _floor(ends.sum_of_ends(end, _HALF)), below
    )


def _half_to_even(end: ends.RationalEnd) -> ends.RationalEnd:
    raised = ends.sum_of_ends(end, _HALF)
    nearest = _floor(raised)
    doubled = ends.scaled_end(_floor(ends.scaled_end(nearest, Fraction(1, 2))), Fraction(2))
    is_tie_to_odd = all_of([ends.related(CompareOp.EQ, raised, nearest), ends.related(CompareOp.NE, nearest, doubled)])
    return ends.picked(settled(is_tie_to_odd), ends.sum_of_ends(nearest, ends.RationalEnd(Constant(-1))), nearest)
