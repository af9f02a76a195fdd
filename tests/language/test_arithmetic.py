from __future__ import annotations

import operator
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ncriteria.language import arithmetic
from ncriteria.language.tree import CompareOp
from ncriteria.language.values import UNKNOWN, Interval, bounds, interval

rationals = st.fractions(min_value=-20, max_value=20, max_denominator=12)


@st.composite
def known_within(draw):
    """A number, and what may be known of it."""
    value = draw(rationals)
    low = draw(st.none() | rationals.filter(lambda end: end <= value) | st.just(value))
    high = draw(st.none() | rationals.filter(lambda end: end >= value) | st.just(value))
    return value, interval(low, high)


def holds(known, value):
    low, high = bounds(known)
    return (low is None or low <= value) and (high is None or value <= high)


@pytest.mark.parametrize(
    ("exact", "bounded"),
    [
        (operator.add, arithmetic.add),
        (operator.sub, arithmetic.subtract),
        (operator.mul, arithmetic.multiply),
        (min, lambda one, other: arithmetic.least([one, other])),
        (max, lambda one, other: arithmetic.greatest([one, other])),
    ],
)
@given(one=known_within(), other=known_within())
def test_bounds_hold_every_value_that_the_operands_may_have(exact, bounded, one, other):
    assert holds(bounded(one[1], other[1]), exact(one[0], other[0]))
    assert bounded(one[0], other[0]) == exact(one[0], other[0])


@given(known_within(), known_within())
def test_a_quotient_is_within_its_bounds_or_undefined_for_zero(one, other):
    quotient = arithmetic.divide(one[1], other[1])
    if quotient is None:
        assert other[0] == 0
        return
    assume(other[0] != 0)
    assert holds(quotient, one[0] / other[0])


@pytest.mark.parametrize(
    ("exact", "bounded"),
    [
        (abs, arithmetic.absolute),
        (operator.neg, arithmetic.negate),
        (floor, lambda known: arithmetic.rounded(known, floor)),
        (ceil, lambda known: arithmetic.rounded(known, ceil)),
        (round, lambda known: arithmetic.rounded(known, round)),
        (lambda value: round(value, 1), lambda known: arithmetic.rounded(known, round, 1)),
        (arithmetic.half_up, lambda known: arithmetic.rounded(known, arithmetic.half_up)),
    ],
)
@given(one=known_within())
def test_a_function_of_one_number_is_within_its_bounds(exact, bounded, one):
    assert holds(bounded(one[1]), exact(one[0]))
    assert bounded(one[0]) == exact(one[0])


_OPERATORS = {
    CompareOp.EQ: operator.eq,
    CompareOp.NE: operator.ne,
    CompareOp.LT: operator.lt,
    CompareOp.LE: operator.le,
    CompareOp.GT: operator.gt,
    CompareOp.GE: operator.ge,
}


@given(st.sampled_from(CompareOp), known_within(), known_within())
def test_a_comparison_that_bounds_decide_holds_for_the_numbers(op, one, other):
    decided = arithmetic.compare(op, one[1], other[1])
    truth = _OPERATORS[op](one[0], other[0])
    assert decided is UNKNOWN or decided is truth
    assert arithmetic.compare(op, one[0], other[0]) is truth


@pytest.mark.parametrize(
    ("value", "expected"), [("2.5", 3), ("-2.5", -3), ("2.4", 2), ("-2.4", -2), ("0.5", 1), ("-0.5", -1), ("0", 0)]
)
def test_half_up_rounds_halves_away_from_zero(value, expected):
    assert arithmetic.half_up(Fraction(value)) == expected


def test_zero_times_something_unbounded_is_zero():
    assert arithmetic.multiply(Fraction(0), Interval(Fraction(0), None)) == 0
    assert arithmetic.multiply(Interval(Fraction(0), None), Fraction(0)) == 0


def test_unbounded_sides_decide_nothing():
    assert arithmetic.compare(CompareOp.LE, Interval(), Interval()) is UNKNOWN
    assert arithmetic.compare(CompareOp.GE, Interval(Fraction(3), None), Interval(Fraction(4), None)) is UNKNOWN
