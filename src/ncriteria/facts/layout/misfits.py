"""Rows that do not fit their headings: cells too many or too few, headings that stand twice or are not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import evolve

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.formats.grid import Grid, GridRow, letter
from ncriteria.facts.formats.raw import RawValue, is_blank
from ncriteria.patterns import compiled_later
from ncriteria.words import joined, phrase

_DIGITS = compiled_later(r"\s*[0-9]+%?\s*")


def misfits(grid: Grid, headings: Sequence[str], rows: Sequence[GridRow], table: CellPlace) -> Iterator[Problem]:
    """What is wrong with the headings and the width of the `rows` below them."""
    unnamed: dict[int, int] = {}
    all_named = all(headings)
    for row in rows:
        if grid.separator is not None and len(row.cells) != len(headings):
            yield from _of_another_length(evolve(table, row=row.number), headings, row.cells, grid.separator)
        if not all_named or len(row.cells) > len(headings):
            _find_unnamed(unnamed, row, headings, beyond=grid.separator is None)
    yield from _repeated(headings, table)
    yield from _without_heading(unnamed, grid.separator, table)


def _of_another_length(
    place: CellPlace, headings: Sequence[str], cells: Sequence[RawValue], mark: str
) -> Iterator[Problem]:
    """What is wrong with a row that has fewer cells than it needs, or more than there are headings."""
    needed = max((place for place, heading in enumerate(headings, start=1) if heading), default=0)
    # Between commas, a blank cell too many is told as well: the decimal comma of another cell may have made it.
    beyond = any(not is_blank(cell) or mark == "," for cell in cells[len(headings) :])
    if beyond or len(cells) < needed:
        told = (
            phrase("the row has 1 cell; there are {headings} headings", headings=len(headings))
            if len(cells) == 1
            else phrase(
                "the row has {cells} cells; there are {headings} headings", cells=len(cells), headings=len(headings)
            )
        )
        missing = phrase("cells are missing: a blank cell at the end of a row still has its mark before it")
        yield Problem("NC222", told, place, _to_keep_together(cells, mark) if beyond else missing)


def _to_keep_together(cells: Sequence[RawValue], mark: str) -> str:
    """What to do where a cell seems to be divided; between commas, decimal commas do it most often."""
    if mark == "," and any(_is_digits(one) and _is_digits(other) for one, other in pairwise(cells)):
        return phrase(
            'a decimal comma divides its cell: save the file with semicolons, or write "0,95" in quotes, or 0.95'
        )
    return phrase("a cell that holds a separator, such as 0,95, stands in quotes")


def _is_digits(cell: RawValue) -> bool:
    return isinstance(cell, str) and _DIGITS.fullmatch(cell) is not None


def _repeated(headings: Sequence[str], table: CellPlace) -> Iterator[Problem]:
    for heading, times in Counter(headings).items():
        if heading and times > 1:
            message = phrase('the heading "{heading}" stands twice', heading=heading)
            yield Problem("NC211", message, evolve(table, heading=heading))


def _find_unnamed(unnamed: dict[int, int], row: GridRow, headings: Sequence[str], *, beyond: bool) -> None:
    """Add the columns without a heading that hold something in the row, where none before it did."""
    for column, cell in enumerate(row.cells if beyond else row.cells[: len(headings)]):
        if not is_blank(cell) and not (headings[column] if column < len(headings) else ""):
            unnamed.setdefault(column, row.number)


def _without_heading(unnamed: Mapping[int, int], mark: str | None, table: CellPlace) -> Iterator[Problem]:
    for column, number in sorted(unnamed.items()):
        message = phrase("column {letter} holds values and has no heading", letter=letter(column))
        hint = phrase("write its heading, or delete the column")
        if mark == ",":
            hint = joined("; ", [hint, phrase('a cell with a decimal comma stands in quotes: "0,95"')])
        yield Problem("NC210", message, evolve(table, row=number), hint)
