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


@pytest.mark.usefixtures("english")
def test_a_set_that_leaves_nothing_untried_has_status_zero(run):
    result = run("test", DISTRICT, "--coverage", "--mutate")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("vn.tan-hung.targets.district: 7 of 7 conditions fully tested")
    assert " 0 unnoticed" in result.stdout


@pytest.mark.usefixtures("english")
def test_coverage_tells_the_place_and_what_is_missing(run, thin):
    result = run("test", thin, "--coverage")
    assert result.exit_code == 1
    assert result.stdout == (
        f"{thin}:{line_of_the_rule(thin)}:12: c, rule: cases <= 3\n"
        "       never unknown\n"
        "       no case at the boundary, one step above\n"
        "test.set: 0 of 1 conditions fully tested, 3 of 6 outcomes and boundary cases seen\n"
    )


@pytest.mark.usefixtures("english")
def test_mutate_tells_the_place_the_edit_and_the_edited_rule(run, thin):
    result = run("test", thin, "--mutate")
    assert (result.exit_code, result.stderr) == (1, "")
    told = (
        f"{thin}:{line_of_the_rule(thin)}:12: c, rule: `<=` becomes `<`: no test notices\n"
        "       cases < 3\n"
        "       given: {cases: 3}: c is met, with the edit not_met\n"
    )
    assert told in result.stdout
    assert result.stdout.splitlines()[-1] == (
        "test.set: 12 edits, 4 noticed, 3 unnoticed, 5 proved to change nothing, 0 not told apart by a search, "
        "0 not decided in time"
    )


@pytest.mark.usefixtures("english")
def test_suggested_cases_are_pasted_and_nothing_is_missing(run, thin):
    result = run("test", thin, "--mutate", "--suggest")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "confirm each against the law" in result.stdout
    text = thin.read_text(encoding="utf-8") + result.stdout
    thin.write_text(text, encoding="utf-8")
    assert run("test", thin).exit_code == 0
    assert run("test", thin, "--coverage", "--mutate").exit_code == 0


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("option", ["--coverage", "--mutate", "--suggest"])
def test_failed_tests_come_first_and_alone(run, thin, option):
    thin.write_text(thin.read_text(encoding="utf-8").replace("{c: met}", "{c: not_met}"), encoding="utf-8")
    result = run("test", thin, option)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "FAILED test.set under"
    assert result.stderr == "What the tests leave untested is told once they pass.\n"


def test_each_report_is_data_for_programs(run, thin):
    result = run("test", thin, "--coverage", "--mutate", "--suggest", "--json")
    (found,) = json.loads(result.stdout)["sets"]
    assert result.exit_code == 1
    assert list(found) == ["criteria", "coverage", "mutations", "suggestions", "not_found", "not_found_in_time"]
    (condition,) = found["coverage"]
    assert condition == {
        "clause": "c",
        "role": "rule",
        "condition": "cases <= 3",
        "place": f"{thin}:{line_of_the_rule(thin)}:12",
        "never": ["unknown"],
        "no_case": ["at the boundary", "one step above"],
    }
    assert found["mutations"]["unnoticed"][0] == {
        "clause": "c",
        "role": "rule",
        "edit": "`<=` becomes `<`",
        "after": "cases < 3",
        "place": f"{thin}:{line_of_the_rule(thin)}:12",
        "judged": "c",
        "row": ["given: {cases: 3}"],
        "verdict": "met",
        "verdict_with_edit": "not_met",
        "problem_with_edit": None,
    }
    assert (found["mutations"]["undecided"], found["mutations"]["all_edits_made"]) == ([], True)
    assert {"clause", "verdict", "for", "yaml"} == set(found["suggestions"][0])


@pytest.mark.usefixtures("english")
def test_what_cannot_be_found_is_told_apart_from_the_cases(run, tmp_path):
    path = tmp_path / "never.yaml"
    path.write_text(HEAD + one_rule("if border then cases <= 3 else border"), encoding="utf-8")
    result = run("test", path, "--suggest")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"# {path}: cases that no test has yet.")
    assert result.stderr == "test.set: the search found no case for c, rule: `border` is true\n"


