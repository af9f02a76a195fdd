"""A question of the corpus, asked as a hand asks it: by files, lists, fields and buttons of the page."""

from __future__ import annotations

_FIELDS = {"year": "table-year", "sheet": "sheet", "territory": "territory", "encoding": "encoding"}
_TICKS = {"ignore_unknown": "ignore-unknown", "keep_going": "keep-going"}


def asked_by_hand(opened, case):
    """The JSON that the page gives to take away."""
    question = case.question
    if opened.page.get_attribute("html", "lang") != question["language"]:
        opened.speak(question["language"])
    _take_back(opened)
    _edit(opened, question)
    _say_how_to_read(opened, question.get("reading", {}))
    if attestations := question.get("attestations"):
        opened.give("attestations", *((name, case.files[name]) for name in attestations))
    opened.give("facts", (question["facts"], case.files[question["facts"]]))
    for field, key in (("standard", "standards"), ("year", "years")):
        opened.choose(field, *[str(one) for one in question.get(key, ())] or [""])
    opened.page.set_checked("#tries-all-years", question.get("tries_all_years", False))
    where = ("judge", "#downloads") if case.asks == "evaluate" else ("see-flips", "#flips")
    opened.press(where[0])
    label = "JSON cho phần mềm" if question["language"] == "vi" else "JSON for programs"
    return opened.saved(f'{where[1]} button:text-is("{label}")')[1].decode()


def _take_back(opened):
    """Leave nothing of the question before."""
    for field in ("facts", "attestations", "lineage"):
        if opened.page.is_visible(f"#{field}-remove"):
            opened.press(f"{field}-remove")
    opened.press("restore")


def _edit(opened, question):
    criteria = question.get("criteria")
    if isinstance(criteria, dict):
        opened.choose("edited-from", question["original"])
        opened.page.evaluate("document.querySelector('section:has(#set-text) details').open = true")
        opened.page.fill("#set-text", criteria["text"])
        opened.page.dispatch_event("#set-text", "change")
        opened.wait()
        edited = f"edited:{question['original']}"
        is_edited = opened.page.locator(f'#set option[value="{edited}"]').count()
        criteria = edited if is_edited else question["original"]
    opened.choose("set", criteria or "")


def _say_how_to_read(opened, reading):
    opened.page.evaluate("document.querySelector('section:has(#sheet) details').open = true")
    for key, field in _FIELDS.items():
        opened.page.fill(f"#{field}", str(reading.get(key, "")))
    opened.page.fill("#blanks", " ".join(reading.get("blanks", ())))
    opened.choose("level", reading.get("level", ""))
    for key, field in _TICKS.items():
        opened.page.set_checked(f"#{field}", reading.get(key, False))
    opened.wait()
