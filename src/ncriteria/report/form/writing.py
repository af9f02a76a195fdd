"""Writing a form as a workbook of Excel, the same bytes for the same form."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from types import ModuleType
from typing import TYPE_CHECKING, Final

from attrs import define, field

from ncriteria.errors import NCriteriaError, Problem
from ncriteria.facts.formats.grid import letter
from ncriteria.facts.forms.form import FORM_SHEET, rows_of
from ncriteria.facts.layout.columns import Reserved
from ncriteria.facts.table import Unit
from ncriteria.report.form.planning import FormPlan, PlannedColumn
from ncriteria.report.form.validating import TEXT, CellsWanted, cells_wanted
from ncriteria.sets.model import FactType
from ncriteria.words import phrase

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_HEADINGS: Final = 2
"""The row of the headings, counted from 0; the title and how to fill in the form stand above it."""
_FIRST: Final = _HEADINGS + 1
_BLANK_ROWS: Final = 100
_MORE_ROWS: Final = 20
"""Rows to fill in where no units are given, and below those that are."""
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384
_LONGEST_CELL: Final = 32_767
_WIDTHS: Final[Mapping[str, int]] = {Reserved.NAME.value: 24, Reserved.NOTE.value: 30}
_WIDTH: Final = 15
_LINE: Final = 15
_HIGHEST: Final = 400
_CHOICES_FROM: Final = 5
"""The first column of the sheet that is not shown that holds the values of a drop-down."""
_COLOURS: Final = {"unit": "#D9D9D9", "now": "#DDEBF7", "earlier": "#EDEDED"}
_INERT: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@define
class _Writing:
    """A form that is being written."""

    plan: FormPlan
    book: Workbook
    sheet: Worksheet
    hidden: Worksheet
    last: int
    formats: dict[tuple[tuple[str, object], ...], Format] = field(factory=dict)

    def format(self, **properties: object) -> Format:
        """The format with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]


def form_workbook(plan: FormPlan, units: Sequence[Unit]) -> bytes:
    """The form with a row for each of `units`; raises `NCriteriaError` where it cannot be written."""
    xlsxwriter, last = _library(), _FIRST + len(units) + (_MORE_ROWS if units else _BLANK_ROWS)
    _refuse_too_large(plan, units, last)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, _INERT)
    issued = plan.criteria.instrument.issued or datetime.date(plan.criteria.years.first, 1, 1)
    book.set_properties({"created": datetime.datetime(issued.year, issued.month, issued.day)})
    writing = _Writing(plan, book, book.add_worksheet(plan.form.sheet), book.add_worksheet(FORM_SHEET), last)
    _write_words(writing)
    for place, column in enumerate(plan.columns):
        _write_column(writing, place, column)
    _write_units(writing, units)
    _write_hidden(writing)
    _lay_out_page(writing)
    book.close()
    return content.getvalue()


def _library() -> ModuleType:
    try:
        import xlsxwriter  # type: ignore[import-untyped]
    except ImportError:
        reason = phrase("workbooks are written with XlsxWriter, which is not there")
        raise _unwritten(reason, phrase('install it: pip install "ncriteria[excel]"')) from None
    module: ModuleType = xlsxwriter
    return module


def _unwritten(reason: str, hint: str) -> NCriteriaError:
    return NCriteriaError(Problem("NC295", phrase("the form cannot be written: {reason}", reason=reason), None, hint))


def _refuse_too_large(plan: FormPlan, units: Sequence[Unit], last: int) -> None:
    if len(plan.columns) > _LAST_COLUMN:
        reason = phrase(
            "a sheet has {most} columns, and {count} are needed", most=_LAST_COLUMN, count=len(plan.columns)
        )
        raise _unwritten(reason, phrase("name fewer years"))
    if last >= _LAST_ROW:
        reason = phrase("a sheet has {most} rows, and there are {count} units", most=_LAST_ROW, count=len(units))
        raise _unwritten(reason, phrase("give fewer units"))
    for unit in units:
        if max(len(text or "") for text in (unit.id, unit.name, unit.parent)) > _LONGEST_CELL:
            reason = phrase(
                'a cell holds {most} characters, and a text of the unit "{unit}" is longer',
                most=_LONGEST_CELL,
                unit=unit.id[:40],
            )
            raise _unwritten(reason, phrase("shorten it in the list of units"))


