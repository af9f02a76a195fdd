"""Sets that lean on verdicts of earlier years: proofs, mutation, room and impact."""

from __future__ import annotations

import polars as pl
import pytest

import ncriteria as nc
from ncriteria.analysis.impact.impact import impact
from ncriteria.analysis.lint.warnings import findings_around
from ncriteria.analysis.rule_testing.mutation.edits import rule_edits
from ncriteria.language.parser import parse
from ncriteria.language.printer import show
from ncriteria.language.tree import FactKey
from ncriteria.sets.loader import LocatedSet
from tests.evaluation.leaning import leaning_set


def leaning(**rules):
    return nc.Criteria(leaning_set("leaning", "leaning", "{from: 2021, to: 2024}", rules))


@pytest.mark.parametrize("is_lazy", [False, True])
def test_what_an_edit_does_to_later_years_is_the_same_of_a_frame_and_of_a_table(is_lazy):
    rows = [("u", "commune", 2021, 2), ("u", "commune", 2022, 0), ("v", "commune", 2021, 1), ("v", "commune", 2022, 0)]
    frame = pl.DataFrame(rows, ["unit", "level", "year", "cases"], orient="row")
    old = leaning(a="cases <= 2", b='prev_year(met("a"))')
    rules = {"a": "cases <= 1", "b": 'prev_year(met("a"))'}
    new = nc.Criteria(leaning_set("new", "leaning", "{from: 2021, to: 2024}", rules))
    by_rows = impact(old, new, nc.FactTable.from_frame(frame, old.facts))
    in_a_frame = impact(old, new, frame.lazy() if is_lazy else frame)
    turned = {("met", "not_met"): 1, ("undetermined", "undetermined"): 2, ("met", "met"): 1}
    assert {(one.value, other.value): count for (one, other), count in by_rows.clauses["b"].counts.items()} == turned
    assert in_a_frame.clauses == by_rows.clauses


def test_the_room_of_a_fact_takes_verdicts_as_they_are_and_has_none_for_them():
    criteria = leaning(a="cases <= 2", b='met("other:x") or prev_year(met("a"))')
    record = criteria.record({"cases": 1, 'met("other:x")': False}, prev_year={"cases": 3}, year=2022)
    assert list(nc.room(criteria, record).whole.facts) == [FactKey("cases")]


def test_the_number_of_years_is_edited():
    criteria = leaning(a="cases <= 2", b='met_years("a", 3)').definition
    found = [show(edit.rule) for edit in rule_edits(criteria, parse('met_years("a", 3)'))]
    assert found == ['met_years("a", 2)', 'met_years("a", 4)', 'not met_years("a", 3)']


def test_more_years_are_proved_stricter_whatever_the_verdicts_of_earlier_years_are():
    pytest.importorskip("z3")
    from ncriteria.analysis.proof.prove import prove

    rules = {n: {"a": "cases <= 2", "b": f'met_years("a", {n})'} for n in (2, 3)}
    old, new = (leaning_set(f"years{n}", "s", "{from: 2021}", rules[n]) for n in (2, 3))
    (year,) = prove(old, new).years
    assert [(one.new_path, one.relation.name) for one in year.clauses if one.new_path == "b"] == [("b", "STRICTER")]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('met("otter:a")', 'NC142 `met` in the rule of "x": there is no standard "otter"'),
        ('prev_year(met("other:b"))', 'NC142 `met` in the rule of "x": no set of "other" for the level `commune` has'),
        ('met_years("other:b", 2)', 'NC142 `met_years` in the rule of "x": no set of "other" for the level'),
        ('met("other:a") and prev_year(met("x"))', None),
    ],
)
def test_a_clause_of_another_standard_that_is_nowhere_is_told(rule, said):
    other = leaning_set("other", "other", "{from: 2021}", {"a": "cases <= 2"})
    located = LocatedSet(leaning_set("one", "one", "{from: 2021}", {"x": rule}), {})
    found = [problem.code + " " + problem.message for problem in findings_around(located, [other, located.criteria])]
    assert [one.startswith(said) for one in found] == ([True] if said else [])
