"""The cells of a column that say the same: they are read once, and told of each in its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import evolve, field

from ncriteria.errors import CellPlace
from ncriteria.facts.cells.cells import parts_of
from ncriteria.facts.cells.ranges import limits_of
from ncriteria.facts.cells.raw_cells import figure_text
from ncriteria.facts.formats.raw import RawValue
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactValue


@frozen(eq=False)
class Told:
    """What stands alike in cells of a column, what it says, and the rows of the cells; `place` is the first."""

    place: CellPlace
    raw: RawValue
    says: tuple[tuple[FactKey, FactValue], ...]
    rows: list[int] = field(factory=list)

    @property
    def text(self) -> str:
        """The text of the cells, spaces at its ends left out."""
        return figure_text(self.raw)

    @property
    def parts(self) -> tuple[str, ...]:
        """The numerals of a text, one or, in `01/02`, two, without the signs of bounds."""
        return parts_of(self.raw) if isinstance(self.raw, str) else ()

    @property
    def numbers(self) -> list[Fraction]:
        """The numbers that a cell gives, the limits of bounds among them."""
        return [limit for _, value in self.says for limit in limits_of(value)]

    @property
    def number(self) -> Fraction:
        """The first number that a cell gives, which is 0 where it gives none."""
        return next(iter(self.numbers), Fraction(0))


def each_cell(alike: Iterable[Told]) -> Iterator[tuple[CellPlace, Told]]:
    """Every one of the cells with its place, in the order of the rows."""
    rows = [(row, told) for told in alike for row in told.rows]
    for row, told in sorted(rows, key=lambda cell: cell[0]):
        yield evolve(told.place, row=row), told
