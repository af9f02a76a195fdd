"""The bounds of a whole table, by which each of its parts is judged: what its plan depends on, and its rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import evolve, field

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.sources import Source
from ncriteria.evaluation.program.extents import Extent
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase


@frozen
class FactBounds:
    """Where the values of a fact lie once they are multiplied by `scale`, a power of ten that makes them whole."""

    least: int
    greatest: int
    scale: int


@frozen
class RowsOfFamilies:
    """How many rows units have that rest on each other, so that a part that lacks some of them is told.

    Most units have `of_a_unit` rows; `units` are the others. `families` are by the units that stand for them.
    """

    of_a_unit: int = 0
    units: Mapping[str, int] = field(factory=dict)
    families: Mapping[str, int] = field(factory=dict)


@frozen
class TableBounds:
    """What a whole table holds, as `table_bounds` measures it: of each fact, of the years, and how many rows of units.

    It can be pickled, and is written as JSON by `to_json`.
    """

    facts: Mapping[str, FactBounds]
    first_year: int | None
    last_year: int | None
    most_inside: int
    rows: RowsOfFamilies

    def to_json(self) -> str:
        """The bounds as JSON; `TableBounds.from_json` reads it."""
        facts = {name: [one.least, one.greatest, one.scale] for name, one in self.facts.items()}
        rows = {"of_a_unit": self.rows.of_a_unit, "units": self.rows.units, "families": self.rows.families}
        years = [self.first_year, self.last_year]
        return json.dumps({"facts": facts, "years": years, "most_inside": self.most_inside, "rows": rows})

    @staticmethod
    def from_json(text: str) -> TableBounds:
        """The bounds that `to_json` wrote."""
        told = json.loads(text)
        facts = {name: FactBounds(*one) for name, one in told["facts"].items()}
        first, last = told["years"]
        return TableBounds(facts, first, last, told["most_inside"], RowsOfFamilies(**told["rows"]))

    @property
    def years(self) -> Extent:
        """Where the years lie."""
        return Extent(self.first_year, self.last_year)

    @property
    def extents(self) -> dict[str, Extent]:
        """Where the values of each fact lie, once they are whole."""
        return {name: Extent(one.least, one.greatest) for name, one in self.facts.items()}

    def without(self, facts: Collection[str]) -> TableBounds:
        """The bounds of other facts, where attestations change these."""
        return evolve(self, facts={name: one for name, one in self.facts.items() if name not in facts})

    def at_scale(self, source: Source) -> Source:
        """A column with as many decimals as the fact has in the whole table."""
        known = self.facts.get(source.declaration.name)
        return source if known is None else evolve(source, decimals=len(str(known.scale)) - 1)


def outside_bounds(
    bounds: TableBounds, sources: Iterable[Source], extents: Mapping[str, Extent], years: Extent, year: str
) -> Iterator[Problem]:
    """The facts and the years of a part that are not within the bounds; `year` is the heading of years."""
    hint = phrase("measure the bounds of the whole table anew (`table_bounds`)")
    for name, source in {one.declaration.name: one for one in sources if one.is_number}.items():
        known, found = bounds.facts.get(name), extents[name]
        if known is not None and not _is_within(found, Extent(known.least, known.greatest)):
            message = phrase(
                "`{fact}` is {low} to {high} here, and {least} to {greatest} by the bounds of the whole table",
                fact=name,
                low=_shown(found.least, known.scale),
                high=_shown(found.greatest, known.scale),
                least=_shown(known.least, known.scale),
                greatest=_shown(known.greatest, known.scale),
            )
            yield Problem("NC465", message, CellPlace(heading=source.heading), hint)
    if not _is_within(years, bounds.years):
        message = phrase(
            "the years are {low} to {high} here, and {least} to {greatest} by the bounds of the whole table",
            low=years.least,
            high=years.greatest,
            least=bounds.first_year,
            greatest=bounds.last_year,
        )
        yield Problem("NC465", message, CellPlace(heading=year), hint)


def _is_within(one: Extent, other: Extent) -> bool:
    if one.least is None or one.greatest is None:
        return True
    if other.least is None or other.greatest is None:
        return False
    return other.least <= one.least <= one.greatest <= other.greatest


def _shown(value: int | None, scale: int) -> Fraction:
    return Fraction(value or 0, scale)
