"""Edits of a whole set, one at a time, and whether its embedded tests notice each of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, field

from ncriteria.analysis.cases import scalar
from ncriteria.analysis.rule_testing.conditions import place_of
from ncriteria.analysis.rule_testing.mutation.edits import Direction, becomes, is_dropped, numbers_beside, rule_edits
from ncriteria.analysis.slicing import Member, dependents, sliced, with_member
from ncriteria.errors import TextPlace
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.language.printer import show
from ncriteria.language.queries import earlier_terms, walk
from ncriteria.language.tree import Expr, Parameter
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import graded_path, is_grade, with_condition, written_members
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import (
    Combination,
    CriteriaSet,
    DatedValue,
    EmbeddedTest,
    FactType,
    Group,
    ParameterDeclaration,
    ParameterValue,
)
from ncriteria.sets.structure import expressions
from ncriteria.words import phrase


@frozen
class Edit:
    """One small edit of a set: what was changed, and the set that comes of it.

    `path` is the clause or group that was edited, or the name of the parameter. `before` and `after` are the rule, the
    group or the value. `direction` is known only where the form of the edit shows it, and holds for the clause itself.
    `same_because` says why an edit changes nothing, where the declarations alone show it.
    """

    path: str
    role: str
    what: str
    before: str
    after: str
    criteria: CriteriaSet = field(repr=False)
    direction: Direction | None = None
    same_because: str | None = None
    place: TextPlace | None = field(default=None, eq=False, repr=False)

    @property
    def paths(self) -> tuple[str, ...]:
        """The clauses whose own verdict the edit may change: one, or for a parameter those whose rules use it."""
        if self.role != "parameter":
            return (self.path,)
        return tuple(member.path for member in written_members(self.criteria) if self.path in parameters_of(member))


def parameters_of(*members: Member) -> frozenset[str]:
    """The names of the parameters that the rules of `members` use."""
    nodes = (node for member in members for _, expr in expressions(member) for node in walk(expr))
    return frozenset(node.name for node in nodes if isinstance(node, Parameter))


def edits_of(located: LocatedSet) -> Iterator[Edit]:
    """Every small edit of a set: of the values of its parameters, of its rules, groups and grades."""
    for parameter in located.criteria.parameters.values():
        yield from _parameter_edits(located.criteria, parameter)
    for member in located.criteria.members():
        for role, expr in expressions(member):
            yield from _rule_edits(located, member, role, expr)
        yield from _removals(located, member)
        if isinstance(member, Group):
            yield from _group_edits(located.criteria, member)
    for grade in written_members(located.criteria):
        if is_grade(grade.path):
            yield from _grade_edits(located, grade)


def _grade_edits(located: LocatedSet, grade: Member) -> Iterator[Edit]:
    """Edits of the condition of a grade; which way they turn a grade, those before it decide too."""
    for _, expr in expressions(grade):
        for edit in rule_edits(located.criteria, expr):
            edited = with_condition(located.criteria, grade.path, edit.rule)
            place = place_of(located, grade, "rule", edit.span)
            before, after = show(expr), show(edit.rule)
            yield Edit(grade.path, "when", edit.what, before, after, edited, None, edit.same_because, place)


def _rule_edits(located: LocatedSet, member: Member, role: str, expr: Expr) -> Iterator[Edit]:
    for edit in rule_edits(located.criteria, expr):
        changed = _with_rule(member, role, edit.rule)
        if _is_valid(changed):
            criteria = _with(located.criteria, changed)
            place = place_of(located, member, role, edit.span)
            direction = None if role == "applies_when" else edit.direction
            yield Edit(
                path=member.path,
                role=role,
                what=edit.what,
                before=show(expr),
                after=show(edit.rule),
                criteria=criteria,
                direction=direction,
                same_because=edit.same_because,
                place=place,
            )


def _with_rule(member: Member, role: str, expr: Expr | None) -> Member:
    if role == "applies_when" or isinstance(member, Group):
        return evolve(member, applies_when=expr)
    return evolve(member, rule=expr) if role == "rule" else evolve(member, zero_base=expr)


def _is_valid(member: Member) -> bool:
    """Whether a rule with `when_zero_base` still has its one earlier-year value."""
    if isinstance(member, Group) or member.zero_base is None or member.rule is None:
        return True
    return len(earlier_terms(member.rule)) == 1


def _with(criteria: CriteriaSet, changed: Member) -> CriteriaSet:
    return with_member(criteria, changed.path, lambda _: changed)


def _removals(located: LocatedSet, member: Member) -> Iterator[Edit]:
    """The member without its condition of application, and without what holds for a base of zero."""
    for role, expr in expressions(member):
        if role != "rule":
            criteria = _with(located.criteria, _with_rule(member, role, None))
            place = place_of(located, member, role, None)
            yield Edit(member.path, role, is_dropped(role), show(expr), "", criteria, None, None, place)


_COMBINED_WITH = {Combination.ALL: Combination.ANY, Combination.ANY: Combination.ALL}
_DIRECTIONS = {Combination.ALL: Direction.LOOSER, Combination.ANY: Direction.STRICTER}


def _group_edits(criteria: CriteriaSet, group: Group) -> Iterator[Edit]:
    if len(group.members) == 1:
        return
    other = _COMBINED_WITH.get(group.combination)
    direction = _DIRECTIONS.get(group.combination)
    if other is not None:
        what = becomes(group.combination.value, other.value)
        yield _of_group(criteria, group, what, evolve(group, combination=other), direction)
    if group.minimum is not None:
        for minimum in (group.minimum - 1, group.minimum + 1):
            if 1 <= minimum <= len(group.members):
                turned = Direction.LOOSER if minimum < group.minimum else Direction.STRICTER
                what = becomes(f"n: {group.minimum}", f"n: {minimum}")
                yield _of_group(criteria, group, what, evolve(group, minimum=minimum), turned)
        counts = not group.counts_not_applicable
        key = "not_applicable: counts"
        what = phrase("`{part}` is added", part=key) if counts else is_dropped(key)
        yield _of_group(criteria, group, what, evolve(group, counts_not_applicable=counts), None)
    if group.minimum is None or group.minimum < len(group.members):
        for member in group.members:
            yield _without_member(criteria, group, member, direction)


def _of_group(criteria: CriteriaSet, group: Group, what: str, changed: Group, direction: Direction | None) -> Edit:
    after = _group_words(changed)
    edited = _with(criteria, changed)
    return Edit(group.path, "group", what, _group_words(group), after, edited, direction, None, group.place)


def _without_member(criteria: CriteriaSet, group: Group, member: Member, direction: Direction | None) -> Edit:
    """The group without one of its members, which is still judged, by itself."""
    changed = evolve(group, members=tuple(one for one in group.members if one is not member))
    edit = _of_group(criteria, group, phrase('"{clause}" does not count', clause=member.path), changed, direction)
    alone = evolve(edit.criteria, clauses=(*edit.criteria.clauses, member))
    return evolve(edit, criteria=alone, place=member.place)


def _group_words(group: Group) -> str:
    names = ", ".join(member.path.removeprefix(f"{group.path}/") for member in group.members)
    counted = f" {group.minimum}" if group.minimum is not None else ""
    return f"{group.combination.value}{counted} of {names}"


def _parameter_edits(criteria: CriteriaSet, parameter: ParameterDeclaration) -> Iterator[Edit]:
    used = any(parameter.name in parameters_of(member) for member in written_members(criteria))
    for index, dated in enumerate(parameter.values):
        for value in _other_values(parameter, dated.value):
            values = list(parameter.values)
            values[index] = DatedValue(dated.since, value)
            changed = evolve(parameter, values=tuple(values))
            edited = evolve(criteria, parameters={**criteria.parameters, parameter.name: changed})
            before, after = value_text(parameter, dated.value), value_text(parameter, value)
            what, name = becomes(before, after), parameter.name
            reason = None if used else phrase("no rule uses `param.{name}`", name=name)
            yield Edit(name, "parameter", what, before, after, edited, None, reason, parameter.place)


def _other_values(parameter: ParameterDeclaration, value: ParameterValue) -> Iterator[ParameterValue]:
    """The values one step away from a number or a day; all others of an enumeration or a truth."""
    match value:
        case bool():
            yield not value
        case Fraction():
            yield from numbers_beside(value, percent=parameter.percent)
        case datetime.date():
            yield from (value - datetime.timedelta(1), value + datetime.timedelta(1))
        case _ if parameter.type is FactType.BOOLEAN:
            yield from (True, False)
        case _:
            yield from (option for option in parameter.options if option != value)


def value_text(parameter: ParameterDeclaration, value: ParameterValue) -> str:
    """The text of a parameter's value, a percentage where it was written as one."""
    if parameter.percent and isinstance(value, Fraction):
        return f"{scalar(value * 100)}%"
    return scalar(value)


