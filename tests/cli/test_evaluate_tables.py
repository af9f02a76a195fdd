"""`ncriteria evaluate` of Parquet files: the summary, the file of verdicts, and everything that is refused."""

from __future__ import annotations

import json
import os
import pty
import subprocess

import polars as pl
import pytest

import ncriteria as nc
from ncriteria.cli.commands.judging import column_wise, evaluate_tables
from ncriteria.sets.names import standard_among
from tests.cli.conftest import CRITERIA, PROGRAM

HD06 = CRITERIA / "hd06-2022.commune.yaml"
RATE = """\
format: ncriteria/1
set:
  id: test.rate
  standard: test
  title: {vi: "Một bộ", en: "A set"}
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2021, to: 2024}
  level: commune
facts:
  crimes: {title: Crimes, type: count}
  people: {title: People, type: count}
clauses:
  rate: {title: {vi: "Mật độ", en: "Rate"}, rule: 20 * crimes / people <= 1, encodes: exact, cite: [{instrument: 1/T}]}
"""


@pytest.fixture
def facts(tmp_path):
    """Write a frame as a Parquet file and give its path."""

    def write(name="facts.parquet", **columns):
        given = {"unit": ["an", "an", "an"], "year": [2022, 2023, 2024], "crime_cases": [20, 19, 1], **columns}
        pl.DataFrame(given).write_parquet(tmp_path / name)
        return tmp_path / name

    return write


def verdicts(path, *columns):
    return pl.read_parquet(path).with_columns(pl.all().cast(pl.String)).select("year", *columns).rows()


def test_the_summary_counts_the_verdicts_in_vietnamese(run, facts):
    result = run("evaluate", facts(), "--criteria", HD06, "--engine", "polars")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:4] == [
        "Theo: vn.bca.hd06-2022.commune",
        "Số dòng: 3; đã xét: 2",
        "Không có bộ tiêu chí: 1 (năm 2024)",
        "  gợi ý: vn.bca.hd06-2022.commune holds for 2021-2023",
    ]
    assert lines[5] == "  Đạt  Chưa đạt  Chưa xác định  Không áp dụng"
    assert "    0         0              2              0  toàn bộ tiêu chí" in lines
    assert any(line.startswith("    1         0              1              0  19.2/crime  ") for line in lines)
    assert "Chưa ghi kết quả từng dòng; thêm -o verdicts.parquet để ghi" in lines
    assert lines[-1].startswith("Tính bằng polars, ")


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_the_verdicts_are_written_and_the_summary_is_the_same_on_every_engine(engine, run, facts, tmp_path):
    target = tmp_path / "verdicts.parquet"
    call = ("evaluate", facts(), "--standard", "ntm-19.2", "--engine", engine, "-o", target, "--json")
    result = run(*call)
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert found.pop("seconds") >= 0
    clauses = {clause["path"]: clause["verdicts"] for clause in found.pop("clauses")}
    assert clauses["19.2/crime"] == {"met": 2, "not_met": 0, "undetermined": 1, "not_applicable": 0}
    assert {key: found.pop(key) for key in ("ncriteria", "schema", "command", "problems")}["problems"] == []
    assert found == {
        "facts": str(tmp_path / "facts.parquet"),
        "output": str(target),
        "engine": engine,
        "criteria": ["vn.bca.hd06-2022.commune", "vn.bca.hd04-2024.commune"],
        "standard": "ntm-19.2",
        "level": "commune",
        "rows": 3,
        "judged": 3,
        "not_judged": 0,
        "years_without_criteria": {},
        "hint": None,
        "without_value": 0,
        "verdicts": {"met": 0, "not_met": 0, "undetermined": 3, "not_applicable": 0},
        "row_by_row": {},
    }
    assert sorted(verdicts(target, "19.2/crime")) == [("2022", "undetermined"), ("2023", "met"), ("2024", "met")]


