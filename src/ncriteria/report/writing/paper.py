"""An answer as a paper: a document of Word, to be printed and signed."""

from __future__ import annotations

from typing import BinaryIO

from ncriteria.report.answers.answer import Answer, Counts
from ncriteria.report.dossier.paper import dossier_docx
from ncriteria.report.paper import paper_docx
from ncriteria.report.paper.tables import tables_docx


def write_paper(answer: Answer, file: BinaryIO) -> Counts:
    """Write the paper of an answer."""
    if answer.dossier is not None:
        file.write(dossier_docx(answer.dossier, answer.language))
        return {"": sum(1 for _ in answer.items())}
    if answer.tables is not None:
        file.write(tables_docx(answer.tables, answer.language, receipt=answer.receipt))
        return {sheet.title: sum(1 for _ in sheet.rows) for sheet in answer.sheets}
    assert answer.judgements is not None, "an answer is of judgements, a dossier or tables"
    file.write(paper_docx(answer.judgements, answer.language, receipt=answer.receipt))
    return {"": len(answer.judgements)}
