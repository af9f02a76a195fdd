"""Writing a form as a workbook of Excel, the same bytes for the same form."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import ceil
from types import ModuleType
from typing import TYPE_CHECKING, Final

from attrs import field

from ncriteria.facts.formats.grid import letter
from ncriteria.facts.forms.form import FORM_SHEET, rows_of
from ncriteria.facts.layout.columns import Reserved
from ncriteria.facts.table import Unit
from ncriteria.quick_classes import define
from ncriteria.report.form.form_rows import FormRow, form_rows, is_asked, texts_of_row
from ncriteria.report.form.planning import FormPlan, PlannedColumn, unwritten
from ncriteria.report.form.validating import TEXT, CellsWanted, cells_wanted, nothing_wanted
from ncriteria.sets.model import FactType
from ncriteria.sets.names import options_text
from ncriteria.words import phrase

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_HEADINGS: Final = 2
"""The row of the headings, counted from 0; the title and how to fill in the form stand above it."""
_FIRST: Final = _HEADINGS + 1
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384
_LONGEST_CELL: Final = 32_767
_WIDTHS: Final[Mapping[str, int]] = {Reserved.NAME.value: 24, Reserved.NOTE.value: 30, Reserved.DAYS.value: 24}
_WIDTH: Final = 15
_LINE: Final = 15
_HIGHEST: Final = 400
_CHOICES_FROM: Final = 5
"""The first column of the sheet that is not shown that holds the values of a drop-down."""
_COLOURS: Final = {"unit": "#D9D9D9", "now": "#DDEBF7", "earlier": "#EDEDED", "unasked": "#BFBFBF"}
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
    rows: Sequence[FormRow]
    formats: dict[tuple[tuple[str, object], ...], Format] = field(factory=dict)

    def format(self, **properties: object) -> Format:
        """The format with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]


def form_workbook(plan: FormPlan, units: Sequence[Unit]) -> bytes:
    """The form with a row for each of `units`; raises `NCriteriaError` where it cannot be written."""
    xlsxwriter, rows = _library(), form_rows(plan, units)
    _refuse_too_large(plan, units, len(rows))
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, _INERT)
    issued = plan.criteria.instrument.issued or datetime.date(plan.criteria.years.first, 1, 1)
    book.set_properties({"created": datetime.datetime(issued.year, issued.month, issued.day)})
    writing = _Writing(plan, book, book.add_worksheet(plan.form.sheet), book.add_worksheet(FORM_SHEET), rows)
    _write_words(writing)
    for place, column in enumerate(plan.columns):
        _write_column(writing, place, column)
    _write_texts(writing)
    _write_hidden(writing)
    _lay_out_page(writing)
    book.close()
    return content.getvalue()


def _library() -> ModuleType:
    try:
        import xlsxwriter  # type: ignore[import-untyped]
    except ImportError:
        reason = phrase("workbooks are written with XlsxWriter, which is not there")
        raise unwritten(reason, phrase('install it: pip install "ncriteria[excel]"')) from None
    module: ModuleType = xlsxwriter
    return module


def _refuse_too_large(plan: FormPlan, units: Sequence[Unit], rows: int) -> None:
    if plan.months is not None and not units:
        hint = phrase("name a table with the units: --units FILE")
        raise unwritten(phrase("a form with months has its rows for each unit, and no unit is given"), hint)
    if len(plan.columns) > _LAST_COLUMN:
        reason = phrase(
            "a sheet has {most} columns, and {count} are needed", most=_LAST_COLUMN, count=len(plan.columns)
        )
        raise unwritten(reason, phrase("name fewer years"))
    if _FIRST + rows >= _LAST_ROW:
        reason = phrase("a sheet has {most} rows, and there are {count} units", most=_LAST_ROW, count=len(units))
        raise unwritten(reason, phrase("give fewer units"))
    for unit in units:
        if max(len(text or "") for text in (unit.id, unit.name, unit.parent)) > _LONGEST_CELL:
            reason = phrase(
                'a cell holds {most} characters, and a text of the unit "{unit}" is longer',
                most=_LONGEST_CELL,
                unit=unit.id[:40],
            )
            raise unwritten(reason, phrase("shorten it in the list of units"))


