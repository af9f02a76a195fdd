"""Forms with months, filled in as a person does, and the same facts as a table of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import openpyxl
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.facts.forms.form import Form
from ncriteria.facts.layout.columns import Reserved
from ncriteria.report.form.planning import plan_of
from ncriteria.report.form.writing import form_workbook
from tests.facts.forms.filling import FIRST_ROW, UNITS, Typed, saved, typed_values

_TEXT = """
format: ncriteria/1
set:
  id: example.monthly.commune
  standard: example-monthly
  title: {vi: Theo tháng, en: By month}
  instrument: {number: 01/EXAMPLE, issuer: Example, issued: 2024-01-05}
  years: {from: 2024, to: 2025}
  level: commune
  window: {from: "11-16", to: "11-15", cite: [{instrument: 01/EXAMPLE}]}
facts:
  cases: {title: {vi: Số vụ, en: Cases}, type: count, unit: {vi: vụ, en: cases}, aggregate: sum}
  fires: {title: {vi: Số vụ cháy, en: Fires}, type: count, aggregate: sum}
  households: {title: {vi: Số hộ, en: Households}, type: count, aggregate: sum, over_months: alike}
  plan: {title: {vi: Có kế hoạch, en: Plan}, type: boolean}
clauses:
  order:
    title: {vi: Trật tự, en: Order}
    rule: plan and cases <= prev_year(cases) and households > 10 * fires and years_ago(2, fires) <= 9
    encodes: exact
    cite: [{instrument: 01/EXAMPLE}]
tests:
  - {id: few, given: {plan: false}, expect: {order: not_met}}
"""
WINDOWS = {"11-16": 15, "11-01": None, "01-01": None}
"""Days on which a window begins, with the day on which its months end."""
_LAST = {"11-16": "11-15", "11-01": "10-31", "01-01": "12-31"}
MonthlyCells = Mapping[tuple[str, str, str], Typed]
"""What is typed, by unit, name of the fact with the year of its column or `months`, and what the row is of."""


def monthly_text(window: str = "11-16") -> str:
    """The text of a set with this window."""
    return _TEXT.replace('from: "11-16", to: "11-15"', f'from: "{window}", to: "{_LAST[window]}"')


def made_by_month(criteria: nc.Criteria, *years: int, language: nc.Language = "vi") -> tuple[Form, bytes]:
    """An empty form with months for the units, and what it says of itself."""
    plan = plan_of(criteria.definition, years, language, by_month=True)
    return plan.form, form_workbook(plan, UNITS)


def rows_to_fill(form: Form, content: bytes) -> dict[tuple[str, str], int]:
    """The numbers of the rows, by unit and by what they are of."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))[form.sheet]
    place = [column.name for column in form.columns].index(Reserved.MONTH.value)
    return {
        (row[0].value, row[place].value): number
        for number, row in enumerate(sheet.iter_rows(min_row=FIRST_ROW), start=FIRST_ROW)
    }


def asked_of(form: Form, when: str) -> list[tuple[str, str]]:
    """The facts that are asked for in a row of this month, or of this whole year, each with what tells its column."""
    is_month = "/" in when
    return [
        (column.name, "months" if column.by_month else str(column.year))
        for column in form.columns
        if (column.by_month and is_month)
        or (column.year is not None and not is_month and str(form.row_year(column.year)) == when[-4:])
    ]


def filled_by_month(form: Form, content: bytes, cells: MonthlyCells) -> bytes:
    """The form with values; a cell is told by its unit, its fact and column, and what its row is of."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, rows = book[form.sheet], rows_to_fill(form, content)
    columns = {
        f"{column.name} {'months' if column.by_month else column.year}": place
        for place, column in enumerate(form.columns, start=1)
    }
    for (unit, column, when), typed in cells.items():
        sheet.cell(rows[unit, when], columns[column]).value = typed
    return saved(book)


@st.composite
def typed_months(draw: st.DrawFn, criteria: nc.Criteria, form: Form, content: bytes) -> MonthlyCells:
    """What is typed into some of the cells that a form asks for."""
    asked = [
        (unit, f"{name} {of}", when) for unit, when in rows_to_fill(form, content) for name, of in asked_of(form, when)
    ]
    chosen = draw(st.lists(st.sampled_from(asked), max_size=30, unique=True))
    return {cell: draw(typed_values(criteria.facts[cell[1].split()[0]])) for cell in chosen}


def months_as_csv(form: Form, content: bytes, cells: MonthlyCells) -> str:
    """The same facts, with a row for each unit and month, and for each unit and whole year."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    keys = sorted({column for _, column, _ in cells})
    writer.writerow(["unit", "name", "parent", "level", "year", "month", *map(_heading, keys)])
    units = {unit.id: unit for unit in UNITS}
    for unit, when in rows_to_fill(form, content):
        one = units[unit]
        period = [*reversed(when.split("/"))] if "/" in when else [when[-4:], ""]
        values = [str(cells.get((unit, key, when), "")) for key in keys]
        writer.writerow([unit, one.name or "", one.parent or "", "commune", *period, *values])
    return written.getvalue()


def _heading(key: str) -> str:
    name, of = key.split()
    return name if of == "months" else f"at({name}, {of})"
