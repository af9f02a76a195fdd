"""Years that a unit has no row of, but of which later rows or attestations say something that verdicts lean on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from ncriteria.evaluation.table_years.years_of_sets import YearsOfSets
from ncriteria.facts.lineage.yearly import Start
from ncriteria.facts.table import FactRow, said_until
from ncriteria.language.tree import FactKey
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.structure import verdicts_leaned_on


def rows_beside(facts: YearsOfSets, sets: Iterable[CriteriaSet]) -> dict[tuple[str, int], FactRow]:
    """A row for each such year, by unit and year, where any of `sets` leans on verdicts of other years.

    It has what is attested of the year, and what later rows state of it, as in `prev_year.cases`: of the same unit, not
    of one that it was before a change. In a table of months nothing is stated so.
    """
    leaning = [one for one in sets if verdicts_leaned_on(one)]
    if not leaning:
        return {}
    table = facts.table
    found = {(row.unit.id, row.year): row for row in table.beside}
    for unit in dict.fromkeys(row.unit.id for row in table.rows if not table.has_months):
        rows = table.rows_of(unit)
        for year, values in said_until(rows, max(rows)).items():
            later = min((one for one in rows if one > year), default=None)
            if year in rows or later is None or any(_was_changed(facts, one, rows[later], year) for one in leaning):
                continue
            row = found.get((unit, year)) or FactRow(rows[later].unit, year, {}, place=rows[later].place)
            stated = {FactKey.of(name): value for name, value in values.items()}
            found[unit, year] = evolve(row, values={**stated, **row.values})
    return found


def with_rows_beside(facts: YearsOfSets, beside: Mapping[tuple[str, int], FactRow]) -> YearsOfSets:
    """The same table with these rows, which verdicts lean on and nobody asks for by themselves."""
    return YearsOfSets(evolve(facts.table, rows=(*facts.table.rows, *beside.values()))) if beside else facts


def _was_changed(facts: YearsOfSets, criteria: CriteriaSet, row: FactRow, year: int) -> bool:
    """Whether the unit of a row was another one, or none, in an earlier year."""
    standing = facts.lineage(criteria.window).standing(row.unit.id, row.year, row.unit.level or criteria.level)
    return standing is not None and not (isinstance(standing, Start) and standing.year <= year)
