"""Which rows a form has, and which cells of them are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ncriteria.facts.layout.columns import Reserved
from ncriteria.facts.table import Month, Unit
from ncriteria.quick_classes import frozen
from ncriteria.report.form.planning import FormPlan, PlannedColumn
from ncriteria.words import Words

_BLANK_ROWS = 100
_MORE_ROWS = 20
"""Rows to fill in where no units are given, and below those that are."""


@frozen
class FormRow:
    """A row to fill in: of a unit, or of one that is still to be written.

    In a form with months it is of a `month`, or of the whole `year`.
    """

    unit: Unit | None
    year: int | None = None
    month: Month | None = None


def form_rows(plan: FormPlan, units: Sequence[Unit]) -> list[FormRow]:
    """The rows of a form; in one with months those of whole years stand above those of the months, year by year."""
    if plan.months is None:
        return [*map(FormRow, units), *[FormRow(None)] * (_MORE_ROWS if units else _BLANK_ROWS)]
    rows = []
    for year in plan.form.years:
        months = plan.months.months(year)
        rows += [FormRow(unit, year) for unit in units]
        rows += [FormRow(unit, year, month) for unit in units for month in months]
    return rows


def is_asked(plan: FormPlan, planned: PlannedColumn, row: FormRow) -> bool:
    """Whether a cell is to be filled in."""
    column = planned.column
    if not column.is_of_fact or row.year is None:
        return True
    if column.year is None:
        return row.month is not None
    return row.month is None and plan.form.row_year(column.year) == row.year


def texts_of_row(say: Words, plan: FormPlan, row: FormRow) -> Iterator[tuple[str, str]]:
    """What stands in a row from the beginning, by the names of columns."""
    if row.unit is not None:
        unit = row.unit
        for column, text in ((Reserved.UNIT, unit.id), (Reserved.NAME, unit.name), (Reserved.PARENT, unit.parent)):
            if text is not None:
                yield column.value, text
    if plan.months is not None and row.year is not None:
        first, last = plan.months.window.days(row.year) if row.month is None else plan.months.days(row.month)
        yield Reserved.MONTH.value, say("Whole year {year}", year=row.year) if row.month is None else str(row.month)
        yield Reserved.DAYS.value, say("{first} to {last}", first=say.day(first), last=say.day(last))
