"""A set that extends another takes over the tests of what is the same in both, and says what has none of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

import ncriteria as nc
from ncriteria.analysis.lint.warnings import lint
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.sets.files.digest import digest_of
from tests.overlay_sets import NATIONAL, PROVINCE, province

TESTS = """\
tests:
  - {id: few, given: {cases: 10}, expect: {calm/crime: met}}
  - {id: patrol, given: {patrol: true}, expect: {calm/measures: met, calm/measures/patrol: met}}
  - {id: lights, given: {lights: false}, expect: {calm/measures/lights: not_met}, missing: []}
  - {id: dark, given: {}, expect: {calm/measures/lights: undetermined}, missing: [lights], residual: lights}
  - {id: plan, given: {plan: true}, expect: {calm/plan: met}}
  - {id: of-the-year-before, year: 2024, given: {lights: true}, expect: {calm/measures/lights: met}}
  - {id: of-a-later-year, year: 2026, given: {lights: true}, expect: {calm/measures/lights: met}}
  - {id: whole, given: {cases: 1, patrol: true}, expect: {calm: undetermined, calm/plan: undetermined}, missing: [plan]}
"""


def taken_over(folder: Path, **files: str) -> dict[str, tuple[dict[str, str], object]]:
    criteria = province(folder, **{"national": NATIONAL + TESTS, **files}).definition
    assert all(outcome.passed for outcome in run_tests(criteria))
    return {
        test.id: ({path: one.value for path, one in test.expect.items()}, test.missing) for test in criteria.inherited
    }


def test_what_a_test_expects_of_unchanged_clauses_is_taken_over(tmp_path: Path) -> None:
    assert taken_over(tmp_path) == {
        "patrol": ({"calm/measures/patrol": "met"}, None),
        "lights": ({"calm/measures/lights": "not_met"}, ()),
        "dark": ({"calm/measures/lights": "undetermined"}, (nc.FactKey("lights"),)),
        "of-a-later-year": ({"calm/measures/lights": "met"}, None),
    }


def test_a_set_that_changes_nothing_but_its_years_takes_over_all(tmp_path: Path) -> None:
    unchanged = PROVINCE.split("changes:")[0] + "changes: []\n"
    found = taken_over(tmp_path, province=unchanged.replace("{from: 2025}", "{from: 2024}"))
    assert list(found) == ["few", "patrol", "lights", "dark", "plan", "of-the-year-before", "of-a-later-year", "whole"]
    assert found["whole"][1] == (nc.FactKey("plan"),)


@pytest.mark.parametrize(
    ("rule", "is_taken"),
    [
        ("cases <= 10", True),
        ("cases <= at(cases, 2019)", True),
        ("cases <= at(cases, 2022) + 20", False),
        ("cases >= 0 and assessment_year < 2030", False),
    ],
)
def test_a_rule_that_looks_at_its_year_is_not_tried_in_another(rule: str, is_taken: bool, tmp_path: Path) -> None:
    national = (NATIONAL + TESTS).replace("rule: cases <= param.most", f"rule: {rule}")
    given = "{cases: 10, at: {2019: {cases: 12}}}" if "2019" in rule else "{cases: 10, years_ago: {2: {cases: 1}}}"
    changes = PROVINCE.split("changes:")[0] + "changes:\n  - {remove: calm/plan, cite: [{instrument: 2/LONG-AN}]}\n"
    found = taken_over(tmp_path, national=national.replace("given: {cases: 10}", f"given: {given}"), province=changes)
    assert ("few" in found) is is_taken


def test_the_next_set_takes_over_what_the_one_before_took_over(tmp_path: Path) -> None:
    text = (
        PROVINCE.split("changes:")[0].replace("calm.long-an", "calm.district").replace("national.yaml", "province.yaml")
    )
    province(tmp_path, national=NATIONAL + TESTS, district=text + "changes: []\n")
    district = nc.load(tmp_path / "district.yaml").definition
    assert {(test.id, test.inherited_from) for test in district.inherited} >= {("lights", "calm.national")}


def test_what_is_not_taken_over_is_named_by_the_set_that_carries_it(tmp_path: Path) -> None:
    text = PROVINCE.split("changes:")[0].replace("calm.long-an", "calm.district")
    change = "changes:\n  - {remove: calm/measures/lights, cite: [{instrument: 3/DISTRICT}]}\n"
    district = text.replace("national.yaml", "province.yaml") + change
    of_province = province(tmp_path, national=NATIONAL + TESTS, district=district).definition
    of_district = nc.load(tmp_path / "district.yaml").definition
    left_out = ("few", "plan", "of-the-year-before", "whole")
    assert of_province.not_inherited == {"calm.national": left_out}
    assert of_district.not_inherited == {"calm.national": (*left_out, "lights", "dark", "of-a-later-year")}


def test_a_test_names_what_it_expects_that_the_set_is_not_asked_for(tmp_path: Path) -> None:
    criteria = province(tmp_path, national=NATIONAL + TESTS).definition
    found = {one.test_id: one.left_out for one in run_tests(criteria) if one.inherited_from is not None}
    assert found == {"patrol": ("calm/measures",), "lights": (), "dark": (), "of-a-later-year": ()}


def test_what_is_taken_over_is_told_and_changes_no_digest(tmp_path: Path) -> None:
    with_tests = province(tmp_path, national=NATIONAL + TESTS).definition
    assert run_tests(with_tests)[-1].inherited_from == "calm.national"
    assert digest_of(with_tests) == digest_of(province(tmp_path).definition)


def test_a_clause_that_a_change_makes_another_wants_a_test_of_its_own(tmp_path: Path) -> None:
    told = [one for one in lint(province(tmp_path, national=NATIONAL + TESTS).definition) if one.code == "NC135"]
    assert [one.message for one in told] == [
        'no test expects a verdict of "calm/measures/cameras"',
        'no test expects a verdict of "calm", which the change of `calm/plan` makes another',
        'no test expects a verdict of "calm/crime", which the change of `most` makes another',
        'no test expects a verdict of "calm/measures", which the change of `calm/measures` makes another',
    ]
