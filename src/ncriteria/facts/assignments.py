"""Reading who is in charge of which units: a table of members and units, as an office has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Final

from attrs import field

from ncriteria.errors import CellPlace, Problem, expect
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.cells.refusals import quoted
from ncriteria.facts.formats.grid import Grid
from ncriteria.facts.formats.raw import RawRow, RawTable, RawValue
from ncriteria.facts.layout.columns import HEADINGS, Reserved
from ncriteria.facts.layout.tables_of_other_columns import (
    OtherColumns,
    RowsRead,
    rows_below_headings,
)
from ncriteria.facts.options import AS_IT_STANDS, ReadingOptions
from ncriteria.facts.readers import cells_of_file
from ncriteria.facts.rows.row_texts import texts_of
from ncriteria.facts.table import FactsError
from ncriteria.facts.units.identifiers import normal_identifier, shown_identifier
from ncriteria.facts.units.levels import name_key, unit_meant
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.words import one_of, phrase


class Charge(Enum):
    """The column of assignments beside those of units."""

    MEMBER = "member"


_MEMBERS: Final = (
    *("member", "member in charge", "person in charge", "in charge", "officer", "officer in charge"),
    *("người phụ trách", "cán bộ phụ trách", "đồng chí phụ trách", "thành viên phụ trách", "ủy viên phụ trách"),
    *("uỷ viên phụ trách", "đảng ủy viên phụ trách", "đảng viên phụ trách", "lãnh đạo phụ trách", "phụ trách"),
    *("người được phân công", "cán bộ được phân công", "người theo dõi", "cán bộ theo dõi", "họ và tên", "họ tên"),
    *("thành viên", "cán bộ", "đồng chí"),
)
_UNITS: Final = (
    *("units", "commune", "communes", "đơn vị phụ trách", "xã phụ trách", "các xã phụ trách", "địa bàn phụ trách"),
    *("đơn vị được phân công", "xã được phân công", "địa bàn được phân công"),
)
_SEVERAL: Final = compiled_later(r"[;\n,]")
_SHOWN: Final = {Charge.MEMBER: "`member` (Người phụ trách)", Reserved.UNIT: "`unit` (Đơn vị)"}
Column = Reserved | Charge


@frozen
class AssignedUnits:
    """The units that a member is in charge of, by identifier; what is no unit of the table is `unknown`."""

    member: str
    units: tuple[str, ...]
    unknown: tuple[str, ...] = ()


@frozen
class Assignments:
    """The members in the order of their table; `warnings` tell each unit that is not known, with its place."""

    members: tuple[AssignedUnits, ...]
    warnings: tuple[Problem, ...] = field(default=(), repr=False, eq=False)


@cache
def _columns() -> OtherColumns[Column]:
    """Those of units and members count; any other heading is passed over."""
    known: dict[str, Column] = {folded(one): column for column, headings in HEADINGS.items() for one in headings}
    known |= {folded(one): Reserved.NAME for one in _UNITS}
    known |= {folded(one): Charge.MEMBER for one in _MEMBERS}
    return OtherColumns(
        known,
        _SHOWN,
        {_SHOWN[Charge.MEMBER]: {Charge.MEMBER}, _SHOWN[Reserved.UNIT]: {Reserved.UNIT, Reserved.NAME}},
        "NC390",
        phrase("a row says a member in charge and a unit, by its identifier or its name"),
        repeated={*Reserved} - {Reserved.UNIT, Reserved.NAME},
    )


def read_assignments(
    path: str | Path, units: Mapping[str, str | None], *, options: ReadingOptions = AS_IT_STANDS
) -> Assignments:
    """The assignments in a file of any kind that facts are read from; `units` are those there are, with their names.

    A row says a member and a unit, by identifier or name, or several with semicolons between. Other columns are passed
    over. Raises `FactsError` with every problem of the file.
    """
    expect("`path`", path, (str, Path), "the name of a file")
    cells, table = cells_of_file(path, _columns().known, options)
    return _assignments(cells, units, options, table)


@frozen
class _UnitNames:
    """The units that there are, by identifier, and by what their names have in common however they are written."""

    units: Mapping[str, str | None]
    by_name: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, units: Mapping[str, str | None]) -> _UnitNames:
        found: dict[str, list[str]] = {}
        for unit, name in units.items():
            if name is not None:
                found.setdefault(name_key(name), []).append(unit)
        return cls(units, found)

    def meant(self, text: str) -> Sequence[str]:
        """The units that a text may mean: the one of this identifier, or those of this name."""
        return [text] if text in self.units else self.by_name.get(name_key(text), ())


def _assignments(
    cells: RawTable | Grid, units: Mapping[str, str | None], options: ReadingOptions, table: CellPlace
) -> Assignments:
    known = _columns().known
    raw = rows_below_headings(cells, known, options, table, _is_row) if isinstance(cells, Grid) else cells
    # Words above the list that say a part of a year, such as its last six months, say nothing of its units.
    problems = [problem for problem in raw.problems if problem.code != "NC264"]
    columns, amiss = _columns().of(raw.headings, options, table)
    if problems := [*problems, *amiss]:
        raise FactsError(problems)
    headings = {column: heading for heading, column in columns.items()}
    merged = _merged_members(cells, raw, headings) if isinstance(cells, Grid) else {}
    run = _Run(table, headings, names=_UnitNames.of(units))
    for row in raw.rows:
        run.take(row, merged.get(row.number))
    if run.problems:
        raise FactsError(run.problems)
    members = tuple(AssignedUnits(one, tuple(run.known[one]), tuple(run.unknown[one])) for one in run.known)
    return Assignments(members, tuple(run.warnings))


def _is_row(said: Set[Column | None]) -> bool:
    """Whether a row below a note is of the table: it says both a member and a unit."""
    return Charge.MEMBER in said and bool(said & {Reserved.UNIT, Reserved.NAME})


def _merged_members(grid: Grid, raw: RawTable, headings: Mapping[Column, str]) -> dict[int | None, str]:
    """The member of each row over which the cell of one above is merged."""
    heading, found = headings[Charge.MEMBER], dict[int | None, str]()
    texts = [[" ".join(raw_text(cell).split()) for cell in row.cells] for row in grid.rows]
    places = {text.index(heading) for text in texts if heading in text}
    said = {row.number: raw_text(row.cells[heading]) for row in raw.rows if heading in row.cells}
    for one in grid.merged:
        if one.first_column in places and one.first_row in said:
            found |= dict.fromkeys(range(one.first_row + 1, one.last_row + 1), said[one.first_row])
    return found


@frozen
class _Run(RowsRead[Column]):
    """One reading: what the members are in charge of so far."""

    names: _UnitNames = field(kw_only=True)
    known: dict[str, dict[str, None]] = field(factory=dict)
    unknown: dict[str, dict[str, None]] = field(factory=dict)
    warnings: list[Problem] = field(factory=list)

    def take(self, raw: RawRow, above: str | None) -> None:
        """Take a row; `above` is the member of a cell that is merged over it."""
        said = self.said(raw)
        if not said.keys() & {Charge.MEMBER, Reserved.UNIT, Reserved.NAME}:
            return
        member = raw_text(said[Charge.MEMBER]) if Charge.MEMBER in said else above
        column = Reserved.UNIT if Reserved.UNIT in said else Reserved.NAME
        if member is None:
            hint = phrase("write the member in each row, and leave out the units of nobody")
            self.report(raw, Charge.MEMBER, "NC391", phrase("the row does not say who is in charge"), hint)
        elif column not in said:
            self.report(raw, column, "NC391", phrase("the row does not say of which unit"))
        else:
            self.known.setdefault(member, {})
            self.unknown.setdefault(member, {})
            for text in self._several(raw, column, said[column]):
                self._assign(raw, column, member, text)

    def _several(self, raw: RawRow, column: Reserved, cell: RawValue) -> list[str]:
        """The units that a cell says: one, or several apart by semicolons, commas or lines."""
        whole = texts_of({self.headings[column]: column}, raw)[column]
        if self.names.meant(whole) or not isinstance(cell, str):
            return [whole]
        return [text for part in _SEVERAL.split(cell) if (text := normal_identifier(part))]

    def _assign(self, raw: RawRow, column: Reserved, member: str, text: str) -> None:
        meant = self.names.meant(text)
        if len(meant) == 1:
            self.known[member][meant[0]] = None
        elif meant:
            units = one_of(f"`{shown_identifier(unit)}`" for unit in meant)
            message = phrase("{text} may be {units}", text=quoted(text), units=units)
            self.report(raw, column, "NC392", message, phrase("write the identifier"))
        else:
            self.unknown[member][text] = None
            message = phrase("{text} is no unit of the table of facts", text=quoted(text))
            hint = unit_meant(text, self.names.units.items())
            self.warnings.append(Problem("NC393", message, self.place(raw, column), hint))
