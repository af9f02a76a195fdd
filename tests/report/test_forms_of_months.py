"""Forms with months as workbooks: rows for months and whole years, and which cells of them are asked for."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

import ncriteria as nc
from ncriteria.errors import CellPlace
from ncriteria.facts.formats.workbook import read_workbook
from ncriteria.facts.forms.form import FORM_SHEET, form_of
from ncriteria.report.form.planning import plan_of
from ncriteria.report.form.writing import form_workbook
from tests.facts.forms.filling import FIRST_ROW, UNITS
from tests.facts.forms.monthly import made_by_month, monthly_text

SET = nc.loads(monthly_text())
DARK = "FFBFBFBF"


def sheet_of(content: bytes, name: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))[name]


@pytest.mark.parametrize(
    ("language", "years", "expected"),
    [
        (
            "vi",
            (2024,),
            [
                *("Mã đơn vị", "Tên đơn vị", "Tháng", "Từ ngày đến ngày", "Đơn vị cấp trên"),
                *("Số vụ (vụ)\nNăm 2023", "Số vụ (vụ)\nTừng tháng", "Số vụ cháy\nNăm 2022", "Số vụ cháy\nTừng tháng"),
                *("Số hộ\nNăm 2024", "Có kế hoạch\nNăm 2024", "Ghi chú"),
            ],
        ),
        (
            "en",
            (2024, 2025),
            [
                *("Unit code", "Name", "Month", "First and last day", "Parent"),
                *("Cases (cases)\nYear 2023", "Cases (cases)\nMonth by month"),
                *("Fires\nYear 2022", "Fires\nYear 2023", "Fires\nMonth by month"),
                *("Households\nYear 2024", "Households\nYear 2025", "Plan\nYear 2024", "Plan\nYear 2025", "Note"),
            ],
        ),
    ],
)
def test_what_adds_up_has_one_column_for_the_months_and_one_for_each_earlier_year(
    language: Any, years: tuple[int, ...], expected: list[str]
) -> None:
    form, content = made_by_month(SET, *years, language=language)
    assert [cell.value for cell in sheet_of(content, form.sheet)[FIRST_ROW - 1]] == expected


def test_whole_years_stand_above_the_months_with_the_days_that_they_have() -> None:
    form, content = made_by_month(SET, 2024)
    rows = [row[:5] for row in sheet_of(content, form.sheet).iter_rows(min_row=FIRST_ROW, values_only=True)]
    assert rows[:5] == [
        ("001", "Xã An", "Cả năm 2024", "16/11/2023 đến 15/11/2024", "h"),
        ("x-2", "Xã Bình", "Cả năm 2024", "16/11/2023 đến 15/11/2024", None),
        ("Xã Cộng Hòa", None, "Cả năm 2024", "16/11/2023 đến 15/11/2024", None),
        ("001", "Xã An", "12/2023", "16/11/2023 đến 15/12/2023", "h"),
        ("001", "Xã An", "1/2024", "16/12/2023 đến 15/01/2024", "h"),
    ]
    assert rows[-1] == ("Xã Cộng Hòa", None, "11/2024", "16/10/2024 đến 15/11/2024", None)
    assert len(rows) == 13 * len(UNITS)


def test_headings_and_the_month_stay_in_view() -> None:
    form, content = made_by_month(SET, 2024)
    assert sheet_of(content, form.sheet).freeze_panes == "D4"


def test_cells_that_are_not_asked_for_are_dark_and_take_nothing() -> None:
    form, content = made_by_month(SET, 2024, 2025, language="en")
    sheet = sheet_of(content, form.sheet)
    whole, months = {4, 5, 6, 43, 44, 45}, {*range(7, 43), *range(46, 82)}
    asked = {
        "Cases (cases)\nYear 2023": {4, 5, 6},
        "Cases (cases)\nMonth by month": months,
        "Households\nYear 2024": {4, 5, 6},
        "Households\nYear 2025": {43, 44, 45},
    }
    places = {cell.value: cell.column for cell in sheet[FIRST_ROW - 1]}
    for heading, rows in asked.items():
        cells = {number: sheet.cell(number, places[heading]) for number in whole | months}
        assert {number for number, cell in cells.items() if cell.fill.fgColor.rgb != DARK} == rows
        rules = {rule.formula1 == "FALSE": rule for rule in rules_of(sheet, places[heading])}
        assert {refuses: rows_of(rule) for refuses, rule in rules.items()} == {
            False: rows,
            True: (whole | months) - rows,
        }
        assert rules[True].error == (
            "This is asked for month by month: write it in the rows of the months."
            if heading.endswith("month")
            else "This is asked for once: write it in the row of the whole year."
        )


def rules_of(sheet: Any, column: int) -> list[Any]:
    return [one for one in sheet.data_validations.dataValidation if next(iter(one.sqref.ranges)).min_col == column]


def rows_of(rule: Any) -> set[int]:
    return {row for one in rule.sqref.ranges for row in range(one.min_row, one.max_row + 1)}


def test_the_form_says_what_it_is_in_a_sheet_that_is_not_shown() -> None:
    form, content = made_by_month(SET, 2024)
    grid = read_workbook(content, "xlsx", None, FORM_SHEET)
    assert form_of(grid, CellPlace()) == form
    assert (form.months_end, form.has_months) == (15, True)
    assert grid.rows[0].cells[:2] == ("format", "ncriteria-form/2")


def test_the_same_form_has_the_same_bytes() -> None:
    assert made_by_month(SET, 2024) == made_by_month(SET, 2024)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            monthly_text().replace('from: "11-16", to: "11-15"', 'from: "12-30", to: "12-29"'),
            "no months make up its assessment year, which is 12-30 to 12-29",
        ),
        (monthly_text().replace(", aggregate: sum", ""), "no fact of `example.monthly.commune` adds up over months"),
    ],
)
def test_a_set_without_months_has_no_form_with_months(text: str, said: str) -> None:
    criteria = nc.loads(text.replace(", over_months: alike", ""))
    with pytest.raises(nc.NCriteriaError) as refused:
        plan_of(criteria.definition, [2024], "vi", by_month=True)
    assert str(refused.value) == (
        f"NC295 the form cannot be written: {said}\n  hint: make a form of whole years, without --months"
    )


def test_a_form_with_months_needs_its_units() -> None:
    with pytest.raises(nc.NCriteriaError) as refused:
        form_workbook(plan_of(SET.definition, [2024], "vi", by_month=True), [])
    assert str(refused.value) == (
        "NC295 the form cannot be written: a form with months has its rows for each unit, and no unit is given\n"
        "  hint: name a table with the units: --units FILE"
    )
