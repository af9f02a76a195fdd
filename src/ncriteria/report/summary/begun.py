"""What is gathered while judgements are gone through: matrices, figures and other waits that are not complete yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import evolve, field

from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import define
from ncriteria.report.summary import overview
from ncriteria.report.summary.columns import columns_of
from ncriteria.sets.elsewhere import title_of_fact
from ncriteria.sets.model import CriteriaSet, Level, Verdict
from ncriteria.sets.overlaid.origins import acts_of
from ncriteria.sets.years.in_force import days_outside, in_force_since, retroactive_since


@define
class MatrixBegun:
    """The rows of one standard and level so far, what judged them, and how many had no verdict in each year."""

    sets: dict[str, CriteriaSet] = field(factory=dict)
    rows: list[overview.MatrixRow] = field(factory=list)
    without: Counter[int] = field(factory=Counter)

    def matrix(self, standard: str, level: Level | None) -> overview.VerdictMatrix:
        """The matrix of all rows."""
        by_age = sorted(self.sets.values(), key=lambda one: one.years.first)
        sets = tuple(map(self._set, by_age))
        title = next((one.standard_title for one in reversed(by_age) if one.standard_title is not None), None)
        columns, rows, grades = columns_of(by_age), tuple(self.rows), tuple(self._grades(by_age))
        return overview.VerdictMatrix(standard, level, sets, columns, self._counts(), rows, title, grades or None)

    def _set(self, one: CriteriaSet) -> overview.MatrixSet:
        years = {row.year: None for row in self.rows if row.criteria == one.id}
        retroactive = tuple(sorted(year for year in years if retroactive_since(one, year) is not None))
        outside = tuple(days for year in sorted(years) for days in days_outside(one, year))
        about = one.id, one.title, one.instrument, one.years, acts_of(one) or None
        since = in_force_since(one) if retroactive else None
        return overview.MatrixSet(*about, since, retroactive or None, outside or None)

    def _grades(self, sets: Sequence[CriteriaSet]) -> Iterator[overview.GradeCount]:
        counted: dict[int, Counter[str | None]] = {}
        for row in self.rows:
            if row.graded is not None:
                given = None if row.graded.grade is None else row.graded.grade.id
                counted.setdefault(row.year, Counter())[given] += 1
        titles = {grade.id: grade.title for one in sets for grade in one.grades}
        for year, found in sorted(counted.items()):
            for grade, title in titles.items():
                yield overview.GradeCount(year, grade, title, found[grade])
            if found[None]:
                yield overview.GradeCount(year, None, None, found[None])

    def _counts(self) -> tuple[overview.YearCounts, ...]:
        counted: dict[int, Counter[Verdict]] = {year: Counter() for year in self.without}
        for row in self.rows:
            counted.setdefault(row.year, Counter())[row.verdict] += 1
        return tuple(
            overview.YearCounts(year, {verdict: found[verdict] for verdict in Verdict}, self.without[year])
            for year, found in sorted(counted.items())
        )


@define
class FigureBegun:
    """A figure, as the set that first asks for it declares it, and who waits so far."""

    criteria: CriteriaSet
    clauses: dict[tuple[str, str], overview.WaitingClause] = field(factory=dict)
    waiting: dict[overview.WaitingUnit, None] = field(factory=dict)

    def figure(self, fact: FactKey) -> overview.FigureToCollect:
        """The figure with all who wait."""
        declared = self.criteria.facts[fact.name]
        about = (
            title_of_fact(self.criteria, fact.name),
            declared.unit,
            declared.supplier,
            declared.attested,
            declared.attested_by,
        )
        return overview.FigureToCollect(fact, *about, tuple(self.clauses.values()), tuple(self.waiting))


@define
class WaitBegun:
    """What is waited for beside figures, and who waits so far."""

    about: overview.OtherWait
    waiting: dict[overview.WaitingUnit, None] = field(factory=dict)

    def wait(self) -> overview.OtherWait:
        """The wait with all who wait."""
        return evolve(self.about, waiting=tuple(self.waiting))
