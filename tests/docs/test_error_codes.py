"""docs/errors.md and docs/rules.md explain every code, and no code that there is not."""

from __future__ import annotations

import re

import pytest

from tests.docs import rules_page
from tests.docs.pages import ROOT, page_of, read_page

_PAGES = ("docs/errors.md", "docs/rules.md")
_HEADING = re.compile(r"^###? (NC\d{3}) ", re.MULTILINE)


def _codes_in_source() -> set[str]:
    sources = (ROOT / "src").rglob("*.py")
    return {code for path in sources for code in re.findall(r'"(NC\d{3})"', path.read_text(encoding="utf-8"))}


def _sections() -> dict[str, str]:
    found = {}
    for page in _PAGES:
        text = read_page(page).text
        headings = list(_HEADING.finditer(text))
        ends = [heading.start() for heading in headings[1:]] + [len(text)]
        found |= {heading[1]: text[heading.start() : end] for heading, end in zip(headings, ends, strict=True)}
    return found


def test_the_pages_and_the_source_have_the_same_codes_each_once() -> None:
    headings = [code for page in _PAGES for code in _HEADING.findall(read_page(page).text)]
    assert len(headings) == len(set(headings))
    assert set(headings) == _codes_in_source()


@pytest.mark.parametrize("page", _PAGES)
def test_the_codes_stand_in_order(page: str) -> None:
    headings = _HEADING.findall(read_page(page).text)
    assert headings == sorted(headings)


def test_the_page_of_rules_is_that_of_their_table() -> None:
    assert rules_page.PAGE.read_text(encoding="utf-8") == rules_page.text()


@pytest.mark.parametrize("code", sorted(_sections()))
def test_a_code_has_an_example_that_is_run_and_says_what_to_do(code: str) -> None:
    section = _sections()[code]
    blocks = page_of(_PAGES[0], section).blocks
    given = [{block.attributes.get("error"), block.attributes.get("warns")} for block in blocks]
    shown = [block.text for block in blocks if block.kind == "output"]
    assert any(code in codes for codes in given) or any(code in text for text in shown), "no example gives this code"
    assert re.search(r"^\*\*Do:\*\* \S", section, re.MULTILINE), "nothing says what to do"
