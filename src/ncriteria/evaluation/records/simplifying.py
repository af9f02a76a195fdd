"""Conditions put together without parts that are decided: what a residual is made of."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from attrs import evolve

from ncriteria.language import tree as t

TRUE = t.Boolean(True)
FALSE = t.Boolean(False)


def constant(value: Fraction | bool | str | datetime.date) -> t.Expr:
    """The expression that has `value`, known exactly."""
    match value:
        case bool():
            return t.Boolean(value)
        case Fraction():
            return _number(value)
        case str():
            return t.Text(value)
        case _:
            return t.Date(value)


def _number(value: Fraction) -> t.Expr:
    if value < 0:
        return t.Negate(_number(-value))
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    if rest == 1:
        return t.Number(value)
    return t.Arithmetic(t.ArithmeticOp.DIV, t.Number(Fraction(value.numerator)), t.Number(Fraction(value.denominator)))


def _is(condition: t.Expr, truth: bool) -> bool:
    return isinstance(condition, t.Boolean) and condition.value is truth


def all_of(conditions: Iterable[t.Expr]) -> t.Expr:
    """The conjunction, without what is true and without repetition."""
    found: list[t.Expr] = []
    for condition in conditions:
        if _is(condition, False):
            return FALSE
        found += condition.operands if isinstance(condition, t.And) else [condition]
    left = tuple(dict.fromkeys(condition for condition in found if not _is(condition, True)))
    return TRUE if not left else left[0] if len(left) == 1 else t.And(left)


def any_of(conditions: Iterable[t.Expr]) -> t.Expr:
    """The disjunction, without what is false and without repetition."""
    found: list[t.Expr] = []
    for condition in conditions:
        if _is(condition, True):
            return TRUE
        found += condition.operands if isinstance(condition, t.Or) else [condition]
    left = tuple(dict.fromkeys(condition for condition in found if not _is(condition, False)))
    return FALSE if not left else left[0] if len(left) == 1 else t.Or(left)


def opposite(condition: t.Expr) -> t.Expr:
    """The negation; a comparison turns around, for in three-valued logic too `not a < b` is `a >= b`."""
    match condition:
        case t.Boolean(value=value):
            return FALSE if value else TRUE
        case t.Not(operand=operand):
            return operand
        case t.Compare(op=op):
            return evolve(condition, op=op.opposite, span=None)
        case _:
            return t.Not(condition)


def choice(condition: t.Expr, consequence: t.Expr, alternative: t.Expr) -> t.Expr:
    """The conditional, as a plain condition where a branch is decided."""
    if consequence == alternative:
        return consequence
    match consequence, alternative:
        case t.Boolean(True), _:
            return any_of([condition, alternative])
        case t.Boolean(False), _:
            return all_of([opposite(condition), alternative])
        case _, t.Boolean(True):
            return any_of([opposite(condition), consequence])
        case _, t.Boolean(False):
            return all_of([condition, consequence])
        case _:
            return t.If(condition, consequence, alternative)


def at_least(minimum: int, conditions: Sequence[t.Expr]) -> t.Expr:
    """That `minimum` or more of the conditions are true."""
    needed = minimum - sum(_is(condition, True) for condition in conditions)
    undecided = [condition for condition in conditions if not isinstance(condition, t.Boolean)]
    if needed <= 0:
        return TRUE
    if needed > len(undecided):
        return FALSE
    if needed == 1:
        return any_of(undecided)
    if needed == len(undecided):
        return all_of(undecided)
    return t.Compare(t.CompareOp.GE, t.Call(t.Function.COUNT_TRUE, tuple(undecided)), t.Number(Fraction(needed)))


class Conditions:
    """Truth as a condition that is left to be decided: the logic of groups over expressions."""

    def negation(self, truth: t.Expr) -> t.Expr:
        """Not."""
        return opposite(truth)

    def all_of(self, *truths: t.Expr) -> t.Expr:
        """And."""
        return all_of(truths)

    def any_of(self, *truths: t.Expr) -> t.Expr:
        """Or."""
        return any_of(truths)

    def at_least(self, minimum: int, *truths: t.Expr) -> t.Expr:
        """That `minimum` or more are true."""
        return at_least(minimum, truths)


CONDITIONS: Final = Conditions()
