"""Counting the rows of a fact table under two sets, one after the other, by the record evaluator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from attrs import evolve, field

from ncriteria.analysis.impact.counts import MOST_PROBLEMS, Counted, FlipKind, TouchedRow
from ncriteria.analysis.impact.grades import GradeTally
from ncriteria.analysis.impact.tally import Paths, Tally, transition
from ncriteria.errors import Problem
from ncriteria.evaluation.attesting.attested_tables import left_open
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.result import Result
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.evaluation.table_years.surroundings import surroundings
from ncriteria.evaluation.tables import judgements, years_of
from ncriteria.facts.table import FactRow, FactTable, Unit
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Verdict


@frozen
class _Touched:
    """A touched row as it is kept until it is asked for: judging it again is cheaper than keeping its traces."""

    unit: Unit
    year: int
    kind: FlipKind
    old: Record | None
    new: Record | None

    @property
    def order(self) -> tuple[object, ...]:
        """The gravest first, then by parent, unit and year."""
        rank = list(FlipKind).index(self.kind)
        return rank, self.unit.parent is None, self.unit.parent or "", self.unit.id, self.year


@frozen
class _Seen:
    """What is kept of the rows beside the tally."""

    touched: list[_Touched] = field(factory=list)
    verdicts: tuple[dict[tuple[str, int], Mapping[str, Verdict]], ...] = field(factory=lambda: ({}, {}))
    problems: dict[Problem, None] = field(factory=dict)


def count_rows(
    table: FactTable, old: Criteria, new: Criteria, in_years: Collection[int] | None, territory: frozenset[str]
) -> Counted:
    """The rows of `table` that are of the level and in the years that both sets judge, counted under both.

    Rows that do not lie in all the units of `territory` are counted apart.
    """
    paths = Paths.of(old.definition, new.definition)
    tally, seen, grades = Tally.over(paths), _Seen(), GradeTally.over(old.definition, new.definition)
    rows_by_year, elsewhere = Counter[int](), Counter[int]()
    rows = tuple({(row.unit.id, row.year): row for one in (new, old) for row in years_of(table, one)}.values())
    places = surroundings(evolve(table, rows=rows))

    def is_inside(row: FactRow) -> bool:
        return not territory or territory.issubset(places.around(row.unit.id, row.year, territory))

    for row in rows:
        if row.unit.level in (None, old.level) and (in_years is None or row.year in in_years):
            (rows_by_year if is_inside(row) else elsewhere)[row.year] += 1

    def wanted(row: FactRow) -> bool:
        is_held = row.year in old.years and row.year in new.years
        return is_held and (in_years is None or row.year in in_years) and is_inside(row)

    # Both sets are of one level, so that both judge the same rows in the same order.
    sides = (
        judgements(left_open(table, one.definition), one, standards=None, wanted=wanted, rows=rows)
        for one in (old, new)
    )
    for one, other in zip(*sides, strict=True):
        _count(tally, seen, paths, one, other)
        grades.row(one, other)
    return tally.counted(
        {row.unit.id: row.unit.name for row in table.rows if row.unit.name is not None},
        rows_by_year=dict(sorted(rows_by_year.items())),
        elsewhere=elsewhere.total(),
        problems=tuple(seen.problems),
        verdicts=lambda: (seen.verdicts[0], seen.verdicts[1]),
        touched=lambda limit: _rows(sorted(seen.touched, key=lambda one: one.order)[:limit], old, new),
        grades=tuple(grades.impacts()),
    )


def _count(tally: Tally, seen: _Seen, paths: Paths, old: Judgement, new: Judgement) -> None:
    unit, before, after = old.row.unit, old.verdicts, new.verdicts
    clauses = {path: transition(before, after, path) for path in paths.shared}
    kind = tally.row(unit.parent, transition(before, after), clauses)
    for path in paths.old_only:
        tally.old_only[path][None if before is None else before[path]] += 1
    for path in paths.new_only:
        tally.new_only[path][None if after is None else after[path]] += 1
    if kind is not None:
        seen.touched.append(_Touched(unit, old.row.year, kind, old.record, new.record))
    for verdicts, judged in zip(seen.verdicts, (old, new), strict=True):
        verdicts[unit.id, judged.row.year] = {} if judged.verdicts is None else judged.verdicts.clauses
    if len(seen.problems) < MOST_PROBLEMS:
        seen.problems.update(dict.fromkeys((*old.problems, *new.problems)))


def _rows(touched: list[_Touched], old: Criteria, new: Criteria) -> Iterator[TouchedRow]:
    for one in touched:
        results = judged_again(old, one.old), judged_again(new, one.new)
        yield TouchedRow(one.unit, one.year, one.kind, *results)


def judged_again(criteria: Criteria, record: Record | None) -> Result | None:
    """The result of a record; `None` where a rule has no value."""
    try:
        return None if record is None else criteria.judge(record)
    except EvaluationError:
        return None
