"""The tables of a dossier as they are shown to people: cells in words, and no more rows than a page bears."""

from __future__ import annotations

from itertools import islice
from typing import Final

from attrs import frozen

from ncriteria.report.sheets.sheet import Sheet, people_text
from ncriteria.sets.model import Verdict
from ncriteria.words import Words

MOST_ROWS: Final = 200
"""Rows of a table that stand on a page or a paper; a workbook has all of them."""
_NARROWEST: Final = 20
_WIDEST: Final = 60
"""Between these the columns share a page as they share a sheet, where words still stand whole in each."""


@frozen
class ShownCell:
    """A cell in words; a verdict is told apart from a text that says the same."""

    text: str
    verdict: Verdict | None = None


@frozen
class ShownTable:
    """A table with its first rows; `left_out` says how many more there are, and is empty where there are none.

    `widths` are those of the columns, in hundredths of the whole.
    """

    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    left_out: str


def shown_table(sheet: Sheet, say: Words) -> ShownTable:
    """The table of a sheet."""
    rows = sheet.rows
    shown = tuple(
        tuple(
            ShownCell(people_text(column, cell, say), cell if isinstance(cell, Verdict) else None)
            for column, cell in zip(sheet.columns, row, strict=True)
        )
        for row in islice(rows, MOST_ROWS)
    )
    more = sum(1 for _ in rows)
    told = say("... and {count} more; a workbook (.xlsx) has all of them", count=more) if more else ""
    parts = [min(_WIDEST, max(_NARROWEST, column.width)) for column in sheet.columns]
    return ShownTable(
        sheet.title,
        tuple(column.heading for column in sheet.columns),
        tuple(part * 100 // sum(parts) for part in parts),
        shown,
        told,
    )
