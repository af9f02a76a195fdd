"""The exported decisions are those of the library, as an engine of FEEL that shares nothing with it decides them.

FEEL has no bounds and no error, so what is decided by a bound, or has no value, may be left open. It is never
contradicted, and where every fact is known it is decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.analysis.cases import Row, judged
from ncriteria.language import tree as t
from ncriteria.language.queries import walk
from ncriteria.sets.model import WHOLE_SET, CriteriaSet
from ncriteria.testing import expressions, facts_for
from tests.dmn.deciding import decided, path_names, row_of
from tests.engines.test_rules_on_every_engine import CASES, YEAR, Given, wanted
from tests.evaluation.test_rules import criteria_of
from tests.outside.installed import installed

pytestmark = pytest.mark.node
SETS = nc.catalog().sets.sets
BINARY = "feelin computes in binary floating point, where DMN asks for 34 decimal digits"
CALENDAR = "a day that would lie beyond the calendar is its last or first day here"
BOUNDS = "what its bounds alone decide counts as not known, as the export says"
LIMITS = {
    "0.1 + 0.2 = 0.3": BINARY,
    "1 - 9 / 10 >= 0.1": BINARY,
    "1 / 3 = 0.3333333333333333333333333333333333": BINARY,
    "round_half_up(1.005, 2) = 1.01": BINARY,
    'decided_on + 30 = @"9999-12-31"': CALENDAR,
    'decided_on - 400 = @"0001-01-01"': CALENDAR,
    "known(crimes * 0)": BOUNDS,
}


@pytest.fixture(autouse=True)
def _feelin():
    installed("feelin")


def _is_open_or_same(verdict: str, expected: str, row: Mapping[str, object]) -> bool:
    """Whether a decision is what the library says, or is left open where something is not known or has no value."""
    if verdict == "undetermined":
        return expected not in ("met", "not_met", "not_applicable") or None in row.values()
    return verdict == expected or expected.startswith("NC")


def test_every_case_of_a_rule_comes_out_as_the_library_has_it_or_is_left_open():
    models = []
    for case in CASES:
        criteria = criteria_of(case)
        record = Given(case).record(criteria)
        models.append((criteria.definition, [row_of(criteria.definition, record.values, record.shares, YEAR)]))
    limits = set()
    for case, (_, (row,)), (found,) in zip(CASES, models, decided(models), strict=True):
        if not _is_open_or_same(found["c_c"]["verdict"], wanted(case), row):
            limits.add(case["rule"])
    assert limits == set(LIMITS)


FEW = settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
"""One call of Node decides all that an example draws, and an example is not made smaller: that would take long."""


@pytest.mark.parametrize("criteria", SETS, ids=lambda one: one.id)
@FEW
@given(data=st.data())
def test_a_shipped_set_decides_generated_facts_as_the_library_does(criteria, data):
    rows = data.draw(st.lists(facts_for(criteria, parameters=False), min_size=4, max_size=4))
    _compare([(criteria, rows)])


@FEW
@given(data=st.data())
def test_generated_rules_decide_generated_facts_as_the_library_does(data):
    declared = criteria_of({"rule": "true"}).definition
    drawn = []
    for rule in data.draw(st.lists(expressions(declared).filter(_is_exact_in_binary), min_size=5, max_size=10)):
        criteria = criteria_of({"rule": nc.show(rule)}).definition
        rows = data.draw(st.lists(facts_for(criteria, paths=["c"], parameters=False), min_size=2, max_size=2))
        drawn.append((criteria, [row for row in rows if _is_whole(row)]))
    _compare(drawn)


def _is_exact_in_binary(rule: t.Expr) -> bool:
    """Whether binary floating point has every number of a rule, and what is computed of whole numbers."""
    nodes = list(walk(rule))
    numbers = (node.value for node in nodes if isinstance(node, t.Number))
    divides = any(isinstance(node, t.Arithmetic) and node.op is t.ArithmeticOp.DIV for node in nodes)
    means = any(isinstance(node, t.Call) and node.function is t.Function.MEAN for node in nodes)
    return not divides and not means and all(Fraction(float(one)) == one for one in numbers)


def _is_whole(row: Row) -> bool:
    numbers = (one for one in row.facts.values() if isinstance(one, Fraction))
    return all(one.denominator == 1 for one in numbers)


def _compare(drawn: Sequence[tuple[CriteriaSet, Sequence[Row]]]) -> None:
    asked = [
        (criteria, [row_of(criteria, row.facts, row.shares, row.year) for row in rows]) for criteria, rows in drawn
    ]
    for (criteria, rows), (_, inputs), decisions in zip(drawn, asked, decided(asked), strict=True):
        for row, known, found in zip(rows, inputs, decisions, strict=True):
            for path, name in path_names(criteria).items():
                expected, verdict = _expected(criteria, row, path), found[name]["verdict"]
                assert _is_open_or_same(verdict, expected, known), (criteria.id, path, verdict, expected, row)


def _expected(criteria: CriteriaSet, row: Row, path: str) -> str:
    try:
        result = judged(criteria, row)
    except nc.EvaluationError as error:
        return error.problems[0].code
    return (result.verdict if path == WHOLE_SET else result[path].verdict).value
