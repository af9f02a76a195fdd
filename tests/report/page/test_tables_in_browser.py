"""The page of tables in a browser: what it shows, how it is used, and that it asks nothing of anyone."""

from __future__ import annotations

import pytest

from ncriteria.report.tables_page.html import tables_html
from ncriteria.report.tables_page.interface import TABLE_WORDS
from ncriteria.words import words
from tests.report.page.judged import HOSTILE
from tests.report.page.watched_tables import MEMBERS, rooms, watched

pytestmark = pytest.mark.browser

READY = ".wide tbody tr"
MANY = tuple(f"u{number},Xã {number},commune,2024,1,10,0,20,x" for number in range(420))


def word(key, language, **values):
    return words(language).this(TABLE_WORDS[key], **values)


def opened(browse, answer, language="en", **settings):
    return browse(tables_html(answer.tables, language), ready=READY, **settings)


def column(page, heading):
    """The texts of a column of the table shown."""
    place = page.locator(".wide thead th").all_inner_texts().index(heading)
    return page.locator(f".wide tbody td:nth-child({place + 1})").all_text_contents()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_opens_without_a_request_or_a_complaint(browse, language):
    page = opened(browse, watched(language), language)
    page.click("#language")
    page.click("#tab-1")
    assert page.requests == [page.url]
    assert page.complaints == []


def test_hostile_names_are_shown_as_they_are(browse):
    page = opened(browse, watched())
    assert HOSTILE[0] in column(page, "Name")
    assert f"{MEMBERS[0]}, {MEMBERS[1]}" in column(page, "In charge")
    assert page.locator("#app img, #app script, #app b").count() == 0
    assert page.title() == "Watched to the end of 2024-08"


def test_rows_are_filtered_by_what_they_say_and_stay_so_in_the_other_language(browse):
    page = opened(browse, watched())
    page.select_option("#filter-standing", label="Already lost")
    assert set(column(page, "Stands")) == {"Already lost"}
    page.click("#language")
    assert set(column(page, "Khả năng đạt")) == {"Không thể đạt nữa"}
    page.get_by_role("button", name=word("reset", "vi")).click()
    page.fill("#filter-text", "xa het")
    assert column(page, "Tên đơn vị") == ["Xã Hết"]
    page.fill("#filter-text", "nothing says this")
    assert page.inner_text("#table") == word("nothing", "vi")


def test_a_member_has_the_units_that_others_are_in_charge_of_too(browse):
    page = opened(browse, watched())
    for member, units in zip(MEMBERS, ({"lost", "open"}, {"open", "evil"}), strict=True):
        page.select_option("#filter-members", label=member)
        assert set(column(page, "Unit code")) == units


def test_the_table_is_used_by_keyboard_alone(browse):
    page = opened(browse, watched())
    page.locator("#tab-0").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "tab-1"
    assert page.inner_text("h2").startswith("Counts of the year")
    page.locator(".wide").focus()
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.className") == "wide"


def test_rows_are_shown_as_many_as_are_asked_for_and_all_of_them_printed(browse):
    page = opened(browse, watched(rows=MANY))
    assert page.locator(READY).count() == 200
    page.click("#more")
    assert page.locator(READY).count() == 400
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(READY).count() == 421
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.click("#more")
    assert page.locator("#more").count() == 0


@pytest.mark.parametrize("answer", [watched, rooms])
def test_a_table_fits_the_width_of_a_sheet_and_a_narrow_window(browse, answer):
    page = opened(browse, answer("vi"), "vi")
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.set_viewport_size({"width": 1039, "height": 700})  # what the margins leave of A4, at 96 dots an inch
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('table').getBoundingClientRect().right") <= 1039


@pytest.mark.parametrize("answer", [watched, rooms])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(browse, answer, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page = opened(browse, answer("vi"), "vi", color_scheme=theme)
    for tab in range(page.locator(".tabs button").count()):
        page.click(f"#tab-{tab}")
        serious = [one for one in axe.run(page).response["violations"] if one["impact"] in ("serious", "critical")]
        assert [(tab, one["id"], [node["html"] for node in one["nodes"]]) for one in serious] == []