def _write_words(writing: _Writing) -> None:
    """The title of the set, and how the form is filled in."""
    voice, criteria = writing.plan.voice, writing.plan.criteria
    title = f"{criteria.title.text(voice.language)} ({', '.join(map(str, writing.plan.form.years))})"
    how = voice.say(
        "One row for each unit. Leave a cell blank where nothing is known; write 0 for none. "
        "The notes at the headings say what is meant, and who has it."
    )
    writing.sheet.write_string(0, 0, title[:_LONGEST_CELL], writing.format(bold=True, font_size=14))
    writing.sheet.write_string(1, 0, how, writing.format(italic=True))


def _write_column(writing: _Writing, place: int, planned: PlannedColumn) -> None:
    """The heading with its note, and the cells below it."""
    sheet, name = writing.sheet, planned.column.name
    colour = "unit" if planned.fact is None else "earlier" if planned.is_earlier else "now"
    heading = writing.format(
        bold=True, text_wrap=True, valign="vcenter", align="center", border=1, bg_color=_COLOURS[colour]
    )
    sheet.write_string(_HEADINGS, place, planned.heading, heading)
    lines = sum(ceil(len(line) / 34) for line in planned.note.splitlines())
    sheet.write_comment(_HEADINGS, place, planned.note, {"width": 260, "height": 18 * (lines + 1)})
    wanted = _cells(writing, place, planned)
    align = "left" if planned.fact is None else "right"
    cells = writing.format(
        border=1, align=align, **({"num_format": wanted.number_format} if wanted.number_format else {})
    )
    sheet.set_column(
        place, place, _WIDTHS.get(name, _WIDTH), writing.format(num_format=wanted.number_format or "General")
    )
    for row in range(_FIRST, writing.last):
        sheet.write_blank(row, place, None, cells)
    if wanted.validation:
        sheet.data_validation(_FIRST, place, writing.last - 1, place, wanted.validation)


def _cells(writing: _Writing, place: int, planned: PlannedColumn) -> CellsWanted:
    """What the cells of a column take; the values of a drop-down are put into the sheet that is not shown."""
    if planned.fact is None:
        return CellsWanted(TEXT, {})
    first = f"{letter(place)}{_FIRST + 1}"
    if planned.fact.type is FactType.COUNT:
        writing.sheet.ignore_errors({"number_stored_as_text": f"{first}:{letter(place)}{writing.last}"})
    options = None
    if planned.fact.type is FactType.ENUMERATION:
        column = _CHOICES_FROM + place
        options = f"='{FORM_SHEET}'!${letter(column)}$1:${letter(column)}${len(planned.fact.options)}"
        for row, option in enumerate(planned.fact.options):
            writing.hidden.write_string(row, column, option)
    return cells_wanted(writing.plan.voice.say, planned.fact, planned.heading, first, options)


def _write_units(writing: _Writing, units: Sequence[Unit]) -> None:
    cells = writing.format(border=1, align="left", num_format=TEXT)
    places = {planned.column.name: place for place, planned in enumerate(writing.plan.columns) if planned.fact is None}
    for row, unit in enumerate(units, start=_FIRST):
        for name, text in _texts(unit):
            writing.sheet.write_string(row, places[name], text, cells)


def _texts(unit: Unit) -> Iterator[tuple[str, str]]:
    for column, text in ((Reserved.UNIT, unit.id), (Reserved.NAME, unit.name), (Reserved.PARENT, unit.parent)):
        if text is not None:
            yield column.value, text


def _write_hidden(writing: _Writing) -> None:
    """What the form is, for reading it back."""
    for row, texts in enumerate(rows_of(writing.plan.form)):
        for column, text in enumerate(texts):
            writing.hidden.write_string(row, column, text)
    writing.hidden.very_hidden()


def _lay_out_page(writing: _Writing) -> None:
    sheet, columns = writing.sheet, writing.plan.columns
    lines = (
        sum(ceil(len(part) / (_WIDTHS.get(planned.column.name, _WIDTH) - 3)) for part in planned.heading.split("\n"))
        for planned in columns
    )
    sheet.set_row(_HEADINGS, min(_HIGHEST, _LINE * (1 + max(lines))))
    sheet.freeze_panes(_FIRST, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(_HEADINGS)
    sheet.repeat_columns(0, 1)
