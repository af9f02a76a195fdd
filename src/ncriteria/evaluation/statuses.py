"""How members make a group, written once for every kind of truth: three-valued, residual conditions, columns.

The status of a clause is a pair of truths: whether it applies, and, where it does, whether it holds. A verdict is a
reading of that pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Generic, Protocol, TypeVar, assert_never

from attrs import frozen

from ncriteria.evaluation import simplifying
from ncriteria.language.arithmetic import compare
from ncriteria.language.logic import conjunction, count_true, disjunction, negation
from ncriteria.language.tree import CompareOp, Expr
from ncriteria.language.values import Truth
from ncriteria.sets.model import Combination, Group, Verdict

T = TypeVar("T")


class Logic(Protocol[T]):
    """A kind of truth, with the operations that groups are made of."""

    def opposite(self, truth: T) -> T:
        """Not."""

    def all_of(self, truths: Sequence[T]) -> T:
        """And."""

    def any_of(self, truths: Sequence[T]) -> T:
        """Or."""

    def at_least(self, minimum: int, truths: Sequence[T]) -> T:
        """That `minimum` or more are true."""


class Kleene:
    """Three-valued truth."""

    def opposite(self, truth: Truth) -> Truth:
        """Not."""
        return negation(truth)

    def all_of(self, truths: Sequence[Truth]) -> Truth:
        """And."""
        return conjunction(truths)

    def any_of(self, truths: Sequence[Truth]) -> Truth:
        """Or."""
        return disjunction(truths)

    def at_least(self, minimum: int, truths: Sequence[Truth]) -> Truth:
        """That `minimum` or more are true."""
        return compare(CompareOp.GE, count_true(truths), Fraction(minimum))


class Conditions:
    """Truth as a condition that is left to be decided."""

    def opposite(self, truth: Expr) -> Expr:
        """Not."""
        return simplifying.opposite(truth)

    def all_of(self, truths: Sequence[Expr]) -> Expr:
        """And."""
        return simplifying.all_of(truths)

    def any_of(self, truths: Sequence[Expr]) -> Expr:
        """Or."""
        return simplifying.any_of(truths)

    def at_least(self, minimum: int, truths: Sequence[Expr]) -> Expr:
        """That `minimum` or more are true."""
        return simplifying.at_least(minimum, truths)


@frozen
class Status(Generic[T]):
    """Whether a clause applies, and whether it holds where it applies."""

    applies: T
    holds: T


def satisfied(logic: Logic[T], status: Status[T]) -> T:
    """Met or not applicable."""
    return logic.any_of([logic.opposite(status.applies), status.holds])


def _met(logic: Logic[T], status: Status[T]) -> T:
    return logic.all_of([status.applies, status.holds])


def group_status(logic: Logic[T], group: Group, condition: T, members: Sequence[Status[T]]) -> Status[T]:
    """The status of `group`, which applies under `condition`, from those of its members."""
    inner = combined(logic, group, members)
    return Status(logic.all_of([condition, inner.applies]), inner.holds)


def combined(logic: Logic[T], group: Group, members: Sequence[Status[T]]) -> Status[T]:
    """The status of the members together; a group of nothing that applies does not apply."""
    applies = logic.any_of([member.applies for member in members])
    match group.combination:
        case Combination.ALL:
            return Status(applies, logic.all_of([satisfied(logic, member) for member in members]))
        case Combination.ANY:
            return Status(applies, logic.any_of([_met(logic, member) for member in members]))
        case Combination.AT_LEAST:
            counted = satisfied if group.counts_not_applicable else _met
            return Status(applies, logic.at_least(group.minimum or 1, [counted(logic, member) for member in members]))
        case _:
            assert_never(group.combination)


def verdict(status: Status[Truth]) -> Verdict:
    """The verdict that a status stands for."""
    match status:
        case Status(applies=False):
            return Verdict.NOT_APPLICABLE
        case Status(applies=True, holds=True):
            return Verdict.MET
        case Status(applies=True, holds=False):
            return Verdict.NOT_MET
        case _:
            return Verdict.UNDETERMINED


def left_to_decide(status: Status[Truth], conditions: Status[Expr]) -> Expr:
    """The condition that is left of a clause; true or false where its verdict is certain."""
    if status.applies is True:
        return conditions.holds
    if status.applies is False:
        return simplifying.TRUE
    left = satisfied(Conditions(), conditions)
    return conditions.applies if satisfied(Kleene(), status) is True else left
