"""Which facts vary, and what is known of them while the assessment year still runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import evolve

from ncriteria.errors import Problem
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.records.record import in_view
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.language.hints.lookalikes import told_apart
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.parser import read_fact_key
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import THIS_YEAR, Ago, Expr, FactKey
from ncriteria.language.values import Interval
from ncriteria.sets.model import FactDeclaration, FactType, FactValue


def asked_keys(lowered: LoweredSet, names: Iterable[str] | None) -> tuple[FactKey, ...]:
    """The facts called `names`, as rules write them; without names, those of the assessment year in the rules.

    Raises `EvaluationError` for a name that is no fact of the set.
    """
    if names is None:
        mentioned = {key for rules in lowered.clauses.values() for key in _facts(rules.rule, rules.applies_when)}
        keys = (FactKey(name, THIS_YEAR) for name in lowered.criteria.facts)
        return tuple(key for key in keys if key in mentioned)
    return tuple(dict.fromkeys(asked_key(lowered, name) for name in names))


def _facts(*rules: Expr | None) -> Iterable[FactKey]:
    return (key for rule in rules if rule is not None for key in facts_of(rule))


def asked_key(lowered: LoweredSet, name: str) -> FactKey:
    """The fact that a text names: `crime_cases`, `prev_year.crime_cases`, `years_ago(2, crime_cases)`."""
    found = read_fact_key(name)
    if found is None:
        hint = (
            told_apart(name, lowered.criteria.facts)
            or "write a fact as rules do: `crime_cases`, `prev_year.crime_cases`"
        )
        raise EvaluationError(Problem("NC304", f"`{name}` is not the name of a fact", None, hint))
    if found.name not in lowered.criteria.facts:
        near = did_you_mean(found.name, lowered.criteria.facts)
        raise EvaluationError(Problem("NC304", f"{lowered.criteria.id} has no fact `{found.name}`", None, near))
    return FactKey(found.name, in_view(found.period, lowered.year))


def known_so_far(table: FactTable, year: int, declarations: Mapping[str, FactDeclaration]) -> FactTable:
    """The table as it stands while `year` still runs: its counts of that year are the least that they can become.

    Attested counts are a person's judgement, not a tally, and stay as they are, and so does what is given as a bound.
    """
    return evolve(table, rows=tuple(_so_far(row, declarations) if row.year == year else row for row in table.rows))


def _so_far(row: FactRow, declarations: Mapping[str, FactDeclaration]) -> FactRow:
    def value(key: FactKey, known: FactValue) -> FactValue:
        declared = declarations[key.name]
        tallied = declared.type is FactType.COUNT and not declared.attested and key.period == Ago(0)
        return Interval(known, None) if tallied and isinstance(known, Fraction) else known

    return evolve(row, values={key: value(key, known) for key, known in row.values.items()})
