"""A conditional of which neither branch has a value, under a condition that is not known."""

from __future__ import annotations

import pytest

from ncriteria.evaluation.tracing import trace
from ncriteria.language.parser import parse
from ncriteria.language.values import UNKNOWN, Undefined


@pytest.mark.parametrize(
    "rule",
    [
        "(if resolution then 1 / 0 else 2 / 0) + 1 > 2",
        "-(if resolution then 1 / 0 else 2 / 0) > 2",
        "if resolution then 1 / 0 > 1 else 2 / 0 > 1",
    ],
)
def test_a_conditional_without_a_value_in_either_branch_has_none_whatever_its_condition(rule: str) -> None:
    assert isinstance(trace(parse(rule), lambda _: UNKNOWN).value, Undefined)


def test_a_conditional_with_a_value_in_one_branch_is_not_known() -> None:
    assert trace(parse("if resolution then 1 / 0 > 1 else 2 > 1"), lambda _: UNKNOWN).value is UNKNOWN
