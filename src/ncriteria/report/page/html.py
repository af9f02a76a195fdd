"""The page as one file: its style, its script and its data, and a policy that lets nothing else in."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from ncriteria import __version__
from ncriteria.errors import NCriteriaError, Problem
from ncriteria.evaluation.tables import Judgement
from ncriteria.report.invented import is_invented
from ncriteria.report.packing import packed
from ncriteria.report.page.gathering import Rooms, gathered
from ncriteria.report.page.interface import interface
from ncriteria.report.receipts.document import receipt_document
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.words import Language, phrase

if TYPE_CHECKING:
    from jinja2 import Template

SCRIPTS: Final = ("inflate", "data", "words", "drawing", "plot", "account", "grid", "filters", "printing", "start")
"""The parts of the script, in order."""


class PageError(NCriteriaError):
    """A page that cannot be written."""


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
    template, gathering = _template(), gathered(judgements, rooms or {})
    invented = invented or any(is_invented(row.name) for row in gathering.rows)
    data = {"language": language, "invented": invented, "version": __version__, **interface()}
    if receipt is not None:
        data["receipt"] = {"day": receipt.day.isoformat(), "result": receipt.result}
    style, script = _asset("page.css"), f"(() => {{\n'use strict';\n{''.join(map(_part, SCRIPTS))}}})();\n"
    from markupsafe import Markup

    return template.render(
        language=language,
        title=interface_text("title", language),
        unreadable=(interface_text("unreadable", "vi"), interface_text("unreadable", "en")),
        policy=_policy(style, script),
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


def _policy(style: str, script: str) -> str:
    """What the page may load and run: nothing but its own style and script."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_digest(style)}",
            f"script-src {_digest(script)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _part(name: str) -> str:
    return _asset(f"{name}.js")


def _asset(name: str) -> str:
    return files("ncriteria.report.page").joinpath("assets", name).read_text(encoding="utf-8")


def _template() -> Template:
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError:
        reason = phrase("pages are written with Jinja2, which is not there")
        hint = phrase('install it: pip install "ncriteria[report]"')
        raise PageError(Problem("NC360", reason, None, hint)) from None
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(_asset("page.html"))
