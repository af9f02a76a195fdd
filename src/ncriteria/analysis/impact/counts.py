"""How many units and years go from which verdict to which, and how much a row is touched by a change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from typing import Final

from attrs import field

from ncriteria.analysis.impact.grades import GradeImpact
from ncriteria.errors import Problem
from ncriteria.evaluation.result import Result
from ncriteria.facts.table import Unit
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, Verdict
from ncriteria.words import Message

MOST_PROBLEMS = 20
"""Rows without a value that are told one by one; the matrix counts them all."""
Outcome = Verdict | None
"""A verdict, or `None` where a rule has no value, such as a division by zero."""
Transition = tuple[Outcome, Outcome]
"""What a row comes out as under the old set and under the new one."""
_OPPOSITE = {(Verdict.MET, Verdict.NOT_MET), (Verdict.NOT_MET, Verdict.MET)}


@frozen
class Transitions:
    """A matrix: how many rows have the one verdict under the old set and the other under the new one."""

    counts: Mapping[Transition, int]

    def __getitem__(self, transition: Transition) -> int:
        return self.counts.get(transition, 0)

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.counts.values())

    @property
    def changed(self) -> int:
        """The rows whose verdict differs."""
        return sum(count for (old, new), count in self.counts.items() if old is not new)

    @property
    def turned(self) -> int:
        """The rows that go from met to not met, or back."""
        return sum(self[transition] for transition in _OPPOSITE)

    def before(self, verdict: Outcome) -> int:
        """The rows with `verdict` under the old set."""
        return sum(count for (old, _), count in self.counts.items() if old is verdict)

    def after(self, verdict: Outcome) -> int:
        """The rows with `verdict` under the new set."""
        return sum(count for (_, new), count in self.counts.items() if new is verdict)


class FlipKind(Enum):
    """How a row is touched, the gravest first: the whole set turns or changes, or only clauses and groups in it do.

    To turn is to go from met to not met, or back; every other difference of verdicts is a change.
    """

    TURNED = "turned"
    CHANGED = "changed"
    CLAUSE_TURNED = "clause_turned"
    CLAUSE_CHANGED = "clause_changed"


FLIP_KINDS: Final[Mapping[FlipKind, Message]] = {
    FlipKind.TURNED: Message("Met ↔ Not met"),
    FlipKind.CHANGED: Message("Other change"),
    FlipKind.CLAUSE_TURNED: Message("Clauses only, Met ↔ Not met"),
    FlipKind.CLAUSE_CHANGED: Message("Clauses only, other change"),
}


def flip_kind(whole: Transition, members: Iterable[Transition]) -> FlipKind | None:
    """How a row is touched whose verdicts are those of the whole set and of the clauses and groups of both sets."""
    if whole in _OPPOSITE:
        return FlipKind.TURNED
    if whole[0] is not whole[1]:
        return FlipKind.CHANGED
    differing = [pair for pair in members if pair[0] is not pair[1]]
    if any(pair in _OPPOSITE for pair in differing):
        return FlipKind.CLAUSE_TURNED
    return FlipKind.CLAUSE_CHANGED if differing else None


@frozen
class ParentImpact:
    """The rows of the units directly inside one unit; `parent` is `None` for rows that name none.

    `whole` are the transitions of the whole set, `kinds` how many rows are touched in each way.
    """

    parent: str | None
    name: str | None
    whole: Transitions
    kinds: Mapping[FlipKind, int]

    @property
    def flips(self) -> int:
        """The rows that are touched at all."""
        return sum(self.kinds.values())


@frozen
class TouchedRow:
    """One unit and year that is touched, judged by both sets; a set whose rules have no value gives no result."""

    unit: Unit
    year: int
    kind: FlipKind
    old: Result | None
    new: Result | None


TouchedRows = Callable[[int | None], Iterator[TouchedRow]]
"""The touched rows, the gravest first, then by parent, unit and year; at most so many."""


VerdictsByRow = Mapping[tuple[str, int], Mapping[str, Verdict]]
"""The verdicts of rows, by unit and year and by path."""


def territory_of(old: CriteriaSet, new: CriteriaSet) -> frozenset[str]:
    """The units that a row must lie in to be judged by both sets; none where both are for the whole country."""
    return frozenset(one.territory for one in (old, new) if one.territory is not None)


@frozen
class Counted:
    """What counting the rows of a table comes to.

    `clauses` are those that stand at one path in both sets; `old_only` and `new_only` are the verdicts of the others.
    `rows_by_year` has all rows of the level in the territory of the sets, whichever set holds for their year;
    `elsewhere` is how many there are outside of it. `verdicts` are those of the counted rows, as each set has them.
    `problems` says why rules have no value, for the first rows where they have none. `grades` are the rows that are
    graded otherwise, where the sets have grades.
    """

    whole: Transitions
    clauses: Mapping[str, Transitions]
    old_only: Mapping[str, Mapping[Outcome, int]]
    new_only: Mapping[str, Mapping[Outcome, int]]
    parents: tuple[ParentImpact, ...]
    rows_by_year: Mapping[int, int]
    elsewhere: int
    problems: tuple[Problem, ...]
    verdicts: Callable[[], tuple[VerdictsByRow, VerdictsByRow]] = field(repr=False, eq=False)
    touched: TouchedRows = field(repr=False, eq=False)
    grades: tuple[GradeImpact, ...] = ()


def ordered_parents(parents: Iterable[ParentImpact]) -> tuple[ParentImpact, ...]:
    """The most touched first: by the gravest kind, then by the next; those that are touched alike by identifier."""
    return tuple(
        sorted(
            parents,
            key=lambda one: (
                [-one.kinds.get(kind, 0) for kind in FlipKind],
                one.parent is None,
                one.parent or "",
            ),
        )
    )
