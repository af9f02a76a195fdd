"""Attestations beside a fact table: the table that has them, each with the row of its unit and year."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, field

from ncriteria.errors import CellPlace, Problem, expect
from ncriteria.evaluation.attesting.deciding import (
    contradiction,
    exact_value,
    expect_attestations,
    refuse_repeated,
    resolved,
    unknown,
)
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.leaning.asked import years_leaned_on
from ncriteria.evaluation.table_years.years_of_sets import YearsOfSets
from ncriteria.facts.attestations.contents import SetContents, may_be_attested
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.checks.doubts import limited
from ncriteria.facts.lineage.fitting import another_unit
from ncriteria.facts.options import AS_IT_STANDS, ReadingOptions
from ncriteria.facts.table import FactRow, FactTable, add_to_known, contradict
from ncriteria.facts.units.levels import name_key, unit_meant
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, FactValue, Verdict
from ncriteria.words import phrase


def read_attestations(
    path: str | Path,
    criteria: Criteria | Catalog,
    *,
    ignore: Collection[str] = (),
    options: ReadingOptions = AS_IT_STANDS,
) -> tuple[Attestation, ...]:
    """The attestations in a file of any kind that facts are read from: a row for each, with unit, year, what, by whom.

    `criteria` say which clauses and facts there are. Columns whose heading is in `ignore` are passed over; `options`
    say more, as for facts. Raises `FactsError` with every problem of the file.
    """
    from ncriteria.facts.attestations.reading import read

    expect("`criteria`", criteria, (Catalog, Criteria), phrase("what `load`, `loads` or `catalog` gives"))
    return read(path, sets_of(criteria), options=evolve(options, ignore=options.ignore.union(ignore)))


def sets_of(criteria: Criteria | Catalog) -> tuple[CriteriaSet, ...]:
    """The sets of criteria."""
    return (criteria.definition,) if isinstance(criteria, Criteria) else criteria.sets.sets


def attest(table: FactTable, criteria: Criteria | Catalog, attestations: Sequence[Attestation]) -> FactTable:
    """`table` with attestations, each of the row of its unit and year; attested facts stand among those of the row.

    Attestations that decide nothing under `criteria`, for there is no such row or no set judges it, are told in its
    `warnings`. Raises `EvaluationError` for attestations without a unit or a year, of what no set has, given twice, of
    a fact that is none or may not be attested by this body, and of one that the row gives otherwise.
    """
    expect("`table`", table, FactTable, phrase("what `read_facts` gives"))
    expect("`criteria`", criteria, (Catalog, Criteria), phrase("what `load`, `loads` or `catalog` gives"))
    return attested_table(table, sets_of(criteria), attestations)


def attested_table(table: FactTable, sets: Sequence[CriteriaSet], attestations: Sequence[Attestation]) -> FactTable:
    """`attest`, where the table may be judged under any of `sets`."""
    if attestations == ():
        return table
    expect_attestations(attestations)
    refuse_repeated([*(one for row in (*table.rows, *table.beside) for one in row.attestations), *attestations])
    run = _Attesting(tuple(map(SetContents, sets)))
    on_file, later = attested_by(attestations, table.known_on)
    run.warnings.extend(later)
    given = run.by_row(on_file)
    rows = tuple(
        row if row.month is not None else run.attested(row, given.pop((row.unit.id, row.year), []))
        for row in (*table.rows, *_years_of_months(table, sets, given))
    )
    beside = tuple(run.attested(row, given.pop((row.unit.id, row.year), [])) for row in _leaned_on(table, sets, given))
    run.tell_elsewhere(table, [one for rest in given.values() for one in rest])
    if run.problems:
        raise EvaluationError(run.problems)
    warnings = (*table.warnings, *limited(run.warnings, CellPlace()))
    return evolve(table, rows=rows, beside=tuple(row for row in beside if row.attestations), warnings=warnings)


def attested_by(
    attestations: Sequence[Attestation], day: datetime.date | None
) -> tuple[Sequence[Attestation], Sequence[Problem]]:
    """The attestations that were on file on a `day`, and warnings of those that were not, or do not say their day."""
    if day is None:
        return attestations, ()
    kept, told = list[Attestation](), list[Problem]()
    for one in attestations:
        what = phrase("`{content}` of {unit} in {year}", content=one.content, unit=one.unit, year=one.year)
        if one.date is None:
            message = phrase("{what} is attested without a date, and is taken as known on {day}", what=what, day=day)
            told.append(Problem("NC460", message, one.place, phrase("write the date of its document")))
        elif one.date > day:
            message = phrase("{what} was attested on {date}, later than {day}", what=what, day=day, date=one.date)
            hint = phrase("it decides nothing as known on that day")
            told.append(Problem("NC464", message, one.place, hint))
            continue
        kept.append(one)
    return kept, told


def _leaned_on(table: FactTable, sets: Sequence[CriteriaSet], wanted: Iterable[tuple[str, int]]) -> Iterator[FactRow]:
    """The rows beside the table, and one for each year that is wanted and that verdicts of a later row lean on."""
    known = {(row.unit.id, row.year) for row in table.beside}
    yield from table.beside
    for unit, year in [one for one in wanted if one not in known]:
        later = [one for one in table.rows_of(unit) if one > year]
        if later and table.row(unit, year) is None and year in years_leaned_on(sets, later):
            nearest = table.rows_of(unit)[min(later)]
            yield FactRow(nearest.unit, year, {}, place=nearest.place)


def _years_of_months(
    table: FactTable, sets: Sequence[CriteriaSet], wanted: Collection[tuple[str, int]]
) -> Iterator[FactRow]:
    """A row without facts for each unit and year that is wanted and has months only: what is attested is of a year."""
    if table.has_months:
        for row in YearsOfSets(table).of_any(sets).rows:
            if (row.unit.id, row.year) in wanted and table.row(row.unit.id, row.year) is None:
                yield FactRow(row.unit, row.year, {}, place=row.place)


@frozen
class _Attesting:
    """One attesting of a table, and all that is wrong or decides nothing."""

    sets: tuple[SetContents, ...]
    problems: list[Problem] = field(factory=list)
    warnings: list[Problem] = field(factory=list)

    def by_row(self, attestations: Iterable[Attestation]) -> dict[tuple[str, int], list[Attestation]]:
        """Attestations of what there is, by the unit and the year that they are of."""
        found: dict[tuple[str, int], list[Attestation]] = {}
        for one in attestations:
            if not any(contents.concerns(one) for contents in self.sets):
                self.problems.append(unknown([contents.criteria for contents in self.sets], one))
            elif one.unit is None or one.year is None:
                message = phrase(
                    "`{content}` is attested without a unit or a year, beside a table of both", content=one.content
                )
                self.problems.append(Problem("NC319", message, one.place, phrase("give `unit` and `year`")))
            else:
                found.setdefault((one.unit, one.year), []).append(one)
        return found

    def attested(self, row: FactRow, given: Sequence[Attestation]) -> FactRow:
        """A row with its attestations, and with the facts that they give."""
        values, kept = {**row.values}, list[Attestation]()
        for one in given:
            judging = [contents for contents in self._judging(row) if contents.concerns(one)]
            if not judging:
                message = phrase(
                    "`{content}` is attested for {unit} in {year}, and no set that judges it has that",
                    content=one.content,
                    unit=row.unit.id,
                    year=row.year,
                )
                self.warnings.append(Problem("NC317", message, one.place))
            elif not any(contents.fact_of(one) for contents in judging):
                kept.append(one)
            elif (fact := self._fact(judging, one)) is not None:
                kept.append(fact)
                self._add(row, values, fact)
        return evolve(row, values=values, attestations=(*row.attestations, *kept)) if kept else row

    def _judging(self, row: FactRow) -> Iterator[SetContents]:
        """The sets that may judge a row, wherever it lies."""
        for contents in self.sets:
            if row.unit.level in (None, contents.criteria.level) and row.year in contents.criteria.years:
                yield contents

    def _fact(self, judging: Sequence[SetContents], one: Attestation) -> Attestation | None:
        """A fact with its exact value; by the sets in which it is attested, where it is in any."""
        declared = [(contents, fact) for contents in judging if (fact := contents.fact_of(one)) is not None]
        found: Attestation | None = None
        for contents, _ in [pair for pair in declared if pair[1].attested] or declared[:1]:
            problems: list[Problem] = []
            found = resolved(contents, [one], problems).facts.get(one.path)
            if problems:
                self.problems.extend(problems)
                return None
        return found

    def _add(self, row: FactRow, values: dict[FactKey, FactValue], fact: Attestation) -> None:
        key, value = FactKey.of(fact.path, THIS_YEAR), exact_value(fact)
        if key in values and contradict(values[key], value):
            place = row.places.get(key, row.place)
            self.problems.append(contradiction(fact.path, fact, values[key], place))
        add_to_known(values, key, value)

    def tell_elsewhere(self, table: FactTable, others: Iterable[Attestation]) -> None:
        """Tell of attestations that are of no row."""
        units = dict.fromkeys((row.unit.id, row.unit.name) for row in table.rows)
        for one in others:
            assert one.unit is not None
            hint: str | None
            if (changed := another_unit(table.lineage, one.unit, one.year or 0)) is not None:
                hint = changed
            elif years := table.rows_of(one.unit):
                hint = phrase("the table has {years} of this unit", years=", ".join(map(str, sorted(years))))
            elif len(called := _called(one.unit, units)) == 1:
                hint = phrase('in the table "{name}" is `{unit}`', name=called[0][1], unit=called[0][0])
            else:
                hint = unit_meant(one.unit, units)
            message = phrase(
                "`{content}` is attested for {unit} in {year}, of which the table has no row",
                content=one.content,
                unit=one.unit,
                year=one.year,
            )
            self.warnings.append(Problem("NC317", message, one.place, hint))


def _called(name: str, units: Iterable[tuple[str, str | None]]) -> list[tuple[str, str]]:
    """The units of that name, or else those of it without the word of their level, as in Tân Phong for Xã Tân Phong."""
    named = [(unit, known) for unit, known in units if known is not None]
    same = [one for one in named if one[1] == name]
    return same or [one for one in named if name_key(one[1]) == name_key(name)]


def left_open(table: FactTable, criteria: CriteriaSet) -> FactTable:
    """`table` without attestations of what `criteria` compute: of an edit, one side may compute what the other asks."""
    if not any(row.attestations for row in (*table.rows, *table.beside)):
        return table
    contents = SetContents(criteria)

    def is_open(one: Attestation) -> bool:
        return contents.fact_of(one) is not None or may_be_attested(contents.members.get(one.path))

    return evolve(
        table,
        rows=tuple(evolve(row, attestations=tuple(filter(is_open, row.attestations))) for row in table.rows),
        beside=tuple(evolve(row, attestations=tuple(filter(is_open, row.attestations))) for row in table.beside),
    )


def facts_attested(rows: Mapping[int, FactRow], year: int, facts: Collection[str]) -> dict[FactKey, Attestation]:
    """The attested ones among `facts`, as seen from the assessment `year`, of a unit with these `rows` by year."""
    return {
        FactKey.of(one.content, Ago(year - row_year)): one
        for row_year, row in rows.items()
        if row_year <= year
        for one in row.attestations
        if one.content in facts and not isinstance(one.value, Verdict)
    }
