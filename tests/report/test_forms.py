"""Forms as workbooks: headings, drop-downs, ranges, notes, and nothing in them that does anything."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import ncriteria as nc
from ncriteria.errors import CellPlace
from ncriteria.facts.formats.workbook import read_workbook
from ncriteria.facts.forms.form import FORM_SHEET, form_of
from ncriteria.facts.table import Unit
from ncriteria.report.form import writing
from ncriteria.report.form.planning import plan_of
from ncriteria.report.form.validating import cells_wanted
from ncriteria.words import words
from tests.facts.forms.filling import EVERY, FIRST_ROW, UNITS, filled, made

TEXT = (Path(__file__).parents[1] / "sets" / "every_fact.yaml").read_text(encoding="utf-8")


def sheet_of(content: bytes, name: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))[name]


def headings(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[FIRST_ROW - 1]]


@pytest.mark.parametrize(
    ("language", "years", "expected"),
    [
        (
            "vi",
            (2024,),
            [
                *("Mã đơn vị", "Tên đơn vị", "Đơn vị cấp trên"),
                *("Số vụ (vụ)\nNăm 2022", "Số vụ (vụ)\nNăm 2023", "Số vụ (vụ)\nNăm 2024"),
                *("Số tổ tự quản\nNăm 2019", "Số tổ tự quản\nNăm 2024", "Tỷ lệ tăng\nNăm 2024"),
                *("Tỷ lệ giải quyết\nNăm 2022", "Tỷ lệ giải quyết\nNăm 2024", "Có kế hoạch trong năm\nNăm 2024"),
                *("Tình trạng\nNăm 2024", "Ngày quyết định\nNăm 2024", "Số hộ (hộ)\nNăm 2024", "Ghi chú"),
            ],
        ),
        (
            "en",
            (2025, 2024),
            [
                *("Unit code", "Name", "Parent", "Cases (cases)\nYear 2022", "Cases (cases)\nYear 2023"),
                *("Cases (cases)\nYear 2024", "Cases (cases)\nYear 2025"),
                *("Teams\nYear 2019", "Teams\nYear 2024", "Teams\nYear 2025", "Growth\nYear 2024", "Growth\nYear 2025"),
                *("Settled\nYear 2022", "Settled\nYear 2023", "Settled\nYear 2024", "Settled\nYear 2025"),
                *("Plan in the year\nYear 2024", "Plan in the year\nYear 2025", "Status\nYear 2024"),
                *("Status\nYear 2025", "Decided on\nYear 2024", "Decided on\nYear 2025"),
                *("Households (households)\nYear 2024", "Households (households)\nYear 2025", "Note"),
            ],
        ),
    ],
)
def test_there_is_a_column_for_each_fact_in_each_year_that_is_asked(
    language: Any, years: tuple[int, ...], expected: list[str]
) -> None:
    form, content = made(EVERY, *years, language=language)
    assert headings(sheet_of(content, form.sheet)) == expected
    assert form.years == tuple(sorted(years))


def test_the_same_form_has_the_same_bytes() -> None:
    _, content = made(EVERY, 2024, units=UNITS)
    time.sleep(1.1)
    assert made(EVERY, 2024, units=UNITS)[1] == content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b">2024-01-05T00:00:00Z<" in package.read("docProps/core.xml")


def test_the_form_says_what_it_is_in_a_sheet_that_is_not_shown() -> None:
    form, content = made(EVERY, 2024, 2025, language="en")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [("Facts", "visible"), (FORM_SHEET, "veryHidden")]
    assert form_of(read_workbook(content, "xlsx", None, FORM_SHEET), CellPlace()) == form


def test_units_are_filled_in_as_texts_and_rows_for_more_stand_below() -> None:
    form, content = made(EVERY, 2024, units=UNITS)
    sheet = sheet_of(content, form.sheet)
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=4, max_row=7)] == [
        ["001", "Xã An", "h"],
        ["x-2", "Xã Bình", None],
        ["Xã Cộng Hòa", None, None],
        [None, None, None],
    ]
    assert (sheet["A4"].number_format, sheet["A4"].data_type, sheet["A20"].number_format) == ("@", "s", "@")
    assert sheet.freeze_panes == "C4"
    assert sheet.max_row == 3 + len(UNITS) + 20
    assert sheet_of(made(EVERY, 2024)[1], form.sheet).max_row == 103


def validations(content: bytes, name: str) -> dict[str, Any]:
    sheet = sheet_of(content, name)
    names = headings(sheet)
    return {
        names[next(iter(one.sqref.ranges)).min_col - 1].split("\n")[0]: one
        for one in sheet.data_validations.dataValidation
    }


def test_every_fact_has_a_validation_over_all_rows_and_a_message() -> None:
    form, content = made(EVERY, 2024, language="en", units=UNITS)
    found = validations(content, form.sheet)
    assert {name: (one.type, one.errorStyle) for name, one in found.items()} == {
        "Cases (cases)": ("custom", None),
        "Teams": ("custom", None),
        "Growth": ("decimal", "warning"),
        "Settled": ("decimal", "warning"),
        "Plan in the year": ("list", None),
        "Status": ("list", None),
        "Decided on": ("date", None),
        "Households (households)": ("custom", None),
    }
    assert all(one.allow_blank and one.showErrorMessage for one in found.values())
    assert str(found["Status"].sqref) == "M4:M26"
    assert found["Teams"].errorTitle == "Teams"
    assert found["Teams"].error == (
        "Write a whole number, such as 12. Leave the cell blank where nothing is known; write 0 for none. "
        "The range: 1 to 9."
    )


def test_the_messages_and_the_choices_are_in_the_language_of_the_form() -> None:
    form, content = made(EVERY, 2024)
    found = validations(content, form.sheet)
    assert found["Có kế hoạch trong năm"].formula1 == '"Có,Không"'
    assert found["Có kế hoạch trong năm"].error == "Chọn trong danh sách. Để trống nếu chưa có số liệu."
    assert found["Tỷ lệ tăng"].error.endswith("Giới hạn: nhiều nhất 2.000.")


def test_the_ranges_are_those_that_are_declared() -> None:
    form, content = made(EVERY, 2024)
    found = validations(content, form.sheet)
    share, growth = found["Tỷ lệ giải quyết"], found["Tỷ lệ tăng"]
    assert (share.operator, share.formula1, share.formula2) == (None, "0", "1")  # no operator is `between`
    assert (growth.operator, growth.formula1) == ("lessThanOrEqual", "2000")


def test_values_to_choose_from_stand_in_the_sheet_that_is_not_shown_whatever_marks_they_hold() -> None:
    form, content = made(EVERY, 2024)
    place = validations(content, form.sheet)["Tình trạng"].formula1
    assert place == "'_ncriteria'!$R$1:$R$4"
    cells = [cell for (cell,) in sheet_of(content, FORM_SHEET)["R1:R4"]]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        (option, "s") for option in ("đạt", "chưa đạt", "01", "a, b")
    ]


@pytest.mark.parametrize(("language", "status", "chosen"), [("vi", "Tình trạng", "Tốt"), ("en", "Status", "Good")])
def test_options_are_chosen_by_their_titles_and_read_back_by_them(language: Any, status: str, chosen: str) -> None:
    titled = "[{id: good, title: {vi: Tốt, en: Good}}, {id: poor, title: {vi: Kém, en: Poor}}]"
    text = TEXT.replace('[đạt, chưa đạt, "01", "a, b"]', titled).replace('status = "đạt"', 'status = "good"')
    criteria = nc.loads(text)
    form, content = made(criteria, 2024, language=language, units=UNITS)
    assert validations(content, form.sheet)[status].formula1 == "'_ncriteria'!$R$1:$R$2"
    cells = [cell.value for (cell,) in sheet_of(content, FORM_SHEET)["R1:R2"]]
    assert cells == {"vi": ["Tốt", "Kém"], "en": ["Good", "Poor"]}[language]
    assert known(criteria, filled(form, content, {("001", "status", 2024): chosen})) == {"status": "good"}


def test_cells_keep_what_is_typed_where_a_workbook_would_make_something_else_of_it() -> None:
    form, content = made(EVERY, 2024)
    sheet = sheet_of(content, form.sheet)
    formats = {
        heading.split("\n")[0]: sheet.cell(4, place).number_format for place, heading in enumerate(headings(sheet), 1)
    }
    assert formats == {
        **dict.fromkeys(("Mã đơn vị", "Tên đơn vị", "Đơn vị cấp trên", "Ghi chú"), "@"),
        **dict.fromkeys(("Số vụ (vụ)", "Số tổ tự quản", "Số hộ (hộ)", "Có kế hoạch trong năm", "Tình trạng"), "@"),
        "Tỷ lệ tăng": "General",
        "Tỷ lệ giải quyết": "General",
        "Ngày quyết định": "dd/mm/yyyy",
    }


def test_a_share_below_a_heading_in_percent_is_typed_in_percent() -> None:
    criteria = nc.loads(TEXT.replace("{vi: Tỷ lệ giải quyết, en: Settled}", "Giải quyết (%)"))
    form, content = made(criteria, 2024, units=UNITS)
    sheet = sheet_of(content, form.sheet)
    place = headings(sheet).index("Giải quyết (%)\nNăm 2024") + 1
    assert sheet.cell(FIRST_ROW, place).number_format == "0.##########%"
    # What a workbook keeps where 95 is typed into such a cell.
    assert known(criteria, filled(form, content, {("001", "share", 2024): 0.95})) == {"share": "19/20"}


def test_the_note_of_a_heading_says_what_to_write_whom_to_ask_and_for_what() -> None:
    form, content = made(EVERY, 2024, language="en")
    sheet = sheet_of(content, form.sheet)
    notes = {cell.value: cell.comment.text for cell in sheet[FIRST_ROW - 1]}
    assert notes["Cases (cases)\nYear 2024"] == (
        "Cases\nWrite: whole number (cases)\nask: the commune police\nFor: order/crime, order/days\ncases"
    )
    assert notes["Plan in the year\nYear 2024"] == (
        "Plan in the year\nWrite: yes or no\nattested by a competent person\nFor: order, order/days\nplan"
    )
    assert notes["Decided on\nYear 2024"].splitlines()[-2:] == ["The day of signing", "decided_on"]


def test_facts_with_one_title_are_told_apart_by_their_names() -> None:
    criteria = nc.loads(
        TEXT.replace("{vi: Số hộ, en: Households}", "{vi: SỐ  vụ, en: Cases}").replace("{vi: hộ, en: households}", "vụ")
    )
    form, content = made(criteria, 2024, units=UNITS)
    assert [one.heading for one in form.columns if one.name in ("cases", "unused")] == [
        *("Số vụ (vụ) [cases] Năm 2022", "Số vụ (vụ) [cases] Năm 2023", "Số vụ (vụ) [cases] Năm 2024"),
        "SỐ vụ (vụ) [unused] Năm 2024",
    ]
    assert known(criteria, filled(form, content, {("001", "unused", 2024): 3})) == {"unused": "3"}


def known(criteria: nc.Criteria, content: bytes) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "form.xlsx"
        path.write_bytes(content)
        table = nc.read_facts(path, criteria.facts)
    return {str(key): str(value) for key, value in table.known("001", 2024).items()}


_HOSTILE = (
    '=HYPERLINK("http://x.example","y")',
    "+1+1",
    "@SUM(A1)",
    "http://x.example/a",
    "mailto:a@x.example",
    "internal:Sheet1!A1",
    "{=1}",
    "123",
    "<b>&amp;</b> ]]> \" '",
    "_x0041_ _x000D_",
    "Năm",
    "Tổng cộng",
    "STT",
    "Ghi chú: 2023",
    "x" * 40_000,
    "vụ (2023) -",
)


@pytest.mark.parametrize("title", _HOSTILE, ids=lambda title: title[:20])
def test_a_title_does_nothing_whatever_it_looks_like_and_is_read_back(title: str) -> None:
    quoted = "'" + title.replace("'", "''") + "'"
    text = TEXT.replace("{vi: Số vụ, en: Cases}", quoted).replace("{vi: vụ, en: cases}", quoted)
    text = text.replace("{vi: Mọi loại số liệu, en: Facts of every type}", quoted).replace(
        '"01"', quoted.replace('"', ""), 1
    )
    criteria = nc.loads(text.replace("{vi: Công an xã, en: the commune police}", quoted))
    form, content = made(criteria, 2024, units=[Unit("001", f"Xã {title[:100]}", None, "h")])
    assert known(criteria, filled(form, content, {("001", "cases", 2024): 7, ("001", "cases", 2022): 5})) == {
        "cases": "7",
        "years_ago(2, cases)": "5",
    }
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 2
        assert all(b"<f>" not in sheet and b"<f " not in sheet and b"hyperlink" not in sheet for sheet in sheets)
        relations = [package.read(name) for name in package.namelist() if name.endswith(".rels")]
        assert all(b"External" not in one for one in relations)
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        assert {cell.data_type for row in sheet for cell in row if cell.value is not None} == {"s"}


@pytest.fixture
def without_xlsxwriter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)


@pytest.mark.usefixtures("without_xlsxwriter")
def test_without_xlsxwriter_it_is_said_what_to_install() -> None:
    with pytest.raises(nc.NCriteriaError) as refused:
        made(EVERY, 2024)
    assert str(refused.value) == (
        "NC295 the form cannot be written: workbooks are written with XlsxWriter, which is not there\n"
        '  hint: install it: pip install "ncriteria[excel]"'
    )


def test_a_form_that_is_larger_than_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(EVERY.definition, [2024], "vi")
    with pytest.raises(
        nc.NCriteriaError, match=r'NC295 .*: a cell holds 32767 characters, and a text of the unit "a" is'
    ):
        writing.form_workbook(plan, [Unit("a", "x" * 40_000)])
    monkeypatch.setattr(writing, "_LAST_ROW", 20)
    with pytest.raises(nc.NCriteriaError, match=r"NC295 .*: a sheet has 20 rows, and there are 3 units"):
        writing.form_workbook(plan, UNITS)
    monkeypatch.setattr(writing, "_LAST_COLUMN", 10)
    with pytest.raises(nc.NCriteriaError, match=r"NC295 .*: a sheet has 10 columns, and 16 are needed"):
        writing.form_workbook(plan, UNITS)


_TYPED = {
    **dict.fromkeys(("5", "05", "1", "9", 5, "01/02", ">=3", "≥3", "<= 2"), "TRUE"),
    **dict.fromkeys(("12", "0", "1.704", 12, 0), "FALSE"),
    **dict.fromkeys(("1/", "n/a", "-3", "50%", "3:00", 1.5, -1), "FALSE"),
    **dict.fromkeys(("abc", "12 vụ", "1-2"), "#VALUE!"),
}
"""What may be typed for a count from 1 to 9, and what the validation makes of it; of an error nothing is taken."""


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_validation_of_a_count_takes_what_the_reader_takes(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row, typed in enumerate(_TYPED, start=1):
        rule = cells_wanted(words("en"), EVERY.facts["teams"], "Teams", f"A{row}", None).validation["value"]
        sheet.cell(row, 1).value = typed
        sheet.cell(row, 2).value = rule
    book.save(tmp_path / "typed.xlsx")
    command = ["soffice", f"-env:UserInstallation={tmp_path.as_uri()}/profile", "--headless", "--convert-to", "csv"]
    subprocess.run(
        [*command, "--outdir", tmp_path, tmp_path / "typed.xlsx"], check=True, timeout=120, capture_output=True
    )
    lines = (tmp_path / "typed.csv").read_text(encoding="utf-8", errors="replace").splitlines()
    assert [line.rpartition(",")[2] for line in lines] == list(_TYPED.values())
