"""The project file stands for options: what it says holds for every command, and the command line wins."""

from __future__ import annotations

import datetime
import json

import click
import pytest
from attrs import fields
from click.testing import CliRunner

import ncriteria as nc
from ncriteria.cli.options.reading import reading_options
from ncriteria.facts.lineage.model import NATIONAL_REFORM
from ncriteria.facts.options import AS_IT_STANDS
from ncriteria.facts.project import Project, read_project
from ncriteria.facts.writing_project import project_text
from tests.cli.conftest import CRITERIA

HD06 = CRITERIA / "hd06-2022.commune.yaml"
TABLE = """\
Xã;Năm;Số vụ TTXH;TNGT
An;2023;1;-
"""
PROJECT = f"""\
format: ncriteria-project/1
language: en
criteria: {HD06}
facts:
  blanks: ["-"]
  columns: {{TNGT: traffic_accidents}}
"""


@pytest.fixture
def office(table, tmp_path, monkeypatch):
    """A folder with a project file and a table, which is the working folder."""
    table(PROJECT, "ncriteria.yaml")
    monkeypatch.chdir(tmp_path)
    return table(TABLE)


@pytest.mark.parametrize("command", [("evaluate",), ("explain", "--unit", "An", "--year", "2023"), ("room",)])
def test_it_holds_for_every_command_that_takes_a_table(run, office, command):
    result = run(command[0], office, *command[1:])
    assert result.exit_code == 0
    assert "Undetermined" in result.stdout


def test_the_command_line_wins(run, office):
    assert "Chưa xác định" in run("evaluate", office, "--lang", "vi").stdout
    refused = run("evaluate", office, "--column", "TNGT=traffic_acidents")
    assert refused.exit_code == 2
    assert "NC248" in refused.stderr


def test_the_environment_chooses_the_language_before_the_file(run, office):
    assert "Chưa xác định" in run("evaluate", office, NCRITERIA_LANG="vi").stdout


def test_it_can_be_named_or_passed_over(run, office, tmp_path, monkeypatch):
    refused = run("--project", "none", "evaluate", office, "--lang", "en")
    assert 'NC210 "TNGT" is no fact' in refused.stderr
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run("--project", tmp_path, "evaluate", office).exit_code == 0
    assert run("--project", tmp_path / "ncriteria.yaml", "evaluate", office).exit_code == 0


def test_what_is_wrong_with_it_is_told_at_its_place(run, office, table):
    table(PROJECT.replace("blanks", "blank"), "ncriteria.yaml")
    result = run("evaluate", office)
    assert result.exit_code == 2
    assert "ncriteria.yaml:5:3: NC106 `facts` has no key `blank`" in result.stderr
    told = json.loads(run("evaluate", office, "--json").stdout)
    assert [problem["code"] for problem in told["problems"]] == ["NC106"]


def test_what_was_taken_for_what_is_told_on_standard_error(run, office):
    result = run("evaluate", office, "--show-reading", "--lang", "vi")
    assert "tiêu đề ở hàng 1" in result.stderr
    assert "D  TNGT        traffic_accidents" in result.stderr


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    "option", [("--blank", "-"), ("--table-year", "2023"), ("--column", "a=b"), ("--show-reading",)]
)
def test_options_of_other_tables_are_refused_with_parquet(run, tmp_path, option):
    file = tmp_path / "f.parquet"
    file.write_bytes(b"")
    result = run("evaluate", file, "--standard", "ntm-19.2", "--engine", "polars", *option)
    assert result.exit_code == 2
    assert f"{option[0]} is for other tables" in result.stderr


def test_a_column_without_a_fact_is_a_usage_error(run, office):
    result = run("evaluate", office, "--column", "TNGT")
    assert result.exit_code == 2
    assert '"TNGT" is no heading with its column; write HEADING=FACT' in result.stderr


