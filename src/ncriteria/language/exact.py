"""The values of one record: exact, known within bounds, unknown, or undefined (`ncriteria.language.values`).

What is decided is decided as Python decides it; `OneRecord` is shared with values that depend on one fact.
"""

from __future__ import annotations

import datetime
import operator
from abc import abstractmethod
from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from typing import Final, Generic, cast

from ncriteria.language import tree as t
from ncriteria.language.intervals import E, Intervals
from ncriteria.language.meaning import Composite, Rounding, V
from ncriteria.language.printer import show
from ncriteria.language.source import Finding
from ncriteria.language.tree import CompareOp
from ncriteria.language.values import (
    FIRST_DAY,
    LAST_DAY,
    UNKNOWN,
    Computed,
    DayPart,
    Interval,
    Rational,
    Undefined,
    Unknown,
)
from ncriteria.words import phrase

Ends = Rational | float
_INFINITE: Final = float("inf")


def half_up(value: Fraction) -> int:
    """To the nearest whole number, a half away from zero (FEEL: round half up)."""
    return floor(value + Fraction(1, 2)) if value >= 0 else ceil(value - Fraction(1, 2))


ROUNDINGS: Final[dict[Rounding, Callable[[Fraction], int]]] = {
    Rounding.DOWN: floor,
    Rounding.UP: ceil,
    Rounding.HALF_UP: half_up,
    Rounding.HALF_EVEN: round,
}
_RATIONAL: Final = frozenset({int, Fraction})
_NUMBER: Final = frozenset({int, Fraction, Interval})
_SUM: Final[Callable[[object, object], Rational]] = operator.add
_PRODUCT: Final[Callable[[object, object], Rational]] = operator.mul
_NO_QUOTIENT: Final = Undefined(Finding("NC303", phrase("division by zero")))


