"""Earlier years beside each row, by a join on unit and year: a year that is not in the table is unknown.

Where a Polars frame is sorted by unit and year, the row to join is among the few just above, and is looked for there:
by its unit and its year, never by its place. Where its rows come in the same order every time and are to keep it,
earlier years are joined to units and years alone, and put in that order: a join of wide rows that keeps it takes three
times as long.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial, reduce
from importlib import import_module
from operator import or_

import narwhals as nw

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.admission import Admitted
from ncriteria.evaluation.columns.door.frames import Frame
from ncriteria.evaluation.columns.door.keys import first_rows
from ncriteria.evaluation.columns.joining.left_joins import left_join
from ncriteria.evaluation.columns.joining.succession import CROSSED, Across, beside_bases
from ncriteria.facts.table import FactsError
from ncriteria.language.tree import Ago, FactKey, InYear, Period
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase


@frozen
class Sided:
    """A frame with the columns of every fact and period that was asked for, by key."""

    frame: Frame
    slots: Mapping[FactKey, str]


@frozen
class _ValuePlace:
    """Where values stand: in rows of this period, in their own columns or in those of their last year."""

    period: Period
    last_year: bool


def beside(admitted: Admitted, keys: Collection[FactKey], prefix: str, across: Across, *, ordered: bool) -> Sided:
    """The frame with a column for each of `keys`, named with `prefix`; facts without a column are left out.

    Before a change of its unit a row has what its predecessors had, as `across` says, unless it states it itself.

    Where a row's own "last year" and the row of that year both say a value, they must be the same; raises `FactsError`.
    `ordered` keeps the rows of a Polars frame in their order.
    """
    columns: dict[FactKey, list[str]] = {}
    wanted: dict[_ValuePlace, dict[FactKey, str]] = {}
    for key in dict.fromkeys(keys):
        for origin in _origins(key.period):
            source = (admitted.last_year if origin.last_year else admitted.facts).get(key.name)
            if source is None:
                continue
            if origin.period == Ago(0):
                columns.setdefault(key, []).append(source)
            else:
                wanted.setdefault(origin, {})[key] = source
    found: list[_Wanted] = []
    periods: dict[str, Period] = {}
    for number, (origin, sources) in enumerate(wanted.items()):
        names = {key: f"{prefix}{number}_{index}" for index, key in enumerate(sources)}
        found.append(_Wanted(origin.period, {names[key]: source for key, source in sources.items()}))
        for key, name in names.items():
            columns.setdefault(key, []).append(name)
            periods[name] = origin.period
    frame = _with_wanted(admitted, found, f"{prefix}row", ordered=ordered)
    frame, bases = beside_bases(across, admitted, frame, f"{prefix}base_", ordered=ordered)
    frame = _without_others(admitted, frame, across, bases, periods)
    of_predecessors = {key: bases[key.period][key.name] for key in columns if key.name in bases.get(key.period, {})}
    return _merged(admitted, frame, columns, of_predecessors, prefix)


def _without_others(
    admitted: Admitted,
    frame: Frame,
    across: Across,
    bases: Mapping[Period, Mapping[str, str]],
    periods: Mapping[str, Period],
) -> Frame:
    """The frame without figures of rows before a change of the unit, which are another unit's."""
    own: list[nw.Expr] = []
    for name, period in periods.items():
        crossed = [nw.col(bases[period][CROSSED]).fill_null(False)] if period in bases else []
        crossed += [] if (after := across.is_after(admitted, period)) is None else [after]
        if crossed:
            own.append(nw.when(~reduce(or_, crossed)).then(nw.col(name)).alias(name))
    return frame.with_columns(*own) if own else frame


@frozen
class _Wanted:
    """Columns of the rows of a period that come beside each row: `sources` are those columns by their new names."""

    period: Period
    sources: Mapping[str, str]


def _with_wanted(admitted: Admitted, wanted: Collection[_Wanted], row: str, *, ordered: bool) -> Frame:
    """The frame with the columns of all that is wanted; `row` is a name for the numbers of its rows."""
    frame, joined = admitted.frame, []
    for one in wanted:
        if admitted.is_sorted and isinstance(one.period, Ago):
            frame = _looked_back(admitted, frame, one.period.years, one.sources)
        else:
            joined.append(one)
    if not (joined and ordered and admitted.in_order and frame.implementation is nw.Implementation.POLARS):
        return reduce(partial(_joined, admitted, ordered=ordered), joined, frame)
    unit, year = admitted.matched.unit, admitted.matched.year
    numbered: Frame = nw.from_native(admitted.frame.select(unit, year).to_native().with_row_index(row))
    found = reduce(partial(_joined, admitted, ordered=False), joined, numbered).sort(row).drop(row, unit, year)
    beside_it = import_module("polars").concat([frame.to_native(), found.to_native()], how="horizontal")
    in_order: Frame = nw.from_native(beside_it)
    return in_order


def _origins(period: Period) -> Iterator[_ValuePlace]:
    match period:
        case Ago(years):
            yield _ValuePlace(period, False)
            if years >= 1:
                yield _ValuePlace(Ago(years - 1), True)
        case InYear(year):
            yield _ValuePlace(period, False)
            yield _ValuePlace(InYear(year + 1), True)


def _joined(admitted: Admitted, frame: Frame, wanted: _Wanted, *, ordered: bool) -> Frame:
    """The frame beside the rows of the period; `ordered` keeps the order of a Polars frame."""
    unit, year = admitted.matched.unit, admitted.matched.year
    values = [nw.col(source).alias(name) for name, source in wanted.sources.items()]
    match wanted.period:
        case Ago(years):
            right = admitted.frame.select(nw.col(unit), (nw.col(year) + years).alias(year), *values)
            return left_join(frame, right, [unit, year], ordered=ordered)
        case InYear(fixed):
            right = admitted.frame.filter(nw.col(year) == fixed).select(nw.col(unit), *values)
            joined = left_join(frame, right, [unit], ordered=ordered)
            # What lies ahead of the assessment year is not known in it.
            visible = nw.col(year) >= fixed
            known = [nw.when(visible).then(nw.col(name)).alias(name) for name in wanted.sources]
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


def _merged(
    admitted: Admitted,
    frame: Frame,
    columns: Mapping[FactKey, list[str]],
    of_predecessors: Mapping[FactKey, str],
    prefix: str,
) -> Sided:
    """One column for each key; where two sources say different things, that is an error.

    What predecessors had stands behind all that the rows of the unit say.
    """
    _refuse_conflicts(admitted, frame, {key: names for key, names in columns.items() if len(names) > 1})
    sources = {
        key: [*names, *([of_predecessors[key]] if key in of_predecessors else [])] for key, names in columns.items()
    }
    several = {key: names for key, names in sources.items() if len(names) > 1}
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
            message = phrase(
                "`{fact}` of {unit} as seen from {year} is said twice, differently",
                fact=str(key),
                unit=str(found_unit),
                year=str(found_year),
            )
            hint = phrase("find out which is right; neither is preferred")
            problems.append(Problem("NC231", message, CellPlace(heading=heading), hint))
    if problems:
        raise FactsError(problems)
