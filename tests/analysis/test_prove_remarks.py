"""Clauses that no record meets, that every record meets, or that others make redundant."""

from __future__ import annotations

import pytest

from ncriteria.sets.model import Clause, Combination, CriteriaSet, Group
from tests.analysis.generated_sets import TITLE, YEAR, clause, criteria_of

pytest.importorskip("z3")

from ncriteria.analysis.deadline import deadline_in
from ncriteria.analysis.proof.judging import SetInYear
from ncriteria.analysis.proof.prove_remarks import Remark, RemarkKind
from ncriteria.analysis.proof.solving.remarks import remarks
from ncriteria.sets.files.files import shipped_folder
from ncriteria.sets.loader import load_set


def _found(*clauses: Clause | Group, rule: str = "resolution") -> list[Remark]:
    return list(remarks(SetInYear(criteria_of(rule, *clauses), YEAR), deadline_in(30)).found)


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("crimes < 0", RemarkKind.NEVER_MET),
        ("crimes > 3 and crimes < 4", RemarkKind.NEVER_MET),
        ('status = "đạt" and status = "chưa đạt"', RemarkKind.NEVER_MET),
        ("accidents > 4", RemarkKind.NEVER_MET),
        ("crimes >= 0", RemarkKind.ALWAYS_MET),
        ("crimes > 3 or crimes <= 3", RemarkKind.ALWAYS_MET),
        ("accidents <= 4", RemarkKind.ALWAYS_MET),
    ],
)
def test_a_clause_that_says_nothing_is_remarked_on(rule: str, kind: RemarkKind) -> None:
    assert _found(clause("idle", rule)) == [Remark(kind, "idle")]


@pytest.mark.parametrize("rule", ["số_vụ = 0", "not known(số_vụ)", "số_vụ / (accidents - 5) > -1", None])
def test_a_clause_that_some_record_meets_and_some_fails_is_not(rule: str | None) -> None:
    assert _found(clause("useful", rule)) == []


def test_a_clause_that_never_applies_is_remarked_on() -> None:
    assert _found(clause("idle", "crimes = 0", "crimes < 0")) == [Remark(RemarkKind.NEVER_APPLIES, "idle")]


def test_a_clause_that_another_implies_is_redundant() -> None:
    found = _found(clause("strict", "crimes <= 3"), clause("lax", "crimes <= 5"))
    assert found == [Remark(RemarkKind.REDUNDANT, "lax", ("strict",))]


def test_a_clause_that_several_imply_together_is_redundant() -> None:
    found = _found(clause("this", "crimes <= 3"), clause("that", "số_vụ <= 2"), clause("both", "crimes + số_vụ <= 5"))
    assert found == [Remark(RemarkKind.REDUNDANT, "both")]


def test_two_equal_clauses_are_each_redundant_beside_the_other() -> None:
    found = _found(clause("one", "crimes <= 3"), clause("two", "crimes < 4"))
    assert found == [Remark(RemarkKind.REDUNDANT, "one", ("two",)), Remark(RemarkKind.REDUNDANT, "two", ("one",))]


def test_an_alternative_that_implies_another_is_redundant() -> None:
    members = (clause("g/wide", "crimes <= 3"), clause("g/narrow", "crimes = 0"))
    found = _found(Group("g", TITLE, Combination.ANY, members))
    assert [(remark.kind, remark.path) for remark in found] == [(RemarkKind.REDUNDANT, "g/narrow")]


def test_a_group_whose_members_contradict_each_other_can_never_be_met() -> None:
    members = (clause("g/few", "crimes <= 3"), clause("g/many", "crimes >= 5"))
    assert Remark(RemarkKind.NEVER_MET, "g") in _found(Group("g", TITLE, Combination.ALL, members))


def test_a_group_is_not_blamed_for_its_member() -> None:
    members = (clause("g/idle", "crimes < 0"), clause("g/useful", "accidents = 0"))
    found = [remark for remark in _found(Group("g", TITLE, Combination.ALL, members)) if remark.path.startswith("g")]
    assert found == [Remark(RemarkKind.NEVER_MET, "g/idle")]


def test_nothing_is_redundant_beside_a_clause_that_can_never_be_met() -> None:
    found = _found(clause("strict", "crimes <= 3"), clause("lax", "crimes <= 5"), clause("idle", "accidents > 4"))
    assert found == [Remark(RemarkKind.NEVER_MET, "idle")]


def test_what_is_not_decided_in_time_is_said() -> None:
    criteria: CriteriaSet = criteria_of("crimes <= 3", clause("other", "crimes <= 5"))
    assert remarks(SetInYear(criteria, YEAR), deadline_in(0)).undecided == tuple(
        member.path for member in criteria.members()
    )


@pytest.mark.parametrize("name", ["hd06-2022.commune", "hd04-2024.commune", "tan-hung.district"])
def test_the_shipped_sets_have_nothing_to_remark_on(name: str) -> None:
    criteria = load_set(shipped_folder() / f"{name}.yaml")
    assert remarks(SetInYear(criteria, criteria.years.first), deadline_in(30)).found == ()
