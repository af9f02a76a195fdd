"""Edits of grades: what differs, who is graded otherwise, and that a scale gives each record one grade."""

from __future__ import annotations

from itertools import product

import polars as pl
import pytest

import ncriteria as nc
from ncriteria.analysis.comparison.compare import compare
from ncriteria.analysis.comparison.differences import ChangeKind
from ncriteria.analysis.impact.impact import impact
from ncriteria.analysis.proof.relation import Relation, Way
from ncriteria.analysis.rule_testing.coverage import coverage_of
from ncriteria.analysis.rule_testing.mutation.proofs import solver_prover
from ncriteria.analysis.rule_testing.mutation.survivors import mutations_of
from ncriteria.analysis.rule_testing.suggest import case_lines, suggest
from ncriteria.evaluation.criteria import loads
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.language.tree import Ago, FactKey
from ncriteria.sets.grades.scales import is_grade
from tests.evaluation.test_grades import CRITERIA, GRADES, SET
from tests.rule_sets import located_set

YEAR = 2022


def edited(*replacements):
    text = (SET + GRADES).replace("test.graded.commune", "test.graded.edited")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return loads(text)


WELL_AT_80 = (("<= prev_year * 0.9}", "<= prev_year * 0.8}"), ("> prev_year * 0.9}", "> prev_year * 0.8}"))


def grade(criteria, row):
    """The identifiers of the grades that a record can have under a set."""
    now = {key.name: value for key, value in row.facts.items() if key.period == Ago(0)}
    before = {key.name: value for key, value in row.facts.items() if key.period == Ago(1)}
    graded = criteria.evaluate(now, prev_year=before, year=row.year).graded
    return [one.id for one in graded.possible]


def test_a_harder_grade_is_told_as_stricter_with_a_record_that_gets_another_grade():
    new = edited(*WELL_AT_80)
    found = compare(CRITERIA, new)
    assert [(one.difference.name, one.difference.change) for one in found.grades] == [
        ("#well", ChangeKind.CHANGED),
        ("#done", ChangeKind.CHANGED),
    ]
    assert not found.clauses
    assert not found.same
    (well,), (done,) = (one.relations for one in found.grades)
    assert (well.relation.proved, well.relation.relation) == (True, Relation.STRICTER)
    assert (done.relation.proved, done.relation.relation) == (True, Relation.EQUIVALENT)
    (witness,) = well.relation.witnesses
    assert (witness.old.graded.grade.id, witness.new.graded.grade.id) == ("well", "done")
    assert (grade(CRITERIA, witness.row), grade(new, witness.row)) == (["well"], ["done"])


def test_a_clause_that_a_grade_asks_for_changes_the_grade_too():
    found = compare(CRITERIA, edited(("rule: complaints = 0", "rule: complaints <= 1")))
    told = {one.difference.name: (one.because_of, one.relations[0].relation.relation) for one in found.grades}
    assert told == dict.fromkeys(("#well", "#done"), (('met("19.2")',), Relation.LOOSER))


def test_what_is_said_otherwise_and_means_the_same_is_no_difference():
    asked = 'met("19.2") and crime_cases <= prev_year * 0.9}'
    new = edited(('not met("19.2")', 'met("19.2") = false'), (asked, 'crime_cases <= prev_year * 0.9 and met("19.2")}'))
    found = compare(CRITERIA, new)
    assert [one.difference.name for one in found.grades] == ["#well", "#not_done"]
    assert all(one.relation.relation is Relation.EQUIVALENT for clause in found.grades for one in clause.relations)


def test_grades_that_come_and_go_and_their_order_are_told():
    better = "  - {id: best, title: {vi: Xuất sắc, en: Best}, when: crime_cases = 0}\n"
    new = edited(("  - {id: well", f"{better}  - {{id: well"), ("{id: near", "{id: close"))
    found = compare(CRITERIA, new)
    assert [(one.difference.name, one.difference.change.value) for one in found.grades] == [
        ("#best", "added"),
        ("#well", "changed"),
        ("#done", "changed"),
        ("border/#close", "added"),
        ("border/#near", "removed"),
    ]
    (header,) = [one for one in found.differences if one.subject.value == "header"]
    assert ("grades", "well > done > not_done", "best > well > done > not_done") in [
        (one.key, one.old, one.new) for one in header.aspects
    ]


def test_levels_are_related_as_trying_every_small_record_relates_them():
    pytest.importorskip("z3")
    new = edited(*WELL_AT_80, ("when: complaints = 0}", "when: complaints <= 1}"))
    found = compare(CRITERIA, new)
    ways = {one.difference.name: {w.way for r in one.relations for w in r.relation.witnesses} for one in found.grades}
    order = {"": ["well", "done", "not_done"], "19.2": ["none_at_all", "some"]}
    tried: dict[str, set[Way]] = {}
    for crimes, before, complaints in product(range(12), range(12), range(3)):
        facts = {"crime_cases": crimes, "complaints": complaints}
        results = [one.evaluate(facts, prev_year={"crime_cases": before}, year=YEAR) for one in (CRITERIA, new)]
        for path, ids in order.items():
            given = [(one.graded if path == "" else one[path].graded).grade.id for one in results]
            for place, name in enumerate(ids[:-1]):
                reached = [ids.index(one) <= place for one in given]
                if reached[0] != reached[1]:
                    at = f"{path}/#{name}" if path else f"#{name}"
                    tried.setdefault(at, set()).add(Way.LOOSER if reached[1] else Way.STRICTER)
    assert {name: found for name, found in ways.items() if found} == tried


