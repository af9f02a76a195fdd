"""The cells of a sheet or of a text as they stand, before it is known where its headings are."""

from __future__ import annotations

from typing import Final

from attrs import field

from ncriteria.facts.formats.raw import RawValue
from ncriteria.quick_classes import frozen

HEADINGS_WITHIN: Final = 30
"""The rows among which the headings stand, those above them with them."""


@frozen
class GridRow:
    """One row: its number as the file counts, and its cells from the first column on; a blank one is `""`."""

    number: int
    cells: tuple[RawValue, ...]


@frozen
class Merged:
    """Cells that are shown as one, with what stands in the first of them: rows by number, columns from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@frozen
class Grid:
    """The rows that hold something, in order; `separator` stands between the cells of a text.

    `hidden_rows` and `hidden_columns` are those that hold something and that the workbook does not show.
    """

    rows: tuple[GridRow, ...] = field(repr=False)
    sheet: str | None = None
    merged: tuple[Merged, ...] = field(default=(), repr=False)
    separator: str | None = None
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


def letter(column: int) -> str:
    """The letter of a column in a workbook; the first is 0."""
    before, last = divmod(column, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)
