"""The ends of a number that depends on one variable: ratios of polynomials, roundings of them, and infinities.

All reasoning is done at one place, a value of the variable. Whatever is decided there is remembered as a guard, a
polynomial: the decision holds on both sides of the place for as long as no guard changes its sign.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from math import ceil, floor, lcm

from attrs import field, frozen

from ncriteria.analysis.room.polynomials import (
    ONE,
    Polynomial,
    constant,
    minus,
    plus,
    scaled,
    sign_at,
    times,
    value_at,
)
from ncriteria.language.exact import half_up
from ncriteria.language.tree import Function

MOST_POWERS = 40
INFINITE = float("inf")
_HALF = Fraction(1, 2)


class Reason(Enum):
    """Why the values for which a rule is met are not written as a union of intervals with rational ends."""

    UNENDING = "unending"
    """They repeat without end, as the even numbers do."""
    TOO_MANY = "too_many"
    """They fall into more intervals than anyone would read, and are not searched for."""
    NOT_RATIONAL = "not_rational"
    """An end of theirs is a root that is no rational number."""
    TOO_OFTEN = "too_often"
    """The fact is multiplied with itself so often that the polynomials grow beyond use."""
    OUT_OF_TIME = "out_of_time"
    """The time was up before they were found."""


class NotSolvableError(Exception):
    """A rule that cannot be solved for a fact; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)


class FinerGridError(Exception):
    """A rounding is a polynomial on every `parts`-th whole number, but not on all of them."""

    def __init__(self, parts: int) -> None:
        self.parts = parts
        super().__init__(str(parts))


@frozen
class Place:
    """A value of the variable, and the guards of what was decided there.

    On a `grid` the variable takes whole numbers only. `finest` is the greatest number of parts it may be divided into.
    """

    at: Fraction
    grid: bool
    finest: int
    guards: dict[Polynomial, None] = field(factory=dict)


@frozen
class Ratio:
    """A quotient of two polynomials of the variable; the lower one is not zero at the place, which a guard holds."""

    above: Polynomial
    below: Polynomial = ONE


@frozen
class Stair:
    """`factor` times a rounding of a ratio, plus `offset`; kept whole, for comparing it seldom needs every step."""

    of: Ratio
    rounding: Function
    factor: Fraction = Fraction(1)
    offset: Ratio = Ratio(())


Finite = Ratio | Stair
End = Finite | float


def fixed(value: Fraction) -> Ratio:
    """A number that does not depend on the variable."""
    return Ratio(constant(value))


def fixed_value(end: End) -> Fraction | None:
    """The number, where it does not depend on the variable."""
    if isinstance(end, Ratio) and len(end.above) <= 1 and len(end.below) == 1:
        return value_at(end.above, 0) / end.below[0]
    return None


def value_of(place: Place, end: Finite) -> Fraction:
    """The number at the place."""
    match end:
        case Ratio(above=above, below=below):
            return value_at(above, place.at) / value_at(below, place.at)
        case Stair(of=of, rounding=rounding, factor=factor, offset=offset):
            return factor * rounded(rounding, value_of(place, of)) + value_of(place, offset)


def rounded(rounding: Function, value: Fraction) -> int:
    """`value` as a whole number."""
    match rounding:
        case Function.FLOOR:
            return floor(value)
        case Function.CEILING:
            return ceil(value)
        case Function.ROUND_HALF_UP:
            return half_up(value)
        case _:
            return round(value)


def ratio(place: Place, above: Polynomial, below: Polynomial) -> Ratio:
    """The quotient of two polynomials, of which the lower is not zero at the place."""
    if max(len(above), len(below)) > MOST_POWERS:
        raise NotSolvableError(Reason.TOO_OFTEN)
    if len(below) == 1:
        return Ratio(scaled(above, 1 / below[0]))
    sign(place, below)
    return Ratio(above, below)


def sign(place: Place, polynomial: Polynomial) -> int:
    """The sign of the polynomial at the place, guarded."""
    if len(polynomial) > 1:
        place.guards[polynomial] = None
    return sign_at(polynomial, place.at)


def compared(place: Place, one: End, other: End) -> int:
    """-1, 0 or 1 as `one` is less than, equal to or greater than `other` at the place, guarded."""
    if isinstance(one, float) or isinstance(other, float):
        infinite_one = one if isinstance(one, float) else 0.0
        infinite_other = other if isinstance(other, float) else 0.0
        return (infinite_one > infinite_other) - (infinite_one < infinite_other)
    for stair, limit in ((one, fixed_value(other)), (other, fixed_value(one))):
        offset = fixed_value(stair.offset) if isinstance(stair, Stair) else None
        if isinstance(stair, Stair) and limit is not None and offset is not None:
            _guard_stair(place, stair, (limit - offset) / stair.factor)
            first, second = value_of(place, one), value_of(place, other)
            return (first > second) - (first < second)
    apart = _far_apart(place, one, other) or -_far_apart(place, other, one)
    return apart or _signed(place, difference(place, one, other))


def _far_apart(place: Place, one: Finite, other: Finite) -> int:
    """1 where `one` is greater than `other` by more than roundings can account for, which is guarded; otherwise 0."""
    slack = sum((abs(end.factor) for end in (one, other) if isinstance(end, Stair)), Fraction(0))
    if slack == 0:
        return 0
    gap = difference(place, _smooth(place, one), added(place, _smooth(place, other), fixed(slack)))
    assert isinstance(gap, Ratio)
    if value_of(place, gap) <= 0:
        return 0
    _signed(place, gap)
    return 1


