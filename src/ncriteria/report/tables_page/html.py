"""A page of tables as one file: its style, its script and its data, and a policy that lets nothing else in."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from ncriteria.report.page.html import script_part, scripted_page
from ncriteria.report.page.interface import told_in_both
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.sheets.tables import TablesTold
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
    data = {"words": told_in_both(TABLE_WORDS), **tables_data(found, receipt)}
    scripts = (*map(script_part, _SHARED), _asset("tables.js"))
    return scripted_page(found.title(language), language, data, scripts, receipt, style=_asset("tables.css"))


def _asset(name: str) -> str:
    return files("ncriteria.report.tables_page").joinpath("assets", name).read_text(encoding="utf-8")
