"""How one rule stands to another: relations and their witnesses, kept as data."""

from __future__ import annotations

import time
from typing import Any

import pytest

from ncriteria.analysis.cases import row_lines
from ncriteria.analysis.deadline import deadline_in
from ncriteria.analysis.proof.judging import TwoSets
from ncriteria.analysis.proof.prove import ProofError, prove, relate
from ncriteria.analysis.proof.relation import WHOLE, ClauseRelation, Relation, Way, Witness
from ncriteria.analysis.proof.relation_years import settings
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.sets.model import Combination, CriteriaSet, FactDeclaration, FactType, Group
from tests.analysis.generated_sets import TITLE, YEAR, clause, criteria_of, declarations
from tests.case_files import cases

pytest.importorskip("z3")


def _related(old: CriteriaSet, new: CriteriaSet, path: str = "rule", seconds: float = 5) -> ClauseRelation:
    (setting,) = settings(old, new, YEAR)
    return relate(TwoSets.of(setting), path, path, deadline_in(seconds))


def _told(witness: Witness) -> str:
    rows = ", ".join(row_lines(witness.row, with_year=False))
    return f"{rows}, old: {witness.old.verdict.value}, new: {witness.new.verdict.value}"


@pytest.mark.parametrize("case", cases(__file__, "relations"))
def test_a_rule_stands_to_another_as_it_should(case: dict[str, Any]) -> None:
    found = _related(criteria_of(case["old"]), criteria_of(case["new"]))
    assert found.proved
    assert found.relation is Relation(case["relation"])
    assert found.when_complete is Relation(case.get("complete", case["relation"]))
    if "witnesses" in case:
        assert {witness.way.value: _told(witness) for witness in found.witnesses} == case["witnesses"]
        assert all(witness.smallest for witness in found.witnesses)


_ONE_WAY = [case for case in cases(__file__, "relations") if case.values[0]["relation"] in ("stricter", "looser")]


@pytest.mark.parametrize("case", _ONE_WAY)
def test_the_other_way_round_stricter_is_looser(case: dict[str, Any]) -> None:
    found = _related(criteria_of(case["new"]), criteria_of(case["old"]))
    assert found.relation is (Relation.LOOSER if case["relation"] == "stricter" else Relation.STRICTER)


def test_an_irrational_number_is_no_witness() -> None:
    facts = {**declarations(), "rate": FactDeclaration("rate", TITLE, FactType.NUMBER)}
    found = _related(criteria_of("rate * rate = 2", facts=facts), criteria_of("false", facts=facts))
    assert found.relation is Relation.STRICTER
    assert [_told(witness) for witness in found.witnesses] == ["given: {}, old: undetermined, new: not_met"]
    assert found.when_complete is None


def test_an_exemption_that_goes_makes_a_clause_stricter() -> None:
    old = criteria_of("true", clause("exempt", "crimes = 0", "has_border"))
    new = criteria_of("true", clause("exempt", "crimes = 0"))
    found = _related(old, new, "exempt")
    assert found.relation is Relation.STRICTER
    assert [_told(witness) for witness in found.witnesses] == [
        "given: {has_border: false, crimes: 1}, old: not_applicable, new: not_met"
    ]


def test_met_in_place_of_not_applicable_is_another_verdict_that_passes_as_much() -> None:
    old = criteria_of("true", clause("exempt", "has_border or crimes = 0", "not has_border"))
    new = criteria_of("true", clause("exempt", "has_border or crimes = 0"))
    found = _related(old, new, "exempt")
    assert (found.relation, found.proved) == (Relation.NEITHER, True)
    (witness,) = found.witnesses
    assert witness.way is Way.OTHERWISE


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((Combination.ALL, None), (Combination.ANY, None), Relation.LOOSER),
        ((Combination.ANY, None), (Combination.AT_LEAST, 1), Relation.EQUIVALENT),
        ((Combination.AT_LEAST, 2), (Combination.AT_LEAST, 1), Relation.LOOSER),
        ((Combination.AT_LEAST, 1), (Combination.AT_LEAST, 2), Relation.STRICTER),
    ],
)
def test_groups_are_related_as_they_are_judged(
    before: tuple[Combination, int | None], after: tuple[Combination, int | None], expected: Relation
) -> None:
    members = (clause("g/a", "crimes = 0"), clause("g/b", "accidents = 0"))
    old, new = (
        criteria_of("true", Group("g", TITLE, combination, members, minimum))
        for combination, minimum in (before, after)
    )
    assert _related(old, new, "g").relation is expected


def test_a_clause_that_is_not_encoded_stays_undetermined_in_a_proof() -> None:
    old, new = criteria_of("true", clause("open", None)), criteria_of("true", clause("open", "crimes = 0"))
    found = _related(old, new, "open")
    assert found.relation is Relation.NEITHER
    assert {_told(witness) for witness in found.witnesses} == {
        "given: {crimes: 1}, old: undetermined, new: not_met",
        "given: {crimes: 0}, old: undetermined, new: met",
    }


def test_the_whole_set_is_related_as_the_group_of_its_clauses() -> None:
    found = _related(criteria_of("crimes <= 3"), criteria_of("crimes <= 2"), WHOLE)
    assert (found.relation, found.proved) == (Relation.STRICTER, True)


def test_a_rule_that_the_solver_does_not_decide_in_time_is_searched_for_and_said_to_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from ncriteria.analysis.proof.solving.solver import NoModel

    monkeypatch.setattr("ncriteria.analysis.proof.solving.pairs.solve", lambda *_: NoModel.UNDECIDED)
    started = time.monotonic()
    found = _related(criteria_of("crimes * accidents <= 600"), criteria_of("crimes * accidents <= 500"), seconds=2)
    assert time.monotonic() - started < 10
    assert not found.proved
    assert found.searched > 20


def test_without_the_solver_a_relation_rests_on_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ncriteria.analysis.proof.prove.solver_installed", lambda: False)
    found = _related(criteria_of("crimes <= prev_year * 0.95"), criteria_of("crimes <= prev_year * 0.9"))
    assert (found.relation, found.proved) == (Relation.STRICTER, False)
    assert found.searched > 100
    assert [witness.way for witness in found.witnesses] == [Way.STRICTER]
    both = _related(criteria_of("crimes <= 3"), criteria_of("accidents <= 3"))
    assert (both.relation, both.proved) == (Relation.NEITHER, True)


def test_a_search_says_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ncriteria.analysis.proof.prove.solver_installed", lambda: False)
    old, new = criteria_of("crimes <= prev_year * 0.95"), criteria_of("crimes <= prev_year * 0.9")
    assert _related(old, new, seconds=60) == _related(old, new, seconds=60)


def test_prove_needs_the_solver_and_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ncriteria.analysis.proof.prove.solver_installed", lambda: False)
    with pytest.raises(ProofError, match=r"(?s)NC401.*pip install 'ncriteria\[prove\]'"):
        prove(criteria_of("true"), criteria_of("true"))


def test_prove_refuses_a_path_that_the_sets_do_not_share() -> None:
    with pytest.raises(ProofError, match='NC403 the sets do not share a clause "ruel"'):
        prove(criteria_of("true"), criteria_of("true"), paths=["ruel"])


def test_prove_refuses_a_year_that_the_new_set_does_not_hold_for() -> None:
    with pytest.raises(EvaluationError, match="NC301"):
        prove(criteria_of("true"), criteria_of("true"), year=2050)