class OneRecord(Intervals[V, E, bool], Generic[V, E]):
    """Truths, texts and days of one record, beside numbers."""

    @abstractmethod
    def is_number(self, value: V) -> bool:
        """Whether `value` is a number, exact or not."""

    @abstractmethod
    def of_value(self, value: Computed) -> V:
        """A truth, a text, unknown or undefined as it is in this domain."""

    def strict(self, compute: Callable[..., V], expr: Composite) -> Callable[..., V]:
        """`compute`, or the first operand that has no value; a quotient without one says where."""

        def computed(*values: V) -> V:
            for value in values:
                if type(value) is Undefined:
                    return value
            found = compute(*values)
            return self.of_value(_division_by_zero(expr)) if found is _NO_QUOTIENT else found

        return computed

    def negation(self, truth: V) -> V:
        """Not."""
        return self.of_value(not truth) if isinstance(truth, bool) else truth

    def all_of(self, *truths: V) -> V:
        """And: false as soon as one is; otherwise unknown comes before undefined."""
        if False in truths:
            return self.of_value(False)
        if UNKNOWN in truths:
            return self.of_value(UNKNOWN)
        return next((truth for truth in truths if truth is not True), self.of_value(True))

    def any_of(self, *truths: V) -> V:
        """Or: true as soon as one is; otherwise unknown comes before undefined."""
        if True in truths:
            return self.of_value(True)
        if UNKNOWN in truths:
            return self.of_value(UNKNOWN)
        return next((truth for truth in truths if truth is not False), self.of_value(False))

    def count_true(self, *truths: V) -> V:
        """How many are true: between those that are, and those that may be."""
        certain = sum(truth is True for truth in truths)
        possible = certain + sum(truth is UNKNOWN for truth in truths)
        low, high = self.end_of(Fraction(certain)), self.end_of(Fraction(possible))
        return self.point(low) if certain == possible else self.between(low, high)

    def settled(self, truth: V) -> tuple[V, V]:
        """`truth`, unknown where it is undefined, and whether it is undefined."""
        undefined = isinstance(truth, Undefined)
        return (self.of_value(UNKNOWN) if undefined else truth), self.of_value(undefined)

    def certain(self, truth: V) -> V:
        """Whether `truth` is true."""
        return self.of_value(truth is True)

    def chosen(self, condition: V, consequence: V, alternative: V) -> V:
        """If: where the condition is unknown, what both branches agree on."""
        if isinstance(condition, bool):
            return consequence if condition else alternative
        if isinstance(condition, Undefined):
            return condition
        one, other = self.is_number(consequence), self.is_number(alternative)
        if one and other:
            return self.hull(consequence, alternative)
        if one or other:
            return self.between(self.below_all, self.above_all)
        if isinstance(consequence, Undefined) or isinstance(alternative, Undefined):
            both = isinstance(consequence, Undefined) and isinstance(alternative, Undefined)
            return consequence if both else self.of_value(UNKNOWN)
        return consequence if self.equal(consequence, alternative) is True else self.of_value(UNKNOWN)

    def coalesced(self, value: V, default: V) -> V:
        """`value` where it is known exactly or has no value, otherwise `default`."""
        return value if isinstance(value, Undefined) or self.is_known(value) else default

    def known(self, value: V) -> V:
        """Whether `value` is known exactly."""
        return self.of_value(self.is_known(value))

    def is_known(self, value: V) -> bool:
        """Whether `value` is known exactly."""
        return self.exact(value) if self.is_number(value) else not isinstance(value, Unknown)

    def less(self, one: V, other: V) -> V:
        """Whether `one` comes before `other`: numbers or days."""
        if self.is_number(one):
            return super().less(one, other)
        return self._plain(CompareOp.LT, one, other)

    def equal(self, one: V, other: V) -> V:
        """Whether two values of one type are the same."""
        if self.is_number(one):
            return super().equal(one, other)
        return self._plain(CompareOp.EQ, one, other)

    def _plain(self, op: CompareOp, one: V, other: V) -> V:
        """The comparison of two days, texts or truths."""
        assert op is CompareOp.EQ or not isinstance(one, str), "the order of an enumeration is that of its set"
        unknown = isinstance(one, Unknown) or isinstance(other, Unknown)
        return self.of_value(UNKNOWN if unknown else op.holds(one, other))

    def add(self, one: V, other: V) -> V:
        """The sum; of a day and a whole number, the day so many days later, at most the last of the calendar."""
        if self.is_number(one) and self.is_number(other):
            return super().add(one, other)
        return self._later(other, one) if self.is_number(one) else self._later(one, other)

    def subtract(self, one: V, other: V) -> V:
        """The difference; of two days, the number of days from the second to the first."""
        if self.is_number(one):
            return super().subtract(one, other)
        if self.is_number(other):
            return self._later(one, self.negate(other))
        if isinstance(one, Unknown) or isinstance(other, Unknown):
            return self.between(self.below_all, self.above_all)
        return self.point(self.plus(self.day_end(one), self.minus(self.day_end(other))))

    def _later(self, day: V, days: V) -> V:
        if isinstance(day, Unknown) or not self.exact(days):
            return self.of_value(UNKNOWN)
        first, last = (self.end_of(Fraction(end)) for end in (FIRST_DAY, LAST_DAY))
        end = self.plus(self.day_end(day), self.ends(days)[0])
        return self.day_at_end(self.highest(first, self.lowest(last, end)))

    @abstractmethod
    def day_end(self, day: V) -> E:
        """The number of a day that is known."""

    @abstractmethod
    def day_at_end(self, end: E) -> V:
        """The day of a number."""

    def day_part(self, day: V, part: DayPart) -> V:
        """The year, month or quarter of a day: between its ends where the day is unknown."""
        if isinstance(day, Unknown):
            return self.between(self.end_of(Fraction(part.least)), self.end_of(Fraction(part.greatest)))
        return self.part_of_day(day, part)

    @abstractmethod
    def part_of_day(self, day: V, part: DayPart) -> V:
        """The year, month or quarter of a day that is known."""

    def pick(self, condition: bool, one: Callable[[], V], other: Callable[[], V]) -> V:
        """The value that the condition says."""
        return one() if condition else other()

    def pick_end(self, condition: bool, one: Callable[[], E], other: Callable[[], E]) -> E:
        """The end that the condition says."""
        return one() if condition else other()

    def undefined(self) -> V:
        """The quotient of a division by zero; `strict` says where."""
        return self.of_value(_NO_QUOTIENT)

    def truth(self, true: Callable[[], bool], false: Callable[[], bool]) -> V:
        """The truth that is true and false where these say so, and unknown elsewhere."""
        return self.of_value(True if true() else False if false() else UNKNOWN)

    def both(self, *conditions: bool) -> bool:
        """All of the conditions."""
        return all(conditions)

    def either(self, *conditions: bool) -> bool:
        """One of the conditions."""
        return any(conditions)


def _fraction(value: Rational) -> Fraction:
    return value if type(value) is Fraction else Fraction(value)


def _division_by_zero(expr: Composite) -> Undefined:
    assert isinstance(expr, t.Arithmetic), "only a quotient has no value"
    hint = phrase("say with `when_zero_base` or `applies_when` what holds there")
    return Undefined(
        Finding("NC303", phrase("division by zero: `{right}` is 0", right=show(expr.right)), expr.span, hint)
    )


