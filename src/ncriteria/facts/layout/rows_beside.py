"""Rows of a laid-out table that are of no unit by where they stand: column numbers, sections, and what is below.

What a row is by the words in the place of its unit, such as a total, is told of tables of every format elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from attrs import evolve

from ncriteria.errors import Problem
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.cells.raw_cells import raw_text, raw_year, read_raw
from ncriteria.facts.cells.refusals import Refusal
from ncriteria.facts.formats.grid import GridRow
from ncriteria.facts.formats.raw import NumberText, RawValue, is_blank
from ncriteria.facts.layout.body import TableBody
from ncriteria.facts.layout.columns import Listed, Reserved
from ncriteria.facts.layout.heading_meanings import is_unit
from ncriteria.facts.rows.no_units import NoUnit, no_unit
from ncriteria.facts.rows.totals import is_note
from ncriteria.language.tree import FactKey
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration
from ncriteria.words import phrase

_COLUMN_NUMBER = compiled_later(r"[(\[]?(?:([0-9]{1,2})(?:\s*=.*)?|[A-Za-zĐđ])[)\]]?")
_IN_BRACKETS = compiled_later(r"[(\[].*[)\]]")
_MEASURE = compiled_later(
    r"[(\[]?(?:(?P<of>đơn vị tính|đvt|unit of measure)|đơn vị|unit)\s*:\s*(?P<measure>.*?)\s*[)\]]?"
)
_OF_A_SECTION = compiled_later(r"(?:[IVX]+|[A-ZĐ])[.)]?")


def rows_of_no_unit(body: TableBody, declarations: Mapping[str, FactDeclaration]) -> dict[int, NoUnit]:
    """What the rows are that are of no unit, by their numbers.

    A note has no year of its own and no figure; what follows a note and has none either is below the table too. The
    unit of measure may stand above the rows.
    """
    columns = _RowColumns.of(body, declarations)
    found: dict[int, NoUnit] = {}
    below = False
    for row in body.rows:
        if not _numbers_columns(row, body.rows, columns):
            break
        found[row.number] = NoUnit.NUMBERS
    for row in body.rows:
        if row.number in found or columns.has_year(row):
            continue
        if columns.says_measure(row):
            found[row.number] = NoUnit.MEASURE
        elif below or any(isinstance(cell, str) and is_note(cell) for cell in row.cells):
            if not columns.has_figure(row):
                below = True
                found[row.number] = NoUnit.NOTE
        elif _is_section(body, row, columns):
            found[row.number] = NoUnit.SECTION
    return found


def rows_without_figures(body: TableBody, declarations: Mapping[str, FactDeclaration]) -> Iterator[Problem]:
    """A warning of each row with nothing but its unit, in a table whose rows do not say their years themselves.

    It may be a unit of which nothing is known, and is taken for one; it may head others, or stand between them.
    """
    columns = _RowColumns.of(body, declarations)
    rows = [row for row in body.rows if row.number not in body.no_units]
    if columns.year is not None or columns.lists_facts or not any(map(columns.has_figure, rows)):
        return
    for row in rows:
        if any(place not in columns.units and not is_blank(cell) for place, cell in enumerate(row.cells)):
            continue
        unit = columns.unit_of(row)
        if unit and no_unit(unit) is None:
            message = phrase(
                'nothing stands beside "{unit}"; it is taken for a unit of which nothing is known', unit=unit[:40]
            )
            hint = phrase("where it is no unit, delete the row; where nothing happened, write 0")
            yield Problem("NC331", message, evolve(body.table, row=row.number), hint)


@frozen
class _RowColumns:
    """Where the unit, the running number and the year of a row stand, and its figures with what is declared of them.

    Where a table `lists_facts` below each other a figure is of any fact. `measures` are what facts are counted in.
    """

    units: tuple[int, ...]
    serial: int | None
    year: int | None
    figures: Mapping[int, FactDeclaration | None]
    lists_facts: bool
    measures: frozenset[str]

    @classmethod
    def of(cls, body: TableBody, declarations: Mapping[str, FactDeclaration]) -> _RowColumns:
        """Those of a table."""
        lists_facts = body.column(Listed.INDICATOR) is not None
        figures: dict[int, FactDeclaration | None] = {}
        for place, heading in enumerate(body.headings.meanings):
            fact = next((column for column in heading.columns if isinstance(column, FactKey)), None)
            if fact is not None:
                figures[place] = declarations[fact.name]
            elif lists_facts and (Listed.VALUE in heading.columns or not heading.columns):
                figures[place] = None
        units = tuple(at for at, heading in enumerate(body.headings.meanings) if any(map(is_unit, heading.columns)))
        declared = [one.unit for one in declarations.values() if one.unit is not None]
        measures = frozenset(folded(text) for unit in declared for text in (unit.vi, unit.en))
        return cls(units, body.column(Reserved.SERIAL), body.column(Reserved.YEAR), figures, lists_facts, measures)

    def has_year(self, row: GridRow) -> bool:
        """Whether a row says its year itself."""
        return self.year is not None and not isinstance(raw_year(_cell(row, self.year)), Refusal)

    def has_figure(self, row: GridRow) -> bool:
        """Whether some cell of a row can be read as the fact of its column."""
        return any(_is_figure(_cell(row, place), declared) for place, declared in self.figures.items())

    def says_measure(self, row: GridRow) -> bool:
        """Whether a row says nothing but what all is counted in: `Đơn vị tính: vụ`, or `Đơn vị: vụ`."""
        texts = list(islice(_written(row), 2))
        said = _MEASURE.fullmatch(folded(texts[0])) if len(texts) == 1 else None
        return said is not None and (said["of"] is not None or said["measure"] in self.measures)

    def unit_of(self, row: GridRow) -> str:
        """What stands in the place of the unit."""
        return next((text for place in self.units if (text := raw_text(_cell(row, place)))), "")


def _is_figure(cell: RawValue, declared: FactDeclaration | None) -> bool:
    if isinstance(cell, (NumberText, bool)) or cell.strip().isdigit():
        return True
    if declared is None:
        return any(map(str.isdigit, cell))
    reading = read_raw(declared, cell, alone=False)
    return reading is not None and not isinstance(reading, Refusal)


def _cell(row: GridRow, place: int) -> RawValue:
    return row.cells[place] if place < len(row.cells) else ""


def _written(row: GridRow) -> Iterator[str]:
    return (raw_text(cell) for cell in row.cells if not is_blank(cell))


def _numbers_columns(row: GridRow, rows: Sequence[GridRow], columns: _RowColumns) -> bool:
    """Whether a row has the numbers or letters of the columns, as `A`, `B`, `1`, `2` or `(1)`, `(2)`, `(3=1+2)`.

    One without brackets may be of a unit that has such a name, unless its year is none, or others are called otherwise.
    """
    texts = list(_written(row))
    marks = [_COLUMN_NUMBER.fullmatch(text) for text in texts]
    numbers = [int(mark[1]) for mark in marks if mark is not None and mark[1]]
    if len(texts) < 2 or None in marks or not numbers:
        return False
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] > len(texts):
        return False
    if all(map(_IN_BRACKETS.fullmatch, texts)):
        return True
    if columns.year is not None:
        return not is_blank(_cell(row, columns.year)) and not columns.has_year(row)
    others = [unit for other in rows if other is not row and (unit := columns.unit_of(other))]
    return bool(others) and not any(map(_COLUMN_NUMBER.fullmatch, others))


def _is_section(body: TableBody, row: GridRow, columns: _RowColumns) -> bool:
    """Whether a row heads those below it: its number is Roman or a letter, or its text is merged over the figures."""
    filled = {place for place, cell in enumerate(row.cells) if not is_blank(cell)}
    if not columns.units or not filled or filled - {*columns.units, columns.serial}:
        return False
    if columns.serial in filled and columns.serial is not None:
        return _OF_A_SECTION.fullmatch(raw_text(row.cells[columns.serial])) is not None
    return any(
        one.first_row <= row.number <= one.last_row and one.first_column <= min(filled) and place <= one.last_column
        for one in body.grid.merged
        for place in columns.figures
    )
