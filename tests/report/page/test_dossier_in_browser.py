"""The page of a dossier in a browser: it asks nothing of anyone, runs nothing, and reads well aloud and on paper."""

from __future__ import annotations

import pytest

from ncriteria.report.dossier.page import dossier_html
from ncriteria.report.dossier.sections import opening, sections
from tests.report.dossier.edits import STRICTER, dossier

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    path = tmp_path_factory.mktemp("dossier") / "facts.csv"
    name = "<img src=x onerror=alert(1)>"
    path.write_text(f"unit,name,level,year,fires,floods\na,{name},commune,2024,2,0\n", encoding="utf-8")
    return dossier(STRICTER, path)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_dossier_opens_without_a_request_or_a_complaint(browse, found, language):
    page = browse(dossier_html(found, language), ready="main.dossier")
    assert [one.rpartition("/")[2] for one in page.requests] == ["page0.html"]
    assert page.complaints == []
    assert page.inner_text(".verdict") == opening(found, language).verdict
    assert page.locator("h2").all_inner_texts()[:-1] == [one.title for one in sections(found, language)]
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_a_dossier(browse, found, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page = browse(dossier_html(found, "vi"), ready="main.dossier", color_scheme=theme)
    serious = [one for one in axe.run(page).response["violations"] if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in serious] == []


def test_what_is_signed_fits_the_first_sheet_of_paper(browse, found):
    page = browse(dossier_html(found, "vi"), ready="main.dossier")
    page.set_viewport_size({"width": 703, "height": 1000})  # what the margins leave of A4, at 96 dots an inch
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('.signatures').getBoundingClientRect().bottom") < 1024
    tables = page.evaluate("[...document.querySelectorAll('table')].map(one => one.scrollWidth)")
    assert max(tables) <= 703


def test_a_narrow_window_scrolls_its_tables_and_not_the_page(browse, found):
    page = browse(dossier_html(found, "vi"), ready="main.dossier")
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
