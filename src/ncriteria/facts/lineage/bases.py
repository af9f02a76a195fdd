"""What a unit that was merged, split or renamed had in the years before: put together of its predecessors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from fractions import Fraction

from attrs import evolve, field

from ncriteria.facts.lineage.changes import WHOLE, Proportion
from ncriteria.facts.lineage.yearly import End, Start, Version, YearlyLineage
from ncriteria.facts.table import FactRow, FactTable, contradict, said_until
from ncriteria.language.tree import Ago, FactKey
from ncriteria.language.values import Interval, bounds, interval, total
from ncriteria.quick_classes import frozen
from ncriteria.sets.declared.figures import Rate
from ncriteria.sets.model import FactDeclaration, FactType, FactValue, Level


class Untold(Enum):
    """Why the figure of an earlier year is not known, or only in part."""

    REFORM = "reform"
    """A reform lies between, and nothing says what the unit was before."""
    ABSENT = "absent"
    """A predecessor has no figure."""
    SPLIT = "split"
    """Only a part of a predecessor, and it is not said how much."""
    BROKEN = "broken"
    """The stated proportion of a count is no whole number."""
    NOT_PUT_TOGETHER = "not_put_together"
    """The fact does not say how the values of several units are put together."""


@frozen
class Part:
    """A predecessor, how much of it, and its figure."""

    unit: str
    name: str | None
    share: Proportion
    value: FactValue | None


@frozen
class Base:
    """A figure of an earlier year before a change of the unit: the `parts` it is made of, and what they come to.

    `stated` is what the row of the unit says itself, which is taken, and `source` what that was taken from. `since` is
    what the unit is as it is since. `rate` has the two sums that a rate is computed of.
    """

    parts: tuple[Part, ...]
    value: FactValue | None
    since: Start
    type: FactType
    untold: Untold | None = None
    stated: FactValue | None = None
    rate: tuple[FactValue | None, ...] = ()
    source: str | None = None

    @property
    def is_contradicted(self) -> bool:
        """Whether what the row of the unit says is not what the predecessors come to."""
        return self.stated is not None and self.value is not None and contradict(self.stated, self.value)


Figures = Callable[[str], tuple[Part, ...]]
"""The predecessors with their figures of a fact."""


@frozen
class EarlierRows:
    """The rows that a unit of a year looks back at, by year, and how figures before its changes came about.

    `sources` are the units and years of the rows of the table that these rest on.
    """

    rows: Mapping[int, FactRow]
    bases: Mapping[FactKey, Base] = field(factory=dict)
    sources: tuple[tuple[str, int], ...] = ()


@frozen(eq=False)
class Predecessors:
    """The rows of a table as units see them from later years, by what they were made of."""

    table: FactTable
    yearly: YearlyLineage
    declarations: Mapping[str, FactDeclaration]
    level: Level
    """The level of units whose rows do not say it."""
    _said: dict[Version, dict[int, dict[str, FactValue]]] = field(factory=dict, init=False, repr=False)

    def earlier(self, row: FactRow, needed: Iterable[FactKey]) -> EarlierRows:
        """What the unit of `row` looks back at: `needed` are the facts of earlier years that rules ask for."""
        level = row.unit.level or self.level
        start = self.yearly.standing(row.unit.id, row.year, level)
        own = self.table.rows_of(row.unit.id)
        if not isinstance(start, Start):
            return EarlierRows(own, {}, tuple((row.unit.id, year) for year in own if year <= row.year))
        rows = {year: one for year, one in own.items() if start.year <= year <= row.year}
        sources = {(row.unit.id, year): None for year in rows}
        bases: dict[FactKey, Base] = {}
        made: dict[int, dict[FactKey, FactValue]] = {}
        for key in needed:
            year = row.year - key.period.years if isinstance(key.period, Ago) else row.year
            if year >= start.year:
                continue
            found = self._base(row.unit.id, start, level, year, key.name, sources)
            base = found if found.stated is None else evolve(found, source=_source(own, year, key.name))
            bases[key] = base
            if base.value is not None and base.stated is None:
                made.setdefault(year, {})[FactKey.of(key.name)] = base.value
        rows |= {year: FactRow(row.unit, year, values, place=row.place) for year, values in made.items()}
        return EarlierRows(rows, {key: base for key, base in bases.items() if _tells(base)}, tuple(sources))

    def _base(
        self, unit: str, start: Start, level: Level, year: int, name: str, sources: dict[tuple[str, int], None]
    ) -> Base:
        stated, kind = self._own(unit, start).get(year, {}).get(name), self.declarations[name].type
        if start.reform is not None:
            before = self.table.row(unit, year)
            value = None if before is None else before.values.get(FactKey.of(name))
            parts = () if before is None or value is None else (Part(unit, before.unit.name, None, value),)
            return Base(parts, None, start, kind, Untold.REFORM, stated)
        leaves = self.yearly.leaves(unit, start, year, level, lambda old, since: self._states(old, since, year, name))
        if leaves is None:
            return Base((), None, start, kind, Untold.REFORM, stated)
        for one, _ in leaves:
            sources.update(((one, near), None) for near in (year, year + 1) if self.table.row(one, near) is not None)

        def figures(fact: str) -> tuple[Part, ...]:
            return tuple(
                Part(one, self._name(one, since, year), share, self._said_of((one, since)).get(year, {}).get(fact))
                for (one, since), share in leaves.items()
            )

        value, untold = put_together(self.declarations, name, figures)
        return Base(figures(name), value, start, kind, untold, stated, self._rate(name, figures))

    def _rate(self, name: str, figures: Figures) -> tuple[FactValue | None, ...]:
        """The sums that a rate is computed of anew."""
        rate = self.declarations[name].aggregate
        if not isinstance(rate, Rate):
            return ()
        return tuple(put_together(self.declarations, part, figures)[0] for part in (rate.of, rate.over))

    def _states(self, unit: str, since: Start, year: int, name: str) -> bool:
        return name in self._own(unit, since).get(year, {})

    def _own(self, unit: str, since: Start) -> Mapping[int, Mapping[str, FactValue]]:
        return self._said_of((unit, since.year))

    def _said_of(self, leaf: Version) -> dict[int, dict[str, FactValue]]:
        """What the rows of a unit as it is since a year say, by year and fact; the year before that year among them."""
        if leaf not in self._said:
            unit, since = leaf
            rows, last = self.table.rows_of(unit), None
            for year in sorted(rows):
                if self._is_of(unit, since, year):
                    last = year
            own = {year: row for year, row in rows.items() if self._is_of(unit, since, year)}
            self._said[leaf] = {} if last is None else said_until(own, last)
        return self._said[leaf]

    def _is_of(self, unit: str, since: int | None, year: int) -> bool:
        row = self.table.row(unit, year)
        level = self.level if row is None else row.unit.level or self.level
        is_unit = not isinstance(self.yearly.standing(unit, year, level), End)
        return is_unit and self.yearly.version(unit, year, level) == (unit, since)

    def _name(self, unit: str, since: int | None, year: int) -> str | None:
        names = {one: row.unit.name for one, row in self.table.rows_of(unit).items() if self._is_of(unit, since, one)}
        return names[min(names, key=lambda one: abs(one - year))] if names else self.yearly.lineage.names.get(unit)


def _source(rows: Mapping[int, FactRow], year: int, name: str) -> str | None:
    """What the row of the year after says that its figure of a `year` was taken from."""
    after = rows.get(year + 1)
    return None if after is None else after.basis_sources.get(name)


def _tells(base: Base) -> bool:
    """Whether there is something to tell of a base: it is not simply the figure of the same unit."""
    return bool(base.parts) or base.untold is not None


def put_together(
    declarations: Mapping[str, FactDeclaration], name: str, figures: Figures
) -> tuple[FactValue | None, Untold | None]:
    """What the figures of predecessors come to by the declaration of a fact, and why that is not known in full."""
    declared, parts = declarations[name], figures(name)
    if len(parts) == 1 and parts[0].share == WHOLE:
        return parts[0].value, None if parts[0].value is not None else Untold.ABSENT
    if declared.adds_up_over_units:
        return _sum(declared, parts)
    match declared.aggregate:
        case "any" | "all":
            return _truth(parts, decisive=declared.aggregate == "any")
        case Rate(of=of, over=over):
            (above, why), (below, other) = (put_together(declarations, one, figures) for one in (of, over))
            if isinstance(above, Fraction) and isinstance(below, Fraction) and below:
                return above / below, None
            return None, why or other or Untold.ABSENT
        case _:
            return None, Untold.NOT_PUT_TOGETHER


def _truth(parts: Iterable[Part], *, decisive: bool) -> tuple[bool | None, Untold | None]:
    """Whether any is true, or all are: one that is `decisive` decides; what is so of no part of a unit is of none."""
    untold = None
    for part in parts:
        if part.value is decisive and part.share == WHOLE:
            return decisive, None
        if part.value is None:
            untold = untold or Untold.ABSENT
        elif part.value is decisive:
            untold = Untold.SPLIT
    return (None, untold) if untold is not None else (not decisive, None)


def _sum(declared: FactDeclaration, parts: Iterable[Part]) -> tuple[FactValue | None, Untold | None]:
    """The sum; the least that it is, where a figure or a share is not known and figures are never less than 0."""
    lows: list[Fraction | None] = []
    highs: list[Fraction | None] = []
    untold = None
    never_less = Fraction(0) if declared.minimum is not None and declared.minimum >= 0 else None
    for part in parts:
        low, high = bounds(part.value) if isinstance(part.value, (Fraction, Interval)) else (never_less, None)
        low = never_less if low is None else low
        if part.value is None:
            untold = untold or Untold.ABSENT
        if part.share is None:
            low, untold = never_less, Untold.SPLIT
        elif part.share != WHOLE:
            if declared.type is FactType.COUNT and is_broken(part):
                low, untold = never_less, untold or Untold.BROKEN
            else:
                low, high = (None if end is None else end * part.share for end in (low, high))
        lows.append(low)
        highs.append(high)
    low, high = total(lows), total(highs)
    if high is None and (low is None or low == never_less):
        return None, untold
    value = interval(low, high)
    return value, None if isinstance(value, Fraction) else untold


def is_broken(part: Part) -> bool:
    """Whether the stated part of a count is no whole number."""
    if part.share is None or not isinstance(part.value, (Fraction, Interval)):
        return False
    return any(end is not None and (end * part.share).denominator != 1 for end in bounds(part.value))
