"""Results as plain data: what programs read must not change unnoticed."""

from __future__ import annotations

import json

import pytest

from ncriteria.report.results import plain_judgement
from tests.case_files import cases
from tests.evaluation.test_tables import judged


@pytest.mark.parametrize("case", cases(__file__, "plain"))
def test_a_judgement_as_plain_data_is_what_the_case_says(case):
    found = [plain_judgement(judgement, case["language"]) for judgement in judged(case["rows"])]
    assert json.loads(json.dumps(found)) == case["expected"]
