"""The word behind a number: English has one for 1 and one for all others, Vietnamese the same for every number."""

from __future__ import annotations

from fractions import Fraction

import pytest
from click.testing import CliRunner

from ncriteria.cli import program
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.explanation.values import value_text
from ncriteria.evaluation.result import Result
from ncriteria.language.values import UNKNOWN, Interval
from ncriteria.sets.loader import loads_set
from ncriteria.sets.sources import UnitName
from ncriteria.words import words
from tests.sets.writing import file_text

CASES = UnitName("vụ", "cases", "case")
FACTS = """\
facts:
  cases: {title: {vi: Số vụ, en: Reported}, type: count, unit: {vi: vụ, en: {one: case, other: cases}}}"""
CLAUSES = """\
clauses:
  few: {title: Few, rule: cases <= prev_year, encodes: exact, cite: [{instrument: 01/EXAMPLE}]}"""
SET = file_text({"facts": FACTS, "clauses": CLAUSES})


@pytest.mark.parametrize(
    ("value", "in_english", "in_vietnamese"),
    [
        (Fraction(0), "0 cases", "0 vụ"),
        (Fraction(1), "1 case", "1 vụ"),
        (Fraction(-1), "-1 case", "-1 vụ"),
        (Fraction(2), "2 cases", "2 vụ"),
        (Fraction(3, 2), "1.5 cases", "1,5 vụ"),
        (Fraction("1.0001"), "1.0001 cases", "1,0001 vụ"),
        (Fraction(21), "21 cases", "21 vụ"),
        (Interval(Fraction(1), None), "at least 1 case", "ít nhất 1 vụ"),
        (Interval(Fraction(1), Fraction(3)), "1 case to 3 cases", "từ 1 vụ đến 3 vụ"),
        (UNKNOWN, "not known", "chưa có số liệu"),
    ],
)
def test_only_exactly_one_takes_the_word_for_one(value, in_english, in_vietnamese):
    assert value_text(words("en"), value, CASES) == in_english
    assert value_text(words("vi"), value, CASES) == in_vietnamese


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("vụ", UnitName("vụ", "vụ")),
        ("{vi: vụ, en: cases}", UnitName("vụ", "cases")),
        ("{vi: vụ, en: {one: case, other: cases}}", CASES),
        ("{en: {one: case, other: cases}}", UnitName("cases", "cases", "case")),
        ("{vi: vụ}", UnitName("vụ", "vụ")),
    ],
)
def test_a_file_gives_a_unit_as_one_text_by_language_or_by_number(written, unit):
    declared = f"facts:\n  cases: {{title: Cases, type: count, unit: {written}}}"
    assert loads_set(file_text({"facts": declared})).facts["cases"].unit == unit


def test_results_tell_it_and_keep_it_in_json():
    result = Criteria(loads_set(SET)).evaluate({"cases": 1}, prev_year={"cases": 1})
    told = "✓ Reported: 1 case; at most 1 allowed (exactly at the limit); the year before 1 case"
    assert told in result.explain("en")
    again = Result.from_json(result.to_json())
    assert [one.unit for one in again["few"].comparisons] == [CASES]
    (ground,) = result.to_dict("vi")["result"]["clauses"][0]["comparisons"]
    assert (ground["unit"], ground["unit_of_one"]) == ({"vi": "vụ", "en": "cases"}, {"vi": "vụ", "en": "case"})


def test_a_table_may_name_either_form_behind_a_title(tmp_path):
    (tmp_path / "set.yaml").write_text(SET, encoding="utf-8")
    table = tmp_path / "facts.csv"
    table.write_text("unit,level,year,Reported (case)\na,commune,2024,1\na,commune,2023,1\n", encoding="utf-8")
    call = ["explain", str(table), "--criteria", str(tmp_path / "set.yaml"), "--unit", "a", "--year", "2024"]
    told = CliRunner().invoke(program, [*call, "--lang", "en"])
    assert "Reported: 1 case;" in told.stdout, told.output


def test_another_word_for_one_is_a_difference_of_two_sets(tmp_path):
    paths = [tmp_path / "old.yaml", tmp_path / "new.yaml"]
    for path, text in zip(paths, (SET, SET.replace("one: case,", "one: report,")), strict=True):
        path.write_text(text, encoding="utf-8")
    told = CliRunner().invoke(program, ["compare", *map(str, paths), "--lang", "en"])
    assert "    word behind 1: case → report\n" in told.stdout, told.output
    assert "unit of measure" not in told.stdout
