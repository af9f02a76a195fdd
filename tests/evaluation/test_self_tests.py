"""Running the tests that a set carries, and what a failure says."""

from __future__ import annotations

import pytest

from ncriteria.evaluation.self_tests import run_tests
from ncriteria.sets.loader import loads_set
from tests.evaluation.test_rules import SET

RULE = "crimes <= prev_year * 0.95"
BASE = SET.replace('"RULE"', RULE).replace("MORE", "")


def failures(test):
    (outcome,) = run_tests(loads_set(f"{BASE}tests:\n  - {{id: t, {test}}}\n"))
    assert outcome.passed is not bool(outcome.failures)
    assert (outcome.criteria_id, outcome.test_id) == ("test.rules", "t")
    assert outcome.place is not None
    return list(outcome.failures)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("given: {crimes: 19, prev_year: {crimes: 20}}, expect: {c: met}", []),
        ("given: {crimes: 19}, expect: {c: undetermined}, missing: [prev_year.crimes]", []),
        ("given: {crimes: 19}, expect: {c: undetermined}, residual: 19 <= prev_year.crimes*0.950", []),
        ("given: {crimes: 19, prev_year: {crimes: 20}}, expect: {c: not_met}", ["c: expected not_met, found met"]),
        (
            "given: {crimes: 19}, expect: {c: undetermined}, missing: []",
            ["missing: expected nothing, found prev_year.crimes"],
        ),
        (
            "given: {crimes: 19, prev_year: {crimes: 20}}, expect: {c: met}, missing: [crimes]",
            ["missing: expected crimes, found nothing"],
        ),
        (
            "given: {crimes: 19}, expect: {c: undetermined}, residual: crimes = 0",
            ["residual: expected crimes = 0, found 19 <= prev_year.crimes * 0.95"],
        ),
        (
            "given: {crimes: 1, prev_year: {crimes: 0}}, expect: {c: met, is_met: not_met}, missing: [crimes]",
            [
                "c: expected met, found not_met",
                "is_met: expected not_met, found met",
                "missing: expected crimes, found nothing",
            ],
        ),
        (
            "year: 2031, given: {}, expect: {c: met}",
            ["test.rules holds for the assessment years 2018-2030, not for 2031"],
        ),
    ],
)
def test_a_failure_says_what_was_expected_and_what_was_found(test, expected):
    assert failures(test) == expected


def test_an_error_of_the_rule_is_a_failure():
    text = SET.replace('"RULE"', "crimes / units > 1").replace("MORE", "")
    text += "tests:\n  - {id: t, given: {crimes: 1, units: 0}, expect: {c: met}}\n"
    (outcome,) = run_tests(loads_set(text))
    assert outcome.failures == ('in "c": division by zero: `units` is 0',)


def test_a_test_may_set_parameters_shares_and_the_year():
    text = SET.replace('"RULE"', '"crimes <= at(crimes, 2019) * (1 - param.reduction)"').replace("MORE", "")
    text += """tests:
  - {id: a, year: 2021, given: {crimes: 95, at: {2019: {crimes: 100}}}, expect: {c: met}}
  - {id: b, year: 2021, given: {crimes: 95, years_ago: {2: {crimes: 100}}}, expect: {c: met}}
  - {id: c, year: 2020, parameters: {reduction: 6%},
     given: {crimes: 95, prev_year: {crimes: 100}}, expect: {c: not_met}}
"""
    assert [outcome.failures for outcome in run_tests(loads_set(text))] == [(), (), ()]
