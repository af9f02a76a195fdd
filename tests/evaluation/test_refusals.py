"""What has no verdict is refused with a message that says where and what to do."""

from __future__ import annotations

import pytest

from ncriteria.evaluation.errors import EvaluationError
from tests.case_files import cases
from tests.evaluation.test_rules import criteria_of
from tests.evaluation.test_tables import judged


@pytest.mark.parametrize("case", cases(__file__, "refusals"))
def test_what_has_no_verdict_is_refused_as_the_case_says(case):
    assert str(_first_problem(case)) == case["error"]


def _first_problem(case):
    if "rows" in case:
        return next(judgement.problems[0] for judgement in judged(case["rows"]) if judgement.problems)
    given = {name: case[name] for name in ("prev_year", "earlier", "year") if name in case}
    with pytest.raises(EvaluationError) as caught:
        criteria_of(case).evaluate(case.get("given", {}), **given)
    return caught.value.problems[0]
