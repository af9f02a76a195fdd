"""A table below its headings, and what the words above it say of all its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, field

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.cells.months import MonthSaid, raw_month
from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.formats.grid import Grid, GridRow, Merged
from ncriteria.facts.formats.raw import RawValue, is_blank
from ncriteria.facts.layout.account import YearFrom
from ncriteria.facts.layout.columns import Column, Reserved
from ncriteria.facts.layout.heading_meanings import is_unit
from ncriteria.facts.layout.heading_periods import year_in
from ncriteria.facts.layout.heading_rows import HeadingRows
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.rows.no_units import NoUnit
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

_OF_SEVERAL_ROWS = (Reserved.UNIT, Reserved.NAME, Reserved.LEVEL, Reserved.PARENT, Reserved.YEAR, Reserved.MONTH)
"""The columns of which a cell may be merged over the rows that it is of."""


_LOOKED_AT = 50
"""Rows that show whether months say their years."""
_MONTH_IN_WORDS = compiled_later(
    r"(?P<day>(?:ngày|day)\s*[0-9]{1,2}\s*)?(?<!\w)(?:tháng|month)\s*(?P<month>0?[1-9]|1[0-2])\s*(?:[-/]|năm)?\s*"
    r"(?P<year>(?:19|20|21)[0-9]{2})(?![0-9])"
)
_PART_OF_A_YEAR = compiled_later(
    r"(?<!\w)(?:qu[ýí]\s*(?:iv|i{1,3}|[1-4])|(?:[1-9]|1[01]|ba|sáu|chín)\s*tháng(?!\s*[0-9])|nửa năm|(?:đầu|cuối) năm"
    r"|tuần\s*[0-9]+"
    r"|(?:first|second|third|fourth|last)\s+(?:half|quarter)|(?:quarter|half)\s*[1-4]|q[1-4]|(?:[1-9]|1[01])\s*months)(?!\w)"
)
"""Words above a table by which its figures are of a part of a year."""


@frozen
class TableBody:
    """The rows below the headings; `said` has what is said of all of them elsewhere, with the column that it is.

    `year_from` tells where the year is from, `no_units` what the rows are that are of no unit, by their numbers.
    """

    grid: Grid
    headings: HeadingRows
    rows: tuple[GridRow, ...]
    table: CellPlace
    said: Mapping[Reserved, str]
    year_from: YearFrom | None
    problems: tuple[Problem, ...] = ()
    no_units: Mapping[int, NoUnit] = field(factory=dict)

    def column(self, wanted: object) -> int | None:
        """The place of the column that is `wanted`, if there is one."""
        return next((at for at, heading in enumerate(self.headings.meanings) if wanted in heading.columns), None)

    def meant(self) -> dict[str, Column]:
        """The column of each heading that names just one, and says no year."""
        return {
            text: heading.columns[0]
            for text, heading in zip(self.headings.texts, self.headings.meanings, strict=True)
            if len(heading.columns) == 1 and not heading.is_dated and isinstance(heading.columns[0], Column)
        }


def body_of(grid: Grid, headings: HeadingRows, options: ReadingOptions, table: CellPlace) -> TableBody:
    """The table below `headings`; its year and its unit are those of the options, or the year in the words above it."""
    columns = {column for heading in headings.meanings for column in heading.columns}
    said: dict[Reserved, str] = {}
    year_from = None
    is_by_month = Reserved.MONTH in columns or any(heading.month is not None for heading in headings.meanings)
    if not is_by_month and options.month is not None:
        said[Reserved.MONTH] = str(options.month)
    if Reserved.YEAR not in columns and (options.year is not None or not _months_say_years(grid, headings)):
        year, year_from = _year_of_all(grid, headings, options)
        said |= {} if year is None else {Reserved.YEAR: str(year)}
    if options.unit is not None and not any(map(is_unit, columns)):
        said[Reserved.UNIT] = options.unit
    rows = grid.rows[headings.last + 1 :]
    merged = [one for one in grid.merged if one.last_row > one.first_row]
    problems = tuple(_merged_figures(headings, rows, merged, table))
    if year_from is YearFrom.TITLE and not is_by_month and options.month is None:
        problems += tuple(_part_of_a_year(grid, headings, table)) or tuple(_month_of_title(grid, headings, table))
    return TableBody(grid, headings, tuple(_filled_down(headings, rows, merged)), table, said, year_from, problems)


def _year_of_all(grid: Grid, headings: HeadingRows, options: ReadingOptions) -> tuple[int | None, YearFrom | None]:
    if options.year is not None:
        return options.year, YearFrom.OPTIONS
    for year_from, texts in (
        (YearFrom.TITLE, [raw_text(cell) for row in grid.rows[: headings.first] for cell in row.cells]),
        (YearFrom.SHEET, [grid.sheet or ""]),
    ):
        year = year_in(" ".join(texts))
        if year is not None:
            return year, year_from
    return None, None


def _months_say_years(grid: Grid, headings: HeadingRows) -> bool:
    """Whether there is a column of months, and one of its first cells says its year."""
    for place, heading in enumerate(headings.meanings):
        if Reserved.MONTH in heading.columns:
            cells = (_cell(row, place) for row in grid.rows[headings.last + 1 :][:_LOOKED_AT])
            return any(isinstance(said := raw_month(cell), MonthSaid) and said.year is not None for cell in cells)
    return False


def _part_of_a_year(grid: Grid, headings: HeadingRows, table: CellPlace) -> Iterator[Problem]:
    """A quarter, a half or some months in the words above a table: its figures are of no whole year."""
    for row in grid.rows[: headings.first]:
        for cell in row.cells:
            if found := _PART_OF_A_YEAR.search(folded(raw_text(cell))):
                message = phrase(
                    'the words above the table say "{text}"; its figures may be of that part of the year only',
                    text=found[0].strip(),
                )
                hint = phrase(
                    "give the months of the year, or the figures of a whole one; say --table-year where they are of it"
                )
                yield Problem("NC264", message, evolve(table, row=row.number), hint)
                return


def _month_of_title(grid: Grid, headings: HeadingRows, table: CellPlace) -> Iterator[Problem]:
    """A month in the words above a table that says no other: its figures may be of the month, or of the year."""
    for row in grid.rows[: headings.first]:
        for cell in row.cells:
            months = [found for found in _MONTH_IN_WORDS.finditer(folded(raw_text(cell))) if not found["day"]]
            if len(months) == 1:
                said = months[0][0].strip()
                message = phrase(
                    'the words above the table say "{text}"; its figures may be of that month or of the year', text=said
                )
                hint = phrase(
                    "say which: --table-month {month}, or --table-year {year}",
                    month=int(months[0]["month"]),
                    year=int(months[0]["year"]),
                )
                yield Problem("NC264", message, evolve(table, row=row.number), hint)
                return


def _columns_of(headings: HeadingRows, one: Merged) -> Iterator[bool]:
    """Of each column that is merged, whether a cell of it may be of several rows."""
    for heading in headings.meanings[one.first_column : one.last_column + 1]:
        yield any(column in _OF_SEVERAL_ROWS for column in heading.columns)


def _filled_down(headings: HeadingRows, rows: tuple[GridRow, ...], merged: list[Merged]) -> Iterator[GridRow]:
    """The rows with the unit and year that cells merged over them say."""
    if not merged:
        yield from rows
        return
    texts = {row.number: row for row in rows}
    for row in rows:
        cells = list(row.cells)
        for one in merged:
            if one.first_row < row.number <= one.last_row and any(_columns_of(headings, one)):
                cells += [""] * (one.first_column + 1 - len(cells))
                cells[one.first_column] = _cell(texts.get(one.first_row), one.first_column)
        yield evolve(row, cells=tuple(cells))


def _cell(row: GridRow | None, column: int) -> RawValue:
    return row.cells[column] if row is not None and column < len(row.cells) else ""


def _merged_figures(
    headings: HeadingRows, rows: tuple[GridRow, ...], merged: list[Merged], table: CellPlace
) -> Iterator[Problem]:
    """Figures that are merged over several rows: nothing says which of them they are of."""
    numbers = {row.number: row for row in rows}
    for one in merged:
        above = numbers.get(one.first_row)
        if above is None or is_blank(_cell(above, one.first_column)) or any(_columns_of(headings, one)):
            continue
        heading = headings.texts[one.first_column] if one.first_column < len(headings.texts) else ""
        if heading and headings.meanings[one.first_column].columns:
            place = evolve(table, row=one.first_row, heading=heading)
            message = phrase(
                "the cell is merged over rows {first} to {last}, and may be of one or of all",
                first=one.first_row,
                last=one.last_row,
            )
            yield Problem("NC249", message, place, phrase("undo the merging, and write what is true of each row"))
