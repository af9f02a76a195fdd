"""The integer program of a criteria set, or of successive sets: a step for every clause and group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from attrs import evolve, frozen

from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.program.building import Judged, condition_of
from ncriteria.evaluation.program.logic import Symbolic, all_of, any_of, is_simple, settled
from ncriteria.evaluation.program.scope import Scope
from ncriteria.evaluation.program.tree import TRUE, UNKNOWN, Condition, InYears, Named, NoIntegerForm
from ncriteria.evaluation.statuses import Status, group_status, satisfied
from ncriteria.language.tree import Expr
from ncriteria.sets.model import Clause, Combination, Group, Years
from ncriteria.sets.structure import references

_LOGIC = Symbolic()
WHOLE_SET = ""
"""The path of the step for the whole set."""


@frozen
class Epoch:
    """A lowered set, and the assessment years that it holds for; `years` is `None` where the year was asked before."""

    lowered: LoweredSet
    years: Years | None = None


@frozen
class Step:
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
    condition named `name_by_rows`.
    """

    epochs: tuple[Epoch, ...]
    steps: tuple[Step, ...]
    opaque: Mapping[str, str]


def applies_name(path: str) -> str:
    """The name of the condition that the member at `path` applies."""
    return f"{path}:applies"


def holds_name(path: str) -> str:
    """The name of the condition that the member at `path` holds where it applies."""
    return f"{path}:holds"


def name_by_rows(name: str) -> str:
    """The name of the condition `name` as it is evaluated row by row."""
    return f"{name}:rows"


def program_of(epochs: Sequence[Epoch], scales: Mapping[str, int], refused: Mapping[str, str] | None = None) -> Program:
    """The program of lowered sets, one for each span of years; `scales` makes the values of facts whole.

    Conditions whose names are in `refused` are left to be evaluated row by row, for the reasons given there.
    """
    run = _Run(tuple(epochs), scales, refused or {}, {}, {}, {})
    for path in _order(epochs):
        run.steps[path] = _step(run, path)
    run.steps[WHOLE_SET] = _step(run, WHOLE_SET)
    steps = tuple(evolve(step, undefined=_needed(run, step)) for step in run.steps.values())
    return Program(run.epochs, steps, run.opaque)


def _order(epochs: Sequence[Epoch]) -> Sequence[str]:
    """Every path after those that its verdict rests on in any of the sets.

    Where one set refers from a clause to another and a second set refers back, there is no such order; members then
    still come before their groups, and a rule that refers ahead has no integer form.
    """
    if len(epochs) == 1:
        return epochs[0].lowered.order
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for epoch in epochs:
        for member in epoch.lowered.criteria.members():
            sorter.add(member.path, *references(member))
    try:
        return tuple(sorter.static_order())
    except CycleError:
        paths = dict.fromkeys(path for epoch in epochs for path in epoch.lowered.order)
        return sorted(paths, key=lambda path: -path.count("/"))


def _needed(run: _Run, step: Step) -> Condition:
    """Where a rule has no value and every group around it applies, so that this is an error."""
    parts = step.path.split("/")
    around = [run.steps["/".join(parts[:depth])].condition for depth in range(1, len(parts))]
    return all_of([step.undefined, *(settled(condition, False) for condition in around)])


@frozen
class _Run:
    """One assembling: the steps so far by path, and what others may name of them."""

    epochs: tuple[Epoch, ...]
    scales: Mapping[str, int]
    refused: Mapping[str, str]
    steps: dict[str, Step]
    named: dict[str, Status[Condition]]
    opaque: dict[str, str]


@frozen
class _Part:
    """What one epoch says of a member."""

    years: Condition
    status: Status[Condition]
    condition: Condition
    undefined: Condition


def _step(run: _Run, path: str) -> Step:
    parts = [_part(run, epoch, member) for epoch in run.epochs if (member := _member(epoch, path)) is not None]
    present = any_of([part.years for part in parts])
    step = Step(
        path,
        present,
        Status(
            _over(parts, [part.status.applies for part in parts]), _over(parts, [part.status.holds for part in parts])
        ),
        _over(parts, [part.condition for part in parts]),
        any_of([all_of([part.years, part.undefined]) for part in parts]),
    )
    status = step.status
    run.named[path] = Status(
        status.applies if is_simple(status.applies) else Named(applies_name(path)),
        status.holds if is_simple(status.holds) else Named(holds_name(path)),
    )
    return step


def _over(parts: list[_Part], conditions: list[Condition]) -> Condition:
    """The condition of each span of years in those years."""
    if len(parts) == 1:
        return conditions[0]
    return any_of([all_of([part.years, condition]) for part, condition in zip(parts, conditions, strict=True)])


def _member(epoch: Epoch, path: str) -> Clause | Group | None:
    criteria = epoch.lowered.criteria
    if path == WHOLE_SET:
        return Group(WHOLE_SET, criteria.title, Combination.ALL, criteria.clauses)
    return next((member for member in criteria.members() if member.path == path), None)


def _part(run: _Run, epoch: Epoch, member: Clause | Group) -> _Part:
    lowered = epoch.lowered.clauses.get(member.path)
    applies = _judged(run, epoch, applies_name(member.path), lowered.applies_when if lowered else None, TRUE)
    if isinstance(member, Group):
        inner = [run.named[part.path] for part in member.members]
        status = group_status(_LOGIC, member, applies.truth, inner)
        return _Part(_years(epoch), status, applies.truth, applies.undefined)
    rule = _judged(run, epoch, holds_name(member.path), lowered.rule if lowered else None, UNKNOWN)
    undefined = any_of([applies.undefined, all_of([settled(applies.truth, False), rule.undefined])])
    return _Part(_years(epoch), Status(applies.truth, rule.truth), applies.truth, undefined)


def _years(epoch: Epoch) -> Condition:
    return TRUE if epoch.years is None else InYears(epoch.years.first, epoch.years.last)


def _judged(run: _Run, epoch: Epoch, name: str, expr: Expr | None, absent: Condition) -> Judged:
    if expr is None:
        return Judged(absent)
    try:
        if name in run.refused:
            raise NoIntegerForm(run.refused[name])
        return condition_of(_scope(run, epoch), expr)
    except NoIntegerForm as found:
        run.opaque[name] = found.reason
        return Judged(Named(name_by_rows(name)))


def _scope(run: _Run, epoch: Epoch) -> Scope:
    criteria = epoch.lowered.criteria
    met = {path: satisfied(_LOGIC, status) for path, status in run.named.items()}
    return Scope(criteria.facts, criteria.parameters, epoch.lowered.parameters, run.scales, met)
