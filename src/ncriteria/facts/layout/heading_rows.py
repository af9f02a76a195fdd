"""Where the headings of a table stand that does not begin with them, or has them in two rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.formats.raw import RawTable
from ncriteria.facts.layout.headings import Column, Reserved, column_of
from ncriteria.language.tree import FactKey

_NUMERAL = re.compile(r"[-(]?[0-9][0-9.,/ %)]*")
_KEYS = frozenset({Reserved.UNIT, Reserved.NAME, Reserved.YEAR})


def misplaced_headings(raw: RawTable, known: Mapping[str, tuple[Column, ...]], file: str | None) -> Problem | None:
    """What is wrong with the place of the headings; `None` where they stand in the first row, and only there.

    `known` has the columns that each heading may mean. A row of headings names a unit, and one column more.
    """
    rows = raw.first_rows
    for place, ((number, cells), (below, lower)) in enumerate(zip_longest(rows, rows[1:], fillvalue=(0, ()))):
        if _continues(cells, lower, known):
            headings = list(_joined(cells, lower))
            if _names_columns(headings, known):
                return _in_two_rows((number, below), headings, is_first=place == 0, file=file)
        if _names_columns(cells, known):
            return None if place == 0 else _further_down(number, CellPlace(file, row=rows[0][0]))
    return None


def _in_two_rows(rows: tuple[int, int], headings: Sequence[str], *, is_first: bool, file: str | None) -> Problem:
    message = f"the headings seem to stand in two rows, {rows[0]} and {rows[1]}"
    above = "" if is_first else ", and delete the rows above it"
    hint = f"put them into one row{above}: " + " · ".join(f'"{heading}"' for heading in headings)
    return Problem("NC226", message, CellPlace(file, row=rows[0]), hint)


def _further_down(number: int, top: CellPlace) -> Problem:
    message = f"the headings seem to be in row {number}, and a table begins with them"
    return Problem("NC225", message, top, f"delete the rows above row {number}")


def _names_columns(cells: Sequence[str], known: Mapping[str, tuple[Column, ...]]) -> bool:
    columns = {column for cell in cells if cell.strip() for column in column_of(cell, known)}
    return len(columns) > 1 and bool(columns & {Reserved.UNIT, Reserved.NAME})


def _continues(upper: Sequence[str], lower: Sequence[str], known: Mapping[str, tuple[Column, ...]]) -> bool:
    """Whether a row goes on with the headings above it: words under some of them, nothing under the unit and year."""
    for heading, cell in zip(upper, lower, strict=False):
        if cell.strip() and (_KEYS & set(column_of(heading, known)) or _NUMERAL.fullmatch(cell.strip())):
            return False
    own = {heading.strip() for heading in upper}
    joined = [heading for heading in _joined(upper, lower) if heading not in own]
    return any(isinstance(column, FactKey) for heading in joined for column in column_of(heading, known))


def _joined(upper: Sequence[str], lower: Sequence[str]) -> Iterator[str]:
    """Two rows of headings as one: what stands above several columns is said in each of them."""
    above = ""
    for first, second in zip_longest(upper, lower, fillvalue=""):
        above = first.strip() or above
        if second.strip():
            yield f"{above} {second.strip()}".strip()
        elif first.strip():
            yield first.strip()
