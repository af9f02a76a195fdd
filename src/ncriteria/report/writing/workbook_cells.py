"""The cells of a workbook: numbers as numbers, days as days, and no text a formula."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, Final, assert_never

from attrs import field

from ncriteria.quick_classes import define, frozen
from ncriteria.report.sheets.sheet import Cell, Column, Kind, exact_text, name_text
from ncriteria.report.writing.letters import shown_letters
from ncriteria.sets.model import Verdict
from ncriteria.words import Language, Words

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_MOST: Final = 20_000
"""How many cells of a column are kept ready at a time."""
_LONGEST_CELL: Final = 32_767
_CUT: Final = " […]"
_MOST_DIGITS: Final = 15
"""The digits of a decimal that a number of a workbook holds exactly."""
_FIRST_DAY: Final = datetime.date(1900, 3, 1)
"""The first day that all programs read alike: Excel has a 29 February 1900."""
_COLOURS: Final = {
    Verdict.MET: {"bg_color": "#C6EFCE", "font_color": "#005300"},
    Verdict.NOT_MET: {"bg_color": "#FFC7CE", "font_color": "#8B0006"},
    Verdict.UNDETERMINED: {"bg_color": "#FFEB9C", "font_color": "#6B4A00"},
    Verdict.NOT_APPLICABLE: {"bg_color": "#E7E6E6", "font_color": "#404040"},
}
_CELL: Final = {"valign": "top"}
_NUMBER: Final = {**_CELL, "align": "right", "indent": 1}
_HEADING: Final = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#DDEBF7", "border": 1}
_DAYS: Final[Mapping[Language, str]] = {"vi": "dd/mm/yyyy", "en": "yyyy-mm-dd"}


@frozen
class Styles:
    """How the cells of a workbook look."""

    heading: Format
    plain: Format
    wrapped: Format
    number: Format
    percent: Format
    day: Format
    verdicts: Mapping[Cell, Format]


def styles_of(book: Workbook, language: Language) -> Styles:
    """The styles of a workbook, made once."""
    wrapped = {**_CELL, "text_wrap": True}
    return Styles(
        heading=book.add_format(_HEADING),
        plain=book.add_format(_CELL),
        wrapped=book.add_format(wrapped),
        number=book.add_format(_NUMBER),
        percent=book.add_format({**_NUMBER, "num_format": "0.0%"}),
        day=book.add_format({**_NUMBER, "num_format": _DAYS[language]}),
        verdicts={verdict: book.add_format({**wrapped, **colours}) for verdict, colours in _COLOURS.items()},
    )


@define(eq=False)
class CellContent:
    """What a cell of a workbook shows: a text, a number or a day, how it looks, and how many lines it needs.

    `written` is what was written of it, once it was.
    """

    content: str | float | datetime.date
    style: Format
    lines: int = 1
    written: str = ""

    def write(self, sheet: Worksheet, row: int, place: int) -> None:
        """Write it at a row and a column."""
        match self.content:
            case str():
                sheet.write_string(row, place, self.content, self.style)
            case float():
                sheet.write_number(row, place, self.content, self.style)
            case datetime.date():
                sheet.write_datetime(row, place, self.content, self.style)
            case _:
                assert_never(self.content)


@frozen
class ColumnCells:
    """The cells of one column; what one shows is made ready once, for many rows have the same."""

    show: Callable[[Cell], CellContent]
    _shown: dict[Cell, CellContent] = field(factory=dict)

    def of(self, cell: Cell) -> CellContent:
        """What a cell shows that is not blank."""
        found = self._shown.get(cell)
        if found is None:
            if len(self._shown) >= _MOST:
                self._shown.clear()
            found = self._shown[cell] = self.show(cell)
        return found


@frozen
class CellWriters:
    """What makes the cells of each column ready."""

    styles: Styles
    say: Words

    def of(self, column: Column) -> ColumnCells:
        """What makes the cells of one column ready, where they are not blank."""
        match column.kind:
            case Kind.TEXT:
                return ColumnCells(partial(self._text, column))
            case Kind.NAME:
                return ColumnCells(partial(self._name, column))
            case Kind.TRUTH:
                return ColumnCells(
                    lambda cell: CellContent(self.say("yes") if cell else self.say("no"), self.styles.plain)
                )
            case Kind.DAY:
                return ColumnCells(self._day)
            case Kind.WHOLE | Kind.EXACT:
                return ColumnCells(partial(self._number, self.styles.number, exact_text))
            case Kind.PERCENT:
                percent = partial(self._number, self.styles.percent, lambda number: f"{exact_text(number * 100)}%")
                return ColumnCells(percent)
            case _:
                assert_never(column.kind)

    def _text(self, column: Column, cell: Cell) -> CellContent:
        text = fitting(str(cell))
        if column.is_one_line:
            return CellContent(text, self.styles.plain)
        return CellContent(text, self.styles.wrapped, lines_of(text, column.width))

    def _name(self, column: Column, cell: Cell) -> CellContent:
        told = name_text(column, cell, self.say)
        style = self.styles.verdicts[cell] if isinstance(cell, Verdict) else self.styles.wrapped
        return CellContent(told, style, lines_of(told, column.width))

    def _day(self, cell: Cell) -> CellContent:
        assert isinstance(cell, datetime.date)
        if cell < _FIRST_DAY:
            return CellContent(self.say.day(cell), self.styles.plain)
        return CellContent(cell, self.styles.day)

    def _number(self, style: Format, exactly: Callable[[Fraction], str], cell: Cell) -> CellContent:
        """A number as a number; one that a workbook would round, such as 200/3, as its exact text."""
        assert isinstance(cell, (int, Fraction))
        nearest = float_of(Fraction(cell))
        if nearest is None:
            return CellContent(exactly(Fraction(cell)), self.styles.number)
        return CellContent(nearest, style)


def lines_of(text: str, width: int) -> int:
    """The lines of a text in a column of so many letters."""
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(max(1, ceil(len(line) / width)) for line in text.split("\n"))


def fitting(text: str) -> str:
    """A text as a cell holds it, which says where it is cut; a character beyond 65,535 counts as two."""
    text = shown_letters(text)
    if 2 * len(text) <= _LONGEST_CELL:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST_CELL:
        return text
    return units[: 2 * (_LONGEST_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def float_of(number: Fraction) -> float | None:
    """The number of a workbook that is read back as exactly this one; `None` where there is none.

    A workbook holds a decimal of up to 15 digits.
    """
    if number.denominator == 1 and abs(number.numerator) < 10**_MOST_DIGITS:
        return float(number)
    try:
        nearest = float(number)
        digits = Decimal(repr(nearest))
    except OverflowError:
        return None
    is_short = len(digits.as_tuple().digits) <= _MOST_DIGITS
    return nearest if is_short and Fraction(digits) == number else None
