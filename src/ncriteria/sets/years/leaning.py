"""Sets that lean on verdicts of each other: clauses that another year's set lacks, and circles within one year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ncriteria.errors import Problem, TextPlace
from ncriteria.language.hints.near_misses import path_meant
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey, path_of_verdict
from ncriteria.sets.model import CriteriaSet, Years
from ncriteria.sets.structure import circle_from, verdicts_leaned_on
from ncriteria.sets.years.turns import Turn
from ncriteria.words import phrase


def clauses_that_lack(criteria: CriteriaSet, turns: Mapping[str, Sequence[Turn]]) -> Iterator[Problem]:
    """A problem for each verdict of an earlier year that the set which held then cannot give: it has no such clause.

    `turns` has, by standard, the sets that judge the same units and the years in which they do.
    """
    for key, member in verdicts_leaned_on(criteria).items():
        standard, _, path = path_of_verdict(key.name).rpartition(":")
        for turn in turns.get(standard or criteria.standard, ()):
            year = first_year_asked(criteria.years, key, turn.years)
            paths = [one.path for one in turn.criteria.members()]
            if year is not None and path not in paths:
                message = phrase(
                    '"{member}" asks for {verdict}; in {year} {criteria} holds, which has no clause "{path}"',
                    member=member.path,
                    verdict=f"`{key}`",
                    year=year,
                    criteria=turn.criteria.id,
                    path=path,
                )
                hint = path_meant(path, paths) or phrase("name a clause of the set of that year, as it is called there")
                yield Problem("NC430", message, member.place, hint)


def first_year_asked(years: Years, key: FactKey, held: Years) -> int | None:
    """The first year within `held` of which a set that holds in `years` asks for a verdict."""
    if not isinstance(key.period, Ago):
        return key.period.year if key.period.year in held else None
    back = key.period.years
    first = max(years.first - back, held.first)
    ends = [held.last, None if years.last is None else years.last - back]
    return first if all(end is None or first <= end for end in ends) else None


def circles(sets: Sequence[CriteriaSet]) -> Iterator[Problem]:
    """A problem for sets that lean on each other in one year, so that none can be judged first."""
    leaning = [one for one in sets if verdicts_leaned_on(one)]
    told: set[frozenset[str]] = set()
    for year in sorted({one.years.first for one in leaning}):
        held = {one.id: one for one in leaning if year in one.years}
        edges = {one.id: [other.id for other in held.values() if _leans_on(one, other)] for one in held.values()}
        settled: set[str] = set()
        for start in edges:
            circle = circle_from(start, edges, settled)
            if circle and frozenset(circle) not in told:
                told.add(frozenset(circle))
                message = phrase(
                    "in {year} these sets lean on verdicts of each other: {sets}", year=year, sets=" → ".join(circle)
                )
                hint = phrase("let one of them lean on the year before, with `prev_year(met(...))`")
                yield Problem("NC431", message, _place(held[circle[0]]), hint)


def _leans_on(one: CriteriaSet, other: CriteriaSet) -> bool:
    """Whether a set asks for verdicts of the same year under the standard of another."""
    return one.level is other.level and any(
        key.period == THIS_YEAR and path_of_verdict(key.name).rpartition(":")[0] == other.standard
        for key in verdicts_leaned_on(one)
    )


def _place(criteria: CriteriaSet) -> TextPlace | None:
    """The clause that leans on another standard in the same year."""
    found = (member.place for key, member in verdicts_leaned_on(criteria).items() if key.period == THIS_YEAR)
    return next(found, None)
