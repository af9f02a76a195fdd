"""The ends of a number that depends linearly on one fact: ratios of linear terms, and roundings of them.

All reasoning is done at one place, a value of the fact. Whatever is decided there leaves of the values around it those
for which it would be decided in the same way.
"""

from __future__ import annotations

import datetime
from enum import Enum
from fractions import Fraction
from math import lcm

from attrs import evolve, field

from ncriteria.analysis.room.value_sets import NumberRange, overlap
from ncriteria.language.exact import ROUNDINGS
from ncriteria.language.meaning import Rounding
from ncriteria.language.tree import CompareOp
from ncriteria.language.values import DayPart
from ncriteria.quick_classes import define, frozen

INFINITE = float("inf")
_HALF = Fraction(1, 2)


class Reason(Enum):
    """Why the values for which a rule is met are not written as a union of intervals."""

    NOT_LINEAR = "not_linear"
    """The fact is multiplied with itself, or stands in divisors that do not cancel."""
    UNENDING = "unending"
    """They repeat without end, as the even numbers do."""
    TOO_MANY = "too_many"
    """They fall into more intervals than anyone would read, and are not searched for."""
    OUT_OF_TIME = "out_of_time"
    """They were not found in the time that was given."""


@frozen
class Unsolved:
    """No answer: `reason` says why the rule could not be solved."""

    reason: Reason


