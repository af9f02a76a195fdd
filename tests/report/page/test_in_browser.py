"""The page in a browser: what it shows, how it is used, and that it asks nothing of anyone."""

from __future__ import annotations

import datetime
import re

import pytest

from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.report.page import page_html
from ncriteria.report.page.interface import INTERFACE
from ncriteria.report.receipts.receipt import receipt_of
from ncriteria.sets.model import Verdict
from ncriteria.sets.names import VERDICTS
from ncriteria.words import words
from tests.report.page.judged import HOSTILE, attested, district, example, hamlets, made_anew
from tests.report.page.opened import opened

pytestmark = pytest.mark.browser

TABLES = {one.__name__: one for one in (district, example, attested, hamlets, made_anew)}
LANGUAGES = ("vi", "en")

READ_ACCOUNTS = """
() => {
  const found = [], next = (dialog) => dialog.querySelectorAll('.steps button')[1];
  for (const row of [...document.querySelectorAll('.rows .row')]) {
    row.querySelector('[data-column="2"]').click();
    const dialog = document.getElementById('account'), accounts = [];
    for (;;) {
      accounts.push({
        title: dialog.querySelector('h2').textContent,
        lines: [...dialog.querySelectorAll('.line')].map((line) => line.textContent),
        sources: [...dialog.querySelectorAll('.source')].map((line) => line.textContent),
      });
      if (next(dialog).disabled) break;
      next(dialog).click();
    }
    dialog.close();
    found.push(accounts);
  }
  return found;
}
"""


def word(key, language, **values):
    return words(language).this(INTERFACE[key], **values)


def names(page):
    """The names of the rows shown, all of which must be in view."""
    return page.locator(".rows .row .unit").all_inner_texts()


def focused(page):
    """The place of the cell that has the focus."""
    return page.evaluate(
        "() => { const cell = document.activeElement; const row = cell.closest('[data-place]');"
        " return row && [Number(row.dataset.place), Number(cell.dataset.column)]; }"
    )


@pytest.mark.parametrize("table", TABLES)
def test_every_explanation_says_what_python_says(browse, table):
    judged = TABLES[table]()
    text = page_html(judged)
    expected, page = opened(text), browse(text)
    standards = len(expected.data["standards"])
    for number, language in enumerate(LANGUAGES):
        if language == "en":
            page.click("#language")
        for standard in range(standards):
            if standards > 1:
                page.select_option("#filter-standard", str(standard))
            rows = [row for row in expected.rows if expected.data["rows"]["standard"][row] == standard]
            shown = page.evaluate(READ_ACCOUNTS)
            assert len(shown) == len(rows)
            for row, accounts in zip(rows, shown, strict=True):
                told = [[line.strip() for _, line in expected.lines(row, path, number)] for path in expected.paths(row)]
                assert [account["lines"] for account in accounts] == told
                criteria = expected.data["rows"]["criteria"][row]
                if criteria >= 0:
                    members = expected.data["sets"][criteria]["members"]
                    assert [one["title"] for one in accounts[1:]] == [one["title"][number] for one in members]
                    sources = [[pair[number] for pair in one["sources"]] for one in members]
                    assert [one["sources"] for one in accounts[1:]] == sources
    assert page.complaints == []


def test_the_matrix_has_the_verdict_of_every_clause_as_a_sign_and_a_word(browse):
    page = browse(page_html(district(), "en"))
    grid = page.locator("#grid")
    assert grid.get_attribute("aria-rowcount") == str(len(district()) + 1)
    say, clauses = words("en"), list(district()[0].result.clauses)
    for row, judgement in enumerate(district()):
        cells = page.locator(f'[data-place="{row}"] [role=gridcell]')
        assert cells.nth(1).inner_text().endswith(say.this(VERDICTS[judgement.verdicts.verdict]))
        labels = [cells.nth(column + 2).get_attribute("aria-label") for column in range(len(clauses))]
        assert labels == [say.this(VERDICTS[judgement.verdicts[path]]) for path in clauses]
        signs = {cells.nth(column + 2).inner_text() for column in range(len(clauses))}
        assert signs <= {"✓", "✗", "?", "–"}


def test_a_verdict_that_rests_on_an_attestation_says_so(browse):
    page = browse(page_html(attested(), "en"))
    labels = page.locator('[data-place="1"] [aria-label]').evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert "Met, rests on an attestation" in labels
    assert page.locator('[data-place="0"] [aria-label*="attestation"]').count() == 0


