"""Graded outcomes: what a scale gives, one record and in columns, what it waits for, and how it is told."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncriteria.analysis.lint.warnings import lint
from ncriteria.analysis.room.rooms import room
from ncriteria.evaluation.columns.table import evaluate_table
from ncriteria.evaluation.compiled import compile_criteria
from ncriteria.evaluation.criteria import loads
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.result import Result
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.facts.values import AtLeast
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.loader import load_located
from tests.case_files import cases

SET = """\
format: ncriteria/1
set:
  id: test.graded.commune
  standard: test-graded
  title: {vi: "Xếp loại", en: "Graded"}
  instrument: {number: 1/TEST, issuer: Test}
  years: {from: 2022}
  level: commune
facts:
  crime_cases: {title: {vi: "Số vụ", en: "Cases"}, type: count}
  complaints: {title: {vi: "Số đơn", en: "Complaints"}, type: count}
  has_border: {title: {vi: "Xã biên giới", en: "Border commune"}, type: boolean}
clauses:
  "19.2":
    title: T
    all:
      - {id: crime, title: T, rule: crime_cases <= prev_year * 0.95, encodes: exact, cite: [{instrument: 1/TEST}]}
      - {id: complaints, title: T, rule: complaints = 0, encodes: exact, cite: [{instrument: 1/TEST}]}
    grades:
      - {id: none_at_all, title: {vi: "Không có đơn", en: "No complaints"}, when: complaints = 0}
      - {id: some, title: {vi: "Có đơn", en: "Complaints"}, otherwise: true}
  border:
    title: T
    rule: crime_cases < 5
    applies_when: has_border
    encodes: exact
    cite: [{instrument: 1/TEST}]
    grades:
      - {id: near, title: N, when: crime_cases < 5}
      - {id: far, title: F, when: crime_cases >= 5}
grades:
"""
GRADES = """\
  - {id: well, title: {vi: "Hoàn thành tốt", en: "Well"}, when: met("19.2") and crime_cases <= prev_year * 0.9}
  - {id: done, title: {vi: "Hoàn thành", en: "Done"}, when: met("19.2") and crime_cases > prev_year * 0.9}
  - {id: not_done, title: {vi: "Không hoàn thành", en: "Not done"}, when: not met("19.2")}
