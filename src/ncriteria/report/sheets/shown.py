"""Sheets as they are shown on pages and papers: the columns that people read, cells in words, no more rows than fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final

from attrs import evolve

from ncriteria.facts.table import Unit
from ncriteria.quick_classes import frozen
from ncriteria.report.sheets.sheet import Column, Row, Sheet, people_text
from ncriteria.sets.model import Verdict
from ncriteria.words import Words

MOST_ROWS: Final = 200
"""Rows of a table that stand on a page or a paper; a workbook has all of them."""
_NARROWEST: Final = 20
_WIDEST: Final = 60
"""Between these the columns share a page as they share a sheet, where words still stand whole in each."""
_MOST_ON_PAPER: Final = 1_000
_NARROWEST_ON_PAPER: Final = 9
_UNIT: Final = ("unit", "name", "year", "standard_title")
_FOR_RULES: Final = frozenset({"fact", "standard"})
"""Columns that say by which name rules and programs know what stands beside."""
_ONCE: Final = frozenset({"year", "standard_title"})
"""Columns that are told once where all rows say the same."""


@frozen
class ShownPlaces:
    """Which columns of a sheet people are shown, by place: in the rows, or once because all rows say the `same`."""

    in_rows: tuple[int, ...]
    same: tuple[int, ...]


def shown_places(columns: Sequence[Column], rows: Sequence[Row]) -> ShownPlaces:
    """The columns that say something to people, of a sheet that has rows."""
    told = [
        place
        for place, column in enumerate(columns)
        if not column.is_for_programs and column.name not in _FOR_RULES and any(row[place] is not None for row in rows)
    ]
    same = tuple(place for place in told if columns[place].name in _ONCE and len({row[place] for row in rows}) == 1)
    return ShownPlaces(tuple(place for place in told if place not in same), same)


@frozen
class ShownCell:
    """A cell in words; a verdict is told apart from a text that says the same."""

    text: str
    verdict: Verdict | None = None


@frozen
class ShownTable:
    """A table with its first rows; `left_out` says how many more there are, and is empty where there are none.

    `widths` are those of the columns, in hundredths of the whole; `bands` say of each row what stands once above those
    that have it, and are empty where nothing does.
    """

    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    left_out: str
    bands: tuple[str, ...]


def people_table(sheet: Sheet, say: Words) -> ShownTable | None:
    """The table of a sheet with what says something to people; `None` where it has no rows.

    What is the same in all rows stands in the title. Where there are several rows for a unit and year, these stand
    once above them.
    """
    rows, columns = list(sheet.rows), sheet.columns
    if not rows:
        return None
    places = shown_places(columns, rows)
    titles = [people_text(columns[place], rows[0][place], say) for place in places.same]
    names = [columns[place].name for place in places.in_rows]
    of_unit = [place for place in places.in_rows if columns[place].name in _UNIT]
    bands = [_band({columns[at].name: people_text(columns[at], row[at], say) for at in of_unit}) for row in rows]
    if is_banded := _UNIT[0] in names and 2 * len(set(bands)) <= len(rows):
        names = [name for name in names if name not in _UNIT]
    shown = shown_table(sheet.narrowed(names), say, _MOST_ON_PAPER, _NARROWEST_ON_PAPER)
    title = " · ".join([sheet.title, *titles])
    return evolve(shown, title=title, bands=tuple(bands[: len(shown.rows)]) if is_banded else shown.bands)


def _band(told: Mapping[str, str]) -> str:
    """The unit with its name, and what else stands above its rows, of what is told in the columns."""
    unit, name, *others = (told.get(one, "") for one in _UNIT)
    return " – ".join((Unit(unit, name or None).named, *(text for text in others if text)))


def shown_table(sheet: Sheet, say: Words, most: int = MOST_ROWS, narrowest: int = _NARROWEST) -> ShownTable:
    """The table of a sheet, with at most so many rows; no column counts for narrower than so many letters."""
    rows = sheet.rows
    shown = tuple(
        tuple(
            ShownCell(people_text(column, cell, say), cell if isinstance(cell, Verdict) else None)
            for column, cell in zip(sheet.columns, row, strict=True)
        )
        for row in islice(rows, most)
    )
    more = sum(1 for _ in rows)
    told = say("... and {count} more; a workbook (.xlsx) has all of them", count=more) if more else ""
    parts = [min(_WIDEST, max(narrowest, column.width)) for column in sheet.columns]
    return ShownTable(
        sheet.title,
        tuple(column.heading for column in sheet.columns),
        tuple(part * 100 // sum(parts) for part in parts),
        shown,
        told,
        ("",) * len(shown),
    )
