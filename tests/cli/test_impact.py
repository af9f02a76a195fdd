"""`ncriteria impact`: what it prints of real changes and of made-up ones, what it counts, and what it refuses."""

from __future__ import annotations

import json

import polars as pl
import pytest

from tests.case_files import cases
from tests.cli.conftest import FACTS, ROOT

HD06, HD04 = "vn.bca.hd06-2022.commune", "vn.bca.hd04-2024.commune"
DRAFT = ROOT / "examples" / "stricter_reduction" / "ten-percent.yaml"
COMMUNES = """\
unit,name,level,parent,year,crime_cases
huyen-a,Huyện A,district,,2023,
a1,Xã A1,commune,huyen-a,2023,19/20
a2,Xã A2,commune,huyen-a,2023,18/20
b1,Xã B1,commune,,2023,10/11
"""
SET = """\
format: ncriteria/1
set:
  id: {name}
  standard: test
  title: {{vi: "Thử", en: "Trial"}}
  instrument: {{number: "{name}/TEST", issuer: "Người thử"}}
  years: {{from: 2020}}
  level: commune
facts:
  crimes: {{title: {{vi: "Số vụ", en: "Crimes"}}, type: count, unit: {{vi: vụ, en: cases}}}}
  solved: {{title: {{vi: "Khám phá", en: "Solved"}}, type: count, unit: {{vi: vụ, en: cases}}}}
clauses:
  g:
    title: {{vi: "Nhóm", en: "Group"}}
    {group}:
      - id: few
        title: {{vi: "Ít", en: "Few"}}
        rule: crimes <= {most}
        encodes: exact
        cite: [{{instrument: "{name}/TEST", at: "1"}}]
      - id: solved
        title: {{vi: "Khám phá", en: "Solved"}}
        rule: {solved}
        encodes: exact
        cite: [{{instrument: "{name}/TEST", at: "2"}}]
"""
OLD = {"name": "old", "group": "any", "most": 3, "solved": "solved >= crimes"}
NEW = {"name": "new", "group": "all", "most": 3, "solved": "solved >= crimes"}


@pytest.fixture
def impact(run, tmp_path, table):
    """Run `ncriteria impact` on rows under two made-up sets."""

    def run_impact(rows, *options, old=OLD, new=NEW):
        for name, filled in (("old.yaml", old), ("new.yaml", new)):
            (tmp_path / name).write_text(SET.format(**filled), encoding="utf-8")
        facts = table("\n".join(("unit,name,parent,year,crimes,solved", *rows)) + "\n")
        return run("impact", tmp_path / "old.yaml", tmp_path / "new.yaml", facts, *options, COLUMNS="100")

    return run_impact


@pytest.mark.parametrize("case", cases(__file__, "impact"))
def test_a_change_is_told_whole(case, run, table):
    places = {"HD06": HD06, "HD04": HD04, "DRAFT": DRAFT, "FACTS": FACTS, "COMMUNES": table(COMMUNES)}
    result = run("impact", *(places.get(one, one) for one in case["arguments"]), COLUMNS="100")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == case["says"]


def test_a_group_that_is_put_together_otherwise_shows_its_members(impact):
    result = impact(["x,Xã X,h,2024,3,2"], "--flips-only", "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout.split("\n\n")[1].splitlines() == [
        "Units that flip (Met ↔ Not met: 1)",
        "  h — 1 rows; Met ↔ Not met: 1",
        "    Xã X · 2024: Met → Not met",
        "      g  Group",
        "        old: Met",
        "             group: at least one must be met",
        "               g/few: Met",
        "               g/solved: Not met",
        "        new: Not met",
        "             group: all must be met",
        "               g/few: Met",
        "               g/solved: Not met",
    ]


ROWS = [f"x{number},,h{number % 2},2024,{number},0" for number in range(1, 6)]


def test_the_limit_cuts_flips_and_parents_and_says_how_many_are_left(impact):
    result = impact(ROWS, "--limit", "1", "--lang", "en")
    assert result.stdout.count(" · 2024: ") == 1
    assert result.stdout.count("... and 1 more; see them with `--limit`") == 1
    assert result.stdout.endswith("  ... and 2 more; see them with `--limit`\n")
    assert ["Total", "5", "3", "0", "3"] in [line.split() for line in result.stdout.splitlines()]


