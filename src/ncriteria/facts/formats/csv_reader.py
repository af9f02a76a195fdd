"""CSV and tab-separated files."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.formats.raw import RawRow, RawTable, RawValue
from ncriteria.facts.formats.separators import separator_of
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
    records = _records(text, mark, file)
    headed = next(records, None)
    if headed is None:
        raise FactsError(Problem("NC221", "the file is empty", CellPlace(file)))
    headings = [" ".join(cell.split()) for cell in headed[1]]
    problems: list[Problem] = []
    unnamed: dict[int, int] = {}
    first, rows = [headed], []
    for number, cells in records:
        rows.append(RawRow(number, _cells(headings, cells)))
        if len(first) < _FIRST_ROWS:
            first.append((number, cells))
        if len(cells) != len(headings):
            problems.extend(_of_another_length(CellPlace(file, row=number), headings, cells, mark))
        if not all(headings):
            _find_unnamed(unnamed, number, headings, cells)
    problems += [*_repeated(headings, file), *_without_heading(unnamed, mark, file)]
    named = tuple(dict.fromkeys(heading for heading in headings if heading))
    return RawTable(named, tuple(rows), tuple(first), tuple(problems), mark)


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


def _find_unnamed(unnamed: dict[int, int], number: int, headings: Sequence[str], cells: Sequence[str]) -> None:
    """Add the columns without a heading that hold something in the row `number`, where none before it did."""
    for column, (heading, cell) in enumerate(zip(headings, cells, strict=False)):
        if not heading and cell.strip():
            unnamed.setdefault(column, number)


def _without_heading(unnamed: Mapping[int, int], mark: str, file: str | None) -> Iterator[Problem]:
    for column, number in sorted(unnamed.items()):
        message = f"column {_letter(column)} holds values and has no heading"
        hint = "write its heading, or delete the column"
        if mark == ",":
            hint += '; a cell with a decimal comma stands in quotes: "0,95"'
        yield Problem("NC210", message, CellPlace(file, row=number), hint)


def _letter(place: int) -> str:
    """The letter of a column in Excel; the first has the place 0."""
    before, last = divmod(place, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)
