"""An answer as a workbook of Excel: every sheet of it, the same bytes for the same answer, and no text a formula."""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain, count, islice
from math import ceil
from typing import TYPE_CHECKING, BinaryIO, Final, assert_never

from attrs import define, field

from ncriteria.errors import Problem
from ncriteria.report.answers.answer import Answer, Counts
from ncriteria.report.sheets.sheet import Cell, Column, Kind, Row, Sheet, exact_text, name_text
from ncriteria.report.writing.errors import OutputError
from ncriteria.report.writing.letters import shown_letters
from ncriteria.sets.model import Verdict
from ncriteria.words import Language, Words, phrase, words

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_MOST_ROWS: Final = 1_048_575
"""Rows of a sheet below its headings; what is more stands in a further sheet."""
_MOST_COLUMNS: Final = 16_384
_LONGEST_CELL: Final = 32_767
_LONGEST_NAME: Final = 31
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\\s]+")
_CUT: Final = " […]"
_MOST_DIGITS: Final = 15
"""The digits of a decimal that a number of a workbook holds exactly."""
_FIRST_DAY: Final = datetime.date(1900, 3, 1)
"""The first day that all programs read alike: Excel has a 29 February 1900."""
_CREATED: Final = datetime.datetime(2000, 1, 1)
"""Said of every workbook, so that the same answer gives the same bytes."""
_INERT: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_COLOURS: Final = {
    Verdict.MET: {"bg_color": "#C6EFCE", "font_color": "#005300"},
    Verdict.NOT_MET: {"bg_color": "#FFC7CE", "font_color": "#8B0006"},
    Verdict.UNDETERMINED: {"bg_color": "#FFEB9C", "font_color": "#6B4A00"},
    Verdict.NOT_APPLICABLE: {"bg_color": "#E7E6E6", "font_color": "#404040"},
}
_CELL: Final = {"valign": "top", "border": 1, "border_color": "#BFBFBF"}
_HEADING: Final = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#DDEBF7", "border": 1}
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
        writing = _BookWriting(book, words(language))
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
    say: Words
    formats: dict[tuple[tuple[str, object], ...], Format] = field(factory=dict)
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

    def format(self, **properties: object) -> Format:
        """The format with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]


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
    written, last = writing.book.add_worksheet(writing.sheet_name(sheet.title)), 0
    _lay_out(writing, written, sheet)
    for last, row in enumerate(rows, start=1):
        cells = list(zip(sheet.columns, row, strict=True))
        lines = max(_lines(column, cell, writing.say) for column, cell in cells)
        if lines > 1:
            written.set_row(last, min(_HIGHEST, _LINE * lines))
        for place, (column, cell) in enumerate(cells):
            _write_cell(writing, written, (last, place), column, cell)
    written.autofilter(0, 0, last, len(sheet.columns) - 1)
    return last


def _lines(column: Column, cell: Cell, say: Words) -> int:
    """The lines that a cell needs; programs that open a workbook do not all find that themselves."""
    if cell is None or column.is_one_line or column.kind not in (Kind.TEXT, Kind.NAME):
        return 1
    text = name_text(column, cell, say) if column.kind is Kind.NAME else str(cell)
    return sum(max(1, ceil(len(line) / column.width)) for line in text.split("\n"))


def _lay_out(writing: _BookWriting, written: Worksheet, sheet: Sheet) -> None:
    """The headings, the widths, and how the sheet is printed."""
    lines = max(ceil(len(column.heading) / (column.width - 1)) for column in sheet.columns)
    written.set_row(0, min(_HIGHEST, _LINE * (lines + 1)))
    for place, column in enumerate(sheet.columns):
        written.set_column(place, place, column.width)
        _write_text(written, (0, place), column.heading, writing.format(**_HEADING))
    names = tuple(column.name for column in sheet.columns[: len(_STAYING)])
    staying = len(_STAYING) if names == _STAYING else 0
    written.freeze_panes(1, staying)
    written.set_landscape()
    written.set_paper(9)
    written.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    written.repeat_rows(0)
    if staying:
        written.repeat_columns(0, staying - 1)
    written.fit_to_pages(ceil(sum(column.width for column in sheet.columns) / _WIDE), 0)
    written.set_header("&L&A")
    written.set_footer("&C&P / &N")


_Place = tuple[int, int]


def _write_cell(writing: _BookWriting, written: Worksheet, place: _Place, column: Column, cell: Cell) -> None:
    if cell is None:
        written.write_blank(*place, None, writing.format(**_CELL))
        return
    match column.kind:
        case Kind.TEXT:
            _write_text(written, place, str(cell), writing.format(text_wrap=not column.is_one_line, **_CELL))
        case Kind.NAME:
            colours = _COLOURS[cell] if isinstance(cell, Verdict) else {}
            told = name_text(column, cell, writing.say)
            _write_text(written, place, told, writing.format(text_wrap=True, **_CELL, **colours))
        case Kind.TRUTH:
            told = writing.say("yes") if cell else writing.say("no")
            _write_text(written, place, told, writing.format(**_CELL))
        case Kind.DAY:
            assert isinstance(cell, datetime.date)
            _write_day(writing, written, place, cell)
        case Kind.WHOLE | Kind.EXACT | Kind.PERCENT:
            assert isinstance(cell, (int, Fraction))
            _write_number(writing, written, place, column.kind, Fraction(cell))
        case _:
            assert_never(column.kind)


def _write_text(written: Worksheet, place: _Place, text: str, style: Format) -> None:
    written.write_string(*place, _fitting(shown_letters(text)), style)


def _fitting(text: str) -> str:
    """A text that a cell holds, which says where it is cut; a character beyond 65,535 counts as two."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST_CELL:
        return text
    return units[: 2 * (_LONGEST_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def _write_day(writing: _BookWriting, written: Worksheet, place: _Place, day: datetime.date) -> None:
    if day < _FIRST_DAY:
        _write_text(written, place, writing.say.day(day), writing.format(**_CELL))
        return
    shown = "dd/mm/yyyy" if writing.say.language == "vi" else "yyyy-mm-dd"
    written.write_datetime(*place, day, writing.format(num_format=shown, **_CELL))


def _write_number(writing: _BookWriting, written: Worksheet, place: _Place, kind: Kind, number: Fraction) -> None:
    """A number as a number; one that a workbook would round, such as 200/3, as its exact text."""
    is_percent = kind is Kind.PERCENT
    nearest = float_of(number)
    if nearest is None:
        exact = f"{exact_text(number * 100)}%" if is_percent else exact_text(number)
        _write_text(written, place, exact, writing.format(align="right", **_CELL))
        return
    shown = {"num_format": "0.0%"} if is_percent else {}
    written.write_number(*place, nearest, writing.format(**_CELL, **shown))


def float_of(number: Fraction) -> float | None:
    """The number of a workbook that is read back as exactly this one; `None` where there is none.

    A workbook holds a decimal of up to 15 digits.
    """
    try:
        nearest = float(number)
        digits = Decimal(repr(nearest))
    except OverflowError:
        return None
    is_short = len(digits.as_tuple().digits) <= _MOST_DIGITS
    return nearest if is_short and Fraction(digits) == number else None
