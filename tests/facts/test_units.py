"""What stands in the place of a unit: identifiers, the words of levels, and what is no unit at all."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.facts.rows.no_units import NoUnit, no_unit
from ncriteria.facts.rows.totals import is_note
from ncriteria.facts.units.identifiers import differences, normal_identifier, shown_identifier, shows_nothing, twin_key
from ncriteria.facts.units.levels import LEVEL_WORDS, level_of, without_level
from tests.case_files import cases
from tests.facts.declared import FACTS

_VIETNAMESE = st.text(st.sampled_from("aàáảãạâầoòóôồơớuùúưyỳýhnktĐđÐ01 -\u00a0\u200b\u0301\u0300XH"), max_size=12)
_TEXTS = st.text(max_size=12) | _VIETNAMESE


@pytest.mark.parametrize("case", cases(__file__, "doubtful_tables"))
def test_what_may_not_be_meant_is_told_and_the_rest_is_read(case: Any) -> None:
    table = nc.read_facts_text(case["text"], case["kind"], FACTS)
    assert [row.unit.id for row in table.rows] == case["units"]
    assert [str(warning) for warning in table.warnings] == case["warnings"]


def test_after_twenty_warnings_of_a_kind_the_others_are_counted() -> None:
    rows = "".join(f"{letter}{number},2024\n" for number in range(1000) for letter in "xX")
    warnings = nc.read_facts_text(f"unit,year\n{rows}", "csv", FACTS, file="f.csv").warnings
    assert [warning.code for warning in warnings] == ["NC236"] * 21
    assert str(warnings[-1]) == "f.csv: NC236 and 980 more like these"


@given(st.lists(st.integers(0, 99), min_size=1, max_size=6), st.integers(0, 9), st.booleans())
def test_a_total_is_said_to_differ_where_it_is_not_the_sum(counts: list[int], more: int, at_the_top: bool) -> None:
    lines = [f"x{index},2024,{count}" for index, count in enumerate(counts)]
    lines.insert(0 if at_the_top else len(lines), f"Cộng,2024,{sum(counts) + more}")
    [warning] = nc.read_facts_text("\n".join(["unit,year,cases", *lines]), "csv", FACTS).warnings
    assert ("the rows come to" in warning.message) == (more > 0)


@pytest.mark.parametrize("case", cases(__file__, "totals"))
def test_what_is_no_unit_is_told_from_a_unit(case: Any) -> None:
    kinds = {NoUnit.TOTAL: "total", NoUnit.AVERAGE: "total", NoUnit.PERIOD: "period", NoUnit.PLAN: "plan"}
    kinds[NoUnit.COMPARISON] = "comparison"
    kind = no_unit(case["text"])
    found = kinds[kind] if kind is not None else "note" if is_note(case["text"]) else "unit"
    assert found == case["is"]


@pytest.mark.parametrize("case", cases(__file__, "twins"))
def test_identifiers_that_look_alike_are_told_apart_in_words(case: Any) -> None:
    one, other = case["one"], case["other"]
    assert (twin_key(one) == twin_key(other)) == (case["differ"] is not None)
    if case["differ"] is not None:
        assert differences(one, other) == case["differ"]


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