def test_the_language_is_switched_as_a_whole(browse):
    page = browse(page_html(district(), "vi"))
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.title() == word("title", "vi")
    vietnamese = set(page.locator("#app").inner_text().splitlines())
    page.click("#language")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title() == word("title", "en")
    english = set(page.locator("#app").inner_text().splitlines())
    kept = {line for line in vietnamese & english if any(map(str.isalpha, line))}
    assert kept == {f"{judgement.row.unit.name}" for judgement in district()}
    assert page.evaluate("document.activeElement.id") == "language"


@pytest.mark.parametrize(
    ("text", "found"),
    [("dong do", ["Xã Đông Đô"]), ("KỲ hòa", ["Phường Kỳ Hòa"]), ("x2", ["Xã Ấp Mới"]), ("ap  moi", ["Xã Ấp Mới"])],
)
def test_search_finds_names_without_their_accents_and_codes(browse, text, found):
    page = browse(page_html(district()))
    page.fill("#filter-text", text)
    assert sorted(set(names(page))) == found
    assert page.inner_text("#shown") == word("shown", "vi", shown="4", all="16")
    page.fill("#filter-text", "không có xã này")
    assert page.locator(".rows .row").inner_text() == word("nothing", "vi")


def test_filters_show_the_rows_that_fit_all_of_them(browse):
    judged = district()
    page = browse(page_html(judged))

    def shown(fits):
        expected = [judgement.row.unit.name for judgement in judged if fits(judgement)]
        assert names(page) == expected
        assert page.inner_text("#shown") == word("shown", "vi", shown=str(len(expected)), all=str(len(judged)))
        assert expected

    page.select_option("#filter-year", "2023")
    shown(lambda one: one.row.year == 2023)
    page.select_option("#filter-path", "safe/crime")
    page.select_option("#filter-verdict", "1")
    shown(lambda one: one.row.year == 2023 and one.verdicts["safe/crime"] is Verdict.NOT_MET)
    page.select_option("#filter-year", "")
    shown(lambda one: one.verdicts["safe/crime"] is Verdict.NOT_MET)
    page.get_by_role("button", name=word("reset", "vi")).click()
    shown(lambda one: True)


def test_units_are_found_by_the_figure_that_they_lack(browse):
    judged = [one for one in example() if one.standard == "antt-safe"]
    page = browse(page_html(judged, "en"))
    lacking = [one for one in judged if one.result is not None and one.result.missing]
    page.select_option("#filter-figure", "any")
    assert names(page) == [one.row.unit.name for one in lacking]
    title = fact_text(Voice("en", lacking[0].result.criteria), lacking[0].result.missing[0])
    expected = [one.row.unit.name for one in lacking if lacking[0].result.missing[0] in one.result.missing]
    page.select_option("#filter-figure", label=f"{title} ({len(expected)})")
    assert names(page) == expected


def test_the_figures_are_those_of_the_chosen_criterion(browse):
    judged = district()
    page = browse(page_html(judged, "en"))
    page.select_option("#filter-path", "safe/crime")
    assert page.evaluate("document.activeElement.id") == "filter-path"
    page.select_option("#filter-figure", "any")
    expected = [one.row.unit.name for one in judged if one.result["safe/crime"].missing]
    assert expected
    assert names(page) == expected


def test_units_are_found_by_who_supplies_what_they_lack(browse):
    judged = [one for one in example() if one.standard == "ntm-19.2"]
    page = browse(page_html(judged))
    options = page.locator("#filter-supplier option").evaluate_all("all => all.map((one) => one.value)")
    assert len(options) > 1
    for value in options[1:]:
        page.select_option("#filter-supplier", value)
        expected = [
            one.row.unit.name
            for one in judged
            if any(
                (supplier.vi if (supplier := one.result.criteria.facts[key.name].supplier) else "") == value[1:]
                for key in one.result.missing
            )
        ]
        assert names(page) == expected


