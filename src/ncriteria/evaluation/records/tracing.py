"""The trace of a rule: the value of every part of it, for one record, so that the whole story can be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar, cast

from ncriteria.language import tree as t
from ncriteria.language.exact import EXACT
from ncriteria.language.meaning import Leaf, LookUp, operation
from ncriteria.language.queries import parts, walk, with_parts
from ncriteria.language.tree import Expr
from ncriteria.language.values import Value, is_exact

C = TypeVar("C")
"""What the leaves of a rule are looked up in."""


class Step(NamedTuple):
    """One part of a rule with its value, and the steps of its own parts; a tuple, for a record has a hundred."""

    expr: Expr
    value: Value
    parts: tuple[Step, ...] = ()


def trace(expr: Expr, look_up: LookUp[Value]) -> Step:
    """The trace of the lowered `expr`, whose leaves have the values that `look_up` gives."""

    def asked(leaf: Leaf) -> Callable[[LookUp[Value]], Value]:
        return lambda values: values(leaf)

    return traced(expr, asked)(look_up)


def traced(expr: Expr, leaf: Callable[[Leaf], Callable[[C], Value]]) -> Callable[[C], Step]:
    """How the lowered `expr` is traced, made ready for many records; `leaf` says how a leaf is looked up."""
    return _traced(expr, leaf)[0]


def _traced(expr: Expr, leaf: Callable[[Leaf], Callable[[C], Value]]) -> tuple[Callable[[C], Step], bool]:
    """How `expr` is traced, and whether it has a value of every record: a quotient and a roll-up may have none."""
    match expr:
        case t.Number(value=value) | t.Boolean(value=value) | t.Text(value=value) | t.Date(value=value):
            constant = Step(expr, value)
            return lambda _: constant, True
        case t.FactRef() | t.Parameter() | t.AssessmentYear() | t.Met() | t.Within():
            found = leaf(expr)
            return lambda case: Step(expr, found(case)), not isinstance(expr, t.Within)
        case t.Earlier() | t.SumYears() | t.Decreasing() | t.MetYears():
            raise AssertionError("period forms are resolved before a rule is evaluated")
        case _:
            below = [_traced(part, leaf) for part in parts(expr)]
            inner, defined = [part for part, _ in below], all(sure for _, sure in below) and not is_quotient(expr)
            # What is computed of fractions is one.
            compute = cast("Callable[..., Value]", operation(EXACT, expr, defined=defined))

            return _composed(expr, compute, inner), defined


def _composed(expr: Expr, compute: Callable[..., Value], inner: list[Callable[[C], Step]]) -> Callable[[C], Step]:
    def of_any(case: C) -> Step:
        steps = tuple([part(case) for part in inner])
        return Step(expr, compute(*[one.value for one in steps]), steps)

    if len(inner) != 2:
        return of_any
    left, right = inner

    def of_two(case: C) -> Step:
        one, other = left(case), right(case)
        return Step(expr, compute(one.value, other.value), (one, other))

    return of_two  # as most parts of rules are; it takes two thirds of the time


def is_quotient(expr: Expr) -> bool:
    """Whether `expr` is a quotient, which has no value where its divisor is 0."""
    return isinstance(expr, t.Arithmetic) and expr.op is t.ArithmeticOp.DIV


def has_branches(expr: Expr) -> bool:
    """Whether a part of `expr` may not count: a branch of a conditional, or a value for what is not known."""
    return any(isinstance(node, (t.If, t.Coalesce)) for node in walk(expr))


def taken(step: Step) -> tuple[Step, tuple[Step, ...]]:
    """The trace with the branches that were taken in place of conditionals, and what chose them.

    A conditional of which that is not known stays.
    """
    chosen_by: list[Step] = []
    return _taken(step, chosen_by), tuple(chosen_by)


def _taken(step: Step, chosen_by: list[Step]) -> Step:
    match step.expr:
        case t.If():
            condition, consequence, alternative = step.parts
            if isinstance(condition.value, bool):
                chosen_by.append(condition)
                return _taken(consequence if condition.value else alternative, chosen_by)
        case t.Coalesce():
            value, default = step.parts
            if is_exact(value.value):
                return _taken(value, chosen_by)
            chosen_by.append(value)
            return _taken(default, chosen_by)
        case _:
            pass
    made = tuple([_taken(part, chosen_by) for part in step.parts])
    if all(one is part for one, part in zip(made, step.parts, strict=True)):
        return step
    return Step(with_parts(step.expr, [part.expr for part in made]), step.value, made)
