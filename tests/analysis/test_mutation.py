from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ncriteria.analysis.cases import Row, judged
from ncriteria.analysis.rule_testing.mutation.edits import Direction
from ncriteria.analysis.rule_testing.mutation.mutation import Edit, edits_of, noticed_by
from ncriteria.analysis.rule_testing.mutation.proofs import solver_prover
from ncriteria.analysis.rule_testing.mutation.survivors import mutations_of
from ncriteria.analysis.rule_testing.suggest import case_lines
from ncriteria.analysis.slicing import sliced
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.sets.files.files import criteria_files, shipped_folder
from ncriteria.sets.loader import LocatedSet, load_located, loads_set
from ncriteria.testing import facts_for
from tests.case_files import cases
from tests.rule_sets import HEAD, located_set, one_rule

GROUP = """facts:
  a: {title: A, type: boolean}
  b: {title: B, type: boolean}
  d: {title: D, type: count}
clauses:
  g:
    title: G
    KIND
      - {id: a, title: A, rule: a, encodes: exact, cite: [{instrument: T1}]}
      - {id: b, title: B, rule: b, encodes: exact, cite: [{instrument: T1}]}
      - {id: d, title: D, rule: d = 0, encodes: exact, cite: [{instrument: T1}]}
tests:
"""


@pytest.mark.parametrize("case", cases(__file__, "mutation"))
def test_a_rule_is_edited_in_every_way_that_an_author_could_slip(case: dict[str, Any], tmp_path: Path) -> None:
    located = located_set(tmp_path, one_rule(case["rule"], extra=case.get("extra", "")))
    made = [edit.what for edit in edits_of(located) if edit.role != "parameter"]
    assert [edit for edit in case["edits"] if edit not in made] == []


def test_the_edited_rule_and_its_place_are_told(tmp_path: Path) -> None:
    located = located_set(tmp_path, one_rule("border and cases <= 3"))
    edit = next(edit for edit in edits_of(located) if edit.what == "`<=` becomes `<`")
    assert (edit.path, edit.role, edit.before, edit.after) == (
        "c",
        "rule",
        "border and cases <= 3",
        "border and cases < 3",
    )
    assert edit.place is not None
    assert edit.place.line_text is not None
    assert edit.place.line_text[edit.place.column - 1 :].startswith("cases <= 3")


def test_parameters_are_edited_by_a_step_or_to_another_value(tmp_path: Path) -> None:
    made = [(edit.path, edit.what) for edit in edits_of(located_set(tmp_path, one_rule("cases <= 3")))]
    assert [edit for edit in made if edit[0] in ("limit", "reading", "open")] == [
        ("limit", "`5%` becomes `4%`"),
        ("limit", "`5%` becomes `6%`"),
        ("reading", "`wide` becomes `narrow`"),
        ("open", "`unknown` becomes `pass`"),
        ("open", "`unknown` becomes `fail`"),
    ]


@pytest.mark.parametrize(
    ("kind", "edits"),
    [
        ("all:", ["`all` becomes `any`", '"g/a" does not count', '"g/b" does not count', '"g/d" does not count']),
        ("any:", ["`any` becomes `all`", '"g/a" does not count', '"g/b" does not count', '"g/d" does not count']),
        (
            "at_least:",
            [
                "`n: 2` becomes `n: 1`",
                "`n: 2` becomes `n: 3`",
                "`not_applicable: counts` is added",
                '"g/a" does not count',
                '"g/b" does not count',
                '"g/d" does not count',
            ],
        ),
    ],
)
def test_groups_are_edited_in_kind_minimum_and_members(kind: str, edits: list[str], tmp_path: Path) -> None:
    made = [edit.what for edit in edits_of(located_set(tmp_path, _group(kind))) if edit.role == "group"]
    assert made == edits


def _group(kind: str, tests: str = "  []\n") -> str:
    if kind != "at_least:":
        return GROUP.replace("KIND", kind) + tests
    lines = GROUP.replace("KIND", "at_least:\n      n: 2\n      of:").splitlines()
    return "\n".join("  " + line if line.startswith("      - ") else line for line in lines) + "\n" + tests


def test_a_member_that_does_not_count_is_noticed_only_by_a_verdict_of_the_group(tmp_path: Path) -> None:
    of_member = "  - {id: t, given: {a: false}, expect: {g/a: not_met}}\n"
    of_group = "  - {id: t, given: {a: false}, expect: {g: not_met}}\n"
    for tests, noticed in ((of_member, None), (of_group, "t")):
        located = located_set(tmp_path, _group("all:", tests))
        edit = next(edit for edit in edits_of(located) if edit.what == '"g/a" does not count')
        test = noticed_by(located.criteria, edit)
        assert (test.id if test else None) == noticed


def test_a_group_whose_members_are_not_tested_leaves_survivors_with_short_cases(tmp_path: Path) -> None:
    located = located_set(tmp_path, _group("all:"))
    (survivor,) = [one for one in mutations_of(located).survivors if one.edit.what == '"g/d" does not count']
    assert {str(key): value for key, value in survivor.case.row.facts.items()} == {"d": 1}
    assert survivor.case.verdict.value == "not_met"