def test_the_missing_facts_are_written_where_they_are_asked_for(run, facts, tmp_path):
    target = tmp_path / "verdicts.parquet"
    assert run("evaluate", facts(), "--criteria", HD06, "--missing", "-o", target).exit_code == 0
    (first, *_) = verdicts(target, "missing")
    assert "prev_year.crime_cases" in first[1]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_rows_in_which_a_rule_has_no_value_are_named_and_the_rest_is_written(engine, run, facts, table, tmp_path):
    source = facts(crimes=[1, 1, 1], people=[20, 0, 20])
    target = tmp_path / "verdicts.parquet"
    call = ("evaluate", source, "--criteria", table(RATE, "rate.yaml"), "-o", target, "--lang", "en")
    result = run(*call, "--engine", engine)
    assert result.exit_code == 2
    assert "A rule has no value in: 1" in result.stdout
    assert result.stderr == (
        f"{source}: NC309 a rule has no value for an in 2023, such as a division by zero\n"
        "  hint: see `ncriteria explain`, and say with `when_zero_base` or `applies_when` what holds there\n"
    )
    assert sorted(verdicts(target, "rate")) == [("2022", "met"), ("2023", None), ("2024", "met")]


def test_more_rows_without_a_value_than_are_named_are_counted(run, facts, table):
    many = {"unit": [f"c{number}" for number in range(9)], "year": [2022] * 9, "crime_cases": [1] * 9}
    source = facts(**many, crimes=[1] * 9, people=[0] * 9)
    result = run("evaluate", source, "--criteria", table(RATE, "rate.yaml"), "--engine", "polars", "--lang", "en")
    assert result.exit_code == 2
    assert result.stderr.count("NC309 a rule has no value for") == 5
    assert f"{source}: NC309 the same holds for 4 more rows" in result.stderr


def test_what_is_evaluated_row_by_row_is_a_note_beside_the_summary(run, facts):
    source = facts(crime_cases=[2**62, 2**62, 1])
    result = run("evaluate", source, "--criteria", HD06, "--lang", "en", "--engine", "polars")
    assert result.exit_code == 0
    assert result.stderr == (
        "evaluated row by row, exactly but slowly: 19.2/crime:holds: "
        "with the values of this table a product or a sum may leave the range of Int64\n"
    )
    plain = json.loads(run("evaluate", source, "--criteria", HD06, "--json").stdout)
    assert list(plain["row_by_row"]) == ["19.2/crime:holds"]


def test_a_table_with_errors_leaves_the_output_as_it_was(run, facts, tmp_path):
    target = tmp_path / "verdicts.parquet"
    target.write_text("what was there")
    source = facts(crime_cases=[20, -1, 1])
    result = run("evaluate", source, "--criteria", HD06, "-o", target, "--force", "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f'{source}, column "crime_cases": NC203 -1 (an, 2023) is less than 0, the least that `crime_cases` can be\n'
    )
    assert target.read_text() == "what was there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.parquet", "verdicts.parquet"]


def usage(result):
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.splitlines()[-1].removeprefix("Error: ")


@pytest.mark.usefixtures("english")
def test_wrong_calls_say_what_was_meant(run, facts, table, tmp_path):
    source = facts()
    sets = nc.catalog().sets.sets
    known = "; ".join(str(standard_among(sets, one)) for one in dict.fromkeys(one.standard for one in sets))
    assert (
        usage(run("evaluate", source, "--engine", "polars"))
        == f"a Parquet file is judged under one --standard; there are: {known}"
    )
    assert usage(run("evaluate", source, "--standard", "antt-safe", "--engine", "polars")) == (
        "`antt-safe` judges units of several levels; give --level, one of: agency, enterprise, school, hamlet, commune"
    )
    of_rows = (
        "--unit, --year, --clause, --details, --by-year and several --standard are of single rows; leave them out, or "
        "--engine and the output in .parquet"
    )
    several = ("--standard", "antt-safe", "--standard", "ntm-19.2")
    for asked in (several, ("--unit", "an"), ("--year", "2023"), ("--details",), ("--by-year",), ("--clause", "19.2")):
        assert usage(run("evaluate", source, *asked, "--engine", "polars")) == of_rows
    assert usage(run("evaluate", source, "--criteria", HD06, "--level", "hamlet", "--engine", "polars")) == (
        "vn.bca.hd06-2022.commune judges units of the level commune"
    )
    csv = table("unit,year,level\na,2023,commune\n")
    assert usage(run("evaluate", csv, "--engine", "polars")) == (
        "--engine is for tables in Parquet; the verdicts of others are printed"
    )