def test_a_proof_says_that_a_scale_gives_each_record_one_grade_or_shows_one_that_it_does_not():
    pytest.importorskip("z3")
    from ncriteria.analysis.proof.prove import prove

    new = edited(('not met("19.2")', "crime_cases > 3"), ("when: crime_cases >= 5", "when: crime_cases > 5"))
    (found,) = prove(CRITERIA, new).years
    assert all(scale.is_proved for scale in found.old_scales)
    whole, inner, border = found.new_scales
    assert inner.is_proved
    assert [(one.better, one.worse) for one in whole.overlaps] == [("well", "not_done"), ("done", "not_done")]
    for overlap in whole.overlaps:
        assert grade(CRITERIA, overlap.row)[0] in (overlap.better, "not_done")
        assert overlap.row.facts[FactKey("crime_cases")] > 3
    assert whole.ungraded.facts[FactKey("crime_cases")] <= 3
    assert (border.is_complete, border.overlaps) == (False, ())
    assert border.ungraded.facts == {FactKey("has_border"): True, FactKey("crime_cases"): 5}
    relations = {one.new_path: (one.relation, one.proved) for one in found.grades}
    assert set(relations) == {"#well", "#done", "19.2/#none_at_all", "border/#near"}
    assert all(proved for _, proved in relations.values())


GRADED = """\
facts:
  cases: {title: Cases, type: count}
  signed: {title: Signed, type: boolean}
clauses:
  report: {title: R, rule: signed, encodes: exact, cite: [{instrument: T1}]}
grades:
  - {id: well, title: W, when: met("report") and cases <= 5}
  - {id: done, title: D, when: met("report") and cases > 5}
  - {id: not_done, title: N, otherwise: true}
tests:
  - {id: well, given: {cases: 5, signed: true}, expect: {report: met}, grades: {set: well}}
  - {id: not-done, given: {cases: 5, signed: false}, expect: {report: not_met}, grades: {set: not_done}}
"""


def test_edits_of_grades_are_noticed_or_shown_and_the_suggested_cases_notice_them(tmp_path):
    pytest.importorskip("z3")
    body = GRADED
    for _ in range(3):
        located = located_set(tmp_path, body)
        assert all(outcome.passed for outcome in run_tests(located.criteria))
        found = mutations_of(located, solver_prover())
        if not found.survivors:
            break
        for place, survivor in enumerate(found.survivors):
            body += "\n".join(case_lines(survivor.case, f"more-{len(body)}-{place}")) + "\n"
    assert (len(found.survivors), len(found.undecided)) == (0, 0)
    assert found.noticed >= 12


def test_a_test_of_grades_alone_notices_no_edit_of_what_it_does_not_look_at(tmp_path):
    other = "  other: {title: O, rule: cases = 0, encodes: exact, cite: [{instrument: T1}]}\ngrades:"
    located = located_set(tmp_path, GRADED.replace("grades:\n  -", f"{other}\n  -"))
    found = mutations_of(located)
    assert {one.edit.path for one in found.survivors} >= {"other"}


ROWS = """\
unit,year,crime_cases,complaints,has_border
a,2022,20,0,false
b,2022,20,0,false
c,2022,20,0,false
a,2023,17,0,false
b,2023,15,0,false
c,2023,,0,false
"""


@pytest.mark.parametrize("as_frame", [False, True])
def test_impact_names_the_rows_that_are_graded_otherwise_and_how(as_frame, tmp_path):
    new = edited(*WELL_AT_80)
    (tmp_path / "facts.csv").write_text(ROWS, encoding="utf-8")
    table = pl.read_csv(ROWS.encode()) if as_frame else nc.read_facts(tmp_path / "facts.csv", CRITERIA.facts)
    found = impact(CRITERIA, new, table)
    assert found.whole.changed == 0
    whole, *others = found.grades
    assert [(move.unit.id, move.year, move.old.grade.id, move.new.grade.id) for move in whole.moves] == [
        ("a", 2023, "well", "done")
    ]
    assert whole.rows == 6
    assert all(not one.moves for one in others)


def test_coverage_asks_that_each_grade_is_given_and_not_given_and_the_suggested_cases_show_it(tmp_path):
    located = located_set(tmp_path, GRADED)
    covered = coverage_of(located)
    assert [(goal.path, goal.outcome.value) for goal in covered.missing if is_grade(goal.path)] == [("#done", "true")]
    found = suggest(covered)
    assert found.not_found == ()
    (case,) = (one for one in found.cases if is_grade(one.path))
    assert case_lines(case, "done")[-1] == "    grades: {set: done}"
    cases = ("\n".join(case_lines(one, f"more-{place}")) for place, one in enumerate(found.cases))
    assert coverage_of(located_set(tmp_path, "\n".join((GRADED.rstrip(), *cases)))).is_full


def test_a_test_that_expects_no_grade_covers_none(tmp_path):
    without = GRADED.replace(", grades: {set: well}", "").replace(", grades: {set: not_done}", "")
    missing = coverage_of(located_set(tmp_path, without)).missing
    assert len([goal for goal in missing if is_grade(goal.path)]) == 6
