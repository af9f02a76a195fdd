"""What a whole column tells of its cells: numbers that each can be read, and may not be meant so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells import Reading, parts_of
from ncriteria.facts.excel_dates import day_of, may_be_a_day
from ncriteria.facts.numerals import has_decimal_point, has_one_group, is_scientific, read_number
from ncriteria.facts.ranges import limits_of
from ncriteria.facts.raw import RawValue
from ncriteria.facts.raw_cells import raw_text
from ncriteria.facts.shares import Plain, doubted_shares, misread_shares
from ncriteria.sets.model import FactDeclaration, FactType

_SMALL: Final = 1000
"""Counts below it are small beside the number that Excel keeps a day as."""
_NEAR: Final = 20_000
_SEVERAL: Final = 3
"""So many units do not have nearly the same number of people by chance, nor full thousands of them."""


@frozen
class Told:
    """A cell of a column: the unit of its row, where it stands, what stands there, and what it says."""

    unit: str | None
    place: CellPlace
    raw: RawValue
    reading: Reading

    @property
    def parts(self) -> tuple[str, ...]:
        """The numerals of a text, one or, in `01/02`, two, without the signs of bounds."""
        return parts_of(self.raw) if isinstance(self.raw, str) else ()

    @property
    def numbers(self) -> list[Fraction]:
        """The numbers that the cell gives, the limits of bounds among them."""
        values = (self.reading.value, self.reading.last_year)
        return [limit for value in values if value is not None for limit in limits_of(value)]


@frozen
class Asked:
    """What is wrong with a column as a whole, and what is told of it."""

    problems: list[Problem] = field(factory=list)
    warnings: list[Problem] = field(factory=list)


def asked_of_column(
    declaration: FactDeclaration, column: Sequence[Told], *, in_percent: bool, decimal_point: Told | None
) -> Asked:
    """What the cells of a column, read by the declaration of its fact, tell together.

    `decimal_point` is the cell of `decimal_point_of` in the whole table.
    """
    if not declaration.type.is_numeric:
        return Asked()
    rounded = list(_rounded(column))
    if declaration.type is FactType.COUNT:
        return Asked(list(_misread_points(column, decimal_point)), [*rounded, *_days(column), *_thousands(column)])
    signed, plain = (
        [
            Plain(told.place, raw_text(told.raw), number)
            for told in column
            if ("%" in raw_text(told.raw)) is has_sign
            for number in told.numbers[:1]
        ]
        for has_sign in (True, False)
    )
    if in_percent:
        return Asked([], [*rounded, *doubted_shares(declaration, plain, in_percent=True)])
    problems = list(misread_shares(declaration, plain, signed))
    doubts = [] if problems else list(doubted_shares(declaration, plain, in_percent=False))
    return Asked(problems, [*rounded, *doubts])


def _rounded(column: Sequence[Told]) -> Iterator[Problem]:
    """Numbers such as `1,2E+06`, which Excel may have rounded before it wrote them."""
    for told in column:
        for part in told.parts:
            if is_scientific(part):
                message = f'"{part}" is read as {read_number(part)}, and Excel may have rounded it'
                hint = "format the column as Number without decimals, and save the file again"
                yield Problem("NC227", message, told.place, hint)


def decimal_point_of(columns: Iterable[Sequence[Told]]) -> Told | None:
    """A cell of some column of counts that shows the point to be the decimal mark, as `0.000` or `7.0` does."""
    return next((told for column in columns for told in column if any(map(has_decimal_point, told.parts))), None)


def _misread_points(column: Sequence[Told], decimal_point: Told | None) -> Iterator[Problem]:
    """Counts such as `12.000`, where another count shows that the point is the decimal mark."""
    if decimal_point is None:
        return
    shown = next(part for part in decimal_point.parts if has_decimal_point(part))
    where = CellPlace(row=decimal_point.place.row, heading=decimal_point.place.heading)
    for told in column:
        for part in told.parts:
            if has_one_group(part):
                readings = f"{part.replace('.', '')}, or the decimal {part}"
                message = f'"{part}" is ambiguous: {readings}, as the point is the decimal mark of "{shown}" in {where}'
                yield Problem("NC202", message, told.place, "write the counts of the table without any point")


def _thousands(column: Sequence[Told]) -> Iterator[Problem]:
    """A column of nothing but full thousands, which a program may have written with three decimals."""
    parts = [part for told in column for part in told.parts]
    if len(parts) >= _SEVERAL and all(has_one_group(part) and part.endswith(".000") for part in parts):
        place = CellPlace(column[0].place.file, heading=column[0].place.heading)
        whole = parts[0].replace(".", "")
        message = f'every number ends in ".000": "{parts[0]}" is read as {whole}, not as {whole[:-3]}'
        yield Problem("NC228", message, place, "write the numbers without a point")


def _days(column: Sequence[Told]) -> Iterator[Problem]:
    """Counts that Excel may have made of `01/02`: a day of our time as a number, among small counts or other days."""
    numbers = [(told, int(number)) for told in column for number in told.numbers]
    days = [(told, number) for told, number in numbers if may_be_a_day(number)]
    others = [number for _, number in numbers if not may_be_a_day(number)]
    if not days or not (_are_small(others) if others else _are_days_of_a_year(days)):
        return
    beside = f"the other numbers of the column are at most {max(others)}" if others else "so are all of the column"
    for told, number in days:
        day = day_of(number)
        message = (
            f"{number} may be a date: Excel keeps {day:%d/%m/%Y} so, and may have made it of {day:%d/%m}; {beside}"
        )
        hint = f"format the column as Text, then write this year/last year again: {day:%d/%m}; a right count may stay"
        yield Problem("NC215", message, told.place, hint)


def _are_small(counts: Sequence[int]) -> bool:
    """Whether most counts are far below the number of a day, and none, as that of a district, is near it."""
    return sorted(counts)[len(counts) // 2] < _SMALL and max(counts) < _NEAR


def _are_days_of_a_year(days: Sequence[tuple[Told, int]]) -> bool:
    """Whether the numbers, of several units, are all days of one year: no counts of people lie so close together."""
    years = {day.year for _, number in days if (day := day_of(number)) is not None}
    return len(years) == 1 and len({told.unit for told, _ in days}) >= _SEVERAL
