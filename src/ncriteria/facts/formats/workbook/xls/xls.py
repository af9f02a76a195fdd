"""Workbooks of Excel 97 to 2003 (.xls)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import partial
from typing import Final

from attrs import evolve

from ncriteria.errors import CellPlace
from ncriteria.facts.formats.grid import Grid, Merged
from ncriteria.facts.formats.workbook.choosing import SheetEntry, chosen
from ncriteria.facts.formats.workbook.joining.calamine import sheet_values
from ncriteria.facts.formats.workbook.joining.joining import blank_ones, grid_of
from ncriteria.facts.formats.workbook.joining.sheet_cells import Position, SheetCells, cell_name
from ncriteria.facts.formats.workbook.refusing import damaged, unsure
from ncriteria.facts.formats.workbook.xls.biff import (
    BIFF8,
    BOF,
    BOUND_SHEET,
    CONTINUE,
    EOF,
    Globals,
    Numbered,
    packed,
    read_globals,
    records,
)
from ncriteria.facts.formats.workbook.xls.compound import compound_file, workbook_stream
from ncriteria.words import phrase

_NUMBER: Final = 0x0203
_LABEL: Final = 0x0204
_TRUTH_OR_ERROR: Final = 0x0205
_SHARED_TEXT: Final = 0x00FD
_NUMBERS: Final = 0x00BD
_FORMULA: Final = 0x0006
_STRING: Final = 0x0207
_ROW: Final = 0x0208
_COLUMNS: Final = 0x007D
_MERGED: Final = 0x00E5
_SINGLE: Final = (_NUMBER, _LABEL, _SHARED_TEXT, 0x00D6, 0x027E)
_CELLS: Final = (*_SINGLE, _TRUTH_OR_ERROR, _NUMBERS, _FORMULA)
_ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_TEXTS: Final = (_LABEL, 0x00D6)
_SHEET: Final = 0x0010
_ONLY: Final = b"S"


def read_xls(content: bytes, sheet: str | None, file: str | None) -> Grid:
    """The cells of a sheet; raises `FactsError`."""
    stream = workbook_stream(content, file)
    try:
        book = read_globals(stream, file)
        sheets = [
            SheetEntry(name, str(position), is_hidden, partial(_has_cells, stream, position, file))
            for name, position, is_hidden in book.sheets
        ]
        entry = chosen(sheets, sheet, file)
        found = XlsSheet(book, CellPlace(file, entry.name))
        for kind, record in _of_sheet(stream, int(entry.key), file):
            found.take(kind, record)
    except struct.error:
        raise damaged(phrase("a record is too short"), file) from None
    return found.grid()


def _of_sheet(stream: bytes, start: int, file: str | None) -> Iterator[Numbered]:
    """The records of a sheet, without those of the charts in it."""
    depth = 0
    for kind, record in records(stream, start, file):
        depth += (kind == BOF) - (kind == EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, record
    raise damaged(phrase("its records end too early"), file)


def _has_cells(stream: bytes, start: int, file: str | None) -> bool:
    return any(kind in _CELLS for kind, _ in _of_sheet(stream, start, file))


class XlsSheet:
    """A sheet while its records go by: what its cells are, and the records that the reader of values is given."""

    def __init__(self, book: Globals, place: CellPlace) -> None:
        self._book = book
        self._cells = SheetCells(place)
        self._kept: list[bytes] = []
        self._told: dict[Position, str] = {}
        self._without_value: set[Position] = set()
        self._empty: set[Position] = set()
        self._awaited: bytes | None = None
        self._is_text_open = False

    def take(self, kind: int, record: bytes) -> None:
        """Take the next record."""
        if kind == CONTINUE and self._is_text_open:
            raise unsure(phrase("the text of a formula is too long to be read"), self._cells.place)
        self._is_text_open = kind == _STRING
        if kind in _CELLS:
            self._awaited = None
        if kind in _SINGLE:
            at = self._add(record)
            if kind in _TEXTS and record[6:8] == b"\0\0":
                self._empty.add(at)
            self._kept.append(packed(kind, record))
        elif kind == _NUMBERS:
            row, first = struct.unpack_from("<2H", record)
            for offset in range((len(record) - 6) // 6):
                self._add_at(row, first + offset, struct.unpack_from("<H", record, 4 + 6 * offset)[0])
            self._kept.append(packed(kind, record))
        elif kind == _TRUTH_OR_ERROR:
            self._take_truth_or_error(record)
        elif kind == _FORMULA:
            self._take_formula(record)
        elif kind == _STRING and self._awaited is not None:
            self._take_text_of_formula(self._awaited, record)
        else:
            self._take_form(kind, record)

    def _take_form(self, kind: int, record: bytes) -> None:
        """Take what is said of rows and columns."""
        if kind == _ROW and record[12] & 0x20:
            self._cells.hidden_rows.add(struct.unpack_from("<H", record)[0] + 1)
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<5H", record)
            if flags & 1:
                self._cells.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind == _MERGED:
            for at in range(2, len(record) - 7, 8):
                first_row, last_row, first, last = struct.unpack_from("<4H", record, at)
                self._cells.merge(Merged(first_row + 1, last_row + 1, first, last))

    def _add(self, record: bytes) -> Position:
        return self._add_at(*struct.unpack_from("<3H", record))

    def _add_at(self, row: int, column: int, style: int) -> Position:
        self._cells.columns.setdefault(row + 1, []).append(column)
        if (sign := self._book.signs.get(style)) is not None:
            self._cells.signs.setdefault(row + 1, {})[column] = sign
        return row + 1, column

    def _take_truth_or_error(self, record: bytes) -> None:
        at = self._add(record)
        value, is_error = record[6], record[7]
        if is_error:
            self._told[at] = _ERRORS.get(value, "#VALUE!")
        else:
            self._kept.append(packed(_TRUTH_OR_ERROR, record[:8]))

    def _take_formula(self, record: bytes) -> None:
        """A formula goes on as its value: what it is made of is not looked at."""
        cell, value = record[:6], record[6:14]
        row, column, _ = struct.unpack("<3H", cell)
        at = (row + 1, column)
        self._cells.formulas.add(at)
        if value[6:] != b"\xff\xff":
            self._add(record)
            self._kept.append(packed(_NUMBER, cell + value))
            return
        match value[0]:
            case 0:
                self._add(record)
                self._awaited = cell
            case 1:
                self._add(record)
                self._kept.append(packed(_TRUTH_OR_ERROR, cell + bytes((value[2], 0))))
            case 2:
                self._add(record)
                self._told[at] = _ERRORS.get(value[2], "#VALUE!")
            case _:
                self._without_value.add(at)

    def _take_text_of_formula(self, cell: bytes, text: bytes) -> None:
        row, column, _ = struct.unpack("<3H", cell)
        if text[:2] == b"\0\0":
            self._empty.add((row + 1, column))
        self._kept.append(packed(_LABEL, cell + text))
        self._awaited = None

    def _stream(self) -> bytes:
        """The records of a workbook with this sheet alone, without what a reader does not need for its values."""
        before = b"".join(packed(kind, record) for kind, record in self._book.kept)
        form = struct.pack("<IBBBB", 0, 0, 0, len(_ONLY), 0) + _ONLY
        start = len(before) + len(packed(BOUND_SHEET, form)) + len(packed(EOF, b""))
        opened = packed(BOF, struct.pack("<HHHHII", BIFF8, _SHEET, 0, 0, 0, 0))
        form = struct.pack("<I", start) + form[4:]
        return b"".join((before, packed(BOUND_SHEET, form), packed(EOF, b""), opened, *self._kept, packed(EOF, b"")))

    def grid(self) -> Grid:
        """The grid of the sheet, with the values of its cells; raises `FactsError`."""
        cells = self._cells
        cells.check()
        values = sheet_values(compound_file(self._stream()), _ONLY.decode(), cells.place)
        for row, column in sorted(blank_ones(cells, values) - self._told.keys() - self._without_value - self._empty):
            message = phrase("it is not sure what the cell {cell} holds", cell=cell_name(row, column))
            raise unsure(message, evolve(cells.place, row=row))
        if self._without_value == cells.formulas:
            # A program that does not calculate gives each formula an empty text for its value.
            self._told.update(dict.fromkeys(self._without_value, "=..."))
        return grid_of(cells, values, self._told)
