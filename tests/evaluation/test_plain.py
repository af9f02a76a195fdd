"""Results as plain data: what programs read must not change unnoticed."""

from __future__ import annotations

import json

import pytest

from ncriteria.report.records.results import Judgements
from ncriteria.report.structure import TellingContext, plain_object
from tests.case_files import cases
from tests.evaluation.test_tables import judged


@pytest.mark.parametrize("case", cases(__file__, "plain"))
def test_a_judgement_as_plain_data_is_what_the_case_says(case):
    found = plain_object(Judgements(tuple(judged(case["rows"]))), TellingContext(case["language"]))["judgements"]
    assert json.loads(json.dumps(found)) == case["expected"]
