"""Polynomials of one variable with exact coefficients, and the places where their sign changes.

On whole numbers a sign change is found by the calculus of finite differences: where the forward difference keeps its
sign the polynomial is monotone, so halving finds the place. On all rationals the roots are found among the rationals,
and Sturm's theorem (J. C. F. Sturm, 1829) says whether any other root is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, zip_longest
from math import ceil, floor, lcm

from ncriteria.analysis.room.value_sets import Span

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


def rational_roots(polynomial: Polynomial, within: Span) -> list[Fraction] | None:
    """The roots inside `within`, in order; `None` where one of them is not a rational number.

    `within` is a span of more than one number; its ends do not count as inside.
    """
    inside = Span(within.low, within.high, False, False)
    roots = _all_rational_roots(polynomial)
    rest = polynomial
    for root in roots:
        while rest and value_at(rest, root) == 0:
            rest = _quotient(rest, (-root, Fraction(1)))
    if _has_root(rest, inside):
        return None
    return [root for root in roots if root in inside]


def _all_rational_roots(polynomial: Polynomial) -> list[Fraction]:
    """Every rational root. With whole coefficients, a root times the leading one is a whole root of a monic one."""
    if len(polynomial) <= 1:
        return []
    if len(polynomial) == 2:
        return [-polynomial[0] / polynomial[1]]
    whole = scaled(polynomial, Fraction(lcm(*(coefficient.denominator for coefficient in polynomial))))
    leading, degree = whole[-1], len(whole) - 1
    monic = (*(value * leading ** (degree - 1 - power) for power, value in enumerate(whole[:-1])), Fraction(1))
    found = []
    for change in sign_changes(monic, None, None):
        root = change
        while value_at(monic, root) == 0:
            found.append(root / leading)
            root += 1
    return sorted(found)


def _divided(polynomial: Polynomial, divisor: Polynomial) -> tuple[Polynomial, Polynomial]:
    """The quotient and the remainder."""
    remainder, quotient = polynomial, [Fraction(0)] * max(len(polynomial) - len(divisor) + 1, 0)
    while len(remainder) >= len(divisor):
        shift, factor = len(remainder) - len(divisor), remainder[-1] / divisor[-1]
        quotient[shift] = factor
        remainder = minus(remainder, (Fraction(0),) * shift + scaled(divisor, factor))
    return trimmed(quotient), remainder


def _quotient(polynomial: Polynomial, divisor: Polynomial) -> Polynomial:
    return _divided(polynomial, divisor)[0]


def _has_root(polynomial: Polynomial, inside: Span) -> bool:
    """Whether a polynomial without rational roots has a root inside: the sign variations of its Sturm chain differ."""
    if len(polynomial) <= 1:
        return False
    derivative = trimmed([coefficient * power for power, coefficient in enumerate(polynomial)][1:])
    chain = [polynomial, derivative]
    while chain[-1]:
        chain.append(scaled(_divided(chain[-2], chain[-1])[1], Fraction(-1)))
    chain.pop()
    bound = max(root_bound(member) for member in chain) + 1
    low = Fraction(-bound) if inside.low is None else inside.low
    high = Fraction(bound) if inside.high is None else inside.high
    return low < high and _variations(chain, low) != _variations(chain, high)


def _variations(chain: list[Polynomial], place: Fraction) -> int:
    signs = [sign for sign in (sign_at(member, place) for member in chain) if sign]
    return sum(one != other for one, other in pairwise(signs))


def whole_ends(span: Span) -> tuple[int | None, int | None]:
    """The first and the last whole number of a closed span."""
    return (None if span.low is None else floor(span.low), None if span.high is None else floor(span.high))
