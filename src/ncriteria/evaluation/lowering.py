"""From the rules as written to the rules of one assessment year: period forms, parameters and zero bases resolved.

What is left has facts with a period, constants, operations, and references to clauses and roll-ups. Every engine
starts from this form, so the meaning of these constructs is written here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from attrs import evolve, frozen

from ncriteria.errors import Problem
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.record import in_view
from ncriteria.language.queries import earlier_terms
from ncriteria.language.tree import (
    THIS_YEAR,
    Ago,
    And,
    Arithmetic,
    Boolean,
    Call,
    Coalesce,
    Compare,
    CompareOp,
    Date,
    Decreasing,
    Earlier,
    Expr,
    FactRef,
    Function,
    If,
    InRange,
    InSet,
    Known,
    Met,
    Negate,
    Not,
    Number,
    Or,
    Parameter,
    Period,
    ShareMet,
    SumYears,
    Text,
    shift,
)
from ncriteria.sets.declarations import value_at
from ncriteria.sets.model import Clause, CriteriaSet, Group, ParameterValue
from ncriteria.sets.validation import references


@frozen
class LoweredClause:
    """The rule and the condition of application of one clause or group; `None` is always true.

    A clause that is not encoded has no rule either, so what it is must be asked of the clause.
    """

    rule: Expr | None
    applies_when: Expr | None


@frozen
class LoweredSet:
    """The lowered clauses of a set by path, and the values of its parameters, as they hold in `year`.

    `order` has every path after those that its verdict rests on.
    """

    criteria: CriteriaSet
    year: int | None
    clauses: Mapping[str, LoweredClause]
    order: tuple[str, ...]
    parameters: Mapping[str, ParameterValue]


def lower(criteria: CriteriaSet, year: int | None, overrides: Mapping[str, ParameterValue] | None = None) -> LoweredSet:
    """`criteria` as it holds in the assessment `year`; `overrides` replaces values of parameters.

    Raises `EvaluationError` where the set does not hold in `year`, or needs a year and none is given.
    """
    if year is not None and year not in criteria.years:
        message = f"{criteria.id} holds for the assessment years {criteria.years}, not for {year}"
        raise EvaluationError(Problem("NC301", message))
    parameters = {**_parameters(criteria, year), **(overrides or {})}
    clauses = {member.path: _lowered(member, year) for member in criteria.members()}
    return LoweredSet(criteria, year, clauses, judging_order(criteria), parameters)


def lower_from(criteria: CriteriaSet, first: int) -> LoweredSet:
    """`criteria` with the parameters of the assessment year `first`; fixed years stay as they are.

    It holds for every year in which the parameters have the same values.
    """
    clauses = {member.path: _lowered(member, None) for member in criteria.members()}
    return LoweredSet(criteria, None, clauses, judging_order(criteria), _parameters(criteria, first))


def judging_order(criteria: CriteriaSet) -> tuple[str, ...]:
    """Every path of the set, each after the members of its group and the clauses that its rules refer to."""
    members = {member.path: member for member in criteria.members()}
    order: dict[str, None] = {}
    pending = [(path, False) for path in reversed(members)]
    while pending:
        path, entered = pending.pop()
        if entered:
            order[path] = None
        elif path not in order:
            pending.append((path, True))
            pending.extend((target, False) for target in references(members[path]))
    return tuple(order)


def _parameters(criteria: CriteriaSet, year: int | None) -> dict[str, ParameterValue]:
    values = {}
    for name, declared in criteria.parameters.items():
        dated = value_at(declared, year)
        if dated is None:
            hint = "give `year=...`"
            raise EvaluationError(Problem("NC302", f"the parameter `{name}` depends on the year", None, hint))
        values[name] = dated.value
    return values


def _lowered(member: Clause | Group, year: int | None) -> LoweredClause:
    def resolved(expr: Expr | None) -> Expr | None:
        return None if expr is None else resolve(expr, THIS_YEAR, year)

    rule = resolved(_effective_rule(member)) if isinstance(member, Clause) else None
    return LoweredClause(rule, resolved(member.applies_when))


def _effective_rule(clause: Clause) -> Expr | None:
    """The rule, with `when_zero_base` in its place where the earlier-year value is 0."""
    if clause.rule is None or clause.zero_base is None:
        return clause.rule
    (term,) = earlier_terms(clause.rule)
    return If(Compare(CompareOp.EQ, term, Number(Fraction(0))), clause.zero_base, clause.rule, span=clause.rule.span)


def resolve(expr: Expr, period: Period, year: int | None) -> Expr:
    """`expr` as it was in `period`, with the period forms written out as facts of that period."""

    def same(part: Expr) -> Expr:
        return resolve(part, period, year)

    match expr:
        case Number() | Boolean() | Text() | Date() | Parameter() | Met() | ShareMet():
            return expr
        case FactRef(period=own):
            return evolve(expr, period=in_view(shift(own, period), year))
        case Earlier(operand=operand, period=own):
            return resolve(operand, shift(own, period), year)
        case SumYears(operand=operand, years=years):
            terms = tuple(resolve(operand, shift(Ago(back), period), year) for back in range(years))
            return Call(Function.SUM, terms, span=expr.span)
        case Decreasing(operand=operand, years=years):
            series = [resolve(operand, shift(Ago(back), period), year) for back in range(years)]
            falls = [Compare(CompareOp.LT, later, before, span=expr.span) for later, before in pairwise(series)]
            return falls[0] if len(falls) == 1 else And(tuple(falls), span=expr.span)
        case _:
            return rebuilt(expr, same)


_Composite = Negate | Arithmetic | Compare | InRange | InSet | Not | And | Or | If | Call | Known | Coalesce


def rebuilt(expr: _Composite, part: Callable[[Expr], Expr]) -> Expr:
    """`expr` with every direct part replaced."""
    match expr:
        case Negate(operand=operand) | Not(operand=operand) | Known(operand=operand):
            return evolve(expr, operand=part(operand))
        case Arithmetic(left=left, right=right) | Compare(left=left, right=right):
            return evolve(expr, left=part(left), right=part(right))
        case And(operands=operands) | Or(operands=operands):
            return evolve(expr, operands=tuple(map(part, operands)))
        case InRange(value=value, low=low, high=high):
            return evolve(expr, value=part(value), low=part(low), high=part(high))
        case InSet(value=value, options=options):
            return evolve(expr, value=part(value), options=tuple(map(part, options)))
        case If(condition=condition, consequence=consequence, alternative=alternative):
            return evolve(expr, condition=part(condition), consequence=part(consequence), alternative=part(alternative))
        case Call(arguments=arguments):
            return evolve(expr, arguments=tuple(map(part, arguments)))
        case Coalesce(operand=operand, default=default):
            return evolve(expr, operand=part(operand), default=part(default))
        case _:
            assert_never(expr)
