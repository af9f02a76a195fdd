"""Forms, filled in as a person does, and the same facts as a table of CSV."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.facts.forms.form import Form
from ncriteria.facts.table import Unit
from ncriteria.report.form.planning import plan_of
from ncriteria.report.form.writing import form_workbook
from ncriteria.sets.model import FactDeclaration, FactType
from ncriteria.words import Language

FIRST_ROW = 4
EVERY = nc.load(Path(__file__).parents[2] / "sets" / "every_fact.yaml")
UNITS = (Unit("001", "Xã An", None, "h"), Unit("x-2", "Xã Bình"), Unit("Xã Cộng Hòa", None))
Typed = int | float | str | datetime.date
"""What is typed into a cell."""
Cells = Mapping[tuple[str, str, int], Typed]
"""What is typed, by unit, fact and year."""


def made(
    criteria: nc.Criteria, *years: int, language: Language = "vi", units: Iterable[Unit] = ()
) -> tuple[Form, bytes]:
    """An empty form, and what it says of itself."""
    plan = plan_of(criteria.definition, years or (criteria.years.first,), language)
    return plan.form, form_workbook(plan, list(units))


def filled(form: Form, content: bytes, cells: Cells, units: Iterable[Unit] = UNITS) -> bytes:
    """The form with values in the rows of units."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[form.sheet]
    places = {(column.name, column.year): place for place, column in enumerate(form.columns, start=1)}
    rows = {unit.id: row for row, unit in enumerate(units, start=FIRST_ROW)}
    for (unit, name, year), typed in cells.items():
        sheet.cell(rows[unit], places[name, year]).value = typed
    return saved(book)


def saved(book: Any) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def as_csv(cells: Cells, units: Iterable[Unit] = UNITS) -> str:
    """The same facts, a row for each unit and year."""
    names = sorted({name for _, name, _ in cells})
    years = sorted({year for _, _, year in cells})
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(["unit", "name", "parent", "level", "year", *names])
    for unit in units:
        for year in years:
            values = [_text(cells.get((unit.id, name, year), "")) for name in names]
            writer.writerow([unit.id, unit.name or "", unit.parent or "", "commune", year, *values])
    return written.getvalue()


def _text(typed: Typed) -> str:
    if isinstance(typed, datetime.date):
        return typed.strftime("%d/%m/%Y")
    return str(typed).replace(".", ",") if isinstance(typed, float) else str(typed)


def typed_values(declared: FactDeclaration) -> st.SearchStrategy[Typed]:
    """What a person may type for a fact."""
    low, high = declared.minimum, declared.maximum
    match declared.type:
        case FactType.COUNT:
            counts = st.integers(int(low or 0), 2000 if high is None else int(high))
            return counts | counts.map(str) | counts.map(lambda number: f"{number:02d}") | counts.map(">={}".format)
        case FactType.NUMBER:
            steps = Fraction(1, 100)
            least, most = (Fraction(-50) if low is None else low), (Fraction(500) if high is None else min(high, 500))
            hundredths = st.integers(int(least / steps), int(most / steps))
            return hundredths.map(lambda number: number / 100)
        case FactType.BOOLEAN:
            return st.sampled_from(["Có", "Không"])
        case FactType.ENUMERATION:
            return st.sampled_from(declared.options)
        case FactType.DATE:
            return st.dates(datetime.date(1999, 1, 1), datetime.date(2030, 12, 31))


@st.composite
def typed_forms(draw: st.DrawFn, criteria: nc.Criteria, form: Form) -> Cells:
    """What is typed into some of the cells of a form."""
    columns = [column for column in form.columns if column.year is not None]
    cells: dict[tuple[str, str, int], Typed] = {}
    for unit in UNITS:
        for column in draw(st.lists(st.sampled_from(columns), max_size=6, unique=True)):
            assert column.year is not None
            cells[unit.id, column.name, column.year] = draw(typed_values(criteria.facts[column.name]))
    return cells
