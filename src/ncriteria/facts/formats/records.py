"""Rows given as lists of mappings, as JSON and YAML have them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from attrs import evolve

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.formats.raw import NumberText, RawRow, RawTable, RawValue
from ncriteria.facts.table import FactsError
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.reading.documents import UNREADABLE, named
from ncriteria.words import phrase

Record = dict[str, object]
_PREV_YEAR, _PREV_BASIS = "prev_year", "prev_basis"
_BASIS = ("value", "source")
"""What a figure of the year before may have that was put together by hand."""
_FINITE = compiled_later(r"-?[0-9].*")


@frozen
class Repeated:
    """A mapping that cannot be read, for `key` stands in it twice."""

    key: str


def raw_table(content: object, file: str | None) -> RawTable:
    """The rows of `[...]` or `{"rows": [...]}`; a row may hold `prev_year: {...}` and `prev_basis: {...}`.

    Raises `FactsError`.
    """
    if isinstance(content, Repeated):
        raise FactsError(_repeated(content, CellPlace(file, heading=content.key)))
    if isinstance(content, dict) and content.keys() == {"rows"}:
        content = content["rows"]
    if not isinstance(content, list):
        raise FactsError(Problem("NC223", phrase('expected a list of rows, or "rows" with a list'), CellPlace(file)))
    problems: list[Problem] = []
    headings: dict[str, None] = {}
    rows = [_row(CellPlace(file, row=number), item, headings, problems) for number, item in enumerate(content, start=1)]
    if problems:
        raise FactsError(problems)
    if not rows:
        raise FactsError(Problem("NC221", phrase("there are no rows"), CellPlace(file)))
    return RawTable(tuple(headings), tuple(rows))


def _repeated(item: Repeated, place: CellPlace) -> Problem:
    return Problem("NC211", phrase('the key "{key}" stands twice in one object', key=item.key), place)


def _row(row: CellPlace, item: object, headings: dict[str, None], problems: list[Problem]) -> RawRow:
    """One row at the place `row`; adds to `headings` those that are new, of blank cells too."""
    cells: dict[str, RawValue] = {}
    if isinstance(item, Repeated):
        problems.append(_repeated(item, evolve(row, heading=item.key)))
    elif not isinstance(item, dict):
        problems.append(Problem("NC223", phrase("a row is a mapping of headings to values"), row))
    else:
        given: set[str] = set()
        for heading, value in _pairs(item):
            place = evolve(row, heading=heading)
            if heading in given:
                problems.append(_repeated(Repeated(heading), place))
            given.add(heading)
            headings.setdefault(heading)
            cell = _cell(value, place)
            if isinstance(cell, Problem):
                problems.append(cell)
            elif cell is not None:
                cells[heading] = cell
    return RawRow(row.row or 0, cells)


def _pairs(item: Record) -> Iterator[tuple[str, object]]:
    """The cells of a row by heading, with those of `prev_year: {...}` as `prev_year.name`, and so of `prev_basis`."""
    for heading, value in item.items():
        if heading in (_PREV_YEAR, _PREV_BASIS) and isinstance(value, dict):
            for name, inner in value.items():
                below = unicodedata.normalize("NFC", f"{heading}.{name}")
                if heading == _PREV_BASIS and isinstance(inner, dict) and inner.keys() <= {*_BASIS}:
                    yield below, inner.get("value")
                    yield f"{below}.source", inner.get("source")
                else:
                    yield below, inner
        elif heading not in (_PREV_YEAR, _PREV_BASIS) or not _is_blank(value):
            yield unicodedata.normalize("NFC", heading), value


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _cell(value: object, place: CellPlace) -> RawValue | Problem | None:
    """A cell, `None` where it is blank, or what is wrong with it or its heading."""
    unreadable = UNREADABLE.search(place.heading or "") or (
        UNREADABLE.search(value) if isinstance(value, str) else None
    )
    if unreadable:
        shown = evolve(place, heading=UNREADABLE.sub("\ufffd", place.heading or ""))
        return Problem("NC220", phrase("{character} stands in the text", character=named(unreadable[0])), shown)
    match value:
        case _ if _is_blank(value):
            return None
        case Repeated():
            return _repeated(value, place)
        case NumberText(text=text) if not _FINITE.fullmatch(text):
            hint = phrase("an unknown value is null, or left out")
            return Problem("NC201", phrase("{number} is not a finite number", number=text), place, hint)
        case str():
            return unicodedata.normalize("NFC", value)
        case bool() | NumberText():
            return value
        case _:
            return Problem("NC223", phrase("a cell is a text, a number, true, false or null"), place)
