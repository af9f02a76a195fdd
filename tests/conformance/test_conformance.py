"""The suite for other implementations: it is what the generator writes, and our engines agree with it."""

from __future__ import annotations

import pytest

from ncriteria.evaluation.errors import EvaluationError
from ncriteria.language.printer import show
from tests.conformance.engines import ENGINES, NO_VALUE, taken
from tests.conformance.families import judged
from tests.conformance.oracle import contradictions, refusal
from tests.conformance.sources import files_of_cases, files_of_sets
from tests.conformance.suite import FOLDER, Case, cases_of
from tests.conformance.tables import by_columns, by_rows, expected

CASES = [Case(file, case) for file, case in cases_of("judging")]


def test_the_files_are_those_that_the_generator_writes():
    written = files_of_sets() | files_of_cases()
    for name, text in written.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, "run `python -m tests.conformance.write`"
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.json")}
    assert there == {*written, "schema.json"}


EACH = 1
FOURTH = 4
"""DuckDB plans a query for long, so that a quick run asks it a fourth of what Polars is asked."""


@pytest.mark.parametrize(
    ("engine", "step"),
    [
        ("compiled", EACH),
        ("polars", EACH),
        ("duckdb", FOURTH),
        pytest.param("duckdb", EACH, marks=pytest.mark.soak),
    ],
)
def test_what_is_faster_gives_the_verdicts_of_the_suite(engine, step):
    asked = _every(step, taken(engine, CASES))
    differing = [
        f"{case.file} {case.id}: {said}"
        for case, said in zip(asked, ENGINES[engine](asked), strict=True)
        if not _agrees(case, said)
    ]
    assert differing == []


def _every(step, cases):
    """The cases of every so many of the sets that are asked for."""
    texts = list(dict.fromkeys(case.text for case in cases))[::step]
    return [case for case in cases if case.text in texts]


def _agrees(case, said):
    if case.error is not None:
        return said in (case.error, NO_VALUE)
    expected = {path: told["verdict"] for path, told in case.expect.items() if path != "set" and "verdict" in told}
    if isinstance(said, str) or not expected.items() <= dict(said).items():
        return False
    grades = {
        "grade" if path == "set" else f"grade:{path}": None if _is_open(told) else told["grades"][0]
        for path, told in case.expect.items()
        if "grades" in told and any(name.startswith("grade") for name in said)
    }
    return grades.items() <= dict(said).items()


def _is_open(told):
    """Whether no grade is given: several are possible, or none, or it is not known whether one is to be given."""
    return len(told["grades"]) != 1 or "missing_of_grade" in told


@pytest.mark.parametrize("file", sorted({case.file for case in CASES}))
def test_the_reference_says_all_that_the_suite_says(file):
    for case in CASES:
        if case.file == file:
            found = _found(case)
            if case.error is not None:
                assert found == case.error, case
                continue
            told = {path: {key: found[path][key] for key in keys} for path, keys in case.expect.items()}
            assert told == case.expect, case


def _found(case):
    try:
        result = judged(case)
    except EvaluationError as error:
        return error.problems[0].code
    return {path: _left(result if path == "set" else result[path]) for path in case.expect}


def _left(found):
    graded = found.graded
    return {
        "verdict": found.verdict.value,
        "missing": [str(key) for key in found.missing],
        "residual": show(found.residual),
        "not_encoded": list(found.open.clauses),
        "grades": [] if graded is None else [grade.id for grade in graded.possible],
        "missing_of_grade": [] if graded is None else [str(key) for key in graded.missing],
    }


def test_the_oracle_bears_out_what_the_suite_says():
    asked = [case for case in CASES if refusal(case) is None]
    assert len(asked) >= len(CASES) * 3 // 4
    assert [told for case in asked for told in contradictions(case)] == []


TABLES = [case for _, case in cases_of("tables")]
every_table = pytest.mark.parametrize("case", TABLES, ids=lambda case: case["id"])


@every_table
def test_a_table_is_judged_row_by_row_as_the_suite_says(case, tmp_path):
    told, judged_by = by_rows(case, tmp_path)
    assert _of_those_that_are_told(told, case) == expected(case)
    named = {(row["unit"], row["year"]): row["judged_by"] for row in case["expect"] if "judged_by" in row}
    assert {key: judged_by[key] for key in named} == named


@every_table
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_table_is_judged_in_columns_as_the_suite_says(engine, case, tmp_path):
    assert _of_those_that_are_told(by_columns(engine, case, tmp_path), case) == expected(case)


def _of_those_that_are_told(told, case):
    return {
        key: {path: told[key].get(path) for path in verdicts} if verdicts else told[key]
        for key, verdicts in expected(case).items()
    }
