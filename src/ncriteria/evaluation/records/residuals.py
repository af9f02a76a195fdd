"""The residual of a rule: what is left of it once everything that is known has been put in (partial evaluation)."""

from __future__ import annotations

from fractions import Fraction

from ncriteria.evaluation.records.simplifying import all_of, any_of, choice, constant, opposite
from ncriteria.evaluation.records.tracing import Step
from ncriteria.language import tree as t
from ncriteria.language.exact import EXACT
from ncriteria.language.meaning import operation
from ncriteria.language.queries import ends_of_range, with_parts
from ncriteria.language.values import Interval, Undefined, Unknown


def residual(step: Step) -> t.Expr:
    """The condition, or the part of one, that is left of a traced rule."""
    value = step.value
    if not isinstance(value, (Interval, Unknown, Undefined)):
        return constant(value)
    expr, left = step.expr, [residual(part) for part in step.parts]
    match expr:
        case t.FactRef() | t.Parameter() | t.AssessmentYear() | t.Met() | t.Within():
            return expr
        case (
            t.Number() | t.Boolean() | t.Text() | t.Date() | t.Earlier() | t.SumYears() | t.Decreasing() | t.MetYears()
        ):
            raise AssertionError("a lowered constant is known")
        case t.And():
            return all_of(left)
        case t.Or():
            return any_of(left)
        case t.Not():
            return opposite(left[0])
        case t.If():
            return _conditional(step, left)
        case t.Call(function=t.Function.ALL):
            return all_of(left)
        case t.Call(function=t.Function.ANY):
            return any_of(left)
        case t.Call(function=t.Function.COUNT_TRUE):
            return _counted(left)
        case t.InRange() if not isinstance(value, Undefined):
            return _ranged(expr, step, left)
        case t.InSet() if not isinstance(value, Undefined):
            return _one_of(step, left)
        case _:
            return with_parts(expr, left)


def _conditional(step: Step, left: list[t.Expr]) -> t.Expr:
    condition = step.parts[0].value
    if isinstance(condition, bool):
        return left[1] if condition else left[2]
    return choice(left[0], left[1], left[2])


def _ranged(expr: t.InRange, step: Step, left: list[t.Expr]) -> t.Expr:
    """A range, of which only the end that is not decided is left."""
    value, low, high = (part.value for part in step.parts)
    above, below = ends_of_range(expr)
    if operation(EXACT, above)(value, low) is True:
        return with_parts(below, [left[0], left[2]])
    if operation(EXACT, below)(value, high) is True:
        return with_parts(above, [left[0], left[1]])
    return with_parts(expr, left)


def _one_of(step: Step, left: list[t.Expr]) -> t.Expr:
    """Equality with one of the options that are still possible."""
    value, *options = (part.value for part in step.parts)
    possible = tuple(
        option
        for option, its_value in zip(left[1:], options, strict=True)
        if EXACT.compared(t.CompareOp.EQ, value, its_value) is not False
    )
    return t.Compare(t.CompareOp.EQ, left[0], possible[0]) if len(possible) == 1 else t.InSet(left[0], possible)


def _counted(conditions: list[t.Expr]) -> t.Expr:
    """How many are true: those that are certain as a number, and the count of the others."""
    certain = sum(condition == t.Boolean(True) for condition in conditions)
    others = tuple(condition for condition in conditions if not isinstance(condition, t.Boolean))
    counted = t.Call(t.Function.COUNT_TRUE, others)
    return counted if certain == 0 else t.Arithmetic(t.ArithmeticOp.ADD, t.Number(Fraction(certain)), counted)
