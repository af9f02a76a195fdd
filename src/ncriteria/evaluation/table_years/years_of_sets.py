"""A fact table as sets see it: months are added up over the window of each, so the years of a unit are a set's.

What a unit was in earlier years rests on that window too, for changes of units have a day.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, field

from ncriteria.evaluation.records.record import in_view
from ncriteria.facts.adding_up import YearlyFacts, in_years
from ncriteria.facts.checks.series import of_asked_series
from ncriteria.facts.lineage.bases import EarlierRows, Predecessors
from ncriteria.facts.lineage.months import by_new_units
from ncriteria.facts.lineage.yearly import YearlyLineage
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.language.tree import THIS_YEAR, FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.needs import needs_of
from ncriteria.sets.years.windows import CALENDAR_YEAR, Window


@frozen
class _LookingBack:
    """What a set sees behind its units, and the facts of other years that its rules ask for."""

    predecessors: Predecessors
    asked: tuple[FactKey, ...]
    _from: dict[int, tuple[FactKey, ...]] = field(factory=dict, init=False, repr=False, eq=False)

    def asked_from(self, year: int) -> tuple[FactKey, ...]:
        """The facts that rules ask for as seen from a year, each once."""
        if year not in self._from:
            seen = (FactKey.of(key.name, in_view(key.period, year)) for key in self.asked)
            self._from[year] = tuple(dict.fromkeys(seen))
        return self._from[year]


@frozen
class YearsOfSets:
    """A table by the years of each set; what a set sees is put together once."""

    table: FactTable
    _seen: dict[str, YearlyFacts] = field(factory=dict, init=False, repr=False, eq=False)
    _lineages: dict[Window, YearlyLineage] = field(factory=dict, init=False, repr=False, eq=False)
    _looking_back: dict[str, _LookingBack] = field(factory=dict, init=False, repr=False, eq=False)

    def seen_by(self, criteria: CriteriaSet) -> YearlyFacts:
        """The table by the years of a set."""
        if criteria.id not in self._seen:
            lineage = self.lineage(criteria.window)
            kept, other_series = of_asked_series(self.table, criteria)
            table = by_new_units(kept, lineage, criteria.facts, criteria.level)
            seen = in_years(table, criteria.months_of_year, criteria.facts)
            self._seen[criteria.id] = evolve(seen, other_series=other_series)
        return self._seen[criteria.id]

    def lineage(self, window: Window | None) -> YearlyLineage:
        """The lineage of the table by the years of sets with this window."""
        window = window or CALENDAR_YEAR
        if window not in self._lineages:
            self._lineages[window] = YearlyLineage(self.table.lineage, window)
        return self._lineages[window]

    def earlier(self, criteria: CriteriaSet, row: FactRow) -> EarlierRows:
        """What the unit of a row, as a set sees it, looks back at."""
        if criteria.id not in self._looking_back:
            facts, lineage = self.seen_by(criteria), self.lineage(criteria.window)
            asked = tuple(
                FactKey(need.declaration.name, period)
                for need in needs_of(criteria)
                for period in need.asked
                if period != THIS_YEAR
            )
            made_of = Predecessors(facts.table, lineage, criteria.facts, criteria.level)
            self._looking_back[criteria.id] = _LookingBack(made_of, asked)
        looking = self._looking_back[criteria.id]
        return looking.predecessors.earlier(row, looking.asked_from(row.year))

    def of_any(self, sets: Iterable[CriteriaSet]) -> FactTable:
        """The table with a row for each year that a set for the level of a unit sees, or else for calendar years.

        A form says its years: a set with another window sees months of the year after, too, which nobody asked for.
        """
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
        asked = self.table.assessment_years
        rows = tuple(row for row in found.values() if asked is None or row.year in asked)
        return evolve(self.table, rows=rows, as_of=None)
