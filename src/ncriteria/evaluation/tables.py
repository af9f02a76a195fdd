"""Judging a fact table: every unit and year under every standard that has criteria for it, smaller units first."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from types import NoneType
from typing import Final

from attrs import evolve, field

from ncriteria.errors import Problem, expect
from ncriteria.evaluation.attesting.attested_tables import attest
from ncriteria.evaluation.attesting.deciding import resolved
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.inside.coming_out import came_out
from ncriteria.evaluation.inside.rolling_up import RolledUnits, SetAsked, rolled_units, set_asked, term_of
from ncriteria.evaluation.inside.told import UnitInside
from ncriteria.evaluation.leaning.asked import VerdictAsked, VerdictLeanedOn
from ncriteria.evaluation.leaning.rows_beside import rows_beside, with_rows_beside
from ncriteria.evaluation.leaning.table_rows import leaned_on
from ncriteria.evaluation.table_years.basis import RowBasis, refuse_months, refuse_other_series, refuse_unread
from ncriteria.evaluation.table_years.judgement import NOTHING_SETTLED, Judgement, SettledVerdicts
from ncriteria.evaluation.table_years.row_judges import RowJudges
from ncriteria.evaluation.table_years.succession import fitted
from ncriteria.evaluation.table_years.surroundings import Surroundings, surroundings
from ncriteria.evaluation.table_years.territories import Chosen, SetsOfRows
from ncriteria.evaluation.table_years.years_of_sets import YearsOfSets
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.checks.doubts import TableWarning
from ncriteria.facts.lineage.model import Lineage
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.language.tree import FactKey, Measure, Within
from ncriteria.quick_classes import frozen
from ncriteria.sets.inside import CONDITION, Asked, asked_inside
from ncriteria.sets.model import Level
from ncriteria.sets.names import standard_among
from ncriteria.sets.structure import verdicts_leaned_on
from ncriteria.sets.years.in_force import not_in_force
from ncriteria.words import phrase


@frozen
class _TablePass:
    """One pass over a table: each row is judged when it is asked for, once under each standard.

    `years` has a row for each unit and year that may be judged, `beside` for others that verdicts lean on; which facts
    these have is for each set to say.
    """

    facts: YearsOfSets
    criteria: Catalog | Criteria
    years: FactTable
    surroundings: Surroundings
    beside: Mapping[tuple[str, int], FactRow]
    settled: SettledVerdicts = NOTHING_SETTLED
    judged: dict[tuple[str, int, str], Judgement] = field(factory=dict)
    sets: dict[str, SetAsked] = field(factory=dict)
    is_remembered: bool = field(init=False)
    """Whether judgements are kept: the roll-ups of other rows may ask for them."""
    judges: RowJudges = field(factory=RowJudges)
    chosen: SetsOfRows | None = field(init=False)

    @chosen.default
    def _sets_of_rows(self) -> SetsOfRows | None:
        return SetsOfRows(self.criteria, self.facts, self.surroundings) if isinstance(self.criteria, Catalog) else None

    @is_remembered.default
    def _may_be_asked(self) -> bool:
        one = self.criteria
        return isinstance(one, Catalog) or bool(asked_inside(one.definition) or verdicts_leaned_on(one.definition))


Wanted = Callable[[FactRow], bool]
"""Which rows of a table are asked for."""


def evaluate_rows(
    table: FactTable,
    criteria: Catalog | Criteria,
    *,
    standards: Collection[str] | None = None,
    wanted: Wanted = lambda _: True,
    attestations: Sequence[Attestation] = (),
    lineage: Lineage | None = None,
    known_on: datetime.date | None = None,
) -> Iterator[Judgement]:
    """Judge the rows of `table`, and yield the judgements as they are made, smaller units first.

    With a catalog, each row is judged under every standard for its level that is not `only_when_named`; a year that
    none of its criteria holds for gives a judgement without a result. With one set of criteria, the rows of its level
    are judged under it. A verdict of a larger unit can rest on those of the units inside it (`share_met`).

    `standards` and `wanted` say which judgements are yielded, not what they rest on: a row that is not wanted is judged
    all the same, under any standard, where a judgement that is yielded asks for it, and only there.

    `attestations` are put to the rows as `attest` does; those that decide nothing are told with a `TableWarning`.

    `lineage` says what units were in earlier years, in place of the lineage that the table was read with. Raises
    `FactsError` for a row of a unit that is no more in its year; what it leaves in doubt is told with a `TableWarning`.

    `known_on` is a day: judged is what was on file then (`FactTable.as_known_on`), under the sets that were in force. A
    row of a set that was not has no verdict, but the reason.
    """
    expect("`table`", table, FactTable, phrase("what `read_facts` gives"))
    expect("`criteria`", criteria, (Catalog, Criteria), phrase("what `load`, `loads` or `catalog` gives"))
    expect("`standards`", standards, (Collection, NoneType), phrase("a list of names of standards"))
    expect("`lineage`", lineage, (Lineage, NoneType), phrase("what `read_lineage` gives"))
    standards = (standards,) if isinstance(standards, str) else standards
    table = table if lineage is None else evolve(table, lineage=lineage)
    told = len(table.warnings)
    if known_on is not None:
        table = table.as_known_on(known_on)
        told = sum(one.code != "NC460" for one in table.warnings)
    table = fitted(attest(table, criteria, attestations), criteria.with_inside)
    if unused := table.warnings[told:]:
        warnings.warn(TableWarning(unused), stacklevel=2)
    return judgements(table, criteria, standards=standards, wanted=wanted)


def judgements(
    table: FactTable,
    criteria: Catalog | Criteria,
    *,
    standards: Collection[str] | None,
    wanted: Wanted,
    settled: SettledVerdicts = NOTHING_SETTLED,
    rows: Sequence[FactRow] | None = None,
) -> Iterator[Judgement]:
    """`evaluate_rows`, with verdicts of units inside that are `settled` before.

    `rows` are the units and years to judge; without them, those that the table has for the `criteria`.
    """
    run = _begun(table, criteria, settled, rows)
    for row in sorted(filter(wanted, run.years.rows), key=_size):
        yield from _judgements(run, row, standards)


def years_of(table: FactTable, criteria: Catalog | Criteria) -> tuple[FactRow, ...]:
    """A row for each unit and year that `criteria` may judge; months are of the years of the sets for their level."""
    return _begun(table, criteria).years.rows


def _begun(
    table: FactTable,
    criteria: Catalog | Criteria,
    settled: SettledVerdicts = NOTHING_SETTLED,
    rows: Sequence[FactRow] | None = None,
) -> _TablePass:
    by_sets = YearsOfSets(table)
    sets = criteria.with_inside
    years = by_sets.of_any(sets) if rows is None else evolve(table, rows=tuple(rows))
    beside = rows_beside(by_sets, sets)
    return _TablePass(with_rows_beside(by_sets, beside), criteria, years, surroundings(years), beside, settled)


def verdicts_of_rows(
    table: FactTable,
    criteria: Catalog | Criteria,
    chosen: Callable[[FactRow], Criteria | None],
    around: Sequence[str],
) -> Iterator[tuple[FactRow, Mapping[FactKey, VerdictLeanedOn]]]:
    """What the `chosen` criteria of each row lean on; the whole table lies in the units `around`, the nearest first."""
    run = _begun(table, criteria)
    run = evolve(run, surroundings=run.surroundings.lying_in(around))
    for row in run.years.rows:
        if (one := chosen(row)) is not None:
            yield row, _leaned_on(run, row, one)


def passed_over(
    table: FactTable,
    criteria: Catalog | Criteria,
    wanted: Wanted = lambda _: True,
    standards: Collection[str] | None = None,
) -> list[FactRow]:
    """The `wanted` rows that no standard has criteria for, of all `standards` that are named or need not be."""
    run = _begun(table, criteria)
    return [row for row in run.years.rows if wanted(row) and not _is_looked_at(run, row, standards or ())]


def _is_looked_at(run: _TablePass, row: FactRow, named: Collection[str]) -> bool:
    is_refused = isinstance(run.criteria, Catalog) and row.unit.level is None
    return is_refused or any(one in named or _needs_no_name(run, row, one) for one, _ in _choices(run, row))


def _needs_no_name(run: _TablePass, row: FactRow, standard: str) -> bool:
    return isinstance(run.criteria, Criteria) or standard in run.criteria.sets.unasked_standards(row.unit.level)


_SIZES: Final = {level: size for size, level in enumerate((*Level, None))}


def _size(row: FactRow) -> int:
    return _SIZES[row.unit.level]


def _judgements(run: _TablePass, row: FactRow, standards: Collection[str] | None) -> Iterator[Judgement]:
    if isinstance(run.criteria, Catalog) and row.unit.level is None:
        message = phrase("the level of {unit} is not given", unit=row.unit.id)
        hint = phrase("add a column `level`, or judge under one criteria file")
        yield Judgement(row, "", None, (Problem("NC307", message, row.place, hint),))
        return
    for standard, found in _choices(run, row):
        asked = _needs_no_name(run, row, standard) if standards is None else standard in standards
        if isinstance(run.criteria, Criteria) or (asked and _has_facts(run, row, found)):
            yield _judgement(run, row, standard, found)


def _choices(run: _TablePass, row: FactRow, only: str = "") -> Iterator[tuple[str, Chosen]]:
    """The standards that a row is judged under, or `only` this one, each with the criteria that hold for the row."""
    level, criteria = row.unit.level, run.criteria
    if isinstance(criteria, Criteria):
        if level in (None, criteria.level) and only in ("", criteria.definition.standard):
            yield criteria.definition.standard, criteria
        return
    if level is not None:
        assert run.chosen is not None, "there is a catalog"
        yield from (one for one in run.chosen.choices(row, level) if only in ("", one[0]))


def _has_facts(run: _TablePass, row: FactRow, chosen: Chosen) -> bool:
    """Whether the year of `row` is one that the unit has a row of, as the chosen set counts years."""
    if not isinstance(chosen, Criteria):
        return True
    return run.facts.seen_by(chosen.definition).table.row(row.unit.id, row.year) is not None


def _judgement(run: _TablePass, row: FactRow, standard: str, chosen: Chosen) -> Judgement:
    if not isinstance(chosen, Criteria):
        sets = run.criteria.sets.sets if isinstance(run.criteria, Catalog) else ()
        return Judgement(row, standard, None, chosen, called=standard_among(sets, standard).title)
    if (problem := not_in_force(chosen.definition, run.years.known_on)) is not None:
        return Judgement(row, standard, None, (problem,), called=chosen.definition.standard_title)
    if not run.is_remembered:
        return _judged(run, row, standard, chosen)
    if (key := (row.unit.id, row.year, standard)) not in run.judged:
        run.judged[key] = _judged(run, row, standard, chosen)
    return run.judged[key]


def _judged(run: _TablePass, row: FactRow, standard: str, criteria: Criteria) -> Judgement:
    basis = None
    facts = run.facts.seen_by(criteria.definition)
    row = facts.table.row(row.unit.id, row.year) or evolve(row, values={})
    try:
        earlier = run.facts.earlier(criteria.definition, row)
        refuse_other_series(facts, earlier.sources, criteria)
        refuse_unread(facts, earlier.sources, criteria)
        refuse_months(facts, earlier.sources)
        attested = _attested(run, row, criteria)
        verdicts = _leaned_on(run, row, criteria)
        basis = RowBasis(facts, earlier, _inside(run, row, criteria), attested, verdicts)
        return Judgement(row, standard, run.judges.verdicts(row, criteria, basis), (), criteria, basis)
    except EvaluationError as error:
        problems = (evolve(problem, place=problem.place or row.place) for problem in error.problems)
        return Judgement(row, standard, None, tuple(problems), criteria, basis)


def _attested(run: _TablePass, row: FactRow, criteria: Criteria) -> Mapping[str, Attestation]:
    """The clauses of `criteria` that are attested of a row; raises `EvaluationError` where they may not be."""
    if not row.attestations:
        return {}
    contents, problems = _asked(run, criteria).contents, list[Problem]()
    given = [one for one in row.attestations if contents.concerns(one) and contents.fact_of(one) is None]
    found = resolved(contents, given, problems)
    if problems:
        raise EvaluationError(problems)
    return found.clauses


def _inside(run: _TablePass, row: FactRow, criteria: Criteria) -> dict[Asked, RolledUnits]:
    """What the rules of `criteria` ask of the units inside the unit of `row`, as far as it is known which there are."""
    rolled = ((key, _rolled(run, row, criteria, asked)) for key, asked in _asked(run, criteria).inside.items())
    return {key: found for key, found in rolled if found is not None}


def _rolled(run: _TablePass, row: FactRow, criteria: Criteria, asked: Within) -> RolledUnits | None:
    """What is asked of the units of a level inside; `None` where it is not known which there are.

    Units that are not in the table in this year, and those without a verdict, are awaited; those that are no more,
    or not yet, by the lineage of the table are not counted.
    """
    level, names = Level(asked.level), run.surroundings.names
    inside, lineage = (
        run.surroundings.inside(row.unit.id, level, row.year),
        run.facts.lineage(criteria.definition.window),
    )
    absent = [unit for unit in inside.absent if lineage.stands(unit, row.year)]
    stated = row.child_counts.get(level)
    if stated is None and (run.years.lacks_rows or not (inside.present or absent)):
        return None
    if stated is not None and stated < len(inside.present):
        message = phrase(
            "{unit} is said to have {stated} units of the level {level}; the table has {count}",
            unit=row.unit.id,
            stated=stated,
            level=level.value,
            count=len(inside.present),
        )
        raise EvaluationError(Problem("NC308", message, row.place))
    present = [_found(run, row, UnitInside(unit, names[unit]), criteria, asked) for unit in inside.present]
    others = [UnitInside(unit, names[unit]) for unit in absent]
    return rolled_units(criteria.definition, asked, present, others, stated)


def _found(run: _TablePass, outer: FactRow, unit: UnitInside, criteria: Criteria, asked: Within) -> UnitInside:
    """A unit inside with how it comes out, or what it adds to a sum."""
    made, row = _asked(run, criteria).made[asked.level, asked.path], run.years.row(unit.id, outer.year)
    if row is None or (made is not None and not _has_facts(run, row, made)):
        return unit
    if made is None:
        return _verdict(run, outer, row, unit, asked.path)
    judgement = _judgement(run, row, made.id, made)
    record = judgement.record if asked.measure is Measure.SUM_OF and judgement.verdicts is not None else None
    if record is not None:
        return evolve(unit, found=term_of(made.definition, asked, record))
    return came_out(unit, judgement, CONDITION)


def _verdict(run: _TablePass, outer: FactRow, row: FactRow, unit: UnitInside, path: str) -> UnitInside:
    """A unit inside with its verdict on `path`, which may name a standard before a colon."""
    standard, _, inner = path.rpartition(":")
    if _size(row) >= _size(outer):
        return unit
    awaited = unit
    for name, one in _choices(run, row, standard):
        found = unit
        if name == run.settled.standard and (row.unit.id, row.year) in run.settled.verdicts:
            found = evolve(unit, found=run.settled.verdicts[row.unit.id, row.year].get(inner))
        elif not isinstance(one, Criteria):
            found = evolve(unit, reason=one[0].message) if standard else unit
        elif inner in _asked(run, one).paths and _has_facts(run, row, one):
            found = came_out(unit, _judgement(run, row, name, one), inner)
        if found.found is not None:
            return found
        awaited = found if awaited.reason is None else awaited
    return awaited


def _leaned_on(run: _TablePass, row: FactRow, criteria: Criteria) -> dict[FactKey, VerdictLeanedOn]:
    """The verdicts of other years and standards that the rules of `criteria` lean on."""
    if not criteria.leans:
        return {}
    lineage = run.facts.lineage(criteria.definition.window)
    return leaned_on(criteria.definition, row, lineage, partial(_judged_elsewhere, run))


def _judged_elsewhere(run: _TablePass, unit: str, asked: VerdictAsked, year: int) -> Judgement | str:
    """The judgement of a unit in another year or under another standard, or why there is none."""
    row = run.years.row(unit, year) or run.beside.get((unit, year))
    absent = phrase("the table has no row of {unit} for {year}", unit=unit, year=year)
    if row is None:
        return absent
    for standard, chosen in _choices(run, row, asked.standard):
        if not isinstance(chosen, Criteria):
            return chosen[0].message
        if asked.path not in _asked(run, chosen).paths:
            return phrase('{criteria} has no clause "{path}"', criteria=chosen.id, path=asked.path)
        return _judgement(run, row, standard, chosen) if _has_facts(run, row, chosen) else absent
    return phrase('no set of "{standard}" is at hand', standard=asked.standard)


def _asked(run: _TablePass, criteria: Criteria) -> SetAsked:
    if criteria.id not in run.sets:
        run.sets[criteria.id] = set_asked(criteria.definition)
    return run.sets[criteria.id]
