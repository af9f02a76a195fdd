"""The integer program of a criteria set, or of successive sets: a step for every clause and group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import cast

from attrs import evolve, field

from ncriteria.evaluation.lowering import LoweredClause, LoweredSet
from ncriteria.evaluation.program.forms import Form, TruthForm
from ncriteria.evaluation.program.integers import Integers
from ncriteria.evaluation.program.logic import all_of, any_of, is_simple, opposite, settled
from ncriteria.evaluation.program.tree import TRUE, UNKNOWN, Condition, InYears, Named, NoIntegerForm
from ncriteria.evaluation.statuses import Judged, Status, groups_around, judge_member, satisfied
from ncriteria.language.tree import Expr
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import judged_members, path_of_scale
from ncriteria.sets.model import WHOLE_SET, Clause, Group, Years
from ncriteria.sets.structure import references

_LOGIC = Integers({}, {}, {}, {}, {}, limited=False)


@frozen
class Epoch:
    """A lowered set, and the assessment years that it holds for; `years` is `None` where the year was asked before."""

    lowered: LoweredSet
    years: Years | None = None


@frozen
class MemberForm:
    """One clause or group, or the whole set: whether it is there at all, whether it applies, whether it holds.

    `condition` is its own `applies_when`. Where `undefined` is true a rule that is needed has no value, so there is no
    verdict.
    """

    path: str
    present: Condition
    status: Status[Condition]
    condition: Condition
    undefined: Condition


@frozen
class Program:
    """Steps in the order in which they rest on each other, the whole set last.

    `opaque` has the names of the conditions that have no integer form, with the reason; each stands in its step as the
    condition named `name_by_rows`. `ungraded` is true where a scale gives no grade, so that there is no verdict.
    """

    epochs: tuple[Epoch, ...]
    steps: tuple[MemberForm, ...]
    opaque: Mapping[str, str]
    ungraded: Condition


def applies_name(path: str) -> str:
    """The name of the condition that the member at `path` applies."""
    return f"{path}:applies"


def holds_name(path: str) -> str:
    """The name of the condition that the member at `path` holds where it applies."""
    return f"{path}:holds"


def name_by_rows(name: str) -> str:
    """The name of the condition `name` as it is evaluated row by row."""
    return f"{name}:rows"


Refusal = Callable[[Condition], "str | None"]
"""Why a condition that a rule gives rise to has to be evaluated row by row; `None` where it has not."""


def program_of(epochs: Sequence[Epoch], scales: Mapping[str, int], refusal: Refusal = lambda _: None) -> Program:
    """The program of lowered sets, one for each span of years; `scales` makes the values of facts whole.

    A rule that `refusal` refuses is left to be evaluated row by row, and only that rule.
    """
    run = _Assembling(tuple(epochs), scales, refusal)
    for path in _order(epochs):
        run.steps[path] = _step(run, path)
    run.steps[WHOLE_SET] = _step(run, WHOLE_SET)
    steps = tuple(evolve(step, undefined=_needed(run, step)) for step in run.steps.values())
    return Program(run.epochs, steps, run.opaque, _ungraded(run))


def _order(epochs: Sequence[Epoch]) -> Sequence[str]:
    """Every path after those that its verdict rests on in any of the sets.

    Where one set refers from a clause to another and a second set refers back, there is no such order; members then
    still come before their groups, and a rule that refers ahead has no integer form.
    """
    if len(epochs) == 1:
        return epochs[0].lowered.order
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for epoch in epochs:
        for member in judged_members(epoch.lowered.criteria):
            sorter.add(member.path, *references(member, epoch.lowered.criteria.years))
    try:
        return tuple(sorter.static_order())
    except CycleError:
        paths = dict.fromkeys(path for epoch in epochs for path in epoch.lowered.order)
        return sorted(paths, key=lambda path: -path.count("/"))


def _needed(run: _Assembling, step: MemberForm) -> Condition:
    """Where a rule has no value and every group around it applies, so that this is an error."""
    around = [run.steps[outer].condition for outer in groups_around(step.path)]
    return all_of([step.undefined, *(settled(condition) for condition in around)])


def _ungraded(run: _Assembling) -> Condition:
    """Where something that has grades certainly applies, and none of them can be given."""
    found = []
    for path in dict.fromkeys(path for epoch in run.epochs for path in epoch.lowered.scales):
        scale = path_of_scale(path)
        applies, holds = cast("TruthForm", run.named[path].applies), cast("TruthForm", run.named[scale].holds)
        conditions = (settled(applies.truth), settled(opposite(holds.truth)))
        found.append(all_of([run.steps[scale].present, *conditions]))
    return any_of(found)


@frozen
class _Assembling:
    """One assembling: the steps so far by path, and what others may name of them."""

    epochs: tuple[Epoch, ...]
    scales: Mapping[str, int]
    refusal: Refusal
    steps: dict[str, MemberForm] = field(factory=dict)
    named: dict[str, Judged[Form]] = field(factory=dict)
    met: dict[str, Form] = field(factory=dict)
    opaque: dict[str, str] = field(factory=dict)


@frozen
class _EpochMember:
    """What one epoch says of a member."""

    years: Condition
    status: Status[Condition]
    condition: Condition
    undefined: Condition


def _step(run: _Assembling, path: str) -> MemberForm:
    members = ((epoch, epoch.lowered.members.get(path)) for epoch in run.epochs)
    parts = [_part(run, epoch, member) for epoch, member in members if member is not None]
    present = any_of([part.years for part in parts])
    step = MemberForm(
        path,
        present,
        Status(
            _over(parts, [part.status.applies for part in parts]), _over(parts, [part.status.holds for part in parts])
        ),
        _over(parts, [part.condition for part in parts]),
        any_of([all_of([part.years, part.undefined]) for part in parts]),
    )
    status: Status[Form] = Status(
        _named(applies_name(path), step.status.applies), _named(holds_name(path), step.status.holds)
    )
    run.named[path] = Judged(status.applies, status.holds, TruthForm(step.condition), TruthForm(step.undefined))
    run.met[path] = satisfied(_LOGIC, status)
    return step


def _named(name: str, condition: Condition) -> TruthForm:
    return TruthForm(condition if is_simple(condition) else Named(name))


def _over(parts: list[_EpochMember], conditions: list[Condition]) -> Condition:
    """The condition of each span of years in those years."""
    if len(parts) == 1:
        return conditions[0]
    return any_of([all_of([part.years, condition]) for part, condition in zip(parts, conditions, strict=True)])


def _part(run: _Assembling, epoch: Epoch, member: Clause | Group) -> _EpochMember:
    criteria, lowered = epoch.lowered.criteria, epoch.lowered
    of = Integers(criteria.facts, criteria.parameters, lowered.parameters, run.scales, run.met)
    rules = _named_rules(member.path, lowered.clauses.get(member.path))
    judged = judge_member(
        _LOGIC, member, rules, lambda rule: _form(run, of, rule), lambda _: TruthForm(UNKNOWN), run.named
    )
    applies, holds, condition, undefined = (
        cast("TruthForm", form).truth for form in (judged.applies, judged.holds, judged.condition, judged.undefined)
    )
    return _EpochMember(years_of_epoch(epoch), Status(applies, holds), condition, undefined)


def years_of_epoch(epoch: Epoch) -> Condition:
    """That a record is of the years of the epoch."""
    return TRUE if epoch.years is None else InYears(epoch.years.first, epoch.years.last)


_NamedRule = tuple[str, Expr]


def _named_rules(path: str, rules: LoweredClause[Expr] | None) -> LoweredClause[_NamedRule] | None:
    if rules is None:
        return None
    rule, applies_when = rules.rule, rules.applies_when
    return LoweredClause(
        None if rule is None else (holds_name(path), rule),
        None if applies_when is None else (applies_name(path), applies_when),
    )


def _form(run: _Assembling, of: Integers, rule: _NamedRule) -> Form:
    name, expr = rule
    try:
        form = of.condition_of(expr)
        for part in _LOGIC.settled(form):
            reason = run.refusal(part.truth) if isinstance(part, TruthForm) else None
            if reason is not None:
                raise NoIntegerForm(reason)
        return form
    except NoIntegerForm as found:
        run.opaque[name] = found.reason
        return TruthForm(Named(name_by_rows(name)))
