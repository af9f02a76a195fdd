"""What the evaluator says of one record under two clauses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import cast

from attrs import field, frozen

from ncriteria.analysis.cases import Row
from ncriteria.analysis.proof.meaning import meanings
from ncriteria.analysis.proof.relation import WHOLE, Outcome, Witness, way
from ncriteria.analysis.proof.relation_years import Setting
from ncriteria.analysis.slicing import sliced
from ncriteria.evaluation.lowering import LoweredSet, lower
from ncriteria.evaluation.records.judging import statuses
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.statuses import satisfied, verdict
from ncriteria.language.exact import EXACT
from ncriteria.language.values import Truth
from ncriteria.sets.model import CriteriaSet


@frozen
class ClauseSide:
    """One of the two clauses, with its set cut down to what it rests on."""

    path: str
    lowered: LoweredSet

    def outcome(self, row: Row) -> Outcome | None:
        """What the evaluator says; `None` where a rule has no value for the record."""
        found = statuses(self.lowered, Record(row.facts, row.year, row.shares))
        if found.problems:
            return None
        status = found.judged[self.path]
        return Outcome(verdict(status), cast("Truth", satisfied(EXACT, status)))


@frozen
class Pair:
    """A clause of the old set and one of the new, in one assessment year."""

    old_path: str
    new_path: str
    year: int
    old: ClauseSide = field(repr=False)
    new: ClauseSide = field(repr=False)

    def witness(self, row: Row) -> Witness | None:
        """The record as a witness, where both clauses can judge it and say different things."""
        old, new = self.old.outcome(row), self.new.outcome(row)
        if old is None or new is None or way(old, new) is None:
            return None
        return Witness(row, old, new)


@frozen(eq=False)
class SetInYear:
    """A set as it judges one assessment year; each clause is cut out and lowered once, for every question about it."""

    criteria: CriteriaSet
    year: int
    _sides: dict[str, ClauseSide] = field(factory=dict, init=False)

    def side(self, path: str) -> ClauseSide:
        """The clause or group at `path`; `WHOLE` is the set, as the group of all its clauses."""
        if path not in self._sides:
            part = self.criteria if path == WHOLE else sliced(self.criteria, [path])
            self._sides[path] = ClauseSide(path, lower(part, self.year))
        return self._sides[path]

    @cached_property
    def meanings(self) -> Mapping[str, str]:
        """What every clause and group means, and the set."""
        return meanings(self.side(WHOLE).lowered)


@frozen(eq=False)
class TwoSets:
    """The two sets of a setting, as they judge its year."""

    setting: Setting
    old: SetInYear
    new: SetInYear

    @classmethod
    def of(cls, setting: Setting) -> TwoSets:
        """The sets of a setting."""
        return cls(setting, SetInYear(setting.old, setting.year), SetInYear(setting.new, setting.year))

    def pair(self, old_path: str, new_path: str) -> Pair:
        """The clauses at these paths."""
        return Pair(old_path, new_path, self.setting.year, self.old.side(old_path), self.new.side(new_path))

    def mean_the_same(self, old_path: str, new_path: str) -> bool:
        """Whether the clauses at these paths say the same, as their rules stand."""
        return self.old.meanings[old_path] == self.new.meanings[new_path]
