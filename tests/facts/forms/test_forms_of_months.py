"""A form with months that was filled in says what a table of CSV with months says."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.facts.forms.form import Form
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import FactRow
from tests.facts.forms.filling import UNITS, saved
from tests.facts.forms.monthly import (
    WINDOWS,
    MonthlyCells,
    filled_by_month,
    made_by_month,
    monthly_text,
    months_as_csv,
    typed_months,
)


@cache
def criteria_with(window: str) -> nc.Criteria:
    return nc.loads(monthly_text(window))


@cache
def form_with(window: str, *years: int, language: Any = "vi") -> tuple[Form, bytes]:
    return made_by_month(criteria_with(window), *years, language=language)


def read(folder: Path, content: bytes, window: str = "11-16", **options: Any) -> nc.FactTable:
    path = folder / "form.xlsx"
    path.write_bytes(content)
    return nc.read_facts(path, criteria_with(window).facts, options=ReadingOptions(**options))


def said(rows: tuple[FactRow, ...]) -> dict[tuple[str, str], tuple[object, dict[str, object]]]:
    return {(row.unit.id, row.when): (row.unit, {str(key): value for key, value in row.values.items()}) for row in rows}


@pytest.mark.parametrize("window", WINDOWS)
@settings(
    max_examples=settings().max_examples // 4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_filled_form_says_what_csv_says(window: str, data: st.DataObject, tmp_path: Path) -> None:
    years = data.draw(st.sampled_from([(2024,), (2025,), (2024, 2025)]))
    form, content = form_with(window, *years, language=data.draw(st.sampled_from(["vi", "en"])))
    criteria = criteria_with(window)
    cells = data.draw(typed_months(criteria, form, content))
    table = read(tmp_path, filled_by_month(form, content, cells), window, months_end=9)
    of_csv = nc.read_facts_text(
        months_as_csv(form, content, cells), "csv", criteria.facts, options=ReadingOptions(months_end=WINDOWS[window])
    )
    assert said(table.rows) == said(of_csv.rows)
    assert table.months_end == of_csv.months_end == WINDOWS[window]
    judged, of_rows = (list(nc.evaluate_rows(one, criteria)) for one in (table, of_csv))
    assert [one.verdicts for one in judged] == [one.verdicts for one in of_rows]
    assert {one.row.year for one in judged} == set(years)


HALF: MonthlyCells = {
    ("001", "cases 2023", "Cả năm 2024"): "6",
    ("001", "households 2024", "Cả năm 2024"): "100",
    ("001", "plan 2024", "Cả năm 2024"): "Có",
    **{("001", "cases months", f"{month}/2024"): str(month % 2) for month in range(1, 8)},
    ("001", "cases months", "12/2023"): 2,
}


def test_eight_months_are_the_least_that_the_year_has(tmp_path: Path) -> None:
    form, content = form_with("11-16", 2024)
    table = read(tmp_path, filled_by_month(form, content, HALF))
    judgement = next(one for one in nc.evaluate_rows(table, criteria_with("11-16")) if one.row.unit.id == "001")
    assert judgement.result is not None
    assert "Cases, 2023-12 to 2024-11: 2 + 1 + 0 + 1 + 0 + 1 + 0 + 1; 4 months not reported" in (
        judgement.result.explain("en")
    )
    assert judgement.result.verdict is nc.Verdict.UNDETERMINED


@pytest.mark.parametrize("own", WINDOWS)
@pytest.mark.parametrize("judging", WINDOWS)
def test_no_other_years_than_those_of_the_form_are_judged(own: str, judging: str, tmp_path: Path) -> None:
    form, content = form_with(own, 2024)
    months = {("001", "cases months", f"{month}/2024"): "1" for month in range(2, 9)}
    table = read(tmp_path, filled_by_month(form, content, months), own)
    judged = list(nc.evaluate_rows(table, criteria_with(judging)))
    assert {one.row.year for one in judged} == {2024}


WRONG: MonthlyCells = {**HALF, ("001", "cases months", "Cả năm 2024"): 6, ("x-2", "plan 2024", "3/2024"): "Có"}


def test_a_figure_where_none_is_asked_for_is_refused_with_its_place(tmp_path: Path) -> None:
    form, content = form_with("11-16", 2024)
    with pytest.raises(nc.FactsError) as refused:
        read(tmp_path, filled_by_month(form, content, WRONG))
    assert [str(one).removeprefix(f"{tmp_path}/") for one in refused.value.problems] == [
        'form.xlsx, sheet Số liệu, row 4, column "Số vụ (vụ) Từng tháng": NC330 the form asks for this month by month, '
        "and the row is of the whole year\n"
        "  hint: write the figures in the rows of the months, and leave this cell blank",
        'form.xlsx, sheet Số liệu, row 22, column "Có kế hoạch Năm 2024": NC330 the form asks for this once, '
        "and the row is of a month\n"
        "  hint: write it in the row of the whole year, and leave this cell blank",
    ]


def test_a_figure_where_none_is_asked_for_costs_only_its_cell_where_reading_keeps_going(tmp_path: Path) -> None:
    form, content = form_with("11-16", 2024)
    table = read(tmp_path, filled_by_month(form, content, WRONG), keep_going=True)
    assert [one.code for one in table.problems] == ["NC330", "NC330"]
    row = table.row("001", 2024)
    assert row is not None
    assert "cases" not in {str(key) for key in row.values}
    assert {str(key) for key in row.unread} == {"cases"}


def test_rows_may_be_sorted_deleted_and_added(tmp_path: Path) -> None:
    form, content = form_with("11-16", 2024)
    before = said(read(tmp_path, filled_by_month(form, content, HALF)).rows)
    book = openpyxl.load_workbook(io.BytesIO(filled_by_month(form, content, HALF)))
    sheet = book[form.sheet]
    last = [cell.value for cell in sheet[sheet.max_row]]
    assert last[:3] == ["Xã Cộng Hòa", None, "11/2024"]
    sheet.delete_rows(sheet.max_row)
    sheet.insert_rows(4)
    for place, value in enumerate(last, start=1):
        sheet.cell(4, place).value = value
    assert said(read(tmp_path, saved(book)).rows) == before


def test_a_unit_has_rows_for_its_months_and_its_whole_year(tmp_path: Path) -> None:
    _, content = form_with("11-01", 2024)
    rows = said(read(tmp_path, content, "11-01").rows)
    months = ["11/2023", "12/2023", *(f"{month}/2024" for month in range(1, 11))]
    assert [*rows] == [(unit.id, "2024") for unit in UNITS] + [(unit.id, when) for unit in UNITS for when in months]


def test_a_form_with_months_that_was_saved_as_csv_is_refused_and_not_misread() -> None:
    form, content = form_with("11-16", 2024)
    sheet = openpyxl.load_workbook(io.BytesIO(filled_by_month(form, content, HALF)))[form.sheet]
    lines = [["" if cell is None else str(cell).replace("\n", " ") for cell in row] for row in sheet.values]
    text = "\n".join(";".join(row) for row in lines[2:])
    with pytest.raises(nc.FactsError) as refused:
        nc.read_facts_text(text, "csv", criteria_with("11-16").facts)
    assert "NC210" in str(refused.value)
