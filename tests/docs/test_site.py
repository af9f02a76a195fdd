"""The pages that are drawn for the documentation site, and its contents; `make docs` builds the whole."""

from __future__ import annotations

import re
from itertools import product

import pytest
from docsite.drawn import api, guidances, language, sets, truths
from docsite.navigation import contents, folded_below, in_the_other_language
from docsite.searching import SearchWithoutAccents

import ncriteria as nc
from ncriteria import testing
from ncriteria.language.hints.words import FUNCTIONS
from ncriteria.language.printer import show
from ncriteria.language.values import UNKNOWN
from ncriteria.sets.loader import loads_set
from ncriteria.sets.model import Clause, Combination
from ncriteria.words import Language
from tests.docs.criteria_blocks import whole
from tests.docs.pages import ROOT, page_names

CATALOG = nc.catalog().sets
LANGUAGES: tuple[Language, ...] = ("en", "vi")


def test_the_contents_name_every_page_once():
    named = [page for section in contents(ROOT, ["sets.md", "sets/a.md", "vi/sets.md"]) for page in section.pages]
    pages = {name.removesuffix(".md") for name in page_names()} - {"README", "docs/README"}
    assert pages <= set(named)
    assert len(named) == len(set(named))


def test_a_drawn_page_that_another_leads_to_is_no_line_of_the_contents():
    titles = {section.title: section.pages for section in contents(ROOT, ["sets.md", "sets/a.md", "vi/sets.md"])}
    assert titles["To look up"][-1] == "sets"
    assert titles["Tiếng Việt"][-1] == "vi/sets"


def test_the_pages_in_vietnamese_stand_below_the_first_of_them():
    [folded] = [section for section in contents(ROOT, ["sets.md", "vi/sets.md"]) if section.folded]
    assert folded.shown == ("docs/vi/README",)
    assert "\n/docs/vi/viet-bo-tieu-chi\n" in folded_below(folded)
    assert "\n/vi/sets\n" in folded_below(folded)


def test_a_drawn_page_leads_to_the_same_page_in_the_other_language():
    pages = {"sets.md": "# Sets\n\nAll.\n", "vi/sets.md": "# Bộ\n\nTất cả.\n", "api.md": "# Python\n"}
    assert in_the_other_language(pages) == {
        "sets.md": "# Sets\n\n[Tiếng Việt](/vi/sets.md)\n\nAll.\n",
        "vi/sets.md": "# Bộ\n\n[English](/sets.md)\n\nTất cả.\n",
        "api.md": "# Python\n",
    }


def test_a_word_is_found_without_its_accents_too():
    found = SearchWithoutAccents({}).split("Đã giảm tội phạm, prev_year")
    assert found == ["Đã", "giảm", "tội", "phạm", "prev_year", "Da", "giam", "toi", "pham"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("criteria", CATALOG.sets, ids=lambda one: one.id)
def test_the_page_of_a_set_has_the_title_the_rule_and_the_sources_of_every_clause(criteria, language):
    page = sets.page(criteria, CATALOG, language)
    for member in criteria.members():
        assert sets.plain(member.title.text(language)) in page
        assert all(sets.plain(cited.instrument) in page for cited in member.cite)
        if isinstance(member, Clause) and member.rule is not None:
            assert show(member.rule) in page
    assert all(f"`{test.id}`" in page for test in criteria.tests)


def test_the_grades_of_a_set_are_told_with_their_conditions():
    grades = """\
grades:
  - {id: well, title: {vi: Tốt, en: Well}, when: 'met("crime")'}
  - {id: rest, title: {vi: Chưa đạt, en: Not done}, otherwise: true}
"""
    told = sets.page(loads_set(whole(grades)), CATALOG, "vi")
    assert '- Tốt: `met("crime")`\n- Chưa đạt: trường hợp còn lại\n' in told


@pytest.mark.parametrize("language_", LANGUAGES)
def test_every_function_is_told_with_what_it_takes_and_gives(language_):
    rows = [line.split(" | ") for line in language.page(language_).splitlines() if line.startswith("| `")]
    told = {re.match(r"\| `(\w+)", row[0])[1]: row[1:] for row in rows}
    assert set(FUNCTIONS) <= set(told)
    assert all(cell.strip(" |") for name in FUNCTIONS for cell in told[name])


def test_what_a_function_takes_and_gives_is_that_of_the_static_check():
    page = language.page("en")
    assert "| `quarter(d)` | the quarter of a day, from 1 to 4 | days | numbers |" in page
    assert "| `all(p, q, ...)` | whether every condition holds | conditions | conditions |" in page


def test_the_truth_tables_are_those_of_kleene():
    order = {False: 0, UNKNOWN: 1, True: 2}
    for a, b in product(order, repeat=2):
        assert truths.value("a and b", {"a": a, "b": b}) is min(a, b, key=order.get)
        assert truths.value("a or b", {"a": a, "b": b}) is max(a, b, key=order.get)
    assert "| false | no value | **false** | **no value** | **no value** | **no value** |" in truths.page("en")


def test_a_group_passes_over_what_does_not_apply():
    met, not_applicable = nc.Verdict.MET, nc.Verdict.NOT_APPLICABLE
    assert truths.of_group(Combination.ALL, [met, not_applicable]) is met
    assert truths.of_group(Combination.ALL, [not_applicable, not_applicable]) is not_applicable
    members = [met, not_applicable, not_applicable]
    assert truths.of_group(Combination.AT_LEAST, members) is nc.Verdict.NOT_MET
    assert truths.of_group(Combination.AT_LEAST, members, counts=True) is met


def test_the_reference_of_python_has_every_public_name_once():
    named = re.findall(r":: ncriteria\.([\w.]+)$", api.page(ROOT), re.MULTILINE)
    assert sorted(named) == sorted([*nc.__all__, *(f"testing.{name}" for name in testing.__all__)])


def test_the_guidances_stand_side_by_side_with_what_is_proved():
    pages = guidances.pages()
    page = pages["guidances.md"]
    assert "| 06/HD-BCA-V05 | 04/HD-BCA-V05 | What changed |" in page
    assert "`19.2/crime`<br>changed: rule" in page
    assert "looser (proved)" in page
    assert "đã chứng minh" in pages["vi/guidances.md"]
