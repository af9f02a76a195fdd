"""Which set judges a row: by the units around it in its year, and by those that it lay in before these were merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, field

from ncriteria.errors import NCriteriaError, Problem
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.table_years.surroundings import Surroundings, surroundings
from ncriteria.evaluation.table_years.years_of_sets import YearsOfSets
from ncriteria.facts.lineage.territories import Chain, FormerTerritories, chosen_set, concerned
from ncriteria.facts.lineage.yearly import Start, YearlyLineage
from ncriteria.facts.table import FactRow
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, Level
from ncriteria.sets.years.territories import TerritoryInTime
from ncriteria.words import phrase

Chosen = Criteria | tuple[Problem, ...]
"""The criteria that judge a row, or why there are none."""


@frozen(eq=False)
class SetsOfRows:
    """The sets of a catalog, chosen for the rows of a table; what is chosen for rows alike is chosen once."""

    catalog: Catalog
    facts: YearsOfSets
    surroundings: Surroundings
    _in_force: Catalog = field(init=False)
    """The sets that were in force on the day that the table is seen on."""
    _concerned: frozenset[str] = field(init=False)
    _by_names: dict[tuple[Level, int, tuple[str, ...]], tuple[tuple[str, Chosen], ...]] = field(
        factory=dict, init=False
    )
    _by_chains: dict[tuple[str, Level, int, tuple[Chain, ...]], Chosen | None] = field(factory=dict, init=False)

    @_in_force.default
    def _on_the_day(self) -> Catalog:
        day = self.facts.table.known_on
        return self.catalog if day is None else self.catalog.in_force_on(day)

    @_concerned.default
    def _territories_of_the_lineage(self) -> frozenset[str]:
        return concerned(self.facts.table.lineage, self.catalog.sets.territories)

    def choices(self, row: FactRow, level: Level) -> tuple[tuple[str, Chosen], ...]:
        """The standards that a row is judged under, each with the criteria of its year."""
        names = self.surroundings.around(row.unit.id, row.year, self._concerned or self.catalog.sets.territories)
        if self._concerned & {*names}:
            return tuple(self._by_lineage(row, level, names))
        key = level, row.year, names
        if key not in self._by_names:
            chain = tuple(map(TerritoryInTime, names))
            found = ((one, self._choice(one, level, row.year, [chain])) for one in self._standards(level))
            self._by_names[key] = tuple((standard, chosen) for standard, chosen in found if chosen is not None)
        return self._by_names[key]

    def _standards(self, level: Level) -> tuple[str, ...]:
        return self.catalog.sets.standards(level)

    def _choice(self, standard: str, level: Level, year: int, chains: Sequence[Chain]) -> Chosen | None:
        """The criteria of a year; one that was not yet in force only where no other is, so that it can be told."""
        found = _choice(self._in_force, standard, level, year, chains)
        if isinstance(found, Criteria) or self._in_force is self.catalog:
            return found
        return _choice(self.catalog, standard, level, year, chains)

    def _by_lineage(self, row: FactRow, level: Level, names: tuple[str, ...]) -> Iterator[tuple[str, Chosen]]:
        for standard in self._standards(level):
            chains = self._chains(standard, level, row, names)
            key = standard, level, row.year, chains
            if key not in self._by_chains:
                self._by_chains[key] = self._choice(standard, level, row.year, chains)
            chosen = self._by_chains[key]
            if isinstance(chosen, tuple) and len(chains) > 1:
                chosen = tuple(evolve(one, place=row.place) for one in chosen)
            if chosen is not None:
                yield standard, chosen

    def _chains(self, standard: str, level: Level, row: FactRow, names: tuple[str, ...]) -> tuple[Chain, ...]:
        lineage = self.facts.lineage(self.catalog.sets.window(standard, level))
        former = FormerTerritories(
            lineage, lambda year: lay_in(self.facts, self.surroundings, row, level, lineage, year)
        )
        return former.chains(names, row.year)


def lay_in(
    facts: YearsOfSets, places: Surroundings, row: FactRow, level: Level, lineage: YearlyLineage, year: int
) -> frozenset[str]:
    """The units that the unit of a row, or all that it is made of, lay in in an earlier year; none if not known."""
    start = lineage.standing(row.unit.id, row.year, level)
    if isinstance(start, Start) and start.year > year:
        leaves = [*(lineage.leaves(row.unit.id, start, year, level) or ())]
    else:
        leaves = [lineage.version(row.unit.id, year, level)]
    found = []
    for unit, since in leaves:
        own = [
            one
            for one in facts.table.rows_of(unit)
            if one <= year and lineage.version(unit, one, level) == (unit, since)
        ]
        found.append(frozenset(places.lineage(unit, max(own))[1:]) if own else frozenset())
    return frozenset[str]().union(*found) if found and all(found) else frozenset()


def left_territories(facts: YearsOfSets, sets: Sequence[CriteriaSet]) -> Iterator[Problem]:
    """A warning of each territory that has sets and of which nothing says what became of it, though units left it.

    A unit left it where it, or what it is made of, lay in it in an earlier year, and a set of it holds for a year in
    which the unit lies elsewhere.
    """
    told = {one for change in facts.table.lineage.changes for one in (change.old, change.new)}
    places = surroundings(facts.table)
    for name in sorted({one.territory for one in sets if one.territory is not None} - told):
        found: dict[str, tuple[FactRow, CriteriaSet]] = {}
        for row in facts.table.rows:
            for one in sets:
                is_judged = one.territory == name and row.unit.level is one.level and row.year in one.years
                if is_judged and _has_left(facts, places, row, one):
                    found.setdefault(row.unit.id, (row, one))
        if found:
            first, criteria = next(iter(found.values()))
            yield _unsaid(name, criteria, first, len(found))


def _has_left(facts: YearsOfSets, places: Surroundings, row: FactRow, criteria: CriteriaSet) -> bool:
    if criteria.territory in places.lineage(row.unit.id, row.year):
        return False
    lineage = facts.lineage(criteria.window)
    start = lineage.standing(row.unit.id, row.year, criteria.level)
    if isinstance(start, Start) and start.reform is None:
        return criteria.territory in lay_in(facts, places, row, criteria.level, lineage, start.year - 1)
    earlier = [year for year in facts.table.rows_of(row.unit.id) if year < row.year]
    return bool(earlier) and criteria.territory in places.lineage(row.unit.id, max(earlier))


def _unsaid(name: str, criteria: CriteriaSet, row: FactRow, count: int) -> Problem:
    message = phrase(
        "{unit} lay in {territory}, and lies in {parent} in {year}: nothing says what became of {territory}, so {set} "
        "is not used for it (such units: {count})",
        unit=row.unit.id,
        territory=name,
        parent=row.unit.parent or phrase("no other unit"),
        year=row.year,
        set=criteria.id,
        count=count,
    )
    hint = phrase("give the lineage of {territory} too (--lineage FILE), from its level on", territory=name)
    return Problem("NC443", message, row.place, hint)


def _choice(catalog: Catalog, standard: str, level: Level, year: int, chains: Sequence[Chain]) -> Chosen | None:
    """The criteria of a unit in a year, where these are its territories; `None` where the standard has none for it."""
    if not any(catalog.sets.turns(standard, level, chain) for chain in chains):
        return None
    try:
        return catalog.of(chosen_set(catalog.sets, standard, level, year, chains))
    except NCriteriaError as error:
        return tuple(error.problems)
