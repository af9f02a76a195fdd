"""The table of an answer as CSV, which workbooks open without taking a text for a formula."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from fractions import Fraction
from typing import BinaryIO

from ncriteria.facts.formats.csv_writer import inert
from ncriteria.report.answers.answer import Answer, Counts
from ncriteria.report.sheets.sheet import Cell, Column, Kind, exact_text, name_text
from ncriteria.report.writing.letters import shown_letters
from ncriteria.words import Words, words

_MARK = "\ufeff"
"""The mark at the beginning by which Excel knows UTF-8."""


def write_csv(answer: Answer, file: BinaryIO) -> Counts:
    """Write the table of the answer: its headings, and its rows."""
    sheet, say = answer.table, words(answer.language)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    text.write(_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([inert(shown_letters(column.heading)) for column in sheet.columns])
    count = 0
    for row in sheet.rows:
        writer.writerow(_texts(sheet.columns, row, say))
        count += 1
    text.detach()
    return {sheet.title: count}


def _texts(columns: tuple[Column, ...], row: tuple[Cell, ...], say: Words) -> Iterator[str]:
    return (cell_text(column, cell, say) for column, cell in zip(columns, row, strict=True))


def cell_text(column: Column, cell: Cell, say: Words) -> str:
    """A cell as text: words in the language of `say`, numbers exact with a point, days as 2026-03-31."""
    if cell is None:
        return ""
    match column.kind:
        case Kind.NAME:
            return name_text(column, cell, say)
        case Kind.TRUTH:
            return say("yes") if cell else say("no")
        case Kind.DAY:
            assert isinstance(cell, datetime.date)
            return cell.isoformat()
        case Kind.WHOLE | Kind.EXACT:
            assert isinstance(cell, (int, Fraction))
            return exact_text(Fraction(cell))
        case Kind.PERCENT:
            assert isinstance(cell, (int, Fraction))
            return f"{exact_text(cell * Fraction(100))}%"
        case Kind.TEXT:
            return inert(shown_letters(str(cell)))
