"""Rows that an edit grades otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import field

from ncriteria.evaluation.graded import Graded
from ncriteria.evaluation.result import Result
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.facts.table import Unit
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import graded
from ncriteria.sets.model import WHOLE_SET, CriteriaSet


@frozen
class GradeMove:
    """One unit and year that has another grade, or other grades are still possible; `None` where it has none at all."""

    unit: Unit
    year: int
    old: Graded | None
    new: Graded | None


@frozen
class GradeImpact:
    """The rows that are graded otherwise on the scale at `path`, of so many `rows`."""

    path: str
    rows: int
    moves: tuple[GradeMove, ...]


@frozen
class GradeTally:
    """What has been counted so far of the scales that two sets, or one of them, have."""

    paths: tuple[str, ...]
    years: Counter[int] = field(factory=Counter)
    moves: dict[str, list[GradeMove]] = field(factory=dict)

    @classmethod
    def over(cls, old: CriteriaSet, new: CriteriaSet) -> GradeTally:
        """A tally of the scales that either set has."""
        return cls(tuple(dict.fromkeys((*graded(new), *graded(old)))))

    def row(self, old: Judgement, new: Judgement) -> None:
        """Count one row."""
        if not self.paths:
            return
        self.years[old.row.year] += 1
        for path in self.paths:
            before, after = _graded(old.result, path), _graded(new.result, path)
            if _given(before) != _given(after):
                self.moves.setdefault(path, []).append(GradeMove(old.row.unit, old.row.year, before, after))

    def impacts(self) -> Iterator[GradeImpact]:
        """What was counted, scale by scale."""
        for path in self.paths:
            yield GradeImpact(path, self.years.total(), tuple(self.moves.get(path, ())))


def _graded(result: Result | None, path: str) -> Graded | None:
    if result is None or path not in graded(result.criteria):
        return None
    return result.graded if path == WHOLE_SET else result[path].graded


def _given(found: Graded | None) -> tuple[bool, tuple[str, ...]]:
    """What a test would expect, and whether it is certain."""
    if found is None:
        return False, ()
    return found.grade is not None, tuple(one.id for one in found.possible)
