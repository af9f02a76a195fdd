"""Looking back across changes of units in columns: figures of predecessors put together, and joined by unit and year.

Where a rule looks back from a year at one before the unit was as it is, the row of its identifier is not looked at:
what its predecessors had comes beside the row instead. Where that is no plain sum, such as with a predecessor without a
figure, the row is judged by the reference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from importlib import import_module
from operator import or_
from typing import Any

import narwhals as nw
from attrs import field

from ncriteria.errors import Problem
from ncriteria.evaluation.columns.door.admission import Admitted
from ncriteria.evaluation.columns.door.frames import Frame, collected
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.joining.territory import of_level, unit_key
from ncriteria.evaluation.columns.lines import Line
from ncriteria.evaluation.columns.naming import PREFIX
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.program.extents import Extent
from ncriteria.facts.lineage.model import Lineage
from ncriteria.facts.lineage.yearly import YearlyLineage
from ncriteria.language.tree import Ago, FactKey, Period
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactValue, Level
from ncriteria.words import phrase

UNIT, YEAR = f"{PREFIX}made_unit", f"{PREFIX}made_year"
CROSSED = f"{PREFIX}crossed"


@frozen
class Across:
    """What the rows of a table see across changes of their units.

    By period, `bases` has a Polars frame with the units and years that look across a change, and a column a fact.
    `by_reference` has what is known of facts of earlier years, by unit and year, where it is no plain sum; these rows
    are judged by the reference. `doubts` are warnings of figures that units state, and their predecessors do not have.
    """

    lineage: YearlyLineage
    level: Level
    bases: Mapping[Period, Any] = field(factory=dict)
    by_reference: Mapping[tuple[str, int], Mapping[FactKey, FactValue]] = field(factory=dict)
    doubts: tuple[Problem, ...] = ()

    def reforms(self) -> Iterator[int]:
        """The first years after reforms of the level."""
        for one in self.lineage.lineage.reforms:
            if self.level in one.levels:
                yield self.lineage.first_year(one.day)

    def is_after(self, admitted: Admitted, period: Period) -> nw.Expr | None:
        """Whether a reform lies between the year of a row and the period; `None` where there is none in the table."""
        year, years = nw.col(admitted.matched.year), admitted.years
        found = []
        for first in self.reforms():
            if years.greatest is None or years.least is None or not years.least <= first <= years.greatest:
                continue
            back = year - period.years if isinstance(period, Ago) else nw.lit(period.year, dtype=nw.Int64())
            found.append((year >= first) & (back < first))
        if not found:
            return None
        is_own = of_level(admitted.matched, self.level)
        crossed = reduce(or_, found)
        return crossed if is_own is None else crossed & is_own.fill_null(True)


def across(lineage: Lineage, line: Line, admitted: Admitted) -> Across:
    """The lineage by the years of the sets of a line.

    Raises `EvaluationError` where their windows, or those of their facts, put a change into different years.
    """
    windows = dict.fromkeys(window for one in line.sets for window in one.windows)
    yearly = [YearlyLineage(lineage, window) for window in windows]
    days = {*lineage.by_day, *(one.day for one in lineage.reforms if line.level in one.levels)}
    if any(_parts(admitted.years, {one.first_year(day) for one in yearly}) for day in days):
        message = phrase("figures are of different windows, so a change of units is not in one year for all of them")
        hint = phrase("judge the table with `evaluate_rows`, or under one set after the other")
        raise EvaluationError(Problem("NC379", message, None, hint))
    return Across(yearly[0], line.level)


def _parts(years: Extent, firsts: Collection[int]) -> bool:
    """Whether a change is in several years, `firsts`, that part those of a table."""
    if len(firsts) == 1 or years.least is None or years.greatest is None:
        return False
    return years.least < max(firsts) and years.greatest >= min(firsts)


def unit_text(frame: Frame, matched: Matched) -> nw.Expr:
    """The identifier of the unit of a row as a text."""
    return unit_key(frame, matched).cast(nw.String())


def without_ended(inside: Frame, found: Across) -> Frame:
    """The units inside others, by `unit`, `year` and `stands`, without those that are not there by the lineage."""
    lineage = found.lineage
    units = {unit for one in lineage.lineage.changes for unit in (one.old, one.new)}
    if not units:
        return inside
    polars, schema = import_module("polars"), inside.collect_schema()
    absent = collected(inside.filter(nw.col("stands") != nw.col("year")).select("unit", "year")).rows()
    ended = [(unit, year) for unit, year in absent if str(unit) in units and not lineage.stands(str(unit), year)]
    kinds = {"unit": polars.Int64 if schema["unit"].is_integer() else polars.String, "year": polars.Int64}
    gone: Frame = nw.from_native(polars.DataFrame(ended, schema=kinds, orient="row").lazy())
    return inside.join(gone, on=["unit", "year"], how="anti") if ended else inside


def beside_bases(
    found: Across, admitted: Admitted, frame: Frame, prefix: str, *, ordered: bool
) -> tuple[Frame, dict[Period, dict[str, str]]]:
    """`frame` with what its rows see across changes, in the same order; the columns by period and fact.

    The column under `CROSSED` says whether a row looks across a change.
    """
    columns: dict[Period, dict[str, str]] = {}
    if not found.bases:
        return frame, columns
    keys = (
        unit_text(admitted.frame, admitted.matched).alias(UNIT),
        nw.col(admitted.matched.year).cast(nw.Int64()).alias(YEAR),
    )
    beside: Any = None
    for number, (period, bases) in enumerate(found.bases.items()):
        named = {name: f"{prefix}{number}_{name}" for name in bases.columns if name not in (UNIT, YEAR)}
        columns[period], one = named, bases.rename(named)
        beside = one if beside is None else beside.join(one, on=[UNIT, YEAR], how="full", coalesce=True)
    is_ordered = ordered and admitted.in_order
    joined = _by_number(frame, keys, beside, f"{prefix}row") if is_ordered else _by_key(frame, keys, beside)
    with_them: Frame = nw.from_native(joined)
    return with_them, columns


def _by_key(frame: Frame, keys: Iterable[nw.Expr], beside: Any) -> Any:
    native = frame.with_columns(*keys).to_native()
    return native.join(beside.lazy(), on=[UNIT, YEAR], how="left", maintain_order="left").drop(UNIT, YEAR)


def _by_number(frame: Frame, keys: Iterable[nw.Expr], beside: Any, row: str) -> Any:
    """The join of rows that come in one order: few have a change behind them, and these are found by their number.

    A join of all rows by unit and year that keeps their order takes three times as long.
    """
    polars = import_module("polars")
    numbered = frame.select(*keys).to_native().with_row_index(row)
    few = numbered.filter(polars.col(YEAR).is_in(beside.get_column(YEAR).unique().implode()))
    found = few.join(beside.lazy(), on=[UNIT, YEAR], how="inner").drop(UNIT, YEAR).sort(row)
    return frame.to_native().with_row_index(row).join_asof(found, on=row, tolerance=0).drop(row)
