"""Reading a sheet of a workbook into a grid of cells."""

from __future__ import annotations

from typing import Final, assert_never

from ncriteria.facts.formats.grid import Grid
from ncriteria.facts.formats.workbook.kinds import COMPOUND, ZIP, WorkbookKind, other_kind
from ncriteria.facts.formats.workbook.ods.ods import may_have_sheet, read_ods
from ncriteria.facts.formats.workbook.package import open_package
from ncriteria.facts.formats.workbook.refusing import too_large
from ncriteria.facts.formats.workbook.xls.xls import read_xls
from ncriteria.facts.formats.workbook.xlsx.xlsx import read_xlsx
from ncriteria.facts.table import FactsError
from ncriteria.words import phrase

_MOST_BYTES: Final = 64 * 1024 * 1024


def read_workbook(content: bytes, kind: WorkbookKind, file: str | None, sheet: str | None = None) -> Grid:
    """The cells of a sheet of a workbook: that of the name `sheet`, or the only visible one that holds something.

    A number is a `NumberText`, a day an ISO text, a blank cell `""`. A cell with an error holds its text (`#DIV/0!`),
    and one with a formula whose value was never calculated holds the formula: nothing is read as
    blank that is not.
    Raises `FactsError` where the sheet is not there, or the workbook cannot be read surely.
    """
    if len(content) > _MOST_BYTES:
        raise too_large(phrase("the file has more than {most} MiB", most=_MOST_BYTES // 1024**2), file)
    match kind:
        case "xlsx":
            if not content.startswith(ZIP):
                raise other_kind(content, kind, file)
            return read_xlsx(open_package(content, file), sheet, file)
        case "ods":
            if not content.startswith(ZIP):
                raise other_kind(content, kind, file)
            return read_ods(open_package(content, file), sheet, file)
        case "xls":
            if not content.startswith(COMPOUND):
                raise other_kind(content, kind, file)
            return read_xls(content, sheet, file)
        case _:
            assert_never(kind)


def sheet_called(content: bytes, kind: WorkbookKind, file: str | None, sheet: str) -> Grid | None:
    """The cells of the sheet of that name, shown or not; `None` where there is none. Raises `FactsError`."""
    if kind == "ods" and content.startswith(ZIP) and not may_have_sheet(open_package(content, file), sheet):
        return None
    try:
        return read_workbook(content, kind, file, sheet)
    except FactsError as error:
        if error.problems[0].code == "NC275":
            return None
        raise
