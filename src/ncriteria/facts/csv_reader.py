"""CSV and tab-separated files."""

from __future__ import annotations

import csv
import io
from collections import Counter

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.raw import RawRow, RawTable, RawValue
from ncriteria.facts.table import FactsError


def read_csv(text: str, file: str | None) -> RawTable:
    """The rows of a CSV text, whose first line has the headings; raises `FactsError`."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, file), strict=True)
    problems: list[Problem] = []
    headings: list[str] | None = None
    rows: list[RawRow] = []
    try:
        number = 1
        for cells in reader:
            if headings is None and any(cell.strip() for cell in cells):
                headings = [cell.strip() for cell in cells]
            elif headings is not None and any(cell.strip() for cell in cells):
                rows.append(_row(number, headings, cells, file, problems))
            number = reader.line_num + 1
    except csv.Error as error:
        raise FactsError(Problem("NC220", f"this is not CSV: {error}", CellPlace(file, row=number))) from None
    if headings is None:
        raise FactsError(Problem("NC221", "the file is empty", CellPlace(file)))
    _report_repeated(headings, file, problems)
    if problems:
        raise FactsError(problems)
    used = {heading for row in rows for heading in row.cells}
    return RawTable(tuple(heading for heading in headings if heading or heading in used), tuple(rows))


def _delimiter(text: str, file: str | None) -> str:
    """The one of comma, semicolon and tab that stands in the first line outside quotes."""
    outside = _headings_outside_quotes(text)
    found = [mark for mark in (",", ";", "\t") if mark in outside]
    if len(found) > 1:
        marks = " and ".join({",": "commas", ";": "semicolons", "\t": "tabs"}[mark] for mark in found)
        hint = "put headings that hold such a mark in quotes"
        raise FactsError(Problem("NC220", f"the headings are separated by {marks}", CellPlace(file, row=1), hint))
    return found[0] if found else ","


def _headings_outside_quotes(text: str) -> str:
    """What stands outside quotes up to the end of the first line that is not blank; quotes may hold line breaks."""
    outside = ""
    for index, part in enumerate(text.split('"')):
        if index % 2:
            outside += "_"
            continue
        for line in io.StringIO(part, newline=""):
            outside += line
            if line.endswith(("\n", "\r")) and outside.strip():
                return outside
    return outside


def _row(number: int, headings: list[str], cells: list[str], file: str | None, problems: list[Problem]) -> RawRow:
    if len(cells) != len(headings):
        message = f"the row has {len(cells)} cells; there are {len(headings)} headings"
        hint = "a cell that holds a separator, such as 0,95, stands in quotes" if len(cells) > len(headings) else None
        problems.append(Problem("NC222", message, CellPlace(file, row=number), hint))
    found: dict[str, RawValue] = {heading: cell for heading, cell in zip(headings, cells, strict=False) if cell.strip()}
    return RawRow(number, found)


def _report_repeated(headings: list[str], file: str | None, problems: list[Problem]) -> None:
    for heading, times in Counter(headings).items():
        if heading and times > 1:
            place = CellPlace(file, heading=heading)
            problems.append(Problem("NC211", f'the heading "{heading}" stands twice', place))
