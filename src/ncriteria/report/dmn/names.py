"""What facts, parameters and clauses are called in a DMN model: names that FEEL reads as one word, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.language import tree as t
from ncriteria.language.queries import walk
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, Group

YEAR: Final = "assessment_year"
LET: Final = ("_if", "_then", "_else", "_left", "_right", "_list", "_value")
"""The names that expressions give to parts of themselves."""
_TAKEN: Final = frozenset(
    (
        *LET,
        YEAR,
        *("and", "or", "not", "in", "between", "if", "then", "else", "for", "return", "some", "every", "satisfies"),
        *("instance", "of", "function", "external", "null", "true", "false", "item", "partial", "date", "time"),
        *("duration", "string", "number", "list", "context", "days", "abs", "floor", "ceiling", "round", "decimal"),
        *("count", "min", "max", "sum", "mean", "index", "applies", "holds", "verdict"),
    )
)
"""Words that FEEL, or the expressions of a model, have a meaning for."""

K = TypeVar("K")


@frozen
class DmnNames:
    """The name of each leaf of the rules, of each clause by its path, and of each parameter.

    `always` has those of the clauses and groups that apply to every unit.
    """

    criteria: CriteriaSet
    facts: Mapping[t.FactKey, str]
    rolled: Mapping[t.Within, str]
    parameters: Mapping[str, str]
    clauses: Mapping[str, str]
    always: frozenset[str]


def names_of(lowered: LoweredSet) -> DmnNames:
    """A name for everything that the lowered rules of a set mention."""
    taken = set(_TAKEN)
    nodes = [node for expr in lowered.exprs for node in walk(expr)]
    keys = dict.fromkeys(node.key for node in nodes if isinstance(node, t.FactRef))
    rolled = dict.fromkeys(node for node in nodes if isinstance(node, t.Within))
    used = {node.name for node in nodes if isinstance(node, t.Parameter)}
    facts = _named(((key, _fact(key)) for key in keys), taken)
    inside = _named(((one, f"{one.measure.value}_{one.level}_{one.path}") for one in rolled), taken)
    parameters = ((name, f"param_{name}") for name in lowered.criteria.parameters if name in used)
    named = _named(parameters, taken)
    clauses = _named(((path, f"c_{path}" if path else "whole_set") for path in (*lowered.paths, WHOLE_SET)), taken)
    always = frozenset(clauses[path] for path in clauses if _always_applies(lowered.members[path]))
    return DmnNames(lowered.criteria, facts, inside, named, clauses, always)


def _always_applies(member: Clause | Group) -> bool:
    if member.applies_when is not None:
        return False
    return isinstance(member, Clause) or any(map(_always_applies, member.members))


def _fact(key: t.FactKey) -> str:
    name = f"met_{t.path_of_verdict(key.name)}" if t.is_verdict(key.name) else key.name
    match key.period:
        case t.Ago(0):
            return name
        case t.Ago(1):
            return f"prev_year_{name}"
        case t.Ago(years):
            return f"years_ago_{years}_{name}"
        case t.InYear(year):
            return f"at_{year}_{name}"


def _named(wanted: Iterable[tuple[K, str]], taken: set[str]) -> dict[K, str]:
    """A name of its own for each, as near to what is wanted as can be."""
    found = {}
    for key, text in wanted:
        plain = re.sub(r"\W+", "_", text).strip("_") or "_"
        name, number = plain, 1
        while name in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name)
        found[key] = name
    return found
