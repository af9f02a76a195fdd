"""An answer as a workbook of Excel: every sheet of it, the same bytes for the same answer, and no text a formula."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, islice
from math import ceil
from typing import TYPE_CHECKING, BinaryIO, Final

from attrs import field

from ncriteria.errors import Problem
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import define
from ncriteria.report.answers.answer import Answer, Counts
from ncriteria.report.sheets.sheet import Row, Sheet
from ncriteria.report.writing.errors import OutputError
from ncriteria.report.writing.letters import shown_letters
from ncriteria.report.writing.workbook_cells import CellWriters, fitting, styles_of
from ncriteria.words import Language, phrase, words

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_MOST_ROWS: Final = 1_048_575
"""Rows of a sheet below its headings; what is more stands in a further sheet."""
_MOST_COLUMNS: Final = 16_384
_LONGEST_NAME: Final = 31
_NO_NAME: Final = compiled_later(r"[\[\]:*?/\\\s]+")
_CREATED: Final = datetime.datetime(2000, 1, 1)
"""Said of every workbook, so that the same answer gives the same bytes."""
_INERT: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LINE: Final = 15
_HIGHEST: Final = 405
"""The height of a row that a workbook may have."""
_WIDE: Final = 190
"""Letters beside each other that an A4 page in landscape shows at a size that can be read."""
_STAYING: Final = ("unit", "name")
"""The columns that stay in view and stand on every page, where a sheet begins with them."""


def write_answer_workbook(answer: Answer, file: BinaryIO) -> Counts:
    """Write every sheet of an answer."""
    return write_workbook(answer.sheets, answer.language, file)


def write_workbook(sheets: Sequence[Sheet], language: Language, file: BinaryIO) -> Counts:
    """Write sheets; raises `OutputError` where one has more columns than a workbook."""
    import xlsxwriter  # type: ignore[import-untyped]

    for sheet in sheets:
        _refuse_too_wide(sheet)
    with tempfile.TemporaryDirectory(prefix="ncriteria-") as folder:
        book = xlsxwriter.Workbook(file, {**_INERT, "tmpdir": folder})
        book.set_properties({"created": _CREATED})
        writing = _BookWriting(book, CellWriters(styles_of(book, language), words(language)))
        counts = {sheet.title: _write_sheet(writing, sheet) for sheet in sheets}
        book.close()
    return counts


def _refuse_too_wide(sheet: Sheet) -> None:
    if len(sheet.columns) > _MOST_COLUMNS:
        needed = len(sheet.columns)
        message = phrase("a sheet has {most} columns, and {count} are needed", most=_MOST_COLUMNS, count=needed)
        raise OutputError(Problem("NC357", message, None, phrase("write a file that ends in .jsonl or .parquet")))


@define
class _BookWriting:
    """A workbook that is being written."""

    book: Workbook
    cells: CellWriters
    names: set[str] = field(factory=set)

    def sheet_name(self, title: str) -> str:
        """A name for a sheet, which no other has: letters that a name may not have are left out, and it is short."""
        plain = _NO_NAME.sub(" ", shown_letters(title)).strip(" '") or "-"
        for number in count(1):
            further = "" if number == 1 else f" ({number})"
            name = plain[: _LONGEST_NAME - len(further)] + further
            if name.casefold() not in self.names:
                self.names.add(name.casefold())
                return name
        raise AssertionError("there is always a further number")


def _write_sheet(writing: _BookWriting, sheet: Sheet) -> int:
    """Write a sheet, on as many of the workbook as its rows need; how many rows there are."""
    return sum(_write_rows(writing, sheet, rows) for rows in _portions(sheet.rows))


def _portions(rows: Iterator[Row]) -> Iterator[Iterator[Row]]:
    """The rows in portions that fit a sheet, the first of them also where there are none."""
    for number in count():
        first = list(islice(rows, 1))
        if number and not first:
            return
        yield chain(first, islice(rows, _MOST_ROWS - 1))


def _write_rows(writing: _BookWriting, sheet: Sheet, rows: Iterable[Row]) -> int:
    from ncriteria.report.writing.row_sheets import RowSheet  # which needs XlsxWriter

    written, last = writing.book.add_worksheet(writing.sheet_name(sheet.title), RowSheet), 0
    _lay_out(writing, written, sheet)
    cells = [writing.cells.of(column) for column in sheet.columns]
    for last, row in enumerate(rows, start=1):
        shown = [(place, cells[place].of(cell)) for place, cell in enumerate(row) if cell is not None]
        lines = max((one.lines for _, one in shown), default=1)
        # Programs that open a workbook do not all find out themselves how high a row is.
        written.write_whole_row(last, shown, min(_HIGHEST, _LINE * lines) if lines > 1 else None)
    written.autofilter(0, 0, last, len(sheet.columns) - 1)
    return last


def _lay_out(writing: _BookWriting, written: Worksheet, sheet: Sheet) -> None:
    """The headings, the widths, and how the sheet is printed."""
    lines = max(ceil(len(column.heading) / (column.width - 1)) for column in sheet.columns)
    written.set_row(0, min(_HIGHEST, _LINE * (lines + 1)))
    for place, column in enumerate(sheet.columns):
        written.set_column(place, place, column.width, None, {"hidden": column.is_for_programs})
        written.write_string(0, place, fitting(column.heading), writing.cells.styles.heading)
    names = tuple(column.name for column in sheet.columns[: len(_STAYING)])
    staying = len(_STAYING) if names == _STAYING else 0
    written.freeze_panes(1, staying)
    written.hide_gridlines(0)
    written.set_landscape()
    written.set_paper(9)
    written.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    written.repeat_rows(0)
    if staying:
        written.repeat_columns(0, staying - 1)
    width = sum(column.width for column in sheet.columns if not column.is_for_programs)
    written.fit_to_pages(ceil(width / _WIDE), 0)
    written.set_header("&L&A")
    written.set_footer("&C&P / &N")