def test_what_cannot_be_read_is_told_and_written_while_the_rest_is_judged(run, office, table, tmp_path):
    facts = table("Xã;Năm;Số vụ TTXH\nAn;2023;=x\nBình;2023;1\n")
    written = tmp_path / "problems.csv"
    result = run("evaluate", facts, "--keep-going", "--problems", written, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert [one["unit"] for one in told["judgements"]] == ["An", "Bình"]
    assert [problem["code"] for problem in told["problems"]] == ["NC216"]
    heading, row = written.read_text(encoding="utf-8-sig").splitlines()
    assert heading == "Code,File,Sheet,Row,Column,Cell,Problem,What to do"
    assert row.startswith('NC216,facts.csv,,2,Số vụ TTXH,C2,"""=x"" is a formula')
    assert run("evaluate", facts).exit_code == 2
    refused = run("evaluate", facts, "--keep-going", "--problems", tmp_path / "nowhere" / "problems.csv")
    assert refused.exit_code == 2
    assert "NC352 there is no folder" in refused.stderr


TWO_YEARS = """\
unit,year,crime_cases
An,2022,9
An,2023,1
"""
CUT = "nothing says that it is the same unit, so figures of before 2023 are not known of it"


@pytest.mark.parametrize(
    ("where", "arguments"),
    [("", ["--reform", "1/3/2023=12/NQ"]), ("reforms: [{day: 2023-03-01, instrument: 12/NQ}]", [])],
    ids=["on the command line", "in the project file"],
)
@pytest.mark.parametrize(
    "command",
    [
        ("evaluate", "t.csv"),
        ("evaluate", "t.parquet", "-o", "out.parquet"),
        ("explain", "t.csv", "--unit", "An", "--year", "2023"),
        ("room", "t.csv"),
        ("watch", "t.csv", "--as-of", "2023-06"),
        ("impact", HD06, HD06, "t.csv"),
        ("impact", HD06, HD06, "t.parquet"),
        ("dossier", HD06, HD06, "t.csv"),
    ],
    ids=lambda command: f"{command[0]} {next(one for one in command if str(one).startswith('t.'))}",
)
def test_a_declared_reform_holds_for_every_command_that_takes_a_table(run, office, table, where, arguments, command):
    table(f"format: ncriteria-project/1\nlanguage: en\ncriteria: {HD06}\n{where}\n", "ncriteria.yaml")
    polars = pytest.importorskip("polars")
    polars.read_csv(table(TWO_YEARS, "t.csv")).write_parquet("t.parquet")
    told = " ".join(run(*command, *arguments, COLUMNS="400").stderr.split())
    assert f"NC376 An has rows from before and after 2023-03-01, when units were made anew (12/NQ): {CUT}" in told


def test_a_day_that_is_none_is_a_usage_error(run, office):
    result = run("evaluate", office, "--reform", "sang năm")
    assert result.exit_code == 2
    assert '"sang năm" is no day; write DAY or DAY=INSTRUMENT' in result.stderr


def test_every_option_of_reading_stands_in_it(tmp_path):
    (tmp_path / "lineage.csv").write_text("from,to,share,day\na,b,whole,2022-03-01\n", "utf-8")
    said = nc.ReadingOptions(
        columns={"tngt": "traffic_accidents"},
        ignore=["stt"],
        ignore_unknown=True,
        blanks=["-"],
        sheet="2024",
        encoding="vni",
        header_row=3,
        level=nc.Level.COMMUNE,
        year=2024,
        month=3,
        months_end=15,
        unit="a",
        territory="h",
        series="ttxh",
        known_on=datetime.date(2026, 2, 1),
        lineage=nc.read_lineage(tmp_path / "lineage.csv"),
        reforms=[
            nc.Reform(day=datetime.date(2026, 3, 1), levels=NATIONAL_REFORM.levels, instrument='9/NQ: "Z"'),
            nc.Reform(day=datetime.date(2027, 3, 1), levels=NATIONAL_REFORM.levels),
        ],
    )
    alike = {
        one.name for one in fields(nc.ReadingOptions) if getattr(said, one.name) == getattr(AS_IT_STANDS, one.name)
    }
    assert alike == {"keep_going"}  # which is said anew each time
    file = tmp_path / "ncriteria.yaml"
    file.write_text(project_text(Project(file, reading=said), {}), "utf-8")
    found = []
    command = click.command()(reading_options(lambda reading, show: found.append(reading)))
    CliRunner().invoke(command, [], obj=read_project(file), catch_exceptions=False)
    assert found == [said]


def test_every_option_of_reading_but_one_stands_on_the_command_line():
    command = click.command()(reading_options(lambda reading, show: None))
    fields_told = {parameter.name.removeprefix("reading_") for parameter in command.params}
    assert fields_told == {one.name for one in fields(nc.ReadingOptions)} - {"keep_going"} | {"shown"}


@pytest.mark.parametrize("word", ["xã", "commune", "phường"])
def test_a_level_is_named_as_tables_name_it(run, office, word):
    assert run("evaluate", office, "--level", word).exit_code == 0


def test_a_word_that_is_no_level_is_a_usage_error(run, office):
    result = run("evaluate", office, "--level", "làng xã")
    assert result.exit_code == 2
    assert (
        '"làng xã" is no level; write hamlet, commune, district or province (ấp, xã, huyện, tỉnh), or' in result.stderr
    )
