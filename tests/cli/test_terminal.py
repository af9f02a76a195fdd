"""How the output meets terminals and pipes."""

from __future__ import annotations

import os
import pty
import subprocess

import click
import pytest

from ncriteria.cli.console.complaints import complain
from tests.cli.conftest import CRITERIA, FACTS, PROGRAM, ROOT

EVALUATE = ("evaluate", FACTS, "--standard", "ntm-19.2")
DETAILS = ("evaluate", FACTS, "--standard", "ntm-19.2", "--unit", "vinh-buu")
EXPLAIN = ("explain", FACTS, "--unit", "vinh-buu", "--year", "2023")
CATALOG = ("catalog",)
TEST = ("test", CRITERIA / "tan-hung.district.yaml")


def on_a_terminal(*arguments, **environment):
    """What the program writes when its standard output is a terminal."""
    leader, follower = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")}
    environment = {**clean, "TERM": "xterm-256color", "COLUMNS": "80", **environment}
    with subprocess.Popen([*PROGRAM, *map(str, arguments)], stdout=follower, env=environment) as process:
        os.close(follower)
        written = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # what Linux answers once the other end is closed
                part = b""
            if not part:
                break
            written += part
    os.close(leader)
    assert process.returncode == 0
    return written.decode()


@pytest.mark.parametrize("command", [EVALUATE, EXPLAIN, CATALOG, TEST], ids=lambda command: command[0])
def test_a_file_gets_no_escape_codes_and_no_trailing_spaces(command, run):
    result = run(*command)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert [line for line in result.stdout.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize("command", [EVALUATE, CATALOG, TEST], ids=lambda command: command[0])
def test_a_terminal_gets_colours_unless_no_color_is_set(command):
    assert "\x1b[" in on_a_terminal(*command)
    assert "\x1b" not in on_a_terminal(*command, NO_COLOR="1")


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
@pytest.mark.parametrize("command", [DETAILS, (*DETAILS, "--lang", "en"), EXPLAIN, CATALOG])
def test_every_line_fits_the_terminal_and_none_is_longer_than_reads_well(command, columns, run):
    lines = run(*command, COLUMNS=str(columns)).stdout.splitlines()
    widest = max(len(line) for line in lines)
    assert widest <= min(columns, 100)
    assert widest > min(columns, 100) - 12


DISTRICT = ROOT / "examples" / "invented_district"
AUGUST = (DISTRICT / "august-2025.csv", "--standard", "ntm-19.2", "--as-of", "2025-08")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "command",
    [
        (*DETAILS, "--year", "2023"),
        ("evaluate", DISTRICT / "facts.csv", "--attestations", DISTRICT / "attestations.csv", "--details"),
        ("room", FACTS, "--standard", "ntm-19.2", "--details"),
        ("room", *AUGUST, "--details"),
        ("watch", *AUGUST, "--details"),
    ],
    ids=lambda command: " ".join(map(str, (command[0], *command[2:]))),
)
def test_no_line_is_wider_than_a_narrow_terminal_but_for_a_long_word(command, language, run):
    lines = run(*command, "--lang", language, COLUMNS="40").stdout.splitlines()
    assert [line for line in lines if len(line) > 40 and max(map(len, line.split())) < 18] == []


def test_a_narrow_terminal_does_not_break_the_names_of_facts(run):
    narrow = run(*DETAILS, "--year", "2023", COLUMNS="20").stdout
    assert "[unlawful_mass_petitions]" in narrow
    assert "unlawful_mass_petitions = 0" in " ".join(narrow.split())


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_the_width_changes_no_words(columns, run):
    told = run(*DETAILS, COLUMNS=str(columns)).stdout
    assert told.split() == run(*DETAILS, COLUMNS="200").stdout.split()


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
)
@pytest.mark.parametrize("command", [EVALUATE, CATALOG], ids=lambda command: command[0])
def test_the_output_is_utf_8_whatever_the_locale(environment, command, start, run):
    result = start(*command, **environment)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode("utf-8") == run(*command).stdout


def test_problems_are_utf_8_whatever_the_locale(start, table):
    result = start("evaluate", table("unit,year,level,Số vụ\na,2023,xã,1\n"), PYTHONIOENCODING="ascii")
    assert result.returncode == 2
    assert '"Số vụ"' in result.stderr.decode("utf-8")


@pytest.mark.usefixtures("english")
def test_a_file_name_that_is_no_text_is_told_without_a_traceback(start):
    result = start("evaluate", os.fsdecode(b"no\xff.csv"))
    assert result.returncode == 2
    assert b"does not exist" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("command", [(*EVALUATE, "--json"), EXPLAIN, CATALOG, TEST], ids=lambda command: command[0])
def test_a_reader_that_leaves_early_is_no_error(command):
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen([*PROGRAM, *map(str, command)], stdout=writing, stderr=subprocess.PIPE) as process:
        os.close(writing)
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0


PROBLEM = """a.yaml:3:5: NC010 the rule compares a number of cases with a share, and these cannot be compared
  rule: crime_cases <= share_of_cases_that_were_solved_in_the_same_year_by_the_police_of_the_commune
                    ^^
  hint: write the share as a number of cases, such as `crime_cases <= 0.5 * prev_year`"""


def test_a_problem_fits_a_terminal_and_is_a_line_as_it_is_elsewhere(monkeypatch, capsys):
    complain(PROBLEM)
    assert capsys.readouterr().err == f"{PROBLEM}\n"
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    complain(PROBLEM, label="warning")
    assert click.unstyle(capsys.readouterr().err).splitlines() == [
        "warning a.yaml:3:5: NC010 the rule compares a number of",
        "    cases with a share, and these cannot be compared",
        *PROBLEM.splitlines()[1:3],
        "  hint: write the share as a number of cases, such as",
        "      `crime_cases <= 0.5 * prev_year`",
    ]
