"""Which sums and differences of a rule are of days."""

from __future__ import annotations

from typing import TypeGuard

from ncriteria.language import tree as t
from ncriteria.sets.model import CriteriaSet, FactType


def is_day(criteria: CriteriaSet, expr: t.Expr) -> bool:
    """Whether `expr`, which is well-typed, is a day."""
    match expr:
        case t.Date():
            return True
        case t.FactRef(name=name):
            return criteria.facts[name].type is FactType.DATE
        case t.Parameter(name=name):
            return criteria.parameters[name].type is FactType.DATE
        case t.Arithmetic(op=t.ArithmeticOp.ADD | t.ArithmeticOp.SUB, left=left, right=right):
            return is_day(criteria, left) is not is_day(criteria, right)
        case t.If(consequence=one) | t.Coalesce(operand=one) | t.Earlier(operand=one):
            return is_day(criteria, one)
        case _:
            return False


def is_difference_of_days(expr: t.Expr, criteria: CriteriaSet) -> TypeGuard[t.Arithmetic]:
    """Whether `expr` is how many days lie between two days."""
    if not isinstance(expr, t.Arithmetic) or expr.op is not t.ArithmeticOp.SUB:
        return False
    return is_day(criteria, expr.left) and is_day(criteria, expr.right)
