from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings

from ncriteria.analysis.rule_testing.coverage import coverage_of
from ncriteria.analysis.rule_testing.mutation.survivors import mutations_of
from ncriteria.analysis.rule_testing.suggest import Suggestion, case_lines, suggest
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.language.tree import Expr
from ncriteria.sets.loader import LocatedSet, loads_set
from ncriteria.testing import expressions
from tests.rule_sets import HEAD, located_set, one_rule

RULES = [
    "cases <= 3",
    "cases <= prev_year * 0.95",
    "rate in [50..95]",
    'border and (signed or status = "good")',
    'if param.reading = "wide" then cases <= 3 else cases <= others',
    "decreasing(cases, 3)",
    'decided <= @"2024-03-18"',
    "sum(cases, others) * 10 >= 7 * prev_year(others)",
    'cases < prev_year or (param.open = "pass" and cases = prev_year)',
    "count_true(border, signed, cases = 0) >= 2",
]


def _with_cases(located: LocatedSet, text: str, cases: tuple[Suggestion, ...]) -> LocatedSet:
    """The set with the suggested cases pasted into its text."""
    pasted = "\n".join(line for index, case in enumerate(cases) for line in case_lines(case, f"suggested-{index}"))
    return LocatedSet(loads_set(text.replace("  []", pasted), file=located.criteria.source), {})


@pytest.mark.parametrize("rule", RULES)
def test_the_suggested_cases_pass_and_cover_the_rule(rule: str, tmp_path: Path) -> None:
    text = one_rule(rule)
    located = located_set(tmp_path, text)
    suggested = suggest(coverage_of(located))
    assert suggested.not_found == ()
    completed = _with_cases(located, HEAD + text, suggested.cases)
    assert all(outcome.passed for outcome in run_tests(completed.criteria))
    assert coverage_of(completed).is_full


def test_a_case_beside_a_limit_shows_what_the_condition_comes_out_as_too(tmp_path: Path) -> None:
    suggested = suggest(coverage_of(located_set(tmp_path, one_rule("cases <= 3"))))
    assert [[line for line in case_lines(case, "x") if "given" in line] for case in suggested.cases] == [
        ["    given: {cases: 2}"],
        ["    given: {cases: 4}"],
        ["    given: {}"],
        ["    given: {cases: 3}"],
    ]


@pytest.mark.parametrize("rule", RULES)
def test_the_cases_of_survivors_pass_and_leave_no_survivor(rule: str, tmp_path: Path) -> None:
    text = one_rule(rule)
    located = located_set(tmp_path, text)
    survivors = mutations_of(located).survivors
    assert survivors
    completed = _with_cases(located, HEAD + text, tuple(one.case for one in survivors))
    assert all(outcome.passed for outcome in run_tests(completed.criteria))
    assert mutations_of(completed).survivors == ()


def test_a_value_that_is_suggested_for_an_enumeration_is_one_of_its_options(tmp_path: Path) -> None:
    located = located_set(tmp_path, one_rule("status = prev_year.status"))
    suggested = suggest(coverage_of(located)).cases
    assert suggested
    assert all(isinstance(value, str) for case in suggested for value in case.row.facts.values())


_BASE = loads_set(HEAD + one_rule("cases <= 3"))


@settings(max_examples=settings().max_examples // 10)
@given(expressions(_BASE))
def test_what_is_suggested_for_any_rule_is_what_the_evaluator_says(rule: Expr) -> None:
    clause = evolve(_BASE.clauses[0], rule=rule)
    located = LocatedSet(evolve(_BASE, clauses=(clause,)), {})
    coverage = coverage_of(located)
    for case in suggest(coverage, most=150).cases[:3]:
        shown = case_lines(case, "x")
        test = loads_set(HEAD + one_rule("cases <= 3").replace("  []", "\n".join(shown))).tests[0]
        (outcome,) = run_tests(evolve(located.criteria, tests=(test,)))
        assert outcome.passed, outcome.failures
