"""Which year a row is of, and which month where it is of one, by its cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ncriteria.facts.cells.months import raw_month
from ncriteria.facts.cells.raw_cells import raw_text, raw_year
from ncriteria.facts.cells.refusals import Refusal, quoted
from ncriteria.facts.formats.raw import RawRow
from ncriteria.facts.layout.columns import Reserved
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

Period = tuple[int, int | None]
"""A calendar year, and a month of it; without a month a whole assessment year."""


_YEAR: Final = Reserved.YEAR.value


@frozen
class Undated:
    """Why it is not known when a row is of, and the heading of the cell that should say it."""

    refusal: Refusal
    heading: str


def period_of(raw: RawRow, headings: Mapping[Reserved, str]) -> Period | Undated:
    """The period of a row; a month may say its year itself, and then agrees with the year of the row.

    So does the cell of the month where it says that the row is of a whole year.
    """
    by_month, by_year = headings.get(Reserved.MONTH), headings.get(Reserved.YEAR)
    given = None if by_year is None else raw.cells.get(by_year)
    cell = None if by_month is None else raw.cells.get(by_month)
    if by_month is None or cell is None:
        year = raw_year(given)
        return Undated(year, by_year or by_month or _YEAR) if isinstance(year, Refusal) else (year, None)
    month = raw_month(cell)
    if isinstance(month, Refusal):
        return Undated(month, by_month)
    if given is None and month.year is not None:
        return month.year, month.month
    if by_year is None and month.month is None:
        message = phrase("{text} does not say which year", text=quoted(raw_text(cell)))
        hint = phrase(
            "write it with the year, such as {example}, or a column `year`", example=phrase("Whole year 2026")
        )
        return Undated(Refusal("NC213", message, hint), by_month)
    if by_year is None:
        message = phrase("the month {month} does not say its year", month=month.month)
        hint = phrase("write {month} with its year, such as {month}/2026, or a column `year`", month=month.month)
        return Undated(Refusal("NC213", message, hint), by_month)
    year = raw_year(given)
    if isinstance(year, Refusal):
        return Undated(year, by_year)
    if month.year not in (None, year) and month.month is None:
        message = phrase("{text}, and the row is of {year}", text=quoted(raw_text(cell)), year=year)
        return Undated(Refusal("NC262", message), by_month)
    if month.year not in (None, year):
        text = quoted(raw_text(cell))
        message = phrase(
            "{text} is a month of {other}, and the row is of {year}", text=text, other=month.year, year=year
        )
        hint = phrase("the year beside a month is that of the month, whatever assessment year it belongs to")
        return Undated(Refusal("NC262", message, hint), by_month)
    return year, month.month
