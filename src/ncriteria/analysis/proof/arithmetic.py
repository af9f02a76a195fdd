"""Arithmetic on numbers within bounds, as `ncriteria.language.exact` has it, over terms of the solver.

`undefined` of the operands is left to the caller, who makes the result undefined where one of them is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce

from attrs import evolve, frozen

from ncriteria.analysis.proof.solver import (
    FALSE,
    TRUE,
    Formula,
    Term,
    as_real,
    at_most,
    both,
    choose,
    choose_formula,
    either,
    equal,
    floor_of,
    greater,
    is_odd,
    less,
    minus,
    number,
    opposite,
    over,
    plus,
    smaller,
    times,
    whole,
)
from ncriteria.analysis.proof.terms import QuantityTerm, quantity_of, within

_ZERO = number(0)


def _between(low: Term, high: Term, has_low: Formula, has_high: Formula, tight: Formula | None = None) -> QuantityTerm:
    """The number between two bounds; exact when both are the same."""
    if tight is None:
        tight = both(has_low, has_high, equal(low, high))
    return QuantityTerm(low, high, has_low, has_high, tight, tight)


def add(one: QuantityTerm, other: QuantityTerm) -> QuantityTerm:
    """The sum."""
    has_low, has_high = both(one.has_low, other.has_low), both(one.has_high, other.has_high)
    tight = both(one.tight, other.tight)
    return _between(plus(one.low, other.low), plus(one.high, other.high), has_low, has_high, tight)


def negate(value: QuantityTerm) -> QuantityTerm:
    """The number with the other sign."""
    negated = _between(minus(value.high), minus(value.low), value.has_high, value.has_low, value.tight)
    return evolve(negated, exact=value.tight)


def total(values: Sequence[QuantityTerm]) -> QuantityTerm:
    """The sum of the numbers."""
    return reduce(add, values, quantity_of(Fraction(0)))


def subtract(one: QuantityTerm, other: QuantityTerm) -> QuantityTerm:
    """The difference."""
    return add(one, negate(other))


def multiply(one: QuantityTerm, other: QuantityTerm) -> QuantityTerm:
    """The product; linear where one factor is the same in all records."""
    if other.constant is not None:
        return _scaled(one, other.constant)
    if one.constant is not None:
        return _scaled(other, one.constant)
    return _product(one, other)


def _scaled(value: QuantityTerm, factor: Fraction) -> QuantityTerm:
    if factor == 0:
        return quantity_of(factor)
    by = number(factor)
    if factor < 0:
        value = evolve(
            value, low=value.high, high=value.low, has_low=value.has_high, has_high=value.has_low, constant=None
        )
    return _between(times(value.low, by), times(value.high, by), value.has_low, value.has_high, value.tight)


def _product(one: QuantityTerm, other: QuantityTerm) -> QuantityTerm:
    """The product of two numbers that both depend on the record: it lies between products of their ends."""
    corners = [_corner(end1, end2) for end1 in _ends(one) for end2 in _ends(other)]
    exact = both(one.tight, other.tight)
    plain = times(one.low, other.low)
    return _between(
        choose(exact, plain, _extreme(corners, less)),
        choose(exact, plain, _extreme(corners, lambda found, least: less(least, found))),
        opposite(either(*(corner.below for corner in corners))),
        opposite(either(*(corner.above for corner in corners))),
    )


@frozen(eq=False)
class _End:
    """An end of a number's bounds: finite, or an infinity on its own side of zero."""

    value: Term
    finite: Formula
    is_high: bool

    @property
    def negative(self) -> Formula:
        """Whether it is less than zero."""
        return choose_formula(self.finite, less(self.value, _ZERO), FALSE if self.is_high else TRUE)

    @property
    def positive(self) -> Formula:
        """Whether it is more than zero."""
        return choose_formula(self.finite, less(_ZERO, self.value), TRUE if self.is_high else FALSE)


def _ends(value: QuantityTerm) -> tuple[_End, _End]:
    return _End(value.low, value.has_low, False), _End(value.high, value.has_high, True)


@frozen(eq=False)
class _Corner:
    """The product of one end of each factor: a number, or an infinity `below` or `above` all numbers."""

    value: Term
    below: Formula
    above: Formula

    @property
    def finite(self) -> Formula:
        """Whether it is a number."""
        return both(opposite(self.below), opposite(self.above))


def _corner(one: _End, other: _End) -> _Corner:
    finite = both(one.finite, other.finite)
    unlike = either(both(one.positive, other.negative), both(one.negative, other.positive))
    alike = either(both(one.positive, other.positive), both(one.negative, other.negative))
    # Zero times an infinity is zero, for no number is infinite.
    value = choose(finite, times(one.value, other.value), _ZERO)
    return _Corner(value, both(opposite(finite), unlike), both(opposite(finite), alike))


def _extreme(corners: Sequence[_Corner], before: Callable[[Term, Term], Formula]) -> Term:
    """The finite corner that comes first."""
    found, present = corners[0].value, corners[0].finite
    for corner in corners[1:]:
        better = both(corner.finite, either(opposite(present), before(corner.value, found)))
        found, present = choose(better, corner.value, found), either(present, corner.finite)
    return found


