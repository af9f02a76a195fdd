"""What stands behind verdicts of other years and standards that a set leans on: facts of the sets of those years."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from attrs import evolve

from ncriteria.language.queries import walk
from ncriteria.language.tree import THIS_YEAR, FactKey, Met, Period, path_of_verdict, shift
from ncriteria.quick_classes import frozen
from ncriteria.sets.catalog import SetCatalog
from ncriteria.sets.model import CriteriaSet, Years
from ncriteria.sets.needs import FactNeed, needs_of
from ncriteria.sets.structure import expressions, facts_of_member, verdicts_leaned_on
from ncriteria.sets.years.leaning import first_year_asked
from ncriteria.sets.years.territories import judged_territory


@frozen
class VerdictNeed:
    """A verdict of another year or standard, and the facts that it rests on under one of the sets that give it.

    `criteria` judges it where it is of one of these `years`. The periods of the `facts` are as seen from the year in
    which the leaning set judges, and their clauses are those of `criteria`.
    """

    verdict: FactKey
    criteria: CriteriaSet
    years: Years
    facts: tuple[FactNeed, ...]


def needs_behind(criteria: CriteriaSet, sets: SetCatalog) -> tuple[VerdictNeed, ...]:
    """What stands behind each verdict that `criteria` lean on, and behind those that these lean on in their turn."""
    paths = dict.fromkeys(member.path for member in criteria.members())
    found = _behind(criteria, sets, criteria.years, THIS_YEAR, paths, frozenset())
    return tuple({(one.verdict, one.criteria.id): one for one in found}.values())


def _behind(
    criteria: CriteriaSet,
    sets: SetCatalog,
    years: Years,
    period: Period,
    paths: Collection[str],
    seen: frozenset[tuple[str, str]],
) -> Iterator[VerdictNeed]:
    asked = {key for member in criteria.members() if member.path in paths for key in facts_of_member(member)}
    territory = judged_territory(criteria)
    for key in sorted((key for key in verdicts_leaned_on(criteria) if key in asked), key=str):
        standard, _, path = path_of_verdict(key.name).rpartition(":")
        around = () if territory is None else (territory,)
        for turn in sets.turns(standard or criteria.standard, criteria.level, around):
            first = first_year_asked(years, key, turn.years)
            own = _paths_behind(turn.criteria, path)
            if first is None or not own or (turn.criteria.id, path) in seen:
                continue
            then = shift(key.period, period)
            facts = tuple(_as_seen(need, then, own) for need in needs_of(turn.criteria) if _is_asked(need, own))
            yield VerdictNeed(FactKey.of(key.name, then), turn.criteria, turn.years, facts)
            held = Years(first, turn.years.last)
            yield from _behind(turn.criteria, sets, held, then, own, seen | {(turn.criteria.id, path)})


def _paths_behind(criteria: CriteriaSet, path: str) -> Collection[str]:
    """The clauses and groups that the verdict on a path rests on; none where the set has no such path."""
    members, found, pending = {one.path: one for one in criteria.members()}, dict[str, None](), [path]
    while pending:
        current = pending.pop()
        if current in found or current not in members:
            continue
        found[current] = None
        pending += [one for one in members if one.startswith(f"{current}/")]
        nodes = (node for _, expr in expressions(members[current]) for node in walk(expr))
        pending += [node.path for node in nodes if isinstance(node, Met)]
    return found


def _is_asked(need: FactNeed, paths: Collection[str]) -> bool:
    return any(path in paths for asked in need.asked.values() for path in asked)


def _as_seen(need: FactNeed, then: Period, paths: Collection[str]) -> FactNeed:
    """A need of an earlier year as seen from the year that is judged, for some of its clauses."""
    asked = {
        shift(period, then): tuple(one for one in clauses if one in paths) for period, clauses in need.asked.items()
    }
    return evolve(need, asked={period: clauses for period, clauses in asked.items() if clauses}, inside={})