"""


def _scale(*grades):
    return SET + "".join(f"  - {grade}\n" for grade in grades)


CRITERIA = loads(SET + GRADES)


def _value(written):
    return AtLeast(int(written.removeprefix(">= "))) if isinstance(written, str) else written


def _judged(facts, criteria=CRITERIA):
    values = {name: _value(value) for name, value in facts.items() if name != "prev_year"}
    return criteria.evaluate(values, prev_year=facts.get("prev_year", {}))


def _possible(graded):
    return None if graded is None else [grade.id for grade in graded.possible]


@pytest.mark.parametrize("case", cases(__file__, "grades"))
def test_a_scale_gives_what_the_case_says(case):
    result = _judged(case["given"])
    graded = {"set": result.graded, "19.2": result["19.2"].graded, "border": result["border"].graded}
    for name in graded.keys() & case.keys():
        assert _possible(graded[name]) == case[name]
        if graded[name] is not None and f"missing_of_{name}" in case:
            assert graded[name].grade is None
            assert [str(key) for key in graded[name].missing] == case[f"missing_of_{name}"]


@given(
    st.integers(0, 12),
    st.none() | st.integers(0, 12),
    st.none() | st.integers(0, 2),
    st.none() | st.booleans(),
)
def test_grades_are_alike_in_columns_and_a_further_fact_takes_none_back(cases_now, before, complaints, border):
    known = {"crime_cases": cases_now, "complaints": complaints, "has_border": border}
    told = {name: value for name, value in known.items() if value is not None}
    earlier = {} if before is None else {"crime_cases": before}
    result = CRITERIA.evaluate(told, prev_year=earlier, year=2024)
    rows = [{"unit": "a", "year": 2024, **known}, {"unit": "a", "year": 2023, **dict.fromkeys(known)}]
    rows[1]["crime_cases"] = before
    schema = {"unit": pl.String, "year": pl.Int64, "crime_cases": pl.Int64, "complaints": pl.Int64}
    frame = evaluate_table(pl.DataFrame(rows, schema={**schema, "has_border": pl.Boolean}), CRITERIA)
    row = frame.row(0, named=True)
    for path, column in {"": "grade", "19.2": "grade:19.2", "border": "grade:border"}.items():
        graded = result.graded if path == "" else result[path].graded
        expected = None if graded is None or graded.grade is None else graded.grade.id
        assert row[column] == expected
        less = CRITERIA.evaluate({**told, "complaints": AtLeast(0)}, prev_year=earlier, year=2024)
        fewer = less.graded if path == "" else less[path].graded
        if graded is not None:
            assert set(_possible(graded)) <= set(_possible(fewer))


def graded_rows():
    """Rows of units that have every grade, and of which each is open, as the records of a frame."""
    return [
        {"unit": f"{now} {before} {complaints} {border}", "year": year, "crime_cases": crimes, **others}
        for now in (None, 30, 91, 100)
        for before in (None, 100)
        for complaints in (None, 0, 2)
        for border in (None, True, False)
        for year, crimes in ((2023, before), (2024, now))
        for others in ({"complaints": complaints, "has_border": border},)
    ]


GRADE_COLUMNS = ["unit", "year", "grade", "grade:19.2", "grade:border"]


def graded_frame():
    """These rows as a frame of Polars, and the grades that it gives."""
    schema = {"unit": pl.String, "year": pl.Int64, "crime_cases": pl.Int64, "complaints": pl.Int64}
    frame = pl.DataFrame(graded_rows(), schema={**schema, "has_border": pl.Boolean})
    return frame, evaluate_table(frame, CRITERIA).select(GRADE_COLUMNS).sort("unit", "year")


def test_duckdb_gives_the_grades_that_polars_gives():
    frame, expected = graded_frame()
    found = evaluate_table(duckdb.from_arrow(frame.to_arrow()), CRITERIA).pl().select(GRADE_COLUMNS)
    assert found.sort("unit", "year").equals(expected)
    assert {*expected["grade"]} == {None, "well", "done", "not_done"}


SLIPPED = ("crime_cases <= prev_year - 5%", "NC137"), ("crime_cases >= 0", "NC136")


@pytest.mark.parametrize(("condition", "code"), SLIPPED)
def test_a_slip_in_the_condition_of_a_grade_is_told_as_one_in_a_rule(condition, code, tmp_path):
    path = tmp_path / "set.yaml"
    path.write_text(_scale(f"{{id: a, title: A, when: {condition}}}", "{id: b, title: B, otherwise: true}"))
    located = load_located(path)
    told = [problem for problem in lint(located.criteria, located.places) if problem.code == code]
    assert [str(problem.place.line) for problem in told] == [str(len(SET.splitlines()) + 1)]


UNGRADED = _scale("{id: few, title: F, when: crime_cases < 5}", "{id: many, title: M, when: crime_cases > 5}")


def test_a_record_to_which_no_grade_is_given_is_an_error_on_every_engine():
    criteria, facts = loads(UNGRADED), {"crime_cases": 5, "complaints": 0, "has_border": False}
    message = "no grade of the set is given: none of the conditions holds"
    with pytest.raises(EvaluationError, match=message):
        criteria.evaluate(facts)
    with pytest.raises(EvaluationError, match=message):
        compile_criteria(criteria)(facts)
    frame = pl.DataFrame([{"unit": "a", "year": 2024, **facts}])
    with pytest.raises(EvaluationError, match="NC309"):
        evaluate_table(frame, criteria)
    assert evaluate_table(frame.lazy(), criteria).collect()["verdict"].to_list() == [None]


@pytest.mark.parametrize(
    ("grades", "told"),
    [
        (["{id: a, title: A, when: crime_cases < 5}"], "NC450 a scale has two grades or more"),
        (
            ["{id: a, title: A, otherwise: true}", "{id: b, title: B, when: crime_cases < 5}"],
            "NC450 `otherwise` stands at the last grade; no grade after it could be given",
        ),
        (
            ["{id: a, title: A}", "{id: b, title: B, otherwise: true}"],
            "NC450 the grade `a` has either `when` or `otherwise: true`",
        ),
        (
            ["{id: a, title: A, when: crime_cases < 5}", "{id: a, title: B, otherwise: true}"],
            "NC111 the grade `a` stands twice",
        ),
        (
            ["{id: a, title: A, when: crime_cases}", "{id: b, title: B, otherwise: true}"],
            "NC014 expected a condition; `crime_cases` is a number",
        ),
    ],
)
def test_a_scale_that_is_wrong_is_refused_where_it_stands(grades, told):
    with pytest.raises(CriteriaError) as caught:
        loads(_scale(*grades))
    assert told in [f"{problem.code} {problem.message}" for problem in caught.value.problems]


def test_grades_that_overlap_and_records_without_one_are_found_with_a_record():
    overlapping = loads(
        _scale("{id: few, title: F, when: crime_cases <= 5}", "{id: many, title: M, when: crime_cases >= 5}")
    )
    found = [one.message for one in lint(overlapping.definition) if one.code in ("NC452", "NC453")]
    assert found == [
        "`few` and `many` of the set both hold where given: {crime_cases: 5}; the first is given",
    ]
    ungraded = [one.message for one in lint(loads(UNGRADED).definition) if one.code in ("NC452", "NC453")]
    assert ungraded == ["no grade of the set is given where given: {crime_cases: 5}"]
    assert [one for one in lint(CRITERIA.definition) if one.code in ("NC452", "NC453")] == []


def test_a_grade_is_told_in_both_languages():
    facts = {"crime_cases": 9, "has_border": False, "prev_year": {"crime_cases": 10}}
    open_result, given_result = _judged(facts), _judged({**facts, "complaints": 0})
    assert "Grade: Well" in given_result.explain("en")
    assert "Xếp loại: Hoàn thành tốt" in given_result.explain("vi")
    told = open_result.explain("en").splitlines()
    assert "Grade still open, possible: Well; Not done" in told
    assert "Missing for the grade: Complaints" in told
    assert "Chưa xếp loại được, còn có thể: Hoàn thành tốt; Không hoàn thành" in open_result.explain("vi")


def test_a_grade_is_read_back_from_json():
    result = _judged({"crime_cases": 9, "has_border": False, "prev_year": {"crime_cases": 10}})
    again = Result.from_json(result.to_json("en"))
    assert _possible(again.graded) == ["well", "not_done"]
    assert again.graded.missing == result.graded.missing
    assert again["border"].graded is None
    assert again.grade is None


def test_a_grade_is_that_of_its_own_record_where_the_rule_of_its_clause_sees_the_same():
    grades = "\n    grades: [{id: a, title: A, when: complaints = 0}, {id: b, title: B, otherwise: true}]\n"
    criteria = loads(SET[: SET.index("clauses:")] + CLAUSE + grades)
    told = [criteria.evaluate({"crime_cases": 3, "complaints": number}).to_dict("en") for number in (0, 1)]
    assert [one["result"]["clauses"][0]["graded"]["grade"]["id"] for one in told] == ["a", "b"]
    texts = [criteria.evaluate({"crime_cases": 3, "complaints": number}).explain("en") for number in (0, 1)]
    assert ["Grade: A" in text for text in texts] == [True, False]
    assert ["Grade: B" in text for text in texts] == [False, True]


CLAUSE = """\
clauses:
  few:
    title: T
    rule: crime_cases < 5
    encodes: exact
    cite: [{instrument: 1/TEST}]
