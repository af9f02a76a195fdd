"""Exact arithmetic on numbers that are known, or known within bounds (R. E. Moore, Interval Analysis, 1966).

Ends are rationals, so nothing is rounded. Each result holds every value that the operands' bounds allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import reduce
from math import ceil, floor

from ncriteria.language.logic import negation
from ncriteria.language.tree import CompareOp
from ncriteria.language.values import UNKNOWN, Interval, Quantity, Truth, bounds, interval

_INFINITE = float("inf")
_End = Fraction | float
"""An end of an interval: a rational, or an infinity, which is compared and multiplied by but never computed from."""


def _ends(value: Quantity) -> tuple[_End, _End]:
    low, high = bounds(value)
    return (-_INFINITE if low is None else low, _INFINITE if high is None else high)


def _between(low: _End, high: _End) -> Quantity:
    return interval(
        low if isinstance(low, Fraction) else None,
        high if isinstance(high, Fraction) else None,
    )


def _times(one: _End, other: _End) -> _End:
    """The product of two ends; zero times an infinity is zero, for no number is infinite."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one * other
    sign = (one > 0) - (one < 0), (other > 0) - (other < 0)
    product = sign[0] * sign[1]
    return Fraction(0) if product == 0 else product * _INFINITE


def add(one: Quantity, other: Quantity) -> Quantity:
    """The sum."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one + other
    (low1, high1), (low2, high2) = bounds(one), bounds(other)
    return interval(
        None if low1 is None or low2 is None else low1 + low2,
        None if high1 is None or high2 is None else high1 + high2,
    )


def negate(value: Quantity) -> Quantity:
    """The number with the other sign."""
    if isinstance(value, Fraction):
        return -value
    low, high = bounds(value)
    return interval(None if high is None else -high, None if low is None else -low)


def total(values: Iterable[Quantity]) -> Quantity:
    """The sum of the numbers."""
    zero: Quantity = Fraction(0)
    return reduce(add, values, zero)


def subtract(one: Quantity, other: Quantity) -> Quantity:
    """The difference."""
    return add(one, negate(other))


def multiply(one: Quantity, other: Quantity) -> Quantity:
    """The product."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one * other
    products = [_times(end1, end2) for end1 in _ends(one) for end2 in _ends(other)]
    return _between(min(products), max(products))


def divide(one: Quantity, other: Quantity) -> Quantity | None:
    """The quotient; `None` when `other` is exactly zero, no bounds when it may lie on both sides of zero."""
    if isinstance(other, Fraction):
        return None if other == 0 else multiply(one, 1 / other)
    low, high = bounds(other)
    if (low is None or low < 0) and (high is None or high > 0):
        return Interval()
    return multiply(one, _reciprocal(other))


def _reciprocal(value: Interval) -> Quantity:
    """One over a number whose bounds may touch zero but lie on one side of it."""
    low, high = value.low, value.high
    positive = low is not None and low >= 0
    of_high = (Fraction(0) if positive else None) if high is None else (None if high == 0 else 1 / high)
    of_low = (None if positive else Fraction(0)) if low is None else (None if low == 0 else 1 / low)
    return interval(of_high, of_low)


def absolute(value: Quantity) -> Quantity:
    """The number without its sign."""
    low, high = _ends(value)
    if low >= 0:
        return value
    if high <= 0:
        return negate(value)
    return _between(Fraction(0), max(-low, high))


def least(values: list[Quantity]) -> Quantity:
    """The least of the numbers."""
    ends = [_ends(value) for value in values]
    return _between(min(low for low, _ in ends), min(high for _, high in ends))


def greatest(values: list[Quantity]) -> Quantity:
    """The greatest of the numbers."""
    ends = [_ends(value) for value in values]
    return _between(max(low for low, _ in ends), max(high for _, high in ends))


def rounded(value: Quantity, rounding: Callable[[Fraction], int], digits: int = 0) -> Quantity:
    """`value` rounded to `digits` decimal places by a rounding that never reverses the order of two numbers."""
    scale = Fraction(10) ** digits
    low, high = (None if end is None else rounding(end * scale) / scale for end in bounds(value))
    return interval(low, high)


def half_up(value: Fraction) -> int:
    """To the nearest whole number, a half away from zero (FEEL: round half up)."""
    return floor(value + Fraction(1, 2)) if value >= 0 else ceil(value - Fraction(1, 2))


def compare(op: CompareOp, one: Quantity, other: Quantity) -> Truth:
    """The comparison, where the bounds decide it; otherwise unknown."""
    match op:
        case CompareOp.LT:
            return _less(one, other)
        case CompareOp.GE:
            return negation(_less(one, other))
        case CompareOp.GT:
            return _less(other, one)
        case CompareOp.LE:
            return negation(_less(other, one))
        case CompareOp.EQ:
            return _equal(one, other)
        case CompareOp.NE:
            return negation(_equal(one, other))


def _less(one: Quantity, other: Quantity) -> Truth:
    (low1, high1), (low2, high2) = _ends(one), _ends(other)
    if high1 < low2:
        return True
    # An infinite end is no number, so it never makes "not less" certain.
    return False if low1 >= high2 and isinstance(low1, Fraction) and isinstance(high2, Fraction) else UNKNOWN


def _equal(one: Quantity, other: Quantity) -> Truth:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one == other
    (low1, high1), (low2, high2) = _ends(one), _ends(other)
    return False if high1 < low2 or high2 < low1 else UNKNOWN
