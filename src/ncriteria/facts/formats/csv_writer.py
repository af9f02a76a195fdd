"""A table as CSV that workbooks open, and take nothing in it for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a workbook takes for a formula."""


def csv_text(headings: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """The text of a table: its headings and its rows; `None` is a blank cell."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([inert("" if cell is None else str(cell)) for cell in row] for row in rows)
    return written.getvalue()


def inert(text: str) -> str:
    """A text that no workbook takes for a formula; a number below 0 is none."""
    is_number = text.removeprefix("-").replace(".", "", 1).isdecimal()
    return f"'{text}" if text.startswith(_FORMULAS) and not is_number else text
