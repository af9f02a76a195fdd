"""A fact table as sets see it: months are added up over the window of each, so the years of a unit are a set's."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, field, frozen

from ncriteria.facts.adding_up import YearlyFacts, in_years
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.sets.model import CALENDAR_YEAR, CriteriaSet


@frozen
class YearsOfSets:
    """A table by the years of each set; what a set sees is put together once."""

    table: FactTable
    _seen: dict[str, YearlyFacts] = field(factory=dict, init=False, repr=False, eq=False)

    def seen_by(self, criteria: CriteriaSet) -> YearlyFacts:
        """The table by the years of a set."""
        if criteria.id not in self._seen:
            self._seen[criteria.id] = in_years(self.table, criteria.window or CALENDAR_YEAR, criteria.facts)
        return self._seen[criteria.id]

    def of_any(self, sets: Iterable[CriteriaSet]) -> FactTable:
        """The table with a row for each year that a set for the level of a unit sees, or else for calendar years."""
        if not self.table.has_months and self.table.as_of is None:
            return self.table
        found: dict[tuple[str, int], FactRow] = {}
        judged = set()
        for one in sets:
            judged.add(one.level)
            for row in self.seen_by(one).table.rows:
                if row.unit.level in (None, one.level):
                    found.setdefault((row.unit.id, row.year), row)
        for row in in_years(self.table, CALENDAR_YEAR, {}).table.rows:
            if row.unit.level is not None and row.unit.level not in judged:
                found.setdefault((row.unit.id, row.year), row)
        return evolve(self.table, rows=tuple(found.values()), as_of=None)
