"""What commands write with `-o`: the answer as a file, told on standard error, and never over an input."""

from __future__ import annotations

import json
import os

import openpyxl
import pytest

from ncriteria.report.writing import formats
from tests.cli.conftest import FACTS, ROOT
from tests.report.writing.reading_back import lines_of, rows_of_csv, rows_of_parquet

DISTRICT = ROOT / "examples" / "invented_district"
EVALUATE = ("evaluate", FACTS, "--standard", "ntm-19.2", "--lang", "en")

HD06, DRAFT = "vn.bca.hd06-2022.commune", ROOT / "examples" / "stricter_reduction" / "ten-percent.yaml"
COMMANDS = {
    "evaluate": "judgements",
    "explain": "judgements",
    "room": "rooms",
    "impact": "flips",
    "compare": "differences",
}
"""The commands that write answers, and the key of what each lists."""


@pytest.fixture
def flipping(table):
    """A call of each command; the table has a unit that flips where the reduction is 10 % and not 5 %."""
    facts = table("unit,year,level,crime_cases\na,2022,xã,20\na,2023,xã,19\n")
    of_unit = ("--standard", "ntm-19.2", "--unit", "a", "--year", "2023")
    calls = {
        "impact": ("impact", HD06, DRAFT, facts, "--years", "all"),
        "compare": ("compare", HD06, DRAFT),
        **{name: (name, facts, *of_unit) for name in ("evaluate", "explain", "room")},
        "watch": ("watch", facts, *of_unit[:4], "--as-of", "2023-08"),
    }
    return calls.__getitem__


def refused(result):
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def test_what_was_written_is_told_on_standard_error_and_the_answer_is_printed_as_ever(run, tmp_path):
    target = tmp_path / "verdicts.csv"
    result = run(*EVALUATE, "-o", target, COLUMNS="300")
    assert result.exit_code == 0
    assert result.stdout == run(*EVALUATE, COLUMNS="300").stdout
    assert " ".join(result.stderr.split()) == f"Written to {target} (Verdicts: 5 rows)"


def test_a_table_of_verdicts_has_a_row_for_each_unit_and_year_and_a_column_for_each_clause(run, tmp_path):
    target = tmp_path / "verdicts.csv"
    run(*EVALUATE, "--unit", "vinh-chau-a", "--year", "2024", "-o", target)
    headings, row = rows_of_csv(target.read_bytes())
    found = dict(zip(headings, row, strict=True))
    assert [found[one] for one in ("Unit code", "Year", "Standard", "Level", "Verdict")] == [
        *("vinh-chau-a", "2024", "ntm-19.2", "commune", "Undetermined"),
    ]
    assert found["19.2/crime: Crime is contained and reduced"] == "Met"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_json_holds_the_object_that_is_printed(run, flipping, tmp_path, command, language):
    target = tmp_path / "answer.json"
    printed = run(*flipping(command), "--json", "--lang", language, "-o", target).stdout
    assert target.read_text(encoding="utf-8") == printed


@pytest.mark.parametrize("command", COMMANDS)
def test_lines_of_json_have_the_object_without_its_list_and_then_a_line_for_each_entry(
    run, flipping, tmp_path, command
):
    target = tmp_path / "answer.jsonl"
    whole = json.loads(run(*flipping(command), "--json", "-o", target).stdout)
    head, *entries = lines_of(target.read_bytes())
    assert entries
    assert entries == whole.pop(COMMANDS[command])
    assert head == whole


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("room", {"Room": 14, "Near misses": 1, "Problems": 0}),
        ("impact", {"Units that flip": 1, "From old to new": 12, "By the unit around": 1, "Problems": 0}),
        ("compare", {"Differences": 9, "Stricter or looser": 2}),
    ],
)
def test_the_answers_of_every_command_have_their_sheets(run, flipping, tmp_path, command, expected):
    target = tmp_path / "answer.xlsx"
    assert run(*flipping(command), "--lang", "en", "-o", target).exit_code == 0
    book = openpyxl.load_workbook(target)
    found = {sheet.title: sheet.max_row - 1 for sheet in book}
    assert found.pop("Receipt") >= 5
    assert found == expected


def test_a_unit_that_flips_has_the_clause_and_the_figures_that_make_the_difference(run, flipping, tmp_path):
    target = tmp_path / "flips.parquet"
    run(*flipping("impact"), "--lang", "en", "-o", target)
    (flip,) = rows_of_parquet(target.read_bytes())
    expected = {"unit": "a", "year": 2023, "kind": "changed", "clause": "19.2/crime"}
    assert {name: flip[name] for name in expected} == expected
    assert (flip["clause_old"], flip["clause_new"]) == ("met", "not_met")
    assert "19 cases; at most 18 allowed (1 too many)" in flip["grounds_new"]
    assert flip["facts"] == "Social-order crime cases (the year before): 20 cases\nSocial-order crime cases: 19 cases"


