"""Months of a year in which a unit changed: those of its predecessors before the day are months of the new unit.

A month is of the units that there are at its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from attrs import evolve, field

from ncriteria.facts.lineage.bases import Part, put_together
from ncriteria.facts.lineage.changes import Proportion
from ncriteria.facts.lineage.yearly import Start, YearlyLineage
from ncriteria.facts.month_windows import WindowMonths
from ncriteria.facts.table import FactRow, FactTable, Month
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration, Level


def by_new_units(
    table: FactTable, lineage: YearlyLineage, declarations: Mapping[str, FactDeclaration], level: Level
) -> FactTable:
    """The table with the months of predecessors as months of the units that they are in at the end of the year.

    Months before a reform are left out where the unit has months after it too, and nothing says that it is the same.
    """
    if not table.has_months:
        return table
    run = _Months(table, lineage, declarations, level)
    made = [row for unit, start in run.starts() for row in run.early(unit, start)]
    if not (made or run.gone):
        return table
    kept = [row for row in table.rows if row.month is None or (row.unit.id, Month(row.year, row.month)) not in run.gone]
    return evolve(table, rows=(*kept, *made))


def rows_of_months(table: FactTable) -> dict[str, dict[Month, FactRow]]:
    """The rows of single months, by unit and month."""
    found: dict[str, dict[Month, FactRow]] = {}
    for row in table.rows:
        if row.month is not None:
            found.setdefault(row.unit.id, {})[Month(row.year, row.month)] = row
    return found


def months_left_out(table: FactTable, lineage: YearlyLineage, level: Level) -> dict[str, Start]:
    """The units whose months before a reform are left out, with their beginnings."""
    if not table.has_months:
        return {}
    run = _Months(table, lineage, {}, level)
    return {unit: start for unit, start in run.starts() if start.reform is not None and run.has_early(unit, start)}


@frozen(eq=False)
class _Months:
    """The months of a table by unit; `gone` are those that are of other units at the end of the year."""

    table: FactTable
    lineage: YearlyLineage
    declarations: Mapping[str, FactDeclaration]
    level: Level
    gone: set[tuple[str, Month]] = field(factory=set)
    rows: dict[str, dict[Month, FactRow]] = field(init=False)
    calendar: WindowMonths = field(init=False)

    @rows.default
    def _by_unit(self) -> dict[str, dict[Month, FactRow]]:
        return rows_of_months(self.table)

    @calendar.default
    def _calendar_of_window(self) -> WindowMonths:
        return WindowMonths(self.lineage.window, self.table.months_end)

    def starts(self) -> Iterator[tuple[str, Start]]:
        """The units with months of the year in which they begin, on its day or after it."""
        for unit, months in self.rows.items():
            years = dict.fromkeys(year for month in months for year in self.calendar.years(month))
            for year in years:
                start = self.lineage.standing(unit, year, self._level_of(unit))
                if isinstance(start, Start) and start.year == year and self._has_late(unit, start):
                    yield unit, start

    def _level_of(self, unit: str) -> Level:
        return next((row.unit.level for row in self.rows[unit].values() if row.unit.level is not None), self.level)

    def _has_late(self, unit: str, start: Start) -> bool:
        return any(
            month in self.rows[unit] and self.calendar.days(month)[1] >= start.day
            for month in self.calendar.months(start.year)
        )

    def has_early(self, unit: str, start: Start) -> bool:
        """Whether a unit has months of the year before the day of a beginning."""
        return any(
            month in self.rows[unit] and self.calendar.days(month)[1] < start.day
            for month in self.calendar.months(start.year)
        )

    def early(self, unit: str, start: Start) -> Iterator[FactRow]:
        """The months of the year before the day of a beginning, put together of those of the predecessors."""
        latest = self.rows[unit][max(self.rows[unit])]
        for month in self.calendar.months(start.year):
            end = self.calendar.days(month)[1]
            if end >= start.day:
                continue
            origins = self.lineage.traced_back(unit, start.year, self._level_of(unit), after=end)
            self.gone.update((old, month) for old in (origins or {unit: None}))
            if origins:
                yield from self._together(latest, month, origins)

    def _together(self, latest: FactRow, month: Month, origins: Mapping[str, Proportion]) -> Iterator[FactRow]:
        rows = {old: self.rows.get(old, {}).get(month) for old in origins}
        given = next((row for row in rows.values() if row is not None), None)
        if given is None:
            return
        values = {}
        for name in self.declarations:
            value, _ = put_together(self.declarations, name, partial(_parts, rows, origins))
            if value is not None:
                values[FactKey.of(name)] = value
        yield FactRow(latest.unit, month.year, values, places=given.places, place=given.place, month=month.number)


def _parts(rows: Mapping[str, FactRow | None], origins: Mapping[str, Proportion], fact: str) -> tuple[Part, ...]:
    return tuple(
        Part(
            old,
            None if (row := rows[old]) is None else row.unit.name,
            share,
            None if row is None else row.values.get(FactKey.of(fact)),
        )
        for old, share in origins.items()
    )
