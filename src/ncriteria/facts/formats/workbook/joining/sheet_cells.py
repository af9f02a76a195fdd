"""What the inside of a workbook says of the cells of a sheet: which hold something, and how they are shown."""

from __future__ import annotations

from typing import Final

from attrs import field

from ncriteria.errors import CellPlace
from ncriteria.facts.formats.grid import Merged, letter
from ncriteria.facts.formats.workbook.number_formats import PercentSign
from ncriteria.facts.formats.workbook.refusing import damaged, too_large
from ncriteria.quick_classes import define
from ncriteria.words import phrase

MOST_CELLS: Final = 5_000_000
"""Cells between the first and the last that hold something, the blank ones among them."""
TOO_FAR: Final = phrase(
    "at most {millions},000,000 cells are read; delete what stands far from the table",
    millions=MOST_CELLS // 1_000_000,
)
LAST_ROW: Final = 1_048_576
COLUMNS: Final = 16_384
_MOST_MERGED: Final = 100_000

Position = tuple[int, int]
"""A row by its number, and a column from 0."""


@define
class SheetCells:
    """The cells of one sheet; rows by their numbers, columns from 0.

    `columns` are those that hold something, by row; `formulas` the cells with a formula; `signs` those whose number
    format has a `%`, by row.
    """

    place: CellPlace
    columns: dict[int, list[int]] = field(factory=dict, repr=False)
    formulas: set[Position] = field(factory=set, repr=False)
    signs: dict[int, dict[int, PercentSign]] = field(factory=dict, repr=False)
    merged: list[Merged] = field(factory=list, repr=False)
    hidden_rows: set[int] = field(factory=set, repr=False)
    hidden_columns: set[int] = field(factory=set, repr=False)

    def merge(self, merged: Merged) -> None:
        """Add cells that are shown as one."""
        if len(self.merged) == _MOST_MERGED:
            reason = phrase("more than {most} cells are merged", most=_MOST_MERGED)
            raise too_large(reason, self.place.file, self.place.sheet)
        self.merged.append(merged)

    def check(self) -> None:
        """Make sure that no cell stands twice, and that the sheet is not too large to be read; raises `FactsError`."""
        first_column, last_column, first_row, last_row = COLUMNS, 0, LAST_ROW, 0
        for row, columns in self.columns.items():
            if not columns:
                continue
            if len(set(columns)) < len(columns):
                reason = phrase("a cell of row {row} stands twice", row=row)
                raise damaged(reason, self.place.file, self.place.sheet)
            first_row, last_row = min(first_row, row), max(last_row, row)
            first_column, last_column = min(first_column, *columns), max(last_column, *columns)
        if (last_row - first_row + 1) * (last_column - first_column + 1) > MOST_CELLS:
            reason = phrase(
                "cells stand between {first} and {last}",
                first=cell_name(first_row, first_column),
                last=cell_name(last_row, last_column),
            )
            raise too_large(reason, self.place.file, self.place.sheet, TOO_FAR)


def cell_name(row: int, column: int) -> str:
    """The name of a cell as a workbook shows it, such as B7."""
    return f"{letter(column)}{row}"


def column_number(letters: str) -> int:
    """The column of these letters; that of A is 0."""
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - ord("A") + 1
    return number - 1
