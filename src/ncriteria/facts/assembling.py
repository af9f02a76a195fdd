"""From raw rows to a fact table: every cell read by its declaration, every problem told with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from attrs import field, frozen

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells import Reading, read_cell
from ncriteria.facts.headings import ChildCount, Column, Reserved, columns_of
from ncriteria.facts.identifiers import normal_identifier
from ncriteria.facts.levels import level_of, no_level
from ncriteria.facts.numerals import Refusal, read_count
from ncriteria.facts.ranges import out_of_range
from ncriteria.facts.raw import NumberText, RawRow, RawTable, RawValue
from ncriteria.facts.table import FactRow, Unit
from ncriteria.language.literals import read_number as read_literal
from ncriteria.language.source import FindingsError, Span
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey
from ncriteria.sets.model import FactDeclaration, FactType, FactValue, Level

_YEAR = re.compile(r"(19|20|21)[0-9]{2}")


@frozen
class _Run:
    """One reading of a table."""

    declarations: Mapping[str, FactDeclaration]
    columns: Mapping[str, Column]
    file: str | None
    problems: list[Problem] = field(factory=list)
    warnings: list[Problem] = field(factory=list)


@frozen
class Assembled:
    """The rows of a table, what is wrong with it, and what may not be meant as it was read."""

    rows: list[FactRow]
    problems: list[Problem]
    warnings: list[Problem]


def assemble(
    raw: RawTable, declarations: Mapping[str, FactDeclaration], *, ignore: Collection[str], file: str | None
) -> Assembled:
    """The rows of the table, and every problem and warning of its headings and cells."""
    problems: list[Problem] = []
    columns = columns_of(raw.headings, declarations, ignore=ignore, file=file, problems=problems)
    _report_absent(columns, problems, file)
    if problems:
        return Assembled([], problems, [])
    run = _Run(declarations, columns, file)
    rows = [row for row in (_row(run, raw_row) for raw_row in raw.rows) if row is not None]
    return Assembled(rows, run.problems, run.warnings)


def _report_absent(columns: Mapping[str, Column], problems: list[Problem], file: str | None) -> None:
    found = set(columns.values())
    if Reserved.UNIT not in found and Reserved.NAME not in found:
        hint = "the identifier of a unit stays the same from year to year"
        problems.append(Problem("NC212", "there is no column `unit` or `name` (Đơn vị)", CellPlace(file), hint))
    if Reserved.YEAR not in found:
        problems.append(Problem("NC212", "there is no column `year` (Năm)", CellPlace(file)))


def _row(run: _Run, raw: RawRow) -> FactRow | None:
    texts = {column: _text(value) for column, _, value in _cells(run, raw) if isinstance(column, Reserved)}
    place = CellPlace(run.file, row=raw.number)
    name = texts.get(Reserved.NAME)
    identifier, year = texts.get(Reserved.UNIT) or name, _year(run, raw, texts.get(Reserved.YEAR))
    if identifier is None:
        run.problems.append(Problem("NC213", "the row does not say which unit it is of", place))
    values, places = _facts(run, raw)
    level, counts = _level(run, raw, texts.get(Reserved.LEVEL)), _child_counts(run, raw)
    if identifier is None or year is None:
        return None
    return FactRow(
        unit=Unit(identifier, name, level, texts.get(Reserved.PARENT)),
        year=year,
        values=values,
        published=texts.get(Reserved.PUBLISHED),
        note=texts.get(Reserved.NOTE),
        source=texts.get(Reserved.SOURCE),
        child_counts=counts,
        places=places,
        place=place,
    )


def _cells(run: _Run, raw: RawRow) -> Iterator[tuple[Column, CellPlace, RawValue]]:
    for heading, value in raw.cells.items():
        if heading in run.columns:
            yield run.columns[heading], CellPlace(run.file, row=raw.number, heading=heading), value


def _text(value: RawValue) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case NumberText(text=text):
            return text
        case str():
            return normal_identifier(value)


def _heading(run: _Run, column: Column) -> str:
    return next(heading for heading, found in run.columns.items() if found == column)


def _year(run: _Run, raw: RawRow, text: str | None) -> int | None:
    if text is not None and _YEAR.fullmatch(text):
        return int(text)
    place = CellPlace(run.file, row=raw.number, heading=_heading(run, Reserved.YEAR))
    found = "nothing" if text is None else f'"{text[:40]}"'
    run.problems.append(Problem("NC213", f"expected a year of four digits, found {found}", place))
    return None


def _level(run: _Run, raw: RawRow, text: str | None) -> Level | None:
    if text is None:
        return None
    level = level_of(text)
    if level is None:
        place = CellPlace(run.file, row=raw.number, heading=_heading(run, Reserved.LEVEL))
        run.problems.append(no_level(text, place))
    return level


def _child_counts(run: _Run, raw: RawRow) -> dict[Level, int]:
    counts = {}
    for column, place, value in _cells(run, raw):
        if isinstance(column, ChildCount):
            count = read_count(_text(value))
            if isinstance(count, Refusal):
                run.problems.append(Problem(count.code, count.message, place, count.hint))
            else:
                counts[column.level] = int(count)
    return counts


def _facts(run: _Run, raw: RawRow) -> tuple[dict[FactKey, FactValue], dict[FactKey, CellPlace]]:
    values: dict[FactKey, FactValue] = {}
    places: dict[FactKey, CellPlace] = {}
    for column, place, value in _cells(run, raw):
        if isinstance(column, FactKey):
            reading = _read(run.declarations[column.name], value, alone=column.period != THIS_YEAR)
            if isinstance(reading, Refusal):
                run.problems.append(Problem(reading.code, reading.message, place, reading.hint))
            elif reading is not None:
                for key, found in _keyed(column, reading):
                    _add(run, values, places, key, found, place)
    return values, places


def _keyed(column: FactKey, reading: Reading) -> Iterator[tuple[FactKey, FactValue]]:
    yield column, reading.value
    if reading.last_year is not None:
        yield FactKey(column.name, Ago(1)), reading.last_year


def _add(
    run: _Run,
    values: dict[FactKey, FactValue],
    places: dict[FactKey, CellPlace],
    key: FactKey,
    value: FactValue,
    place: CellPlace,
) -> None:
    if key in values and values[key] != value:
        message = f"`{key}` is given twice in this row, here and in {places[key]}, with different values"
        run.problems.append(Problem("NC231", message, place))
    values[key], places[key] = value, place


def _read(declaration: FactDeclaration, value: RawValue, *, alone: bool) -> Reading | Refusal | None:
    match value:
        case str():
            return read_cell(declaration, value, alone=alone)
        case bool():
            if declaration.type is FactType.BOOLEAN:
                return Reading(value)
            return Refusal("NC205", f"`{declaration.name}` is of type {declaration.type.value}, not true or false")
        case NumberText(text=text):
            return _read_number(declaration, text)


def _read_number(declaration: FactDeclaration, text: str) -> Reading | Refusal | None:
    """A number of JSON or YAML, whose point is always the decimal mark."""
    if not declaration.type.is_numeric:
        return read_cell(declaration, text)
    try:
        number = read_literal(text.removeprefix("-"), Span(0, len(text)))
    except FindingsError as error:
        return Refusal("NC201", error.findings[0].message)
    value = -number if text.startswith("-") else Fraction(number)
    outside = out_of_range(declaration, value)
    return Reading(value) if outside is None else Refusal("NC203", f"{text} {outside}")
