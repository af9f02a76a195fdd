"""`facts`: what a set needs to be told."""

from __future__ import annotations

import csv
import json

import pytest

from tests.cli.conftest import ROOT

EVERY = ROOT / "tests" / "sets" / "every_fact.yaml"
HD04 = "vn.bca.hd04-2024.commune"
_PAGE = """\
Facts of every type (example.every.commune)

Fact              What to write                               For the clauses

Cases             whole number (cases)                        order/crime
cases             this year, the year before, 2 years before  order/days
headings: Vụ      ask: the commune police

Teams             whole number; 1 to 9                        order/days
teams             this year, in 2019

Growth            number; at most 2,000; 3 decimals           order/crime
rate              this year

Settled           number; 0 to 1                              order/days
share             this year, 2 years before

Plan in the year  yes or no                                   order
plan              this year                                   order/days
                  attested by a competent person

Status            one of: đạt, chưa đạt, 01, a, b             order/crime
status            this year

Decided on        day                                         order/days
decided_on        this year

Households        whole number (households)
unused            no rule asks for it

8 facts are needed
"""


def test_each_fact_is_told_with_what_is_written_of_which_years_and_for_what(run):
    result = run("facts", EVERY, "--lang", "en")
    assert (result.exit_code, result.stderr, result.stdout) == (0, "", _PAGE)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("criteria", [HD04, "vn.bca.tt124-2021.hamlet", EVERY])
def test_the_page_fits_80_columns_and_has_every_name_whole(criteria, language, run):
    told = run("facts", criteria, "--lang", language).stdout
    assert all(len(line) <= 80 for line in told.splitlines())
    names = [one["name"] for one in json.loads(run("facts", criteria, "--json").stdout)["facts"]]
    assert names
    assert all(any(line.split("  ")[0] == name for line in told.splitlines()) for name in names)


def test_programs_are_told_everything(run):
    found = json.loads(run("facts", EVERY, "--json", "--lang", "en").stdout)
    assert (found["criteria"], found["level"], found["years"]) == (
        "example.every.commune",
        "commune",
        {"from": 2024, "to": 2025},
    )
    by_name = {one["name"]: one for one in found["facts"]}
    assert by_name["teams"] == {
        "name": "teams",
        "title": "Teams",
        "headings": ["Số tổ tự quản", "Teams"],
        "type": "count",
        "unit": None,
        "min": "1",
        "max": "9",
        "decimals": None,
        "options": [],
        "asked": [
            {"fact": "teams", "clauses": ["order/days"]},
            {"fact": "at(teams, 2019)", "clauses": ["order/days"]},
        ],
        "clauses": ["order/days"],
        "attested": False,
        "supplier": None,
        "note": None,
    }
    assert by_name["cases"]["supplier"] == "the commune police"
    assert by_name["decided_on"]["note"] == "The day of signing"


def test_the_list_in_csv_is_a_row_for_each_fact(run):
    rows = {row["name"]: row for row in csv.DictReader(run("facts", EVERY, "--csv").stdout.splitlines())}
    assert (rows["cases"]["title"], rows["cases"]["unit"], rows["cases"]["supplier"]) == ("Số vụ", "vụ", "Công an xã")
    assert rows["cases"]["asked"] == "cases; prev_year.cases; years_ago(2, cases)"
    assert (rows["teams"]["min"], rows["teams"]["max"], rows["rate"]["decimals"]) == ("1", "9", "3")
    assert rows["status"]["options"] == "đạt; chưa đạt; 01; a, b"
    assert (rows["plan"]["attested"], rows["unused"]["clauses"]) == ("true", "")


def test_a_text_that_is_no_formula_is_none_in_csv(run, tmp_path):
    path = tmp_path / "hostile.yaml"
    text = EVERY.read_text(encoding="utf-8").replace("vi: Số vụ,", "vi: \"=HYPERLINK('x')\",")
    path.write_text(text.replace("max: 2000, ", "min: -5, "), encoding="utf-8")
    rows = {row["name"]: row for row in csv.DictReader(run("facts", path, "--csv").stdout.splitlines())}
    assert rows["cases"]["title"] == "'=HYPERLINK('x')"
    assert rows["rate"]["min"] == "-5"


def test_the_list_is_written_to_a_file_and_over_none_that_is_there(run, tmp_path):
    path = tmp_path / "facts.csv"
    assert run("facts", EVERY, "-o", path).stdout == ""
    first = path.read_bytes()
    assert first.startswith(b"\xef\xbb\xbfname,title,")
    assert first.decode("utf-8-sig") == run("facts", EVERY, "--csv").stdout
    again = run("facts", EVERY, "-o", path, "--lang", "en")
    assert (again.exit_code, path.read_bytes()) == (2, first)
    assert again.stderr.endswith(f"Error: `{path}` is there already; --force writes over it\n")
    assert run("facts", EVERY, "-o", path, "--lang", "en", "--force").exit_code == 0
    assert b"Cases" in path.read_bytes()


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["facts", EVERY, "-o", "facts.txt"], "the list is written as .csv, not as `facts.txt`"),
        (
            ["facts", EVERY, "-o", "no/such/folder.csv"],
            "`no/such/folder.csv` cannot be written: No such file or directory",
        ),
        (["facts", EVERY, "--csv", "--json"], "--csv and --json cannot be printed together"),
        (
            ["facts", "vn.bca.hd04-2024"],
            "there is no file and no shipped set `vn.bca.hd04-2024`; did you mean `" + HD04 + "`?",
        ),
    ],
)
def test_a_wrong_call_says_what_is_wrong(call, said, run):
    result = run(*call)
    assert result.exit_code == 2
    assert f"Error: {said}" in result.stderr


@pytest.fixture
def waiting(table):
    return table("unit,level,year,cases,plan\na,commune,2024,,true\n")


def test_what_is_missing_names_who_has_it(run, waiting):
    told = run("evaluate", waiting, "--criteria", EVERY, "--lang", "en", "--details").stdout
    assert "  - Cases [cases]; ask: the commune police\n" in told
    assert "  - Growth [rate]\n" in told


def test_a_long_supplier_is_not_told_beside_what_is_missing(run, waiting, tmp_path):
    path = tmp_path / "long.yaml"
    text = EVERY.read_text(encoding="utf-8")
    path.write_text(text.replace("en: the commune police", f"en: {'the police ' * 5}"), encoding="utf-8")
    assert "  - Cases [cases]\n" in run("evaluate", waiting, "--criteria", path, "--lang", "en", "--details").stdout


def test_programs_are_told_who_has_what_is_missing(run, waiting, table):
    told = json.loads(run("evaluate", waiting, "--criteria", EVERY, "--json").stdout)
    assert told["judgements"][0]["suppliers"] == {"cases": "Công an xã"}
    known = table("unit,level,year,plan\na,commune,2024,false\n", "known.csv")
    told = json.loads(run("evaluate", known, "--criteria", EVERY, "--json").stdout)
    assert "suppliers" not in told["judgements"][0]
