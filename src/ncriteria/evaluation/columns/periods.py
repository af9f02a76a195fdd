"""Earlier years beside each row, by a join on unit and year: a year that is not in the table is unknown.

Where a Polars frame is sorted by unit and year, the row to join is among the few just above, and is looked for there:
by its unit and its year, never by its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import reduce
from importlib import import_module

import narwhals as nw
from attrs import frozen

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.admission import Admitted
from ncriteria.evaluation.columns.door.frames import Frame
from ncriteria.evaluation.columns.door.keys import first_rows
from ncriteria.facts.table import FactsError
from ncriteria.language.tree import Ago, FactKey, InYear, Period


@frozen
class Sided:
    """A frame with the columns of every fact and period that was asked for, by key."""

    frame: Frame
    slots: Mapping[FactKey, str]


@frozen
class _Origin:
    """Where values stand: in rows of this period, in their own columns or in those of their last year."""

    period: Period
    last_year: bool


def beside(admitted: Admitted, keys: Collection[FactKey], prefix: str, *, ordered: bool) -> Sided:
    """The frame with a column for each of `keys`, named with `prefix`; facts without a column are left out.

    Where a row's own "last year" and the row of that year both say a value, they must be the same; raises `FactsError`.
    `ordered` keeps the rows of a Polars frame in their order.
    """
    columns: dict[FactKey, list[str]] = {}
    frame = admitted.frame
    wanted: dict[_Origin, dict[FactKey, str]] = {}
    for key in dict.fromkeys(keys):
        for origin in _origins(key.period):
            source = (admitted.last_year if origin.last_year else admitted.facts).get(key.name)
            if source is None:
                continue
            if origin.period == Ago(0):
                columns.setdefault(key, []).append(source)
            else:
                wanted.setdefault(origin, {})[key] = source
    # A join may change the order of rows, so what rests on it comes first.
    by_order = sorted(wanted.items(), key=lambda item: isinstance(item[0].period, InYear))
    for number, (origin, sources) in enumerate(by_order):
        named = {key: f"{prefix}{number}_{index}" for index, key in enumerate(sources)}
        frame = _joined(admitted, frame, origin, sources, named, ordered=ordered)
        for key, name in named.items():
            columns.setdefault(key, []).append(name)
    return _merged(admitted, frame, columns, prefix)


def _origins(period: Period) -> Iterator[_Origin]:
    match period:
        case Ago(years):
            yield _Origin(period, False)
            if years >= 1:
                yield _Origin(Ago(years - 1), True)
        case InYear(year):
            yield _Origin(period, False)
            yield _Origin(InYear(year + 1), True)


def _joined(
    admitted: Admitted,
    frame: Frame,
    origin: _Origin,
    sources: Mapping[FactKey, str],
    named: Mapping[FactKey, str],
    *,
    ordered: bool,
) -> Frame:
    unit, year = admitted.matched.unit, admitted.matched.year
    values = [nw.col(source).alias(named[key]) for key, source in sources.items()]
    match origin.period:
        case Ago(years) if admitted.is_sorted:
            return _looked_back(admitted, frame, years, {named[key]: source for key, source in sources.items()})
        case Ago(years):
            right = admitted.frame.select(nw.col(unit), (nw.col(year) + years).alias(year), *values)
            return left_join(frame, right, [unit, year], ordered=ordered)
        case InYear(fixed):
            right = admitted.frame.filter(nw.col(year) == fixed).select(nw.col(unit), *values)
            joined = left_join(frame, right, [unit], ordered=ordered)
            # What lies ahead of the assessment year is not known in it.
            visible = nw.col(year) >= fixed
            known = [nw.when(visible).then(nw.col(name)).alias(name) for name in named.values()]
            return joined.with_columns(*known)


def _looked_back(admitted: Admitted, frame: Frame, years: int, sources: Mapping[str, str]) -> Frame:
    """The frame, whose rows are sorted by unit and year, with values from `years` before each row.

    In that order the row of a unit and an earlier year lies at most as many rows above as years before.
    """
    polars = import_module("polars")
    unit, year = polars.col(admitted.matched.unit), polars.col(admitted.matched.year)
    is_it = {back: (unit.shift(back) == unit) & (year.shift(back) == year - years) for back in range(1, years + 1)}
    exprs = []
    for name, source in sources.items():
        found = [polars.when(there).then(polars.col(source).shift(back)) for back, there in is_it.items()]
        exprs.append((polars.coalesce(found) if len(found) > 1 else found[0]).alias(name))
    looked: Frame = nw.from_native(frame.to_native().with_columns(exprs))
    return looked


def left_join(frame: Frame, right: Frame, on: list[str], *, ordered: bool) -> Frame:
    """`frame` beside the rows of `right` that are alike in `on`; `ordered` keeps the order of a Polars frame."""
    if ordered and frame.implementation is nw.Implementation.POLARS:
        joined: Frame = nw.from_native(
            frame.to_native().join(right.to_native(), on=on, how="left", maintain_order="left")
        )
        return joined
    return frame.join(right, on=on, how="left")


def _merged(admitted: Admitted, frame: Frame, columns: Mapping[FactKey, list[str]], prefix: str) -> Sided:
    """One column for each key; where two sources say different things, that is an error."""
    several = {key: names for key, names in columns.items() if len(names) > 1}
    _refuse_conflicts(admitted, frame, several)
    merged = {key: f"{prefix}merged_{number}" for number, key in enumerate(several)}
    if several:
        frame = frame.with_columns(*(nw.coalesce(*names).alias(merged[key]) for key, names in several.items()))
    return Sided(frame, {key: merged.get(key, names[0]) for key, names in columns.items()})


def _refuse_conflicts(admitted: Admitted, frame: Frame, several: Mapping[FactKey, list[str]]) -> None:
    problems = []
    unit, year = admitted.matched.unit, admitted.matched.year
    for key, names in several.items():
        differing = reduce(lambda one, other: one | other, (nw.col(names[0]) != nw.col(name) for name in names[1:]))
        for found_unit, found_year in first_rows(frame.filter(differing).select(unit, year)):
            heading = admitted.matched.last_year.get(key.name)
            message = f"`{key}` of {found_unit} as seen from {found_year} is said twice, differently"
            hint = "find out which is right; neither is preferred"
            problems.append(Problem("NC231", message, CellPlace(heading=heading), hint))
    if problems:
        raise FactsError(problems)
