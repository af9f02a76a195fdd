"""The reference evaluator: the value of every part of a lowered rule, for one record.

Everything faster is held to what this says. All parts are evaluated, so that the trace can tell the whole story.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import assert_never, cast

from attrs import frozen

from ncriteria.language import arithmetic
from ncriteria.language.logic import conjunction, count_true, disjunction, negation
from ncriteria.language.printer import show
from ncriteria.language.queries import parts
from ncriteria.language.source import Finding
from ncriteria.language.tree import (
    And,
    Arithmetic,
    ArithmeticOp,
    Boolean,
    Call,
    Coalesce,
    Compare,
    CompareOp,
    Date,
    Decreasing,
    Earlier,
    Expr,
    FactRef,
    Function,
    If,
    InRange,
    InSet,
    Known,
    Met,
    Negate,
    Not,
    Number,
    Or,
    Parameter,
    ShareMet,
    SumYears,
    Text,
)
from ncriteria.language.values import UNKNOWN, Interval, Quantity, Truth, Undefined, Value, hull, is_exact


@frozen
class Step:
    """One part of a rule with its value, and the steps of its own parts."""

    expr: Expr
    value: Value
    parts: tuple[Step, ...] = ()


Leaf = FactRef | Parameter | Met | ShareMet
Lookup = Callable[[Leaf], Value]


def trace(expr: Expr, look_up: Lookup) -> Step:
    """The trace of `expr`, whose leaves have the values that `look_up` gives."""
    match expr:
        case Number(value=value) | Boolean(value=value) | Text(value=value) | Date(value=value):
            return Step(expr, value)
        case FactRef() | Parameter() | Met() | ShareMet():
            return Step(expr, look_up(expr))
        case Earlier() | SumYears() | Decreasing():
            raise AssertionError("period forms are resolved before a rule is evaluated")
        case _:
            steps = tuple(trace(part, look_up) for part in parts(expr))
            return Step(expr, _value(expr, [step.value for step in steps]), steps)


_Composite = Negate | Arithmetic | Compare | InRange | InSet | Not | And | Or | If | Call | Known | Coalesce


def _value(expr: _Composite, values: Sequence[Value]) -> Value:
    match expr:
        case And() | Call(function=Function.ALL):
            return _joined(values, deciding=False)
        case Or() | Call(function=Function.ANY):
            return _joined(values, deciding=True)
        case If():
            return _chosen(values)
        case Coalesce() if is_exact(values[0]):
            return values[0]
        case _:
            undefined = next((value for value in values if isinstance(value, Undefined)), None)
            return _strict(expr, values) if undefined is None else undefined


def _joined(values: Sequence[Value], *, deciding: bool) -> Value:
    """And, or: a deciding operand decides whatever the others are; unknown comes before undefined."""
    if any(value is deciding for value in values):
        return deciding
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    return next((value for value in values if isinstance(value, Undefined)), not deciding)


def _chosen(values: Sequence[Value]) -> Value:
    condition, consequence, alternative = values
    if isinstance(condition, Undefined):
        return condition
    if isinstance(condition, bool):
        return consequence if condition else alternative
    if isinstance(consequence, Undefined) and isinstance(alternative, Undefined):
        return consequence
    if isinstance(consequence, (Fraction, Interval)) and isinstance(alternative, (Fraction, Interval)):
        return hull([consequence, alternative])
    if is_exact(consequence) and consequence == alternative:
        return consequence
    numeric = any(isinstance(value, (Fraction, Interval)) for value in (consequence, alternative))
    return Interval() if numeric else UNKNOWN


def _strict(expr: _Composite, values: Sequence[Value]) -> Value:
    """The value of an operation whose operands all have one, known or not."""
    match expr:
        case Not():
            return negation(_truths(values)[0])
        case Negate():
            return arithmetic.negate(_quantities(values)[0])
        case Arithmetic(op=op):
            return _arithmetic(expr, op, *_quantities(values))
        case Compare(op=op):
            return compare(op, values[0], values[1])
        case InRange(low_closed=low_closed, high_closed=high_closed):
            above = compare(CompareOp.GE if low_closed else CompareOp.GT, values[0], values[1])
            below = compare(CompareOp.LE if high_closed else CompareOp.LT, values[0], values[2])
            return conjunction([above, below])
        case InSet():
            return disjunction(compare(CompareOp.EQ, values[0], option) for option in values[1:])
        case Call(function=function):
            return _called(function, values)
        case Known():
            return is_exact(values[0])
        case Coalesce():
            return values[1]
        case And() | Or() | If():
            raise AssertionError("these decide before their operands are known")
        case _:
            assert_never(expr)


def _truths(values: Sequence[Value]) -> Sequence[Truth]:
    # The static check has made sure that these are truths.
    return cast("Sequence[Truth]", values)


def _quantities(values: Sequence[Value]) -> list[Quantity]:
    # The static check has made sure that these are numbers.
    return cast("list[Quantity]", values)


def _arithmetic(expr: Arithmetic, op: ArithmeticOp, left: Quantity, right: Quantity) -> Value:
    match op:
        case ArithmeticOp.ADD:
            return arithmetic.add(left, right)
        case ArithmeticOp.SUB:
            return arithmetic.subtract(left, right)
        case ArithmeticOp.MUL:
            return arithmetic.multiply(left, right)
        case ArithmeticOp.DIV:
            quotient = arithmetic.divide(left, right)
            hint = "say with `when_zero_base` or `applies_when` what holds there"
            return (
                Undefined(Finding("NC303", f"division by zero: `{show(expr.right)}` is 0", expr.span, hint))
                if quotient is None
                else quotient
            )
        case _:
            assert_never(op)


def compare(op: CompareOp, one: Value, other: Value) -> Truth:
    """The comparison of two values of one type, as far as it is decided."""
    if isinstance(one, (Fraction, Interval)) and isinstance(other, (Fraction, Interval)):
        return arithmetic.compare(op, one, other)
    if one is UNKNOWN or other is UNKNOWN:
        return UNKNOWN
    match op:
        case CompareOp.EQ:
            return one == other
        case CompareOp.NE:
            return one != other
        case CompareOp.LT | CompareOp.LE | CompareOp.GT | CompareOp.GE:
            return _ordered(op, one, other)
        case _:
            assert_never(op)


def _ordered(op: CompareOp, one: Value, other: Value) -> bool:
    # Only numbers and days have an order, and numbers were compared before.
    first, second = cast("datetime.date", one), cast("datetime.date", other)
    match op:
        case CompareOp.LT:
            return first < second
        case CompareOp.LE:
            return first <= second
        case CompareOp.GT:
            return first > second
        case _:
            return first >= second


def _called(function: Function, values: Sequence[Value]) -> Value:
    match function:
        case Function.COUNT_TRUE:
            return count_true(_truths(values))
        case Function.COUNT:
            return Fraction(len(values))
        case _:
            return _numeric(function, _quantities(values))


def _numeric(function: Function, values: list[Quantity]) -> Quantity:
    match function:
        case Function.ABS:
            return arithmetic.absolute(values[0])
        case Function.FLOOR:
            return arithmetic.rounded(values[0], floor)
        case Function.CEILING:
            return arithmetic.rounded(values[0], ceil)
        case Function.ROUND_HALF_UP:
            return arithmetic.rounded(values[0], arithmetic.half_up, _digits(values))
        case Function.ROUND_HALF_EVEN:
            return arithmetic.rounded(values[0], round, _digits(values))
        case Function.MIN:
            return arithmetic.least(values)
        case Function.MAX:
            return arithmetic.greatest(values)
        case Function.SUM:
            return arithmetic.total(values)
        case Function.MEAN:
            return arithmetic.multiply(arithmetic.total(values), Fraction(1, len(values)))
        case Function.ALL | Function.ANY | Function.COUNT | Function.COUNT_TRUE:
            raise AssertionError("these do not take numbers, or decide before their operands are known")
        case _:
            assert_never(function)


def _digits(values: list[Quantity]) -> int:
    return int(cast("Fraction", values[1])) if len(values) == 2 else 0
