"""Judgements as a page: one file that opens in a browser, offline."""

from __future__ import annotations

from typing import BinaryIO

from ncriteria.report.answers.answer import Answer, Counts
from ncriteria.report.page import page_html


def write_page(answer: Answer, file: BinaryIO) -> Counts:
    """Write the page of the judgements of an answer."""
    assert answer.judgements is not None, "only judgements have a page"
    file.write(page_html(answer.judgements, answer.language, receipt=answer.receipt).encode("utf-8", "replace"))
    return {"": len(answer.judgements)}
