"""A page of tables as one file: its style, its script and its data, and a policy that lets nothing else in."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from ncriteria import __version__
from ncriteria.report.packing import packed
from ncriteria.report.page.html import closed, interface_text, page_style, page_template, script_part
from ncriteria.report.page.interface import told_in_both
from ncriteria.report.page.offline import policy, template_of
from ncriteria.report.receipts.document import receipt_document
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.sheets.tables import TablesTold
from ncriteria.report.structure import Plain
from ncriteria.report.tables_page.gathering import tables_data
from ncriteria.report.tables_page.interface import TABLE_WORDS
from ncriteria.words import Language

_SHARED: Final = ("inflate", "opening", "words", "drawing", "tools")
"""The parts of the script that the page of verdicts has, too."""


def tables_html(found: TablesTold, language: Language, *, receipt: Receipt | None = None) -> str:
    """The tables as one HTML file that opens offline, in `language` first; the same input gives the same text.

    The page carries the `receipt`, for `ncriteria verify`. Raises `PageError` where Jinja2 (the extra `report`) is not
    installed.
    """
    template, data = template_of(page_template()), tables_data(found, receipt)
    told: Plain = {"language": language, "version": __version__, "words": told_in_both(TABLE_WORDS)}
    if receipt is not None:
        told["receipt"] = {"day": receipt.day.isoformat(), "result": receipt.result}
    style = page_style() + _asset("tables.css")
    script = closed((*map(script_part, _SHARED), _asset("tables.js")))
    from markupsafe import Markup

    return template.render(
        language=language,
        title=found.title(language),
        unreadable=(interface_text("unreadable", "vi"), interface_text("unreadable", "en")),
        policy=policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=packed({**told, **data}),
        receipt="" if receipt is None else packed(receipt_document(receipt)),
    )


def _asset(name: str) -> str:
    return files("ncriteria.report.tables_page").joinpath("assets", name).read_text(encoding="utf-8")
