"""Texts that the eye takes for one are told apart by code point."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncriteria.language.hints.lookalikes import difference, skeleton, told_apart
from ncriteria.language.hints.near_misses import did_you_mean, path_meant


@pytest.mark.parametrize(
    ("written", "meant", "told"),
    [
        ("сrime_cases", "crime_cases", "U+0441 (CYRILLIC SMALL LETTER ES)|c"),
        ("crime_cases", "сrime_cases", "c|U+0441 (CYRILLIC SMALL LETTER ES)"),
        ("crime\u200b_cases", "crime_cases", "U+200B (ZERO WIDTH SPACE)|nothing"),
        ("crime_cases", "crime_cases\u2060", "nothing|U+2060 (WORD JOINER)"),
        ("a\u00adb", "ab", "U+00AD (SOFT HYPHEN)|nothing"),
        ("a\u034fb", "ab", "U+034F (COMBINING GRAPHEME JOINER)|nothing"),
        ("\u200bab", "\u200cab", "U+200B (ZERO WIDTH SPACE)|nothing"),
        ("chưa\u00a0đạt", "chưa đạt", "U+00A0 (NO-BREAK SPACE)|a space"),
        ("cases\u0662", "cases2", "U+0662 (ARABIC-INDIC DIGIT TWO)|2"),
        ("ｃases", "cases", "U+FF43 (FULLWIDTH LATIN SMALL LETTER C)|c"),
        ("ﬁre", "fire", "U+FB01 (LATIN SMALL LIGATURE FI)|f"),
        ("ntm\u201119.2", "ntm-19.2", "U+2011 (NON-BREAKING HYPHEN)|-"),
        ("Ðạt", "Đạt", "U+00D0 (LATIN CAPITAL LETTER ETH)|U+0110 (LATIN CAPITAL LETTER D WITH STROKE)"),
        ("Ɖạt", "Đạt", "U+0189 (LATIN CAPITAL LETTER AFRICAN D)|U+0110 (LATIN CAPITAL LETTER D WITH STROKE)"),
        ("đαt", "đat", "U+03B1 (GREEK SMALL LETTER ALPHA)|a"),
    ],
)
def test_a_character_that_looks_like_another_is_named(written: str, meant: str, told: str) -> None:
    one, other = told.split("|")
    assert did_you_mean(written, ["other", meant]) == f"`{written}` has {one} where `{meant}` has {other}"


@pytest.mark.parametrize(("written", "meant"), [("Cases", "cases"), ("cases", "case"), ("đạt", "dat"), ("x", "x")])
def test_what_looks_different_or_is_the_same_but_for_letter_case_is_not_told_apart(written: str, meant: str) -> None:
    assert told_apart(written, [meant]) is None


@given(st.text(), st.sampled_from("\u200b\u00ad\u2060\ufeff"), st.integers(0))
def test_an_invisible_character_anywhere_is_found(text: str, invisible: str, place: int) -> None:
    plain = "".join(one for one in text if unicodedata.category(one) != "Cf")
    at = place % (len(plain) + 1)
    written = plain[:at] + invisible + plain[at:]
    assert skeleton(written) == skeleton(plain)
    assert difference(written, plain) is not None


@given(st.text(), st.text())
def test_texts_are_told_apart_exactly_where_they_look_the_same_and_are_not(one: str, other: str) -> None:
    found = difference(one, other)
    if skeleton(one) != skeleton(other) or one == other:
        assert found is None
    elif found is None:
        assert one.casefold() == other.casefold() or unicodedata.normalize("NFKD", one.casefold()) == (
            unicodedata.normalize("NFKD", other.casefold())
        )


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("19.2.crime", "did you mean `19.2/crime`?"),
        ("19.2\\crime", "did you mean `19.2/crime`?"),
        ("19.2 / crime", "did you mean `19.2/crime`?"),
        ("/19.2/crime/", "did you mean `19.2/crime`?"),
        ("crime", "did you mean `19.2/crime`?"),
        ("party", "did you mean `19.2/party`?"),
        ("19.2/сrime", "`19.2/сrime` has U+0441 (CYRILLIC SMALL LETTER ES) where `19.2/crime` has c"),
        ("19.2/crmie", "did you mean `19.2/crime`?"),
        ("zzz", None),
    ],
)
def test_a_path_with_other_separators_or_without_its_groups_is_understood(written: str, hint: str | None) -> None:
    assert path_meant(written, ["19.2", "19.2/crime", "19.2/party"]) == hint
