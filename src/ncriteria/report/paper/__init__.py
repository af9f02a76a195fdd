"""The paper: judgements as a document of Word, a section for each unit and year, to be printed, signed and filed."""

from ncriteria.report.paper.document import paper_docx

__all__ = ["paper_docx"]
