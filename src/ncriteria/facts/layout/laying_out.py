"""From a grid of cells to the rows of a table: where its headings are, and what its rows and columns are of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.formats.grid import Grid, GridRow, letter
from ncriteria.facts.formats.raw import CellAt, RawRow, RawTable, RawValue, is_blank
from ncriteria.facts.layout.account import Account, ColumnAccount, Shape
from ncriteria.facts.layout.body import TableBody, body_of
from ncriteria.facts.layout.columns import ChildCount, Column, Listed, Reserved
from ncriteria.facts.layout.heading_meanings import Heading, is_unit, vocabulary
from ncriteria.facts.layout.heading_rows import heading_rows
from ncriteria.facts.layout.headings import chosen_columns, is_ignored
from ncriteria.facts.layout.misfits import misfits
from ncriteria.facts.layout.rows_beside import rows_of_no_unit, rows_without_figures
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import FactsError
from ncriteria.language.tree import FactKey
from ncriteria.sets.model import FactDeclaration
from ncriteria.words import phrase

_Period = tuple[int | None, int | None]
"""The year and the month that a heading says."""


def lay_out(
    grid: Grid,
    declarations: Mapping[str, FactDeclaration],
    options: ReadingOptions,
    table: CellPlace,
    told: Mapping[str, Heading] | None = None,
) -> RawTable:
    """The rows of a table; raises `FactsError` where it has none, or no headings where the options say.

    `told` has the meaning of the headings of a form, folded.
    """
    words = vocabulary(declarations, chosen_columns(options, declarations, table), told)
    if not grid.rows:
        raise FactsError(Problem("NC221", phrase("the file is empty"), table))
    headings = heading_rows(grid, words, options.header_row)
    if headings is None:
        message = phrase("nothing stands in row {row}, where the headings are said to be", row=options.header_row)
        hint = phrase("name the last row of the headings, as the file counts")
        raise FactsError(Problem("NC225", message, table, hint))
    body = body_of(grid, headings, options, table)
    body = evolve(body, no_units=rows_of_no_unit(body, declarations))
    if any(Listed.INDICATOR in heading.columns for heading in headings.meanings):
        from ncriteria.facts.layout.listed_facts import rows_of_listed_facts  # which few tables have

        rows, shape = rows_of_listed_facts(body, words, options), Shape.FACTS_IN_ROWS
    elif any(heading.is_dated and heading.columns for heading in headings.meanings):
        rows, shape = _by_periods_of_headings(body), Shape.PERIODS_IN_HEADINGS
    else:
        rows, shape = _as_they_stand(body), Shape.ROWS
    problems = (*misfits(grid, headings.texts, body.rows, table), *body.problems, *rows.problems)
    # Who makes a form knows that what it lists are units.
    warnings = () if told is not None else tuple(rows_without_figures(body, declarations))
    account = _account(body, shape, options)
    return evolve(rows, problems=problems, warnings=warnings, separator=grid.separator, account=account)


def _as_they_stand(body: TableBody) -> RawTable:
    """One row for each unit and year."""
    texts = body.headings.texts
    said, said_columns = said_of_all(body)
    whose = {text for text, column in body.meant().items() if is_unit(column)}
    rows = []
    for row in body.rows:
        cells = {
            heading: cell
            for heading, cell in zip(texts, row.cells, strict=False)
            if heading and (cell.__class__ is not str or cell.strip())
        }
        no_unit = body.no_units.get(row.number)
        if said and no_unit is None and (len(cells) > 1 or cells.keys() <= whose):
            cells |= said
        rows.append(RawRow(row.number, cells, no_unit=no_unit))
    headings = dict.fromkeys(text for text in texts if text)
    return RawTable((*headings, *said), tuple(rows), {**body.meant(), **said_columns})


def said_of_all(body: TableBody) -> tuple[dict[str, RawValue], dict[str, Column]]:
    """What is said of all rows, by a heading that no column has, and the columns of these headings."""
    headings = {column: column.value for column in body.said}
    headings |= {
        column: phrase("{name} (of all rows)", name=name)
        for column, name in headings.items()
        if name in body.headings.texts
    }
    said = {headings[column]: text for column, text in body.said.items()}
    return {**said}, {heading: column for column, heading in headings.items()}


def _by_periods_of_headings(body: TableBody) -> RawTable:
    """A row for each unit and each year and month that headings say; what they leave out is as the row says."""
    by_period: dict[_Period, list[tuple[int, str, str]]] = {}
    canonical: dict[FactKey, str] = {}
    shared: list[tuple[int, str]] = []
    of_all = int(body.said[Reserved.YEAR]) if Reserved.YEAR in body.said else None
    for place, (text, heading) in enumerate(zip(body.headings.texts, body.headings.meanings, strict=True)):
        column = heading.columns[0] if len(heading.columns) == 1 else None
        if isinstance(column, FactKey):
            name = canonical.setdefault(column, text)
            year = of_all if heading.year is None else heading.year
            by_period.setdefault((year, heading.month), []).append((place, text, name))
        elif text:
            shared.append((place, text))
    said, said_columns = said_of_all(body)
    dated = [Reserved.YEAR, *([Reserved.MONTH] if any(month is not None for _, month in by_period) else [])]
    when = {_heading_of(body, said_columns, column): column for column in dated}
    whose = frozenset(text for text, column in body.meant().items() if is_unit(column))
    rows: list[RawRow] = []
    for row in body.rows:
        if row.number in body.no_units:
            rows.append(_of_no_unit(body, row))
        else:
            rows += _rows_of_periods(row, by_period, shared, {**said}, [*when], whose)
    meant = {**body.meant(), **said_columns, **when, **{t: key for key, t in canonical.items()}}
    headings = (*(text for _, text in shared), *canonical.values(), *said, *when)
    problems = tuple(_without_a_year(body, by_period))
    return RawTable(tuple(dict.fromkeys(headings)), tuple(rows), meant, problems)


def _of_no_unit(body: TableBody, row: GridRow) -> RawRow:
    """A row that is passed over, as it stands."""
    cells = {text: cell for text, cell in zip(body.headings.texts, row.cells, strict=False) if not is_blank(cell)}
    return RawRow(row.number, cells, no_unit=body.no_units[row.number])


def _heading_of(body: TableBody, said_columns: Mapping[str, Column], wanted: Reserved) -> str:
    """The heading of the year or month: that of its column, or one that no column has."""
    place = body.column(wanted)
    if place is not None:
        return body.headings.texts[place]
    return next((text for text, column in said_columns.items() if column is wanted), wanted.value)


def _rows_of_periods(
    row: GridRow,
    by_period: Mapping[_Period, list[tuple[int, str, str]]],
    shared: list[tuple[int, str]],
    said: Mapping[str, RawValue],
    when: Sequence[str],
    whose: frozenset[str],
) -> Iterator[RawRow]:
    """The rows of one row of the file; `when` are the headings of the year and of the month.

    It is of a unit where it has a figure, or nothing but what says `whose` it is.
    """
    cells = row.cells
    of_all = {text: cells[place] for place, text in shared if place < len(cells) and not is_blank(cells[place])}
    figures = any(
        place < len(cells) and not is_blank(cells[place]) for columns in by_period.values() for place, *_ in columns
    )
    for period, columns in by_period.items():
        own = {name: cells[at] for at, _, name in columns if at < len(cells) and not is_blank(cells[at])}
        if len(of_all) > 1 or figures or (of_all and of_all.keys() <= whose):
            dated = {heading: str(number) for heading, number in zip(when, period, strict=False) if number is not None}
            own |= {**said, **of_all, **dated}
        else:
            own |= of_all
        at = {name: CellAt(row.number, text) for _, text, name in columns if text != name}
        yield RawRow(row.number, own, at=at)


def _without_a_year(body: TableBody, by_period: Mapping[_Period, list[tuple[int, str, str]]]) -> Iterator[Problem]:
    """Facts whose heading says no year, where no year is said of the rows."""
    if Reserved.YEAR in body.said or body.column(Reserved.YEAR) is not None:
        return
    others_do = any(year is not None for year, _ in by_period)
    for (year, _), columns in by_period.items():
        for _, text, _ in columns if year is None else ():
            message = phrase('"{heading}" does not say its year, and other headings do', heading=text)
            if not others_do:
                message = phrase('"{heading}" does not say its year, and nothing else does', heading=text)
            hint = phrase(
                "write the year into the heading, or say the year of those without one "
                "(--table-year, `facts: year:` in a project file)"
            )
            yield Problem("NC212", message, evolve(body.table, heading=text), hint)


def _account(body: TableBody, shape: Shape, options: ReadingOptions) -> Account:
    rows = body.grid.rows[body.headings.first : body.headings.last + 1]
    columns = tuple(
        ColumnAccount(letter(place), text, None if is_ignored(text, options) else _told(heading))
        for place, (text, heading) in enumerate(zip(body.headings.texts, body.headings.meanings, strict=True))
        if text
    )
    return Account(
        tuple(row.number for row in rows),
        shape,
        columns,
        sheet=body.grid.sheet,
        year_from=body.year_from if _needs_year_of_all(body, shape) else None,
        hidden=tuple(_hidden(body.grid)),
    )


def _needs_year_of_all(body: TableBody, shape: Shape) -> bool:
    """Whether the year that is said of all rows is that of any figure: headings may say all their years themselves."""
    lists_facts = shape is Shape.FACTS_IN_ROWS
    return any(
        heading.year is None
        for text, heading in zip(body.headings.texts, body.headings.meanings, strict=True)
        if any(isinstance(column, (FactKey, ChildCount)) or column is Listed.VALUE for column in heading.columns)
        or (lists_facts and text and not heading.columns)
    )


def _hidden(grid: Grid) -> Iterator[str]:
    """The rows and columns that hold something and are not shown, as a workbook names them."""
    yield from map(str, grid.hidden_rows)
    yield from map(letter, grid.hidden_columns)


def _told(heading: Heading) -> str | None:
    names = [column.value if isinstance(column, (Reserved, Listed)) else str(column) for column in heading.columns]
    said = [*names, *(["month"] if heading.month is not None and heading.year is None else [])]
    period = [str(number) for number in (heading.month, heading.year) if number is not None]
    return " ".join([*said, *(["/".join(period)] if period else [])]) or None
