"""Conditions put together without parts that are decided: what a residual is made of."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from ncriteria.language.tree import (
    And,
    Arithmetic,
    ArithmeticOp,
    Boolean,
    Call,
    Compare,
    CompareOp,
    Date,
    Expr,
    Function,
    If,
    Negate,
    Not,
    Number,
    Or,
    Text,
)

TRUE = Boolean(True)
FALSE = Boolean(False)


def constant(value: Fraction | bool | str | datetime.date) -> Expr:
    """The expression that has `value`, known exactly."""
    match value:
        case bool():
            return Boolean(value)
        case Fraction():
            return _number(value)
        case str():
            return Text(value)
        case _:
            return Date(value)


def _number(value: Fraction) -> Expr:
    if value < 0:
        return Negate(_number(-value))
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    if rest == 1:
        return Number(value)
    return Arithmetic(ArithmeticOp.DIV, Number(Fraction(value.numerator)), Number(Fraction(value.denominator)))


def all_of(conditions: Iterable[Expr]) -> Expr:
    """The conjunction, without what is true and without repetition."""
    found: list[Expr] = []
    for condition in conditions:
        if condition == FALSE:
            return FALSE
        found += condition.operands if isinstance(condition, And) else [condition]
    left = tuple(dict.fromkeys(condition for condition in found if condition != TRUE))
    return TRUE if not left else left[0] if len(left) == 1 else And(left)


def any_of(conditions: Iterable[Expr]) -> Expr:
    """The disjunction, without what is false and without repetition."""
    found: list[Expr] = []
    for condition in conditions:
        if condition == TRUE:
            return TRUE
        found += condition.operands if isinstance(condition, Or) else [condition]
    left = tuple(dict.fromkeys(condition for condition in found if condition != FALSE))
    return FALSE if not left else left[0] if len(left) == 1 else Or(left)


def opposite(condition: Expr) -> Expr:
    """The negation; a comparison turns around, for in three-valued logic too `not a < b` is `a >= b`."""
    match condition:
        case Boolean(value=value):
            return FALSE if value else TRUE
        case Not(operand=operand):
            return operand
        case Compare(op=op, left=left, right=right):
            return Compare(op.opposite, left, right)
        case _:
            return Not(condition)


def choice(condition: Expr, consequence: Expr, alternative: Expr) -> Expr:
    """The conditional, as a plain condition where a branch is decided."""
    if consequence == alternative:
        return consequence
    match consequence, alternative:
        case Boolean(True), _:
            return any_of([condition, alternative])
        case Boolean(False), _:
            return all_of([opposite(condition), alternative])
        case _, Boolean(True):
            return any_of([opposite(condition), consequence])
        case _, Boolean(False):
            return all_of([condition, consequence])
        case _:
            return If(condition, consequence, alternative)


def at_least(minimum: int, conditions: Sequence[Expr]) -> Expr:
    """That `minimum` or more of the conditions are true."""
    needed = minimum - sum(condition == TRUE for condition in conditions)
    undecided = [condition for condition in conditions if not isinstance(condition, Boolean)]
    if needed <= 0:
        return TRUE
    if needed > len(undecided):
        return FALSE
    if needed == 1:
        return any_of(undecided)
    if needed == len(undecided):
        return all_of(undecided)
    return Compare(CompareOp.GE, Call(Function.COUNT_TRUE, tuple(undecided)), Number(Fraction(needed)))


class Conditions:
    """Truth as a condition that is left to be decided: the logic of groups over expressions."""

    def negation(self, truth: Expr) -> Expr:
        """Not."""
        return opposite(truth)

    def all_of(self, *truths: Expr) -> Expr:
        """And."""
        return all_of(truths)

    def any_of(self, *truths: Expr) -> Expr:
        """Or."""
        return any_of(truths)

    def at_least(self, minimum: int, *truths: Expr) -> Expr:
        """That `minimum` or more are true."""
        return at_least(minimum, truths)


CONDITIONS: Final = Conditions()
