"""CSV and tab-separated files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.formats.grid import Grid, GridRow
from ncriteria.facts.formats.separators import separator_of
from ncriteria.facts.table import FactsError

_SEPARATOR_LINE = re.compile(r'"?sep=([^\r\n"])"?[ \t,;]*(?:\r\n|\r|\n|$)', re.IGNORECASE)


def read_csv(text: str, file: str | None) -> Grid:
    """The cells of a CSV text; raises `FactsError`."""
    return _read(text, file, None)


def read_tsv(text: str, file: str | None) -> Grid:
    """The cells of a text that are apart by tabs, whatever else stands in it; raises `FactsError`."""
    return _read(text, file, "\t")


def _read(text: str, file: str | None, mark: str | None) -> Grid:
    if match := _SEPARATOR_LINE.match(text):
        # Excel does not show this line, and counts from the one after it.
        mark, text = match[1], text[match.end() :]
    mark = mark or separator_of(text, file)
    return Grid(tuple(_rows(text, mark, file)), separator=mark)


def _rows(text: str, mark: str, file: str | None) -> Iterator[GridRow]:
    """The rows that are not blank, with their numbers in Excel: line breaks in quotes begin no new row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(map(str.strip, cells)):
                yield GridRow(number, tuple(cells))
    except csv.Error as error:
        raise FactsError(Problem("NC220", f"this is not CSV: {error}", CellPlace(file, row=number + 1))) from None
