"""The encoding of a table is found by how its words read, and only proposed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.facts.encodings.proposing import proposed
from ncriteria.facts.layout.headings import names_of
from tests.case_files import cases
from tests.facts.declared import FACTS
from tests.facts.encodings.written import iconv, needs_iconv, seen_in_a_plain_font, written

HEADINGS = names_of(FACTS)
OLD = ["windows-1258", "tcvn3", "vni"]
UTF_16 = ["utf-16-le", "utf-16-be"]


def names(content: bytes) -> list[str]:
    return [one.encoding.value for one in proposed(content, HEADINGS)]


@pytest.mark.parametrize("encoding", OLD)
@pytest.mark.parametrize("case", cases(__file__, "short_tables"))
def test_the_encoding_of_a_short_table_is_found(case: Any, encoding: str) -> None:
    for text in (case["text"], case["text"].casefold(), case["text"].upper()):
        assert names(written(text, encoding)) == [encoding]


@pytest.mark.parametrize("encoding", UTF_16)
@pytest.mark.parametrize("case", cases(__file__, "short_tables"))
def test_utf_16_without_a_mark_is_found(case: Any, encoding: str) -> None:
    assert names(written(case["text"], encoding)) == ["utf-16"]
    assert names(written("unit,year\na,2024\n", encoding)) == ["utf-16"]


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@pytest.mark.parametrize("case", cases(__file__, "short_tables"))
def test_letters_of_a_font_that_were_saved_as_unicode_are_found(case: Any, encoding: str) -> None:
    assert names(seen_in_a_plain_font(case["text"], encoding).encode()) == [encoding]


@needs_iconv
@pytest.mark.parametrize("case", cases(__file__, "short_tables"))
def test_what_is_of_another_encoding_is_proposed_as_none_that_reads_it_wrongly(case: Any) -> None:
    content = iconv(case["text"].encode(), "UTF-8", "VISCII")
    assert content is not None
    assert [one.text for one in proposed(content, HEADINGS) if one.text != case["text"]] == []


@pytest.mark.parametrize("encoding", OLD)
@pytest.mark.parametrize("path", sorted(Path("criteria").glob("*.yaml")), ids=lambda one: one.stem)
def test_the_headings_of_each_shipped_set_are_found(path: Path, encoding: str) -> None:
    facts = nc.load(path).facts.values()
    text = ";".join(["Đơn vị", "Năm", *(fact.title.vi for fact in facts)])
    found = proposed(written(text, encoding), {})
    assert [one.encoding.value for one in found] == [encoding]


def test_encodings_that_look_alike_are_both_proposed() -> None:
    assert names(b"unit,year,cases,note\na,2024,1,ch\xed\n") == ["windows-1258", "vni"]


@given(content=st.binary(max_size=300))
def test_any_bytes_may_be_looked_at(content: bytes) -> None:
    for one in proposed(content, HEADINGS):
        one.first_words(HEADINGS).encode("utf-8")
