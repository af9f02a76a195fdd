"""Counting what rows go from and to, whoever judges them: one row after the other, or the alike rows of a frame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property

from attrs import field

from ncriteria.analysis.impact.counts import (
    Counted,
    FlipKind,
    Outcome,
    ParentImpact,
    TouchedRows,
    Transition,
    Transitions,
    VerdictsByRow,
    flip_kind,
    ordered_parents,
)
from ncriteria.analysis.impact.grades import GradeImpact
from ncriteria.errors import Problem
from ncriteria.evaluation.result import Verdicts
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import WHOLE_SET, CriteriaSet


@frozen
class Paths:
    """The paths of two sets, in the order of the sets."""

    old: tuple[str, ...]
    new: tuple[str, ...]

    @classmethod
    def of(cls, old: CriteriaSet, new: CriteriaSet) -> Paths:
        """The paths of these sets."""
        return cls(tuple(member.path for member in old.members()), tuple(member.path for member in new.members()))

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """The paths that both sets have."""
        return tuple(path for path in self.new if path in self.old)

    @cached_property
    def old_only(self) -> tuple[str, ...]:
        """The paths that only the old set has."""
        return tuple(path for path in self.old if path not in self.new)

    @cached_property
    def new_only(self) -> tuple[str, ...]:
        """The paths that only the new set has."""
        return tuple(path for path in self.new if path not in self.old)


@frozen
class Tally:
    """What has been counted so far: of the whole set and how rows are touched by parent, of clauses by path."""

    parents: dict[str | None, Counter[Transition]] = field(factory=dict)
    kinds: dict[str | None, Counter[FlipKind]] = field(factory=dict)
    clauses: dict[str, Counter[Transition]] = field(factory=dict)
    old_only: dict[str, Counter[Outcome]] = field(factory=dict)
    new_only: dict[str, Counter[Outcome]] = field(factory=dict)

    @classmethod
    def over(cls, paths: Paths) -> Tally:
        """A tally that tells of every path, also where there is no row."""
        return cls(
            clauses={path: Counter() for path in paths.shared},
            old_only={path: Counter() for path in paths.old_only},
            new_only={path: Counter() for path in paths.new_only},
        )

    def row(self, parent: str | None, whole: Transition, clauses: Mapping[str, Transition]) -> FlipKind | None:
        """Count one row inside `parent`; says how it is touched."""
        self.count_whole(parent, whole)
        for path, transition in clauses.items():
            self.clauses.setdefault(path, Counter())[transition] += 1
        kind = flip_kind(whole, clauses.values())
        if kind is not None:
            self.count_kind(parent, kind)
        return kind

    def count_whole(self, parent: str | None, whole: Transition, rows: int = 1) -> None:
        """Count rows inside `parent` that are alike in the whole set."""
        self.parents.setdefault(parent, Counter())[whole] += rows

    def count_kind(self, parent: str | None, kind: FlipKind, rows: int = 1) -> None:
        """Count rows inside `parent` that are touched in one way."""
        self.kinds.setdefault(parent, Counter())[kind] += rows

    @property
    def whole(self) -> Transitions:
        """The transitions of the whole set."""
        return Transitions(sum(self.parents.values(), Counter()))

    @property
    def by_path(self) -> Mapping[str, Transitions]:
        """The transitions of the clauses and groups that both sets have."""
        return {path: Transitions(counts) for path, counts in self.clauses.items()}

    def counted(
        self,
        names: Mapping[str, str],
        *,
        rows_by_year: Mapping[int, int],
        elsewhere: int,
        problems: tuple[Problem, ...],
        verdicts: Callable[[], tuple[VerdictsByRow, VerdictsByRow]],
        touched: TouchedRows,
        grades: tuple[GradeImpact, ...] = (),
    ) -> Counted:
        """All that was counted, with what is told of rows beside it; `names` are those of units."""
        parents = ordered_parents(
            ParentImpact(
                parent,
                None if parent is None else names.get(parent),
                Transitions(counts),
                self.kinds.get(parent, {}),
            )
            for parent, counts in self.parents.items()
        )
        return Counted(
            self.whole,
            self.by_path,
            self.old_only,
            self.new_only,
            parents,
            rows_by_year,
            elsewhere,
            problems,
            verdicts,
            touched,
            grades,
        )


def transition(old: Verdicts | None, new: Verdicts | None, path: str = WHOLE_SET) -> Transition:
    """How a row comes out on both sides, on a path or as a whole; where a rule has no value, there is no verdict."""
    return _outcome(old, path), _outcome(new, path)


def _outcome(found: Verdicts | None, path: str) -> Outcome:
    if found is None:
        return None
    return found.verdict if path == WHOLE_SET else found[path]