class Exact(OneRecord[Computed, Ends]):
    """Numbers as they are known: exactly, or within bounds; ends are rationals, so nothing is rounded.

    A whole number is an `int` or a `Fraction`, as it comes; the bounds of an interval are always `Fraction`s.
    """

    zero: Ends = Fraction(0)
    below_all: Ends = -_INFINITE
    above_all: Ends = _INFINITE

    def is_number(self, value: Computed) -> bool:
        """Whether `value` is a number; a truth is none, though Python says so."""
        return type(value) in _NUMBER

    def of_value(self, value: Computed) -> Computed:
        """The value itself."""
        return value

    def settled(self, truth: Computed) -> tuple[Computed, Computed]:
        """`truth`, unknown where it is undefined, and whether it is undefined."""
        return (UNKNOWN, True) if type(truth) is Undefined else (truth, False)

    def constant(self, value: object) -> Computed:
        """The constant itself."""
        return value  # type: ignore[return-value]  # a call of `cast` is a third of the time of this one

    def comparison(self, op: CompareOp) -> Callable[[Computed, Computed], Computed]:
        """The comparison; exact numbers are compared at once, as whole numbers, which makes rules twice as fast."""
        holds, compared = op.holds, super().comparison(op)

        def compare(one: Computed, other: Computed) -> Computed:
            if type(one) is int and type(other) is int:
                return holds(one, other)
            if type(one) in _RATIONAL and type(other) in _RATIONAL:
                this, that = cast("Rational", one), cast("Rational", other)
                return holds(this.numerator * that.denominator, that.numerator * this.denominator)
            return compared(one, other)

        return compare

    def add(self, one: Computed, other: Computed) -> Computed:
        """The sum; exact numbers are added at once, which takes a third of the time."""
        if type(one) in _RATIONAL and type(other) in _RATIONAL:
            return _SUM(one, other)
        return super().add(one, other)

    def multiply(self, one: Computed, other: Computed) -> Computed:
        """The product; exact numbers are multiplied at once, which takes a third of the time."""
        if type(one) in _RATIONAL and type(other) in _RATIONAL:
            return _PRODUCT(one, other)
        return super().multiply(one, other)

    def divide(self, one: Computed, other: Computed) -> Computed:
        """The quotient; exact numbers are divided at once, which takes a third of the time."""
        if type(one) in _RATIONAL and type(other) in _RATIONAL and other:
            return Fraction(cast("Rational", one), cast("Rational", other))
        return super().divide(one, other)

    def ends(self, value: Computed) -> tuple[Ends, Ends]:
        """The least and the greatest that a number can be."""
        if isinstance(value, Interval):
            low, high = value.low, value.high
            return (-_INFINITE if low is None else low), (_INFINITE if high is None else high)
        exact = cast("Rational", value)
        return exact, exact

    def end_of(self, value: Fraction) -> Ends:
        """The number itself."""
        return value

    def between(self, low: Ends, high: Ends) -> Computed:
        """The number between two ends; known exactly where they are one."""
        least, greatest = (None if isinstance(end, float) else _fraction(end) for end in (low, high))
        return least if least is not None and least == greatest else Interval(least, greatest)

    def point(self, end: Ends) -> Computed:
        """The number at a finite end."""
        return cast("Rational", end)

    def exact(self, *values: Computed) -> bool:
        """Whether all of the numbers are known exactly."""
        return not any(isinstance(value, Interval) for value in values)

    def before(self, one: Ends, other: Ends) -> bool:
        """Less than."""
        return one < other

    def up_to(self, one: Ends, other: Ends) -> bool:
        """Less than, or equal and finite."""
        return one < other or self.same(one, other)

    def same(self, one: Ends, other: Ends) -> bool:
        """Equal and finite."""
        return one == other and not isinstance(one, float)

    def plus(self, one: Ends, other: Ends) -> Ends:
        """The sum of two low ends, or of two high ends."""
        return one + other

    def minus(self, end: Ends) -> Ends:
        """The end with the other sign."""
        return -end

    def times(self, one: Ends, other: Ends) -> Ends:
        """The product; zero times an infinity is zero."""
        if not isinstance(one, float) and not isinstance(other, float):
            return one * other
        sign = ((one > 0) - (one < 0)) * ((other > 0) - (other < 0))
        return sign * _INFINITE if sign else Fraction(0)

    def inverse(self, end: Ends) -> Ends:
        """One over an end that is not zero; of an infinity it is zero."""
        return Fraction(0) if isinstance(end, float) else Fraction(1, end)

    def lowest(self, *ends: Ends) -> Ends:
        """The least of the ends."""
        return min(ends)

    def highest(self, *ends: Ends) -> Ends:
        """The greatest of the ends."""
        return max(ends)

    def whole(self, end: Ends, to: Rounding, digits: int) -> Ends:
        """The end rounded to `digits` decimal places."""
        if isinstance(end, float):
            return end
        scale = Fraction(10) ** digits
        return ROUNDINGS[to](end * scale) / scale

    def day_end(self, day: Computed) -> Ends:
        """The number of a day that is known."""
        return Fraction(cast("datetime.date", day).toordinal())

    def day_at_end(self, end: Ends) -> Computed:
        """The day of a number."""
        return datetime.date.fromordinal(int(end))

    def part_of_day(self, day: Computed, part: DayPart) -> Computed:
        """The year, month or quarter of a day that is known."""
        return Fraction(part.of(cast("datetime.date", day)))

    def digits(self, value: Computed) -> int:
        """The number of decimal places that a constant says."""
        return int(cast("Rational", value))


EXACT: Final = Exact()
