"""Workbooks of Excel and LibreOffice, read into grids of cells."""

from ncriteria.facts.formats.workbook.kinds import WorkbookKind
from ncriteria.facts.formats.workbook.reading import read_workbook, sheet_called

__all__ = ["WorkbookKind", "read_workbook", "sheet_called"]
