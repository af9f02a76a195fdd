"""How the clauses and groups of a set come out, written once for every kind of truth.

The status of a clause is a pair of truths: whether it applies, and, where it does, whether it holds. A verdict is a
reading of that pair.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar, assert_never

from ncriteria.evaluation.lowering import LoweredClause, LoweredSet, R
from ncriteria.language.meaning import Domain, V
from ncriteria.language.values import Computed
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause, Combination, Group, Verdict

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Logic(Protocol[T]):
    """A kind of truth with the operations that groups are made of; every domain is one."""

    def negation(self, truth: T) -> T:
        """Not."""

    def all_of(self, *truths: T) -> T:
        """And."""

    def any_of(self, *truths: T) -> T:
        """Or."""

    def at_least(self, minimum: int, *truths: T) -> T:
        """That `minimum` or more are true."""


@frozen
class Status(Generic[T_co]):
    """Whether a clause applies, and whether it holds where it applies."""

    applies: T_co
    holds: T_co


def satisfied(logic: Logic[T], status: Status[T]) -> T:
    """Met or not applicable; most clauses always apply, which is told at once where truths are those of Python."""
    if status.applies is True:
        return status.holds
    return logic.any_of(logic.negation(status.applies), status.holds)


def _met(logic: Logic[T], status: Status[T]) -> T:
    return logic.all_of(status.applies, status.holds)


def group_status(logic: Logic[T], group: Group, condition: T, members: Sequence[Status[T]]) -> Status[T]:
    """The status of `group`, which applies under `condition`, from those of its members."""
    inner = combined(logic, group, members)
    return Status(logic.all_of(condition, inner.applies), inner.holds)


def combined(logic: Logic[T], group: Group, members: Sequence[Status[T]]) -> Status[T]:
    """The status of the members together; a group of nothing that applies does not apply."""
    applies = logic.any_of(*(member.applies for member in members))
    match group.combination:
        case Combination.ALL:
            return Status(applies, logic.all_of(*(satisfied(logic, member) for member in members)))
        case Combination.ANY:
            return Status(applies, logic.any_of(*(_met(logic, member) for member in members)))
        case Combination.AT_LEAST:
            counted = satisfied if group.counts_not_applicable else _met
            return Status(applies, logic.at_least(group.minimum or 1, *(counted(logic, member) for member in members)))
        case _:
            assert_never(group.combination)


@frozen
class Judged(Status[V]):
    """How a clause or group comes out: with its status, its own condition, and whether a rule of it has no value."""

    condition: V
    undefined: V


def judge_set(
    of: Domain[V],
    lowered: LoweredSet,
    rules: Mapping[str, LoweredClause[R]],
    evaluate: Callable[[R], V],
    without_rule: Callable[[str], V],
    met: dict[str, V],
) -> dict[str, Judged[V]]:
    """Every clause and group of the set by path, each after those that it rests on, and the whole set last.

    `rules` are those of the set in a form that `evaluate` takes; `without_rule` is how a clause that is not encoded
    comes out. `met` is filled with which members are met or do not apply, each before a rule that refers to it is
    evaluated.
    """
    found: dict[str, Judged[V]] = {}
    for path, member in lowered.members.items():
        found[path] = judged = judge_member(of, member, rules.get(path), evaluate, without_rule, found)
        met[path] = satisfied(of, judged)
    return found


def judge_member(
    of: Domain[V],
    member: Clause | Group,
    rules: LoweredClause[R] | None,
    evaluate: Callable[[R], V],
    without_rule: Callable[[str], V],
    inside: Mapping[str, Judged[V]],
) -> Judged[V]:
    """How a clause or group comes out; `inside` has the members of a group."""
    rule, applies_when = (None, None) if rules is None else (rules.rule, rules.applies_when)
    if applies_when is None:
        applies, undefined = of.constant(True), of.constant(False)
    else:
        applies, undefined = of.settled(evaluate(applies_when))
    if isinstance(member, Group):
        status = group_status(of, member, applies, [inside[part.path] for part in member.members])
        return Judged(status.applies, status.holds, applies, undefined)
    if rule is None:
        return Judged(applies, without_rule(member.path), applies, undefined)
    holds, no_value = of.settled(evaluate(rule))
    # A rule without a value is an error only where the clause certainly applies.
    wrong = no_value if applies_when is None else of.any_of(undefined, of.all_of(of.certain(applies), no_value))
    return Judged(applies, holds, applies, wrong)


def without_value(of: Domain[V], judged: Mapping[str, Judged[V]], path: str) -> V:
    """Whether a rule of the member has no value and every group around it applies, so that this is an error.

    A group that was left out, in a part of a set, counts as one that applies.
    """
    around = [of.certain(judged[outer].condition) for outer in groups_around(path) if outer in judged]
    return of.all_of(judged[path].undefined, *around)


def groups_around(path: str) -> list[str]:
    """The paths of the groups around a member, the outermost first."""
    steps = path.split("/")
    return ["/".join(steps[:depth]) for depth in range(1, len(steps))]


def verdict(status: Status[Computed]) -> Verdict:
    """The verdict that a status stands for."""
    if status.applies is True:
        return _MET if status.holds is True else _NOT_MET if status.holds is False else _OPEN
    return _DOES_NOT_APPLY if status.applies is False else _OPEN


_MET, _NOT_MET, _OPEN, _DOES_NOT_APPLY = Verdict