@pytest.mark.usefixtures("english")
def test_an_edit_that_nothing_shows_and_nothing_proves_is_a_finding(run, tmp_path, monkeypatch):
    monkeypatch.setattr("ncriteria.analysis.rule_testing.mutation.proofs.solver_installed", lambda: False)
    tests = (
        "  - {id: at, given: {cases: 3}, expect: {c: met}}\n  - {id: over, given: {cases: 4}, expect: {c: not_met}}\n"
        "  - {id: unknown, given: {}, expect: {c: undetermined}}\n  - {id: under, given: {cases: 2}, expect: {c: met}}"
    )
    path = tmp_path / "twice.yaml"
    path.write_text(HEAD + one_rule("cases < 3 or cases = 3", tests), encoding="utf-8")
    result = run("test", path, "--mutate")
    assert result.exit_code == 1
    assert "c, rule: `=` becomes `<=`: not noticed, and no difference found on " in result.stdout
    assert (
        " 0 unnoticed, 5 proved to change nothing, 3 not told apart by a search, 0 not decided in time" in result.stdout
    )
    (found,) = json.loads(run("test", path, "--mutate", "--json").stdout)["sets"]
    assert ("`=` becomes `<=`", True) in [(one["edit"], one["in_time"]) for one in found["mutations"]["undecided"]]


@pytest.mark.usefixtures("english")
def test_what_is_not_decided_in_time_is_a_finding_and_not_called_harmless(run, tmp_path):
    rule = "count_true(" + ", ".join(f"cases * others > {number}" for number in range(60)) + ") >= 7"
    path = tmp_path / "long.yaml"
    path.write_text(HEAD + one_rule(rule), encoding="utf-8")
    result = run("test", path, "--mutate", "--timeout", "0.5")
    assert result.exit_code == 1
    assert ": not decided in time\n" in result.stdout
    assert ", 0 not decided in time" not in result.stdout
    cases = run("test", path, "--suggest", "--timeout", "0.0001")
    assert cases.exit_code == 1
    assert "test.set: no case was found in time for c, rule: `cases * others > 0` is true\n" in cases.stderr


@pytest.mark.usefixtures("english")
def test_a_rule_that_divides_is_edited_like_any_other(run, tmp_path):
    tests = (
        "  - {id: at, given: {cases: 3, others: 1}, expect: {c: met}}\n"
        "  - {id: over, given: {cases: 4, others: 1}, expect: {c: not_met}}"
    )
    path = tmp_path / "rate.yaml"
    path.write_text(HEAD + one_rule("cases / others <= 3", tests), encoding="utf-8")
    result = run("test", path, "--mutate")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "c, rule: `/` becomes `*`: no test notices\n       cases * others <= 3\n" in result.stdout


@pytest.mark.usefixtures("english")
def test_a_fixed_year_is_suggested_as_the_rule_writes_it(run, tmp_path):
    path = tmp_path / "base.yaml"
    path.write_text(
        HEAD
        + one_rule(
            "cases <= at(cases, 2019)", "  - {id: t, given: {cases: 1, at: {2019: {cases: 1}}}, expect: {c: met}}"
        ),
        encoding="utf-8",
    )
    result = run("test", path, "--mutate", "--suggest")
    assert "    given: {cases: 1, at: {2019: {cases: 0}}}\n" in result.stdout
    assert '    missing: [cases, "at(cases, 2019)"]\n' in result.stdout
    assert "years_ago" not in result.stdout
    path.write_text(path.read_text(encoding="utf-8") + result.stdout, encoding="utf-8")
    pasted = run("test", path)
    assert (pasted.exit_code, pasted.stdout.splitlines()[-1].endswith(" passed, 0 failed")) == (0, True)