@pytest.mark.parametrize("command", ["room", "watch", "impact", "compare"])
def test_no_command_writes_over_what_its_answer_is_made_from(run, flipping, tmp_path, command):
    call = flipping(command)
    for target in (tmp_path / f"link{suffix}" for suffix in formats.FORMATS):
        source = next(one for one in call[1:] if hasattr(one, "read_bytes"))
        os.link(source, target)
        before = source.read_bytes()
        assert refused(run(*call, "-o", target, "--force", "--lang", "en")).startswith(f"NC353 `{target}` is what")
        assert source.read_bytes() == before


def test_columns_have_the_names_of_programs_in_both_languages(run, tmp_path):
    target = tmp_path / "verdicts.parquet"
    run("evaluate", FACTS, "--standard", "ntm-19.2", "-o", target)
    first, *_ = rows_of_parquet(target.read_bytes())
    expected = {"level": "commune", "verdict": "undetermined", "19.2/crime": "met", "standard": "ntm-19.2"}
    assert {name: first[name] for name in expected} == expected
    assert isinstance(first["year"], int)


def test_a_workbook_has_verdicts_by_standard_and_all_that_they_rest_on_and_wait_for(run, tmp_path):
    target = tmp_path / "kết quả.xlsx"
    attested = ("--attestations", DISTRICT / "attestations.csv")
    assert run("evaluate", DISTRICT / "facts.csv", *attested, "-o", target).exit_code == 0
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == [
        *("An toàn về an ninh, trật tự", "Chỉ tiêu 19.2 xã nông thôn mới", "Giải trình", "Số liệu cần thu thập"),
        *("Việc khác còn chờ", "Sát giới hạn", "Vướng mắc", "Phiếu kiểm chứng"),
    ]
    sheet = book["Giải trình"]
    headings = {cell.value: place for place, cell in enumerate(sheet[1])}
    fire = next(row for row in sheet.iter_rows(min_row=2, values_only=True) if row[headings["Cơ quan xác nhận"]])
    assert "xác nhận «đạt» tại" in fire[headings["Cơ quan xác nhận"]]
    (problem,) = book["Vướng mắc"].iter_rows(min_row=2, values_only=True)
    assert problem[:3] == ("Không có bộ tiêu chí cho loại đơn vị này", "mau", "Huyện Mẫu (giả định)")


def test_rows_without_a_verdict_are_among_the_verdicts_and_the_problems(run, table, tmp_path):
    facts = table("unit,year,level,crime_cases\na,2023,xã,1\na,1990,xã,1\n")
    target = tmp_path / "out.csv"
    run("evaluate", facts, "--standard", "ntm-19.2", "-o", target, "--lang", "en")
    headings, *rows = rows_of_csv(target.read_bytes())
    by_year = {row[2]: dict(zip(headings, row, strict=True)) for row in rows}
    assert by_year["2023"]["Why there is no verdict"] == ""
    assert by_year["1990"]["Verdict"] == ""
    assert (
        by_year["1990"]["Why there is no verdict"]
        == 'no criteria of "New rural indicator 19.2 (ntm-19.2)" for a commune hold in 1990'
    )


def test_cells_that_are_left_out_are_among_the_problems_and_in_the_object(run, table, tmp_path):
    facts = table("unit,year,level,crime_cases\na,2023,xã,-1\n")
    call = ("evaluate", facts, "--keep-going", "--lang", "en")
    assert run(*call, "-o", tmp_path / "a.xlsx").exit_code == 1
    (row,) = openpyxl.load_workbook(tmp_path / "a.xlsx")["Problems"].iter_rows(min_row=2, values_only=True)
    assert row[0] == "Could not be read and was left out"
    assert (row[6], row[11], row[12]) == ("NC203", 2, "crime_cases")
    printed = run(*call, "--json", "-o", tmp_path / "a.json").stdout
    assert json.loads((tmp_path / "a.json").read_text()) == json.loads(printed)


def test_an_input_is_never_written_over(run, table, tmp_path):
    facts = table("unit,year,level,crime_cases\na,2023,xã,1\n")
    attestations = table("unit,year,content,value,by,document\n", "attested.csv")
    link, symbolic = tmp_path / "link.csv", tmp_path / "symbolic.csv"
    os.link(facts, link)
    symbolic.symlink_to(facts)
    before = facts.read_bytes()
    call = ("evaluate", facts, "--attestations", attestations, "--force", "--lang", "en")
    for target in (facts, tmp_path / "." / facts.name, link, symbolic, attestations):
        assert refused(run(*call, "-o", target)) == (
            f"NC353 `{target}` is what the answer is made from\n  hint: give the output another name\n"
        )
    assert facts.read_bytes() == before


