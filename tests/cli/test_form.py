"""`form`: an empty form for a set, and the form that comes back."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from ncriteria.facts.forms.form import FORM_SHEET
from tests.cli.conftest import CRITERIA, FACTS, ROOT

EVERY = ROOT / "tests" / "sets" / "every_fact.yaml"
HD04 = "vn.bca.hd04-2024.commune"


@pytest.fixture
def make(run, tmp_path):
    """Make a form and give its path."""

    def form(*arguments, criteria=EVERY, name="form.xlsx"):
        path = tmp_path / name
        result = run("form", criteria, "-o", path, *arguments)
        assert (result.exit_code, result.stderr) == (0, "")
        return path

    return form


def cells(path, rows=3):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=4, max_row=3 + rows)]


def fill(path, values):
    """Write values into the first row, by what the headings begin with."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for cell in sheet[3]:
        for heading, value in values.items():
            if cell.value.replace("\n", " ") == heading:
                sheet.cell(4, cell.column).value = value
    book.save(path)


def test_a_form_is_written_for_the_first_year_of_the_set(run, tmp_path):
    path = tmp_path / "form.xlsx"
    result = run("form", HD04, "-o", path, "--lang", "en")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{path}: 14 facts in 22 columns, for 2024 and 0 units\n"
    assert openpyxl.load_workbook(path).sheetnames == ["Facts", FORM_SHEET]


def test_programs_are_told_what_the_form_is(run, tmp_path):
    path = tmp_path / "form.xlsx"
    told = json.loads(run("form", EVERY, "-o", path, "--year", 2025, "--units", FACTS, "--json").stdout)
    assert {
        key: told[key] for key in ("command", "output", "criteria", "language", "level", "years", "sheet", "units")
    } == {
        "command": "form",
        "output": str(path),
        "criteria": "example.every.commune",
        "language": "vi",
        "level": "commune",
        "years": [2025],
        "sheet": "Số liệu",
        "units": 5,
    }
    assert told["digest"] == json.loads(run("facts", EVERY, "--json").stdout)["digest"]
    assert told["columns"][:1] + told["columns"][3:4] == [
        {"heading": "Mã đơn vị", "name": "unit", "year": None, "by_month": False},
        {"heading": "Số vụ (vụ) Năm 2023", "name": "cases", "year": 2023, "by_month": False},
    ]


@pytest.mark.usefixtures("english")
def test_no_file_is_written_over_unless_told_to(run, make):
    path = make()
    first = path.read_bytes()
    again = run("form", EVERY, "-o", path, "--year", 2025)
    assert (again.exit_code, again.stdout, path.read_bytes()) == (2, "", first)
    assert again.stderr.endswith(f"Error: `{path}` is there already; --force writes over it\n")
    assert run("form", EVERY, "-o", path, "--year", 2025, "--force").exit_code == 0
    assert path.read_bytes() != first


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "form.csv"], "a form is written as .xlsx, not as `form.csv`"),
        (["-o", "form.xlsx", "--year", "2026"], "`example.every.commune` holds for the years 2024-2025, not for 2026"),
        (["-o", "no/such/folder.xlsx"], "`no/such/folder.xlsx` cannot be written: No such file or directory"),
        ([], "Missing option '-o' / '--output'."),
    ],
)
def test_a_wrong_call_says_what_is_wrong(arguments, said, run):
    result = run("form", EVERY, *arguments)
    assert result.exit_code == 2
    assert f"Error: {said}" in result.stderr


def test_units_come_from_a_list_without_years(make, table):
    units = table("Mã đơn vị;Tên đơn vị;Cấp;Thuộc\n001;Xã An;xã;h\n002;Xã Bình;xã;h\nh;Huyện H;huyện;\n", "units.csv")
    assert cells(make("--units", units)) == [["001", "Xã An", "h"], ["002", "Xã Bình", "h"], [None] * 3]


def test_units_come_from_a_table_of_facts_each_once(make, table):
    units = table("unit,name,year,tội phạm,cases\n001,Xã An,2023,x,n/a\n002,Xã B,2023,,\n001,Xã An,2024,,1\n")
    assert cells(make("--units", units)) == [["001", "Xã An", None], ["002", "Xã B", None], [None] * 3]


def test_units_come_from_a_workbook_and_from_a_form(make):
    book = openpyxl.Workbook()
    for row in (["DANH SÁCH XÃ"], ["STT", "Xã/Phường"], [1, "Xã An"], [2, "Xã Bình"]):
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    listed = make().parent / "list.xlsx"
    listed.write_bytes(written.getvalue())
    first = make("--units", listed, name="first.xlsx")
    assert cells(first) == [["Xã An", "Xã An", None], ["Xã Bình", "Xã Bình", None], [None] * 3]
    assert cells(make("--units", first, name="second.xlsx")) == cells(first)


