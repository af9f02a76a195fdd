"""Advice on rules: numerals, limits, branches, products."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ncriteria.analysis.lint.together import fact_of_contradiction
from ncriteria.analysis.rule_testing.conditions import place_of
from ncriteria.analysis.rule_testing.coverage import coverage_of
from ncriteria.errors import Problem
from ncriteria.language import tree as t
from ncriteria.language.printer import show
from ncriteria.language.queries import parts, walk
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import Clause, CriteriaSet, Group
from ncriteria.sets.structure import expressions
from ncriteria.words import Phrase, joined, phrase

_MOST_CONDITIONS: Final = 30
"""How many conditions are looked at together: the time grows with their square, and with each branch again."""
_INSTEAD_OF_PRODUCT: Final = phrase("compare sums and multiples where the text allows it")
_INSTEAD_OF_QUOTIENT: Final = phrase("where the text allows it, write `a <= 2 * b` in place of `a / b <= 2`")


def _parts(located: LocatedSet) -> Iterator[tuple[Clause | Group, str, t.Expr]]:
    for member in located.criteria.members():
        for role, expr in expressions(member):
            for part in walk(expr):
                yield member, role, part


def _at(
    located: LocatedSet, code: str, where: tuple[Clause | Group, str, t.Expr], told: Phrase, hint: Phrase | None
) -> Problem:
    member, role, part = where
    message = phrase(
        '`{part}` in the {role} of "{path}" {told}', part=show(part), role=role, path=member.path, told=told
    )
    return Problem(code, message, place_of(located, member, role, part.span), hint)


def untried_limits(located: LocatedSet) -> Iterator[Problem]:
    """A finding for each condition with a limit that no test tries on every side that can be."""
    from ncriteria.report.records.rule_testing import wanted_words

    for covered in coverage_of(located).conditions:
        condition = covered.condition
        untried = [wanted_words(goal, condition.expr) for goal in covered.missing if goal.side is not None]
        if untried and condition.place is not None:
            message = phrase(
                'no test tries `{part}` in the {role} of "{path}": {sides}',
                part=show(condition.expr),
                role=condition.role,
                path=condition.path,
                sides=joined(", ", untried),
            )
            yield Problem("NC152", message, condition.place, phrase("`ncriteria test --suggest` writes cases"))


def numerals_for_parameters(located: LocatedSet) -> Iterator[Problem]:
    """A finding for each percent and each broken number that stands in a rule."""
    for where in _parts(located):
        part = where[2]
        if isinstance(part, t.Number) and (part.percent or part.value.denominator != 1):
            told = phrase("is a value of the law that stands in a rule")
            yield _at(located, "NC154", where, told, phrase("make it a parameter, with its own citation and its years"))


def unreachable_branches(located: LocatedSet) -> Iterator[Problem]:
    """A finding for each condition that is asked again where its answer is known, and each choice between the same."""
    for member in located.criteria.members():
        for role, expr in expressions(member):
            for part, told in _decided_before(located.criteria, expr, ()):
                yield _at(located, "NC155", (member, role, part), told, phrase("leave it out, or correct it"))


def _decided_before(criteria: CriteriaSet, expr: t.Expr, here: tuple[t.Expr, ...]) -> Iterator[tuple[t.Expr, Phrase]]:
    """The parts of `expr`, with what is told of them, that are decided where all of `here` holds."""
    match expr:
        case t.If(condition=condition, consequence=consequence, alternative=alternative):
            then, otherwise = (*here, *_said_by(condition, True)), (*here, *_said_by(condition, False))
            if not _can_be(criteria, here, otherwise):
                yield condition, phrase("holds here: what stands under `else` is never reached")
            elif not _can_be(criteria, here, then):
                yield condition, phrase("does not hold here: what stands under `then` is never reached")
            elif consequence == alternative:
                yield expr, phrase("comes out the same either way")
            yield from _decided_before(criteria, condition, here)
            yield from _decided_before(criteria, consequence, then)
            yield from _decided_before(criteria, alternative, otherwise)
        case t.And(operands=operands) | t.Or(operands=operands):
            for index, operand in enumerate(operands):
                if operand in operands[:index]:
                    yield operand, phrase("stands there already")
                yield from _decided_before(criteria, operand, here)
        case _:
            for part in parts(expr):
                yield from _decided_before(criteria, part, here)


def _can_be(criteria: CriteriaSet, before: tuple[t.Expr, ...], after: tuple[t.Expr, ...]) -> bool:
    """Whether all of `after` can hold, as far as is seen; where `before` cannot, that is told already."""
    return not _is_contradiction(criteria, after) or _is_contradiction(criteria, before)


def _is_contradiction(criteria: CriteriaSet, conditions: tuple[t.Expr, ...]) -> bool:
    refused = {one.operand for one in conditions if isinstance(one, t.Not)}
    if not refused.isdisjoint(conditions):
        return True
    return len(conditions) <= _MOST_CONDITIONS and fact_of_contradiction(criteria, conditions) is not None


def _said_by(condition: t.Expr, truth: bool) -> tuple[t.Expr, ...]:
    """The conditions that all hold where `condition` is `truth`."""
    match condition:
        case t.Not(operand=operand):
            return _said_by(operand, not truth)
        case t.And(operands=operands) if truth:
            return tuple(one for operand in operands for one in _said_by(operand, truth))
        case t.Or(operands=operands) if not truth:
            return tuple(one for operand in operands for one in _said_by(operand, truth))
        case _:
            return (condition if truth else t.Not(operand=condition),)


def nonlinear_parts(located: LocatedSet) -> Iterator[Problem]:
    """A finding for each product and quotient of figures, outermost first, that does not multiply out to sums."""
    rates: list[t.Expr] = []
    for where in _parts(located):
        part = where[2]
        rates += _rates(part)
        if isinstance(part, t.Arithmetic) and _is_nonlinear(part) and not any(part is rate for rate in rates):
            told = phrase("multiplies or divides figures by each other: proofs about it may stay open")
            is_product = part.op is t.ArithmeticOp.MUL
            yield _at(located, "NC156", where, told, _INSTEAD_OF_PRODUCT if is_product else _INSTEAD_OF_QUOTIENT)


def _is_nonlinear(part: t.Arithmetic) -> bool:
    match part.op:
        case t.ArithmeticOp.MUL:
            return _has_figures(part.left) and _has_figures(part.right)
        case t.ArithmeticOp.DIV:
            return _has_figures(part.right)
        case _:
            return False


def _has_figures(expr: t.Expr) -> bool:
    """Whether a number is more than one of a few values once the parameters have theirs."""
    match expr:
        case t.FactRef():
            return True
        case t.ParameterBy():
            return False
        case t.If(consequence=consequence, alternative=alternative):
            return _has_figures(consequence) or _has_figures(alternative)
        case _:
            return any(map(_has_figures, parts(expr)))


def _rates(part: t.Expr) -> Iterator[t.Expr]:
    """The quotient of two sums of figures that is compared with limits alone, as in `a / b <= 2`."""
    match part:
        case t.Compare(left=left, right=right):
            sides: tuple[t.Expr, ...] = (left, right)
        case t.InRange(value=value, low=low, high=high):
            sides = (value, low, high)
        case _:
            return
    with_figures = [side for side in sides if _has_figures(side)]
    if len(with_figures) == 1:
        rate = _without_factors(with_figures[0])
        inner = (node for side in parts(rate) for node in walk(side))
        is_quotient = isinstance(rate, t.Arithmetic) and rate.op is t.ArithmeticOp.DIV
        if is_quotient and not any(isinstance(one, t.Arithmetic) and _is_nonlinear(one) for one in inner):
            yield rate


def _without_factors(expr: t.Expr) -> t.Expr:
    """What a limit is compared with, without factors that are no figures: `a / b` of `a / b * 100`."""
    match expr:
        case t.Arithmetic(op=t.ArithmeticOp.MUL | t.ArithmeticOp.DIV, left=left, right=right) if not _has_figures(
            right
        ):
            return _without_factors(left)
        case t.Arithmetic(op=t.ArithmeticOp.MUL, left=left, right=right) if not _has_figures(left):
            return _without_factors(right)
        case _:
            return expr
