"""CSV and tab-separated files."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.raw import RawRow, RawTable, RawValue
from ncriteria.facts.separators import separator_of
from ncriteria.facts.table import FactsError

_SEPARATOR_LINE = re.compile(r'"?sep=([^\r\n"])"?[ \t,;]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_DIGITS = re.compile(r"\s*[0-9]+%?\s*")
_FIRST_ROWS = 20


def read_csv(text: str, file: str | None) -> RawTable:
    """The rows of a CSV text, whose first line has the headings; raises `FactsError`."""
    return _read(text, file, None)


def read_tsv(text: str, file: str | None) -> RawTable:
    """The rows of a text whose cells are apart by tabs, whatever else stands in it; raises `FactsError`."""
    return _read(text, file, "\t")


def _read(text: str, file: str | None, mark: str | None) -> RawTable:
    if match := _SEPARATOR_LINE.match(text):
        # Excel does not show this line, and counts from the one after it.
        mark, text = match[1], text[match.end() :]
    mark = mark or separator_of(text, file)
    records = list(_records(text, mark, file))
    if not records:
        raise FactsError(Problem("NC221", "the file is empty", CellPlace(file)))
    (_, first), *others = records
    headings = [" ".join(cell.split()) for cell in first]
    problems: list[Problem] = []
    rows = [RawRow(number, _cells(headings, cells)) for number, cells in others]
    for number, cells in others:
        if len(cells) != len(headings):
            problems.extend(_of_another_length(CellPlace(file, row=number), headings, cells, mark))
    problems += [*_repeated(headings, file), *_without_heading(headings, others, mark, file)]
    named = tuple(dict.fromkeys(heading for heading in headings if heading))
    return RawTable(named, tuple(rows), tuple(records[:_FIRST_ROWS]), tuple(problems), mark)


def _records(text: str, mark: str, file: str | None) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows that are not blank, with their numbers in Excel: line breaks in quotes begin no new row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(map(str.strip, cells)):
                yield number, tuple(cells)
    except csv.Error as error:
        raise FactsError(Problem("NC220", f"this is not CSV: {error}", CellPlace(file, row=number + 1))) from None


def _cells(headings: Sequence[str], cells: Sequence[str]) -> dict[str, RawValue]:
    """The cells of a row that are not blank, by heading."""
    return {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading and cell.strip()}


def _of_another_length(place: CellPlace, headings: Sequence[str], cells: Sequence[str], mark: str) -> Iterator[Problem]:
    """What is wrong with a row that has fewer cells than it needs, or more than there are headings."""
    needed = max((place for place, heading in enumerate(headings, start=1) if heading), default=0)
    # Between commas, a blank cell too many is told as well: the decimal comma of another cell may have made it.
    beyond = any(cell.strip() or mark == "," for cell in cells[len(headings) :])
    if beyond or len(cells) < needed:
        cells_told = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
        told = f"the row has {cells_told}; there are {len(headings)} headings"
        missing = "cells are missing: a blank cell at the end of a row still has its mark before it"
        hint = _to_keep_together(cells, mark) if beyond else missing
        yield Problem("NC222", told, place, hint)


def _to_keep_together(cells: Sequence[str], mark: str) -> str:
    """What to do where a cell seems to be divided; between commas, decimal commas do it most often."""
    if mark == "," and any(_DIGITS.fullmatch(one) and _DIGITS.fullmatch(other) for one, other in pairwise(cells)):
        return 'a decimal comma divides its cell: save the file with semicolons, or write "0,95" in quotes, or 0.95'
    return "a cell that holds a separator, such as 0,95, stands in quotes"


def _repeated(headings: Sequence[str], file: str | None) -> Iterator[Problem]:
    for heading, times in Counter(headings).items():
        if heading and times > 1:
            yield Problem("NC211", f'the heading "{heading}" stands twice', CellPlace(file, heading=heading))


def _without_heading(
    headings: Sequence[str], rows: Sequence[tuple[int, tuple[str, ...]]], mark: str, file: str | None
) -> Iterator[Problem]:
    for place, heading in enumerate(headings):
        number = next((number for number, cells in rows if cells[place : place + 1] and cells[place].strip()), None)
        if not heading and number is not None:
            message = f"column {_letter(place)} holds values and has no heading"
            hint = "write its heading, or delete the column"
            if mark == ",":
                hint += '; a cell with a decimal comma stands in quotes: "0,95"'
            yield Problem("NC210", message, CellPlace(file, row=number), hint)


def _letter(place: int) -> str:
    """The letter of a column in Excel; the first has the place 0."""
    before, last = divmod(place, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)