def test_columns_of_facts_that_an_office_settled_are_no_matter_for_a_list_of_units(make, table, tmp_path, monkeypatch):
    settled = "format: ncriteria-project/1\nfacts: {columns: {TNGT: traffic_accidents, Nơi: name}}\n"
    (tmp_path / "ncriteria.yaml").write_text(settled, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    units = table("Nơi;TNGT\nXã An;1\nXã Bình;2\n", "units.csv")
    assert cells(make("--units", units), rows=2) == [["Xã An", "Xã An", None], ["Xã Bình", "Xã Bình", None]]


@pytest.mark.usefixtures("english")
def test_a_list_without_a_unit_of_the_level_is_refused(run, table, tmp_path):
    units = table("unit,name,level\nh,Huyện H,huyện\n", "units.csv")
    result = run("form", EVERY, "-o", tmp_path / "form.xlsx", "--units", units)
    assert result.exit_code == 2
    assert result.stderr.endswith(f"Error: `{units}` lists no unit of the level commune\n")


def test_a_form_that_was_filled_in_is_judged_for_its_year_alone(run, make):
    path = make("--units", FACTS, criteria=HD04)
    crime = "Số vụ xâm phạm trật tự xã hội (vụ) Năm"
    fill(path, {f"{crime} 2023": "5", f"{crime} 2024": "4", "Số vụ trọng án (vụ) Năm 2024": "1"})
    told = json.loads(run("evaluate", path, "--json", "--territory", "tan-hung").stdout)
    assert {one["year"] for one in told["judgements"]} == {2024}
    judged = next(one for one in told["judgements"] if one["standard"] == "ntm-19.2")
    clauses = {one["path"]: one["verdict"] for one in judged["result"]["clauses"]}
    assert (clauses["19.2/crime"], clauses["19.2/grave_crime"]) == ("met", "not_met")
    shown = run("evaluate", path, "--show-reading", "--standard", "ntm-19.2").stderr
    assert f"{crime} 2023" in shown
    assert "prev_year.crime_cases 2024" in shown


def test_a_form_of_another_version_or_set_is_told_on_standard_error(run, make, tmp_path):
    path = make()
    fill(path, {"Tên đơn vị": "Xã An"})
    changed = tmp_path / "changed.yaml"
    changed.write_text(EVERY.read_text(encoding="utf-8").replace("max: 9", "max: 8"), encoding="utf-8")
    same = run("evaluate", path, "--criteria", EVERY)
    assert (same.exit_code, same.stderr) == (0, "")
    assert (
        "warning " + f"{path}, sheet Số liệu: NC296 the form is of another version"
        in run("evaluate", path, "--criteria", changed, "--lang", "en").stderr
    )
    other = run("evaluate", path, "--criteria", CRITERIA / "hd06-2022.commune.yaml", "--ignore-unknown", "--lang", "en")
    assert "NC297 the form is of the set `example.every.commune`" in other.stderr
    refused = run("evaluate", path, "--criteria", CRITERIA / "hd06-2022.commune.yaml", "--lang", "en")
    assert refused.exit_code == 2
    assert 'NC298 the column "Số vụ (vụ) Năm 2022" is of `cases`, which is no fact any more' in refused.stderr


TT124 = "vn.bca.tt124-2021.commune"


def test_a_form_with_months_is_judged_by_the_months_that_it_has(run, make, table):
    units = table("Mã đơn vị;Tên đơn vị\n001;Xã An\n002;Xã Bình\n", "units.csv")
    path = make("--months", "--year", 2024, "--units", units, criteria=TT124)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[3]}
    for row in range(6, 14):
        sheet.cell(row, places["Số vụ tệ nạn xã hội (vụ)\nTừng tháng"]).value = 1
        sheet.cell(row, places["Số vụ phạm pháp hình sự (vụ)\nTừng tháng"]).value = row % 2
    sheet.cell(4, places["Số vụ tệ nạn xã hội (vụ)\nNăm 2023"]).value = 7
    sheet.cell(4, places["Số vụ phạm pháp hình sự (vụ)\nNăm 2023"]).value = 7
    book.save(path)
    told = json.loads(run("evaluate", path, "--standard", "antt-safe", "--json").stdout)
    assert [(one["unit"], one["year"]) for one in told["judgements"]] == [("001", 2024), ("002", 2024)]
    clauses = {one["path"]: one["verdict"] for one in told["judgements"][0]["result"]["clauses"]}
    assert clauses["safe/2/4/a/social_evils"] == "not_met"
    assert clauses["safe/2/4/a/crime"] == "undetermined"
    only = ("--standard", "antt-safe", "--unit", "001", "--fact", "criminal_offence_cases", "--lang", "en")
    shown = run("room", path, *only, "--as-of", "2024-07").stdout
    assert "Criminal offence cases: at most 6; undecided: only 7; so far 4; room for 3 more" in " ".join(shown.split())
    assert "leave later months out" in run("room", path, *only, "--as-of", "2024-06").stderr


def test_programs_are_told_of_a_form_with_months(run, tmp_path):
    called = ("form", TT124, "-o", tmp_path / "form.xlsx", "--months", "--units", FACTS, "--json")
    told = json.loads(run(*called).stdout)
    assert told["months_end"] == 15
    assert {column["name"] for column in told["columns"] if column["by_month"]} > {"criminal_offence_cases"}
    assert [column["name"] for column in told["columns"][:5]] == ["unit", "name", "month", "days_of_period", "parent"]


def test_a_form_with_months_without_units_is_refused(run, tmp_path):
    result = run("form", TT124, "-o", tmp_path / "form.xlsx", "--months", "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "NC295 the form cannot be written: a form with months has its rows for each unit" in result.stderr