def _smooth(place: Place, end: Finite) -> Ratio:
    """The end without its rounding, from which it is away by less than `factor`."""
    if isinstance(end, Ratio):
        return end
    found = added(place, Ratio(scaled(end.of.above, end.factor), end.of.below), end.offset)
    assert isinstance(found, Ratio)
    return found


def _signed(place: Place, found: Finite) -> int:
    plain = resolved(place, found)
    return sign(place, plain.above) * sign_at(plain.below, place.at)


def _guard_stair(place: Place, stair: Stair, level: Fraction) -> None:
    """Guard the comparison of a rounded number with a constant: it changes where the number passes a jump."""
    for jump in {_jump(stair.rounding, floor(level)), _jump(stair.rounding, ceil(level) - 1)}:
        _guard_level(place, stair.of, jump)


def _jump(rounding: Function, level: int) -> Fraction:
    """The number at which the rounding passes from `level` to the next whole number."""
    match rounding:
        case Function.FLOOR:
            return Fraction(level + 1)
        case Function.CEILING:
            return Fraction(level)
        case _:
            return level + _HALF


def _guard_level(place: Place, of: Ratio, level: Fraction) -> None:
    sign(place, minus(of.above, scaled(of.below, level)))


def resolved(place: Place, end: Finite) -> Ratio:
    """The end as a ratio: a rounding becomes a polynomial on the grid, or the constant that it is around the place."""
    if isinstance(end, Ratio):
        return end
    whole = _on_grid(place, end) if place.grid and len(end.of.below) == 1 else None
    if whole is None:
        level = rounded(end.rounding, value_of(place, end.of))
        _guard_level(place, end.of, _jump(end.rounding, level - 1))
        _guard_level(place, end.of, _jump(end.rounding, level))
        whole = constant(Fraction(level))
    found = added(place, Ratio(scaled(whole, end.factor)), end.offset)
    assert isinstance(found, Ratio)
    return found


def _on_grid(place: Place, stair: Stair) -> Polynomial | None:
    """The rounding of a polynomial whose other coefficients are whole: only its constant is rounded.

    `None` where the grid would have to be divided more finely than the place allows.
    """
    polynomial = stair.of.above
    start, others = value_at(polynomial, 0), polynomial[1:]
    parts = lcm(*(coefficient.denominator for coefficient in others))
    if parts == 1 and start % 1 == _HALF and stair.rounding is Function.ROUND_HALF_EVEN:
        parts = 2 if any(coefficient % 2 for coefficient in others) else 1
    if parts > place.finest:
        return None
    if parts > 1:
        raise FinerGridError(parts)
    if stair.rounding is Function.ROUND_HALF_UP and start % 1 == _HALF:
        away = _HALF if sign(place, polynomial) >= 0 else -_HALF
        return plus(polynomial, constant(away))
    return plus(polynomial, constant(rounded(stair.rounding, start) - start))


def added(place: Place, one: End, other: End) -> End:
    """The sum; infinities of one sign only."""
    if isinstance(one, float):
        return one
    if isinstance(other, float):
        return other
    for stair, more in ((one, other), (other, one)):
        if isinstance(stair, Stair) and isinstance(more, Ratio):
            offset = added(place, stair.offset, more)
            assert isinstance(offset, Ratio)
            return Stair(stair.of, stair.rounding, stair.factor, offset)
    first, second = resolved(place, one), resolved(place, other)
    above = plus(times(first.above, second.below), times(second.above, first.below))
    if first.below == second.below:
        return ratio(place, plus(first.above, second.above), first.below)
    return ratio(place, above, times(first.below, second.below))


def difference(place: Place, one: Finite, other: End) -> Finite:
    """The difference of two finite ends."""
    found = added(place, one, opposite(other))
    assert not isinstance(found, float)
    return found


def opposite(end: End) -> End:
    """The end with the other sign."""
    match end:
        case Ratio(above=above, below=below):
            return Ratio(scaled(above, Fraction(-1)), below)
        case Stair(of=of, rounding=rounding, factor=factor, offset=offset):
            return Stair(of, rounding, -factor, Ratio(scaled(offset.above, Fraction(-1)), offset.below))
        case _:
            return -end


def sign_of(place: Place, end: End) -> int:
    """The sign of an end at the place, guarded."""
    return compared(place, end, fixed(Fraction(0)))


def multiplied(place: Place, one: End, other: End) -> End:
    """The product; zero times an infinity is zero, for no number is infinite."""
    if isinstance(one, float) or isinstance(other, float):
        product = sign_of(place, one) * sign_of(place, other)
        return fixed(Fraction(0)) if product == 0 else product * INFINITE
    for stair, factor in ((one, fixed_value(other)), (other, fixed_value(one))):
        if isinstance(stair, Stair) and factor:
            offset = Ratio(scaled(stair.offset.above, factor), stair.offset.below)
            return Stair(stair.of, stair.rounding, stair.factor * factor, offset)
    first, second = resolved(place, one), resolved(place, other)
    return ratio(place, times(first.above, second.above), times(first.below, second.below))


def inverted(place: Place, end: Finite) -> Ratio:
    """One over an end that is not zero at the place."""
    plain = resolved(place, end)
    assert sign(place, plain.above) != 0
    return ratio(place, plain.below, plain.above)


def stair(place: Place, end: End, rounding: Function, digits: int) -> End:
    """The end rounded to `digits` decimal places."""
    if isinstance(end, float):
        return end
    scale = Fraction(10) ** digits
    known = fixed_value(end)
    if known is not None:
        return fixed(rounded(rounding, known * scale) / scale)
    plain = resolved(place, end)
    return Stair(Ratio(scaled(plain.above, scale), plain.below), rounding, 1 / scale)
