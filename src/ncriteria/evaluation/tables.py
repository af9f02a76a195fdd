"""Judging a fact table: every unit and year under every standard that has criteria for it, smaller units first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from ncriteria.errors import NCriteriaError, Problem
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.record import Record
from ncriteria.evaluation.result import Result
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.language.queries import walk
from ncriteria.language.tree import ShareMet
from ncriteria.sets.model import CriteriaSet, Level, RollUp, Verdict
from ncriteria.sets.validation import expressions


@frozen
class Judgement:
    """One unit in one year under one standard: its result, or the problems why there is none.

    `criteria` and `record` are what was judged by and what was judged, where it came that far.
    """

    row: FactRow
    standard: str
    result: Result | None
    problems: tuple[Problem, ...] = ()
    criteria: Criteria | None = field(default=None, repr=False)
    record: Record | None = field(default=None, repr=False)


@frozen
class _Inside:
    """The units of one level inside a unit in one year: those with a row of that year, those of other years only."""

    present: list[str] = field(factory=list)
    absent: list[str] = field(factory=list)


@frozen
class _Run:
    """One pass over a table: the judgements so far, by unit, year and standard."""

    table: FactTable
    lineages: Mapping[tuple[str, int], tuple[str, ...]]
    insides: Mapping[tuple[str, Level, int], _Inside]
    judged: dict[tuple[str, int], list[Judgement]] = field(factory=dict)


def evaluate_rows(
    table: FactTable, criteria: Catalog | Criteria, *, standards: Collection[str] | None = None
) -> Iterator[Judgement]:
    """Judge every row of `table`, and yield the judgements as they are made, smaller units first.

    With a catalog, each row is judged under every standard that has criteria for its level, or under those in
    `standards`; a year that none of the criteria of a standard holds for gives a judgement without a result. With one
    set of criteria, the rows of its level are judged under it. A verdict of a larger unit can rest on the verdicts of
    the units inside it (`share_met`).
    """
    lineages = _lineages(table)
    run = _Run(table, lineages, _insides(table, lineages))
    for row in sorted(table.rows, key=_size):
        for judgement in _judgements(run, row, criteria, standards):
            run.judged.setdefault((row.unit.id, row.year), []).append(judgement)
            yield judgement


def _size(row: FactRow) -> int:
    return len(Level) if row.unit.level is None else list(Level).index(row.unit.level)


def _judgements(
    run: _Run, row: FactRow, criteria: Catalog | Criteria, standards: Collection[str] | None
) -> Iterator[Judgement]:
    if isinstance(criteria, Criteria):
        if row.unit.level in (None, criteria.level):
            yield _judged(run, row, criteria.definition.standard, criteria)
        return
    if row.unit.level is None:
        hint = "add a column `level`, or judge under one criteria file"
        yield Judgement(row, "", None, (Problem("NC307", f"the level of {row.unit.id} is not given", row.place, hint),))
        return
    for standard in criteria.sets.standards(row.unit.level):
        lineage = run.lineages[row.unit.id, row.year]
        if (standards is None or standard in standards) and criteria.sets.turns(standard, row.unit.level, lineage):
            try:
                chosen = criteria.choose(standard=standard, level=row.unit.level, year=row.year, territory=lineage)
            except NCriteriaError as error:
                yield Judgement(row, standard, None, tuple(error.problems))
            else:
                yield _judged(run, row, standard, chosen)


def _judged(run: _Run, row: FactRow, standard: str, criteria: Criteria) -> Judgement:
    known = run.table.known(row.unit.id, row.year)
    values = {key: value for key, value in known.items() if key.name in criteria.facts}
    record = None
    try:
        record = Record(values, row.year, _shares(run, row, criteria), row.place)
        return Judgement(row, standard, criteria.judge(record), (), criteria, record)
    except EvaluationError as error:
        problems = (evolve(problem, place=problem.place or row.place) for problem in error.problems)
        return Judgement(row, standard, None, tuple(problems), criteria, record)


def _lineages(table: FactTable) -> dict[tuple[str, int], tuple[str, ...]]:
    """Each unit of each year, and the units around it, the nearest first."""
    parents = {(row.unit.id, row.year): row.unit.parent for row in table.rows}
    latest = {row.unit.id: row.unit.parent for row in sorted(table.rows, key=lambda row: row.year)}
    found = {}
    for unit, year in parents:
        lineage: list[str] = []
        current: str | None = unit
        while current is not None and current not in lineage:
            lineage.append(current)
            current = parents.get((current, year), latest.get(current))
        found[unit, year] = tuple(lineage)
    return found


def _shares(run: _Run, row: FactRow, criteria: Criteria) -> dict[tuple[str, str], RollUp]:
    """What the rules of `criteria` ask of the units inside the unit of `row`."""
    rolled = ((key, _roll_up(run, row, *key)) for key in shares_asked(criteria.definition))
    return {key: roll_up for key, roll_up in rolled if roll_up is not None}


def shares_asked(criteria: CriteriaSet) -> frozenset[tuple[str, str]]:
    """The roll-ups that the rules of `criteria` ask for (`share_met`), by level and path."""
    return frozenset(
        (node.level, node.path)
        for member in criteria.members()
        for _, expr in expressions(member)
        for node in walk(expr)
        if isinstance(node, ShareMet)
    )


def _roll_up(run: _Run, row: FactRow, level: str, path: str) -> RollUp | None:
    """How many units of `level` inside the unit meet `path`; `None` where nothing is known of such units.

    Units that are not in the table in this year, and those without a verdict, are undetermined.
    """
    inside = run.insides.get((row.unit.id, Level(level), row.year), _Inside())
    verdicts = [_verdict(run.judged.get((unit, row.year), ()), path) for unit in inside.present]
    stated = row.child_counts.get(Level(level))
    if stated is None and not inside.present and not inside.absent:
        return None
    if stated is not None and stated < len(inside.present):
        message = f"{row.unit.id} is said to have {stated} units of the level {level}; the table has {len(verdicts)}"
        raise EvaluationError(Problem("NC308", message, row.place))
    met, not_met = verdicts.count(Verdict.MET), verdicts.count(Verdict.NOT_MET)
    aside = verdicts.count(Verdict.NOT_APPLICABLE)
    roster = len(inside.present) + len(inside.absent) if stated is None else stated
    return RollUp(met, not_met, roster - met - not_met - aside)


def _insides(
    table: FactTable, lineages: Mapping[tuple[str, int], tuple[str, ...]]
) -> dict[tuple[str, Level, int], _Inside]:
    """The units of each level inside each unit, by year.

    A unit without a row of a year is where its nearest earlier row puts it, or else its first.
    """
    rows_of: dict[str, dict[int, FactRow]] = {}
    for row in table.rows:
        rows_of.setdefault(row.unit.id, {})[row.year] = row
    years = {row.year for row in table.rows}
    found: dict[tuple[str, Level, int], _Inside] = {}
    for unit, rows in rows_of.items():
        for year in years:
            nearest = rows[max((known for known in rows if known <= year), default=min(rows))]
            if nearest.unit.level is not None:
                for outer in lineages[unit, nearest.year][1:]:
                    inside = found.setdefault((outer, nearest.unit.level, year), _Inside())
                    (inside.present if year in rows else inside.absent).append(unit)
    return found


def _verdict(judgements: Iterable[Judgement], path: str) -> Verdict | None:
    """The verdict of `path`, which may name a standard before a colon; `None` where there is none."""
    standard, _, inner = path.rpartition(":")
    for judgement in judgements:
        result = judgement.result
        if result is not None and (not standard or judgement.standard == standard) and inner in result.clauses:
            return result[inner].verdict
    return None
