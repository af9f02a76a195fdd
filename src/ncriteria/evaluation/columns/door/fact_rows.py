"""The rows of a frame as those of a fact table, for what is judged row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.admission import Admitted
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.door.sources import python_value
from ncriteria.facts.checks.doubts import limited
from ncriteria.facts.checks.published import misprinted
from ncriteria.facts.table import FactRow, Unit
from ncriteria.facts.units.levels import level_of
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey
from ncriteria.sets.model import FactDeclaration, FactValue, Level


def fact_rows(
    admitted: Admitted, declarations: Mapping[str, FactDeclaration], name: str | None = None
) -> Iterator[FactRow]:
    """Each row with its facts as exact values; `name` is the column of names."""
    columns = [(FactKey(fact, THIS_YEAR), column) for fact, column in admitted.facts.items()]
    columns += [(FactKey(fact, Ago(1)), column) for fact, column in admitted.last_year.items()]
    found = admitted.matched
    for row in admitted.frame.collect().rows(named=True):
        values: dict[FactKey, FactValue] = {
            key: python_value(declarations[key.name], row[column], admitted.scales.get(key.name, 1))
            for key, column in columns
            if row[column] is not None
        }
        counts = {Level(level): int(row[column]) for level, column in found.counts.items() if row[column] is not None}
        yield FactRow(_unit(row, found, name), row[found.year], values, child_counts=counts)


def misprinted_rows(admitted: Admitted, declarations: Mapping[str, FactDeclaration]) -> tuple[Problem, ...]:
    """The warnings of published changes in a frame that are not what its figures come to."""
    published = {name: declared.published.of for name, declared in declarations.items() if declared.published}
    of_fact = {name: of for name, of in published.items() if name in admitted.facts}
    if not of_fact:
        return ()
    asked = {*of_fact, *of_fact.values()}
    facts, last_year = (
        {name: column for name, column in columns.items() if name in asked}
        for columns in (admitted.facts, admitted.last_year)
    )
    less = evolve(admitted, facts=facts, last_year=last_year)
    return limited(misprinted(fact_rows(less, declarations), declarations), CellPlace())


def _unit(row: Mapping[str, Any], found: Matched, name: str | None) -> Unit:
    level, parent, called = (None if column is None else row[column] for column in (found.level, found.parent, name))
    return Unit(
        str(row[found.unit]),
        None if called is None else str(called),
        None if level is None else level_of(str(level)),
        None if parent is None else str(parent),
    )
