"""Facts may come on the standard input: what they are is named, or told by how they begin."""

from __future__ import annotations

import io
import json

import polars as pl
import pytest
from click.testing import CliRunner

from ncriteria.cli import program
from ncriteria.facts.readers import kind_of
from tests.cli.conftest import FACTS

HD06 = "vn.bca.hd06-2022.commune"
ROW = {"unit": "a", "level": "commune", "year": 2023, "crime_cases": 1}
CSV = b"unit,level,year,crime_cases\na,commune,2023,1\n"
JSON = json.dumps([ROW]).encode()
YAML = b"- {unit: a, level: commune, year: 2023, crime_cases: 1}\n"


def parquet():
    content = io.BytesIO()
    pl.DataFrame([ROW]).write_parquet(content)
    return content.getvalue()


def workbook():
    xlsxwriter = pytest.importorskip("xlsxwriter")
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(ROW))
        sheet.write_row(1, 0, list(ROW.values()))
    return content.getvalue()


def call(content, *arguments):
    return CliRunner().invoke(program, [*map(str, arguments), "--lang", "en"], input=content, env={"COLUMNS": "80"})


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (lambda: CSV, ()),
        (lambda: CSV.replace(b",", b"\t"), ()),
        (lambda: CSV.replace(b",", b"\t"), ("--format", "tsv")),
        (lambda: b"\xef\xbb\xbf" + CSV, ("--format", "csv")),
        (lambda: b"\n  " + JSON, ()),
        (lambda: YAML, ("--format", "yaml")),
        (workbook, ()),
        (workbook, ("--format", "xlsx")),
        (parquet, ()),
        (parquet, ("--format", "parquet")),
    ],
    ids=["csv", "tabs", "tsv", "csv with its mark", "json", "yaml", "workbook", "xlsx", "parquet", "parquet named"],
)
def test_the_same_facts_are_judged_alike_in_any_format(content, named, table):
    expected = call(None, "evaluate", table(CSV.decode()))
    result = call(content(), "evaluate", "-", *named)
    assert (result.exit_code, result.stdout) == (0, expected.stdout), result.output


@pytest.mark.parametrize(
    "command",
    [
        ("evaluate", "-"),
        ("room", "-", "--fact", "crime_cases"),
        ("explain", "-", "--unit", "a", "--year", "2023"),
        ("impact", HD06, HD06, "-"),
    ],
    ids=lambda command: command[0],
)
def test_every_command_that_takes_facts_takes_them_from_there(command, table):
    expected = call(None, *(table(CSV.decode()) if one == "-" else one for one in command))
    result = call(CSV, *command)
    assert (result.exit_code, result.stdout) == (0, expected.stdout), result.output


def test_errors_say_where_the_facts_came_from():
    result = call(CSV.replace(b",1", b",x"), "evaluate", "-")
    assert result.exit_code == 2
    assert result.stderr.startswith('<stdin>, row 2, column "crime_cases": NC201 "x" is not a number\n')


def test_a_file_may_have_another_ending_than_its_format(table):
    path = table(YAML.decode(), "facts.dat")
    assert call(None, "evaluate", path).exit_code == 2
    assert call(None, "evaluate", path, "--format", "yaml").exit_code == 0


def test_what_is_no_table_in_columns_is_told():
    result = call(b"PAR1 and no more", "evaluate", "-")
    assert result.exit_code == 2
    assert result.stderr.startswith("<stdin>: NC220 the file cannot be read: ")


def test_init_looks_at_a_file_for_it_asks_questions():
    assert call(CSV, "init", "-").exit_code == 2


@pytest.mark.parametrize("begin", [b"", b"{", b"[1]", b"unit,year"])
def test_a_text_is_json_where_it_begins_so(begin):
    assert kind_of(begin) == ("json" if begin[:1] in (b"{", b"[") else "csv")


def test_the_demo_is_the_same_from_there():
    content = FACTS.read_bytes()
    assert call(content, "evaluate", "-").stdout == call(None, "evaluate", FACTS).stdout
