"""Judgements as a paper: a document of Word, to be printed and signed."""

from __future__ import annotations

from typing import BinaryIO

from ncriteria.report.answers.answer import Answer, Counts
from ncriteria.report.paper import paper_docx


def write_paper(answer: Answer, file: BinaryIO) -> Counts:
    """Write the paper of the judgements of an answer."""
    assert answer.judgements is not None, "only judgements have a paper"
    file.write(paper_docx(answer.judgements, answer.language, receipt=answer.receipt))
    return {"": len(answer.judgements)}