def test_an_output_that_is_a_link_to_the_input_is_refused(run, facts, tmp_path):
    source, link = facts(), tmp_path / "link.parquet"
    os.link(source, link)
    result = run("evaluate", source, "--criteria", HD06, "-o", link, "--force", "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (f"NC353 `{link}` is what the answer is made from\n  hint: give the output another name\n")


def test_an_output_of_another_kind_is_made_of_the_rows(run, facts, tmp_path):
    source, target = facts(), tmp_path / "verdicts.jsonl"
    result = run("evaluate", source, "--criteria", HD06, "-o", target)
    assert result.exit_code == 0, result.output
    head, *lines = [json.loads(line) for line in target.read_text().splitlines()]
    assert head["command"] == "evaluate"
    assert [(one["unit"], one["year"]) for one in lines] == [("an", 2022), ("an", 2023), ("an", 2024)]


def test_without_the_extra_it_says_what_to_install(run, facts, monkeypatch):
    monkeypatch.setattr(evaluate_tables, "is_installed", lambda _: False)
    monkeypatch.setattr(column_wise, "is_installed", lambda _: False)
    result = run("evaluate", facts(), "--criteria", HD06, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "NC245 judging a Parquet file needs narwhals, which cannot be imported\n"
        "  hint: install the extra: pip install 'ncriteria[table]'\n"
    )


def test_the_territory_of_a_standard_is_given(run, facts):
    source = facts()
    call = ("evaluate", source, "--standard", "tan-hung-targets", "--engine", "polars", "--lang", "en")
    refused = run(*call)
    assert refused.exit_code == 2
    assert refused.stderr.startswith(
        'NC125 "Targets of Tân Hưng district (tan-hung-targets)" for a district has criteria of its own in "tan-hung"'
    )
    assert "Rows: 3; judged: 3" in run(*call, "--territory", "tan-hung").stdout


def test_a_bar_is_shown_on_a_terminal_only(start, facts):
    source = facts()
    piped = start("evaluate", source, "--criteria", HD06, "--engine", "polars")
    assert (piped.returncode, piped.stderr) == (0, b"")
    leader, follower = pty.openpty()
    try:
        ended = subprocess.run(
            [*PROGRAM, "evaluate", str(source), "--criteria", str(HD06), "--engine", "polars", "--lang", "en"],
            stdout=subprocess.PIPE,
            stderr=follower,
            timeout=60,
            check=True,
            env={**os.environ, "TERM": "xterm"},
        )
        shown = os.read(leader, 100_000).decode()
    finally:
        os.close(leader)
        os.close(follower)
    assert "Judging" in shown
    assert "3/3" in shown
    assert "Judging" not in ended.stdout.decode()


UNHELD = pl.DataFrame(
    {
        "unit": ["a", "a", "b", "d"],
        "level": ["xã", "xã", "xã", "huyện"],
        "year": [2023, 2026, 2027, 2023],
        "crime_cases": [1, 1, 1, None],
    }
)
HINT = (
    "there are: 06/HD-BCA-V05 (vn.bca.hd06-2022.commune) for 2021-2023, "
    "04/HD-BCA-V05 (vn.bca.hd04-2024.commune) for 2024-2025; another year's"
)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_rows_that_no_set_holds_for_are_counted_by_year_with_the_hint(engine, run, tmp_path):
    UNHELD.write_parquet(tmp_path / "facts.parquet")
    call = ("evaluate", tmp_path / "facts.parquet", "--standard", "ntm-19.2", "--engine", engine)
    result = run(*call, "--lang", "en", COLUMNS="200")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:5] == [
        "Rows: 4; judged: 1",
        "Not judged: 1 (not of the level commune)",
        "Without criteria: 2 (of 2026, 2027)",
        "  hint: there are: 06/HD-BCA-V05 (vn.bca.hd06-2022.commune) for 2021-2023, 04/HD-BCA-V05",
    ]
    told = json.loads(run(*call, "--json").stdout)
    assert told["years_without_criteria"] == {"2026": 1, "2027": 1}
    assert told["hint"].startswith(HINT)
    assert told["not_judged"] == 3


