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
from ncriteria.report.receipts.document import packed_receipt
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.structure import Plain
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
    gathering = gathered(judgements, rooms or {})
    invented = invented or any(is_invented(row.name) for row in gathering.rows)
    data = {"invented": invented, **interface(), **gathering.data()}
    return scripted_page(interface_text("title", language), language, data, map(script_part, SCRIPTS), receipt)


def scripted_page(
    title: str, language: Language, data: Plain, scripts: Iterable[str], receipt: Receipt | None, *, style: str = ""
) -> str:
    """One HTML file that draws its `data` by the parts of a script, in `language` first, and carries a receipt."""
    template, style = template_of(_asset("page.html")), page_style() + style
    # The names of the script are seen by no other.
    script = f"(() => {{\n'use strict';\n{''.join(scripts)}}})();\n"
    told = {"language": language, "version": __version__, **data}
    if receipt is not None:
        told["receipt"] = {"day": receipt.day.isoformat(), "result": receipt.result}
    from markupsafe import Markup

    return template.render(
        language=language,
        title=title,
        unreadable=(interface_text("unreadable", "vi"), interface_text("unreadable", "en")),
        policy=policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=packed(told),
        receipt=packed_receipt(receipt),
    )


def interface_text(key: str, language: Language) -> str:
    """A word of the page."""
    from ncriteria.report.page.interface import INTERFACE
    from ncriteria.words import words

    return words(language).this(INTERFACE[key])


def script_part(name: str) -> str:
    """A part of the script, some of which every page has."""
    return _asset(f"{name}.js")


def page_style() -> str:
    """The style that all pages begin with."""
    return _asset("page.css")


def _asset(name: str) -> str:
    return files("ncriteria.report.page").joinpath("assets", name).read_text(encoding="utf-8")
