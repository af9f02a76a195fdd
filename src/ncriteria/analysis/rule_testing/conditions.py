"""The conditions of a set's rules, and how a traced rule answers them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from typing import Final

from attrs import field

from ncriteria.analysis.rule_testing.routes import Route, period_at
from ncriteria.errors import TextPlace
from ncriteria.evaluation.lowering import resolve
from ncriteria.evaluation.records.tracing import Step
from ncriteria.language import tree as t
from ncriteria.language.queries import earlier_terms, parts
from ncriteria.language.source import Span
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import graded, path_of_grade, written_members
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import Clause, CriteriaSet, FactType, Group
from ncriteria.sets.structure import expressions

BASE: Final[Route] = (-1,)
"""The route of the comparison that `when_zero_base` stands for: that the earlier-year value is 0."""

WHEN: Final = "when"
"""The key of the condition of a grade."""


@frozen
class Condition:
    """One comparison of a rule, or one fact or reference that is a truth by itself.

    `path` is the clause, `role` the key that the rule stands under, `route` the place inside it. `expr` is the
    condition as it is written.
    """

    path: str
    role: str
    route: Route
    expr: t.Expr = field(eq=False)
    place: TextPlace | None = field(default=None, eq=False, repr=False)


def conditions(located: LocatedSet) -> tuple[Condition, ...]:
    """Every condition of every rule of a set, in the order of its clauses."""
    return tuple(one for member in located.criteria.members() for one in conditions_of_member(located, member))


def conditions_of_grades(criteria: CriteriaSet) -> tuple[Condition, ...]:
    """The whole condition of each grade, in the order of the file."""
    return tuple(
        Condition(path_of_grade(path, one.id), WHEN, (), one.when, one.place)
        for path, scale in graded(criteria).items()
        for one in scale
    )


def conditions_of_member(located: LocatedSet, member: Clause | Group) -> Iterator[Condition]:
    """Every condition of the rules of a clause, a group, or a grade as a clause."""
    for role, expr in expressions(member):
        if role == "when_zero_base" and isinstance(member, Clause) and member.rule is not None:
            (term,) = earlier_terms(member.rule)
            base = t.Compare(t.CompareOp.EQ, term, t.Number(Fraction(0)))
            yield Condition(member.path, role, BASE, base, place_of(located, member, role, None))
        for route, part in _conditions(located.criteria, expr, ()):
            yield Condition(member.path, role, route, part, place_of(located, member, role, part.span))


def place_of(located: LocatedSet, member: Clause | Group, role: str, span: Span | None) -> TextPlace | None:
    """Where a part of an expression stands; the place of the clause where that is not known."""
    locate = located.places.get((member.path, role))
    return member.place if locate is None else locate(span or Span(0, 1))


def _conditions(criteria: CriteriaSet, expr: t.Expr, route: Route) -> Iterator[tuple[Route, t.Expr]]:
    if is_condition(criteria, expr):
        yield route, expr
    for index, part in enumerate(parts(expr)):
        # A truth that is compared is a value there, as is one that `known` asks about.
        compared = isinstance(expr, (t.Compare, t.InSet, t.Known)) and not parts(part)
        if not compared:
            yield from _conditions(criteria, part, (*route, index))


def is_condition(criteria: CriteriaSet, expr: t.Expr) -> bool:
    """Whether `expr` is a truth that no other truth is part of, those inside its numbers apart."""
    match expr:
        case t.Compare() | t.InRange() | t.InSet() | t.Decreasing() | t.Known() | t.Met() | t.MetYears():
            return True
        case t.FactRef(name=name):
            return criteria.facts[name].type is FactType.BOOLEAN
        case t.Parameter(name=name):
            return criteria.parameters[name].type is FactType.BOOLEAN
        case _:
            return False


See = Callable[[str, Route, t.Expr, Step], None]
"""Takes a part of a rule: its role, its route, the part as it is written, and its step."""


def answers(member: Clause | Group, rule: Step | None, applies_when: Step | None, see: See) -> None:
    """Show `see` every part of the rules of `member` that counts in a judgement, with its traced value.

    Of a conditional whose condition is known only the branch that is chosen counts; of a rule with `when_zero_base`
    only the one that holds for the base.
    """
    if applies_when is not None and member.applies_when is not None:
        _follow(member.applies_when, applies_when, (), partial(see, "applies_when"))
    if rule is None or not isinstance(member, Clause) or member.rule is None:
        return

    if member.zero_base is None:
        _follow(member.rule, rule, (), partial(see, "rule"))
        return
    base, zero_base, plain = rule.parts
    see("when_zero_base", BASE, base.expr, base)
    if base.value is not False:
        _follow(member.zero_base, zero_base, (), partial(see, "when_zero_base"))
    if base.value is not True:
        _follow(member.rule, plain, (), partial(see, "rule"))


def _follow(expr: t.Expr, step: Step, route: Route, see: Callable[[Route, t.Expr, Step], None]) -> None:
    """Walk a rule as written and its trace, in which period forms are written out, side by side."""
    see(route, expr, step)
    match expr:
        case t.Earlier(operand=operand):
            _follow(operand, step, (*route, 0), see)
        case t.SumYears(operand=operand):
            for term in step.parts:
                _follow(operand, term, (*route, 0), see)
        case t.Decreasing(operand=operand):
            for fall in falls(step):
                for side in fall.parts:
                    _follow(operand, side, (*route, 0), see)
        case t.If():
            truth = step.parts[0].value
            for index in (0, 1, 2) if not isinstance(truth, bool) else (0, 1) if truth else (0, 2):
                _follow(parts(expr)[index], step.parts[index], (*route, index), see)
        case _:
            for index, part in enumerate(parts(expr)):
                _follow(part, step.parts[index], (*route, index), see)


def falls(step: Step) -> tuple[Step, ...]:
    """The comparisons that a traced `decreasing` is made of."""
    return (step,) if isinstance(step.expr, t.Compare) else step.parts


def lowered_condition(criteria: CriteriaSet, condition: Condition) -> t.Expr:
    """The condition with its period forms written out."""
    return resolve(condition.expr, period_of(criteria, condition), criteria.years.first)


def period_of(criteria: CriteriaSet, condition: Condition) -> t.Period:
    """The period that the condition is taken from, by the period forms around it."""
    if condition.route == BASE:
        return t.THIS_YEAR
    member = next(member for member in written_members(criteria) if member.path == condition.path)
    return period_at(dict(expressions(member))[condition.role], condition.route)
