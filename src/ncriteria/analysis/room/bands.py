"""Interval arithmetic on numbers that depend on one variable: `ncriteria.language.exact`, with guarded ends.

Each function gives, around the place, what its namesake there gives of numbers that are known or known within bounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce

from attrs import frozen

from ncriteria.analysis.room.ends import (
    INFINITE,
    End,
    Place,
    added,
    compared,
    fixed,
    inverted,
    multiplied,
    opposite,
    sign_of,
    stair,
)
from ncriteria.language.tree import Function
from ncriteria.language.values import Quantity, bounds


@frozen
class Band:
    """A number around a place: the least and the greatest that it can be; exact where both are one and the same."""

    low: End
    high: End

    @property
    def is_exact(self) -> bool:
        """Whether the number is known exactly."""
        return self.low == self.high


def exact(end: End) -> Band:
    """A number that is known exactly."""
    return Band(end, end)


def band_of(value: Quantity) -> Band:
    """A number that does not depend on the variable."""
    low, high = bounds(value)
    return Band(-INFINITE if low is None else fixed(low), INFINITE if high is None else fixed(high))


def between(place: Place, low: End, high: End) -> Band:
    """The number between two ends: exact where they are equal, which is guarded."""
    return exact(low) if low == high or compared(place, low, high) == 0 else Band(low, high)


def least_end(place: Place, ends: Iterable[End]) -> End:
    """The least of the ends."""
    return reduce(lambda one, other: one if compared(place, one, other) <= 0 else other, ends)


def greatest_end(place: Place, ends: Iterable[End]) -> End:
    """The greatest of the ends."""
    return reduce(lambda one, other: one if compared(place, one, other) >= 0 else other, ends)


def add(place: Place, one: Band, other: Band) -> Band:
    """The sum."""
    if one.is_exact and other.is_exact:
        return exact(added(place, one.low, other.low))
    return between(place, added(place, one.low, other.low), added(place, one.high, other.high))


def negate(value: Band) -> Band:
    """The number with the other sign."""
    return Band(opposite(value.high), opposite(value.low))


def total(place: Place, values: Iterable[Band]) -> Band:
    """The sum of the numbers."""
    return reduce(lambda one, other: add(place, one, other), values, exact(fixed(Fraction(0))))


def multiply(place: Place, one: Band, other: Band) -> Band:
    """The product."""
    if one.is_exact and other.is_exact:
        return exact(multiplied(place, one.low, other.low))
    products = [multiplied(place, end, with_end) for end in (one.low, one.high) for with_end in (other.low, other.high)]
    return between(place, least_end(place, products), greatest_end(place, products))


def divide(place: Place, one: Band, other: Band) -> Band | None:
    """The quotient; `None` when `other` is exactly zero, no bounds when it may lie on both sides of zero."""
    low, high = sign_of(place, other.low), sign_of(place, other.high)
    if other.is_exact:
        return None if low == 0 else multiply(place, one, exact(_one_over(place, other.low)))
    if low < 0 < high:
        return Band(-INFINITE, INFINITE)
    below = -INFINITE if high == 0 else _one_over(place, other.high)
    return multiply(place, one, between(place, below, INFINITE if low == 0 else _one_over(place, other.low)))


def _one_over(place: Place, end: End) -> End:
    return fixed(Fraction(0)) if isinstance(end, float) else inverted(place, end)


def absolute(place: Place, value: Band) -> Band:
    """The number without its sign."""
    if sign_of(place, value.low) >= 0:
        return value
    if sign_of(place, value.high) <= 0:
        return negate(value)
    greatest = greatest_end(place, (opposite(value.low), value.high))
    return between(place, fixed(Fraction(0)), greatest)


def least(place: Place, values: list[Band]) -> Band:
    """The least of the numbers."""
    low = least_end(place, (value.low for value in values))
    return between(place, low, least_end(place, (value.high for value in values)))


def greatest(place: Place, values: list[Band]) -> Band:
    """The greatest of the numbers."""
    low = greatest_end(place, (value.low for value in values))
    return between(place, low, greatest_end(place, (value.high for value in values)))


def hull(place: Place, values: list[Band]) -> Band:
    """The least interval that holds each of the numbers."""
    low = least_end(place, (value.low for value in values))
    return between(place, low, greatest_end(place, (value.high for value in values)))


def round_to(place: Place, value: Band, rounding: Function, digits: int) -> Band:
    """The number rounded to `digits` decimal places."""
    low, high = (stair(place, end, rounding, digits) for end in (value.low, value.high))
    return exact(low) if value.is_exact else between(place, low, high)
