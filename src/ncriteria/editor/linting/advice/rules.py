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
from ncriteria.language.queries import fact_names, parts, walk
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
    """A finding for each product and quotient of figures, outermost first."""
    for where in _parts(located):
        part = where[2]
        if isinstance(part, t.Arithmetic) and _is_nonlinear(part):
            told = phrase("multiplies or divides figures by each other: proofs about it may stay open")
            is_product = part.op is t.ArithmeticOp.MUL
            yield _at(located, "NC156", where, told, _INSTEAD_OF_PRODUCT if is_product else _INSTEAD_OF_QUOTIENT)


def _is_nonlinear(part: t.Arithmetic) -> bool:
    match part.op:
        case t.ArithmeticOp.MUL:
            return bool(fact_names(part.left)) and bool(fact_names(part.right))
        case t.ArithmeticOp.DIV:
            return bool(fact_names(part.right))
        case _:
            return False
