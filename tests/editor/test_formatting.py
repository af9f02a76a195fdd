"""The canonical layout: what it is, and that it keeps what a file says, its comments and its order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.editor.edits import applied
from ncriteria.editor.formatting.layout import formatted
from ncriteria.editor.formatting.rule_texts import bare_terms, spaced
from ncriteria.sets.files.digest import digest_of
from tests.case_files import document
from tests.editor.messes import SHIPPED, messed
from tests.sets.damage import damaged
from tests.sets.writing import file_text

CASES = Path(__file__).with_name("cases")
SMALL = [path for path in SHIPPED if path.stat().st_size < 12_000]
TEXTS = {path: path.read_text("utf-8") for path in SHIPPED}


def cases(name):
    return document(CASES / f"{name}.yaml")


@pytest.mark.parametrize("case", cases("layouts"), ids=lambda case: case["name"])
def test_a_text_is_laid_out(case):
    found = formatted(case["before"])
    assert found.after == case["after"]
    assert applied(found.before, found.edits) == found.after
    assert formatted(found.after).edits == ()


@pytest.mark.parametrize("case", cases("rule_texts"), ids=lambda case: case["before"])
def test_the_parts_of_a_rule_stand_in_their_usual_distance(case):
    assert spaced(case["before"]) == case["after"]
    assert spaced(case["after"]) == case["after"]


@pytest.mark.parametrize("case", cases("bare_terms"), ids=lambda case: case["before"])
def test_bare_prev_year_is_written_out(case):
    assert applied(case["before"], bare_terms(case["before"])) == case["after"]


@pytest.mark.parametrize("case", cases("unlaid"), ids=lambda case: case["text"])
def test_what_is_not_laid_out_is_refused_where_it_stands(case):
    with pytest.raises(nc.CriteriaError) as refused:
        formatted(case["text"])
    assert [problem.text("en") for problem in refused.value.problems] == [case["problem"].rstrip("\n")]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_sets_are_laid_out(path):
    assert formatted(TEXTS[path], path=path).edits == ()


def test_explicit_keeps_what_a_set_says():
    path = next(path for path in SHIPPED if path.name == "hd04-2024.commune.yaml")
    found = formatted(TEXTS[path], path=path, explicit=True)
    assert "crime_cases < prev_year.crime_cases or" in found.after
    first, second = nc.loads(TEXTS[path]).definition, nc.loads(found.after).definition
    assert digest_of(first) == digest_of(second)
    assert first.tests == second.tests


PARTS = {
    "facts": "facts:\n  cases: {title: 'a<b', type: count}\n  rule: {title: R, type: enumeration, options: ['a<b', c]}",
    "clauses": "clauses:\n  crime: {title: C, rule: cases<=3, applies_when: 'rule=\"c\"', encodes: exact, "
    "cite: [{instrument: 01/EXAMPLE}]}",
    "tests": "tests:\n  - {id: a, given: {cases: 0, rule: 'a<b'}, expect: {crime: not_applicable}}",
}


def test_rules_are_laid_out_and_nothing_that_only_looks_like_one():
    found = formatted(file_text(PARTS)).after
    assert "rule: cases <= 3, applies_when: 'rule = \"c\"'" in found
    assert 'title: "a<b"' in found
    assert 'rule: "a<b"}' in found
    assert nc.loads(found).definition.clauses[0].rule == nc.loads(file_text(PARTS)).definition.clauses[0].rule


@settings(max_examples=20)
@given(st.data())
def test_a_file_in_another_layout_comes_out_as_the_one_that_is_laid_out(data):
    path = data.draw(st.sampled_from(SMALL))
    text = data.draw(messed(TEXTS[path]))
    assert formatted(text, path=path).after == TEXTS[path]


@settings(max_examples=40)
@given(damaged(tuple(TEXTS[path] for path in SMALL)))
def test_a_damaged_file_is_laid_out_once_or_refused(text):
    try:
        found = formatted(text)
    except nc.CriteriaError:
        return
    assert formatted(found.after).after == found.after