def _write_words(writing: _Writing) -> None:
    """The title of the set, and how the form is filled in."""
    voice, criteria = writing.plan.voice, writing.plan.criteria
    title = f"{criteria.title.text(voice.language)} ({', '.join(map(str, writing.plan.form.years))})"
    how = voice.say(
        "One row for each unit. Leave a cell blank where nothing is known; write 0 for none. "
        "The notes at the headings say what is meant, and who has it."
    )
    if writing.plan.months is not None:
        how = voice.say(
            "A row for each month, and one for the whole year; dark cells stay blank. "
            "Leave a cell blank where nothing is known yet; write 0 for none."
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
    asked = list(_runs(writing, planned, asked=True))
    wanted = _cells(writing, place, planned, asked[0][0])
    align = "left" if planned.fact is None else "right"
    cells = writing.format(
        border=1, align=align, **({"num_format": wanted.number_format} if wanted.number_format else {})
    )
    sheet.set_column(
        place, place, _WIDTHS.get(name, _WIDTH), writing.format(num_format=wanted.number_format or "General")
    )
    unasked = list(_runs(writing, planned, asked=False))
    dark = writing.format(border=1, bg_color=_COLOURS["unasked"])
    for runs, cell_format, validation in (
        (asked, cells, wanted.validation),
        (unasked, dark, nothing_wanted(writing.plan.voice.say, planned.column)),
    ):
        for first, last in runs:
            for row in range(first, last + 1):
                sheet.write_blank(row, place, None, cell_format)
        if runs and validation:
            (first, last), *others = runs
            more = {"other_cells": [[begin, place, end, place] for begin, end in others]} if others else {}
            sheet.data_validation(first, place, last, place, validation | more)


def _runs(writing: _Writing, planned: PlannedColumn, *, asked: bool) -> Iterator[tuple[int, int]]:
    """The first and the last row of the runs of cells of a column that are asked for, or of those that are not."""
    numbered = enumerate(writing.rows, start=_FIRST)
    for is_so, rows in groupby(numbered, lambda row: is_asked(writing.plan, planned, row[1])):
        if is_so is asked:
            numbers = [number for number, _ in rows]
            yield numbers[0], numbers[-1]


def _cells(writing: _Writing, place: int, planned: PlannedColumn, row: int) -> CellsWanted:
    """What the cells of a column take; the values of a drop-down are put into the sheet that is not shown."""
    if planned.fact is None:
        return CellsWanted(TEXT, {})
    first = f"{letter(place)}{row + 1}"
    if planned.fact.type is FactType.COUNT:
        last = _FIRST + len(writing.rows)
        writing.sheet.ignore_errors({"number_stored_as_text": f"{letter(place)}{_FIRST + 1}:{letter(place)}{last}"})
    options = None
    if planned.fact.type is FactType.ENUMERATION:
        column = _CHOICES_FROM + place
        options = f"='{FORM_SHEET}'!${letter(column)}$1:${letter(column)}${len(planned.fact.options)}"
        for place_below, option in enumerate(options_text(planned.fact, writing.plan.form.language).values()):
            writing.hidden.write_string(place_below, column, option)
    return cells_wanted(writing.plan.voice.say, planned.fact, planned.heading, first, options)


def _write_texts(writing: _Writing) -> None:
    """What is known of the rows: their units, and in a form with months what they are of."""
    cells = writing.format(border=1, align="left", num_format=TEXT)
    places = {planned.column.name: place for place, planned in enumerate(writing.plan.columns) if planned.fact is None}
    for number, row in enumerate(writing.rows, start=_FIRST):
        for name, text in texts_of_row(writing.plan.voice.say, writing.plan, row):
            writing.sheet.write_string(number, places[name], text, cells)


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
    kept_in_view = (Reserved.MONTH if writing.plan.months is not None else Reserved.NAME).value
    last_kept = [planned.column.name for planned in columns].index(kept_in_view)
    sheet.freeze_panes(_FIRST, last_kept + 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(_HEADINGS)
    sheet.repeat_columns(0, last_kept)