def test_the_table_is_used_by_keyboard_alone(browse):
    page = browse(page_html(district(), "en"))
    page.locator("#filter-supplier").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == [0, 0]
    for keys, place in (
        ("ArrowDown", [1, 0]),
        ("ArrowRight", [1, 1]),
        ("End", [1, 15]),
        ("ArrowRight", [1, 15]),
        ("Control+End", [15, 15]),
        ("Home", [15, 0]),
        ("Control+Home", [0, 0]),
        ("ArrowUp", [0, 0]),
        ("PageDown PageDown", [15, 0]),
        ("ArrowUp", [14, 0]),
        ("ArrowRight", [14, 1]),
        ("ArrowRight", [14, 2]),
        ("ArrowRight", [14, 3]),
    ):
        for key in keys.split():
            page.keyboard.press(key)
        assert focused(page) == place, keys
        assert page.locator('#grid [tabindex="0"]').count() == 1
    at = focused(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "account-title"
    assert page.get_by_role("dialog").get_attribute("aria-labelledby") == "account-title"
    page.keyboard.press("Escape")
    assert not page.locator("#account").evaluate("(dialog) => dialog.open")
    assert focused(page) == at
    page.keyboard.press("Space")
    assert page.locator("#account").evaluate("(dialog) => dialog.open")


def test_a_click_opens_the_explanation_with_the_plot_and_its_numbers_as_a_table(browse):
    page = browse(page_html(district(), "en", invented=True))
    crime = list(district()[0].result.clauses).index("safe/crime") + 3
    page.locator(f'[data-place="3"] [data-column="{crime}"]').click()
    dialog = page.locator("#account")
    assert dialog.locator(".mark").inner_text() == word("invented", "en")
    assert "Crime is reduced" in dialog.locator("h2").inner_text()
    assert dialog.locator("svg[role=img]").first.get_attribute("aria-label").startswith(word("plot", "en"))
    rows = dialog.locator("table.points").first.locator("tbody tr").all_inner_texts()
    assert [row.split("\t")[0] for row in rows] == ["2021", "2022", "2023", "2024"]
    assert [row.split("\t")[2][:1] for row in rows] == ["n", "=", "n", "≤"]


def test_the_explanation_of_a_group_leads_to_its_members(browse):
    page = browse(page_html(district(), "en"))
    result = district()[0].result
    group = next(
        path for path, one in result.clauses.items() if any(other.startswith(f"{path}/") for other in result.clauses)
    )
    members = [one.clause.title.en for path, one in result.clauses.items() if path.startswith(f"{group}/")]
    page.locator(f'[data-place="0"] [data-column="{list(result.clauses).index(group) + 3}"]').click()
    links = page.locator("#account .clauses .link")
    assert links.all_inner_texts() == members
    links.first.click()
    assert members[0] in page.locator("#account h2").inner_text()


def test_only_the_rows_in_view_are_drawn_and_any_row_is_reached(browse):
    page = browse(page_html(attested(400)))
    assert page.locator(".rows .row").count() < 60
    page.locator('[data-place="0"] [data-column="0"]').focus()
    page.keyboard.press("Control+End")
    assert page.locator(":focus").get_attribute("data-column") is not None
    assert focused(page)[0] == 399
    assert page.locator('[data-place="399"] .unit').inner_text() == "Xã 399"
    page.evaluate("document.getElementById('grid').scrollTop = 0")
    page.wait_for_selector('[data-place="0"]')
    assert focused(page)[0] == 399, "the cell with the focus stays, wherever the table is scrolled to"
    order = page.locator(".rows .row").evaluate_all("all => all.map((one) => Number(one.dataset.place))")
    assert order == sorted(order)


@pytest.mark.parametrize("how", ["button", "browser"])
def test_each_row_shown_is_printed_on_one_sheet(browse, how):
    page = browse(page_html(example(), "vi", invented=True))
    for standard in range(2):
        page.select_option("#filter-standard", str(standard))
        rows = page.locator(".rows .row").count()
        if how == "button":
            page.click("#print")
            assert page.locator(".sheet").count() == rows
            assert page.locator(".sheet > .mark").all_inner_texts() == [word("invented", "vi")] * rows
        assert len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True))) == rows
        if how == "button":
            page.get_by_role("button", name=word("back", "vi")).click()
            assert page.evaluate("document.activeElement.id") == "print"
        page.wait_for_selector("#grid")


def test_a_sheet_has_citations_numbers_and_what_is_missing(browse):
    judged = [one for one in example() if one.standard == "ntm-19.2"]
    page = browse(page_html(judged, "en"))
    page.click("#print")
    sheet = page.locator(".sheet").nth(2).inner_text()
    for text in (
        "Xã Vĩnh Bửu",
        "2023",
        "06/HD-BCA-V05",
        "Social-order crime cases: 1 case",
        "Undetermined",
        "Missing:",
    ):
        assert text in sheet
    assert word("prepared", "en") in sheet