@pytest.mark.parametrize("command", [("evaluate",), ("explain", "--unit", "a", "--year", "2023")])
def test_the_problems_are_not_written_over_an_input_or_the_output(run, table, tmp_path, command):
    facts = table("unit,year,level,crime_cases\na,2023,xã,-1\n")
    before, call = facts.read_bytes(), (*command, facts, "--keep-going", "--lang", "en")
    assert refused(run(*call, "--problems", facts)).startswith("NC353 ")
    both = tmp_path / "both.csv"
    both.write_text("mine")
    assert refused(run(*call, "--problems", both, "-o", both, "--force")).startswith("NC353 ")
    assert facts.read_bytes() == before
    wrong = refused(run(*call, "--problems", tmp_path / "problems.xlsx"))
    assert wrong.endswith("Error: problems are written as CSV: give a name that ends in .csv\n")


def test_every_file_counts_the_same_verdicts(run, tmp_path):
    call = ("evaluate", DISTRICT / "facts.csv", "--attestations", DISTRICT / "attestations.csv", "--lang", "en")
    for suffix in ("csv", "xlsx", "parquet", "jsonl"):
        assert run(*call, "-o", tmp_path / f"a.{suffix}").exit_code == 0
    _, *judgements = lines_of((tmp_path / "a.jsonl").read_bytes())
    columns = rows_of_parquet((tmp_path / "a.parquet").read_bytes())
    headings, *texts = rows_of_csv((tmp_path / "a.csv").read_bytes())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    said = {"met": "Met", "not_met": "Not met", "undetermined": "Undetermined", "not_applicable": "Not applicable"}

    expected = [(one["unit"], one["year"], one["standard"], one["result"]["verdict"]) for one in judgements]
    assert len(expected) == 14
    assert [tuple(row[name] for name in ("unit", "year", "standard", "verdict")) for row in columns] == expected
    told = [(unit, str(year), standard, said[verdict]) for unit, year, standard, verdict in expected]
    places = [headings.index(name) for name in ("Unit code", "Year", "Standard", "Verdict")]
    assert [tuple(row[place] for place in places) for row in texts] == told
    sheets = [book["Safe in security and order"], book["New rural indicator 19.2"]]
    found = [tuple(row[place] for place in places) for sheet in sheets for row in sheet.iter_rows(2, values_only=True)]
    assert sorted((unit, str(year), *rest) for unit, year, *rest in found) == sorted(told)

    clauses = [clause["verdict"] for one in judgements for clause in one["result"]["clauses"]]
    explained = {
        (row[0], row[2], row[3], row[5]): row[7] for row in book["Explanations"].iter_rows(min_row=2, values_only=True)
    }
    assert sorted(explained.values()) == sorted(said[verdict] for verdict in clauses)


def test_a_file_that_is_there_is_written_over_only_when_that_is_said(run, tmp_path):
    target = tmp_path / "mine.csv"
    target.write_text("mine")
    assert refused(run(*EVALUATE, "-o", target)) == (
        f"NC354 `{target}` is there already\n  hint: give another name, or write over it with --force\n"
    )
    assert target.read_text() == "mine"
    assert run(*EVALUATE, "-o", target, "--force").exit_code == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbfUnit code,")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", "NC350 `a.txt`: nothing is written as `.txt`\n  hint: {known}\n"),
        ("a", "NC350 `a` has no ending that says how to write it\n  hint: {known}\n"),
        ("a.jsn", "NC350 `a.jsn`: nothing is written as `.jsn`\n  hint: did you mean `.json`?\n"),
        ("none/a.csv", "NC352 there is no folder `{folder}/none`\n  hint: make it first, or write to another one\n"),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_judged(run, tmp_path, name, expected):
    known = "give a name that ends in .csv or .xlsx or .json or .jsonl or .parquet or .html or .docx"
    assert refused(run(*EVALUATE, "-o", tmp_path / name)) == expected.format(known=known, folder=tmp_path)


def test_the_same_is_told_in_vietnamese(run, tmp_path):
    assert refused(run(*EVALUATE, "-o", tmp_path / "a.xls", "--lang", "vi")) == (
        "NC350 `a.xls`: không ghi được dạng `.xls`\n  gợi ý: có phải là `.xlsx` không?\n"
    )


def test_a_missing_package_is_told_with_what_to_install(run, tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "is_installed", lambda _: False)
    assert refused(run(*EVALUATE, "-o", tmp_path / "a.xlsx")) == (
        "NC351 .xlsx is written with xlsxwriter, which is not installed\n"
        "  hint: install the extra: pip install 'ncriteria[excel]'\n"
    )
    assert run(*EVALUATE, "-o", tmp_path / "a.csv").exit_code == 0


def test_a_missing_package_of_papers_is_told_by_the_name_that_is_installed(run, tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "is_installed", lambda _: False)
    assert refused(run(*EVALUATE, "-o", tmp_path / "a.docx")) == (
        "NC351 .docx is written with python-docx, which is not installed\n"
        "  hint: install the extra: pip install 'ncriteria[docx]'\n"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(run, tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    result = run(*EVALUATE, "-o", folder / "a.csv")
    assert result.exit_code == 2
    assert "NC355" in result.stderr
