"""What a newcomer writes first is told in words that say what to write."""

from __future__ import annotations

from typing import Any

import pytest

import ncriteria as nc
from tests.case_files import cases

_FILE = """\
format: ncriteria/1
set:
  id: example.commune
  standard: example
  title: Example
  instrument: {number: 01/EXAMPLE, issuer: Example}
  years: {from: 2026}
  level: commune
facts:
  alarm: {title: Alarm, type: boolean}
clauses:
  group:
    title: Group
    at_least: {n: 1, of: [{id: a, title: a, rule: alarm, encodes: exact, cite: [{instrument: x}]}]}
  alarm: {title: Alarm, rule: alarm = true, encodes: exact, cite: [{instrument: y}]}
"""


@pytest.mark.parametrize("case", cases(__file__, "slips"))
def test_a_slip_is_told_with_what_to_write(case: dict[str, Any]) -> None:
    assert case["replaces"] in _FILE
    nc.loads(_FILE)
    with pytest.raises(nc.CriteriaError) as raised:
        nc.loads(_FILE.replace(case["replaces"], case["by"]))
    assert str(raised.value.problems[0]) == case["error"]
