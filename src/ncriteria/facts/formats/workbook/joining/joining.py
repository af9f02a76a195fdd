"""A grid from the values of a sheet, and from what the inside of the workbook says of its cells."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from itertools import repeat
from types import NoneType
from typing import assert_never, cast

from ncriteria.errors import CellPlace
from ncriteria.facts.formats.grid import Grid, GridRow
from ncriteria.facts.formats.raw import NumberText, RawValue
from ncriteria.facts.formats.workbook.joining.calamine import CellValue, SheetValues
from ncriteria.facts.formats.workbook.joining.cell_values import composed, digits, duration, with_sign
from ncriteria.facts.formats.workbook.joining.sheet_cells import Position, SheetCells
from ncriteria.facts.formats.workbook.number_formats import PercentSign
from ncriteria.facts.formats.workbook.refusing import unsure
from ncriteria.words import phrase


def blank_ones(cells: SheetCells, values: SheetValues) -> set[Position]:
    """The cells that hold something and have no value; raises `FactsError` where values stand in other cells."""
    blank: set[Position] = set()
    for number, columns in cells.columns.items():
        row, first = values.row(number), values.first_column
        is_whole = len(columns) == len(row) and "" not in row
        if is_whole and columns and min(columns) == first and max(columns) == first + len(row) - 1:
            continue
        blank.update(
            (number, column) for column in columns if not 0 <= column - first < len(row) or row[column - first] == ""
        )
    seen = sum(map(len, cells.columns.values())) - len(blank)
    if seen != sum(len(row) - row.count("") for row in values.rows):
        raise unsure(phrase("it is not sure in which cells the values of the sheet stand"), cells.place)
    return blank | {at for at in cells.formulas if values.at(*at) == ""}


def grid_of(cells: SheetCells, values: SheetValues, told: Mapping[Position, str]) -> Grid:
    """The grid of a sheet; `told` are the texts of cells that stand in the place of their values."""
    taken = _Taken(cells.place)
    rows: dict[int, list[RawValue]] = {}
    for number, row in enumerate(values.rows, start=values.first_row):
        if row.count("") < len(row):
            rows[number] = _row(taken, number, values.first_column, row, cells.signs.get(number, {}))
    for (number, column), text in told.items():
        row_cells = rows.setdefault(number, [])
        row_cells.extend([""] * (column + 1 - len(row_cells)))
        row_cells[column] = text
    used = {column for columns in cells.columns.values() for column in columns}
    return Grid(
        tuple(GridRow(number, tuple(row_cells)) for number, row_cells in sorted(rows.items())),
        cells.place.sheet,
        tuple(cells.merged),
        hidden_rows=tuple(number for number in sorted(cells.hidden_rows) if number in rows),
        hidden_columns=tuple(sorted(cells.hidden_columns & used)),
    )


def _row(
    taken: _Taken, number: int, first_column: int, row: list[CellValue], signs: Mapping[int, PercentSign]
) -> list[RawValue]:
    """The cells of a row from the first column on, to the last one that holds something."""
    found = [*repeat("", first_column), *map(taken.known.get, row)]
    # Truths are equal to numbers, and are never looked up.
    if NoneType in set(map(type, found)) or bool in set(map(type, row)):
        for column, value in enumerate(row, start=first_column):
            if found[column] is None or isinstance(value, bool):
                found[column] = taken.value(value, number, column)
    cells = cast("list[RawValue]", found)
    for column, sign in signs.items():
        if first_column <= column < len(cells) and isinstance(cell := cells[column], NumberText):
            cells[column] = taken.with_sign(cell, sign)
    while cells and cells[-1] == "":
        del cells[-1]
    return cells


class _Taken:
    """What was made of values, by value; the same ones come again and again."""

    def __init__(self, place: CellPlace) -> None:
        self._place = place
        self.known: dict[CellValue, RawValue] = {"": ""}
        self._signed: dict[tuple[str, PercentSign], RawValue] = {}

    def value(self, value: CellValue, row: int, column: int) -> RawValue:
        """What a grid holds for a value; raises `FactsError` for characters that no text may hold."""
        match value:
            case float():
                found: RawValue = NumberText(digits(repr(value)))
            case bool():
                return value
            case str():
                found = composed(value, self._place, row, column)
            case int():
                found = NumberText(str(value))
            case datetime.datetime():
                found = value.isoformat(" ", "milliseconds" if value.microsecond else "seconds")
            case datetime.date() | datetime.time():
                found = value.isoformat()
            case datetime.timedelta():
                found = duration(value.total_seconds())
            case _:
                assert_never(value)
        return self.known.setdefault(value, found)

    def with_sign(self, number: NumberText, sign: PercentSign) -> RawValue:
        """What a grid holds for a number that is shown with a `%`."""
        key = (number.text, sign)
        known = self._signed.get(key)
        return known or self._signed.setdefault(key, with_sign(number, sign))
