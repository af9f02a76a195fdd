"""Tables whose facts stand below each other: a row for each fact, and its values beside it, by year or by unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from attrs import evolve, field

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.formats.grid import GridRow
from ncriteria.facts.formats.raw import CellAt, NumberText, RawRow, RawTable, RawValue, is_blank
from ncriteria.facts.layout.body import TableBody
from ncriteria.facts.layout.columns import ChildCount, Column, Listed, Reserved
from ncriteria.facts.layout.heading_meanings import Vocabulary, is_unit
from ncriteria.facts.layout.headings import SAY_WHICH, guessed
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.rows.no_units import no_unit
from ncriteria.facts.table import UnknownFactsError
from ncriteria.language.tree import FactKey
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import define, frozen
from ncriteria.words import Phrase, one_of, phrase

_NUMBERING = compiled_later(r"\s*(?:[-+*•]|(?:[0-9]+|[IVXivx]+|[A-Za-zđĐ])(?:\.[0-9]+)*\s*[.)/:])\s*")


@frozen
class _Values:
    """A column of values: those of a year or month, of a unit, or of what the row says."""

    place: int
    heading: str
    unit: str | None
    year: int | None
    month: int | None


@define
class _Record:
    """What is said of one unit in one year so far; it stands in a row, or in the column `under` a heading."""

    row: int | None
    under: str | None
    cells: dict[str, RawValue]
    at: dict[str, CellAt]


@define
class _Listing:
    """One reading of such a table: the facts found, by the text that names them first, and the units and years.

    `beside` are the rows that stand below the table, `unknown` the texts that name no fact.
    """

    body: TableBody
    words: Vocabulary
    options: ReadingOptions
    named: dict[FactKey, str] = field(factory=dict)
    found: dict[tuple[tuple[str, str], ...], _Record] = field(factory=dict)
    beside: list[RawRow] = field(factory=list)
    unknown: dict[str, None] = field(factory=dict)
    problems: list[Problem] = field(factory=list)

    def place(self, row: int, heading: str) -> CellPlace:
        """The place of a cell."""
        return evolve(self.body.table, row=row, heading=heading)

    def refuse_column(self, heading: str, told: Phrase, hint: Phrase) -> None:
        """Report a column that is of no unit, no year and no month."""
        self.problems.append(Problem("NC210", told, evolve(self.body.table, heading=heading), hint))


def rows_of_listed_facts(body: TableBody, words: Vocabulary, options: ReadingOptions) -> RawTable:
    """A row for each unit and year; raises `FactsError` where not each row is of one fact and says it once."""
    listing = _Listing(body, words, options)
    values = list(_value_columns(listing))
    for row in body.rows:
        _add(listing, row, values)
    if listing.problems:
        raise UnknownFactsError(listing.problems, listing.unknown, listing.named)
    meant: dict[str, Column] = {column.value: column for column in Reserved}
    meant |= {text: key for key, text in listing.named.items()}
    rows = tuple(RawRow(one.row, one.cells, one.under, one.at) for one in listing.found.values())
    headings = dict.fromkeys(heading for row in rows for heading in row.cells)
    return RawTable(tuple(headings), (*rows, *listing.beside), meant)


def _value_columns(listing: _Listing) -> Iterator[_Values]:
    """The columns of values: of a year, of the unit that the heading names, or of what the row says.

    Where the unit is said elsewhere, a heading that names another thing is reported.
    """
    body, options = listing.body, listing.options
    columns = (column for heading in body.headings.meanings for column in heading.columns)
    is_said = Reserved.UNIT in body.said or any(map(is_unit, columns))
    for place, (text, heading) in enumerate(zip(body.headings.texts, body.headings.meanings, strict=True)):
        if not text or folded(text) in options.ignore:
            continue
        if heading.is_period or Listed.VALUE in heading.columns:
            yield _Values(place, text, None, heading.year, heading.month)
        elif any(isinstance(column, (FactKey, ChildCount)) for column in heading.columns):
            told = phrase('"{heading}" names a fact, and the facts of this table stand below each other', heading=text)
            listing.refuse_column(text, told, phrase("leave the column out, or pass over it (--ignore-column)"))
        elif heading.columns or (is_said and options.ignore_unknown):
            continue
        elif is_said and no_unit(heading.rest) is None:
            told = phrase('"{heading}" is no year, no month and no known column', heading=text)
            hint = phrase("its unit is said elsewhere; leave the column out, or pass over it (--ignore-column)")
            listing.refuse_column(text, told, hint)
        else:
            yield _Values(place, text, heading.rest, heading.year, heading.month)


def _add(listing: _Listing, row: GridRow, values: list[_Values]) -> None:
    """Add what one row says of a fact; rows without values are headings within the table."""
    given = [(column, cell) for column in values if not is_blank(cell := _cell(row, column.place))]
    indicator = listing.body.column(Listed.INDICATOR)
    named = " ".join(raw_text(_cell(row, indicator)).split())
    if not given or indicator is None:
        return
    heading = listing.body.headings.texts[indicator]
    if not named:
        if row.number not in listing.body.no_units:
            told = phrase("the row has a value and does not say of which fact")
            hint = phrase("write the fact into each row")
            listing.problems.append(Problem("NC210", told, listing.place(row.number, heading), hint))
        return
    key = _fact(listing, named, row.number, heading)
    if key is None:
        return
    name = listing.named.setdefault(key, named)
    is_percent = _is_percent(listing, row, key)
    said, at = _said(listing.body, row)
    for column, cell in given:
        record = _record(listing, row, said, at, column)
        if name in record.cells:
            told = phrase(
                "`{key}` is given twice of one unit and year, here and in row {row}", key=key, row=record.at[name].row
            )
            listing.problems.append(Problem("NC231", told, listing.place(row.number, column.heading)))
        record.cells[name] = _in_percent(cell) if is_percent else cell
        record.at[name] = CellAt(row.number, column.heading)


def _cell(row: GridRow, column: int | None) -> RawValue:
    return row.cells[column] if column is not None and column < len(row.cells) else ""


def _fact(listing: _Listing, text: str, row: int, heading: str) -> FactKey | None:
    """The fact that a row is of; one that is not known is reported, where the row is of the table."""
    bare = _NUMBERING.sub("", text, count=1)
    columns = listing.words.columns(text) or listing.words.columns(bare)
    if len(columns) == 1 and isinstance(columns[0], FactKey):
        return columns[0]
    if row in listing.body.no_units:
        listing.beside.append(RawRow(row, {heading: text}, no_unit=listing.body.no_units[row]))
    elif not listing.options.ignore_unknown and not {folded(text), folded(bare)} & listing.options.ignore:
        several = phrase('"{text}" may mean several facts', text=text)
        told = several if columns else phrase('"{text}" is no fact', text=text)
        hint = guessed(bare, listing.words.full, listing.words.columns) or SAY_WHICH
        listing.problems.append(Problem("NC210", told, listing.place(row, heading), hint))
        listing.unknown.setdefault(bare)
    return None


def _said(body: TableBody, row: GridRow) -> tuple[dict[str, str], dict[str, CellAt]]:
    """What is said of the unit and the year of a row, by column, and where."""
    said = {column.value: text for column, text in body.said.items()}
    at = {}
    for place, (text, heading) in enumerate(zip(body.headings.texts, body.headings.meanings, strict=True)):
        for column in heading.columns[:1]:
            cell = _cell(row, place)
            if isinstance(column, Reserved) and column is not Reserved.SERIAL and not is_blank(cell):
                said[column.value] = raw_text(cell)
                at[column.value] = CellAt(row.number, text)
    return said, at


def _record(
    listing: _Listing, row: GridRow, said: Mapping[str, str], at: Mapping[str, CellAt], column: _Values
) -> _Record:
    """The unit and year that a value is of."""
    cells = dict(said)
    if column.unit is not None:
        cells[Reserved.NAME.value] = column.unit
    if column.year is not None:
        cells[Reserved.YEAR.value] = str(column.year)
    if column.month is not None:
        cells[Reserved.MONTH.value] = str(column.month)
    whose = tuple(sorted(cells.items()))
    if whose not in listing.found:
        number, under = (row.number, None) if column.unit is None else (None, column.heading)
        listing.found[whose] = _Record(number, under, {**cells}, dict(at))
    return listing.found[whose]


def _is_percent(listing: _Listing, row: GridRow, key: FactKey) -> bool:
    """Whether the measure beside a fact is percent; one that is not that of the fact is reported."""
    place = listing.body.column(Listed.MEASURE)
    measure = folded(raw_text(_cell(row, place)))
    fitting = listing.words.measures[key.name]
    if place is not None and measure and fitting and measure not in fitting:
        told = phrase(
            '`{fact}` is counted in {measures}, not in "{found}"',
            fact=key.name,
            measures=one_of(sorted(fitting)),
            found=measure,
        )
        heading = listing.body.headings.texts[place]
        listing.problems.append(Problem("NC249", told, listing.place(row.number, heading)))
    return measure == "%"


def _in_percent(cell: RawValue) -> RawValue:
    """A number that counts hundredths, with its sign."""
    match cell:
        case NumberText(text=text, is_percent=False):
            return NumberText(format(Decimal(text).scaleb(-2), "f"), is_percent=True)
        case str() if "%" not in cell:
            return f"{cell.strip()}%"
        case _:
            return cell
