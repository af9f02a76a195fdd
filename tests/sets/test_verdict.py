"""A verdict is the text that files, tables and JSON have."""

from __future__ import annotations

import json

import pytest

from ncriteria import Verdict


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_its_text(verdict):
    assert verdict == verdict.value
    assert (str(verdict), f"{verdict}", f"{verdict:>15}") == (verdict.value, verdict.value, f"{verdict.value:>15}")
    assert json.dumps({verdict: [verdict]}) == f'{{"{verdict.value}": ["{verdict.value}"]}}'
    assert Verdict(verdict.value) is verdict
    assert repr(verdict) == f"<Verdict.{verdict.name}: '{verdict.value}'>"
