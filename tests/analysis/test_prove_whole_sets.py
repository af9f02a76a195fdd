"""Whole sets of groups within groups, against every record of a small domain."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ncriteria.analysis.cases import Row
from ncriteria.analysis.proof.common_facts import declared_facts
from ncriteria.analysis.proof.judging import TwoSets
from ncriteria.analysis.proof.relation import WHOLE, Way
from ncriteria.analysis.proof.relation_years import settings as year_settings
from ncriteria.language.tree import FactKey
from ncriteria.sets.model import Clause, Combination, CriteriaSet, Group
from tests.analysis.generated_sets import TITLE, YEAR, clause, criteria_of, declarations

pytest.importorskip("z3")

from ncriteria.analysis.deadline import deadline_in
from ncriteria.analysis.proof.solving.pairs import prove_pair

_FACTS = {**declarations(), "crimes": evolve(declarations()["crimes"], maximum=Fraction(2))}
_DOMAIN = {
    FactKey("crimes"): (Fraction(0), Fraction(1), Fraction(2), None),
    FactKey("has_border"): (False, True, None),
    FactKey("resolution"): (False, True, None),
}
_RULES = ("crimes = 0", "crimes <= 1", "has_border", "not resolution", "resolution and crimes > 0", "1 / crimes >= 1")
_CONDITIONS = (None, None, "has_border", "resolution or crimes = 0", "1 / crimes >= 0")
clauses = st.builds(
    lambda rule, when: ("clause", rule, when), st.sampled_from((*_RULES, None)), st.sampled_from(_CONDITIONS)
)


def _groups(inner: st.SearchStrategy[tuple[object, ...]]) -> st.SearchStrategy[tuple[object, ...]]:
    members = st.lists(inner, min_size=1, max_size=3)
    kinds = st.sampled_from(Combination)
    return st.builds(
        lambda kind, parts, when, minimum, counts: ("group", kind, parts, when, minimum, counts),
        kinds,
        members,
        st.sampled_from(_CONDITIONS),
        st.integers(1, 3),
        st.booleans(),
    )


trees = st.recursive(clauses, _groups, max_leaves=5)


def _member(tree: Sequence[object], path: str) -> Clause | Group:
    match tree:
        case ("clause", rule, when):
            return clause(path, rule, when)  # type: ignore[arg-type]
        case ("group", Combination() as kind, list() as parts, when, int() as minimum, bool() as counts):
            members = tuple(_member(part, f"{path}/{index}") for index, part in enumerate(parts))
            own = min(minimum, len(members)) if kind is Combination.AT_LEAST else None
            condition = clause("", "true", when).applies_when  # type: ignore[arg-type]
            return Group(path, TITLE, kind, members, own, counts and own is not None, condition)
        case _:
            raise AssertionError(tree)


def _set(name: str, tree: Sequence[object]) -> CriteriaSet:
    return evolve(criteria_of("true", facts=_FACTS, name=name), clauses=(_member(tree, "top"),))


@given(trees, trees)
@settings(max_examples=settings().max_examples // 2)
def test_whole_sets_are_related_as_every_record_shows(old: Sequence[object], new: Sequence[object]) -> None:
    (setting,) = year_settings(_set("test.old", old), _set("test.new", new), YEAR)
    both = TwoSets.of(setting).pair(WHOLE, WHOLE)
    found = prove_pair(both, declared_facts(both.old.lowered, both.new.lowered), deadline_in(10))
    ways = set()
    for values in product(*_DOMAIN.values()):
        held = {key: value for key, value in zip(_DOMAIN, values, strict=True) if value is not None}
        witness = both.witness(Row(held, YEAR))
        if witness is not None:
            ways.add(witness.way)
    if ways & {Way.STRICTER, Way.LOOSER}:
        ways.discard(Way.OTHERWISE)
    assert found.proved
    assert {witness.way for witness in found.witnesses} == ways
