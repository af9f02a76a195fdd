"""The trace of a rule: the value of every part of it, for one record, so that the whole story can be told."""

from __future__ import annotations

from attrs import frozen

from ncriteria.language import tree as t
from ncriteria.language.exact import EXACT
from ncriteria.language.meaning import LookUp, operation
from ncriteria.language.queries import parts
from ncriteria.language.tree import Expr
from ncriteria.language.values import Value


@frozen
class Step:
    """One part of a rule with its value, and the steps of its own parts."""

    expr: Expr
    value: Value
    parts: tuple[Step, ...] = ()


def trace(expr: Expr, look_up: LookUp[Value]) -> Step:
    """The trace of the lowered `expr`, whose leaves have the values that `look_up` gives."""
    match expr:
        case t.Number(value=value) | t.Boolean(value=value) | t.Text(value=value) | t.Date(value=value):
            return Step(expr, value)
        case t.FactRef() | t.Parameter() | t.Met() | t.ShareMet():
            return Step(expr, look_up(expr))
        case t.Earlier() | t.SumYears() | t.Decreasing():
            raise AssertionError("period forms are resolved before a rule is evaluated")
        case _:
            steps = tuple(trace(part, look_up) for part in parts(expr))
            return Step(expr, operation(EXACT, expr)(*(step.value for step in steps)), steps)
