"""Rows of a table are judged by a function of their set where they are many: it holds to the reference."""

from __future__ import annotations

import pickle
import random
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.errors import NCriteriaError
from ncriteria.evaluation.compiled import compile_for_tables
from ncriteria.facts.table import said_until
from ncriteria.language.parser import parse
from ncriteria.language.tree import Ago, FactKey
from ncriteria.language.values import Interval
from ncriteria.sets.model import Clause, CriteriaSet, Encodes, FactType, Level, RollUp
from ncriteria.sets.sources import Citation, Instrument
from tests.engines.strategies import FACTS, TITLE, YEAR, YEARS, criteria_sets
from tests.engines.test_columns import tables

MANY = 160
"""Units of a table, so that each year has more rows than are judged before a function is made."""


def _as_offices_write(table: nc.FactTable, chance: random.Random) -> nc.FactTable:
    """The rows with bounds here and there, and with what they say of the year before."""
    return nc.FactTable(tuple(evolve(row, values=dict(_written(table, row, chance))) for row in table.rows))


def _written(table, row, chance):
    before = table.row(row.unit.id, row.year - 1)
    for key, value in row.values.items():
        is_count = FACTS[key.name].type is FactType.COUNT
        yield key, Interval(value, None) if is_count and chance.random() < 0.02 else value
        earlier = value if before is None else before.values.get(key, value)
        if chance.random() < 0.1:
            yield FactKey.of(key.name, Ago(1)), earlier


def _outcome(judge):
    try:
        return judge()
    except NCriteriaError as error:
        return [problem.code for problem in error.problems]


@settings(phases=(Phase.explicit, Phase.reuse, Phase.generate), max_examples=max(5, settings().max_examples // 8))
@given(st.data())
def test_the_function_gives_the_verdicts_of_the_reference_or_none(data):
    criteria = nc.Criteria(data.draw(criteria_sets()))
    table = _as_offices_write(data.draw(tables(units=8)), random.Random(data.draw(st.integers(0, 2**32))))
    judges = {year: compile_for_tables(criteria, year) for year in range(YEARS.first, YEARS.last + 1)}
    for one in nc.evaluate_rows(table, criteria):
        judge = judges.get(one.row.year)
        if judge is not None:
            said = said_until(table.rows_of(one.row.unit.id), one.row.year)
            found = judge(said.get(one.row.year, {}), said.get(one.row.year - 1, {}), said, {})
            assert found in (None, one.verdicts)
            assert found is None or one.problems == ()


def test_many_rows_get_the_verdicts_of_the_reference():
    criteria = _judging(f"{COUNT} <= prev_year * 0.95", f"1 / {COUNT} <= 3", "share >= 0.5 or index > 1")
    chance = random.Random(3)
    rows = [
        nc.FactRow(nc.Unit(f"u{number}"), year, dict(_drawn(chance)))
        for number in range(MANY)
        for year in range(YEAR - 2, YEAR + 1)
    ]
    table = _as_offices_write(nc.FactTable(tuple(rows)), chance)
    for one in nc.evaluate_rows(table, criteria):
        found = [problem.code for problem in one.problems] if one.verdicts is None else one.verdicts
        assert found == _outcome(lambda one=one: criteria.judge(one.record).verdicts)


def _drawn(chance):
    for name, high, scale in ((COUNT, 20, 1), ("share", 100, 100), ("index", 5, 3)):
        if chance.random() < 0.9:
            yield FactKey.of(name), Fraction(chance.randint(0, high), scale)


def _judging(*rules: str) -> nc.Criteria:
    cite = (Citation("1/TEST"),)
    clauses = tuple(Clause(f"c{number}", TITLE, parse(rule), Encodes.EXACT, cite) for number, rule in enumerate(rules))
    instrument = Instrument("1/TEST", TITLE)
    return nc.Criteria(CriteriaSet("test.one", "test", TITLE, instrument, YEARS, Level.COMMUNE, FACTS, {}, clauses))


COUNT = next(name for name, declared in FACTS.items() if declared.type is FactType.COUNT)


@pytest.mark.parametrize(
    ("rule", "said", "verdict"),
    [
        (f"{COUNT} <= prev_year * 0.95", {YEAR: {COUNT: Fraction(19)}, YEAR - 1: {COUNT: Fraction(20)}}, "met"),
        (f"{COUNT} <= prev_year * 0.95", {YEAR: {COUNT: Fraction(20)}, YEAR - 1: {COUNT: Fraction(20)}}, "not_met"),
        (f"{COUNT} <= prev_year * 0.95", {YEAR: {COUNT: Fraction(19)}}, "undetermined"),
        (f"{COUNT} < years_ago(2, {COUNT})", {YEAR: {COUNT: Fraction(1)}, YEAR - 2: {COUNT: Fraction(2)}}, "met"),
        ("share >= 0.95", {YEAR: {"share": Fraction(19, 20)}}, "met"),
        ("share >= 0.95", {YEAR: {"share": Fraction(94, 100)}}, "not_met"),
        ("floor(share * 100) = 95", {YEAR: {"share": Fraction(19, 20)}}, "met"),
        ("index > 1 / 3", {YEAR: {"index": Fraction(1, 3)}}, "not_met"),
        ("index > 1 / 3", {YEAR: {"index": Fraction(34, 100), "of_another_set": True}}, "met"),
    ],
)
def test_the_function_judges_exact_figures_by_itself(rule, said, verdict):
    judge = compile_for_tables(_judging(rule), YEAR)
    assert judge(said.get(YEAR, {}), said.get(YEAR - 1, {}), said, {}).verdict.value == verdict


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (f"{COUNT} <= 3", {COUNT: Interval(Fraction(3), None)}),
        (f"1 / {COUNT} <= 3", {COUNT: Fraction(0)}),
        (f"{COUNT} <= 3", {COUNT: Fraction(-1)}),
        ("share >= 0.95", {"share": Fraction(1, 3)}),
    ],
)
def test_bounds_and_what_has_no_value_are_left_to_the_reference(rule, said):
    assert compile_for_tables(_judging(rule), YEAR)(said, {}, {YEAR: said}, {}) is None


def test_the_grounds_of_a_row_are_worked_out_when_they_are_asked_for():
    criteria = _judging(f"{COUNT} <= prev_year * 0.95")
    rows = [
        nc.FactRow(nc.Unit(f"u{number}"), year, {FactKey.of(COUNT): Fraction(number % 23)})
        for number in range(MANY)
        for year in (YEAR - 1, YEAR)
    ]
    judged = list(nc.evaluate_rows(nc.FactTable(tuple(rows)), criteria))
    assert [one.verdicts for one in judged] == [one.result.verdicts for one in judged]
    assert [str(key) for key in judged[2].result.missing] == [f"prev_year.{COUNT}"]
    assert all(one.result is one.result for one in judged)
    assert pickle.loads(pickle.dumps(judged[-1])) == judged[-1]
    assert judged[0] != judged[-1]


def test_roll_ups_reach_the_function():
    share = RollUp(met=9, not_met=1, undetermined=0)
    judge = compile_for_tables(_judging('share_met(hamlet, "x") >= 0.9'), YEAR)
    assert judge({}, {}, {}, {("hamlet", "x"): share}).verdict is nc.Verdict.MET
