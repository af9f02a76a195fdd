"""From raw rows to a fact table: every cell read by its declaration, every problem told with its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import partial

from attrs import evolve, field

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells.alike_cells import Told
from ncriteria.facts.cells.cells import formula_error
from ncriteria.facts.cells.raw_cells import raw_count, read_raw
from ncriteria.facts.cells.refusals import Refusal
from ncriteria.facts.checks.absent_columns import report_absent
from ncriteria.facts.checks.doubts import doubts, limited
from ncriteria.facts.checks.published import misprinted
from ncriteria.facts.checks.shares import columns_in_percent
from ncriteria.facts.checks.whole_columns import asked_of_column, decimal_point_of
from ncriteria.facts.formats.divided_cells import divided_cells
from ncriteria.facts.formats.raw import NumberText, RawRow, RawTable, RawValue
from ncriteria.facts.layout.columns import BasisSource, ChildCount, Column, Reserved
from ncriteria.facts.layout.headings import columns_of
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.rows.asides import Aside, asides_of, passed_over
from ncriteria.facts.rows.basis_sources import basis_sources, refused_sources, source_columns
from ncriteria.facts.rows.known_days import day_known
from ncriteria.facts.rows.row_periods import Period, Undated, period_of
from ncriteria.facts.rows.row_texts import Identifiers, Texts, texts_of
from ncriteria.facts.table import FactRow, Places, Unit, add_to_known, contradict
from ncriteria.facts.units.levels import level_of, no_level
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey, InYear
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration, FactType, FactValue, Level
from ncriteria.words import Phrase, phrase

_REMARKS = (Reserved.NOTE, Reserved.SOURCE, Reserved.YEAR, Reserved.MONTH, Reserved.DAYS, Reserved.KNOWN_ON)
"""Columns whose texts say nothing that is judged, and the year and month, which are read on their own."""


_Read = Told | Refusal | None
"""What the cells of one text say, why they cannot be read, or nothing."""


@frozen(eq=False)
class _Figures:
    """A column of a fact; `read` is what its texts say: the same few come again and again."""

    heading: str
    key: FactKey
    declaration: FactDeclaration
    in_percent: bool
    read: dict[RawValue | tuple[RawValue, str], _Read] = field(factory=dict)


@frozen
class _TableReading:
    """One reading of a table: its columns by heading, their headings, and all that is found."""

    table: CellPlace
    options: ReadingOptions
    facts: Mapping[str, _Figures]
    counts: Mapping[str, ChildCount]
    sources: Mapping[str, BasisSource]
    headings: Mapping[Reserved, str]
    fact_headings: Mapping[FactKey, str]
    identifiers: Identifiers
    has_fixed_years: bool
    problems: list[Problem] = field(factory=list)
    warnings: list[Problem] = field(factory=list)
    numbers: dict[str, CellPlace] = field(factory=dict)
    units: dict[str, Unit] = field(factory=dict)
    told: dict[str, list[Told]] = field(factory=lambda: defaultdict(list))
    """By heading, what stands in a column, in the order of the first rows."""


def _begun(
    table: CellPlace,
    options: ReadingOptions,
    columns: Mapping[str, Column],
    declarations: Mapping[str, FactDeclaration],
    in_percent: Collection[str],
    identifiers: Identifiers,
) -> _TableReading:
    """A reading that has found nothing yet; the numbers below the headings `in_percent` are percent."""
    facts = {
        heading: _Figures(heading, column, declarations[column.name], heading in in_percent)
        for heading, column in columns.items()
        if isinstance(column, FactKey)
    }
    counts = {heading: column for heading, column in columns.items() if isinstance(column, ChildCount)}
    headings = {column: heading for heading, column in columns.items() if isinstance(column, Reserved)}
    fact_headings = {one.key: heading for heading, one in facts.items()}
    fixed = any(isinstance(key.period, InYear) for key in fact_headings)
    sources = source_columns(columns)
    return _TableReading(table, options, facts, counts, sources, headings, fact_headings, identifiers, fixed)


@frozen
class Assembled:
    """The rows of a table, what is wrong with it, and what may not be meant as it was read."""

    rows: list[FactRow]
    problems: Sequence[Problem]
    warnings: Sequence[Problem]
    is_table: bool = True
    """Whether there are rows at all: no problem of the table as a whole has kept them from being read."""
    lacks_rows: bool = False
    """Whether rows were left out because of what is wrong with them."""


def assemble(
    raw: RawTable, declarations: Mapping[str, FactDeclaration], options: ReadingOptions, table: CellPlace
) -> Assembled:
    """The rows of the table, and every problem and warning of its headings and cells."""
    raw = _without_marks(raw, options)
    problems = [*raw.problems]
    matched = columns_of(raw.headings, raw.meant, declarations, options, table=table, problems=problems)
    columns = matched.columns
    report_absent(columns, raw, problems, table)
    if problems:
        return Assembled([], [*problems, *divided_cells(raw, columns, table)], [], is_table=False)
    reserved = {heading: column for heading, column in columns.items() if isinstance(column, Reserved)}
    given = [(row, texts_of(reserved, row)) for row in raw.rows]
    quiet = _begun(table, options, columns, declarations, (), Identifiers({}))
    asides = asides_of(given, partial(_quietly, quiet), table)
    kept = evolve(raw, rows=tuple(row for place, row in enumerate(raw.rows) if place not in asides))
    if divided := [*divided_cells(kept, columns, table)]:
        return Assembled([], divided, [], is_table=False)
    in_percent = columns_in_percent(kept, columns, declarations)
    identifiers = Identifiers.of(texts for _, texts in given)
    run = _begun(table, options, columns, declarations, in_percent, identifiers)
    run.warnings.extend(raw.warnings)
    read = [asides.get(place) or _row(run, row, texts) for place, (row, texts) in enumerate(given)]
    found = _assembled(run, [row for row in read if row is not None])
    return evolve(found, lacks_rows=None in read)


def _quietly(run: _TableReading, raw: RawRow) -> tuple[Period | None, Mapping[FactKey, FactValue]]:
    """The period of a row and the facts that can be read in it, whatever else is wrong."""
    when = period_of(raw, run.headings)
    return None if isinstance(when, Undated) else when, _facts(run, raw, raw.place(run.table))[0]


def _assembled(run: _TableReading, read: Sequence[FactRow | Aside]) -> Assembled:
    """The rows that are of units, and all that is wrong or doubtful with the table."""
    rows = [row for row in read if isinstance(row, FactRow)]
    counts = {heading for heading, column in run.facts.items() if column.declaration.type is FactType.COUNT}
    decimal_point = decimal_point_of(told for heading, told in run.told.items() if heading in counts)
    of_rows = {row.place.row: (row.unit.id, row.year) for row in rows}
    misread: set[FactKey] = set()
    for heading, told in run.told.items():
        figures = run.facts[heading]
        asked = asked_of_column(
            figures.declaration,
            told,
            of_rows,
            in_percent=figures.in_percent,
            decimal_point=decimal_point,
            beside=_of_other_years(run, heading),
        )
        if asked.problems:
            run.problems.extend(asked.problems)
            misread.add(figures.key)
        run.warnings.extend(asked.warnings)
    rows = [_without(row, misread) for row in rows] if misread else rows
    counted = frozenset(run.facts[heading].key.name for heading in counts)
    of_units = doubts(rows, run.numbers, run.options.territory, run.options.lineage.made)
    warnings = (
        *passed_over(read, counted),
        *run.warnings,
        *of_units,
        *misprinted(rows, {one.key.name: one.declaration for one in run.facts.values()}),
    )
    return Assembled(rows, run.problems, limited(dict.fromkeys(warnings), run.table))


def _without(row: FactRow, misread: Collection[FactKey]) -> FactRow:
    """A row without the facts of columns that cannot be read as a whole."""
    values = {key: value for key, value in row.values.items() if key not in misread}
    return evolve(row, values=values, unread=row.unread.union(row.values.keys() - values.keys()))


def _of_other_years(run: _TableReading, heading: str) -> list[Told]:
    """The cells of the columns that hold the fact of the column below `heading` in other years."""
    name = run.facts[heading].key.name
    others = (other for other, figures in run.facts.items() if other != heading and figures.key.name == name)
    return [told for other in others for told in run.told.get(other, ())]


def _without_marks(raw: RawTable, options: ReadingOptions) -> RawTable:
    """The table with the marks for "no figure" read as blank cells."""
    if not options.blanks:
        return raw
    rows = (
        evolve(row, cells={heading: cell for heading, cell in row.cells.items() if not _is_mark(cell, options)})
        for row in raw.rows
    )
    return evolve(raw, rows=tuple(rows))


def _is_mark(cell: RawValue, options: ReadingOptions) -> bool:
    return isinstance(cell, str) and cell.strip() in options.blanks


def _row(run: _TableReading, raw: RawRow, given: Texts) -> FactRow | None:
    """A row; `None` where something other than its facts cannot be read."""
    place, problems = raw.place(run.table), run.problems
    texts = _checked(run, raw, given)
    when, identifier = _when(run, raw), _identifier(run, raw, texts)
    values, places, unread = _facts(run, raw, place)
    of_facts = len(problems)
    problems.extend(one.at(raw.cell(run.table, at)) for at, one in refused_sources(run.sources, raw).items())
    level, counts = _level(run, raw, texts.get(Reserved.LEVEL)) or run.options.level, _child_counts(run, raw)
    if run.has_fixed_years and when is not None:
        values = _as_seen_from(when[0], values, places, problems)
        places, unread = evolve(places, given=values), unread - values.keys()
    known_on = day_known(raw, run.headings)
    if isinstance(known_on, Refusal):
        problems.append(known_on.at(raw.cell(run.table, run.headings[Reserved.KNOWN_ON])))
    if identifier is None or when is None or len(problems) > of_facts or len(texts) < len(given):
        return None
    return FactRow(
        unit=_unit(run, identifier, texts.get(Reserved.NAME), level, texts.get(Reserved.PARENT)),
        year=when[0],
        month=when[1],
        values=values,
        published=texts.get(Reserved.PUBLISHED),
        note=texts.get(Reserved.NOTE),
        source=texts.get(Reserved.SOURCE),
        series=texts.get(Reserved.SERIES) or run.options.series,
        child_counts=counts,
        places=places,
        place=place,
        unread=unread,
        basis_sources=basis_sources(run.sources, raw, values, texts.get(Reserved.BASIS_SOURCE)),
        known_on=None if isinstance(known_on, Refusal) else known_on,
    )


def _as_seen_from(
    year: int, values: Mapping[FactKey, FactValue], places: Places, problems: list[Problem]
) -> dict[FactKey, FactValue]:
    """The facts of a row by how many years back they are, those of fixed years too."""
    found = {key: value for key, value in values.items() if not isinstance(key.period, InYear)}
    for key, value in values.items():
        if not isinstance(key.period, InYear):
            continue
        seen = FactKey.of(key.name, Ago(year - key.period.year)) if key.period.year <= year else None
        if seen is None:
            message = phrase("`{key}` is after {year}, the year of the row", key=key, year=year)
            problems.append(Problem("NC213", message, places[key]))
        elif seen in found and contradict(found[seen], value):
            message = _given_twice(key, places[seen])
            problems.append(Problem("NC231", message, places[key]))
        else:
            places.others.setdefault(seen, places[key].heading or "")
            add_to_known(found, seen, value)
    return found


def _given_twice(key: FactKey, place: CellPlace) -> Phrase:
    return phrase(
        "`{key}` is given twice in this row, here and in {place}, with different values",
        key=key,
        place=place.as_phrase(),
    )


def _unit(run: _TableReading, identifier: str, name: str | None, level: Level | None, parent: str | None) -> Unit:
    """The unit of a row; one object for all the rows that say the same of it."""
    if parent is None and identifier != run.options.territory:
        parent = run.options.territory
    known = run.units.get(identifier)
    if known is None or (known.name, known.level, known.parent) != (name, level, parent):
        known = run.units[identifier] = Unit(identifier, name, level, parent)
    return known


def _checked(run: _TableReading, raw: RawRow, given: Texts) -> Texts:
    """The cells of a row that are no facts; what is no text of anyone is reported."""
    refused = {
        column: error
        for column, text in given.items()
        if column not in _REMARKS and (error := formula_error(text)) is not None
    }
    if not refused:
        return given
    run.problems.extend(error.at(raw.cell(run.table, run.headings[column])) for column, error in refused.items())
    kept = (Reserved.UNIT, Reserved.NAME)
    return {column: text for column, text in given.items() if column not in refused or column in kept}


def _identifier(run: _TableReading, raw: RawRow, texts: Texts) -> str | None:
    identifier = run.identifiers.read(texts)
    column = run.identifiers.column(texts)
    heading = run.headings[column] if column in texts or run.identifiers.by_name else None
    if isinstance(identifier, Refusal):
        run.problems.append(identifier.at(raw.cell(run.table, heading)))
        return None
    if heading is not None and isinstance(raw.cells.get(heading), NumberText):
        run.numbers.setdefault(identifier, raw.cell(run.table, heading))
    return identifier


def _when(run: _TableReading, raw: RawRow) -> Period | None:
    when = period_of(raw, run.headings)
    if not isinstance(when, Undated):
        return when
    run.problems.append(when.refusal.at(raw.cell(run.table, when.heading)))
    return None


def _level(run: _TableReading, raw: RawRow, text: str | None) -> Level | None:
    if text is None:
        return None
    level = level_of(text)
    if level is None:
        run.problems.append(no_level(text, raw.cell(run.table, run.headings[Reserved.LEVEL])))
    return level


def _child_counts(run: _TableReading, raw: RawRow) -> dict[Level, int]:
    counts: dict[Level, int] = {}
    for heading, value in raw.cells.items() if run.counts else ():
        column = run.counts.get(heading)
        if column is not None:
            count = raw_count(value)
            if isinstance(count, Refusal):
                run.problems.append(count.at(raw.cell(run.table, heading)))
            else:
                counts[column.level] = count
    return counts


def _facts(
    run: _TableReading, raw: RawRow, row: CellPlace
) -> tuple[dict[FactKey, FactValue], Places, frozenset[FactKey]]:
    """What a row says of the facts, where it says it, and the facts whose cells cannot be read."""
    refused: set[FactKey] = set()
    contradictory: set[FactKey] = set()
    values: dict[FactKey, FactValue] = {}
    places = Places(row, values, run.fact_headings, {}, {heading: raw.cell(run.table, heading) for heading in raw.at})
    for heading, cell in raw.cells.items():
        column = run.facts.get(heading)
        if column is None:
            continue
        at = raw.at.get(heading)
        alike = cell if at is None else (cell, at.heading)
        if alike not in column.read:
            column.read[alike] = _read(run, column, cell, raw.cell(run.table, heading))
        found = raw.refused.get(heading) or column.read[alike]
        if isinstance(found, Refusal):
            refused |= {column.key, FactKey.of(column.key.name, Ago(1))}  # `01/x` may say both
            run.problems.append(found.at(raw.cell(run.table, heading)))
        elif found is not None:
            found.rows.append((raw.number or 0) if at is None else at.row)
            for key, value in found.says:
                if key in values and contradict(values[key], value):
                    message = _given_twice(key, places[key])
                    run.problems.append(Problem("NC231", message, raw.cell(run.table, heading)))
                    contradictory.add(key)
                if key in values or key is not column.key:
                    places.others[key] = heading
                add_to_known(values, key, value)
    if contradictory:
        values = {key: value for key, value in values.items() if key not in contradictory}
    return values, places, frozenset(contradictory | (refused - values.keys()))


def _read(run: _TableReading, column: _Figures, cell: RawValue, place: CellPlace) -> _Read:
    """What the first of the cells says that stand alike in a column."""
    alone = column.key.period != THIS_YEAR
    reading = read_raw(column.declaration, cell, alone=alone, in_percent=column.in_percent)
    if reading is None or isinstance(reading, Refusal):
        return reading
    says = [(column.key, reading.value)]
    if reading.last_year is not None:
        says.append((FactKey.of(column.key.name, Ago(1)), reading.last_year))
    told = Told(place, cell, tuple(says))
    run.told[column.heading].append(told)
    return told
