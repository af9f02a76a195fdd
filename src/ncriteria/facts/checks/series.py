"""The series that a table states, against those that a set asks for: figures of another series are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.month_windows import WindowMonths
from ncriteria.facts.table import FactRow, FactTable, Month
from ncriteria.language.tree import Ago, FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, FactDeclaration
from ncriteria.sets.years.series import are_comparable, series_in
from ncriteria.words import phrase


@frozen
class OfOtherSeries:
    """A figure that is left out: the series that the table states, the one that is asked for, and its cell."""

    stated: str
    asked: str
    place: CellPlace


LeftOutFigures = Mapping[tuple[str, int], Mapping[FactKey, OfOtherSeries]]
"""The figures that are left out, by unit and assessment year, and by fact and years back."""


def of_asked_series(table: FactTable, criteria: CriteriaSet) -> tuple[FactTable, LeftOutFigures]:
    """The table without the figures of series that the set does not ask for, and those figures.

    A row that states no series has those that are asked for. A count that declares no series is asked for in the one
    that the latest row of the table states.
    """
    if all(row.series is None for row in table.rows):
        return table, {}
    run = _Series(criteria, table.months_end, _latest_series(table))
    left_out: dict[tuple[str, int], dict[FactKey, OfOtherSeries]] = {}
    rows = []
    for row in table.rows:
        found = {} if row.series is None else dict(run.left_out(row))
        for (year, key), one in found.items():
            left_out.setdefault((row.unit.id, year), {})[key] = one
        gone = {key for _, key in found}
        kept = {key: value for key, value in row.values.items() if key not in gone}
        rows.append(evolve(row, values=kept) if gone else row)
    return evolve(table, rows=tuple(rows)), left_out


def _latest_series(table: FactTable) -> str | None:
    """The series of the first row of the last year or month that states one."""
    stated = [row for row in table.rows if row.series is not None]
    return max(stated, key=lambda row: (row.year, row.month or 0)).series


@frozen(eq=False)
class _Series:
    """What a set asks for in the years of a table."""

    criteria: CriteriaSet
    months_end: int | None
    latest: str | None

    def left_out(self, row: FactRow) -> Iterator[tuple[tuple[int, FactKey], OfOtherSeries]]:
        """The figures of a row that states a series, each with the assessment year of the row."""
        assert row.series is not None
        for key in row.values:
            declared = self.criteria.facts.get(key.name)
            if declared is None or not isinstance(key.period, Ago):
                continue
            year = self._year(row, key.name)
            asked = self._asked(declared, year - key.period.years)
            if asked is not None and not are_comparable(row.series, asked, self.criteria.comparable):
                yield (year, key), OfOtherSeries(row.series, asked, row.places.get(key, row.place))

    def _asked(self, declared: FactDeclaration, year: int) -> str | None:
        if declared.series:
            return series_in(declared.series, year) or _NONE_DECLARED
        is_count = declared.type.is_numeric and declared.over_months is None and not declared.attested
        return self.latest if is_count and declared.published is None else None

    def _year(self, row: FactRow, fact: str) -> int:
        """The assessment year that a row is of, for a fact; a month is of that of its window."""
        if row.month is None:
            return row.year
        calendar = WindowMonths(self.criteria.window_of(fact), self.months_end)
        return next(calendar.years(Month(row.year, row.month)), row.year)


_NONE_DECLARED = ""
"""Stands for the series of years before the first that a fact declares: no figure is of it."""


def told_of_series(left_out: LeftOutFigures) -> Iterator[Problem]:
    """A warning for each figure that is left out."""
    for (unit, year), figures in left_out.items():
        for key, one in figures.items():
            assert isinstance(key.period, Ago)
            figure = phrase("`{fact}` of {unit} in {year}", fact=key.name, unit=unit, year=year - key.period.years)
            message = phrase(
                "{figure} is of the series `{stated}`, and `{asked}` is asked for: it counts as not known",
                figure=figure,
                stated=one.stated,
                asked=one.asked,
            )
            if one.asked == _NONE_DECLARED:
                message = phrase(
                    "{figure} is of the series `{stated}`, and the fact declares none for then: it counts as not known",
                    figure=figure,
                    stated=one.stated,
                )
            yield Problem("NC421", message, one.place, _HINT)


_HINT = phrase(
    "declare the `series` of the fact; where a source compares both series, name them in `comparable` with the citation"
)
