"""Columns that a table of facts needs and has not: those of the unit and of the year."""

from __future__ import annotations

from collections.abc import Mapping

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.formats.raw import RawTable
from ncriteria.facts.layout.columns import Column, Reserved
from ncriteria.words import phrase

_LOOKED_AT = 50
"""Rows that show what a column may be."""


def report_absent(columns: Mapping[str, Column], raw: RawTable, problems: list[Problem], table: CellPlace) -> None:
    """Add a problem for each of them, with the column that may be the unit."""
    found = set(columns.values())
    if Reserved.UNIT not in found and Reserved.NAME not in found:
        likely = may_be_the_unit(raw, columns)
        hint = (
            phrase("the identifier of a unit stays the same from year to year")
            if likely is None
            else phrase('"{heading}" may be the unit: --column "{heading}=name"', heading=likely)
        )
        problems.insert(0, Problem("NC212", phrase("there is no column `unit` or `name` (Đơn vị)"), table, hint))
    if Reserved.YEAR not in found and Reserved.MONTH not in found:
        hint = phrase("write one, or say the year of all rows (--table-year, `facts: year:` in a project file)")
        say = hint if raw.account is not None else None
        problems.append(Problem("NC212", phrase("there is no column `year` (Năm)"), table, say))


def may_be_the_unit(raw: RawTable, columns: Mapping[str, Column]) -> str | None:
    """The heading that is no column yet and has the most different texts below it, none of which is a number.

    A row of the file that says several years or months counts once.
    """
    rows = raw.rows[:_LOOKED_AT]
    best, most = None, 1
    for heading in raw.headings:
        cells = {row.number: row.cells[heading] for row in rows if heading in row.cells}.values()
        texts = {cell.strip() for cell in cells if isinstance(cell, str) and not any(map(str.isdigit, cell))}
        if heading not in columns and len(texts) == len(cells) > most:
            best, most = heading, len(texts)
    return best
