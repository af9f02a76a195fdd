"""A sheet: columns of one kind each, and rows of exact values, whatever file they come to stand in."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from attrs import field

from ncriteria.language.printer import show_rational
from ncriteria.quick_classes import frozen
from ncriteria.sets.names import VERDICTS
from ncriteria.words import Message, Words

T = TypeVar("T", bound=Enum)
Cell = Enum | str | None | int | Fraction | bool | datetime.date
"""What a cell holds; `None` is a blank one."""
Row = tuple[Cell, ...]


class Kind(Enum):
    """What the cells of a column are."""

    TEXT = "text"
    WHOLE = "whole"
    """A whole number that counts something, or a year."""
    EXACT = "exact"
    """Any rational number."""
    PERCENT = "percent"
    """A rational number, told in hundredths."""
    DAY = "day"
    TRUTH = "truth"
    NAME = "name"
    """One of the options of an enumeration, which `names` says in words by its text for programs."""


@frozen
class Column:
    """A column: its `name` for programs, and the `heading` that people read; `width` is in letters.

    A text of one that `is_one_line` is long and looked at seldom: it makes no row taller where it is shown. One that
    `is_for_programs` is in a workbook without being shown or printed.
    """

    name: str
    heading: str
    kind: Kind = Kind.TEXT
    width: int = 14
    names: Mapping[str, Message] = field(factory=dict, repr=False)
    is_one_line: bool = False
    is_for_programs: bool = False


@frozen
class Sheet:
    """A table of an answer: its name for programs, its title, and its rows, made anew for each who reads them."""

    name: str
    title: str
    columns: tuple[Column, ...]
    _rows: Callable[[], Iterable[Row]] = field(repr=False)

    @property
    def rows(self) -> Iterator[Row]:
        """The rows, made as they are read."""
        return iter(self._rows())

    def narrowed(self, names: Sequence[str]) -> Sheet:
        """The sheet with the columns of these names, in their order."""
        known = {column.name: place for place, column in enumerate(self.columns)}
        places = [known[name] for name in names]
        columns = tuple(self.columns[place] for place in places)
        return Sheet(self.name, self.title, columns, lambda: (tuple(row[one] for one in places) for row in self.rows))


def verdict_column(name: str, heading: str) -> Column:
    """A column of verdicts."""
    return Column(name, heading, Kind.NAME, 12, by_option(VERDICTS))


def by_option(names: Mapping[T, Message]) -> dict[str, Message]:
    """What the options of an enumeration are called, by their texts for programs."""
    return {str(option.value): message for option, message in names.items()}


def name_text(column: Column, cell: Cell, say: Words) -> str:
    """What an option of a column of names is called."""
    return say.this(column.names[option_text(cell)])


def people_text(column: Column, cell: Cell, say: Words) -> str:
    """A cell as people read it: words, numbers and days in the language of `say`; a blank one is empty."""
    match column.kind:
        case _ if cell is None:
            return ""
        case Kind.NAME:
            return name_text(column, cell, say)
        case Kind.TRUTH:
            return say("yes") if cell else say("no")
        case Kind.DAY:
            assert isinstance(cell, datetime.date)
            return say.day(cell)
        case Kind.EXACT:
            assert isinstance(cell, (int, Fraction))
            return say.number(Fraction(cell))
        case Kind.PERCENT:
            assert isinstance(cell, (int, Fraction))
            return f"{say.number(Fraction(cell) * 100)}%"
        case _:
            return str(cell)


def option_text(cell: Cell) -> str:
    """The text of an option for programs, as JSON has it."""
    return str(cell.value) if isinstance(cell, Enum) else str(cell)


def exact_text(value: Fraction) -> str:
    """An exact number as text: `0.95`, `200/3`."""
    return show_rational(value)
