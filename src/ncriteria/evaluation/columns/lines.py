"""The criteria that judge a whole table: one set, or the successive sets of one standard, level and territory."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from types import NoneType
from typing import Final

from ncriteria.errors import Problem, expect
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.facts.lineage.model import NO_LINEAGE, Lineage
from ncriteria.facts.lineage.territories import concerned, refuse_unclear, stated_chains
from ncriteria.facts.lineage.yearly import YearlyLineage
from ncriteria.facts.units.identifiers import normal_identifier
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.quick_classes import frozen
from ncriteria.sets.catalog import ChoiceError
from ncriteria.sets.model import CriteriaSet, Level, Years
from ncriteria.sets.names import LEVELS, standard_among
from ncriteria.sets.years.turns import Turn
from ncriteria.sets.years.windows import CALENDAR_YEAR
from ncriteria.words import joined, phrase

_LONG_BEFORE: Final = 1000


@frozen
class Line:
    """The sets that judge the units of one level, one after the other, each with the years in which it does."""

    turns: tuple[Turn, ...]
    level: Level

    @property
    def sets(self) -> tuple[CriteriaSet, ...]:
        """The sets, in the order of their years."""
        return tuple(turn.criteria for turn in self.turns)


def line_of(
    criteria: Criteria | Catalog,
    standard: str | None,
    level: Level | str | None,
    territory: str | Sequence[str] | None,
    lineage: Lineage = NO_LINEAGE,
) -> Line:
    """The sets that judge a table: `criteria` itself, or the sets of a catalog that hold one after the other.

    Raises `ChoiceError` where a catalog has none, or does not say which.
    """
    expect("`criteria`", criteria, (Criteria, Catalog), phrase("what `load`, `loads` or `catalog` gives"))
    if isinstance(criteria, Criteria):
        return Line((Turn(criteria.definition, criteria.years),), criteria.level)
    expect("`standard`", standard, (str, NoneType), phrase("the name of a standard"), phrase('such as "ntm-19.2"'))
    expect("`level`", level, (str, Level, NoneType), phrase("the name of a level"), phrase('such as "commune"'))
    levels = {known.value: known for known in Level}
    found = level if isinstance(level, Level) else levels.get(level or "")
    if standard is None or found is None:
        message = phrase("a catalog holds several standards, so `standard` and `level` are needed")
        raise ChoiceError(Problem("NC125", message, None, phrase("the levels are: {levels}", levels=", ".join(levels))))
    turns = turns_in_time(criteria, standard, found, lineage_of(territory) or (), lineage)
    if territory is None:
        refuse_other_territories(criteria, standard, found, ())
    if not turns:
        standards, sets = criteria.sets.standards(found), criteria.sets.sets
        known = joined("; ", (standard_among(sets, one) for one in standards))
        near = did_you_mean(standard, standards)
        message = phrase(
            'there are no criteria of "{standard}" for a {level}',
            standard=standard_among(sets, standard),
            level=LEVELS[found].as_phrase(),
        )
        raise ChoiceError(
            Problem("NC125", message, None, near or (phrase("there are: {known}", known=known) if standards else None))
        )
    return Line(turns, found)


def turns_in_time(
    catalog: Catalog, standard: str, level: Level, around: tuple[str, ...], lineage: Lineage
) -> tuple[Turn, ...]:
    """The sets that judge the units of a territory, one after the other, as the lineage of the territory has it.

    Raises `ChoiceError` where nothing says in which of several merged units they lay, and that matters.
    """
    names = concerned(lineage, catalog.sets.territories)
    if not names & {*around}:
        return catalog.sets.turns(standard, level, around)
    yearly = YearlyLineage(lineage, catalog.sets.window(standard, level) or CALENDAR_YEAR)
    days = {one.day for one in lineage.changes if names & {one.old, one.new}}
    starts = sorted({yearly.first_year(day) for day in days})
    found: list[Turn] = []
    for first, after in pairwise((starts[0] - _LONG_BEFORE, *starts, None)):
        assert first is not None, "only the end is open"
        span = Years(first, None if after is None else after - 1)
        chains = stated_chains(yearly, around, first)
        turns = [_within(catalog.sets.turns(standard, level, chain), span) for chain in chains]
        for year in dict.fromkeys(year for part in turns for one in part for year in _ends(one.years, span)):
            refuse_unclear(catalog.sets, standard, level, year, chains)
        for one in turns[0]:
            is_further = found and found[-1].criteria is one.criteria
            begins = found.pop().years.first if is_further else one.years.first
            found.append(Turn(one.criteria, Years(begins, one.years.last)))
    return tuple(found)


def _within(turns: Sequence[Turn], span: Years) -> list[Turn]:
    cut = ((one.criteria, one.years.within(span)) for one in turns)
    return [Turn(criteria, years) for criteria, years in cut if years is not None]


def _ends(years: Years, span: Years) -> Iterator[int]:
    """The first of some years, and the first after them."""
    yield years.first
    if years.last is not None and years.last + 1 in span:
        yield years.last + 1


def lineage_of(territory: str | Sequence[str] | None) -> tuple[str, ...] | None:
    """A unit and the units around it, as a caller gives them; `None` where none are given."""
    expect(
        "`territory`", territory, (str, list, tuple, NoneType), phrase("the identifier of a unit, or a list of them")
    )
    given = (territory,) if isinstance(territory, str) else territory
    return None if given is None else tuple(map(normal_identifier, given))


def refuse_other_territories(catalog: Catalog, standard: str, level: Level, lineage: Collection[str]) -> None:
    """Raise `ChoiceError` where some of the rows may lie in a territory that has criteria of its own."""
    name = unicodedata.normalize("NFC", standard)
    own = [
        criteria
        for criteria in catalog.sets.sets
        if (criteria.standard, criteria.level) == (name, level)
        and criteria.territory is not None
        and criteria.territory not in lineage
    ]
    if own:
        places = ", ".join(dict.fromkeys(f'"{criteria.territory}"' for criteria in own))
        message = phrase(
            '"{standard}" for a {level} has criteria of its own in {places}',
            standard=standard_among(own, name),
            level=LEVELS[level].as_phrase(),
            places=places,
        )
        hint = phrase("judge the units of each territory in a table of their own, with `territory`; () is none of them")
        raise ChoiceError(Problem("NC125", message, None, hint))
