"""docs/errors.md explains every code, and no code that there is not."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import ROOT, page_of, read_page

_PAGE = "docs/errors.md"
_HEADING = re.compile(r"^### (NC\d{3}) ", re.MULTILINE)


def _codes_in_source() -> set[str]:
    sources = (ROOT / "src").rglob("*.py")
    return {code for path in sources for code in re.findall(r'"(NC\d{3})"', path.read_text(encoding="utf-8"))}


def _sections() -> dict[str, str]:
    text = read_page(_PAGE).text
    headings = list(_HEADING.finditer(text))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    return {heading[1]: text[heading.start() : end] for heading, end in zip(headings, ends, strict=True)}


def test_the_page_and_the_source_have_the_same_codes_each_once() -> None:
    headings = _HEADING.findall(read_page(_PAGE).text)
    assert len(headings) == len(set(headings))
    assert set(headings) == _codes_in_source()


def test_the_codes_stand_in_order() -> None:
    headings = _HEADING.findall(read_page(_PAGE).text)
    assert headings == sorted(headings)


@pytest.mark.parametrize("code", sorted(_sections()))
def test_a_code_has_an_example_that_is_run_and_says_what_to_do(code: str) -> None:
    section = _sections()[code]
    blocks = page_of(_PAGE, section).blocks
    given = [{block.attributes.get("error"), block.attributes.get("warns")} for block in blocks]
    shown = [block.text for block in blocks if block.kind == "output"]
    assert any(code in codes for codes in given) or any(code in text for text in shown), "no example gives this code"
    assert re.search(r"^\*\*Do:\*\* \S", section, re.MULTILINE), "nothing says what to do"
