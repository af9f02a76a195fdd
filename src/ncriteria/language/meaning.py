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
from ncriteria.language.values import DayPart

V = TypeVar("V")
"""A value of a domain: a number, a truth, a day or a text; each perhaps unknown, or undefined."""

Leaf = t.FactRef | t.Parameter | t.AssessmentYear | t.Met | t.Within
LookUp = Callable[[Leaf], V]
Composite = (
    t.Negate
    | t.Arithmetic
    | t.Compare
    | t.InRange
    | t.InSet
    | t.ParameterBy
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
        """The sum; of a day and a whole number, the day so many days later, at most the last of the calendar."""

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
    def day_part(self, day: V, part: DayPart) -> V:
        """The year, month or quarter of a day: between its ends where the day is unknown."""

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
        """The difference; of two days, the number of days from the second to the first."""
        return self.add(one, self.negate(other))

    def total(self, *values: V) -> V:
        """The sum of the numbers."""
        return reduce(self.add, values)

    def away_from_zero(self, value: V, *digits: V) -> V:
        """The number rounded away from zero (FEEL: round up)."""
        above = self.greatest(self.rounded(value, *digits, to=Rounding.UP), self.constant(Fraction(0)))
        return self.add(above, self.least(self.rounded(value, *digits, to=Rounding.DOWN), self.constant(Fraction(0))))

    def towards_zero(self, value: V, *digits: V) -> V:
        """The number rounded towards zero (FEEL: round down)."""
        above = self.greatest(self.rounded(value, *digits, to=Rounding.DOWN), self.constant(Fraction(0)))
        return self.add(above, self.least(self.rounded(value, *digits, to=Rounding.UP), self.constant(Fraction(0))))

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

    def rank(self, order: tuple[str, ...], value: V) -> V:
        """How many options of an ordered enumeration are worse than `value`."""
        better = (order[place:] for place in range(1, len(order)))
        return self.count_true(*(self.one_of(value, *map(self.constant, options)) for options in better))

    def by_option(self, options: tuple[str, ...], value: V, *each: V) -> V:
        """What there is of `each` for the option that `value` is: between all of them where that is not known."""
        *others, last = zip(options, each, strict=True)
        found = last[1]
        for option, its_value in reversed(others):
            found = self.chosen(self.equal(value, self.constant(option)), its_value, found)
        return found

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
        case t.Compare(op=op, order=order):
            is_order = order and op not in (CompareOp.EQ, CompareOp.NE)
            return _ranked(of, order, of.comparison(op)) if is_order else of.comparison(op)
        case t.InRange(low_closed=low_closed, high_closed=high_closed, order=order):
            above = CompareOp.GE if low_closed else CompareOp.GT
            within = partial(of.ranged, above, CompareOp.LE if high_closed else CompareOp.LT)
            return _ranked(of, order, within) if order else within
        case t.InSet():
            return of.one_of
        case t.ParameterBy(options=options):
            return partial(of.by_option, options)
        case t.Call(function=function):
            return _function(of, function)
        case t.And() | t.Or() | t.If() | t.Coalesce():
            raise AssertionError("these decide before their operands are known")
        case _:
            assert_never(expr)


def _ranked(of: Domain[V], order: tuple[str, ...], compare: Callable[..., V]) -> Callable[..., V]:
    """What compares values of an ordered enumeration by their places in it."""
    if len(order) < 2:
        return lambda *values: of.equal(values[0], values[0])
    return lambda *values: compare(*(of.rank(order, value) for value in values))


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
        case Function.ROUND_UP:
            return of.away_from_zero
        case Function.ROUND_DOWN:
            return of.towards_zero
        case Function.YEAR | Function.MONTH | Function.QUARTER:
            return partial(of.day_part, part=DayPart(function.value))
        case Function.ALL | Function.ANY:
            raise AssertionError("these decide before their operands are known")
        case _:
            assert_never(function)


def evaluate(of: Domain[V], expr: Expr, look_up: LookUp[V]) -> V:
    """The value of the lowered `expr`, whose leaves have the values that `look_up` gives."""
    match expr:
        case t.Number(value=value) | t.Boolean(value=value) | t.Text(value=value) | t.Date(value=value):
            return of.constant(value)
        case t.FactRef() | t.Parameter() | t.AssessmentYear() | t.Met() | t.Within():
            return look_up(expr)
        case t.Earlier() | t.SumYears() | t.Decreasing() | t.MetYears():
            raise AssertionError("period forms are resolved before a rule is evaluated")
        case _:
            return operation(of, expr)(*(evaluate(of, part, look_up) for part in parts(expr)))
