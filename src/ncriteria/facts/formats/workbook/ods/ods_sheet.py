"""The rows of one sheet of an .ods, put together while its XML goes by."""

from __future__ import annotations

from typing import Final

from ncriteria.errors import CellPlace
from ncriteria.facts.formats.grid import Grid, GridRow, Merged
from ncriteria.facts.formats.raw import RawValue
from ncriteria.facts.formats.workbook.joining.sheet_cells import COLUMNS, LAST_ROW, MOST_CELLS, TOO_FAR, SheetCells
from ncriteria.facts.formats.workbook.markup import Attributes
from ncriteria.facts.formats.workbook.ods.cells_of_ods import OFFICE, TABLE, TEXT, cell_value
from ncriteria.facts.formats.workbook.refusing import damaged, too_large
from ncriteria.patterns import compiled_later
from ncriteria.words import phrase

CELLS: Final = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
_TABLE: Final = f"{TABLE}table"
_PARAGRAPH: Final = f"{TEXT}p"
_KIND: Final = f"{OFFICE}value-type"
_FORMULA: Final = f"{TABLE}formula"
_SPANNED: Final = f"{TABLE}number-columns-spanned"
_REPEATED: Final = f"{TABLE}number-columns-repeated"
_ROW: Final = f"{TABLE}table-row"
_HIDDEN: Final = ("collapse", "filter")
_BESIDE: Final = (f"{OFFICE}annotation", f"{TEXT}note", f"{TEXT}ruby-text")
_MOST_SPACES: Final = 1000
_WHITE = compiled_later("[ \t\r\n]+")
_SPACE, _TAB, _BREAK = "\x01", "\x02", "\x03"
_WRITTEN: Final = str.maketrans({_SPACE: " ", _TAB: "\t", _BREAK: "\n"})
"""Marks of spaces that the document asks for; what stands in the XML itself is one space, however long."""


class OdsSheet:
    """The state of a pass over the sheet with the number `wanted`; its methods are the handlers of the pass."""

    def __init__(self, wanted: int, place: CellPlace) -> None:
        self._wanted, self._place = wanted, place
        self._told = SheetCells(place)
        self._rows: list[GridRow] = []
        self._sheet = -1
        self._row, self._row_repeats, self._column, self._columns = 1, 1, 0, 0
        self._row_cells: list[RawValue] = []
        self._cell: Attributes | None = None
        self._depth = self._skipped = 0
        self._paragraphs: list[list[str]] = []
        self._count = 0
        self._known: dict[tuple[object, ...], RawValue] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take what an element begins."""
        if tag == _TABLE:
            self._sheet += 1
        if self._sheet != self._wanted:
            return
        if self._cell is not None:
            self._start_within(tag, attributes)
        elif tag in CELLS:
            self._cell, self._paragraphs = attributes, []
        elif tag == _ROW:
            self._row_repeats = self._repeats(attributes, f"{TABLE}number-rows-repeated")
            self._row_cells, self._column = [], 0
            if attributes.get(f"{TABLE}visibility") in _HIDDEN:
                self._hide_row()
        elif tag == f"{TABLE}table-column":
            repeats = self._repeats(attributes, _REPEATED)
            if attributes.get(f"{TABLE}visibility") in _HIDDEN:
                self._told.hidden_columns.update(range(self._columns, min(self._columns + repeats, COLUMNS)))
            self._columns += repeats

    def _hide_row(self) -> None:
        last = min(self._row + self._row_repeats, LAST_ROW + 1)
        self._told.hidden_rows.update(range(self._row, last))

    def _start_within(self, tag: str, attributes: Attributes) -> None:
        """What stands in a cell: only the text of its own paragraphs counts, not that of remarks and drawings."""
        if self._skipped or (self._depth == 0 and tag != _PARAGRAPH) or tag in _BESIDE:
            self._skipped += 1
            return
        if self._depth == 0:
            self._paragraphs.append([])
        elif tag == f"{TEXT}s":
            self._paragraphs[-1].append(_SPACE * min(self._number(attributes.get(f"{TEXT}c", "1")), _MOST_SPACES))
        elif tag == f"{TEXT}tab":
            self._paragraphs[-1].append(_TAB)
        elif tag == f"{TEXT}line-break":
            self._paragraphs[-1].append(_BREAK)
        self._depth += 1

    def text(self, characters: str) -> None:
        """Take the characters of a paragraph."""
        if self._depth and not self._skipped:
            self._paragraphs[-1].append(characters)

    def end(self, tag: str) -> None:
        """Take what an element ends."""
        if self._skipped:
            self._skipped -= 1
        elif self._depth:
            self._depth -= 1
        elif self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif tag == _ROW and self._sheet == self._wanted:
            self._end_row()

    def _end_cell(self, attributes: Attributes) -> None:
        repeats = self._repeats(attributes, _REPEATED)
        if _SPANNED in attributes:
            last_row = self._row + self._repeats(attributes, f"{TABLE}number-rows-spanned") - 1
            last_column = self._column + self._repeats(attributes, _SPANNED) - 1
            if (last_row, last_column) != (self._row, self._column):
                self._told.merge(Merged(self._row, last_row, self._column, last_column))
        if self._paragraphs or _KIND in attributes or _FORMULA in attributes:
            # The same cells come again and again.
            key = (*attributes.items(), *map("".join, self._paragraphs))
            value = self._known.get(key)
            if value is None:
                value = self._known[key] = self._value(attributes)
            if value != "":
                self._add(value, repeats)
        self._column += repeats

    def _value(self, attributes: Attributes) -> RawValue:
        shown = "\n".join(_WHITE.sub(" ", "".join(one)).lstrip(" ") for one in self._paragraphs)
        return cell_value(attributes, shown.translate(_WRITTEN), self._place, self._row, self._column)

    def _add(self, value: RawValue, repeats: int) -> None:
        if self._column + repeats > COLUMNS:
            raise self._wrong(phrase("row {row} has a cell after the last column", row=self._row))
        if self._column > len(self._row_cells):
            self._row_cells += [""] * (self._column - len(self._row_cells))
        self._row_cells += [value] * repeats

    def _end_row(self) -> None:
        if self._row_cells:
            self._count += len(self._row_cells) * self._row_repeats
            if self._row + self._row_repeats - 1 > LAST_ROW or self._count > MOST_CELLS:
                reason = phrase("it goes on after row {row}", row=self._row)
                raise too_large(reason, self._place.file, self._place.sheet, TOO_FAR)
            cells = tuple(self._row_cells)
            self._rows += (GridRow(self._row + further, cells) for further in range(self._row_repeats))
        self._row += self._row_repeats

    def _repeats(self, attributes: Attributes, name: str) -> int:
        given = attributes.get(name)
        return 1 if given is None else self._number(given)

    def _number(self, text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) <= 9):
            raise self._wrong(phrase("row {row} counts something as `{found}`", row=self._row, found=text[:60]))
        return int(text)

    def _wrong(self, reason: str) -> Exception:
        return damaged(reason, self._place.file, self._place.sheet)

    def grid(self) -> Grid:
        """The rows that hold something."""
        filled = {row.number for row in self._rows}
        width = max((len(row.cells) for row in self._rows), default=0)
        used = {column for column in self._told.hidden_columns if column < width and self._is_used(column)}
        return Grid(
            tuple(self._rows),
            self._place.sheet,
            tuple(self._told.merged),
            hidden_rows=tuple(sorted(self._told.hidden_rows & filled)),
            hidden_columns=tuple(sorted(used)),
        )

    def _is_used(self, column: int) -> bool:
        return any(len(row.cells) > column and row.cells[column] != "" for row in self._rows)
