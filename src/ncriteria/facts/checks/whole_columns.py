"""What a whole column tells of its cells: numbers that each can be read, and may not be meant so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, field

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells.alike_cells import Told, each_cell
from ncriteria.facts.cells.excel_dates import day_of, may_be_a_day
from ncriteria.facts.cells.numerals import has_decimal_point, has_one_group, is_scientific, read_number
from ncriteria.facts.checks.shares import doubted_shares, is_of_hundred, is_share, misread_shares
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration, FactType
from ncriteria.words import Phrase, phrase

_SMALL: Final = 1000
"""Counts below it are small beside the number that Excel keeps a day as."""
_NEAR: Final = 20_000
_SEVERAL: Final = 3
"""So many units do not have nearly the same number of people by chance, nor full thousands of them."""

Rows = Mapping[int | None, tuple[str, int]]
"""The unit and the year of each row, by its number."""


@frozen
class ColumnFinding:
    """What is wrong with a column as a whole, and what is told of it."""

    problems: list[Problem] = field(factory=list)
    warnings: list[Problem] = field(factory=list)


def asked_of_column(
    declaration: FactDeclaration,
    column: Sequence[Told],
    rows: Rows,
    *,
    in_percent: bool,
    decimal_point: Told | None,
    beside: Sequence[Told] = (),
) -> ColumnFinding:
    """What the cells of a column, read by the declaration of its fact, tell together, in the order of their first rows.

    `rows` are the units and years by row, `decimal_point` is the cell of `decimal_point_of` in the whole table,
    `beside` are the cells of the columns that hold the same fact in other years.
    """
    if not declaration.type.is_numeric:
        return ColumnFinding()
    rounded = list(_rounded(column))
    if declaration.type is FactType.COUNT:
        return ColumnFinding(
            list(_misread_points(column, decimal_point)), [*rounded, *_days(column, rows, beside), *_thousands(column)]
        )
    if not (is_share(declaration) or is_of_hundred(declaration)):
        return ColumnFinding([], rounded)
    signed = [told for told in column if "%" in told.text]
    plain = [told for told in column if "%" not in told.text]
    if in_percent:
        return ColumnFinding([], [*rounded, *doubted_shares(declaration, plain, in_percent=True)])
    problems = list(misread_shares(declaration, plain, signed))
    doubts = [] if problems else list(doubted_shares(declaration, plain, in_percent=False))
    return ColumnFinding(problems, [*rounded, *doubts])


def _rounded(column: Sequence[Told]) -> Iterator[Problem]:
    """Numbers such as `1,2E+06`, which Excel may have rounded before it wrote them."""
    for place, told in each_cell(told for told in column if any(map(is_scientific, told.parts))):
        for part in filter(is_scientific, told.parts):
            message = phrase(
                '"{text}" is read as {number}, and Excel may have rounded it', text=part, number=read_number(part)
            )
            hint = phrase("format the column as Number without decimals, and save the file again")
            yield Problem("NC227", message, place, hint)


def decimal_point_of(columns: Iterable[Sequence[Told]]) -> Told | None:
    """A cell of some column of counts that shows the point to be the decimal mark, as `0.000` or `7.0` does."""
    return next((told for column in columns for told in column if any(map(has_decimal_point, told.parts))), None)


def _misread_points(column: Sequence[Told], decimal_point: Told | None) -> Iterator[Problem]:
    """Counts such as `12.000`, where another count shows that the point is the decimal mark."""
    if decimal_point is None:
        return
    shown = next(part for part in decimal_point.parts if has_decimal_point(part))
    where = CellPlace(row=decimal_point.place.row, heading=decimal_point.place.heading)
    for place, told in each_cell(told for told in column if any(map(has_one_group, told.parts))):
        for part in filter(has_one_group, told.parts):
            message = phrase(
                '"{text}" is ambiguous: {whole}, or the decimal {text}, '
                'as the point is the decimal mark of "{other}" in {place}',
                text=part,
                whole=part.replace(".", ""),
                other=shown,
                place=where.as_phrase(),
            )
            yield Problem("NC202", message, place, phrase("write the counts of the table without any point"))


def _thousands(column: Sequence[Told]) -> Iterator[Problem]:
    """A column of nothing but full thousands, which a program may have written with three decimals."""
    parts = [part for told in column for part in told.parts]
    number = sum(len(told.parts) * len(told.rows) for told in column)
    if number >= _SEVERAL and all(has_one_group(part) and part.endswith(".000") for part in parts):
        place = evolve(column[0].place, row=None)
        whole = parts[0].replace(".", "")
        message = phrase(
            'every number ends in ".000": "{text}" is read as {whole}, not as {short}',
            text=parts[0],
            whole=whole,
            short=whole[:-3],
        )
        yield Problem("NC228", message, place, phrase("write the numbers without a point"))


def _days(column: Sequence[Told], rows: Rows, other_years: Sequence[Told]) -> Iterator[Problem]:
    """Counts that Excel may have made of `01/02`: a day of our time as a number, among small counts or other days, or
    alone with the year of its row.
    """
    numbers = [(told, int(number)) for told in column for number in told.numbers]
    days = [(told, number) for told, number in numbers if may_be_a_day(number)]
    if not days:
        return
    others = [number for told, number in numbers if not may_be_a_day(number) for _ in told.rows]
    counted = ((int(number), told) for told in other_years for number in told.numbers)
    elsewhere = [number for number, told in counted if not may_be_a_day(number) for _ in told.rows]
    if others and _are_small(others):
        beside = phrase("the other numbers of the column are at most {most}", most=max(others))
    elif others:
        return
    elif _are_days_of_a_year(days, rows):
        beside = phrase("so are all of the column")
    elif elsewhere and _are_small(elsewhere):
        beside = phrase("in other years the numbers are at most {most}", most=max(elsewhere))
    elif not elsewhere and _are_days_of_their_rows(days, rows):
        beside = phrase("it lies in the year of its row, or in the next")
    else:
        return
    for place, told in each_cell(dict.fromkeys(told for told, _ in days)):
        for number in filter(may_be_a_day, map(int, told.numbers)):
            yield _may_be_a_day(number, beside, place)


def _may_be_a_day(number: int, beside: Phrase, place: CellPlace) -> Problem:
    """What is told of a count that Excel may have made of a pair; `beside` is why that is likely."""
    day = day_of(number)
    message = phrase(
        "{number} may be a date: Excel keeps {day} so, and may have made it of {pair}; {beside}",
        number=number,
        day=f"{day:%d/%m/%Y}",
        pair=f"{day:%d/%m}",
        beside=beside,
    )
    hint = phrase(
        "format the column as Text, then write this year/last year again: {pair}; a right count may stay",
        pair=f"{day:%d/%m}",
    )
    return Problem("NC215", message, place, hint)


def _are_small(counts: Sequence[int]) -> bool:
    """Whether most counts are far below the number of a day, and none, as that of a district, is near it."""
    return sorted(counts)[len(counts) // 2] < _SMALL and max(counts) < _NEAR


def _are_days_of_a_year(days: Sequence[tuple[Told, int]], rows: Rows) -> bool:
    """Whether the numbers, of several units, are all days of one year: no counts of people lie so close together."""
    years = {day.year for _, number in days if (day := day_of(number)) is not None}
    return len(years) == 1 and len({rows[row][0] for told, _ in days for row in told.rows if row in rows}) >= _SEVERAL


def _are_days_of_their_rows(days: Sequence[tuple[Told, int]], rows: Rows) -> bool:
    """Whether each number is a day of the year of its row or of the next, when the row was written."""
    written = [(day_of(number), rows[row][1]) for told, number in days for row in told.rows if row in rows]
    return all(day is not None and day.year in (year, year + 1) for day, year in written)
