"""Rows that show what an edit changes: found by a search along the rules, or by the solver."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from attrs import evolve

from ncriteria.analysis.deadline import deadline_in
from ncriteria.analysis.rule_testing.mutation import survivors
from ncriteria.analysis.rule_testing.mutation.mutation import edits_of
from ncriteria.analysis.rule_testing.mutation.proofs import solver_prover
from ncriteria.analysis.rule_testing.mutation.survivors import Listener, Mutations, Survivor, mutations_of
from ncriteria.analysis.rule_testing.suggest import case_lines
from ncriteria.errors import Problem
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.sets.loader import LocatedSet, loads_set
from tests.case_files import cases
from tests.rule_sets import HEAD, located_set, one_rule

LAST_DAY = (
    "parameters:\n  last_day: {title: L, type: date, cite: [{instrument: T1}], "
    "values: [{from: 2021, value: 2021-03-31}, {from: 2022, value: 2022-06-30}]}\n"
)


def _body(rule: str, tests: str = "") -> str:
    return one_rule(rule, tests).replace("parameters:\n", LAST_DAY, 1)


@pytest.fixture(scope="module", params=cases(__file__, "mutation_rows"))
def edited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[LocatedSet, Mutations]:
    """The set of a case, and what comes of its edits where the solver helps, if there is one."""
    located = located_set(tmp_path_factory.mktemp("case"), _body(request.param["rule"]))
    return located, mutations_of(located, solver_prover(), deadline=deadline_in(60))


def test_a_search_shows_a_row_for_every_edit_that_changes_a_verdict(edited: tuple[LocatedSet, Mutations]) -> None:
    if solver_prover() is None:
        pytest.skip("z3 says which edits change nothing")
    located, proved = edited
    searched, harmless = mutations_of(located), {one.edit.what for one in proved.unchanged}
    assert [one.edit.what for one in searched.undecided if one.edit.what not in harmless] == []


def test_the_case_of_a_survivor_passes_as_the_rule_is_and_fails_once_it_is_edited(
    edited: tuple[LocatedSet, Mutations], request: pytest.FixtureRequest
) -> None:
    rule = request.node.callspec.params["edited"]["rule"]
    for survivor in edited[1].survivors:
        tested = loads_set(HEAD + _body(rule, "\n".join(case_lines(survivor.case, "x"))))
        (outcome,) = run_tests(tested)
        assert outcome.passed, outcome.failures
        (edited_outcome,) = run_tests(evolve(survivor.edit.criteria, tests=tested.tests))
        assert not edited_outcome.passed


def test_the_record_of_the_solver_is_the_case_where_the_search_comes_to_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("z3")
    inner = "if rate > 70 then plain <= 3 else plain <= 4"
    rule = f"if cases > 5000 then (if others > 6000 then ({inner}) else border) else signed"
    located = located_set(tmp_path, _body(rule))
    edits = [edit for edit in edits_of(located) if edit.what == "`70` becomes `71`"]
    monkeypatch.setattr(survivors, "edits_of", lambda _: iter(edits))
    assert [one.edit for one in mutations_of(located).undecided] == edits
    assert [one.edit for one in mutations_of(located, solver_prover()).survivors] == edits


def test_an_edit_that_has_no_value_where_the_rule_has_one_is_shown_as_such(tmp_path: Path) -> None:
    pytest.importorskip("z3")
    tests = "  - {id: t, given: {cases: 1, others: 1}, expect: {c: met}}"
    (survivor,) = [
        one
        for one in mutations_of(located_set(tmp_path, _body("cases * others >= 0", tests)), solver_prover()).survivors
        if one.edit.what == "`*` becomes `/`"
    ]
    assert isinstance(survivor.after, Problem)
    assert survivor.after.message == 'in "c": division by zero: `others` is 0'
    assert survivor.case.verdict.value == "met"


def test_an_edit_that_only_another_reading_shows_is_no_harmless_one(tmp_path: Path) -> None:
    pytest.importorskip("z3")
    rule = 'param.reading = "wide" or cases <= 3'
    mutations = mutations_of(located_set(tmp_path, _body(rule)), solver_prover())
    (survivor,) = [one for one in mutations.survivors if one.edit.what == "`3` becomes `4`"]
    assert survivor.case.row.parameters == {"reading": "narrow"}


def test_an_edit_that_shows_in_what_rests_on_the_clause_is_shown_there(tmp_path: Path) -> None:
    pytest.importorskip("z3")
    extra = "applies_when: signed\n"
    other = '  top: {title: T, rule: met("c"), encodes: exact, cite: [{instrument: T1}]}\ntests:\n'
    text = one_rule("border or not border", extra=extra).replace("tests:\n", other)
    mutations = mutations_of(located_set(tmp_path, text), solver_prover())
    assert mutations.undecided == ()
    assert {one.case.path for one in mutations.survivors} <= {"c", "top"}


def test_a_case_is_one_that_every_rule_of_the_set_can_judge(tmp_path: Path) -> None:
    other = "  rate: {title: R, rule: rate / cases <= 3, encodes: exact, cite: [{instrument: T1}]}\ntests:\n"
    text = one_rule("cases <= 0 or others <= 3").replace("tests:\n", other)
    located = located_set(tmp_path, text)
    for survivor in mutations_of(located).survivors:
        pasted = text.replace("  []", "\n".join(case_lines(survivor.case, "x")))
        (outcome,) = run_tests(loads_set(HEAD + pasted))
        assert outcome.passed, outcome.failures


def test_what_is_found_is_told_at_once_and_how_much_is_done(tmp_path: Path) -> None:
    found, done = [], []
    listener = Listener(found.append, lambda number, total: done.append((number, total)))
    mutations = mutations_of(located_set(tmp_path, _body("cases <= 3")), listener=listener)
    assert tuple(found) == mutations.findings
    total = len(mutations.findings) + mutations.noticed
    assert done == [(number, total) for number in range(total + 1)]


@pytest.mark.parametrize(
    "rule",
    [
        "count_true(" + ", ".join(f"cases <= {number} * others" for number in range(14)) + ") >= 7",
        "others <= " + "".join(f"(if cases <= {100 * n} then {n} else " for n in range(16)) + "99" + ")" * 16,
        " or ".join(f"cases = {number} and others * rate <= {number}" for number in range(120)),
    ],
    ids=["count", "scale", "or"],
)
def test_the_time_that_is_given_is_kept_and_what_is_left_is_not_called_harmless(rule: str, tmp_path: Path) -> None:
    located = located_set(tmp_path, _body(rule))
    started = time.monotonic()
    mutations = mutations_of(located, solver_prover(), deadline=deadline_in(0.3))
    assert time.monotonic() - started < 8
    assert not mutations.is_full
    left = [one for one in mutations.undecided if not one.in_time]
    assert all(one.reason.startswith("not decided in time") for one in left)
    assert len(mutations.survivors) + len(mutations.undecided) + len(mutations.unchanged) == len(mutations.findings)
    assert left or all(isinstance(one, Survivor) for one in mutations.findings if one.edit.same_because is None)
