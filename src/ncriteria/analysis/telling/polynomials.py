"""Polynomials of one variable with exact coefficients, and the places where their sign changes.

On whole numbers a sign change is found by the calculus of finite differences: where the forward difference keeps its
sign the polynomial is monotone, so halving finds the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, zip_longest
from math import ceil

Polynomial = tuple[Fraction, ...]
"""The coefficients, that of the power 0 first; the last is not zero, and the zero polynomial has none."""

ZERO: Polynomial = ()
ONE: Polynomial = (Fraction(1),)


def trimmed(coefficients: list[Fraction]) -> Polynomial:
    """The polynomial of these coefficients."""
    while coefficients and coefficients[-1] == 0:
        coefficients.pop()
    return tuple(coefficients)


def constant(value: Fraction) -> Polynomial:
    """The polynomial that is `value` everywhere."""
    return () if value == 0 else (value,)


def plus(one: Polynomial, other: Polynomial) -> Polynomial:
    """The sum."""
    return trimmed([first + second for first, second in zip_longest(one, other, fillvalue=Fraction(0))])


def scaled(one: Polynomial, factor: Fraction) -> Polynomial:
    """The polynomial with every coefficient multiplied."""
    return () if factor == 0 else tuple(coefficient * factor for coefficient in one)


def minus(one: Polynomial, other: Polynomial) -> Polynomial:
    """The difference."""
    return plus(one, scaled(other, Fraction(-1)))


def times(one: Polynomial, other: Polynomial) -> Polynomial:
    """The product."""
    if not one or not other:
        return ZERO
    product = [Fraction(0)] * (len(one) + len(other) - 1)
    for power, coefficient in enumerate(one):
        for other_power, other_coefficient in enumerate(other):
            product[power + other_power] += coefficient * other_coefficient
    return trimmed(product)


def value_at(polynomial: Polynomial, place: Fraction | int) -> Fraction:
    """The value at `place` (Horner)."""
    value = Fraction(0)
    for coefficient in reversed(polynomial):
        value = value * place + coefficient
    return value


def sign_at(polynomial: Polynomial, place: Fraction | int) -> int:
    """-1, 0 or 1."""
    value = value_at(polynomial, place)
    return (value > 0) - (value < 0)


def root_bound(polynomial: Polynomial) -> int:
    """A whole number that no root exceeds in size (A.-L. Cauchy)."""
    *others, leading = polynomial
    return 1 + ceil(max((abs(coefficient / leading) for coefficient in others), default=Fraction(0)))


def _difference(polynomial: Polynomial) -> Polynomial:
    """p(n + 1) - p(n), by writing p(n + 1) out."""
    shifted: Polynomial = ZERO
    for coefficient in reversed(polynomial):
        shifted = plus(times(shifted, (Fraction(1), Fraction(1))), constant(coefficient))
    return minus(shifted, polynomial)


def sign_changes(polynomial: Polynomial, low: int | None, high: int | None) -> list[int]:
    """The whole numbers n with low < n <= high at which the sign is another than at n - 1, in order."""
    if len(polynomial) <= 1:
        return []
    if len(polynomial) == 2:
        root = -polynomial[0] / polynomial[1]
        changes = [int(root), int(root) + 1] if root.denominator == 1 else [ceil(root)]
        return [n for n in changes if (low is None or low < n) and (high is None or n <= high)]
    bound = root_bound(polynomial) + 1
    first = -bound if low is None else max(low, -bound)
    last = bound if high is None else min(high, bound)
    if first >= last:
        return []
    turns = [first, *sign_changes(_difference(polynomial), first, last), last]
    found: list[int] = []
    for start, end in pairwise(dict.fromkeys(turns)):
        found.extend(_monotone_changes(polynomial, start, end))
    return found


def _monotone_changes(polynomial: Polynomial, start: int, end: int) -> Iterator[int]:
    """The sign changes after `start` up to `end`, between which the polynomial never turns."""
    while sign_at(polynomial, start) != sign_at(polynomial, end):
        sign, same, other = sign_at(polynomial, start), start, end
        while other - same > 1:
            middle = (same + other) // 2
            if sign_at(polynomial, middle) == sign:
                same = middle
            else:
                other = middle
        yield other
        start = other
