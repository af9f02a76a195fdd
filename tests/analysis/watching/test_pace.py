"""How much of a year has passed at the end of a month, and what ten cases by then come to in the year."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ncriteria.analysis.watching.pace import elapsed
from ncriteria.facts.table import Month
from ncriteria.sets.years.windows import Window
from tests.case_files import cases


@pytest.mark.parametrize("case", cases(__file__, "pace"))
def test_the_part_of_the_year_that_has_passed(case):
    found = elapsed(Window(*case["window"]), case["year"], Month(*case["as_of"]), case.get("months_end"))
    if "passed" not in case:
        assert found is None
        return
    kind = "days" if found.in_days else "months"
    assert f"{found.passed} of {found.whole} {kind}" == case["passed"]
    assert found.projected(Fraction(10)) == Fraction(str(case["ten"]))