"""
TESTED = """\
tests:
  - id: t
    given: {crime_cases: 3, complaints: 0, has_border: false, prev_year: {crime_cases: 10}}
    grades: {set: GIVEN, "19.2": [none_at_all]}
"""


def test_an_embedded_test_expects_grades():
    passed, failed = (loads(SET + GRADES + TESTED.replace("GIVEN", given)) for given in ("well", "[well, done]"))
    assert [outcome.failures for outcome in run_tests(passed.definition)] == [()]
    assert [outcome.failures for outcome in run_tests(failed.definition)] == [
        ("grade of the set: expected well, done, found well",)
    ]
    with pytest.raises(CriteriaError) as caught:
        loads(SET + GRADES + TESTED.replace("GIVEN", "wel"))
    assert [str(one.message) for one in caught.value.problems] == ["there is no grade `wel`"]
    assert [str(one.hint) for one in caught.value.problems] == ["did you mean `well`?"]


def test_the_room_of_a_fact_is_told_of_grades_too():
    facts = {"crime_cases": 95, "complaints": 0, "has_border": False}
    found = room(CRITERIA, facts, prev_year={"crime_cases": 100})
    assert set(found.clauses) == {"", "19.2", "19.2/crime", "19.2/complaints", "border"}
    for now, wanted in ((90, "well"), (91, "done"), (96, "not_done")):
        assert CRITERIA.evaluate({**facts, "crime_cases": now}, prev_year={"crime_cases": 100}).grade == wanted
        holding = [name for name in ("well", "done", "not_done") if now in found.grades[f"#{name}"]["crime_cases"].met]
        assert holding == [wanted]


OVERLAPPING = """\
  - {id: well, title: W, when: crime_cases <= 3}
  - {id: done, title: D, when: crime_cases <= 6 or complaints = 0}
  - {id: not_done, title: N, otherwise: true}
"""


@pytest.mark.parametrize("facts", [{"complaints": 1, "has_border": True}, {}, {"complaints": 1, "has_border": False}])
def test_the_room_of_a_grade_is_where_it_is_given_and_no_better_one(facts):
    criteria = loads(SET + OVERLAPPING)
    rooms = room(criteria, facts).grades
    for crimes in range(9):
        result = criteria.evaluate({**facts, "crime_cases": crimes})
        for path, graded in (("", result.graded), ("border", result["border"].graded)):
            for grade in ("well", "done", "not_done") if path == "" else ("near", "far"):
                found = rooms[f"{path}/#{grade}".lstrip("/")]["crime_cases"]
                assert (crimes in found.met) == (graded is not None and getattr(graded.grade, "id", None) == grade)
                assert (crimes in found.not_applicable) == (graded is None)
