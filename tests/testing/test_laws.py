"""The laws hold of the shipped sets, and are broken, readably, where a rule does not keep them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings

import ncriteria as nc
from ncriteria.testing import LawBroken, TestingError, laws
from tests.rule_sets import HEAD, one_rule

SHIPPED = nc.catalog().sets.sets
HD06 = nc.catalog()["vn.bca.hd06-2022.commune"]
DISTRICT = nc.catalog()["vn.tan-hung.targets.district"]
shipped = pytest.mark.parametrize("criteria", SHIPPED, ids=lambda criteria: criteria.id)


@pytest.fixture(autouse=True)
def _few_examples() -> Any:
    """Laws run with the number of examples of the profile; here a smaller one, for speed."""
    before = settings.default
    settings.register_profile("laws", parent=before, max_examples=before.max_examples // 4)
    settings.load_profile("laws")
    yield
    settings.register_profile("before", parent=before)
    settings.load_profile("before")


def criteria(rule: str, extra: str = "") -> nc.Criteria:
    return nc.loads(HEAD + one_rule(rule, extra=extra))


@shipped
def test_a_decided_verdict_of_a_shipped_set_stays_when_more_becomes_known(criteria: nc.CriteriaSet) -> None:
    laws.knowledge_monotone(criteria)


@shipped
def test_stricter_edits_of_a_shipped_set_only_shrink_what_is_met(criteria: nc.CriteriaSet) -> None:
    laws.stricter_edits_only_shrink(criteria)


def test_more_crime_never_helps_and_more_crime_before_never_hurts() -> None:
    laws.never_more_met(HD06, "19.2/crime", as_grows="crime_cases")
    laws.never_less_met(HD06, "19.2/crime", as_grows="prev_year.crime_cases")
    laws.never_more_met(HD06, "19.2", as_grows="grave_crime_cases")


def test_more_settled_complaints_never_hurt_and_only_the_share_counts() -> None:
    laws.never_less_met(DISTRICT, "targets/complaints", as_grows="complaints_settled")
    laws.scale_invariant(DISTRICT, "targets/complaints")


def test_a_truth_grows_from_false_to_true() -> None:
    laws.never_less_met(criteria("border or cases = 0"), "c", as_grows="border")
    with pytest.raises(LawBroken, match="met, then not met as `border` grows"):
        laws.never_less_met(criteria("not border"), "c", as_grows="border")


def test_a_broken_law_shows_the_rule_the_plainest_rows_and_the_verdicts() -> None:
    with pytest.raises(LawBroken) as broken:
        laws.never_less_met(criteria("cases <= 3"), "c", as_grows="cases")
    lines = str(broken.value).splitlines()
    assert lines[:3] == ['"c" is met, then not met as `cases` grows', "  c, rule: cases <= 3", "  year: 2021"]
    assert lines[4::3] == ["    c: met", "    c: not_met"]
    smaller, larger = (int(line.removeprefix("  given: {cases: ").removesuffix("}")) for line in lines[3::3])
    assert smaller <= 3 < larger


def test_an_edit_that_loosens_a_rule_is_no_stricter_rule() -> None:
    old, new = criteria("cases <= prev_year * param.limit"), criteria("cases <= prev_year * param.limit + 1")
    laws.only_stricter(new, old)
    with pytest.raises(LawBroken, match='"c" is met under the new set, and not under the old'):
        laws.only_stricter(old, new)


def test_a_parameter_alone_can_make_a_set_looser() -> None:
    text = HEAD + one_rule("cases <= prev_year * param.limit")
    old, new = nc.loads(text), nc.loads(text.replace("value: 5%", "value: 10%"))
    laws.only_stricter(new, old)
    with pytest.raises(LawBroken, match=r"param\.limit: 10%"):
        laws.only_stricter(old, new)


def test_a_threshold_of_its_own_does_not_scale() -> None:
    laws.scale_invariant(criteria("cases * 2 <= others"), "c")
    with pytest.raises(LawBroken, match=r'"c" changes when .* are multiplied by'):
        laws.scale_invariant(criteria("cases <= others + 3"), "c", ["cases", "others"])


def test_a_rule_that_looks_at_knowledge_is_passed_over_and_refused_by_name() -> None:
    rules = criteria("known(cases)")
    laws.knowledge_monotone(rules)
    with pytest.raises(TestingError, match="looks at what is known"):
        laws.knowledge_monotone(rules, "c")


@pytest.mark.parametrize(
    ("path", "fact", "message"),
    [
        ("c", "others", '"c" does not use the fact `others`\n  hint: it uses: cases'),
        ("c", "cases + 1", '"c" does not use the fact `cases + 1`'),
        ("d", "cases", 'test.set has no clause "d"'),
        ("C", "cases", 'test.set has no clause "C"\n  hint: did you mean `c`?'),
    ],
)
def test_a_law_of_something_else_is_refused(path: str, fact: str, message: str) -> None:
    with pytest.raises(TestingError) as refused:
        laws.never_less_met(criteria("cases <= 3"), path, as_grows=fact)
    assert message in str(refused.value)
    assert refused.value.problems[0].code == "NC502"
