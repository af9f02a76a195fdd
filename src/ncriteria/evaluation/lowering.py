"""From the rules as written to the rules of one assessment year: period forms, parameters and zero bases resolved.

What is left has facts with a period, constants, operations, and references to clauses and roll-ups. Every engine
starts from this form, so the meaning of these constructs is written here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Generic, TypeVar

from attrs import Factory, evolve, field

from ncriteria.errors import Problem
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.records.record import in_view
from ncriteria.language import tree as t
from ncriteria.language.queries import earlier_terms, facts_of, parts, walk, with_parts, years_of_verdict
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.grades.scales import graded, judged_members
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, Group, ParameterValue
from ncriteria.sets.structure import expressions, references, with_known_options
from ncriteria.sets.years.parameter_years import value_at
from ncriteria.words import phrase

R = TypeVar("R")
"""A form of a rule: an expression, or what an engine made of it."""


@frozen
class LoweredClause(Generic[R]):
    """The rule and the condition of application of one clause or group; `None` is always true.

    A clause that is not encoded has no rule either, so what it is must be asked of the clause.
    """

    rule: R | None
    applies_when: R | None

    @property
    def forms(self) -> list[R]:
        """The condition of application and the rule, as far as there are some."""
        return [one for one in (self.applies_when, self.rule) if one is not None]


def facts_in_view(rules: LoweredClause[t.Expr], year: int | None) -> dict[t.FactKey, None]:
    """The facts that a rule and its condition look at, as seen from a year."""
    return {t.FactKey.of(key.name, in_view(key.period, year)): None for expr in rules.forms for key in facts_of(expr)}


@frozen(eq=False)
class LoweredSet:
    """The lowered clauses of a set by path, and the values of its parameters, as they hold in `year`.

    `order` has every path after those that its verdict rests on. `members` has the clauses and groups in that order,
    and the whole set, as the group at `WHOLE_SET`, last. `fixed` has the facts that rules take from a fixed year alone,
    by their keys as seen from `year`. `paths` are those of the clauses and groups of the file,
    and `scales` the grades of what has some, by path. Where attestations decide some of the clauses, `by_rules` is the
    set in which nothing but its rules does.
    """

    criteria: CriteriaSet
    year: int | None
    clauses: Mapping[str, LoweredClause[t.Expr]]
    order: tuple[str, ...]
    parameters: Mapping[str, ParameterValue]
    by_rules: LoweredSet | None = field(default=None, repr=False)
    members: Mapping[str, Clause | Group] = field(
        init=False, repr=False, default=Factory(lambda self: _in_order(self.criteria, self.order), takes_self=True)
    )
    fixed: Mapping[t.FactKey, t.FactKey] = field(
        init=False, repr=False, default=Factory(lambda self: _fixed(self.criteria, self.year), takes_self=True)
    )

    scales: Mapping[str, tuple[Grade, ...]] = field(
        init=False, repr=False, default=Factory(lambda self: graded(self.criteria), takes_self=True)
    )

    paths: tuple[str, ...] = field(
        init=False,
        repr=False,
        default=Factory(lambda self: tuple(member.path for member in self.criteria.members()), takes_self=True),
    )

    @property
    def exprs(self) -> list[t.Expr]:
        """Every rule and condition of application."""
        return [expr for rules in self.clauses.values() for expr in rules.forms]

    def as_written(self, expr: t.Expr) -> t.Expr:
        """A part of a lowered rule, with facts of fixed years as the rules name them."""
        if isinstance(expr, t.FactRef):
            key = self.fixed.get(expr.key)
            return expr if key is None else evolve(expr, period=key.period)
        return with_parts(expr, [self.as_written(part) for part in parts(expr)]) if self.fixed else expr


def _in_order(criteria: CriteriaSet, order: tuple[str, ...]) -> dict[str, Clause | Group]:
    by_path = {member.path: member for member in judged_members(criteria)}
    return {**{path: by_path[path] for path in order}, WHOLE_SET: criteria.whole}


def _fixed(criteria: CriteriaSet, year: int | None) -> dict[t.FactKey, t.FactKey]:
    rules = [expr for member in judged_members(criteria) for _, expr in expressions(member)]
    written = dict.fromkeys(key for expr in rules for key in facts_of(expr))
    seen = {key: t.FactKey.of(key.name, in_view(key.period, year)) for key in written}
    moving = {key for key in written if isinstance(key.period, t.Ago)}
    return {view: key for key, view in seen.items() if view != key and view not in moving}


def lower(criteria: CriteriaSet, year: int | None, overrides: Mapping[str, ParameterValue] | None = None) -> LoweredSet:
    """`criteria` as it holds in the assessment `year`; `overrides` replaces values of parameters.

    Raises `EvaluationError` where the set does not hold in `year`, or needs a year and none is given.
    """
    if year is not None and year not in criteria.years:
        message = phrase(
            "{criteria} holds for the assessment years {years}, not for {year}",
            criteria=criteria.id,
            years=criteria.years,
            year=year,
        )
        raise EvaluationError(Problem("NC301", message))
    parameters = {**_parameters(criteria, year), **(overrides or {})}
    if year is None and names_its_year(criteria):
        hint = phrase("give `year=...`")
        raise EvaluationError(Problem("NC302", phrase("the rules ask for the `assessment_year`"), None, hint))
    clauses = _lowered(criteria, year)
    return LoweredSet(criteria, year, clauses, judging_order(criteria), parameters)


@frozen
class Readings:
    """A set as it holds in any year, with any values of its parameters; each such reading is lowered once."""

    criteria: CriteriaSet
    _lowered: dict[object, LoweredSet] = field(factory=dict, init=False, repr=False, eq=False)

    def of(self, year: int, overrides: Mapping[str, ParameterValue]) -> LoweredSet:
        """What `lower` gives."""
        reading = (year, *sorted(overrides.items(), key=lambda entry: entry[0]))
        if reading not in self._lowered:
            self._lowered[reading] = lower(self.criteria, year, overrides)
        return self._lowered[reading]


def lower_from(criteria: CriteriaSet, first: int) -> LoweredSet:
    """`criteria` with the parameters of the assessment year `first`; fixed years stay as they are.

    It holds for every year in which the parameters have the same values.
    """
    clauses = _lowered(criteria, None)
    return LoweredSet(criteria, None, clauses, judging_order(criteria), _parameters(criteria, first))


def judging_order(criteria: CriteriaSet) -> tuple[str, ...]:
    """Every path of the set, each after the members of its group and the clauses that its rules refer to."""
    members = {member.path: member for member in judged_members(criteria)}
    order: dict[str, None] = {}
    pending = [(path, False) for path in reversed(members)]
    while pending:
        path, entered = pending.pop()
        if entered:
            order[path] = None
        elif path not in order:
            pending.append((path, True))
            pending.extend((target, False) for target in references(members[path], criteria.years))
    return tuple(order)


def _parameters(criteria: CriteriaSet, year: int | None) -> dict[str, ParameterValue]:
    values = {}
    for name, declared in criteria.parameters.items():
        dated = value_at(declared, year)
        if dated is None:
            hint = phrase("give `year=...`")
            raise EvaluationError(
                Problem("NC302", phrase("the parameter `{name}` depends on the year", name=name), None, hint)
            )
        values[name] = dated.value
    return values


def _lowered(criteria: CriteriaSet, year: int | None) -> dict[str, LoweredClause[t.Expr]]:
    return {member.path: _lowered_member(member, year) for member in judged_members(with_known_options(criteria))}


def _lowered_member(member: Clause | Group, year: int | None) -> LoweredClause[t.Expr]:
    def resolved(expr: t.Expr | None) -> t.Expr | None:
        return None if expr is None else resolve(expr, t.THIS_YEAR, year)

    rule = resolved(effective_rule(member)) if isinstance(member, Clause) else None
    return LoweredClause(rule, resolved(member.applies_when))


def _assessment_year(expr: t.AssessmentYear, period: t.Period, year: int | None) -> t.Expr:
    """The year of `period`, as a number where it is known."""
    match period:
        case t.InYear(year=fixed):
            return t.Number(Fraction(fixed), span=expr.span)
        case t.Ago(years=back) if year is not None:
            return t.Number(Fraction(year - back), span=expr.span)
        case t.Ago(years=0):
            return expr
        case t.Ago(years=back):
            return t.Arithmetic(t.ArithmeticOp.SUB, expr, t.Number(Fraction(back)), span=expr.span)


def names_its_year(criteria: CriteriaSet) -> bool:
    """Whether a rule of the set asks for the assessment year."""
    rules = (expr for member in judged_members(criteria) for _, expr in expressions(member))
    return any(isinstance(node, t.AssessmentYear) for expr in rules for node in walk(expr))


def effective_rule(clause: Clause) -> t.Expr | None:
    """The rule, with `when_zero_base` in its place where the earlier-year value is 0."""
    if clause.rule is None or clause.zero_base is None:
        return clause.rule
    (term,) = earlier_terms(clause.rule)
    return t.If(
        t.Compare(t.CompareOp.EQ, term, t.Number(Fraction(0))), clause.zero_base, clause.rule, span=clause.rule.span
    )


def resolve(expr: t.Expr, period: t.Period, year: int | None) -> t.Expr:
    """`expr` as it was in `period`, with the period forms written out as facts of that period."""
    match expr:
        case t.Number() | t.Boolean() | t.Text() | t.Date() | t.Parameter() | t.Met() | t.Within():
            return expr
        case t.AssessmentYear():
            return _assessment_year(expr, period, year)
        case t.FactRef(name=name, period=own) if t.is_verdict(name):
            return t.verdict_in(t.path_of_verdict(name), in_view(t.shift(own, period), year), expr.span)
        case t.MetYears(path=path, years=years):
            judged = [resolve(one, t.THIS_YEAR, year) for one in years_of_verdict(path, years, period)]
            return t.And(tuple(judged), span=expr.span)
        case t.FactRef(period=own):
            return evolve(expr, period=in_view(t.shift(own, period), year))
        case t.Earlier(operand=operand, period=own):
            return resolve(operand, t.shift(own, period), year)
        case t.SumYears(operand=operand, years=years):
            terms = tuple(resolve(operand, t.shift(t.Ago(back), period), year) for back in range(years))
            return t.Call(t.Function.SUM, terms, span=expr.span)
        case t.Decreasing(operand=operand, years=years):
            series = [resolve(operand, t.shift(t.Ago(back), period), year) for back in range(years)]
            falls = [t.Compare(t.CompareOp.LT, later, before, span=expr.span) for later, before in pairwise(series)]
            return falls[0] if len(falls) == 1 else t.And(tuple(falls), span=expr.span)
        case _:
            return with_parts(expr, [resolve(part, period, year) for part in parts(expr)])
