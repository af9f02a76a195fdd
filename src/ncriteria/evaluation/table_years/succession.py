"""Whether a table and its lineage fit: units that are no more by it, figures of before a reform that nothing joins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from attrs import evolve

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.records.record import in_view
from ncriteria.evaluation.table_years.territories import left_territories
from ncriteria.evaluation.table_years.years_of_sets import YearsOfSets
from ncriteria.facts.checks.doubts import limited
from ncriteria.facts.checks.fitting import differing, differing_months
from ncriteria.facts.checks.series import told_of_series
from ncriteria.facts.lineage.fitting import (
    LooksAt,
    across_reforms,
    cut_months,
    gone,
    halves,
    stated_otherwise,
    unlike_the_table,
)
from ncriteria.facts.lineage.months import months_left_out
from ncriteria.facts.lineage.yearly import YearlyLineage
from ncriteria.facts.table import FactRow, FactsError, FactTable
from ncriteria.language.tree import Ago, Period
from ncriteria.sets.model import CriteriaSet, Level
from ncriteria.sets.needs import needs_of
from ncriteria.sets.structure import verdicts_leaned_on
from ncriteria.words import phrase


def fitted(table: FactTable, sets: Sequence[CriteriaSet]) -> FactTable:
    """`table` with what its lineage leaves in doubt among its warnings, where any of `sets` may judge it.

    Raises `FactsError` for rows of units that are no more by the lineage.
    """
    by_sets = YearsOfSets(table)
    seen = [(one, by_sets.lineage(one.window), _rows(by_sets, one)) for one in sets]
    problems = dict.fromkeys(differing_months(table.rows, table.lineage) if table.has_months else ())
    problems |= dict.fromkeys(
        problem for one, lineage, rows in seen for problem in _problems(table, lineage, rows, one.level)
    )
    problems |= dict.fromkeys(problem for one, lineage, rows in seen for problem in _in_two_years(one, lineage, rows))
    if problems:
        raise FactsError(problems)
    warnings = dict.fromkeys((*unlike_the_table(table), *(left_territories(by_sets, sets) if len(sets) > 1 else ())))
    for criteria, lineage, rows in seen:
        warnings |= dict.fromkeys(across_reforms(lineage, rows, _looks_at(criteria), criteria.level))
        warnings |= dict.fromkeys(told_of_series(by_sets.seen_by(criteria).other_series))
        warnings |= dict.fromkeys(_stated_otherwise(by_sets, criteria, rows))
        warnings |= dict.fromkeys(cut_months(months_left_out(table, lineage, criteria.level)))
    new = [one for one in limited(warnings, CellPlace(table.lineage.file)) if one not in table.warnings]
    return evolve(table, warnings=(*table.warnings, *new)) if new else table


def _stated_otherwise(by_sets: YearsOfSets, criteria: CriteriaSet, rows: Iterable[FactRow]) -> Iterator[Problem]:
    """The warnings of figures of the year before that new units state, and that their predecessors do not come to."""
    made = by_sets.table.lineage.made
    for row in rows:
        if row.unit.id in made and row.year in criteria.years and any(key.period == Ago(1) for key in row.values):
            yield from stated_otherwise(row, by_sets.earlier(criteria, row).bases)


def _rows(by_sets: YearsOfSets, criteria: CriteriaSet) -> list[FactRow]:
    """The rows that a set may judge."""
    return [row for row in by_sets.seen_by(criteria).table.rows if row.unit.level in (None, criteria.level)]


def _looks_at(criteria: CriteriaSet) -> LooksAt:
    """The years before one that the rules of a set look at, where it holds for that year."""

    @cache
    def periods() -> set[Period]:
        asked = {period for need in needs_of(criteria) for period in need.asked}
        return asked | {key.period for key in verdicts_leaned_on(criteria)}

    def years(year: int) -> set[int]:
        seen = (in_view(period, year) for period in periods()) if year in criteria.years else ()
        return {year - period.years for period in seen if isinstance(period, Ago)}

    return years


def _problems(table: FactTable, lineage: YearlyLineage, rows: Iterable[FactRow], level: Level) -> Iterator[Problem]:
    yield from gone(lineage, rows)
    yield from halves(lineage, rows)
    for row in rows:
        before = table.row(row.unit.id, row.year - 1)
        if before is not None and any(key.period == Ago(1) for key in row.values):
            now, then = (lineage.version(row.unit.id, one.year, one.unit.level or level) for one in (row, before))
            yield from differing(row, before) if now == then else ()


def _in_two_years(criteria: CriteriaSet, lineage: YearlyLineage, rows: Sequence[FactRow]) -> Iterator[Problem]:
    """Changes of units that are in one year for a set, and in another for a fact that is counted over other months.

    Those before all `rows`, or after them, part none of their years.
    """
    changes, of_rows = lineage.lineage, [row.year for row in rows]
    days = {*changes.by_day, *(one.day for one in changes.reforms if criteria.level in one.levels)}
    for declared in criteria.facts.values():
        own = None if declared.window is None else YearlyLineage(changes, declared.window)
        for day in sorted(days) if own is not None else ():
            assert own is not None
            years = sorted((own.first_year(day), lineage.first_year(day)))
            if years[0] != years[1] and of_rows and min(of_rows) < years[1] and max(of_rows) >= years[0]:
                message = phrase(
                    "units change on {day}: that is in {year} for `{fact}`, of {window}, and in {other} for the set",
                    day=day,
                    year=own.first_year(day),
                    fact=declared.name,
                    window=str(own.window),
                    other=lineage.first_year(day),
                )
                hint = phrase("judge the years before the change, and those after it, each by a table of their own")
                yield Problem("NC424", message, CellPlace(changes.file), hint)
                break
