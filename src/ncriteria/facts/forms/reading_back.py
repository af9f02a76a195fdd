"""Reading a form back: what its headings mean, and whether it is of the set that judges now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from attrs import evolve

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.cells.months import MonthSaid, raw_month
from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.cells.refusals import Refusal
from ncriteria.facts.formats.grid import HEADINGS_WITHIN, Grid
from ncriteria.facts.formats.raw import RawRow, RawTable
from ncriteria.facts.formats.workbook import WorkbookKind, read_workbook, sheet_called
from ncriteria.facts.forms.form import FORM_SHEET, Form, FormColumn, form_of
from ncriteria.facts.layout.columns import Reserved
from ncriteria.facts.layout.heading_meanings import Heading
from ncriteria.facts.layout.laying_out import lay_out
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import FactsError
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey, InYear
from ncriteria.quick_classes import frozen
from ncriteria.sets.declared.declared_facts import DeclaredFacts
from ncriteria.sets.files.digest import SHOWN, digest_of
from ncriteria.sets.model import FactDeclaration
from ncriteria.words import phrase

_RESERVED = {column.value: column for column in Reserved}
_LISTED = 3


@frozen
class FilledForm:
    """A form, and the cells of its sheet as they are now."""

    form: Form
    grid: Grid


def form_in(content: bytes, kind: WorkbookKind, file: str | None, sheet: str | None) -> FilledForm | None:
    """The form in a workbook; `None` where it is none, or where another `sheet` of it is asked for."""
    hidden = sheet_called(content, kind, file, FORM_SHEET)
    if hidden is None:
        return None
    form = form_of(hidden, CellPlace(file))
    if sheet is not None and folded(sheet) != folded(form.sheet):
        return None
    # Its sheet may be called otherwise by now.
    return FilledForm(form, sheet_called(content, kind, file, form.sheet) or read_workbook(content, kind, file))


def laid_out_form(
    filled: FilledForm, declarations: Mapping[str, FactDeclaration], options: ReadingOptions, table: CellPlace
) -> RawTable:
    """The rows of a form, whose headings need no guessing; raises `FactsError` for columns of facts that are gone."""
    if problems := list(_gone(filled, declarations, options, table)):
        raise FactsError(problems)
    told = {
        folded(column.heading): meaning
        for column in filled.form.columns
        if (not column.is_of_fact or column.name in declarations) and (meaning := _meaning(filled.form, column))
    }
    found = lay_out(filled.grid, declarations, options, table, told)
    return evolve(found, rows=tuple(_rows_as_asked(filled.form, found))) if filled.form.has_months else found


def _meaning(form: Form, column: FormColumn) -> Heading | None:
    """What a heading means; a value of an earlier year stands in the row of the year that is assessed.

    Where rows are of months, the row of a whole year has values of that year and of earlier ones.
    """
    if form.has_months and column.is_of_fact:
        return Heading((FactKey.of(column.name, THIS_YEAR if column.year is None else InYear(column.year)),))
    if column.year is None:
        return Heading((_RESERVED[column.name],)) if column.name in _RESERVED else None
    row_year = form.row_year(column.year)
    return Heading((FactKey.of(column.name, Ago(row_year - column.year)),), row_year)


def _rows_as_asked(form: Form, table: RawTable) -> Iterator[RawRow]:
    """The rows of a form with months; a figure in a row that does not ask for it is refused.

    What stands in the row of a whole year may be the sum of the months so far, and one month does not say what is once
    in a year.
    """
    by_heading = {folded(column.heading): column for column in form.columns}
    columns = {heading: by_heading[folded(heading)] for heading in table.headings if folded(heading) in by_heading}
    by_month = next((heading for heading, column in columns.items() if column.name == Reserved.MONTH.value), None)
    for row in table.rows:
        cell = None if by_month is None else row.cells.get(by_month)
        month = None if cell is None else raw_month(cell)
        if not isinstance(month, MonthSaid):
            yield row
            continue
        is_whole = month.month is None
        yield evolve(
            row,
            refused={
                heading: _NOT_IN_WHOLE_YEARS if is_whole else _NOT_IN_MONTHS
                for heading in row.cells
                if heading in columns and columns[heading].is_of_fact and columns[heading].by_month is is_whole
            },
        )


_NOT_IN_WHOLE_YEARS = Refusal(
    "NC330",
    phrase("the form asks for this month by month, and the row is of the whole year"),
    phrase("write the figures in the rows of the months, and leave this cell blank"),
)
_NOT_IN_MONTHS = Refusal(
    "NC330",
    phrase("the form asks for this once, and the row is of a month"),
    phrase("write it in the row of the whole year, and leave this cell blank"),
)


def _gone(
    filled: FilledForm, declarations: Mapping[str, FactDeclaration], options: ReadingOptions, table: CellPlace
) -> Iterator[Problem]:
    """An error of each column that is there, and whose fact is declared no more."""
    there = {folded(raw_text(cell)) for row in filled.grid.rows[:HEADINGS_WITHIN] for cell in row.cells}
    for column in filled.form.columns:
        heading = folded(column.heading)
        is_gone = column.is_of_fact and column.name not in declarations and heading in there
        if is_gone and not (options.ignore_unknown or heading in options.ignore or heading in options.columns):
            shown = " ".join(column.heading.split())
            message = phrase(
                'the column "{heading}" is of `{fact}`, which is no fact any more', heading=shown, fact=column.name
            )
            hint = phrase(
                'make a new form (`ncriteria form`), or pass over the column: --ignore-column "{heading}"',
                heading=shown,
            )
            yield Problem("NC298", message, table, hint)


def versions(form: Form, declarations: Mapping[str, FactDeclaration], place: CellPlace) -> Iterator[Problem]:
    """A warning where the form is not of a set that judges, or of another version of it.

    Nothing is said where it is not known which sets do.
    """
    if not isinstance(declarations, DeclaredFacts):
        return
    judging = {one.id: one for one in declarations.sets}
    if form.criteria not in judging:
        message = phrase(
            "the form is of the set `{criteria}`, which is not among those that judge: {listed}",
            criteria=form.criteria,
            listed=_listed(judging),
        )
        hint = phrase("make a form of the set that is meant (`ncriteria form`), or judge under its own (--criteria)")
        yield Problem("NC297", message, place, hint)
        return
    now = digest_of(judging[form.criteria])
    if now != form.digest:
        message = phrase(
            "the form is of another version of `{criteria}`: {was}, now {now}",
            criteria=form.criteria,
            was=form.digest[:SHOWN],
            now=now[:SHOWN],
        )
        hint = phrase(
            "look for facts that are new: make a form anew, `ncriteria form {criteria} -o FILE`; "
            "what stands in this one is read as the set is now",
            criteria=form.criteria,
        )
        yield Problem("NC296", message, place, hint)


def _listed(names: Collection[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in [*names][:_LISTED])
    more = len(names) - _LISTED
    return shown if more <= 0 else phrase("{listed} and {count} more", listed=shown, count=more)
