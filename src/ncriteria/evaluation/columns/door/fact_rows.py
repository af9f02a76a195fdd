"""The rows of a frame as those of a fact table, for what is judged row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw
from attrs import evolve

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.admission import Admitted
from ncriteria.evaluation.columns.door.frames import collected, distinct
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.door.sources import python_value
from ncriteria.evaluation.columns.naming import PREFIX
from ncriteria.facts.checks.doubts import limited
from ncriteria.facts.checks.published import misprinted, misprints
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
    printed = {*admitted.facts, *admitted.last_year}
    of_fact = {name: one.published.of for name, one in declarations.items() if one.published and name in printed}
    if not of_fact:
        return ()
    asked = {*of_fact, *of_fact.values()}
    facts, last_year = (
        {name: column for name, column in columns.items() if name in asked}
        for columns in (admitted.facts, admitted.last_year)
    )
    less = evolve(admitted, facts=facts, last_year=last_year)
    if not any(name in last_year for name in of_fact):
        units = {unit for name, of in of_fact.items() for unit in _with_misprints(less, declarations, name, of)}
        less = evolve(less, frame=less.frame.filter(nw.col(less.matched.unit).is_in(list(units))))
        if not units:
            return ()
    return limited(misprinted(fact_rows(less, declarations), declarations), CellPlace())


def _with_misprints(
    admitted: Admitted, declarations: Mapping[str, FactDeclaration], name: str, of: str
) -> Iterator[object]:
    """The units of which a published change is not what the figures come to; figures that repeat are looked at once."""
    now, stated = admitted.facts.get(of), admitted.last_year.get(of)
    if now is None:
        return
    unit, year, before = admitted.matched.unit, admitted.matched.year, f"{PREFIX}before"
    rows = admitted.frame.select(unit, year, admitted.facts[name], now, *([stated] if stated else []))
    earlier = admitted.frame.select(nw.col(unit), (nw.col(year) + 1).alias(year), nw.col(now).alias(before))
    joined = rows.filter(~nw.col(admitted.facts[name]).is_null()).join(earlier, on=[unit, year], how="left")
    known = nw.coalesce(nw.col(stated), nw.col(before)) if stated else nw.col(before)
    figures = joined.select(unit, admitted.facts[name], now, known.alias(before)).drop_nulls()
    columns = [admitted.facts[name], now, before]
    keys = (FactKey.of(name), FactKey.of(of), FactKey.of(of, Ago(1)))
    wrong = {
        values
        for values in collected(distinct(figures.select(*columns))).rows()
        if any(misprints(declarations, _exact(admitted, declarations, keys, values)))
    }
    for one, *values in collected(figures).rows() if wrong else ():
        if tuple(values) in wrong:
            yield one


def _exact(
    admitted: Admitted, declarations: Mapping[str, FactDeclaration], keys: Sequence[FactKey], values: Sequence[object]
) -> dict[FactKey, FactValue]:
    return {
        key: python_value(declarations[key.name], value, admitted.scales.get(key.name, 1))
        for key, value in zip(keys, values, strict=True)
    }


def _unit(row: Mapping[str, Any], found: Matched, name: str | None) -> Unit:
    level, parent, called = (None if column is None else row[column] for column in (found.level, found.parent, name))
    return Unit(
        str(row[found.unit]),
        None if called is None else str(called),
        None if level is None else level_of(str(level)),
        None if parent is None else str(parent),
    )
