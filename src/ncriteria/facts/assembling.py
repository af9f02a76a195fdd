"""From raw rows to a fact table: every cell read by its declaration, every problem told with its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from attrs import evolve, field, frozen

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.asides import Aside, asides_of, passed_over
from ncriteria.facts.cells import Reading, formula_error
from ncriteria.facts.divided_cells import divided_cells
from ncriteria.facts.doubts import doubts, limited
from ncriteria.facts.heading_rows import misplaced_headings
from ncriteria.facts.headings import ChildCount, Column, Reserved, columns_of, names_of
from ncriteria.facts.levels import level_of, no_level
from ncriteria.facts.raw import NumberText, RawRow, RawTable, RawValue
from ncriteria.facts.raw_cells import raw_count, raw_year, read_raw
from ncriteria.facts.refusals import Refusal
from ncriteria.facts.row_texts import Identifiers, Texts, texts_of
from ncriteria.facts.shares import columns_in_percent
from ncriteria.facts.table import FactRow, Unit, contradict, merged
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
    identifiers: Identifiers
    problems: list[Problem] = field(factory=list)
    readings: dict[tuple[str | None, RawValue], Reading | Refusal | None] = field(factory=dict)
    """What the cells say that were read before: in a column the same few texts come again and again."""
    warnings: list[Problem] = field(factory=list)
    numbers: dict[str, CellPlace] = field(factory=dict)
    told: dict[FactKey, list[Told]] = field(factory=lambda: defaultdict(list))


@frozen
class Assembled:
    """The rows of a table, what is wrong with it, and what may not be meant as it was read."""

    rows: list[FactRow]
    problems: Sequence[Problem]
    warnings: Sequence[Problem]


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
    if problems:
        return Assembled([], [*problems, *divided_cells(raw, columns, file)], [])
    given = [(row, texts_of(columns, row)) for row in raw.rows]
    asides = asides_of(given, partial(_quietly, _Run(declarations, columns, file, frozenset(), Identifiers({}))), file)
    kept = evolve(raw, rows=tuple(row for row in raw.rows if row.number not in asides))
    if divided := [*divided_cells(kept, columns, file)]:
        return Assembled([], divided, [])
    in_percent = columns_in_percent(kept, columns, declarations)
    run = _Run(declarations, columns, file, in_percent, Identifiers.of(texts for _, texts in given))
    read = [asides.get(row.number) or _row(run, row, texts) for row, texts in given]
    return _assembled(run, [row for row in read if row is not None])


def _quietly(run: _Run, raw: RawRow) -> tuple[int | None, Mapping[FactKey, FactValue]]:
    """The year of a row and the facts that can be read in it, whatever else is wrong."""
    year = raw_year(raw.cells.get(_heading(run, Reserved.YEAR)))
    return None if isinstance(year, Refusal) else year, _facts(run, raw, None)[0]


def _assembled(run: _Run, read: Sequence[FactRow | Aside]) -> Assembled:
    """The rows that are of units, and all that is wrong or doubtful with the table."""
    rows = [row for row in read if isinstance(row, FactRow)]
    counts = frozenset(name for name, declared in run.declarations.items() if declared.type is FactType.COUNT)
    decimal_point = decimal_point_of(told for key, told in run.told.items() if key.name in counts)
    for key, told in run.told.items():
        in_percent = told[0].place.heading in run.in_percent
        asked = asked_of_column(run.declarations[key.name], told, in_percent=in_percent, decimal_point=decimal_point)
        run.problems.extend(asked.problems)
        run.warnings.extend(asked.warnings)
    warnings = (*passed_over(read, counts), *run.warnings, *doubts(rows, run.numbers))
    return Assembled(rows, run.problems, limited(warnings, run.file))


def _report_absent(columns: Mapping[str, Column], problems: list[Problem], file: str | None) -> None:
    found = set(columns.values())
    if Reserved.UNIT not in found and Reserved.NAME not in found:
        hint = "the identifier of a unit stays the same from year to year"
        problems.append(Problem("NC212", "there is no column `unit` or `name` (Đơn vị)", CellPlace(file), hint))
    if Reserved.YEAR not in found:
        problems.append(Problem("NC212", "there is no column `year` (Năm)", CellPlace(file)))


def _row(run: _Run, raw: RawRow, given: Texts) -> FactRow | None:
    texts = _checked(run, raw, given)
    place = CellPlace(run.file, row=raw.number)
    name = texts.get(Reserved.NAME)
    year, identifier = _year(run, raw), _identifier(run, raw, texts)
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


def _checked(run: _Run, raw: RawRow, given: Texts) -> Texts:
    """The cells of a row that are no facts; what is no text of anyone is reported."""
    texts = {}
    for column, text in given.items():
        refused = formula_error(text) if column not in _REMARKS else None
        if refused is not None:
            place = CellPlace(run.file, row=raw.number, heading=_heading(run, column))
            run.problems.append(_problem(refused, place))
        if refused is None or column in (Reserved.UNIT, Reserved.NAME):
            texts[column] = text
    return texts


def _identifier(run: _Run, raw: RawRow, texts: Texts) -> str | None:
    identifier = run.identifiers.read(texts)
    column = run.identifiers.column(texts)
    heading = _heading(run, column) if column in texts or run.identifiers.by_name else None
    place = CellPlace(run.file, row=raw.number, heading=heading)
    if isinstance(identifier, Refusal):
        run.problems.append(_problem(identifier, place))
        return None
    if heading is not None and isinstance(raw.cells.get(heading), NumberText):
        run.numbers.setdefault(identifier, place)
    return identifier


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
    if key in values and contradict(values[key], value):
        message = f"`{key}` is given twice in this row, here and in {places[key]}, with different values"
        run.problems.append(Problem("NC231", message, place))
    values[key], places[key] = merged(values[key], value) if key in values else value, place
