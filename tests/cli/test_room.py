"""`ncriteria room`: what it prints, what it leaves out, and what it refuses."""

from __future__ import annotations

import json

import pytest

CRITERIA = """\
format: ncriteria/1
set:
  id: test.room
  standard: test
  title: {vi: "Thử", en: "Trial"}
  instrument: {number: "1/TEST", issuer: "Người thử"}
  years: {from: 2020}
  level: commune
facts:
  crimes: {title: {vi: "Số vụ", en: "Crimes"}, type: count, unit: {vi: vụ, en: cases}}
  solved: {title: {vi: "Số vụ khám phá", en: "Solved"}, type: count}
  rating: {title: {vi: "Điểm chấm", en: "Rating"}, type: count, attested: true}
clauses:
  g:
    title: {vi: "Nhóm", en: "Group"}
    all:
      - id: crime
        title: {vi: "Giảm", en: "Falls"}
        rule: crimes <= prev_year * 0.9
        encodes: exact
        cite: [{instrument: "1/TEST"}]
      - id: share
        title: {vi: "Tỷ lệ", en: "Share"}
        rule: solved / crimes >= 0.8
        applies_when: rating >= 1
        encodes: exact
        cite: [{instrument: "1/TEST"}]
"""
HEADINGS = "unit,name,level,year,crimes,prev_year.crimes,solved,rating"


@pytest.fixture
def room(run, tmp_path):
    """Run `ncriteria room` on rows of a table under the set above."""

    def run_room(rows, *options):
        (tmp_path / "set.yaml").write_text(CRITERIA, encoding="utf-8")
        (tmp_path / "facts.csv").write_text("\n".join((HEADINGS, *rows)) + "\n", encoding="utf-8")
        return run("room", tmp_path / "facts.csv", "--criteria", tmp_path / "set.yaml", *options, COLUMNS="100")

    return run_room


NOT_MET = "a,Xã A,commune,2024,55,60,50,1"
FAR = "b,Xã B,commune,2024,10,60,10,1"
NO_VALUE = "c,Xã C,commune,2024,0,60,0,1"


TOLD = """\
Xã A · 2024 · test
  Not met         Whole set  Trial
                    Crimes: from 1 to 54; no verdict: only 0; now 55; 1 too many  [1 fewer: Met]
  Not met         g  Group
                    as the whole set
  Not met         g/crime  Falls
                    Crimes: at most 54; now 55; 1 too many  [1 fewer: Met]
  Met             g/share  Share
                    Crimes: from 1 to 62; no verdict: only 0; now 55; room for 7 more this year
                    Solved: at least 44; now 50; 6 to spare
                    Rating: at least 1; not applicable: only 0; now 1  [1 fewer: Not applicable]

One more or one fewer would change the verdict of the whole set:
  Not met         Xã A · 2024 · test: Crimes, 1 fewer: Met
"""


def test_a_row_that_is_not_met_is_told_what_would_be_enough(room):
    result = room([NOT_MET], "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout == TOLD


def test_near_misses_leave_out_the_rows_that_one_case_does_not_turn(room):
    result = room([NOT_MET, FAR], "--near-misses", "--lang", "en")
    assert "Xã A" in result.stdout
    assert "Xã B" not in result.stdout


def test_a_row_whose_rule_has_no_value_now_has_room_for_other_values(room):
    result = room([NO_VALUE], "--lang", "en", "--fact", "crimes")
    assert result.exit_code == 0
    assert "No verdict      Whole set  Trial" in result.stdout
    assert "no verdict: only 0" in result.stdout


@pytest.mark.parametrize(
    ("crimes", "said"),
    [(55, "Already lost     g/crime"), (50, "Still open       g/crime")],
)
def test_counts_so_far_are_lost_or_open(room, crimes, said):
    result = room([f"a,Xã A,commune,2024,{crimes},60,50,1"], "--as-of", "2024-08", "--lang", "en")
    assert said in result.stdout


def test_attested_counts_are_not_read_as_so_far(room):
    result = room([NOT_MET], "--as-of", "2024-08", "--lang", "en", "--fact", "rating")
    assert "now 1" in result.stdout
    assert "so far" not in result.stdout


def test_rows_of_earlier_years_are_over(room):
    result = room([NOT_MET.replace("2024", "2023")], "--as-of", "2024-08", "--lang", "en")
    assert "so far" not in result.stdout


@pytest.mark.usefixtures("english")
def test_rows_of_later_years_are_refused(room):
    result = room([NOT_MET], "--as-of", "2023-08")
    assert result.exit_code == 2
    assert "the row of `a` in 2024 comes after 2023-08; choose other rows with --year" in result.output


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("month", ["2024", "2024-13", "08/2024", "2024-8"])
def test_a_month_is_written_with_its_year(room, month):
    result = room([NOT_MET], "--as-of", month)
    assert result.exit_code == 2
    assert f"expected a month such as 2024-08, found `{month}`" in result.output


def test_a_year_that_the_set_does_not_hold_for_is_told_in_its_place(room):
    result = room([NOT_MET, NOT_MET.replace("2024", "2019")], "--lang", "en")
    assert result.exit_code == 0
    assert "Xã A · 2019 · test\nCould not be judged: test.room holds for the assessment years 2020-" in result.stdout


@pytest.mark.usefixtures("english")
def test_a_fact_that_no_set_knows_is_refused(room):
    result = room([NOT_MET], "--fact", "crime")
    assert result.exit_code == 2
    assert "has no fact `crime`" in result.output


@pytest.mark.usefixtures("english")
def test_a_unit_that_the_table_does_not_have_is_refused(room):
    result = room([NOT_MET], "--unit", "z")
    assert result.exit_code == 2
    assert "the table has no unit `z`" in result.output


def test_json_has_exact_ends_and_near_misses(room):
    result = room([NOT_MET], "--json", "--lang", "en", "--fact", "crimes")
    (row,) = json.loads(result.stdout)["rooms"]
    whole = row["clauses"][0]
    assert (row["unit"], row["year"], row["criteria"], whole["path"], whole["verdict"]) == (
        *("a", 2024, "test.room", ""),
        "not_met",
    )
    (fact,) = whole["facts"]
    assert fact["met"] == {
        "text": "from 1 to 54",
        "spans": [{"low": "1", "high": "54", "low_closed": True, "high_closed": True}],
    }
    assert fact["no_value"]["spans"] == [{"low": "0", "high": "0", "low_closed": True, "high_closed": True}]
    assert fact["near_misses"] == [{"change": -1, "before": "not_met", "after": "met", "text": "1 fewer: Met"}]


def test_the_shipped_sets_answer_for_the_worked_example(run):
    from tests.cli.conftest import FACTS

    result = run("room", FACTS, "--unit", "vinh-buu", "--standard", "ntm-19.2")
    assert result.exit_code == 0
    assert "Xã Vĩnh Bửu" in result.stdout
