"""Counting the rows of a fact table under two sets, one after the other, by the record evaluator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from attrs import field, frozen

from ncriteria.analysis.impact.counts import (
    MOST_PROBLEMS,
    Counted,
    FlipKind,
    Outcome,
    ParentImpact,
    TouchedRow,
    Transitions,
    flip_kind,
    ordered_parents,
)
from ncriteria.errors import Problem
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.result import Result, Verdicts
from ncriteria.evaluation.surroundings import surroundings
from ncriteria.evaluation.tables import Judgement, evaluate_rows
from ncriteria.facts.table import FactRow, FactTable, Unit
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
class _Tally:
    """What has been counted so far."""

    whole: Counter[tuple[Outcome, Outcome]] = field(factory=Counter)
    clauses: dict[str, Counter[tuple[Outcome, Outcome]]] = field(factory=dict)
    old_only: dict[str, Counter[Outcome]] = field(factory=dict)
    new_only: dict[str, Counter[Outcome]] = field(factory=dict)
    parents: dict[str | None, Counter[tuple[Outcome, Outcome]]] = field(factory=dict)
    kinds: dict[str | None, Counter[FlipKind]] = field(factory=dict)
    rows_by_year: Counter[int] = field(factory=Counter)
    elsewhere: Counter[int] = field(factory=Counter)
    verdicts: tuple[dict[tuple[str, int], Mapping[str, Verdict]], ...] = field(factory=lambda: ({}, {}))
    problems: dict[Problem, None] = field(factory=dict)
    touched: list[_Touched] = field(factory=list)


def count_rows(
    table: FactTable, old: Criteria, new: Criteria, in_years: Collection[int] | None, territory: frozenset[str]
) -> Counted:
    """The rows of `table` that are of the level and in the years that both sets judge, counted under both.

    Rows that do not lie in all the units of `territory` are counted apart.
    """
    paths = _Paths.of(old, new)
    tally = _Tally(
        clauses={path: Counter() for path in paths.shared},
        old_only={path: Counter() for path in paths.old_only},
        new_only={path: Counter() for path in paths.new_only},
    )
    places = surroundings(table)

    def is_inside(row: FactRow) -> bool:
        return not territory or territory.issubset(places.around(row.unit.id, row.year, territory))

    for row in table.rows:
        if row.unit.level in (None, old.level) and (in_years is None or row.year in in_years):
            (tally.rows_by_year if is_inside(row) else tally.elsewhere)[row.year] += 1

    def wanted(row: FactRow) -> bool:
        is_held = row.year in old.years and row.year in new.years
        return is_held and (in_years is None or row.year in in_years) and is_inside(row)

    # Both sets are of one level, so that both judge the same rows in the same order.
    sides = (evaluate_rows(table, one, wanted=wanted) for one in (old, new))
    for one, other in zip(*sides, strict=True):
        _count(tally, paths, one, other)
    names = {row.unit.id: row.unit.name for row in table.rows if row.unit.name is not None}
    return Counted(
        whole=Transitions(tally.whole),
        clauses={path: Transitions(counts) for path, counts in tally.clauses.items()},
        old_only=tally.old_only,
        new_only=tally.new_only,
        parents=_parents(tally, names),
        rows_by_year=dict(sorted(tally.rows_by_year.items())),
        elsewhere=tally.elsewhere.total(),
        problems=tuple(tally.problems),
        verdicts=lambda: (tally.verdicts[0], tally.verdicts[1]),
        touched=lambda limit: _rows(sorted(tally.touched, key=lambda one: one.order)[:limit], old, new),
    )


@frozen
class _Paths:
    """The paths that both sets have, and those of one only, in the order of the sets."""

    shared: tuple[str, ...]
    old_only: tuple[str, ...]
    new_only: tuple[str, ...]

    @staticmethod
    def of(old: Criteria, new: Criteria) -> _Paths:
        before, after = ([member.path for member in one.definition.members()] for one in (old, new))
        return _Paths(
            tuple(path for path in after if path in before),
            tuple(path for path in before if path not in after),
            tuple(path for path in after if path not in before),
        )


def _verdict(found: Verdicts | None) -> Outcome:
    return None if found is None else found.verdict


def _of(found: Verdicts | None, path: str) -> Outcome:
    return None if found is None else found[path]


def _count(tally: _Tally, paths: _Paths, old: Judgement, new: Judgement) -> None:
    unit = old.row.unit
    whole = _verdict(old.verdicts), _verdict(new.verdicts)
    pairs = {path: (_of(old.verdicts, path), _of(new.verdicts, path)) for path in paths.shared}
    tally.whole[whole] += 1
    tally.parents.setdefault(unit.parent, Counter())[whole] += 1
    for path, pair in pairs.items():
        tally.clauses[path][pair] += 1
    for path in paths.old_only:
        tally.old_only[path][_of(old.verdicts, path)] += 1
    for path in paths.new_only:
        tally.new_only[path][_of(new.verdicts, path)] += 1
    kind = flip_kind(whole, pairs.values())
    if kind is not None:
        tally.kinds.setdefault(unit.parent, Counter())[kind] += 1
        tally.touched.append(_Touched(unit, old.row.year, kind, old.record, new.record))
    for verdicts, judged in zip(tally.verdicts, (old, new), strict=True):
        verdicts[unit.id, judged.row.year] = {} if judged.verdicts is None else judged.verdicts.clauses
    if len(tally.problems) < MOST_PROBLEMS:
        tally.problems.update(dict.fromkeys((*old.problems, *new.problems)))


def _parents(tally: _Tally, names: Mapping[str, str]) -> tuple[ParentImpact, ...]:
    return ordered_parents(
        ParentImpact(
            parent,
            None if parent is None else names.get(parent),
            Transitions(counts),
            tally.kinds.get(parent, {}),
        )
        for parent, counts in tally.parents.items()
    )


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
