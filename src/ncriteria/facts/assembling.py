"""From raw rows to a fact table: every cell read by its declaration, every problem told with its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from attrs import field, frozen

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells import Reading, formula_error
from ncriteria.facts.divided_cells import divided_cells
from ncriteria.facts.heading_rows import misplaced_headings
from ncriteria.facts.headings import ChildCount, Column, Reserved, columns_of, names_of
from ncriteria.facts.levels import level_of, no_level
from ncriteria.facts.raw import RawRow, RawTable, RawValue
from ncriteria.facts.raw_cells import raw_count, raw_text, raw_year, read_raw
from ncriteria.facts.refusals import Refusal
from ncriteria.facts.shares import columns_in_percent
from ncriteria.facts.table import FactRow, Unit
from ncriteria.facts.whole_columns import Told, asked_of_column, decimal_point_of
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey
from ncriteria.sets.model import FactDeclaration, FactType, FactValue, Level

_REMARKS = (Reserved.NOTE, Reserved.SOURCE, Reserved.YEAR)
"""Columns whose texts say nothing that is judged, and the year, which is read on its own."""


@frozen
class _Run:
    """One reading of a table."""

    declarations: Mapping[str, FactDeclaration]
    columns: Mapping[str, Column]
    file: str | None
    in_percent: frozenset[str]
    problems: list[Problem] = field(factory=list)
    readings: dict[tuple[str | None, RawValue], Reading | Refusal | None] = field(factory=dict)
    """What the cells say that were read before: in a column the same few texts come again and again."""
    warnings: list[Problem] = field(factory=list)
    told: dict[FactKey, list[Told]] = field(factory=lambda: defaultdict(list))


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
    misplaced = misplaced_headings(raw, names_of(declarations), file)
    if misplaced is not None:
        return Assembled([], [misplaced], [])
    problems = [*raw.problems]
    columns = columns_of(raw.headings, declarations, ignore=ignore, file=file, problems=problems)
    _report_absent(columns, problems, file)
    problems += divided_cells(raw, columns, file)
    if problems:
        return Assembled([], problems, [])
    run = _Run(declarations, columns, file, columns_in_percent(raw, columns, declarations))
    rows = [row for row in (_row(run, raw_row) for raw_row in raw.rows) if row is not None]
    counts = (told for key, told in run.told.items() if declarations[key.name].type is FactType.COUNT)
    decimal_point = decimal_point_of(counts)
    for key, told in run.told.items():
        in_percent = told[0].place.heading in run.in_percent
        asked = asked_of_column(declarations[key.name], told, in_percent=in_percent, decimal_point=decimal_point)
        run.problems.extend(asked.problems)
        run.warnings.extend(asked.warnings)
    return Assembled(rows, run.problems, run.warnings)


def _report_absent(columns: Mapping[str, Column], problems: list[Problem], file: str | None) -> None:
    found = set(columns.values())
    if Reserved.UNIT not in found and Reserved.NAME not in found:
        hint = "the identifier of a unit stays the same from year to year"
        problems.append(Problem("NC212", "there is no column `unit` or `name` (Đơn vị)", CellPlace(file), hint))
    if Reserved.YEAR not in found:
        problems.append(Problem("NC212", "there is no column `year` (Năm)", CellPlace(file)))


def _row(run: _Run, raw: RawRow) -> FactRow | None:
    texts = _texts(run, raw)
    place = CellPlace(run.file, row=raw.number)
    name = texts.get(Reserved.NAME)
    identifier, year = texts.get(Reserved.UNIT) or name, _year(run, raw)
    if identifier is None:
        run.problems.append(Problem("NC213", "the row does not say which unit it is of", place))
    values, places = _facts(run, raw, identifier)
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


_Kind = TypeVar("_Kind", bound=Column)


def _cells(run: _Run, raw: RawRow, kind: type[_Kind]) -> Iterator[tuple[_Kind, CellPlace, RawValue]]:
    """The cells of a row in columns of one kind."""
    for heading, value in raw.cells.items():
        column = run.columns.get(heading)
        if isinstance(column, kind):
            yield column, CellPlace(run.file, row=raw.number, heading=heading), value


def _texts(run: _Run, raw: RawRow) -> dict[Reserved, str]:
    """The cells of a row that are no facts, by their column; what is no text of anyone is reported."""
    texts = {}
    for column, place, value in _cells(run, raw, Reserved):
        text = raw_text(value)
        refused = formula_error(text) if column not in _REMARKS else None
        if refused is not None:
            run.problems.append(_problem(refused, place))
        if refused is None or column in (Reserved.UNIT, Reserved.NAME):
            texts[column] = text
    return texts


def _problem(refused: Refusal, place: CellPlace) -> Problem:
    return Problem(refused.code, refused.message, place, refused.hint)


def _heading(run: _Run, column: Column) -> str:
    return next(heading for heading, found in run.columns.items() if found == column)


def _year(run: _Run, raw: RawRow) -> int | None:
    heading = _heading(run, Reserved.YEAR)
    year = raw_year(raw.cells.get(heading))
    if not isinstance(year, Refusal):
        return year
    run.problems.append(_problem(year, CellPlace(run.file, row=raw.number, heading=heading)))
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
    for column, place, value in _cells(run, raw, ChildCount):
        count = raw_count(value)
        if isinstance(count, Refusal):
            run.problems.append(_problem(count, place))
        else:
            counts[column.level] = count
    return counts


def _facts(run: _Run, raw: RawRow, unit: str | None) -> tuple[dict[FactKey, FactValue], dict[FactKey, CellPlace]]:
    values: dict[FactKey, FactValue] = {}
    places: dict[FactKey, CellPlace] = {}
    for column, place, value in _cells(run, raw, FactKey):
        key = place.heading, value
        if key not in run.readings:
            in_percent, alone = place.heading in run.in_percent, column.period != THIS_YEAR
            run.readings[key] = read_raw(run.declarations[column.name], value, alone=alone, in_percent=in_percent)
        reading = run.readings[key]
        if isinstance(reading, Refusal):
            run.problems.append(_problem(reading, place))
        elif reading is not None:
            run.told[column].append(Told(unit, place, value, reading))
            _add(run, values, places, column, reading.value, place)
            if reading.last_year is not None:
                _add(run, values, places, FactKey(column.name, Ago(1)), reading.last_year, place)
    return values, places


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
