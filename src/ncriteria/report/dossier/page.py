"""The dossier as one HTML file that opens offline and prints on A4: nothing in it runs, and nothing else is let in."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from ncriteria.report.dossier.model import Dossier
from ncriteria.report.dossier.sections import opening, sections
from ncriteria.report.dossier.statements import SIGNS
from ncriteria.report.page.html import page_style
from ncriteria.report.page.offline import policy, template_of
from ncriteria.report.receipts.document import packed_receipt
from ncriteria.report.receipts.telling import receipt_lines
from ncriteria.report.sheets.shown import shown_table
from ncriteria.sets.model import Verdict
from ncriteria.words import Language, words

_BADGES: Final[Mapping[Verdict, str]] = {
    Verdict.MET: "met",
    Verdict.NOT_MET: "not-met",
    Verdict.UNDETERMINED: "open",
    Verdict.NOT_APPLICABLE: "none",
}
"""The class that colours a verdict, beside its word."""
_WIDTHS: Final = "".join(f".w{part} {{ width: {part}%; }}\n" for part in range(1, 101))
"""Widths of columns as classes, for the policy of the page lets no element have a style of its own."""


def dossier_html(dossier: Dossier, language: Language) -> str:
    """The dossier as a page; raises `PageError` where Jinja2 (the extra `report`) is not installed."""
    template, say, receipt = template_of(_asset("dossier.html")), words(language), dossier.receipt
    style = page_style() + _asset("dossier.css") + _WIDTHS
    from markupsafe import Markup

    return template.render(
        language=language,
        policy=policy(style),
        style=Markup(style),
        opening=opening(dossier, language),
        sections=[
            (section, [shown_table(one, say) for one in section.tables]) for section in sections(dossier, language)
        ],
        signs=SIGNS,
        badges=_BADGES,
        signatures=(say("Prepared by"), say("Checked by")),
        signature=say("(signature, full name)"),
        receipt_title=say("Receipt"),
        receipt_lines=() if receipt is None else tuple(receipt_lines(receipt, language)),
        receipt=packed_receipt(receipt),
    )


def _asset(name: str) -> str:
    return files("ncriteria.report.dossier").joinpath("assets", name).read_text(encoding="utf-8")
