from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.analysis.cases import Row, judged, row_lines
from ncriteria.analysis.telling.boundaries import is_possible
from ncriteria.language.check import check
from ncriteria.language.parser import parse
from ncriteria.language.printer import show
from ncriteria.language.tree import Expr, FactKey
from ncriteria.language.values import Interval, Unknown
from ncriteria.sets.loader import loads_set
from ncriteria.sets.model import Verdict
from ncriteria.sets.validation import scope_of
from ncriteria.testing import Edit, edits_of, expressions, facts_for
from tests.rule_sets import HEAD, one_rule, with_cap

RULES = loads_set(HEAD + one_rule('cases <= prev_year * 0.95 and rate >= 0.95 and border and param.open = "pass"'))
BY_OPTION = loads_set(HEAD + with_cap(one_rule("cases <= param.cap[status]")))
"""A set with a dated limit by the option of a fact."""
LEANING = loads_set(HEAD + one_rule('prev_year(met("c")) or met("other:c") and cases <= 3'))
"""A set that leans on its own verdict of the year before, and on one of another standard."""
SHIPPED = nc.catalog().sets.sets
COMMUNE = nc.catalog()["vn.bca.hd06-2022.commune"]
EASY = settings(max_examples=max(6, settings().max_examples // 12), suppress_health_check=list(HealthCheck))


def search(strategy: Any, wanted: Any) -> Any:
    """The first value found, with one seed, so that what is found does not depend on luck."""
    some = settings(max_examples=3000, database=None, phases=[Phase.generate])
    return find(strategy, wanted, settings=some, random=Random(1))


def key(text: str) -> FactKey:
    expr = parse(text)
    return expr.key  # type: ignore[union-attr]


@EASY
@given(st.sampled_from(SHIPPED).flatmap(lambda one: st.tuples(st.just(one), facts_for(one, bounds=True))))
def test_every_row_fits_the_declarations_and_can_be_judged(case: tuple[nc.CriteriaSet, Row]) -> None:
    criteria, row = case
    for fact, value in row.facts.items():
        if isinstance(value, Fraction):
            assert is_possible(criteria.facts[fact.name], value)
    assert row.year in criteria.years
    judged(criteria, row)


OF_DAYS = loads_set(HEAD + one_rule("decided + 1 <= prev_year.decided and decided - prev_year.decided > 3"))


@EASY
@given(facts_for(OF_DAYS))
def test_rules_of_days_have_rows_too(row: Row) -> None:
    assert {fact.name for fact in row.facts} <= {"decided"}
    judged(OF_DAYS, row)


@EASY
@given(facts_for(RULES, bounds=True))
def test_a_row_reads_back_from_its_yaml(row: Row) -> None:
    lines = "\n".join(f"    {line}" for line in row_lines(row))
    verdict = judged(RULES, row)["c"].verdict.value
    test = f"  - id: t\n{lines}\n    expect: {{c: {verdict}}}"
    (read,) = loads_set(HEAD + one_rule("cases = 0").replace("  []", test)).tests
    assert (read.given, read.parameters, read.year) == (row.facts, row.parameters, row.year)


def test_rows_hold_zeros_blanks_ties_boundaries_bounds_and_values_of_parameters() -> None:
    rows = facts_for(RULES, bounds=True)
    cases, before = key("cases"), key("prev_year(cases)")

    def numbers(row: Row) -> tuple[Fraction, Fraction] | None:
        pair = row.facts.get(cases), row.facts.get(before)
        return pair if all(isinstance(value, Fraction) and value > 0 for value in pair) else None  # type: ignore[return-value]

    search(rows, lambda row: row.facts.get(cases) == 0)
    search(rows, lambda row: cases not in row.facts and before in row.facts)
    search(rows, lambda row: (pair := numbers(row)) is not None and pair[0] == pair[1] * Fraction(19, 20))
    search(rows, lambda row: (pair := numbers(row)) is not None and 0 < pair[0] - pair[1] * Fraction(19, 20) < 1)
    search(rows, lambda row: row.facts.get(key("rate")) == Fraction(94, 100))
    search(rows, lambda row: isinstance(row.facts.get(cases), Interval))
    search(rows, lambda row: row.parameters.get("open") == "pass")
    search(rows, lambda row: row.year == 2023)


def test_every_verdict_of_a_clause_is_found() -> None:
    rows = facts_for(COMMUNE, paths=["19.2/crime"])
    for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED):
        search(rows, lambda row, verdict=verdict: judged(COMMUNE.definition, row)["19.2/crime"].verdict is verdict)


def test_without_blanks_and_parameters_every_fact_is_known_and_the_set_as_it_is() -> None:
    @EASY
    @given(facts_for(RULES, blanks=False, parameters=False))
    def known(row: Row) -> None:
        assert len(row.facts) == 4
        assert row.parameters == {}
        assert not any(isinstance(value, (Interval, Unknown)) for value in row.facts.values())

    known()


def test_a_row_shrinks_to_the_facts_that_matter() -> None:
    rows = facts_for(RULES, parameters=False)
    row = find(rows, lambda row: judged(RULES, row)["c"].verdict is Verdict.NOT_MET)
    assert len(row.facts) == 1


@pytest.mark.parametrize("criteria", [*SHIPPED, RULES, BY_OPTION, LEANING], ids=lambda criteria: criteria.id)
def test_expressions_are_well_typed_over_the_facts_of_the_set(criteria: nc.CriteriaSet) -> None:
    scope = scope_of(criteria)

    @EASY
    @given(expressions(criteria))
    def well_typed(expr: Expr) -> None:
        assert check(expr, scope) == []
        assert parse(show(expr)) == expr

    well_typed()


def test_expressions_are_over_facts_of_every_type() -> None:
    wanted = ("border", "status", "decided", "cases", "rate", "param.limit", "count_true", "prev_year", "decreasing")
    for name in wanted:
        search(expressions(RULES), lambda expr, name=name: name in show(expr))


def test_expressions_take_a_limit_by_the_option_of_a_fact_in_any_year_and_never_without_one() -> None:
    for name in ("param.cap[status]", "param.cap[prev_year.status]"):
        search(expressions(BY_OPTION), lambda expr, name=name: name in show(expr))


def test_expressions_and_rows_take_verdicts_of_other_years_and_standards() -> None:
    for name in ('met_years("', 'met("other:c")'):
        search(expressions(LEANING), lambda expr, name=name: name in show(expr))
    asked = {key('prev_year(met("c"))'), key('met("other:c")')}
    for verdict in (Verdict.MET, Verdict.NOT_MET):
        row = search(facts_for(LEANING), lambda row, verdict=verdict: judged(LEANING, row)["c"].verdict is verdict)
        assert asked & row.facts.keys()


@EASY
@given(edits_of(COMMUNE))
def test_edits_differ_from_the_set_and_say_in_what(edit: Edit) -> None:
    assert edit.criteria != COMMUNE.definition
    assert edit.what
    assert edit.before != edit.after
    judged(edit.criteria, Row({}, 2021))


def test_without_hypothesis_the_message_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "import ncriteria.testing as testing\n"
        "try: testing.facts_for\n"
        "except testing.TestingError as error: print(error)\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout == (
        "NC501 `ncriteria.testing.facts_for` needs the package hypothesis, which is not installed\n"
        "  hint: install it with: pip install 'ncriteria[testing]'\n"
    )


def test_the_plugin_loads_neither_hypothesis_nor_the_language() -> None:
    program = (
        "import sys, ncriteria.testing.plugin\n"
        "print([name for name in sys.modules if name.startswith(('hypothesis', 'lark', 'yaml'))])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_a_name_that_is_not_there_is_told() -> None:
    from ncriteria import testing

    with pytest.raises(AttributeError, match="has no attribute 'fact_for'"):
        _ = testing.fact_for  # type: ignore[attr-defined]


def test_a_strategy_is_shown_by_what_it_draws_from() -> None:
    assert repr(facts_for(SHIPPED[0])).endswith(".flatmap(rows_of)")


def test_conditions_and_edits_are_shown_in_a_word() -> None:
    assert [repr(expressions(COMMUNE)), repr(edits_of(COMMUNE))] == ["conditions()", "edits()"]


def test_an_error_of_the_user_inside_a_strategy_is_shown_as_it_is() -> None:
    @settings(max_examples=5)
    @given(facts_for(COMMUNE).map(lambda row: row.year // 0))
    def holds(_: int) -> None:
        pass

    with pytest.raises(ZeroDivisionError):
        holds()
