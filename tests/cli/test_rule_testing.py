"""`test --coverage`, `--mutate` and `--suggest`."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import CRITERIA
from tests.rule_sets import HEAD, one_rule

DISTRICT = CRITERIA / "tan-hung.district.yaml"
TESTS = "  - {id: under, given: {cases: 2}, expect: {c: met}}\n  - {id: over, given: {cases: 9}, expect: {c: not_met}}"


@pytest.fixture
def thin(tmp_path):
    """A set whose tests pass and leave the limit untried."""
    path = tmp_path / "thin.yaml"
    path.write_text(HEAD + one_rule("cases <= 3", TESTS), encoding="utf-8")
    return path


def line_of_the_rule(path):
    return path.read_text(encoding="utf-8").splitlines().index("    rule: 'cases <= 3'") + 1


def test_a_set_that_leaves_nothing_untried_has_status_zero(run):
    result = run("test", DISTRICT, "--coverage", "--mutate")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("vn.tan-hung.targets.district: 7 of 7 conditions fully tested")
    assert " 0 unnoticed" in result.stdout


def test_coverage_tells_the_place_and_what_is_missing(run, thin):
    result = run("test", thin, "--coverage")
    assert result.exit_code == 1
    assert result.stdout == (
        f"{thin}:{line_of_the_rule(thin)}:12: c, rule: cases <= 3\n"
        "       never unknown\n"
        "       no case at the boundary, one step above\n"
        "test.set: 0 of 1 conditions fully tested, 3 of 6 outcomes and boundary cases seen\n"
    )


def test_mutate_tells_the_place_the_edit_and_the_edited_rule(run, thin):
    result = run("test", thin, "--mutate")
    assert result.exit_code == 1
    told = f"{thin}:{line_of_the_rule(thin)}:12: c, rule: `<=` becomes `<`: no test notices\n       cases < 3\n"
    assert told in result.stdout


def test_suggested_cases_are_pasted_and_nothing_is_missing(run, thin):
    result = run("test", thin, "--mutate", "--suggest")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "confirm each against the law" in result.stdout
    text = thin.read_text(encoding="utf-8") + result.stdout
    thin.write_text(text, encoding="utf-8")
    assert run("test", thin).exit_code == 0
    assert run("test", thin, "--coverage", "--mutate").exit_code == 0


@pytest.mark.parametrize("option", ["--coverage", "--mutate", "--suggest"])
def test_failed_tests_come_first_and_alone(run, thin, option):
    thin.write_text(thin.read_text(encoding="utf-8").replace("{c: met}", "{c: not_met}"), encoding="utf-8")
    result = run("test", thin, option)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "FAILED test.set under"
    assert result.stderr == "What the tests leave untested is told once they pass.\n"


def test_each_report_is_data_for_programs(run, thin):
    result = run("test", thin, "--coverage", "--mutate", "--suggest", "--json")
    (found,) = json.loads(result.stdout)
    assert result.exit_code == 1
    assert list(found) == ["criteria", "coverage", "mutations", "suggestions", "not_found"]
    (condition,) = found["coverage"]
    assert condition == {
        "clause": "c",
        "role": "rule",
        "condition": "cases <= 3",
        "place": f"{thin}:{line_of_the_rule(thin)}:12",
        "never": ["unknown"],
        "no_case": ["at the boundary", "one step above"],
    }
    assert {"clause", "role", "edit", "after", "place"} == set(found["mutations"]["unnoticed"][0])
    assert {"clause", "verdict", "for", "yaml"} == set(found["suggestions"][0])


def test_what_cannot_be_found_is_told_apart_from_the_cases(run, tmp_path):
    path = tmp_path / "never.yaml"
    path.write_text(HEAD + one_rule("if border then cases <= 3 else border"), encoding="utf-8")
    result = run("test", path, "--suggest")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"# {path}: cases that no test has yet.")
    assert result.stderr == "test.set: the search found no case for c, rule: `border` is true\n"
