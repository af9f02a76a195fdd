"""A table as it was on file on a day: versions of rows, and what came later."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from ncriteria.errors import CellPlace, Problem, expect
from ncriteria.facts.cells.days import read_day
from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.cells.refusals import Refusal
from ncriteria.facts.formats.raw import RawRow
from ncriteria.facts.layout.columns import Reserved
from ncriteria.facts.table import FactRow, FactsError
from ncriteria.words import phrase

if TYPE_CHECKING:
    from ncriteria.facts.table import FactTable

_Key = tuple[str, int, int | None]


def day_known(raw: RawRow, headings: Mapping[Reserved, str]) -> datetime.date | Refusal | None:
    """The day since which a row says that it is on file, or why its cell cannot be read; `None` where it says none."""
    heading = headings.get(Reserved.KNOWN_ON)
    cell = None if heading is None else raw.cells.get(heading)
    return None if cell is None else read_day(raw_text(cell))


def on_file(rows: Sequence[FactRow], day: datetime.date | None) -> tuple[list[FactRow], tuple[FactRow, ...]]:
    """The rows that count on a `day`, or today where none is given, and those that do not.

    Rows of one unit and period that became known on different days are versions of each other. The latest that was
    known on the day counts, as a whole. What came later is unknown, and the row says when it came.
    """
    if all(row.known_on is None for row in rows):
        return list(rows), ()
    by_key: dict[_Key, list[FactRow]] = {}
    for row in rows:
        by_key.setdefault((row.unit.id, row.year, row.month), []).append(row)
    kept: list[FactRow] = []
    others: list[FactRow] = []
    for versions in by_key.values():
        counting, rest = _counting(versions, day)
        kept += counting
        others += rest
    return kept, tuple(others)


def _counting(rows: list[FactRow], day: datetime.date | None) -> tuple[list[FactRow], list[FactRow]]:
    """Of the rows of one unit and period: those that count, and the others.

    Rows of the same day, and rows without one beside others, are no versions: that a unit stands twice is an error.
    """
    days = [row.known_on for row in rows]
    dated = sorted((row for row in rows if row.known_on is not None), key=_day_of)
    if len(set(days)) < len(rows) or (len(rows) > 1 and None in days):
        return rows, []
    if not dated:
        return rows, []
    known = [row for row in dated if day is None or _day_of(row) <= day]
    later = dated[len(known) :]
    if known:
        counts, *rest = reversed(known)
        return [_told_later(counts, later)], [*rest, *later]
    first = later[0]
    empty = evolve(first, values={}, places={}, published=None, note=None, source=None, unread=frozenset())
    return [_told_later(empty, later)], later


def _day_of(row: FactRow) -> datetime.date:
    assert row.known_on is not None
    return row.known_on


def _told_later(row: FactRow, later: Sequence[FactRow]) -> FactRow:
    """The row with the facts that only a later version gives, each with the first day on which one gives it."""
    came = {key: _day_of(one) for one in reversed(later) for key in one.values if key not in row.values}
    return evolve(row, came_later=came)


def as_known_on(table: FactTable, day: datetime.date) -> FactTable:
    """`FactTable.as_known_on`."""
    expect("`day`", day, datetime.date, phrase("a day"), phrase("such as datetime.date(2022, 3, 29)"))
    if any(row.attestations for row in table.rows):
        message = phrase("the table is attested already, and its attestations may be of a later day")
        hint = phrase("ask for it as known on the day first, and attest it then")
        raise FactsError(Problem("NC461", message, CellPlace(table.file), hint))
    counting = [
        evolve(row, came_later={})
        for row in table.rows
        if table.known_on is None or row.known_on is None or row.known_on <= table.known_on
    ]
    rows, others = on_file([*counting, *table.other_versions], day)
    told = (one for one in table.warnings if one.code != "NC460")
    warnings = (*told, *undated(rows, day, CellPlace(table.file)))
    return evolve(table, rows=tuple(rows), other_versions=others, known_on=day, warnings=warnings)


def undated(rows: Sequence[FactRow], day: datetime.date | None, table: CellPlace) -> Iterator[Problem]:
    """A warning where rows do not say since when they are on file, and the table is asked for as of a `day`."""
    yield from undated_rows(sum(row.known_on is None for row in rows), len(rows), day, table)


def undated_rows(count: int, rows: int, day: datetime.date | None, place: CellPlace) -> Iterator[Problem]:
    """The same, where `count` of `rows` do not say it."""
    if day is not None and count:
        message = phrase(
            "{count} of {rows} rows do not say since when they are on file, and are taken as known on {day}",
            count=count,
            rows=rows,
            day=day,
        )
        hint = phrase("write the day in a column `known_on` (Ngày có số liệu)")
        yield Problem("NC460", message, place, hint)
