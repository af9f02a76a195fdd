"""Workbooks of Excel and LibreOffice, read into grids of cells."""

from ncriteria.facts.formats.workbook.kinds import WorkbookKind
from ncriteria.facts.formats.workbook.reading import read_workbook

__all__ = ["WorkbookKind", "read_workbook"]
