"""Conditions on one fact that together are never or always true, though each of them can come out either way."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ncriteria.analysis.rule_testing.conditions import place_of
from ncriteria.analysis.telling.boundaries import is_possible, nothing_known
from ncriteria.errors import Problem
from ncriteria.evaluation.records.tracing import trace
from ncriteria.language import tree as t
from ncriteria.language.meaning import Leaf
from ncriteria.language.printer import show
from ncriteria.language.queries import ends_of_range, parts, walk
from ncriteria.language.values import Value
from ncriteria.sets.grades.scales import written_members
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import Clause, CriteriaSet, FactDeclaration, FactType, FactValue, Group
from ncriteria.sets.structure import expressions
from ncriteria.words import Phrase, phrase

_OR = phrase("write `or` where one of them is enough, or correct a value")
_AND = phrase("write `and` where both must hold, or correct a value")
_RANGE = phrase("let an end in, with `[` or `]`, or correct it")


def decided_together(located: LocatedSet) -> Iterator[Problem]:
    """A warning of what is never or always true of one fact, and of each division by what is always 0."""
    for member in written_members(located.criteria):
        for role, expr in expressions(member):
            for part in walk(expr):
                found = _of_part(located.criteria, part)
                if found is not None:
                    message, hint = found
                    yield _problem(located, member, role, part, message, hint)


def fact_of_contradiction(criteria: CriteriaSet, conditions: Sequence[t.Expr]) -> t.FactKey | None:
    """The fact no value of which makes all of some conditions hold, each of which can hold and fail by itself."""
    return _fact_decided(criteria, conditions, all)


def _problem(
    located: LocatedSet, member: Clause | Group, role: str, part: t.Expr, reason: Phrase, hint: Phrase
) -> Problem:
    message = phrase(
        '`{part}` in the {role} of "{path}" {reason}', part=show(part), role=role, path=member.path, reason=reason
    )
    return Problem("NC136", message, place_of(located, member, role, part.span), hint)


def _of_part(criteria: CriteriaSet, part: t.Expr) -> tuple[Phrase, Phrase] | None:
    """What is told of a part of a rule, and the hint."""
    match part:
        case t.Arithmetic(op=t.ArithmeticOp.DIV, right=right) if _constant(criteria, right) == 0:
            return phrase("has no value: it divides by 0"), phrase("correct the divisor")
        case t.InRange():
            if _fact_decided(criteria, ends_of_range(part), all) is None:
                return None
            return phrase("is never true: no value with the declared decimals lies in it"), _RANGE
        case t.And(operands=operands) | t.Call(function=t.Function.ALL, arguments=operands):
            if (fact := _fact_decided(criteria, operands, all)) is None:
                return None
            return phrase("is never true: no value of `{fact}` makes all of it hold", fact=fact), _OR
        case t.Or(operands=operands) | t.Call(function=t.Function.ANY, arguments=operands):
            if (fact := _fact_decided(criteria, operands, any)) is None:
                return None
            return phrase("is always true: every value of `{fact}` makes one part of it hold", fact=fact), _AND
        case _:
            return None


def _fact_decided(
    criteria: CriteriaSet, operands: Sequence[t.Expr], holds: Callable[[Sequence[bool]], bool]
) -> t.FactKey | None:
    """The fact on which some of the operands are never all true, or one of them always, and none so by itself."""
    by_fact: dict[t.FactKey, list[t.Expr]] = {}
    for operand in operands:
        fact = _only_fact(criteria, operand)
        if fact is not None:
            by_fact.setdefault(fact, []).append(operand)
    for fact, group in by_fact.items():
        if len(group) > 1:
            limits = [limit for operand in group for limit in _limits(criteria, operand)]
            values = list(_values(criteria.facts[fact.name], limits))
            truths = [[_holds(criteria, operand, fact, value) for operand in group] for value in values]
            each_varies = all(len(set(outcomes)) > 1 for outcomes in zip(*truths, strict=True))
            if truths and each_varies and all(holds(row) is (holds is any) for row in truths):
                return fact
    return None


def _only_fact(criteria: CriteriaSet, expr: t.Expr) -> t.FactKey | None:
    """The fact of a condition that does nothing but compare it with constants."""
    match expr:
        case t.FactRef():
            return expr.key
        case t.Not(operand=operand):
            return _only_fact(criteria, operand)
        case t.Compare() | t.InRange() | t.InSet():
            sides = parts(expr)
            facts = {side.key for side in sides if isinstance(side, t.FactRef)}
            others = [side for side in sides if not isinstance(side, t.FactRef)]
            is_plain = len(facts) == 1 and all(_constant(criteria, side) is not None for side in others)
            return next(iter(facts)) if is_plain else None
        case t.And(operands=operands) | t.Or(operands=operands):
            found = {_only_fact(criteria, operand) for operand in operands}
            return next(iter(found)) if len(found) == 1 else None
        case _:
            return None


def _constant(criteria: CriteriaSet, expr: t.Expr) -> FactValue | None:
    """The value of an expression that looks at no fact and no parameter; `None` where it has none."""
    if any(isinstance(node, (t.FactRef, t.Parameter, t.Met, t.Within)) for node in walk(expr)):
        return None
    value = trace(expr, nothing_known(criteria)).value
    return value if isinstance(value, (Fraction, bool, str, datetime.date)) else None


def _limits(criteria: CriteriaSet, expr: t.Expr) -> Iterator[FactValue]:
    """The constants that a condition compares its fact with."""
    for node in walk(expr):
        if isinstance(node, (t.Compare, t.InRange, t.InSet)):
            yield from (value for side in parts(node) if (value := _constant(criteria, side)) is not None)


def _values(declared: FactDeclaration, limits: Sequence[FactValue]) -> Iterator[FactValue]:
    """Values of a fact on every side of the limits, among which conditions on it come out in every way they can."""
    match declared.type:
        case FactType.BOOLEAN:
            yield from (True, False)
        case FactType.ENUMERATION:
            yield from declared.options
        case FactType.DATE:
            days = {limit for limit in limits if isinstance(limit, datetime.date)}
            yield from sorted({day + datetime.timedelta(more) for day in days for more in (-1, 0, 1)})
        case FactType.COUNT | FactType.NUMBER:
            numbers = [limit for limit in limits if isinstance(limit, Fraction)]
            yield from (one for one in _numbers(declared, numbers) if is_possible(declared, one))


def _numbers(declared: FactDeclaration, limits: Sequence[Fraction]) -> Iterator[Fraction]:
    decimals = 0 if declared.type is FactType.COUNT else declared.decimals
    ends = sorted({*limits, *(end for end in (declared.minimum, declared.maximum) if end is not None)})
    if decimals is None:
        yield from (
            *ends,
            *((low + high) / 2 for low, high in pairwise(ends)),
            *(end + more for end in ends for more in (-1, 1)),
        )
        return
    step = Fraction(1, 10**decimals)
    yield from sorted({(end // step + more) * step for end in ends for more in (-1, 0, 1)})


def _holds(criteria: CriteriaSet, expr: t.Expr, fact: t.FactKey, value: FactValue) -> bool:
    others = nothing_known(criteria)

    def look_up(leaf: Leaf) -> Value:
        return value if isinstance(leaf, t.FactRef) and leaf.key == fact else others(leaf)

    return trace(expr, look_up).value is True
