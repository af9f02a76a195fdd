"""A sheet of a workbook that is written row by row, from cells that were written before: many rows hold the same."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_rowcol_to_cell_fast  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from ncriteria.report.writing.workbook_cells import CellContent


class RowSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that takes a row at a time; what XlsxWriter writes of a cell is kept with what the cell shows.

    The bytes are those of XlsxWriter, in which most of the time that a large workbook takes would go into them.
    """

    fh: Any

    def write_whole_row(self, row: int, cells: Iterable[tuple[int, CellContent]], height: int | None) -> None:
        """Write a row that comes after all others: the cells by their columns, and how high it is if not as usual."""
        written = [
            f'<c r="{xl_rowcol_to_cell_fast(row, place)}"{shown.written or self._written(row, place, shown)}'
            for place, shown in cells
        ]
        if height is not None:
            self.set_row(row, height)
        if self.previous_row < row:
            self._write_single_row(row)
        if written or height is not None:
            self._write_row(row, None, self.row_info.pop(row, None))
            self.fh.write("".join(written))
            self._xml_end_tag("row")
            self.dim_rowmax = row

    def _written(self, row: int, place: int, shown: CellContent) -> str:
        """What XlsxWriter writes of a cell behind its place."""
        shown.write(self, row, place)
        cell, file, self.fh = self.table[row].pop(place), self.fh, StringIO()
        self._write_cell(row, place, cell)
        found, self.fh = self.fh.getvalue(), file
        shown.written = found.removeprefix(f'<c r="{xl_rowcol_to_cell_fast(row, place)}"')
        return shown.written
