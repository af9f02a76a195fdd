"""What may stand at the cursor is offered, whether or not YAML can read the file of the moment."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncriteria.editor.authoring.naming import names_in
from ncriteria.editor.completion.completing import FilesAround, offers
from ncriteria.editor.completion.templates import as_snippet
from ncriteria.editor.shaped import entries_of, shaped_nodes
from ncriteria.sets.keys.shapes import WordShape
from ncriteria.sets.loader import loads_set, read_text
from ncriteria.sets.reading.nodes import Scalar
from ncriteria.words import words
from tests.case_files import cases
from tests.editor.messes import SHIPPED
from tests.editor.test_server import SET

AROUND = FilesAround(("antt-safe",), ("vn.example",), ("base.yaml",))


def offered(text, index, known):
    return {one.label for one in offers(text, index, known, lambda: AROUND, words("en"))}


@lru_cache
def completed(path):
    """A file, its set, and every word of it that is offered where it stands: where, and which."""
    read = read_text(path.read_text("utf-8"), path=path)
    found = [(one.start, one.end, one.name) for one in names_in(read.root) if not one.is_declared and is_own(one)]
    found = [one for one in found if read.document.text[one[1]] != "/"]  # the first part of a longer path
    for one in shaped_nodes(read.root):
        if isinstance(one.node, Scalar):
            allowed = entries_of(one.shapes) if one.is_key else allowed_words(one.shapes)
            if one.node.text in allowed:
                found.append((one.node.start, one.node.end, one.node.text))
    return read.document.text, read.criteria, found


def is_own(name):
    return name.standard is None and name.level is None


def allowed_words(shapes):
    return {word for shape in shapes if isinstance(shape, WordShape) for word in shape.words}


@given(st.sampled_from(SHIPPED), st.data())
def test_a_word_of_a_shipped_file_is_offered_wherever_its_line_is_cut_off(path, data):
    text, known, found = completed(path)
    start, end, word = data.draw(st.sampled_from(found))
    index = data.draw(st.integers(start, end))
    assert word in offered(text[:index] + text[text.find("\n", index) :], index, known)


@given(st.sampled_from(SHIPPED), st.data())
def test_a_file_that_ends_anywhere_is_completed_without_an_error(path, data):
    text, known, _ = completed(path)
    index = data.draw(st.integers(0, len(text)))
    slip = data.draw(st.sampled_from(("", "\n  half a line", "\n\t- {id: x", '\n"', "\n      ]}", "\n&a *b !c")))
    assert isinstance(offered(text[:index] + slip, index, known), set)


BEFORE, AFTER = SET.split("    rule: crime_cases <= prev_year * (1 - param.least)\n")
TESTED, _, ONE_TEST = AFTER.rpartition("  - {id: tie, ")


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        (f"{BEFORE}    rule: crime_cases <= pre", f"\n{AFTER}", "prev_year"),
        (f"{BEFORE}    rule: 'crime_cases <= cri", f"\n{AFTER}", "crime_cases"),
        (f"{BEFORE}    rule: \"met('x') and par", f"\n{AFTER}", "param"),
        (f"{BEFORE}    rule: param.", f"\n{AFTER}", "least"),
        (f"{BEFORE}    ru", f"\n{AFTER}", "rule"),
        (f"{BEFORE}\tru", f"\n{AFTER}", "rule"),
        (f"{BEFORE}    title\n    ru", f"\n{AFTER}", "rule"),
        (f"{BEFORE}    note: {{vi: [\n    ru", f"\n{AFTER}", "rule"),
        (f"{BEFORE}    encodes: ", f"\n{AFTER}", "approximated"),
        (f"{BEFORE}    all:\n      - ", f"\n{AFTER}", "rule"),
        (f"{BEFORE}    all:\n      - id: a\n        ", f"\n{AFTER}", "applies_when"),
        (f"{BEFORE}    cite: [{{instr", f"\n{AFTER}", "instrument"),
        (f'{BEFORE}    cite: [{{instrument: 01/EXAMPLE, at: "1', f"\n    ru\n{AFTER}", None),
        (f"{BEFORE}{TESTED}  - {{id: a, gi", f"\n  - {{id: tie, {ONE_TEST}", "given"),
        (f"{BEFORE}{TESTED}  - {{id: a, given: {{cri", f"\n  - {{id: tie, {ONE_TEST}", "crime_cases"),
        (f"{BEFORE}{TESTED}  - {{id: a,\n     expect: {{cri", f"\n  - {{id: tie, {ONE_TEST}", "crime"),
        (f"{BEFORE}{TESTED}  - {{id: a, expect: {{crime: ", f"\n  - {{id: tie, {ONE_TEST}", "not_met"),
        (f"{BEFORE}{TESTED}  - ", f"\n  - {{id: tie, {ONE_TEST}", "expect"),
        (f"{BEFORE}{AFTER}win", "\n", "windows"),
        (SET.partition("standard: ")[0] + "standard: ", "\n" + SET.partition("example-typed\n")[2], "antt-safe"),
    ],
)
def test_a_half_written_line_is_completed_by_what_is_around(before, after, word):
    found = offered(before + after, len(before), loads_set(SET))
    assert word in found if word is not None else not found


@pytest.mark.parametrize("case", cases(__file__, "offered"), ids=lambda case: case["name"])
def test_what_is_offered_can_be_read_where_it_is_put(case):
    text, index = case["before"] + case.get("after", "\n"), len(case["before"])
    found = [one.text for one in offers(text, index, loads_set(SET), lambda: AROUND, words("en"))]
    assert found[: len(case["offered"])] == case["offered"]


def test_a_name_with_accents_is_found_without_them_and_told_while_its_file_has_errors():
    text = "facts:\n  vụ_ttxh: {title: Số vụ, type: count}\nclauses:\n  a:\n    rule: "
    found = offers(text, len(text), None, lambda: AROUND, words("en"))
    assert (found[0].text, found[0].told, found[0].looked_for) == ("vụ_ttxh", "Số vụ", "vụ_ttxh vu_ttxh")
    assert len(found) == len({one.text for one in found})
    assert {"assessment_year", "param.", "prev_year"} <= {one.text for one in found}


def test_a_mapping_leads_from_one_place_to_the_next():
    text = "set:\n  title: "
    (found,) = offers(text, len(text), None, lambda: AROUND, words("en"))
    assert (found.label, as_snippet(found.template)) == ('{vi: "…", en: "…"}', '{vi: "$1", en: "$2"\\}')


@pytest.mark.parametrize("before", ['set:\n  title: "', "facts:\n  cases: {title: '", 'tests:\n  - {id: a, expect: "'])
def test_within_quotes_no_mapping_is_offered(before):
    assert offers(before, len(before), loads_set(SET), lambda: AROUND, words("en")) == []
