"""What an office settles once about its tables: columns by heading, marks for "no figure", encoding, sheet, year."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Final

from attrs import evolve, field
from attrs.validators import and_, ge, le, optional

from ncriteria.facts.cells.cells import folded
from ncriteria.facts.lineage.model import NO_LINEAGE, Lineage, Reform
from ncriteria.facts.units.identifiers import normal_identifier
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Level

LATEST_MONTHS_END: Final = 27
"""Months that end later than this day are of other lengths, or end with the calendar month."""


def _folded_keys(columns: Mapping[str, str]) -> dict[str, str]:
    return {folded(heading): name for heading, name in columns.items()}


def _folded_set(headings: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, headings))


def _marks(given: Iterable[str]) -> frozenset[str]:
    return frozenset(mark.strip() for mark in given)


def _reforms(given: Iterable[Reform]) -> tuple[Reform, ...]:
    return tuple(given)


def _identifier(given: str | None) -> str | None:
    return None if given is None else normal_identifier(given)


@frozen(kw_only=True)
class ReadingOptions:
    """How a table is to be read where it does not say so itself.

    `columns` says which column a heading is of: the name of a fact, or `unit`, `name`, `level`, `parent`, `year`,
    `month`. Headings in `ignore` are passed over, and with `ignore_unknown` all that name no column. `blanks` are the
    marks that an office writes where it has no figure; they are read as blank cells. `sheet` is the sheet of a
    workbook, `encoding` that of a text that is not UTF-8: `utf-16`, `windows-1258`, `tcvn3` or `vni`. `header_row` is
    the (last) row of the headings as the file counts. `level`, `year`, `month`, `unit` and `territory`, the identifier
    of the unit around, are those of the rows of a table that does not say them. `months_end` is the day on which the
    months of the table end, where they are not calendar months: with 15, the month 11 is 16/10 to 15/11. `lineage`
    says which units were merged, split and renamed, and `reforms` are days on which units were made anew, beside those
    of the lineage. `series` is that of the figures of a table that states none. `known_on` is a day: the table is read
    as it was on file then, and judged by the sets that were in force. With `keep_going` one bad cell does not cost the
    table (`read_facts`).
    """

    columns: Mapping[str, str] = field(factory=dict, converter=_folded_keys)
    ignore: frozenset[str] = field(default=frozenset(), converter=_folded_set)
    ignore_unknown: bool = False
    blanks: frozenset[str] = field(default=frozenset(), converter=_marks)
    sheet: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    level: Level | None = None
    year: int | None = None
    month: int | None = field(default=None, validator=optional(and_(ge(1), le(12))))
    months_end: int | None = field(default=None, validator=optional(and_(ge(1), le(LATEST_MONTHS_END))))
    unit: str | None = field(default=None, converter=_identifier)
    territory: str | None = field(default=None, converter=_identifier)
    series: str | None = None
    known_on: datetime.date | None = None
    lineage: Lineage = NO_LINEAGE
    reforms: tuple[Reform, ...] = field(default=(), converter=_reforms)
    keep_going: bool = False

    @property
    def whole_lineage(self) -> Lineage:
        """The lineage with the days of `reforms` among its own."""
        known = {*self.lineage.unchanged, *(one.day for one in self.lineage.reforms)}
        further = [one for one in self.reforms if one.day not in known]
        return evolve(self.lineage, reforms=(*self.lineage.reforms, *further)) if further else self.lineage


AS_IT_STANDS = ReadingOptions()
