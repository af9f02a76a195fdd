"""What the readers of the formats hand on: rows of cells that are not interpreted yet."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from ncriteria.errors import Problem


@frozen
class NumberText:
    """A number in the notation of JSON and YAML, where a point is always the decimal mark.

    A workbook shows one that `is_percent` with its sign: 0.95 as 95 %.
    """

    text: str
    is_percent: bool = False


RawValue = str | NumberText | bool
"""A cell: text as an office writes it, a number, or a truth. Blank cells are not there."""


@frozen
class RawRow:
    """One row: its number as the file counts, and its cells by heading."""

    number: int
    cells: Mapping[str, RawValue]


@frozen
class RawTable:
    """The rows of a file, and every heading in the order of the file.

    `first_rows` are the first rows as they stand, the headings among them, with their numbers, where the format has
    such. `problems` are those of the table as a whole. `separator` stands between the cells of a CSV text.
    """

    headings: tuple[str, ...]
    rows: tuple[RawRow, ...] = field(repr=False)
    first_rows: tuple[tuple[int, tuple[str, ...]], ...] = field(default=(), repr=False)
    problems: tuple[Problem, ...] = ()
    separator: str | None = None
