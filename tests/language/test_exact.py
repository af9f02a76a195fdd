from __future__ import annotations

import operator
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ncriteria.language.exact import EXACT, half_up
from ncriteria.language.meaning import Rounding
from ncriteria.language.tree import CompareOp
from ncriteria.language.values import UNKNOWN, Interval, Undefined, bounds, interval

rationals = st.fractions(min_value=-20, max_value=20, max_denominator=12)


@st.composite
def known_within(draw):
    """A number, and what may be known of it."""
    value = draw(rationals)
    low = draw(st.none() | rationals.filter(lambda end: end <= value) | st.just(value))
    high = draw(st.none() | rationals.filter(lambda end: end >= value) | st.just(value))
    return value, draw(written(interval(low, high)))


@st.composite
def written(draw, known):
    """What is known, a whole number perhaps as an `int`."""
    is_whole = not isinstance(known, Interval) and known.denominator == 1
    return int(known) if is_whole and draw(st.booleans()) else known


def holds(known, value):
    low, high = bounds(known)
    return (low is None or low <= value) and (high is None or value <= high)


@pytest.mark.parametrize(
    ("exact", "bounded"),
    [
        (operator.add, EXACT.add),
        (operator.sub, EXACT.subtract),
        (operator.mul, EXACT.multiply),
        (min, EXACT.least),
        (max, EXACT.greatest),
    ],
)
@given(one=known_within(), other=known_within())
def test_bounds_hold_every_value_that_the_operands_may_have(exact, bounded, one, other):
    assert holds(bounded(one[1], other[1]), exact(one[0], other[0]))
    assert bounded(one[0], other[0]) == exact(one[0], other[0])


_OF_TWO = (EXACT.add, EXACT.subtract, EXACT.multiply, EXACT.divide, EXACT.least, EXACT.greatest, EXACT.mean)


@pytest.mark.parametrize("compute", [*_OF_TWO, *map(EXACT.comparison, CompareOp)])
@given(one=rationals, other=rationals, data=st.data())
def test_whole_numbers_are_computed_the_same_as_fractions(compute, one, other, data):
    found = compute(data.draw(written(one)), data.draw(written(other)))
    assert found == compute(one, other)
    assert type(found) in (bool, int, Fraction, Undefined)


@given(known_within(), known_within())
def test_a_quotient_is_within_its_bounds_or_undefined_for_zero(one, other):
    quotient = EXACT.divide(one[1], other[1])
    if isinstance(quotient, Undefined):
        assert other[0] == 0
        return
    assume(other[0] != 0)
    assert holds(quotient, one[0] / other[0])


@pytest.mark.parametrize(
    ("exact", "bounded"),
    [
        (abs, EXACT.absolute),
        (operator.neg, EXACT.negate),
        (floor, lambda known: EXACT.rounded(known, to=Rounding.DOWN)),
        (ceil, lambda known: EXACT.rounded(known, to=Rounding.UP)),
        (round, lambda known: EXACT.rounded(known, to=Rounding.HALF_EVEN)),
        (lambda value: round(value, 1), lambda known: EXACT.rounded(known, Fraction(1), to=Rounding.HALF_EVEN)),
        (half_up, lambda known: EXACT.rounded(known, to=Rounding.HALF_UP)),
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
    decided = EXACT.compared(op, one[1], other[1])
    truth = _OPERATORS[op](one[0], other[0])
    assert decided is UNKNOWN or decided is truth
    assert EXACT.compared(op, one[0], other[0]) is truth


@pytest.mark.parametrize(
    ("value", "expected"), [("2.5", 3), ("-2.5", -3), ("2.4", 2), ("-2.4", -2), ("0.5", 1), ("-0.5", -1), ("0", 0)]
)
def test_half_up_rounds_halves_away_from_zero(value, expected):
    assert half_up(Fraction(value)) == expected


def test_zero_times_something_unbounded_is_zero():
    assert EXACT.multiply(Fraction(0), Interval(Fraction(0), None)) == 0
    assert EXACT.multiply(Interval(Fraction(0), None), Fraction(0)) == 0


def test_unbounded_sides_decide_nothing():
    assert EXACT.compared(CompareOp.LE, Interval(), Interval()) is UNKNOWN
    assert EXACT.compared(CompareOp.GE, Interval(Fraction(3), None), Interval(Fraction(4), None)) is UNKNOWN
