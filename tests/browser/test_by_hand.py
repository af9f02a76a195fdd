"""What a hand does with the page: drop, judge, edit, take away; by keyboard, in both languages, with hostile names."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from tests.browser.conftest import PAGE, OpenPage

pytestmark = pytest.mark.browser
HD04 = "vn.bca.hd04-2024.commune"
HOSTILE = (
    "<script>document.title='taken'</script>",
    "<img src=x onerror=\"document.title='taken'\">",
    "@SUM(1)",
    "{{ 7 * 7 }}",
    "\u202eab",
    "</script>'\"&amp;",
)
DROP = """([field, name, text]) => {
  const given = new DataTransfer();
  given.items.add(new File([text], name));
  const dropped = new DragEvent("drop", { dataTransfer: given, bubbles: true });
  document.querySelector(`[data-drop=${field}]`).dispatchEvent(dropped);
}"""


@pytest.fixture(autouse=True)
def nothing_goes_wrong(opened):
    yield
    assert opened.errors == []
    assert [one for one in opened.requests if one != PAGE.as_uri() and not one.startswith("blob:")] == []


def table(*rows):
    return "\n".join(["unit;name;level;year;crime_cases;traffic_accidents", *rows])


def shown(opened):
    """The page of verdicts within the page."""
    opened.page.wait_for_selector("#view iframe")
    return opened.page.frame_locator("#view iframe")


def test_a_file_that_is_dropped_is_read_and_judged(opened):
    opened.page.evaluate(DROP, ["facts", "thả.csv", table("a;Xã A;commune;2024;3;1")])
    opened.page.wait_for_selector("#facts-chosen:has-text('thả.csv')")
    opened.wait()
    assert "thả.csv: 1 dòng của 1 đơn vị" in opened.text("#read")
    opened.press("judge")
    assert opened.page.evaluate("document.activeElement.id") == "result-heading"
    shown(opened).get_by_text("Xã A").first.wait_for()


def test_what_is_wrong_is_told_with_its_place_and_cure(opened):
    opened.give("facts", ("sai.csv", table("a;Xã A;commune;2024;-3;1").encode()))
    assert 'sai.csv, hàng 2, cột "crime_cases": NC203' in opened.text("#read")
    opened.press("judge")
    assert 'sai.csv, hàng 2, cột "crime_cases": NC203' in opened.text("#result")
    assert "Không chấm được hàng nào." in opened.text("#result")


def test_an_invented_district_is_marked_wherever_it_is_shown(opened):
    opened.press("example")
    assert opened.text("#facts-chosen") == "Đã chọn: facts.csv"
    opened.press("judge")
    shown(opened).get_by_text("giả định").first.wait_for()


def test_the_answer_can_be_taken_away_as_workbook_csv_json_and_page(opened):
    opened.press("example")
    opened.press("judge")
    files = {}
    for label in ("Bảng tính (.xlsx)", "CSV", "JSON cho phần mềm", "Trang kết quả (HTML)"):
        name, content = opened.saved(f'#downloads button:text-is("{label}")')
        files[name] = content
    assert sorted(files) == ["facts.csv", "facts.html", "facts.json", "facts.xlsx"]
    assert len(openpyxl.load_workbook(io.BytesIO(files["facts.xlsx"])).sheetnames) >= 3
    assert len(json.loads(files["facts.json"])["judgements"]) == 14
    assert files["facts.html"].lower().startswith(b"<!doctype html>")
    assert files["facts.csv"].decode("utf-8-sig").count("\n") >= 14


def test_a_value_is_edited_and_who_flips_is_seen(opened):
    opened.give("attestations")
    opened.give("facts", ("t.csv", table("a;Xã A;commune;2024;3;1", "a;Xã A;commune;2023;3;1").encode()))
    opened.choose("edited-from", HD04)
    opened.page.select_option("#rule", label=next(one for one in rules(opened) if "equal_count" in one))
    opened.page.fill("#rule-text", "fail")
    opened.press("see-flips")
    told = opened.text("#flips")
    assert "1 hàng được chấm theo cả hai bộ; 1 hàng có kết luận khác." in told
    assert opened.page.locator("#flips tbody tr").count() == 1
    row = opened.page.locator("#flips tbody tr").first.inner_text()
    assert row.startswith("Xã A\t2024\tChưa xác định\tChưa đạt")
    opened.press("use-edited")
    judged = json.loads(opened.saved('#downloads button:text-is("JSON cho phần mềm")')[1])
    crime = [one for one in judged["judgements"][0]["result"]["clauses"] if one["path"] == "19.2/crime"]
    assert crime[0]["verdict"] == "not_met"
    opened.press("restore")
    assert opened.page.input_value("#rule-text") == "unknown"


def rules(opened):
    return opened.page.locator("#rule option").all_inner_texts()


def test_an_edit_that_is_no_rule_is_told_where_it_stands(opened):
    opened.choose("edited-from", HD04)
    opened.page.select_option("#rule", label=next(one for one in rules(opened) if "19.2/traffic, quy tắc" in one))
    opened.page.fill("#rule-text", "traffic_accident <= prev_year")
    opened.press("see-flips")
    assert "NC012" in opened.text("#rule-state")
    assert f"{HD04}.yaml:" in opened.text("#rule-state")
    opened.press("restore")
    assert "NC012" not in opened.text("#rule-state")


def test_hostile_names_are_nothing_but_text(opened):
    rows = [
        f'x{place};"{name.replace(chr(34), chr(34) * 2)}";commune;2024;{place};1' for place, name in enumerate(HOSTILE)
    ]
    opened.give("facts", ("<b>x</b>.csv", table(*rows).encode()))
    opened.press("judge")
    shown(opened).get_by_text("{{ 7 * 7 }}").first.wait_for()
    assert opened.page.title() == "ncriteria: Chấm theo tiêu chí an ninh, trật tự"
    assert opened.page.locator("main img, main script, main b").count() == 0
    opened.choose("edited-from", HD04)
    opened.page.select_option("#rule", label=next(one for one in rules(opened) if "19.2/traffic, quy tắc" in one))
    opened.page.fill("#rule-text", "traffic_accidents = 0")
    opened.press("see-flips")
    told = opened.page.locator("#flips tbody th").all_inner_texts()
    assert set(told) == set(HOSTILE)
    opened.press("restore")


def test_the_page_turns_to_english_with_all_that_it_shows(opened):
    opened.give("facts", ("sai.csv", table("a;Xã A;commune;2024;-3;1").encode()))
    opened.press("judge")
    opened.speak("en")
    assert opened.page.get_attribute("html", "lang") == "en"
    assert 'sai.csv, row 2, column "crime_cases": NC203' in opened.text("#result")
    assert opened.text("#judge") == "Judge"
    opened.speak("vi")


def test_all_is_reached_and_done_by_keyboard(opened):
    opened.give("facts", ("t.csv", table("a;Xã A;commune;2024;3;1").encode()))
    opened.page.evaluate("document.activeElement.blur()")
    reached = []
    for _ in range(60):
        opened.page.keyboard.press("Tab")
        reached.append(opened.page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert {"facts", "attestations", "lineage", "example", "set", "standard", "year", "judge", "rule-text"} <= set(
        reached
    )
    opened.page.focus("#judge")
    opened.page.keyboard.press("Enter")
    opened.wait()
    assert opened.page.evaluate("document.activeElement.id") == "result-heading"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = OpenPage(chromium, color_scheme=scheme, bypass_csp=True)
    try:
        page.press("example")
        page.press("judge")
        page.choose("edited-from", HD04)
        page.page.fill("#rule-text", "fail")
        page.press("see-flips")
        page.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        for language in ("vi", "en"):
            page.speak(language)
            found = Axe().run(page.page).response["violations"]
            assert [
                (one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")
            ] == []
    finally:
        page.context.close()


def test_what_is_typed_last_holds_when_a_button_is_pressed_at_once(opened):
    opened.page.evaluate("document.querySelector('section:has(#sheet) details').open = true")
    opened.give("facts", ("t.csv", b"unit;level;traffic_accidents\na;commune;1"))
    opened.page.fill("#table-year", "2024")
    opened.press("judge")
    judged = json.loads(opened.saved('#downloads button:text-is("JSON cho phần mềm")')[1])["judgements"]
    assert {one["year"] for one in judged} == {2024}
    opened.page.fill("#table-year", "")