def test_the_status_is_1_where_no_row_of_a_file_is_judged(run, tmp_path):
    UNHELD.filter(pl.col("year") > 2025).write_parquet(tmp_path / "facts.parquet")
    for form in ([], ["--json"]):
        result = run("evaluate", tmp_path / "facts.parquet", "--criteria", HD06, *form)
        assert result.exit_code == 1
    assert json.loads(result.stdout)["hint"] == "vn.bca.hd06-2022.commune holds for 2021-2023"


ROWS = "unit,level,year,crime_cases,grave_crime_cases\na,xã,2022,2,0\na,xã,2023,1,0\nb,xã,2023,1,1\n"
ASKED = [(), ("--unit", "a"), ("--year", "2023", "--details"), ("--by-year",), ("--missing",), ("--clause", "safe/2/3")]


@pytest.mark.parametrize("options", ASKED, ids=lambda one: " ".join(one) or "nothing")
def test_a_table_of_few_rows_takes_the_options_of_every_input(options, run, table, tmp_path):
    csv = table(ROWS)
    pl.read_csv(csv).write_parquet(tmp_path / "facts.parquet")
    in_columns = run("evaluate", tmp_path / "facts.parquet", *options)
    assert (in_columns.exit_code, in_columns.stdout) == (0, run("evaluate", csv, *options).stdout)


def test_programs_get_rows_of_a_parquet_table_where_they_ask_for_rows(run, facts):
    rows = json.loads(run("evaluate", facts(), "--standard", "ntm-19.2", "--year", "2023", "--json").stdout)
    assert [(one["unit"], one["year"]) for one in rows["judgements"]] == [("an", 2023)]
    whole = json.loads(run("evaluate", facts(), "--standard", "ntm-19.2", "--json").stdout)
    assert whole["rows"] == 3


@pytest.mark.usefixtures("english")
def test_a_table_of_very_many_rows_is_judged_as_a_whole(run, facts, monkeypatch):
    monkeypatch.setattr(column_wise, "MOST_ROWS", 2)
    assert run("evaluate", facts(), "--standard", "ntm-19.2").stdout.startswith("Under: vn.bca.hd06-2022.commune")
    refused = run("evaluate", facts(), "--standard", "ntm-19.2", "--unit", "an")
    assert refused.exit_code == 2
    assert refused.stderr.splitlines()[-1] == (
        "Error: the Parquet table has 3 rows; of more than 2 it is judged as a whole, under one --standard; "
        "filter the verdicts that -o writes, or the table"
    )


def test_an_output_of_another_kind_is_of_rows_for_programs_and_for_very_many_rows_too(
    run, facts, tmp_path, monkeypatch
):
    monkeypatch.setattr(column_wise, "MOST_ROWS", 2)
    target = tmp_path / "verdicts.csv"
    result = run("evaluate", facts(), "--criteria", HD06, "-o", target, "--json")
    assert result.exit_code == 0, result.output
    assert len(json.loads(result.stdout)["judgements"]) == 3
