"""The residual of a rule: what is left of it once everything that is known has been put in (partial evaluation)."""

from __future__ import annotations

from fractions import Fraction

from ncriteria.evaluation.records.simplifying import all_of, any_of, choice, constant, opposite
from ncriteria.evaluation.records.tracing import Step
from ncriteria.language.exact import EXACT
from ncriteria.language.queries import with_parts
from ncriteria.language.tree import (
    And,
    Arithmetic,
    ArithmeticOp,
    Boolean,
    Call,
    Compare,
    CompareOp,
    Decreasing,
    Earlier,
    Expr,
    FactRef,
    Function,
    If,
    InRange,
    InSet,
    Met,
    Not,
    Number,
    Or,
    Parameter,
    ShareMet,
    SumYears,
    Text,
)
from ncriteria.language.tree import Date as DateNode
from ncriteria.language.values import Interval, Undefined, Unknown


def residual(step: Step) -> Expr:
    """The condition, or the part of one, that is left of a traced rule."""
    value = step.value
    if not isinstance(value, (Interval, Unknown, Undefined)):
        return constant(value)
    expr, left = step.expr, [residual(part) for part in step.parts]
    match expr:
        case FactRef() | Parameter() | Met() | ShareMet():
            return expr
        case Number() | Boolean() | Text() | DateNode() | Earlier() | SumYears() | Decreasing():
            raise AssertionError("a lowered constant is known")
        case And():
            return all_of(left)
        case Or():
            return any_of(left)
        case Not():
            return opposite(left[0])
        case If():
            return _conditional(step, left)
        case Call(function=Function.ALL):
            return all_of(left)
        case Call(function=Function.ANY):
            return any_of(left)
        case Call(function=Function.COUNT_TRUE):
            return _counted(left)
        case InRange(low_closed=low_closed, high_closed=high_closed) if not isinstance(value, Undefined):
            return _ranged(step, left, low_closed=low_closed, high_closed=high_closed)
        case InSet() if not isinstance(value, Undefined):
            return _one_of(step, left)
        case _:
            return with_parts(expr, left)


def _conditional(step: Step, left: list[Expr]) -> Expr:
    condition = step.parts[0].value
    if isinstance(condition, bool):
        return left[1] if condition else left[2]
    return choice(left[0], left[1], left[2])


def _ranged(step: Step, left: list[Expr], *, low_closed: bool, high_closed: bool) -> Expr:
    """A range, of which only the end that is not decided is left."""
    value, low, high = (part.value for part in step.parts)
    above, below = CompareOp.GE if low_closed else CompareOp.GT, CompareOp.LE if high_closed else CompareOp.LT
    if EXACT.compared(above, value, low) is True:
        return Compare(below, left[0], left[2])
    if EXACT.compared(below, value, high) is True:
        return Compare(above, left[0], left[1])
    return InRange(left[0], left[1], left[2], low_closed, high_closed)


def _one_of(step: Step, left: list[Expr]) -> Expr:
    """Equality with one of the options that are still possible."""
    value, *options = (part.value for part in step.parts)
    possible = tuple(
        option
        for option, its_value in zip(left[1:], options, strict=True)
        if EXACT.compared(CompareOp.EQ, value, its_value) is not False
    )
    return Compare(CompareOp.EQ, left[0], possible[0]) if len(possible) == 1 else InSet(left[0], possible)


def _counted(conditions: list[Expr]) -> Expr:
    """How many are true: those that are certain as a number, and the count of the others."""
    certain = sum(condition == Boolean(True) for condition in conditions)
    others = tuple(condition for condition in conditions if not isinstance(condition, Boolean))
    counted = Call(Function.COUNT_TRUE, others)
    return counted if certain == 0 else Arithmetic(ArithmeticOp.ADD, Number(Fraction(certain)), counted)
