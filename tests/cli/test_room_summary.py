"""The room of a table at a glance: every unit is counted once, and as many are shown as a page holds."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.test_room import CRITERIA, HEADINGS

NAMES = st.text("Xã ấ<=\u202e\u4e2dABC\t", min_size=1, max_size=40)


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    """Run `ncriteria room` on rows of a table, 80 columns wide."""
    from click.testing import CliRunner

    from ncriteria.cli import program

    folder = tmp_path_factory.mktemp("summary")
    (folder / "set.yaml").write_text(CRITERIA, encoding="utf-8")

    def run_summary(rows, *options):
        facts = folder / "facts.csv"
        facts.write_text("\n".join((HEADINGS, *rows)) + "\n", encoding="utf-8")
        call = ["room", str(facts), "--criteria", str(folder / "set.yaml"), "--lang", "en", *options]
        return CliRunner().invoke(program, call, env={"COLUMNS": "80", "NO_COLOR": "1"})

    return run_summary


def groups(result):
    """How many units are said to stand in each group, by its heading, and how many are shown or told to be more."""
    found = {}
    for line in result.stdout.splitlines():
        if heading := re.fullmatch(r"([✗!○✓?–] [^:]+): (\d+)", line):
            label, found[heading[1]] = heading[1], [int(heading[2]), 0]
        elif more := re.fullmatch(r"  \.\.\. and (\d+) more", line):
            found[label][1] += int(more[1])
        elif line.startswith("  ") and found:
            found[label][1] += 1
    return found


TOLD = """\
✗ Not met, by one case: 1
  Xã A  1 fewer: Met (Crimes)
✗ Not met: 1
  Xã C  5 too many: Crimes (now 59; at most 54)
? Undetermined: 1
  Xã D  waits for 3 figures
✓ Met, by one case: 1
  Xã B  1 more: Not met (Crimes); 1 fewer: Not met (Solved)

--details tells every clause and fact, --unit those of one unit
"""
ROWS = (
    "a,Xã A,commune,2024,55,60,50,1",
    "b,Xã B,commune,2024,10,60,8,1",
    "c,Xã C,commune,2024,59,60,59,1",
    "d,Xã D,commune,2024,,60,,",
)


def test_units_that_are_not_met_and_nearly_so_come_first(summary):
    assert summary(ROWS).stdout == TOLD


def test_a_year_that_runs_tells_what_is_lost_at_risk_and_open(summary):
    result = summary((*ROWS, "e,Xã E,commune,2024,54,60,54,1"), "--as-of", "2024-08")
    assert list(groups(result)) == ["✗ Already lost", "! At risk", "○ Still open"]
    assert "  Xã A  1 too many: Crimes (so far 55; at most 54)" in result.stdout


def test_details_and_facts_tell_the_whole_account(summary):
    for options in (("--details",), ("--fact", "crimes"), ("--unit", "a")):
        assert "Xã A · 2024 · test\n" in summary(ROWS, *options).stdout


def test_near_misses_leave_out_what_is_not_near(summary):
    assert groups(summary(ROWS, "--near-misses")) == {"✗ Not met, by one case": [1, 1], "✓ Met, by one case": [1, 1]}


def test_five_hundred_units_fit_on_a_page(summary):
    rows = [f"u{number},Xã {number},commune,2024,{number % 70},{number % 60 + 1},60,1" for number in range(500)]
    for options in ((), ("--as-of", "2024-08")):
        result = summary(rows, *options)
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) <= 60
        assert sum(said for said, _ in groups(result).values()) == 500


@settings(max_examples=settings().max_examples // 5, deadline=None)
@given(st.lists(st.tuples(st.none() | st.integers(0, 99), st.integers(0, 99), NAMES), min_size=2, max_size=60))
def test_every_unit_is_counted_once_and_no_line_is_too_wide(summary, drawn):
    from rich.cells import cell_len

    rows = []
    for number, (crimes, before, name) in enumerate(drawn):
        quoted = f"Xã {name.replace(chr(9), chr(32)).strip()}"
        rows.append(f'u{number},"{quoted} {number}",commune,2024,{"" if crimes is None else crimes},{before},50,1')
    for options in ((), ("--as-of", "2024-08")):
        result = summary(rows, *options)
        assert result.exit_code == 0, result.output
        found = groups(result)
        assert sum(said for said, _ in found.values()) == len(rows)
        assert all(said == shown for said, shown in found.values())
        assert max(map(cell_len, result.stdout.splitlines())) <= 80
    told = json.loads(summary(rows, "--json").stdout)["rooms"]
    not_met = sum(one["clauses"][0]["verdict"] == "not_met" for one in told)
    assert sum(said for label, (said, _) in groups(summary(rows)).items() if label.startswith("✗")) == not_met


def test_the_figure_that_is_told_is_the_one_that_a_rule_is_about(run, tmp_path):
    """Of households that registered so many are asked for; nobody is told how few may live there."""
    rows = "\n".join(f"h{number},hamlet,2024,120,{number}" for number in (119, 120, 125))
    (tmp_path / "facts.csv").write_text(f"unit,level,year,households,households_registered\n{rows}\n", encoding="utf-8")
    told = run("room", tmp_path / "facts.csv", "--standard", "antt-safe", "--lang", "en", COLUMNS="100").stdout
    assert "Resident households" not in told
    assert "h120  1 fewer: Not met (Households that registered)" in told
