"""What the readers of the formats hand on: cells that are not interpreted yet, in rows."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells.refusals import Refusal
from ncriteria.facts.layout.account import Account
from ncriteria.facts.layout.columns import Column
from ncriteria.facts.rows.no_units import NoUnit
from ncriteria.quick_classes import frozen


@frozen
class NumberText:
    """A number in the notation of JSON and YAML, where a point is always the decimal mark.

    A workbook shows one that `is_percent` with its sign: 0.95 as 95 %.
    """

    text: str
    is_percent: bool = False


RawValue = str | NumberText | bool
"""A cell: text as an office writes it, a number, or a truth."""


def is_blank(value: RawValue) -> bool:
    """Whether nothing stands in a cell."""
    return isinstance(value, str) and not value.strip()


@frozen
class CellAt:
    """Where a cell stands: its row, and the heading above it."""

    row: int
    heading: str


@frozen
class RawRow:
    """What the file says of one unit, in one year or more: the cells that are not blank, by heading.

    Most are a row of the file, the `number` as the file counts. Where units stand side by side, a unit is a column:
    `number` is `None`, and `under` is its heading. `at` has the cells that stand elsewhere than in their row, below
    their heading. `no_unit` is what the row is that is of none by where it stands. `refused` are cells, by heading, in
    which nothing is asked for.
    """

    number: int | None
    cells: Mapping[str, RawValue]
    under: str | None = None
    at: Mapping[str, CellAt] = field(factory=dict, repr=False)
    no_unit: NoUnit | None = None
    refused: Mapping[str, Refusal] = field(factory=dict, repr=False)

    def place(self, table: CellPlace) -> CellPlace:
        """The place of the row in the `table`."""
        return evolve(table, row=self.number, heading=self.under)

    def cell(self, table: CellPlace, heading: str | None) -> CellPlace:
        """The place of the cell below a heading."""
        found = self.at.get(heading) if heading is not None else None
        if found is None:
            return evolve(table, row=self.number, heading=heading)
        return evolve(table, row=found.row, heading=found.heading)


@frozen
class RawTable:
    """The rows of a file, and every heading in the order of the file.

    `meant` has the columns of headings that say more than one, or less, than the name of a column. `problems` are
    those of the table as a whole, `warnings` tell which of its rows may not be what they were taken for. `separator`
    stands between the cells of a CSV text. `account` tells how a table was laid out that does not say so itself.
    """

    headings: tuple[str, ...]
    rows: tuple[RawRow, ...] = field(repr=False)
    meant: Mapping[str, Column] = field(factory=dict)
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    separator: str | None = None
    account: Account | None = None
