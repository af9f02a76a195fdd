"""The page as one file: its style, its script and its data, and a policy that lets nothing else in."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import Final

from ncriteria import __version__
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.report.invented import is_invented
from ncriteria.report.packing import packed
from ncriteria.report.page.gathering import Rooms, gathered
from ncriteria.report.page.interface import interface
from ncriteria.report.page.offline import policy, template_of
from ncriteria.report.receipts.document import receipt_document
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.words import Language

SCRIPTS: Final = (
    *("inflate", "opening", "data", "words", "drawing", "tools"),
    *("plot", "account", "grid", "filters", "printing", "start"),
)
"""The parts of the script, in order."""


def page_html(
    judgements: Iterable[Judgement],
    language: Language = "vi",
    *,
    invented: bool = False,
    rooms: Rooms | None = None,
    receipt: Receipt | None = None,
) -> str:
    """The judgements as one HTML file that opens offline, in `language` first; the same input gives the same text.

    `invented` marks the page, and each sheet that is printed of it, as an example with invented units and figures; so
    does a unit whose name says that it is invented: «(giả định)».
    `rooms` has the room of rows, by unit, year and standard, which is then told with each clause. The page carries the
    `receipt`, for `ncriteria verify`, and each sheet that is printed names it.

    Raises `PageError` where Jinja2 (the extra `report`) is not installed.
    """
    template, gathering = template_of(page_template()), gathered(judgements, rooms or {})
    invented = invented or any(is_invented(row.name) for row in gathering.rows)
    data = {"language": language, "invented": invented, "version": __version__, **interface()}
    if receipt is not None:
        data["receipt"] = {"day": receipt.day.isoformat(), "result": receipt.result}
    style, script = page_style(), closed(map(script_part, SCRIPTS))
    from markupsafe import Markup

    return template.render(
        language=language,
        title=interface_text("title", language),
        unreadable=(interface_text("unreadable", "vi"), interface_text("unreadable", "en")),
        policy=policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=packed({**data, **gathering.data()}),
        receipt="" if receipt is None else packed(receipt_document(receipt)),
    )


def interface_text(key: str, language: Language) -> str:
    """A word of the page."""
    from ncriteria.report.page.interface import INTERFACE
    from ncriteria.words import words

    return words(language).this(INTERFACE[key])


def closed(parts: Iterable[str]) -> str:
    """The parts of a script as one, whose names no other script sees."""
    return f"(() => {{\n'use strict';\n{''.join(parts)}}})();\n"


def script_part(name: str) -> str:
    """A part of the script, some of which every page has."""
    return _asset(f"{name}.js")


def page_template() -> str:
    """The template that pages with a script are made with."""
    return _asset("page.html")


def page_style() -> str:
    """The style that all pages begin with."""
    return _asset("page.css")


def _asset(name: str) -> str:
    return files("ncriteria.report.page").joinpath("assets", name).read_text(encoding="utf-8")
