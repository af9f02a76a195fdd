"""What stands in the place of a unit: identifiers, the words of levels, and what is no unit at all."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncriteria.facts.identifiers import differences, normal_identifier, shown_identifier, shows_nothing, twin_key
from ncriteria.facts.levels import LEVEL_WORDS, level_of, without_level
from ncriteria.facts.totals import is_note, is_total
from tests.case_files import cases

_VIETNAMESE = st.text(st.sampled_from("aàáảãạâầoòóôồơớuùúưyỳýhnktĐđÐ01 -\u00a0\u200b\u0301\u0300XH"), max_size=12)
_TEXTS = st.text(max_size=12) | _VIETNAMESE


@pytest.mark.parametrize("case", cases(__file__, "totals"))
def test_a_total_and_a_note_are_told_from_a_unit(case: Any) -> None:
    found = "total" if is_total(case["text"]) else "note" if is_note(case["text"]) else "unit"
    assert found == case["is"]


@pytest.mark.parametrize("case", cases(__file__, "twins"))
def test_identifiers_that_look_alike_are_told_apart_in_words(case: Any) -> None:
    one, other = case["one"], case["other"]
    assert (twin_key(one) == twin_key(other)) == (case["differ"] is not None)
    if case["differ"] is not None:
        assert differences(one, other) == differences(other, one) == case["differ"]


@pytest.mark.parametrize("case", cases(__file__, "levels"))
def test_the_word_of_a_level_is_known(case: Any) -> None:
    for form in ("NFC", "NFD"):
        found = level_of(unicodedata.normalize(form, case["text"]))
        assert (None if found is None else found.value) == case["level"]


def test_each_word_stands_for_one_level() -> None:
    words = [word for known in LEVEL_WORDS.values() for word in known]
    assert len(words) == len(set(words))
    assert all(level_of(word) is level for level, known in LEVEL_WORDS.items() for word in known)


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Xã Tân Hòa", "tân hòa"), ("TT. Tân Hưng", "tân hưng"), ("Tổ dân phố 3", "3"), ("Xãn", "xãn"), ("Phum", "phum")],
)
def test_a_name_is_compared_without_the_word_of_its_level(name: str, bare: str) -> None:
    assert without_level(name) == bare


@pytest.mark.parametrize(
    ("text", "shown"),
    [("", ""), (" \u00a0", " \u00a0"), ("\u200b", "<U+200B>"), ("\u2060 \u00ad", "<U+2060> <U+00AD>")],
)
def test_an_identifier_that_shows_nothing_is_blank_and_shown_by_its_code_points(text: str, shown: str) -> None:
    assert shows_nothing(text)
    assert shown_identifier(text) == shown


@given(_TEXTS)
def test_the_normal_form_of_an_identifier_is_a_normal_form(text: str) -> None:
    normal = normal_identifier(text)
    assert normal_identifier(normal) == normal
    assert normal_identifier(unicodedata.normalize("NFD", text)) == normal
    assert normal_identifier(f"\u00a0 {text.replace(' ', chr(0xA0))}\t") == normal


@given(_VIETNAMESE)
def test_every_way_to_write_an_identifier_has_one_twin_key(text: str) -> None:
    key = twin_key(normal_identifier(text))
    assert twin_key(normal_identifier(text.swapcase())) == twin_key(normal_identifier(text.casefold()))
    assert twin_key(f"{normal_identifier(text)}\u200b") == key
    assert twin_key(key) == twin_key(unicodedata.normalize("NFC", key))


@given(_VIETNAMESE, _VIETNAMESE)
def test_what_twins_differ_in_has_a_name(one: str, other: str) -> None:
    one, other = normal_identifier(one), normal_identifier(other)
    if one != other and twin_key(one) == twin_key(other):
        assert differences(one, other)