def test_too_many_sheets_are_not_made(browse):
    page = browse(page_html(attested(501), "en"))
    page.click("#print")
    assert page.inner_text("#shown") == word("too_many", "en", count="501", most="500")
    assert len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.wait_for_selector("#grid")
    page.fill("#filter-text", "Xã 12")
    page.click("#print")
    assert page.locator(".sheet").count() == 11


def test_the_page_asks_nothing_of_anyone(browse):
    page = browse(page_html(district(), invented=True))
    page.locator('[data-place="1"] [data-column="2"]').click()
    page.keyboard.press("Escape")
    page.click("#language")
    page.click("#print")
    assert page.requests == [page.url]
    assert page.url.startswith("file://")
    assert page.complaints == []


def test_a_page_without_rows_says_so(browse):
    page = browse(page_html([], "en"))
    assert page.locator(".rows").inner_text() == word("nothing", "en")
    page.locator("#grid").focus()
    for key in ("ArrowDown", "End", "Enter"):
        page.keyboard.press(key)
    page.click("#print")
    page.get_by_role("button", name=word("back", "en")).click()
    page.click("#language")
    assert page.complaints == []


def test_hostile_names_are_shown_as_they_are(browse):
    page = browse(page_html(district(names=HOSTILE), "en", invented=True))
    told = page.locator(".rows .row .unit").evaluate_all("all => all.map((one) => one.textContent)")
    assert told[::4] == list(HOSTILE)
    page.locator('[data-place="0"] [data-column="2"]').click()
    page.keyboard.press("Escape")
    page.click("#print")
    assert page.locator("#app img, #app script, .sheet b").count() == 0
    assert "broken" not in page.title()
    assert page.complaints == []


def test_a_browser_without_decompression_opens_the_page_all_the_same(browse):
    text = page_html(example(), "en")
    page, plain = browse(text), browse(text, before="delete window.DecompressionStream")
    assert plain.evaluate("typeof DecompressionStream") == "undefined"
    assert plain.locator("#app").inner_text() == page.locator("#app").inner_text()
    assert plain.evaluate(READ_ACCOUNTS) == page.evaluate(READ_ACCOUNTS)


def test_a_page_that_cannot_be_opened_says_so_in_both_languages(browse):
    text = re.sub(r'(id="data">).{40}', r"\1", page_html(district()))
    page = browse(text, ready="#unreadable:not([hidden])")
    assert page.inner_text("#unreadable").split() == f"{word('unreadable', 'vi')} {word('unreadable', 'en')}".split()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(browse, language, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    judged = [one for one in example() if one.standard == "ntm-19.2"]
    page = browse(page_html(judged, language, invented=True), color_scheme=theme)

    def check(where):
        found = [one for one in axe.run(page).response["violations"] if one["impact"] in ("serious", "critical")]
        assert [(where, one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []

    check("the table")
    page.select_option("#theme", theme)
    page.locator('[data-place="1"] [data-column="2"]').click()
    check("the explanation of a row")
    for _ in range(6):
        page.locator(".steps button").nth(1).click()
    check("the explanation of a clause")
    page.keyboard.press("Escape")
    page.click("#print")
    check("the sheets")


def test_the_page_and_each_sheet_name_the_receipt_in_the_language_shown(browse):
    judged = example()
    made = receipt_of(judged, ["evaluate", "facts.csv"], [], datetime.date(2026, 1, 2))
    page = browse(page_html(judged, receipt=made))
    for language, day in (("vi", "02/01/2026"), ("en", "2026-01-02")):
        told = word("receipt", language, day=day, digest=made.result[:16])
        assert page.locator("#receipt-line").inner_text() == told
        page.click("#print")
        footers = page.locator(".sheet footer").all_inner_texts()
        assert footers
        assert all(one.endswith(f". {told}") for one in footers)
        page.click(".quiet")
        if language == "vi":
            page.click("#language")


def test_the_sets_of_the_standard_shown_are_named_with_what_they_rest_on(browse):
    judged = example()
    page = browse(page_html(judged, "en"))
    shown = {one.criteria.id: one.criteria for one in (one.result for one in judged) if one is not None}
    first = [one for one in shown.values() if one.standard == judged[0].standard]
    told = page.locator(".sets p").all_inner_texts()
    assert len(told) == len(first)
    for criteria in first:
        text = next(one for one in told if one.startswith(criteria.title.en))
        assert criteria.instrument.number in text
