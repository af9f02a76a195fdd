"""The territories of a unit in a year, those that it lay in before they were merged among them, by the lineage.

The sets of a territory that went into another go on judging the units that lay in it, until the other has its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

from ncriteria.errors import Problem
from ncriteria.facts.lineage.model import Lineage
from ncriteria.facts.lineage.yearly import End, Start, YearlyLineage
from ncriteria.quick_classes import frozen
from ncriteria.sets.catalog import ChoiceError, SetCatalog
from ncriteria.sets.model import CriteriaSet, Level
from ncriteria.sets.years.territories import TerritoryInTime
from ncriteria.words import joined, phrase

Chain = tuple[TerritoryInTime, ...]
Lay = Callable[[int], Collection[str]]
"""The units that one lay in, in a year; nothing where that is not known."""


def concerned(lineage: Lineage, territories: Collection[str | None]) -> frozenset[str]:
    """The names of territories, and of all that was made of them; nothing where the lineage has none of them."""
    found = {name for name in territories if name is not None}
    changed = {one.old for one in lineage.changes} | {one.new for one in lineage.changes}
    if not found & changed:
        return frozenset()
    for change in lineage.changes:
        if change.old in found:
            found.add(change.new)
    return frozenset(found)


@frozen
class FormerTerritories:
    """What territories were before their changes; `lay` says what the unit in question lay in."""

    lineage: YearlyLineage
    lay: Lay

    def chains(self, names: Sequence[str], year: int) -> tuple[Chain, ...]:
        """The territories of a unit at the end of a year, nearest first, of which `names` are around it.

        Several where nothing says in which of the former units it lay.
        """
        standing = [name for name in names if not self._is_made_later(name, year, names)]
        ended = [name for name in standing if self._has_ended(name, year)]
        ordered = [*ended, *(name for name in standing if name not in ended)]
        found = (_joined(parts) for parts in product(*(self._of(name, year) for name in ordered)))
        return tuple(dict.fromkeys(found))

    def _of(self, name: str, year: int) -> tuple[Chain, ...]:
        event = self.lineage.standing(name, year, None)
        if isinstance(event, End):
            before = TerritoryInTime(name, self._since(name, event.year - 1), event.change.day)
            changes = self.lineage.lineage.by_day[event.change.day]
            into = [one.new for one in changes if one.old == name]
            after = self._top(into[0], year) if len(into) == 1 else None
            return ((before,),) if after is None else ((after, before),)
        top = self._top(name, year)
        origins = self.lineage.origins(name, event, None) if isinstance(event, Start) else None
        if not isinstance(event, Start) or origins is None:
            return ((top,),)
        lay = self.lay(event.year - 1)
        parts = [one for one in origins if one in lay] or list(origins)
        return tuple((top, *rest) for part in parts for rest in self._of(part, event.year - 1))

    def _top(self, name: str, year: int) -> TerritoryInTime:
        return TerritoryInTime(name, self._since(name, year), self._until(name, year))

    def _since(self, name: str, year: int) -> datetime.date | None:
        event = self.lineage.standing(name, year, None)
        return event.day if isinstance(event, Start) else None

    def _until(self, name: str, year: int) -> datetime.date | None:
        """The first day after a year on which something changes in a unit."""
        return min((day for day in self._days(name) if self.lineage.first_year(day) > year), default=None)

    def _days(self, name: str) -> Iterator[datetime.date]:
        for day, changes in self.lineage.lineage.by_day.items():
            if any(name in (one.old, one.new) for one in changes):
                yield day

    def _has_ended(self, name: str, year: int) -> bool:
        return isinstance(self.lineage.standing(name, year, None), End)

    def _is_made_later(self, name: str, year: int, among: Iterable[str]) -> bool:
        """Whether a unit is made of another of these after the year."""
        made = self.lineage.lineage.made_on
        later = (made[day].get(name, {}) for day in self._days(name) if self.lineage.first_year(day) > year)
        return any(other in parts for parts in later for other in among if other != name)


def _joined(parts: Iterable[Chain]) -> Chain:
    return tuple(dict.fromkeys(one for part in parts for one in part))


def stated_chains(lineage: YearlyLineage, names: Sequence[str], year: int) -> tuple[Chain, ...]:
    """The territories of a unit at the end of a year, of which a caller names the units around it.

    A unit that is no more by then says what the unit lay in.
    """
    ended = [name for name in names if isinstance(lineage.standing(name, year, None), End)]
    return FormerTerritories(lineage, lambda _: ended).chains(names, year)


def chosen_set(sets: SetCatalog, standard: str, level: Level, year: int, chains: Sequence[Chain]) -> CriteriaSet:
    """The set that judges a unit in a year, where one of these are its territories.

    Raises `ChoiceError` where no set holds, and where it is not the same for all of them.
    """
    refuse_unclear(sets, standard, level, year, chains)
    return sets.choose(standard, level, year, chains[0])


def refuse_unclear(sets: SetCatalog, standard: str, level: Level, year: int, chains: Sequence[Chain]) -> None:
    """Raise `ChoiceError` where another set would judge a unit in a year, or none, if these were its territories."""
    found = {chain: _set_of(sets, standard, level, year, chain) for chain in chains}
    if len(set(map(_identifier, found.values()))) > 1:
        raise ChoiceError(_unclear(standard, found))


def _set_of(sets: SetCatalog, standard: str, level: Level, year: int, chain: Chain) -> CriteriaSet | None:
    turns = sets.turns(standard, level, chain)
    return next((one.criteria for one in turns if year in one.years), None)


def _identifier(criteria: CriteriaSet | None) -> str | None:
    return None if criteria is None else criteria.id


def _unclear(standard: str, found: Mapping[Chain, CriteriaSet | None]) -> Problem:
    """That nothing says in which of several former units one lay, and what each of them comes to."""
    apart = [one for chain in found for one in chain if any(one not in other for other in found)]
    cases = (
        phrase(
            "{set} where it lay in {territory}",
            set=_identifier(one) or phrase("no set"),
            territory=next(part.name for part in chain if part in apart),
        )
        for chain, one in found.items()
    )
    message = phrase(
        'nothing says which of the units that were merged on {day} it lay in, and it is judged under "{standard}" by: '
        "{told}",
        day=min(one.until for one in apart if one.until is not None),
        standard=standard,
        told=joined("; ", cases),
    )
    hint = phrase(
        "give the lineage of the unit, and of all that it is made of a row of an earlier year with the unit around it"
    )
    return Problem("NC442", message, None, hint)
