"""What the evaluator says of one record under two clauses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import cast

from attrs import field

from ncriteria.analysis.cases import Row
from ncriteria.analysis.proof.meaning import meanings
from ncriteria.analysis.proof.relation import WHOLE, Outcome, Witness, way
from ncriteria.analysis.proof.relation_years import Setting
from ncriteria.analysis.slicing import part_judging
from ncriteria.evaluation.graded import graded_at, status_of_level
from ncriteria.evaluation.lowering import LoweredSet, lower, lower_from
from ncriteria.evaluation.records.judging import statuses
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.statuses import Status, satisfied, verdict
from ncriteria.language.exact import EXACT
from ncriteria.language.values import Computed, Truth
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import graded_path, is_grade, level_of, paths_of_grades
from ncriteria.sets.model import CriteriaSet


@frozen
class ClauseSide:
    """One of the two clauses, with its set cut down to what it rests on: in one year, or in any from some year on."""

    path: str
    lowered: LoweredSet
    _by_year: dict[int, LoweredSet] = field(factory=dict, init=False, repr=False, eq=False)

    def in_year(self, year: int) -> LoweredSet:
        """The set as the evaluator takes it, in a year of its own."""
        if self.lowered.year is not None:
            return self.lowered
        if year not in self._by_year:
            self._by_year[year] = lower(self.lowered.criteria, year)
        return self._by_year[year]

    def outcome(self, row: Row) -> Outcome | None:
        """What the evaluator says; `None` where a rule has no value for the record."""
        lowered = self.in_year(row.year)
        found = statuses(lowered, Record(row.facts, row.year, row.shares))
        if found.problems:
            return None
        status: Status[Computed] = found.judged[self.path]
        graded = None
        if is_grade(self.path):
            scales, owner = lowered.scales, graded_path(self.path)
            status = status_of_level(EXACT, scales, found.judged, self.path)
            graded = graded_at(owner, scales[owner], found.judged, lambda _: ())
        return Outcome(verdict(status), cast("Truth", satisfied(EXACT, status)), graded)


@frozen
class Pair:
    """A clause of the old set and one of the new, in the assessment `year`, or in any from there on."""

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
    """A set as it judges one assessment year, or where it `asks_year` all from there on.

    Each clause is cut out and lowered once, for every question about it.
    """

    criteria: CriteriaSet
    year: int
    asks_year: bool = False
    _sides: dict[str, ClauseSide] = field(factory=dict, init=False)

    def side(self, path: str) -> ClauseSide:
        """The clause, group or level of a grade at `path`; `WHOLE` is the set, as the group of all its clauses."""
        if path not in self._sides:
            self._sides[path] = ClauseSide(path, self.lowered(self._part(path)))
        return self._sides[path]

    def lowered(self, part: CriteriaSet) -> LoweredSet:
        """A part of the set, as it judges the year."""
        return lower_from(part, self.year) if self.asks_year else lower(part, self.year)

    def _part(self, path: str) -> CriteriaSet:
        return self.criteria if path == WHOLE else part_judging(self.criteria, path)

    @cached_property
    def meanings(self) -> Mapping[str, str]:
        """What every clause and group means, and the set, and the level of each grade."""
        lowered = self.side(WHOLE).lowered
        members = meanings(lowered)
        return {**members, **{path: self._level_meaning(path, members) for path in paths_of_grades(self.criteria)}}

    def _level_meaning(self, path: str, members: Mapping[str, str]) -> str:
        """What a level means, and when what it is a level of applies: always, or as that itself says."""
        owner = graded_path(path)
        part = self.side(path).lowered
        within = (one for one in part.criteria.members() if f"{one.path}/".startswith(f"{owner}/" if owner else ""))
        always = all(one.applies_when is None for one in within)
        grades = meanings(part)
        level, below = (sorted({grades[one] for one in paths}) for paths in level_of(part.scales, path))
        return f"{level} {below} {'always' if always else members[owner]}"


@frozen(eq=False)
class TwoSets:
    """The two sets of a setting, as they judge its year."""

    setting: Setting
    old: SetInYear
    new: SetInYear

    @classmethod
    def of(cls, setting: Setting) -> TwoSets:
        """The sets of a setting."""
        old, new = (SetInYear(one, setting.year, setting.asks_year) for one in (setting.old, setting.new))
        return cls(setting, old, new)

    def pair(self, old_path: str, new_path: str) -> Pair:
        """The clauses at these paths."""
        return Pair(old_path, new_path, self.setting.year, self.old.side(old_path), self.new.side(new_path))

    def mean_the_same(self, old_path: str, new_path: str) -> bool:
        """Whether the clauses at these paths say the same, as their rules stand."""
        return self.old.meanings[old_path] == self.new.meanings[new_path]
