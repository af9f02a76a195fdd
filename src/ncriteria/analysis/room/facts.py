"""Which facts vary."""

from __future__ import annotations

from collections.abc import Iterable

from ncriteria.errors import Problem
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.records.record import in_view
from ncriteria.language.hints.lookalikes import told_apart
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.parser import read_fact_key
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import THIS_YEAR, FactKey
from ncriteria.sets.structure import declared_facts
from ncriteria.words import phrase


def asked_keys(lowered: LoweredSet, names: Iterable[str] | None) -> tuple[FactKey, ...]:
    """The facts called `names`, as rules write them; without names, those of the assessment year in the rules.

    Raises `EvaluationError` for a name that is no fact of the set.
    """
    if names is None:
        mentioned = {key for expr in lowered.exprs for key in facts_of(expr)}
        keys = (FactKey(name, THIS_YEAR) for name in declared_facts(lowered.criteria))
        return tuple(key for key in keys if key in mentioned)
    return tuple(dict.fromkeys(asked_key(lowered, name) for name in names))


def asked_key(lowered: LoweredSet, name: str) -> FactKey:
    """The fact that a text names: `crime_cases`, `prev_year.crime_cases`, `years_ago(2, crime_cases)`."""
    found = read_fact_key(name)
    if found is None:
        hint = told_apart(name, lowered.criteria.facts) or phrase(
            "write a fact as rules do: `crime_cases`, `prev_year.crime_cases`"
        )
        raise EvaluationError(Problem("NC304", phrase("`{name}` is not the name of a fact", name=name), None, hint))
    if found.name not in lowered.criteria.facts:
        near = did_you_mean(found.name, lowered.criteria.facts)
        raise EvaluationError(
            Problem(
                "NC304",
                phrase("{criteria} has no fact `{name}`", criteria=lowered.criteria.id, name=found.name),
                None,
                near,
            )
        )
    return FactKey(found.name, in_view(found.period, lowered.year))