def test_a_limit_of_zero_shows_totals_only(impact):
    result = impact(ROWS, "--limit", "0", "--lang", "en")
    assert " · 2024: " not in result.stdout
    assert "... and 3 more" in result.stdout


def test_json_has_all_flips_with_exact_values_and_both_citations(impact):
    result = impact(ROWS, "--json", "--lang", "en", new={**NEW, "group": "any", "most": 2})
    told = json.loads(result.stdout)
    assert told["whole"] == {"met": {"met": 2, "not_met": 1}, "not_met": {"not_met": 2}}
    assert told["kinds"] == {"turned": 1, "changed": 0, "clause_turned": 0, "clause_changed": 0}
    assert sum(parent["rows"] for parent in told["parents"]) == told["judged"] == 5
    (flip,) = told["flips"]
    (cause,) = flip["causes"]
    assert (flip["unit"], flip["year"], flip["old"], flip["new"]) == ("x3", 2024, "met", "not_met")
    assert cause["facts"] == [{"fact": "crimes", "title": "Crimes", "value": "3"}]
    assert cause["old"]["grounds"] == ["✓ Crimes: 3 cases; at most 3 allowed (exactly at the limit)"]
    assert cause["new"]["grounds"] == ["✗ Crimes: 3 cases; at most 2 allowed (1 too many)"]
    assert [cause[end]["cite"][0]["instrument"] for end in ("old", "new")] == ["old/TEST", "new/TEST"]


def test_json_of_flips_only_has_nothing_else_and_keeps_the_limit(impact):
    told = json.loads(impact(ROWS, "--json", "--flips-only", "--limit", "2").stdout)
    assert list(told) == ["flips"]
    assert len(told["flips"]) == 2


def test_a_parquet_file_is_judged_as_the_same_rows_in_csv_are(impact, run, tmp_path):
    by_rows = impact(ROWS, "--lang", "en")
    frame = pl.DataFrame(
        [(f"x{number}", f"h{number % 2}", 2024, number, 0) for number in range(1, 6)],
        schema=["unit", "parent", "year", "crimes", "solved"],
        orient="row",
    )
    frame.write_parquet(tmp_path / "facts.parquet")
    sets = tmp_path / "old.yaml", tmp_path / "new.yaml"
    in_columns = run("impact", *sets, tmp_path / "facts.parquet", "--lang", "en", COLUMNS="100")
    assert in_columns.exit_code == 0
    assert in_columns.stdout == by_rows.stdout


def test_a_row_without_a_value_is_shown_apart_and_the_status_is_2(impact):
    result = impact(["x,,,2024,0,3", "y,,,2024,1,3"], "--lang", "en", new={**NEW, "solved": "solved / crimes >= 1"})
    assert result.exit_code == 2
    assert "x · 2024: Met → No value" in result.stdout
    matrix = [line.split() for line in result.stdout.splitlines()]
    assert ["Met", "1", "0", "0", "0", "1", "2"] in matrix
    assert ["Total", "1", "0", "0", "0", "1", "2"] in matrix
    assert "NC303" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--year", "2023"), "the table has no row of the year 2023 for a commune"),
        (("--limit", "-1"), "-1 is not in the range x>=0"),
        (("--years", "some"), "'some' is not one of 'as-law', 'all'"),
    ],
)
def test_bad_usage_is_told(impact, options, said):
    result = impact(ROWS, *options)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_table_for_other_shipped_sets_too_is_read_whole(run, table):
    facts = table("unit,level,year,crime_cases,anti_state_activities\nx,commune,2023,18/20,0\n")
    result = run("impact", HD06, DRAFT, facts, "--lang", "en")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_file_that_is_no_table_is_told(run, tmp_path):
    (tmp_path / "facts.parquet").write_text("no parquet", encoding="utf-8")
    result = run("impact", HD06, HD04, tmp_path / "facts.parquet")
    assert result.exit_code == 2
    assert "NC220" in result.stderr
    assert "Traceback" not in result.stderr
