"""Grades as people read them: of one unit, and in a table of verdicts."""

from __future__ import annotations

import csv
import json

import pytest
from python_calamine import CalamineWorkbook

from tests.evaluation.test_grades import GRADES, SET

FACTS = """\
unit,year,crime_cases,complaints,has_border
a,2023,20,0,false
b,2023,20,0,false
a,2024,18,0,false
b,2024,19,,false
"""


@pytest.fixture
def graded(tmp_path):
    """A set with grades, and a table."""
    (tmp_path / "graded.yaml").write_text(SET + GRADES, encoding="utf-8")
    (tmp_path / "facts.csv").write_text(FACTS, encoding="utf-8")
    return tmp_path / "facts.csv", "--criteria", tmp_path / "graded.yaml", "--year", "2024"


@pytest.mark.usefixtures("english")
def test_a_unit_is_told_with_its_grade(run, graded):
    given = run("explain", *graded, "--unit", "a").stdout.splitlines()
    still_open = run("explain", *graded, "--unit", "b").stdout.splitlines()
    assert "Grade: Well" in given
    assert "Grade still open, possible: Done; Not done" in still_open
    assert "Missing for the grade: Complaints" in still_open


def test_a_table_of_verdicts_has_a_column_of_grades_where_there_are_grades(run, graded, tmp_path):
    out = tmp_path / "out.csv"
    assert run("evaluate", *graded, "-o", out).exit_code == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["Xếp loại"] for row in rows] == [
        "Hoàn thành tốt",
        "Chưa xếp loại được, còn có thể: Hoàn thành; Không hoàn thành",
    ]


@pytest.mark.usefixtures("english")
def test_a_summary_counts_the_units_with_each_grade(run, graded):
    told = " ".join(run("evaluate", *graded).stdout.split())
    assert "Grades of test-graded · commune in 2024: Well: 1, Done: 0, Not done: 0, grade still open: 1" in told


@pytest.mark.usefixtures("english")
def test_a_matrix_says_the_grade_behind_the_verdict(run, graded):
    told = run("evaluate", *graded).stdout.splitlines()
    start = next(place for place, line in enumerate(told) if "19.2/crime" in line)
    assert told[start + 1 : start + 3] == [
        "a m          m               –      Met · Well",
        "b m          ?               –      Undetermined · grade still open",
    ]


@pytest.mark.usefixtures("english")
def test_impact_and_compare_tell_of_grades_though_no_verdict_changes(run, graded, tmp_path):
    edited = (
        (SET + GRADES).replace("prev_year * 0.9}", "prev_year * 0.8}").replace("id: test.graded", "id: test.edited")
    )
    (tmp_path / "edited.yaml").write_text(edited, encoding="utf-8")
    sets = tmp_path / "graded.yaml", tmp_path / "edited.yaml"
    told = run("impact", *sets, graded[0]).stdout
    assert "The whole set: 1 row of 4 is graded otherwise" in told
    assert "a · 2024: grade Well → grade Done" in told
    assert "this grade or a better one: stricter (proved)" in run("compare", *sets).stdout
    book = tmp_path / "impact.xlsx"
    assert run("impact", *sets, graded[0], "-o", book).exit_code == 0
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("Graded otherwise").to_python()
    assert ["a", "", 2024, "Whole set", "Graded", "grade Well", "grade Done"] in rows


@pytest.mark.usefixtures("english")
def test_the_room_of_each_grade_is_told(run, graded, tmp_path):
    told = run("room", *graded, "--unit", "a").stdout.splitlines()
    start = next(place for place, line in enumerate(told) if "#well" in line)
    assert told[start : start + 5] == [
        "  Given           #well  Grade: Well",
        "                    Cases: at most 18; now 18; no room left  [1 more: Not given]",
        "                    Complaints: only 0; now 0; no room left  [1 more: Not given]",
        "  Not given       #done  Grade: Done",
        "                    Cases: only 19; now 18; 1 too few  [1 more: Given]",
    ]
    (row,) = json.loads(run("room", *graded, "--unit", "a", "--json").stdout)["rooms"]
    assert [(one["path"], one["title"], one["verdict"]) for one in row["grades"]][:2] == [
        ("#well", "Grade: Well", "met"),
        ("#done", "Grade: Done", "not_met"),
    ]
    out = tmp_path / "room.csv"
    assert run("room", *graded, "--unit", "a", "-o", out).exit_code == 0
    assert "#well,Grade: Well" in out.read_text(encoding="utf-8-sig")
