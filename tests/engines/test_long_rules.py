"""Rules as long and as deep as the limits allow, on every engine and as they are printed: none is too much."""

from __future__ import annotations

import warnings
from functools import cache

import duckdb
import polars as pl
import pytest

import ncriteria as nc
from ncriteria.evaluation.columns.table import RowByRowWarning
from ncriteria.evaluation.lowering import lower
from ncriteria.language.parser import parse
from ncriteria.language.printer import show
from tests.analysis.solved_records import fixed

pytest.importorskip("z3")

from ncriteria.analysis.deadline import NEVER, deadline_in
from ncriteria.analysis.proof.solving.sets import encode_set
from ncriteria.analysis.proof.solving.solver import Model, solve
from ncriteria.analysis.proof.solving.variables import Variables

SET = """\
format: ncriteria/1
set:
  id: test.long
  standard: test
  title: Test
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2018, to: 2030}
  level: commune
facts:
  a: {title: A, type: count}
  b: {title: B, type: count}
  t: {title: T, type: boolean}
clauses:
  c: {title: C, rule: "RULE", encodes: exact, cite: [{instrument: "1/TEST"}]}
"""


def _numbered(form, times, join):
    return join.join(form.replace("#", str(number)) for number in range(times))


RULES = {
    "or": _numbered("a = #", 650, " or "),
    "and": _numbered("a != #", 650, " and "),
    "not": f"not({_numbered('a > #', 650, ' or ')})",
    "any": f"any({_numbered('a = #', 650, ', ')})",
    "in": f"a in ({_numbered('#', 650, ', ')})",
    "sum": f"sum({_numbered('a', 400, ', ')}) > 3",
    "max": f"max({_numbered('a', 400, ', ')}) > 3",
    "count": f"count_true({_numbered('a = #', 120, ', ')}) >= 1",
    "else-if": _numbered("if b = # then a <= #", 95, " else ") + " else a = 0",
    "scale": f"a <= ({_numbered('if b <= # then #', 95, ' else ')} else 0)",
    "brackets": "(" * 95 + "a = 3" + ")" * 95,
    "nested": _numbered("(a = # or (t and ", 45, "") + "t" + "))" * 45,
}
FACTS = [{"a": 3, "b": 5, "t": True}, {"a": 900, "b": 5, "t": False}, {"b": 40}, {}]
FRAME = pl.DataFrame(
    [{"unit": f"u{number}", "year": 2021, **facts} for number, facts in enumerate(FACTS)],
    {"unit": pl.String, "year": pl.Int32, "a": pl.Int64, "b": pl.Int64, "t": pl.Boolean},
)
FEW = {"any", "sum", "scale", "nested"}
"""Rules of each kind, which what is slow with long ones tries in the quick run; the long runs try the others."""
rules = pytest.mark.parametrize("rule", [pytest.param(rule, id=name) for name, rule in RULES.items()])
few_rules = pytest.mark.parametrize(
    "rule", [pytest.param(rule, id=name, marks=() if name in FEW else pytest.mark.soak) for name, rule in RULES.items()]
)


@cache
def criteria_of(rule):
    return nc.loads(SET.replace("RULE", rule))


def by_record(criteria):
    return [criteria.evaluate(facts, year=2021)["c"].verdict.value for facts in FACTS]


@rules
def test_a_long_rule_is_read_printed_and_explained(rule):
    tree = parse(rule)
    assert parse(show(tree)) == tree
    assert hash(tree) == hash(parse(rule))
    assert repr(tree)
    for facts in FACTS:
        result = criteria_of(rule).evaluate(facts, year=2021)
        assert result.explain("en")
        assert parse(show(result.residual)) == result.residual


@rules
def test_a_long_rule_comes_out_alike_compiled_and_in_columns(rule):
    criteria = criteria_of(rule)
    compiled = nc.compile_criteria(criteria, 2021)
    assert [compiled(facts)["c"].value for facts in FACTS] == by_record(criteria)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RowByRowWarning)
        assert nc.evaluate_table(FRAME, criteria)["c"].to_list() == by_record(criteria)


@few_rules
def test_a_long_rule_comes_out_alike_on_duckdb(rule):
    criteria = criteria_of(rule)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RowByRowWarning)
        relation = nc.evaluate_table(duckdb.from_arrow(FRAME.to_arrow()), criteria)
    assert relation.pl().sort("unit")["c"].to_list() == by_record(criteria)


@few_rules
def test_a_long_rule_has_formulas_that_say_the_same(rule):
    criteria = criteria_of(rule)
    lowered = lower(criteria.definition, 2021)
    variables = Variables({name: (declared,) for name, declared in criteria.facts.items()}, 2021)
    status = encode_set(lowered, variables, NEVER).status("c")
    for facts, verdict in zip(FACTS, by_record(criteria), strict=True):
        values = criteria.record(facts, year=2021).values
        model = solve([*variables.domain, *fixed(variables, values, {})], deadline_in(20))
        assert isinstance(model, Model)
        assert model.truth(status.holds.true) is (verdict == "met")
        assert model.truth(status.holds.false) is (verdict == "not_met")


@pytest.mark.parametrize("name", ["sum", "max", "else-if", "scale", "nested"])
def test_a_long_rule_has_room(name):
    has_room(RULES[name])


@pytest.mark.parametrize("times", [200, pytest.param(650, marks=pytest.mark.soak)])
@pytest.mark.parametrize("form", ["or", "in"])
def test_a_rule_of_many_values_has_room(form, times):
    has_room(_numbered("a = #", times, " or ") if form == "or" else f"a in ({_numbered('#', times, ', ')})")


def has_room(rule):
    criteria = criteria_of(rule)
    found = nc.room(criteria, {"a": 3, "b": 5, "t": True}, year=2021, vary=["b"] if rule.startswith("if") else ["a"])
    assert found["c"].verdict.value == by_record(criteria)[0]


@pytest.mark.parametrize("times", [10, 20, 30])
def test_a_long_rule_under_a_long_condition_is_judged_however_long_they_are_together(times):
    rule, condition = _numbered("a / b > #", times, " or "), _numbered("b / a > #", times, " or ")
    criteria = nc.loads(SET.replace('rule: "RULE"', f'rule: "{rule}", applies_when: "{condition}"'))
    facts = {"a": 1, "b": 1}
    assert nc.compile_criteria(criteria, year=2022)(facts)["c"] is nc.Verdict.MET
    assert criteria.evaluate(facts, year=2022)["c"].verdict is nc.Verdict.MET
