"""A conditional of which neither branch has a value, under a condition that is not known."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ncriteria.analysis.slicing import sliced
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.lowering import lower
from ncriteria.evaluation.records.judging import judge
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.records.tracing import trace
from ncriteria.language.parser import parse
from ncriteria.language.tree import FactKey
from ncriteria.language.values import UNKNOWN, Undefined
from ncriteria.sets.model import Combination, Group
from tests.analysis.generated_sets import TITLE, YEAR, clause, criteria_of


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


def test_a_rule_without_a_value_is_an_error_where_the_group_around_it_was_left_out() -> None:
    group = Group("group", TITLE, Combination.ALL, (clause("group/rate", "1 / crimes >= 1"),))
    part = sliced(criteria_of("true", group), ["group/rate"])
    with pytest.raises(EvaluationError, match="NC303"):
        judge(lower(part, YEAR), Record({FactKey("crimes"): Fraction(0)}, YEAR))