def divide(one: QuantityTerm, other: QuantityTerm) -> QuantityTerm:
    """The quotient; undefined where the divisor is exactly zero, without bounds where it may be zero."""
    if other.constant is not None:
        return evolve(within(None, None), undefined=TRUE) if other.constant == 0 else _scaled(one, 1 / other.constant)
    spanning = both(
        opposite(other.exact),
        either(opposite(other.has_low), less(other.low, _ZERO)),
        either(opposite(other.has_high), less(_ZERO, other.high)),
    )
    result = _chosen(other.exact, _divided(one, other.low), _product(one, _reciprocal(other)))
    bounded = evolve(
        result,
        has_low=both(result.has_low, opposite(spanning)),
        has_high=both(result.has_high, opposite(spanning)),
        tight=both(result.tight, opposite(spanning)),
        exact=both(result.exact, opposite(spanning)),
    )
    return evolve(bounded, undefined=both(other.exact, equal(other.low, _ZERO)))


def _divided(one: QuantityTerm, divisor: Term) -> QuantityTerm:
    """The quotient by a number that is known and not zero."""
    positive = less(_ZERO, divisor)
    return _between(
        over(choose(positive, one.low, one.high), divisor),
        over(choose(positive, one.high, one.low), divisor),
        choose_formula(positive, one.has_low, one.has_high),
        choose_formula(positive, one.has_high, one.has_low),
        one.tight,
    )


def _reciprocal(value: QuantityTerm) -> QuantityTerm:
    """One over a number whose bounds may touch zero but lie on one side of it."""
    positive = both(value.has_low, at_most(_ZERO, value.low))
    one = number(1)
    zero_low, zero_high = equal(value.low, _ZERO), equal(value.high, _ZERO)
    return _between(
        choose(value.has_high, over(one, value.high), _ZERO),
        choose(value.has_low, over(one, value.low), _ZERO),
        choose_formula(value.has_high, opposite(zero_high), positive),
        choose_formula(value.has_low, opposite(zero_low), opposite(positive)),
    )


def _chosen(condition: Formula, one: QuantityTerm, other: QuantityTerm) -> QuantityTerm:
    return QuantityTerm(
        choose(condition, one.low, other.low),
        choose(condition, one.high, other.high),
        choose_formula(condition, one.has_low, other.has_low),
        choose_formula(condition, one.has_high, other.has_high),
        choose_formula(condition, one.tight, other.tight),
        choose_formula(condition, one.exact, other.exact),
    )


def conditional(true: Formula, false: Formula, one: QuantityTerm, other: QuantityTerm) -> QuantityTerm:
    """`one` where a condition is true, `other` where it is false, and where it is unknown what holds both.

    Where just one of the two has a value and the condition is unknown, nothing is known of the number.
    """
    defined = both(opposite(one.undefined), opposite(other.undefined))
    hull = _between(
        smaller(one.low, other.low),
        greater(one.high, other.high),
        both(defined, one.has_low, other.has_low),
        both(defined, one.has_high, other.has_high),
    )
    return _chosen(true, one, _chosen(false, other, hull))


def absolute(value: QuantityTerm) -> QuantityTerm:
    """The number without its sign."""
    positive = both(value.has_low, at_most(_ZERO, value.low))
    negative = both(value.has_high, at_most(value.high, _ZERO))
    finite = both(value.has_low, value.has_high)
    spanning = _between(_ZERO, greater(minus(value.low), value.high), TRUE, finite)
    return _chosen(positive, value, _chosen(negative, negate(value), spanning))


def least(values: Sequence[QuantityTerm]) -> QuantityTerm:
    """The least of the numbers."""
    return negate(greatest([negate(value) for value in values]))


def greatest(values: Sequence[QuantityTerm]) -> QuantityTerm:
    """The greatest of the numbers."""
    has_low = either(*(value.has_low for value in values))
    low, present = values[0].low, values[0].has_low
    for value in values[1:]:
        better = both(value.has_low, either(opposite(present), less(low, value.low)))
        low, present = choose(better, value.low, low), either(present, value.has_low)
    high = reduce(greater, (value.high for value in values))
    return _between(low, high, has_low, both(*(value.has_high for value in values)))


Rounding = Callable[[Term], Term]


def rounded(value: QuantityTerm, rounding: Rounding, digits: int = 0) -> QuantityTerm:
    """The number rounded to `digits` decimal places."""
    scale, back = number(Fraction(10) ** digits), number(1 / Fraction(10) ** digits)
    low, high = (times(rounding(times(end, scale)), back) for end in (value.low, value.high))
    return _between(low, high, value.has_low, value.has_high)


def down(term: Term) -> Term:
    """To the whole number below."""
    return as_real(floor_of(term))


def up(term: Term) -> Term:
    """To the whole number above."""
    return minus(down(minus(term)))


def half_up(term: Term) -> Term:
    """To the nearest whole number, a half away from zero."""
    half = number(Fraction(1, 2))
    return choose(at_most(_ZERO, term), down(plus(term, half)), minus(down(plus(minus(term), half))))


def half_even(term: Term) -> Term:
    """To the nearest whole number, a half to the even one."""
    raised = plus(term, number(Fraction(1, 2)))
    nearest = floor_of(raised)
    too_high = both(equal(as_real(nearest), raised), is_odd(nearest))
    return as_real(choose(too_high, plus(nearest, whole(-1)), nearest))
