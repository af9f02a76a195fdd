"""Clauses of other sets that no set judges: `share_met(commune, "standard:path")` and `met("standard:path")`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ncriteria.analysis.rule_testing.conditions import place_of
from ncriteria.errors import Problem
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.queries import walk
from ncriteria.language.tree import Expr, FactRef, MetYears, Within, is_verdict, path_of_verdict
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import written_members
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import CriteriaSet, Level
from ncriteria.sets.structure import expressions
from ncriteria.words import phrase


def roll_ups_of_nothing(located: LocatedSet, around: Iterable[CriteriaSet]) -> Iterator[Problem]:
    """A finding for each clause of another set whose standard, level or path is in none of the sets `around`."""
    sets = list(around)
    for member in written_members(located.criteria):
        for role, expr in expressions(member):
            for node in walk(expr):
                asked = _asked(node, located.criteria.level)
                if asked is not None and (found := _missing(asked.level, asked.path, sets)) is not None:
                    (message, hint), form = found, asked.form
                    where = phrase('`{form}` in the {role} of "{path}"', form=form, role=role, path=member.path)
                    yield Problem(
                        "NC142",
                        phrase("{where}: {message}", where=where, message=message),
                        place_of(located, member, role, node.span),
                        hint,
                    )


@frozen
class _AskedElsewhere:
    """A clause of another set: the form that asks for it, the level of the units, and its path with its standard."""

    form: str
    level: Level
    path: str


def _asked(node: Expr, own: Level) -> _AskedElsewhere | None:
    """What a node asks of other sets; those of one unit are of its `own` level."""
    match node:
        case Within(measure=measure, level=level, path=path, inner=None):
            return _AskedElsewhere(measure.value, Level(level), path)
        case FactRef(name=name) if is_verdict(name) and ":" in name:
            return _AskedElsewhere("met", own, path_of_verdict(name))
        case MetYears(path=path) if ":" in path:
            return _AskedElsewhere("met_years", own, path)
        case _:
            return None


def _missing(level: Level, asked: str, sets: list[CriteriaSet]) -> tuple[str, str | None] | None:
    """What there is no set with, and what may have been meant; `None` where a set judges the clause."""
    standard, _, path = asked.rpartition(":")
    of_standard = [criteria for criteria in sets if not standard or criteria.standard == standard]
    if not of_standard:
        known = dict.fromkeys(criteria.standard for criteria in sets)
        return phrase('there is no standard "{standard}"', standard=standard), did_you_mean(standard, known) or phrase(
            "the standards are: {names}", names=", ".join(known)
        )
    of_level = [criteria for criteria in of_standard if criteria.level is level]
    named = phrase(' of "{standard}"', standard=standard) if standard else ""
    if not of_level:
        levels = dict.fromkeys(criteria.level.value for criteria in of_standard)
        return phrase("there is no set{named} for the level `{level}`", named=named, level=level.value), phrase(
            "the levels are: {levels}", levels=", ".join(levels)
        )
    paths = dict.fromkeys(member.path for criteria in of_level for member in criteria.members())
    if path in paths:
        return None
    return phrase(
        'no set{named} for the level `{level}` has a clause "{path}"', named=named, level=level.value, path=path
    ), did_you_mean(path, paths)
