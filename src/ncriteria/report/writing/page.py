"""An answer as a page: one file that opens in a browser, offline."""

from __future__ import annotations

from typing import BinaryIO

from ncriteria.report.answers.answer import Answer, Counts
from ncriteria.report.dossier.page import dossier_html
from ncriteria.report.page import page_html
from ncriteria.report.tables_page.html import tables_html


def write_page(answer: Answer, file: BinaryIO) -> Counts:
    """Write the page of an answer."""
    if answer.dossier is not None:
        file.write(dossier_html(answer.dossier, answer.language).encode("utf-8", "replace"))
        return {"": sum(1 for _ in answer.items())}
    if answer.tables is not None:
        file.write(tables_html(answer.tables, answer.language, receipt=answer.receipt).encode("utf-8", "replace"))
        return {sheet.title: sum(1 for _ in sheet.rows) for sheet in answer.sheets}
    assert answer.judgements is not None, "an answer is of judgements, a dossier or tables"
    file.write(page_html(answer.judgements, answer.language, receipt=answer.receipt).encode("utf-8", "replace"))
    return {"": len(answer.judgements)}
