"""Judgements, or a dossier, as a page: one file that opens in a browser, offline."""

from __future__ import annotations

from typing import BinaryIO

from ncriteria.report.answers.answer import Answer, Counts
from ncriteria.report.dossier.page import dossier_html
from ncriteria.report.page import page_html


def write_page(answer: Answer, file: BinaryIO) -> Counts:
    """Write the page of an answer."""
    if answer.dossier is not None:
        file.write(dossier_html(answer.dossier, answer.language).encode("utf-8", "replace"))
        return {"": sum(1 for _ in answer.items())}
    assert answer.judgements is not None, "only judgements and dossiers have a page"
    file.write(page_html(answer.judgements, answer.language, receipt=answer.receipt).encode("utf-8", "replace"))
    return {"": len(answer.judgements)}