def noticed_by(criteria: CriteriaSet, edit: Edit) -> EmbeddedTest | None:
    """The first embedded test of `criteria` that fails once the edit is made; `None` where none does."""
    direct = frozenset(map(graded_path, edit.paths))
    touched = dependents(criteria, direct)
    name = edit.path if edit.role == "parameter" else None
    tests = [test for test in criteria.all_tests if name not in test.parameters and _may_notice(test, touched)]
    # Those that expect a verdict of the edited clause itself are the likeliest to notice.
    for test in sorted(tests, key=lambda test: not direct.intersection((*test.expect, *test.grades))):
        if not _passes(edit.criteria, test):
            return test
    return None


def _may_notice(test: EmbeddedTest, touched: frozenset[str]) -> bool:
    return _looks_at_the_whole_set(test) or not touched.isdisjoint(test.expect)


def _looks_at_the_whole_set(test: EmbeddedTest) -> bool:
    """Whether a test expects more than verdicts of some clauses: a part of a set has no grades."""
    return bool(test.grades) or (len(test.expect) != 1 and (test.missing is not None or test.residual is not None))


def _passes(criteria: CriteriaSet, test: EmbeddedTest) -> bool:
    looked_at = criteria if _looks_at_the_whole_set(test) else sliced(criteria, test.expect)
    (outcome,) = run_tests(evolve(looked_at, tests=(test,), inherited=()))
    return outcome.passed
