"""Rounding of terms to whole numbers, each way once."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from ncriteria.analysis.proof.solving.solver import (
    Term,
    as_real,
    at_most,
    both,
    choose,
    equal,
    floor_of,
    is_odd,
    minus,
    number,
    plus,
    whole,
)
from ncriteria.language.meaning import Rounding

_ZERO: Final = number(0)


def rounded(to: Rounding, term: Term) -> Term:
    """The whole number that a term is rounded to."""
    return _ROUNDINGS[to](term)


def _down(term: Term) -> Term:
    return as_real(floor_of(term))


def _up(term: Term) -> Term:
    return minus(_down(minus(term)))


def _half_up(term: Term) -> Term:
    half = number(Fraction(1, 2))
    return choose(at_most(_ZERO, term), _down(plus(term, half)), minus(_down(plus(minus(term), half))))


def _half_even(term: Term) -> Term:
    raised = plus(term, number(Fraction(1, 2)))
    nearest = floor_of(raised)
    too_high = both(equal(as_real(nearest), raised), is_odd(nearest))
    return as_real(choose(too_high, plus(nearest, whole(-1)), nearest))


_ROUNDINGS: Final = {
    Rounding.DOWN: _down,
    Rounding.UP: _up,
    Rounding.HALF_UP: _half_up,
    Rounding.HALF_EVEN: _half_even,
}
