"""The door for frames: columns made exact by the declarations of their facts, and everything wrong with them told.

Whole numbers become Int64, decimals Int64 times a power of ten. Nothing is computed before units and years are checked
to be there once each, and values to lie in their declared ranges.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import narwhals as nw

from ncriteria.errors import Problem
from ncriteria.evaluation.columns.asked.bounds import TableBounds, outside_bounds
from ncriteria.evaluation.columns.door.frames import Frame, collected
from ncriteria.evaluation.columns.door.keys import (
    Keyed,
    key_measures,
    key_problems,
    key_type_problems,
    keyed,
    most_units_inside,
    year_problems,
)
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.door.measuring import extents_of, holds_numbers, is_wrong, measures, with_decimals
from ncriteria.evaluation.columns.door.sources import Source, at_one_scale, exact, sources_of
from ncriteria.evaluation.columns.door.wrong_values import value_problems
from ncriteria.evaluation.program.extents import Extent
from ncriteria.facts.table import FactsError
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration


@frozen
class Admitted:
    """A frame whose columns of units, years and facts are exact.

    `facts` and `last_year` are the columns by fact; `scales` is the factor of each number, `extents` where its values
    lie once multiplied; `years` is where the years lie; at most `most_inside` units lie inside one. `in_order` is set
    where the rows come in the same order every time, `is_sorted` where that is the order of units and years.
    `odd_units` are the units that may differ from others in what cannot be seen only.
    """

    frame: Frame
    matched: Matched
    facts: Mapping[str, str]
    last_year: Mapping[str, str]
    scales: Mapping[str, int]
    extents: Mapping[str, Extent]
    years: Extent
    most_inside: int
    in_order: bool = False
    is_sorted: bool = False
    odd_units: tuple[str, ...] = ()


def admit(
    frame: Frame,
    matched: Matched,
    declarations: Mapping[str, FactDeclaration],
    prefix: str,
    *,
    in_order: bool = False,
    bounds: TableBounds | None = None,
) -> Admitted:
    """`frame` with exact columns whose names begin with `prefix`; raises `FactsError` with all that is wrong.

    `in_order` says that the rows come in the same order every time. With the `bounds` of a whole table, the plan is
    made by these, and what lies outside of them is wrong.
    """
    problems: list[Problem] = []
    schema = frame.collect_schema()
    own = list(sources_of(matched.facts, declarations, schema, f"{prefix}this_", problems))
    last = list(sources_of(matched.last_year, declarations, schema, f"{prefix}last_", problems))
    problems += key_type_problems(matched, schema)
    if problems:
        raise FactsError(problems)
    if bounds is not None:
        own, last = (list(map(bounds.at_scale, sources)) for sources in (own, last))
    measured = _measured(frame, matched, [*own, *last])
    sources = at_one_scale([with_decimals(source, measured) for source in (*own, *last)])
    problems += year_problems(frame, matched, measured)
    found = Keyed(frame, matched) if problems else keyed(frame, matched)
    is_sorted = not problems and in_order and not measured["rows without a key"] and _is_sorted(found)
    years = Extent(_whole(measured["least year"]), _whole(measured["greatest year"]))
    if not is_sorted:
        problems += key_problems(found.frame, found.matched, measured, years)
    for source in sources:
        if is_wrong(source, measured):
            problems += value_problems(found.frame, found.matched, source)
    extents = {} if problems else extents_of(sources, measured)
    if bounds is not None and not problems:
        known = [source for source in sources if holds_numbers(source, measured)]
        problems += outside_bounds(bounds, known, extents_of(known, measured), years, matched.year)
        years, extents = bounds.years, {**extents, **bounds.extents}
    if problems:
        raise FactsError(problems)
    inexact = [exact(source).alias(source.name) for source in sources if not source.is_exact]
    columns = [source.heading if source.is_exact else source.name for source in sources]
    named = list(zip((source.declaration.name for source in sources), columns, strict=True))
    return Admitted(
        found.frame.with_columns(*inexact) if inexact else found.frame,
        found.matched,
        dict(named[: len(own)]),
        dict(named[len(own) :]),
        {source.declaration.name: source.scale for source in sources if source.is_number},
        extents,
        years,
        most_units_inside(matched, measured) if bounds is None else bounds.most_inside,
        in_order,
        is_sorted,
        found.odd_units,
    )


def _whole(value: object) -> int | None:
    return None if value is None else int(float(str(value)))


def _measured(frame: Frame, matched: Matched, sources: list[Source]) -> Mapping[str, object]:
    """All that one pass over the frame tells: of units and years, and of the values of facts."""
    of_keys = key_measures(matched, frame.collect_schema())
    values = [measure for source in sources for measure in measures(source)]
    return collected(frame.select(*of_keys, *values)).rows(named=True)[0]


def _is_sorted(found: Keyed) -> bool:
    """Whether the rows of a Polars frame are sorted by unit and year, none of them there twice."""
    if found.frame.implementation is not nw.Implementation.POLARS:
        return False
    polars, native, matched = import_module("polars"), found.frame.to_native(), found.matched
    unit, year = polars.col(matched.unit), polars.col(matched.year)
    follows = (unit > unit.shift()) | ((unit == unit.shift()) & (year > year.shift()))
    return bool(native.select(follows.all()).collect(engine="streaming").item())
