"""Tests that take clauses as attested: what they show, and which edits they notice."""

from __future__ import annotations

from pathlib import Path

from ncriteria.analysis.cases import Row, judged, row_lines
from ncriteria.analysis.rule_testing.coverage import seen_by_test
from ncriteria.analysis.rule_testing.mutation.mutation import edits_of, noticed_by
from ncriteria.sets.loader import load_located, loads_set
from ncriteria.sets.model import CriteriaSet, Verdict
from tests.attested_sets import TEXT


def text_with(test: str) -> str:
    return f"{TEXT}tests:\n  - {{id: t, {test}}}\n"


def with_test(test: str) -> CriteriaSet:
    return loads_set(text_with(test))


def test_the_row_of_a_test_says_what_is_attested() -> None:
    criteria = with_test("given: {crimes: 1}, attested: {all/fire: met}, expect: {all/fire: met}")
    row = Row(criteria.tests[0].given, 2018, attested=criteria.tests[0].attested)
    assert row_lines(row) == ["year: 2018", "given: {crimes: 1}", "attested: {all/fire: met}"]
    assert judged(criteria, row)["after"].verdict is Verdict.MET


def test_an_attested_clause_shows_nothing_of_its_rule() -> None:
    test = "attested: {some/plan: met}, expect: {some/plan: met, after: met}"
    criteria = with_test(f"given: {{crimes: 0}}, {test}")
    assert {goal.path for goal in seen_by_test(criteria, criteria.tests[0])} == {"after"}


def test_an_edit_of_what_rests_on_an_attested_clause_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(text_with("given: {crimes: 1}, attested: {all/fire: met}, expect: {after: met}"), encoding="utf-8")
    located = load_located(path)
    noticed = {edit.after for edit in edits_of(located) if noticed_by(located.criteria, edit) is not None}
    assert 'met("all/fire") and crimes = 0' in noticed
    assert "crimes < prev_year(crimes)" not in noticed


def test_an_edit_that_the_attestation_of_its_clause_contradicts_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    test = "given: {effective: true, crimes: 4}, attested: {some/plan: met}, expect: {some/plan: met}"
    path.write_text(text_with(test), encoding="utf-8")
    located = load_located(path)
    noticed = {edit.after for edit in edits_of(located) if noticed_by(located.criteria, edit) is not None}
    assert "effective and crimes < 4" in noticed