def test_what_the_declared_ranges_make_the_same_is_proved(tmp_path: Path) -> None:
    mutations = mutations_of(located_set(tmp_path, one_rule("cases = 0")))
    proved = {one.edit.what: one.reason for one in mutations.unchanged if one.edit.role == "rule"}
    assert proved == {"`=` becomes `<=`": "`cases` is never less than `0`, by the declared ranges"}


def test_a_parameter_that_no_rule_uses_changes_nothing(tmp_path: Path) -> None:
    mutations = mutations_of(located_set(tmp_path, one_rule("cases <= param.limit * 100")))
    unused = {one.edit.path: one.reason for one in mutations.unchanged if one.edit.role == "parameter"}
    assert unused == {"reading": "no rule uses `param.reading`", "open": "no rule uses `param.open`"}


def test_what_a_search_cannot_tell_apart_is_no_proof(tmp_path: Path) -> None:
    mutations = mutations_of(located_set(tmp_path, one_rule("cases < 3 or cases = 3")))
    (searched,) = [one for one in mutations.undecided if one.edit.what == "`=` becomes `<=`"]
    assert searched.in_time
    assert searched.reason == (
        f"not noticed, and no difference found on {searched.searched} rows; a search, not a proof"
    )
    assert not mutations.is_full


def test_a_prover_decides_what_a_search_cannot(tmp_path: Path) -> None:
    located = located_set(tmp_path, one_rule("cases < 3 or cases = 3"))
    mutations = mutations_of(located, prover=lambda criteria, edit, deadline: f'"{edit.path}" is the same')
    (proved,) = [one for one in mutations.unchanged if one.edit.what == "`=` becomes `<=`"]
    assert proved.reason == '"c" is the same'


@cache
def _shipped() -> list[LocatedSet]:
    return [load_located(path) for path in criteria_files(shipped_folder())]


@cache
def _same() -> list[tuple[Any, Edit]]:
    """The edits of the shipped sets that are said to change nothing."""
    return [(one.criteria, edit) for one in _shipped() for edit in edits_of(one) if edit.same_because is not None]


@settings(max_examples=settings().max_examples)
@given(
    st.deferred(lambda: st.sampled_from(_same())).flatmap(
        lambda case: st.tuples(st.just(case), facts_for(case[0], paths=[case[1].path], bounds=True))
    )
)
def test_an_edit_that_is_proved_to_change_nothing_changes_nothing(case: tuple[tuple[Any, Edit], Row]) -> None:
    (criteria, edit), row = case
    before, after = judged(criteria, row)[edit.path], judged(edit.criteria, row)[edit.path]
    assert before.verdict is after.verdict


def test_every_edit_of_a_shipped_set_can_be_judged() -> None:
    for located in _shipped():
        row = Row({}, located.criteria.years.first)
        for edit in edits_of(located):
            judged(sliced(edit.criteria, edit.paths), row)


def test_tests_that_pass_notice_no_edit_of_another_clause(tmp_path: Path) -> None:
    text = one_rule("cases <= 3", "  - {id: t, given: {cases: 3}, expect: {c: met}}").replace(
        "tests:\n", "  other: {title: O, rule: others = 0, encodes: exact, cite: [{instrument: T1}]}\ntests:\n"
    )
    located = located_set(tmp_path, text)
    assert all(outcome.passed for outcome in run_tests(located.criteria))
    assert [
        edit.what for edit in edits_of(located) if edit.path == "other" and noticed_by(located.criteria, edit)
    ] == []


def test_directions_are_those_of_the_form(tmp_path: Path) -> None:
    located = LocatedSet(loads_set(HEAD + one_rule("not (border and cases <= 3)")), {})
    directions = {edit.what: edit.direction for edit in edits_of(located)}
    assert directions["`and` becomes `or`"] is Direction.STRICTER
    assert directions["`<=` becomes `<`"] is Direction.LOOSER
    assert directions["`3` becomes `4`"] is None


def test_a_later_value_of_a_parameter_is_tried_in_its_year(tmp_path: Path) -> None:
    dated = "values: [{from: 2021, value: 5%}, {from: 2023, value: 10%}]"
    text = one_rule("cases <= prev_year * param.limit").replace("value: 5%", dated)
    survivors = [one for one in mutations_of(located_set(tmp_path, text)).survivors if one.edit.before == "10%"]
    assert {one.case.row.year for one in survivors} == {2023}
    assert all("year: 2023" in "\n".join(case_lines(one.case, "x")) for one in survivors)


def test_what_a_search_cannot_tell_apart_is_proved_by_the_solver(tmp_path: Path) -> None:
    pytest.importorskip("z3")
    mutations = mutations_of(located_set(tmp_path, one_rule("cases < 3 or cases = 3")), solver_prover())
    assert "`=` becomes `<=`" in [one.edit.what for one in mutations.unchanged]
    assert mutations.undecided == ()
