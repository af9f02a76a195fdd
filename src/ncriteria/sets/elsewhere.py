"""What clauses of other sets are called that rules of a set ask for: of units inside, and of other standards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from ncriteria.language.tree import is_verdict, path_of_verdict
from ncriteria.sets.inside import Asked, asked_inside
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.sources import Bilingual, ClauseElsewhere


def with_clauses_elsewhere(sets: Sequence[CriteriaSet]) -> tuple[CriteriaSet, ...]:
    """`sets`, each with what the clauses are called that its rules ask for and that others of the sets have."""
    return tuple(_with_clauses_elsewhere(one, sets) for one in sets)


def title_of_fact(criteria: CriteriaSet, name: str) -> Bilingual:
    """What a fact is called; a verdict under another standard as the clause there, where that is known."""
    found = criteria.elsewhere.get((criteria.level.value, path_of_verdict(name))) if is_verdict(name) else None
    return criteria.facts[name].title if found is None else found.called


def _with_clauses_elsewhere(criteria: CriteriaSet, sets: Sequence[CriteriaSet]) -> CriteriaSet:
    found = {asked: one for asked in _asked(criteria) if (one := _called(criteria, asked, sets)) is not None}
    return evolve(criteria, elsewhere={**criteria.elsewhere, **found}) if found else criteria


def _asked(criteria: CriteriaSet) -> Iterator[Asked]:
    """The clauses of other sets that rules ask for."""
    paths = map(path_of_verdict, filter(is_verdict, criteria.facts))
    yield from ((criteria.level.value, path) for path in paths if ":" in path)
    yield from (asked for asked, node in asked_inside(criteria).items() if node.inner is None)


def _called(criteria: CriteriaSet, asked: Asked, sets: Sequence[CriteriaSet]) -> ClauseElsewhere | None:
    """What a clause is called by the latest set that has it; by one of the same years, where there is one."""
    level, (named, _, path) = asked[0], asked[1].rpartition(":")
    standard = named or criteria.standard
    having = [
        (one.years.first in criteria.years or criteria.years.first in one.years, one.years.first, member.title, one)
        for one in sets
        if (one.standard, one.level.value) == (standard, level)
        for member in one.members()
        if member.path == path
    ]
    if not having:
        return None
    *_, title, found = max(having, key=lambda one: one[:2])
    return ClauseElsewhere(title, found.standard_title if named else None)
