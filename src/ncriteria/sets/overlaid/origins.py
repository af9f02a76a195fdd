"""Where the clauses of a set that extends another come from: the act that each is of, and what later acts changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import assert_never

from attrs import evolve

from ncriteria.language.queries import walk
from ncriteria.language.tree import Parameter
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause, CriteriaSet, Group
from ncriteria.sets.sources import ChangeMade, ClauseOrigin, Origin, OverlayChange, OverlayVerb
from ncriteria.sets.structure import expressions

Origins = Mapping[str, ClauseOrigin]


def origin_of(criteria: CriteriaSet) -> Origin:
    """A set as the origin of clauses."""
    return Origin(criteria.id, criteria.instrument, criteria.territory)


def origins_over(base: CriteriaSet, criteria: CriteriaSet) -> Origins:
    """The origins of the clauses and groups of `criteria`, by path, which changes `base`."""
    own, members = origin_of(criteria), {member.path: member for member in criteria.members()}
    found = dict(base.origins) or {member.path: ClauseOrigin(origin_of(base)) for member in base.members()}
    for change in criteria.changes:
        if change.verb in (OverlayVerb.REPLACE, OverlayVerb.REMOVE):
            for path in [one for one in found if _is_within(one, change.target)]:
                del found[path]
        for path in _touched(change, members):
            if path in found:
                found[path] = evolve(found[path], changes=(*found[path].changes, ChangeMade(own, change)))
    return {path: found.get(path, ClauseOrigin(own)) for path in members}


def main_origin(criteria: CriteriaSet) -> Origin | None:
    """The act that most clauses of an extending set are of; `None` where a set extends no other."""
    counted = Counter(one.origin.id for one in criteria.origins.values())
    most = max(counted, key=lambda one: counted[one], default=None)
    return next((one.origin for one in criteria.origins.values() if one.origin.id == most), None)


@frozen
class ActOfClauses:
    """An act with the clauses and groups of a set that it laid down, and those in which it changed something."""

    act: Origin
    laid_down: tuple[str, ...]
    changed: tuple[str, ...]


def acts_of(criteria: CriteriaSet) -> tuple[ActOfClauses, ...]:
    """The acts that an extending set is made of; none of a set that extends no other."""
    acts: dict[str, Origin] = {}
    for found in criteria.origins.values():
        acts |= {one.id: one for one in (found.origin, *(made.by for made in found.changes))}
    return tuple(
        ActOfClauses(
            act,
            tuple(path for path, found in criteria.origins.items() if found.origin.id == name),
            tuple(
                path for path, found in criteria.origins.items() if any(made.by.id == name for made in found.changes)
            ),
        )
        for name, act in acts.items()
    )


def _is_within(path: str, target: str) -> bool:
    return path == target or path.startswith(f"{target}/")


def _touched(change: OverlayChange, members: Mapping[str, Clause | Group]) -> list[str]:
    """The clauses and groups that a change makes another of, without replacing them."""
    match change.verb:
        case OverlayVerb.REPLACE:
            return []
        case OverlayVerb.ADD:
            return [change.target]
        case OverlayVerb.REMOVE:
            return [change.target.rpartition("/")[0]]
        case OverlayVerb.SET:
            return [path for path, member in members.items() if path == change.target or _uses(member, change.target)]
        case _:
            assert_never(change.verb)


def _uses(member: Clause | Group, parameter: str) -> bool:
    nodes = (node for _, expr in expressions(member) for node in walk(expr))
    return any(isinstance(node, Parameter) and node.name == parameter for node in nodes)
