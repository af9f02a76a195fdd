"""Where the units of a fact table lie, year by year: the units around each, and the units inside each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from attrs import field

from ncriteria.facts.table import FactRow, FactTable
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Level


@frozen
class Inside:
    """The units of one level inside a unit in one year: those with a row of that year, those of other years only."""

    present: list[str] = field(factory=list)
    absent: list[str] = field(factory=list)


@frozen
class Surroundings:
    """What the rows of a table say of where units lie; each question is answered when it is asked.

    `parents` is the unit around each in the years that it has a row of, `latest` that in its latest row; `names` are
    those of latest rows.
    """

    table: FactTable
    parents: Mapping[tuple[str, int], str | None]
    latest: Mapping[str, str | None]
    names: Mapping[str, str | None]
    _among: dict[tuple[str, int], tuple[str, ...]] = field(factory=dict, init=False, repr=False, eq=False)
    _insides: dict[tuple[str, Level, int], Inside] = field(factory=dict, init=False, repr=False, eq=False)

    def lying_in(self, around: Sequence[str]) -> Surroundings:
        """The same, where units that say no unit around them lie in the nearest of those `around`."""
        if not around:
            return self
        chain = dict(zip(around, (*around[1:], None), strict=True))
        inner = {unit: parent or around[0] for unit, parent in self.latest.items() if unit not in chain}
        parents = {(unit, year): parent or inner.get(unit) for (unit, year), parent in self.parents.items()}
        return Surroundings(self.table, parents, {**self.latest, **inner, **chain}, self.names)

    def lineage(self, unit: str, year: int) -> tuple[str, ...]:
        """The unit and the units around it, the nearest first; one without a row of the year lies as in its latest."""
        found: dict[str, None] = {}
        current: str | None = unit
        while current is not None and current not in found:
            found[current] = None
            current = self.parents.get((current, year), self.latest.get(current))
        return tuple(found)

    def around(self, unit: str, year: int, among: Collection[str | None]) -> tuple[str, ...]:
        """Those of the lineage of a unit that are `among` the units in question, which are always the same ones.

        What the units around it lie in is found once, so that a table is read in a time that grows with its length.
        """
        trail: dict[str, None] = {}
        current: str | None = unit
        while current is not None and (current, year) not in self._among and current not in trail:
            trail[current] = None
            current = self.parents.get((current, year), self.latest.get(current))
        if current in trail:
            return tuple(one for one in self.lineage(unit, year) if one in among)
        found = () if current is None else self._among[current, year]
        for one in reversed(trail):
            found = (one, *found) if one in among else found
            self._among[one, year] = found
        return found

    def inside(self, unit: str, level: Level, year: int) -> Inside:
        """The units of `level` inside `unit`; one without a row of the year is where its nearest earlier row puts it,
        or else its first.
        """
        if not self._insides:
            self._find_insides()
        return self._insides.get((unit, level, year), Inside())

    def _find_insides(self) -> None:
        rows_of: dict[str, dict[int, FactRow]] = {}
        for row in self.table.rows:
            rows_of.setdefault(row.unit.id, {})[row.year] = row
        years = {row.year for row in self.table.rows}
        for unit, rows in rows_of.items():
            for year in years:
                nearest = rows[max((known for known in rows if known <= year), default=min(rows))]
                if nearest.unit.level is not None:
                    for outer in self.lineage(unit, nearest.year)[1:]:
                        inside = self._insides.setdefault((outer, nearest.unit.level, year), Inside())
                        (inside.present if year in rows else inside.absent).append(unit)


def surroundings(table: FactTable) -> Surroundings:
    """Where the units of `table` lie."""
    in_order = sorted(table.rows, key=lambda row: row.year)
    return Surroundings(
        table,
        {(row.unit.id, row.year): row.unit.parent for row in table.rows},
        {row.unit.id: row.unit.parent for row in in_order},
        {row.unit.id: row.unit.name for row in in_order},
    )
