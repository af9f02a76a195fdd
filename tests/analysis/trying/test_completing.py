"""What TAB offers in a trial: whatever may stand where the line breaks off, with or without its accents."""

from __future__ import annotations

import unicodedata

import pytest

from ncriteria.analysis.trying.completing import BREAKS, completed
from ncriteria.analysis.trying.given_lines import TypedLine, read_given
from ncriteria.analysis.trying.trial import begun
from ncriteria.sets.loader import loads_set
from tests.sets.writing import file_text

SET = file_text(
    {
        "parameters": "parameters:\n  most: {title: Most, value: 3, cite: [{instrument: 01/EXAMPLE}]}",
        "facts": """\
facts:
  số_vụ: {title: Cases, type: count}
  số_vũ_khí: {title: Weapons, type: count}
  loại: {title: Kind, type: enumeration, options: [poor, rich]}
  has_plan: {title: Plan, type: boolean}""",
        "clauses": """\
clauses:
  safe:
    title: Safe
    all:
      - {id: fewer, title: Fewer, rule: "số_vụ < prev_year and số_vụ <= years_ago(2, số_vụ) + param.most",
         encodes: exact, cite: [{instrument: 01/EXAMPLE}]}
      - {id: kept, title: Kept, rule: 'số_vũ_khí = 0 and loại = "rich" and has_plan',
         encodes: exact, cite: [{instrument: 01/EXAMPLE}]}
      - {id: good, title: Good, encodes: not_encoded, cite: [{instrument: 01/EXAMPLE}]}""",
    }
)
ORDERS = ("show", "why", "test", "quit")
SETS = ("safe-standard", "vn.safe.2024")


@pytest.fixture(scope="module")
def trial():
    trial = begun(loads_set(SET))
    for line in ("prev_year.số_vụ = 3", "param.most = 4", "attest safe/good = met"):
        trial = trial.with_given(read_given(trial.criteria, TypedLine(line)))
    return trial


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("s", ["show", "số_vụ", "số_vũ_khí"]),
        ("số_vụ", ["số_vụ"]),
        (unicodedata.normalize("NFD", "số_vũ"), ["số_vũ_khí"]),
        ("so_vu_", ["số_vũ_khí"]),
        ("so_vu", []),  # two begin so: neither may put other letters in the place of those that were typed
        ("prev", ["prev_year.số_vụ"]),
        ("years", ["years_ago("]),
        ("years_ago(2, số_vũ", ["số_vũ_khí"]),
        ("param.", ["param.most"]),
        ("loại = ", ["poor", "rich"]),
        ('prev_year.loại = "r', ["rich"]),
        ("has_plan=t", ["true"]),
        ("số_vụ = ", []),
        ("số_vụ >= ", []),
        ("year = ", ["2024"]),
        ("why ", ["safe", "safe/fewer", "safe/kept", "safe/good"]),
        ("test name safe/k", ["safe/kept"]),
        ("attest s", ["safe/good"]),
        ("attest safe/good = ", ["met", "not_met"]),
        ("forget ", ["prev_year.số_vụ", "param.most", "attest"]),
        ("forget attest ", ["safe/good"]),
        ("set ", [*SETS]),
        ("given: {ha", ["has_plan"]),
        ("attested: {safe/g", ["safe/good"]),
        ("show me ", []),
    ],
)
def test_what_may_stand_there_is_offered(trial, typed, offered):
    start = max((typed.rfind(one) + 1 for one in BREAKS), default=0)
    assert completed(trial, typed[:start], typed[start:], ORDERS, SETS) == offered
