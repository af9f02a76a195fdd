"""Tests that a set carries, of what attestations decide."""

from __future__ import annotations

import pytest

from ncriteria.errors import NCriteriaError
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.sets.loader import loads_set
from ncriteria.sets.model import CriteriaSet
from tests.attested_sets import TEXT


def with_test(test: str) -> CriteriaSet:
    return loads_set(f"{TEXT}tests:\n  - {{id: t, {test}}}\n")


@pytest.mark.parametrize(
    ("test", "failures"),
    [
        ("given: {crimes: 1, prev_year: {crimes: 1}}, attested: {all/fire: met}, expect: {all: met, after: met}", ()),
        ("given: {crimes: 1, prev_year: {crimes: 1}}, expect: {all: undetermined}, missing: []", ()),
        ("given: {crimes: 1}, attested: {all/fire: not_met}, expect: {all: not_met, all/fire: not_met}", ()),
        ("given: {border: true}, attested: {some/gate: met, some/plan: met}, expect: {some: met}", ()),
        ("given: {}, attested: {some/gate: not_applicable}, expect: {some/gate: not_applicable}", ()),
        (
            "given: {crimes: 1}, attested: {all/fire: met}, expect: {all: met}",
            ("all: expected met, found undetermined; missing: prev_year.crimes",),
        ),
        (
            "given: {effective: false}, attested: {some/plan: met}, expect: {some/plan: met}",
            ('"some/plan" (line 35, column 11) is attested as met, and the facts say that it is not met',),
        ),
    ],
)
def test_a_test_may_take_clauses_as_attested(test: str, failures: tuple[str, ...]) -> None:
    (outcome,) = run_tests(with_test(test))
    assert outcome.failures == failures


@pytest.mark.parametrize(
    ("attested", "said"),
    [
        ("{all/crime: met}", '"all/crime" is not decided by attestations'),
        ("{all: met}", '"all" is not decided by attestations'),
        ("{effective: met}", "`effective` is a fact, and no clause"),
        ("{all/fir: met}", 'there is no clause "all/fir"'),
        ("{all/fire: undetermined}", "an attestation decides: met, not_met or not_applicable"),
    ],
)
def test_what_no_attestation_decides_is_refused(attested: str, said: str) -> None:
    with pytest.raises(NCriteriaError) as refused:
        with_test(f"given: {{}}, attested: {attested}, expect: {{after: met}}")
    assert [(one.code, one.message) for one in refused.value.problems] == [("NC123", said)]
    assert refused.value.problems[0].hint is not None
