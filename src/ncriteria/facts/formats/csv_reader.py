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
from ncriteria.patterns import compiled_later
from ncriteria.words import phrase

_SEPARATOR_LINE = compiled_later(r'"?sep=([^\r\n"])"?[ \t,;]*(?:\r\n|\r|\n|$)', re.IGNORECASE)


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
        message = phrase("this is not CSV: {reason}", reason=_reason(str(error), mark))
        raise FactsError(Problem("NC220", message, CellPlace(file, row=number + 1))) from None


def _reason(told: str, mark: str) -> str:
    """Why a text is not CSV, as the reader tells it, in words that can be said again."""
    known = (
        phrase("unexpected end of data"),
        phrase("'{mark}' expected after '\"'", mark=mark),
        phrase("field larger than field limit ({limit})", limit=csv.field_size_limit()),
    )
    return next((one for one in known if one == told), told)
