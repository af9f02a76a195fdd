"""Numbers known between two ends (R. E. Moore, Interval Analysis, 1966), over any ends that can be compared."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from fractions import Fraction
from typing import Generic, TypeVar

from ncriteria.language.meaning import Domain, Rounding, V

E = TypeVar("E")
"""An end of a number: perhaps infinite."""
C = TypeVar("C")
"""What a domain can branch on."""


class Intervals(Domain[V], Generic[V, E, C]):
    """A domain whose numbers lie between ends: each result holds every value that the bounds of the operands allow."""

    zero: E
    below_all: E
    above_all: E

    @abstractmethod
    def ends(self, value: V) -> tuple[E, E]:
        """The least and the greatest that a number can be."""

    @abstractmethod
    def end_of(self, value: Fraction) -> E:
        """The end at `value`."""

    @abstractmethod
    def between(self, low: E, high: E) -> V:
        """The number between two ends; known exactly where they are one."""

    @abstractmethod
    def point(self, end: E) -> V:
        """The number that is known to be at `end`, which is finite."""

    @abstractmethod
    def exact(self, *values: V) -> C:
        """Whether all of the numbers are known exactly."""

    @abstractmethod
    def pick(self, condition: C, one: Callable[[], V], other: Callable[[], V]) -> V:
        """The value that the condition says; both are made where it cannot be told which."""

    @abstractmethod
    def pick_end(self, condition: C, one: Callable[[], E], other: Callable[[], E]) -> E:
        """The end that the condition says."""

    @abstractmethod
    def undefined(self) -> V:
        """The quotient of a division by zero."""

    @abstractmethod
    def truth(self, true: Callable[[], C], false: Callable[[], C]) -> V:
        """The truth that is true and false where these say so, and unknown elsewhere."""

    @abstractmethod
    def before(self, one: E, other: E) -> C:
        """Less than."""

    @abstractmethod
    def up_to(self, one: E, other: E) -> C:
        """Less than, or equal and finite: an infinite end is no number, so it never makes an order certain."""

    @abstractmethod
    def same(self, one: E, other: E) -> C:
        """Equal and finite."""

    @abstractmethod
    def both(self, *conditions: C) -> C:
        """All of the conditions."""

    @abstractmethod
    def either(self, *conditions: C) -> C:
        """One of the conditions."""

    @abstractmethod
    def plus(self, one: E, other: E) -> E:
        """The sum of two low ends, or of two high ends."""

    @abstractmethod
    def minus(self, end: E) -> E:
        """The end with the other sign."""

    @abstractmethod
    def times(self, one: E, other: E) -> E:
        """The product; zero times an infinity is zero, for no number is infinite."""

    @abstractmethod
    def inverse(self, end: E) -> E:
        """One over an end that is not zero; of an infinity it is zero."""

    @abstractmethod
    def lowest(self, *ends: E) -> E:
        """The least of the ends."""

    @abstractmethod
    def highest(self, *ends: E) -> E:
        """The greatest of the ends."""

    @abstractmethod
    def whole(self, end: E, to: Rounding, digits: int) -> E:
        """The end rounded to `digits` decimal places."""

    @abstractmethod
    def digits(self, value: V) -> int:
        """The number of decimal places that a constant says."""

    def add(self, one: V, other: V) -> V:
        """The sum."""
        (low1, high1), (low2, high2) = self.ends(one), self.ends(other)
        return self.pick(
            self.exact(one, other),
            lambda: self.point(self.plus(low1, low2)),
            lambda: self.between(self.plus(low1, low2), self.plus(high1, high2)),
        )

    def negate(self, value: V) -> V:
        """The number with the other sign."""
        low, high = self.ends(value)
        return self.between(self.minus(high), self.minus(low))

    def factor(self, value: V) -> Fraction | None:
        """The number, where the domain can tell that it is the same for every record and makes use of it."""
        return None

    def scaled(self, value: V, factor: Fraction) -> V:
        """The product with a constant."""
        by = self.end_of(factor)
        low, high = (self.times(end, by) for end in self.ends(value))
        return self.between(low, high) if factor >= 0 else self.between(high, low)

    def multiply(self, one: V, other: V) -> V:
        """The product."""
        for value, constant in ((one, other), (other, one)):
            if (factor := self.factor(constant)) is not None:
                return self.scaled(value, factor)
        (low1, high1), (low2, high2) = self.ends(one), self.ends(other)

        def spread() -> V:
            corners = [self.times(end1, end2) for end1 in (low1, high1) for end2 in (low2, high2)]
            return self.between(self.lowest(*corners), self.highest(*corners))

        return self.pick(self.exact(one, other), lambda: self.point(self.times(low1, low2)), spread)

    def divide(self, one: V, other: V) -> V:
        """The quotient: no bounds where `other` may lie on both sides of zero."""
        if factor := self.factor(other):
            return self.scaled(one, 1 / factor)
        low, high = self.ends(other)
        spans_zero = self.both(self.before(low, self.zero), self.before(self.zero, high))
        return self.pick(
            self.both(self.exact(other), self.same(low, self.zero)),
            self.undefined,
            lambda: self.pick(
                spans_zero,
                lambda: self.between(self.below_all, self.above_all),
                lambda: self.multiply(one, self._reciprocal(other, low, high)),
            ),
        )

    def _reciprocal(self, value: V, low: E, high: E) -> V:
        """One over a number that lies on one side of zero, but may touch it."""

        def bounded() -> V:
            of_high = self.pick_end(self.same(high, self.zero), lambda: self.below_all, lambda: self.inverse(high))
            of_low = self.pick_end(self.same(low, self.zero), lambda: self.above_all, lambda: self.inverse(low))
            return self.between(of_high, of_low)

        return self.pick(self.exact(value), lambda: self.point(self.inverse(low)), bounded)

    def absolute(self, value: V) -> V:
        """The number without its sign."""
        low, high = self.ends(value)
        return self.pick(
            self.up_to(self.zero, low),
            lambda: value,
            lambda: self.pick(
                self.up_to(high, self.zero),
                lambda: self.negate(value),
                lambda: self.between(self.zero, self.highest(self.minus(low), high)),
            ),
        )

    def least(self, *values: V) -> V:
        """The least of the numbers."""
        lows, highs = zip(*map(self.ends, values), strict=True)
        return self.between(self.lowest(*lows), self.lowest(*highs))

    def greatest(self, *values: V) -> V:
        """The greatest of the numbers."""
        lows, highs = zip(*map(self.ends, values), strict=True)
        return self.between(self.highest(*lows), self.highest(*highs))

    def hull(self, *values: V) -> V:
        """The least interval that holds each of the numbers."""
        lows, highs = zip(*map(self.ends, values), strict=True)
        return self.between(self.lowest(*lows), self.highest(*highs))

    def rounded(self, value: V, digits: V | None = None, *, to: Rounding) -> V:
        """The number rounded to `digits` decimal places."""
        places = 0 if digits is None else self.digits(digits)
        low, high = (self.whole(end, to, places) for end in self.ends(value))
        return self.between(low, high)

    def less(self, one: V, other: V) -> V:
        """Whether one number is less than the other."""
        (low1, high1), (low2, high2) = self.ends(one), self.ends(other)
        return self.truth(lambda: self.before(high1, low2), lambda: self.up_to(high2, low1))

    def equal(self, one: V, other: V) -> V:
        """Whether two numbers are the same."""
        (low1, high1), (low2, high2) = self.ends(one), self.ends(other)
        return self.truth(
            lambda: self.both(self.exact(one, other), self.same(low1, low2)),
            lambda: self.either(self.before(high1, low2), self.before(high2, low1)),
        )
