"""What every operator and function of the language means, said once for every kind of value.

A domain says what numbers, truths and single values are: those of one record, formulas of a solver, whole numbers of a
program, values that depend on one fact. `operation` says what a node does with the values of its parts.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from functools import partial, reduce
from typing import Generic, TypeVar, assert_never

from ncriteria.language import tree as t
from ncriteria.language.queries import parts
from ncriteria.language.tree import ArithmeticOp, CompareOp, Expr, Function

V = TypeVar("V")
"""A value of a domain: a number, a truth, a day or a text; each perhaps unknown, or undefined."""
E = TypeVar("E")
"""An end of a number: perhaps infinite."""
C = TypeVar("C")
"""What a domain can branch on."""

Leaf = t.FactRef | t.Parameter | t.Met | t.ShareMet
LookUp = Callable[[Leaf], V]
Composite = (
    t.Negate
    | t.Arithmetic
    | t.Compare
    | t.InRange
    | t.InSet
    | t.Not
    | t.And
    | t.Or
    | t.If
    | t.Call
    | t.Known
    | t.Coalesce
)


class Rounding(Enum):
    """To a whole number; none of these reverses the order of two numbers."""

    DOWN = "floor"
    UP = "ceiling"
    HALF_UP = "round_half_up"
    HALF_EVEN = "round_half_even"


class Domain(ABC, Generic[V]):
    """Values of one kind, with the operations that rules are made of. Truths are three-valued (Kleene)."""

    @abstractmethod
    def constant(self, value: object) -> V:
        """A number, truth, text or day that is the same for every record."""

    @abstractmethod
    def strict(self, compute: Callable[..., V], expr: Composite) -> Callable[..., V]:
        """`compute`, without a value as soon as an operand has none; `expr` is what is computed."""

    @abstractmethod
    def negation(self, truth: V) -> V:
        """Not."""

    @abstractmethod
    def all_of(self, *truths: V) -> V:
        """And: false as soon as one is; otherwise unknown comes before undefined."""

    @abstractmethod
    def count_true(self, *truths: V) -> V:
        """How many are true: between those that are, and those that may be."""

    @abstractmethod
    def chosen(self, condition: V, consequence: V, alternative: V) -> V:
        """If: where the condition is unknown, what both branches agree on."""

    @abstractmethod
    def coalesced(self, value: V, default: V) -> V:
        """`value` where it is known exactly, otherwise `default`."""

    @abstractmethod
    def known(self, value: V) -> V:
        """Whether `value` is known exactly."""

    @abstractmethod
    def less(self, one: V, other: V) -> V:
        """Whether `one` comes before `other`: numbers or days."""

    @abstractmethod
    def equal(self, one: V, other: V) -> V:
        """Whether two values of one type are the same."""

    @abstractmethod
    def negate(self, value: V) -> V:
        """The number with the other sign."""

    @abstractmethod
    def add(self, one: V, other: V) -> V:
        """The sum."""

    @abstractmethod
    def multiply(self, one: V, other: V) -> V:
        """The product."""

    @abstractmethod
    def divide(self, one: V, other: V) -> V:
        """The quotient; it has no value where `other` is zero."""

    @abstractmethod
    def absolute(self, value: V) -> V:
        """The number without its sign."""

    @abstractmethod
    def least(self, *values: V) -> V:
        """The least of the numbers."""

    @abstractmethod
    def rounded(self, value: V, digits: V | None = None, *, to: Rounding) -> V:
        """The number rounded to `digits` decimal places, a constant."""

    @abstractmethod
    def settled(self, truth: V) -> tuple[V, V]:
        """`truth`, unknown where it is undefined, and whether it is undefined."""

    @abstractmethod
    def certain(self, truth: V) -> V:
        """Whether `truth` is true: false where it is unknown."""

    def any_of(self, *truths: V) -> V:
        """Or."""
        return self.negation(self.all_of(*map(self.negation, truths)))

    def at_least(self, minimum: int, *truths: V) -> V:
        """That `minimum` or more are true."""
        return self.compared(CompareOp.GE, self.count_true(*truths), self.constant(Fraction(minimum)))

    def greatest(self, *values: V) -> V:
        """The greatest of the numbers."""
        return self.negate(self.least(*map(self.negate, values)))

    def subtract(self, one: V, other: V) -> V:
        """The difference."""
        return self.add(one, self.negate(other))

    def total(self, *values: V) -> V:
        """The sum of the numbers."""
        return reduce(self.add, values)

    def mean(self, *values: V) -> V:
        """The arithmetic mean of the numbers."""
        return self.multiply(self.total(*values), self.constant(Fraction(1, len(values))))

    def compared(self, op: CompareOp, one: V, other: V) -> V:
        """The comparison, as far as it is decided."""
        match op:
            case CompareOp.LT:
                return self.less(one, other)
            case CompareOp.GE:
                return self.negation(self.less(one, other))
            case CompareOp.GT:
                return self.less(other, one)
            case CompareOp.LE:
                return self.negation(self.less(other, one))
            case CompareOp.EQ:
                return self.equal(one, other)
            case CompareOp.NE:
                return self.negation(self.equal(one, other))
            case _:
                assert_never(op)

    def comparison(self, op: CompareOp) -> Callable[[V, V], V]:
        """The comparison, chosen before its sides are known."""
        return partial(self.compared, op)

    def ranged(self, above: CompareOp, below: CompareOp, value: V, low: V, high: V) -> V:
        """Whether `value` lies between two ends."""
        return self.all_of(self.compared(above, value, low), self.compared(below, value, high))

    def one_of(self, value: V, *options: V) -> V:
        """Whether `value` is equal to one of the options."""
        return self.any_of(*(self.equal(value, option) for option in options))


def operation(of: Domain[V], expr: Composite, *, defined: bool = False) -> Callable[..., V]:
    """What `expr` does with the values of its parts; `defined` promises that none of them is without a value."""
    match expr:
        case t.And() | t.Call(function=Function.ALL):
            return of.all_of
        case t.Or() | t.Call(function=Function.ANY):
            return of.any_of
        case t.If():
            return of.chosen
        case t.Coalesce():
            return of.coalesced
        case _:
            compute = _strict(of, expr)
            return compute if defined else of.strict(compute, expr)


def _strict(of: Domain[V], expr: Composite) -> Callable[..., V]:
    match expr:
        case t.Not():
            return of.negation
        case t.Negate():
            return of.negate
        case t.Known():
            return of.known
        case t.Arithmetic(op=op):
            return _arithmetic(of, op)
        case t.Compare(op=op):
            return of.comparison(op)
        case t.InRange(low_closed=low_closed, high_closed=high_closed):
            above = CompareOp.GE if low_closed else CompareOp.GT
            return partial(of.ranged, above, CompareOp.LE if high_closed else CompareOp.LT)
        case t.InSet():
            return of.one_of
        case t.Call(function=function):
            return _function(of, function)
        case t.And() | t.Or() | t.If() | t.Coalesce():
            raise AssertionError("these decide before their operands are known")
        case _:
            assert_never(expr)


def _arithmetic(of: Domain[V], op: ArithmeticOp) -> Callable[..., V]:
    match op:
        case ArithmeticOp.ADD:
            return of.add
        case ArithmeticOp.SUB:
            return of.subtract
        case ArithmeticOp.MUL:
            return of.multiply
        case ArithmeticOp.DIV:
            return of.divide
        case _:
            assert_never(op)


def _function(of: Domain[V], function: Function) -> Callable[..., V]:
    match function:
        case Function.COUNT_TRUE:
            return of.count_true
        case Function.COUNT:
            return lambda *values: of.constant(Fraction(len(values)))
        case Function.ABS:
            return of.absolute
        case Function.MIN:
            return of.least
        case Function.MAX:
            return of.greatest
        case Function.SUM:
            return of.total
        case Function.MEAN:
            return of.mean
        case Function.FLOOR | Function.CEILING | Function.ROUND_HALF_UP | Function.ROUND_HALF_EVEN:
            return partial(of.rounded, to=Rounding(function.value))
        case Function.ALL | Function.ANY:
            raise AssertionError("these decide before their operands are known")
        case _:
            assert_never(function)


def evaluate(of: Domain[V], expr: Expr, look_up: LookUp[V]) -> V:
    """The value of the lowered `expr`, whose leaves have the values that `look_up` gives."""
    match expr:
        case t.Number(value=value) | t.Boolean(value=value) | t.Text(value=value) | t.Date(value=value):
            return of.constant(value)
        case t.FactRef() | t.Parameter() | t.Met() | t.ShareMet():
            return look_up(expr)
        case t.Earlier() | t.SumYears() | t.Decreasing():
            raise AssertionError("period forms are resolved before a rule is evaluated")
        case _:
            return operation(of, expr)(*(evaluate(of, part, look_up) for part in parts(expr)))


class Intervals(Domain[V], Generic[V, E, C]):
    """Numbers known between two ends (R. E. Moore, Interval Analysis, 1966), over any ends that can be compared.

    Each result holds every value that the bounds of the operands allow.
    """

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