class NotSolvableError(Exception):
    """A rule that cannot be solved for a fact; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


Linear = tuple[Fraction, Fraction]
"""A constant, and how often the fact is added to it."""

_ZERO, _ONE = Fraction(0), Fraction(1)


@frozen
class Ratio:
    """A quotient of two linear terms of the fact; the lower one is not zero around the place."""

    above: Linear
    below: Linear = (_ONE, _ZERO)

    @property
    def fixed(self) -> Fraction | None:
        """The number, where it does not depend on the fact."""
        return self.above[0] if self.above[1] == 0 and self.below[1] == 0 else None

    def at(self, value: Fraction) -> Fraction:
        """The number where the fact is `value`."""
        above, below = self.above, self.below
        found = above[0] + above[1] * value
        return found if below[1] == 0 else found / (below[0] + below[1] * value)


@frozen
class Stair:
    """A sum with roundings: `near` as long as the fact is `within`, and nowhere far from `about`.

    It is nowhere less than `about` by more than `down`, nor greater by more than `up`.
    """

    near: Ratio
    within: NumberRange
    about: Ratio
    down: Fraction
    up: Fraction


Finite = Ratio | Stair
End = Finite | float


def fixed(value: Fraction) -> Ratio:
    """A number that does not depend on the fact."""
    return Ratio((value, _ZERO))


THE_FACT = Ratio((_ZERO, _ONE))


def _ratio(above: Linear, below: Linear) -> Ratio:
    """The quotient, in the one form that it is written in."""
    by = below[1] or below[0]
    (start, slope), foot = (above[0] / by, above[1] / by), below[0] / by
    if below[1] == 0 or start == slope * foot:
        return Ratio((start, slope)) if below[1] == 0 else fixed(slope)
    return Ratio((start, slope), (foot, _ONE))


def _product(one: Linear, other: Linear) -> Linear:
    if one[1] and other[1]:
        raise NotSolvableError(Reason.NOT_LINEAR)
    return (one[0] * other[0], one[0] * other[1] + one[1] * other[0])


def _sum(one: Linear, other: Linear) -> Linear:
    return (one[0] + other[0], one[1] + other[1])


def _scaled(one: Linear, factor: Fraction) -> Linear:
    return (one[0] * factor, one[1] * factor)


def _added(one: Ratio, other: Ratio) -> Ratio:
    if one.below == other.below:
        return _ratio(_sum(one.above, other.above), one.below)
    below = _product(one.below, other.below)
    return _ratio(_sum(_product(one.above, other.below), _product(other.above, one.below)), below)


def _multiplied(one: Ratio, other: Ratio) -> Ratio:
    first, second = _ratio(one.above, other.below), _ratio(other.above, one.below)
    return _ratio(_product(first.above, second.above), _product(first.below, second.below))


def _difference(one: Ratio, other: Ratio) -> Linear:
    """What has the sign of the difference once it is multiplied with the signs of both lower terms."""
    if one.below == other.below:
        # Divided by one lower term, multiplied with the signs of two: that of the one is left out in `Place.compared`.
        return (one.above[0] - other.above[0], one.above[1] - other.above[1])
    (a, b), (c, d), (e, f), (g, h) = one.above, other.below, other.above, one.below
    if b * d != f * h:
        raise NotSolvableError(Reason.NOT_LINEAR)
    return (a * c - e * g, a * d + b * c - e * h - f * g)


@define
class Place:
    """A value of the fact, and the span around it for which all that was decided so far is decided in the same way.

    The fact takes multiples of `step` only, or every rational between where it is `None`.
    """

    at: Fraction
    span: NumberRange
    step: Fraction | None
    unending: bool = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.unending = self.span.low is None or self.span.high is None

    def keep(self, span: NumberRange) -> None:
        """Leave the values inside `span`, which holds the place."""
        self.span = both_ranges(self.span, span)

    def _holds(self, form: Linear, op: CompareOp) -> bool:
        """Whether the linear term is less than zero, up to zero, or zero."""
        start, slope = form
        if slope == 0:
            return op.holds(start, _ZERO)
        root, rises = -start / slope, slope > 0
        truth = op.holds(self.at, root) if rises else op.holds(root, self.at)
        if op is not CompareOp.EQ:
            self._keep_side(root, rises is truth, closed=truth is (op is CompareOp.LE))
        elif truth:
            self.keep(NumberRange(root, root))
        else:
            self._keep_side(root, self.at < root, closed=False)
        return truth

    def _keep_side(self, root: Fraction, below: bool, *, closed: bool) -> None:
        """Leave the values on one side of the root, that of the place: most often they all are."""
        span = self.span
        end, end_closed = (span.high, span.high_closed) if below else (span.low, span.low_closed)
        if end is not None and end != root and (end < root) is below:
            return
        closed = closed and (end != root or end_closed)
        low, low_closed = (span.low, span.low_closed) if below else (root, closed)
        high, high_closed = (root, closed) if below else (span.high, span.high_closed)
        self.span = NumberRange(low, high, low_closed, high_closed)

    def _is_negative(self, form: Linear) -> bool:
        return form[1] != 0 and self._holds(form, CompareOp.LT)

    def compared(self, one: Ratio, op: CompareOp, other: Ratio) -> bool:
        """Whether `one` is less than, up to, or equal to `other`, as `op` says."""
        form = _difference(one, other)
        turned = self._is_negative(one.below)
        if one.below != other.below:
            turned ^= self._is_negative(other.below)
        return self._holds(_scaled(form, Fraction(-1)) if turned else form, op)

    def resolved(self, end: Finite) -> Ratio:
        """The end as it is around the place; of a rounding only one step is left."""
        if isinstance(end, Ratio):
            return end
        self.keep(end.within)
        return end.near

    def decided(self, one: End, op: CompareOp, other: End) -> bool:
        """Whether `one` is less than, up to, or equal to `other`: an infinite end is equal to none."""
        if isinstance(one, float) or isinstance(other, float):
            first, second = (end if isinstance(end, float) else 0.0 for end in (one, other))
            return first < second and op is not CompareOp.EQ
        if isinstance(one, Stair) or isinstance(other, Stair):
            apart = self._apart(_stair(one), op, _stair(other))
            if apart is not None:
                return apart
        return self.compared(self.resolved(one), op, self.resolved(other))

    def _apart(self, one: Stair, op: CompareOp, other: Stair) -> bool | None:
        """The comparison, where the sides are further apart than roundings can account for."""
        try:
            gap = _added(one.about, _multiplied(other.about, fixed(Fraction(-1))))
        except NotSolvableError:
            return None
        least, most = (_added(gap, fixed(by)) for by in (-one.down - other.up, one.up + other.down))
        nothing, at = fixed(_ZERO), self.at
        if op is CompareOp.EQ:
            for end, beyond in ((most, CompareOp.LT), (_multiplied(least, fixed(Fraction(-1))), CompareOp.LT)):
                if beyond.holds(end.at(at), _ZERO):
                    return not self.compared(end, beyond, nothing)
        elif op.holds(most.at(at), _ZERO) or not op.holds(least.at(at), _ZERO):
            return self.compared(most if op.holds(most.at(at), _ZERO) else least, op, nothing)
        if gap.fixed is not None and self.unending:
            raise NotSolvableError(Reason.UNENDING)
        return None

    def plus(self, one: End, other: End) -> End:
        """The sum; infinities of one sign only."""
        if isinstance(one, float) or isinstance(other, float):
            return one if isinstance(one, float) else other
        if isinstance(one, Ratio) and isinstance(other, Ratio):
            return _added(one, other)
        first, second = _stair(one), _stair(other)
        return Stair(
            _added(first.near, second.near),
            both_ranges(first.within, second.within),
            _added(first.about, second.about),
            first.down + second.down,
            first.up + second.up,
        )

    def times(self, one: End, other: End) -> End:
        """The product; zero times an infinity is zero, for no number is infinite."""
        if isinstance(one, float) or isinstance(other, float):
            product = self._sign(one) * self._sign(other)
            return product * INFINITE if product else fixed(_ZERO)
        for end, constant in ((one, other), (other, one)):
            if isinstance(constant, Ratio) and constant.fixed is not None:
                return scaled(end, constant.fixed)
        return _multiplied(self.resolved(one), self.resolved(other))

    def _sign(self, end: End) -> int:
        zero = fixed(_ZERO)
        return self.decided(zero, CompareOp.LT, end) - self.decided(end, CompareOp.LT, zero)

    def inverse(self, end: End) -> End:
        """One over an end that is not zero; of an infinity it is zero."""
        if isinstance(end, float):
            return fixed(_ZERO)
        found = self.resolved(end)
        return _ratio(found.below, found.above)

    def rounded(self, end: End, to: Rounding, digits: int) -> End:
        """The end rounded to `digits` decimal places."""
        scale = Fraction(10) ** digits
        if isinstance(end, float):
            return end
        if isinstance(end, Ratio) and end.fixed is not None:
            return fixed(ROUNDINGS[to](end.fixed * scale) / scale)
        parts = None if isinstance(end, Stair) else self._parts(scaled_ratio(end, scale))
        return end if parts == 1 else self._stepped(_stair(scaled(end, scale)), to, parts, 1 / scale)

    def _parts(self, of: Ratio) -> int | None:
        """Into how many parts the values of the fact divide the numbers between two whole ones."""
        if self.step is None or of.below[1] != 0:
            return None
        return lcm(of.above[0].denominator, (of.above[1] * self.step).denominator)

    def day_part(self, end: End, part: DayPart) -> End:
        """The year, month or quarter of the day whose number is the end, which is one day of every record or of this.

        A year is nowhere further than one from the number of the day over the length of a year.
        """
        assert isinstance(end, Ratio)
        day = datetime.date.fromordinal(int(end.at(self.at)))
        number = Fraction(part.of(day))
        if end.fixed is not None:
            return fixed(number)
        first, last = (Fraction(one.toordinal()) for one in part.around(day))
        shift = end.above[0]
        within = NumberRange(first - shift, last - shift)
        if part is DayPart.YEAR:
            about = scaled_ratio(end, 1 / _DAYS_OF_A_YEAR)
            return Stair(fixed(number), within, about, _ONE, Fraction(2))
        middle = Fraction(part.least + part.greatest, 2)
        reach = part.greatest - middle
        return Stair(fixed(number), within, fixed(middle), reach, reach)

    def _stepped(self, of: Stair, to: Rounding, parts: int | None, unit: Fraction) -> End:
        """`unit` times the whole number that `of` is rounded to."""
        level = ROUNDINGS[to](of.near.at(self.at))
        below, above = _REACH[to]
        step = evolve(self, span=of.within)
        for end, inside, beside in (
            (level - below, CompareOp.LT, CompareOp.LE),
            (level + above, CompareOp.LE, CompareOp.LT),
        ):
            step.compared(of.near, inside if ROUNDINGS[to](end) == level else beside, fixed(end))
        down, up = (_moved(reach, parts) for reach in (above, below))
        about = scaled_ratio(of.about, unit)
        return Stair(fixed(level * unit), step.span, about, (of.down + down) * unit, (of.up + up) * unit)


_DAYS_OF_A_YEAR = Fraction(146_097, 400)
_REACH = {
    Rounding.DOWN: (_ZERO, _ONE),
    Rounding.UP: (_ONE, _ZERO),
    Rounding.HALF_UP: (_HALF, _HALF),
    Rounding.HALF_EVEN: (_HALF, _HALF),
}
"""How far below and above a whole number the numbers lie that are rounded to it."""


def _moved(reach: Fraction, parts: int | None) -> Fraction:
    """The most by which a rounding moves a multiple of one over `parts`; the end of a whole reach never does."""
    if parts is None or reach == 0:
        return reach
    return Fraction(parts - 1, parts) if reach == 1 else Fraction(parts // 2, parts)


def both_ranges(one: NumberRange, other: NumberRange) -> NumberRange:
    """What lies in two spans that hold one place."""
    found = overlap(one, other)
    assert found is not None
    return found


def _stair(end: Finite) -> Stair:
    return end if isinstance(end, Stair) else Stair(end, NumberRange(), end, _ZERO, _ZERO)


def scaled_ratio(end: Ratio, factor: Fraction) -> Ratio:
    """The ratio multiplied with a constant."""
    return fixed(_ZERO) if factor == 0 else Ratio(_scaled(end.above, factor), end.below)


def scaled(end: Finite, factor: Fraction) -> Finite:
    """The end multiplied with a constant."""
    if isinstance(end, Ratio):
        return scaled_ratio(end, factor)
    down, up = (end.down, end.up) if factor >= 0 else (end.up, end.down)
    size = abs(factor)
    return Stair(scaled_ratio(end.near, factor), end.within, scaled_ratio(end.about, factor), down * size, up * size)
