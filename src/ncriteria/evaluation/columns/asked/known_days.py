"""A frame as it was on file on a day: versions of rows, and what came later; the sets that were in force then."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import narwhals as nw
from narwhals.exceptions import DuplicateError

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.frames import NativeFrame
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.lines import Line, line_of
from ncriteria.evaluation.columns.naming import PREFIX
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.facts.lineage.model import Lineage
from ncriteria.facts.rows.known_days import undated_rows
from ncriteria.facts.table import FactsError
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Level
from ncriteria.sets.years.in_force import not_in_force
from ncriteria.words import phrase

_IS_KNOWN, _KNOWN_DAY = f"{PREFIX}is_known", f"{PREFIX}known_day"
_LATEST, _FIRST, _ANY = f"{PREFIX}latest", f"{PREFIX}first", f"{PREFIX}any_known"
_AnyFrame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"


@frozen
class SeenOnDay:
    """The frame with the rows that count, and what is told of them."""

    frame: NativeFrame
    warnings: tuple[Problem, ...] = ()


def seen_on(native: NativeFrame, columns: Callable[[Sequence[str]], Matched], day: datetime.date | None) -> SeenOnDay:
    """The rows of a frame that count on a `day`, or today where none is given, one for each unit and year.

    `columns` says which of its headings are which. The facts of a row that came later are null. Raises `FactsError` for
    a column of days that holds none.
    """
    try:
        frame: _AnyFrame = nw.from_native(native)
        headings = frame.collect_schema().names()
    except (TypeError, DuplicateError):
        return SeenOnDay(native)  # which the door tells
    found = columns(tuple(map(str, headings)))
    if found.known_on is None:
        rows = _count(frame, nw.len()) if day is not None else 0
        return SeenOnDay(native, tuple(undated_rows(rows, rows, day, CellPlace())))
    column, dtype = nw.col(found.known_on), frame.collect_schema()[found.known_on]
    if dtype not in (nw.Date, nw.Datetime):
        message = phrase("days are dates; the column has the type {type}", type=str(dtype))
        raise FactsError(Problem("NC240", message, CellPlace(heading=found.known_on)))
    is_known = nw.lit(True)
    if day is not None:
        is_known = column <= day if dtype == nw.Date else column < _midnight_after(day)
    frame = _counting(frame, found, column.is_null() | is_known)
    if day is None:
        return SeenOnDay(frame.drop(_IS_KNOWN).to_native())
    rows, undated = _count(frame, nw.len()), _count(frame, column.is_null().cast(nw.Int64()).sum())
    told = tuple(undated_rows(undated, rows, day, CellPlace(heading=found.known_on)))
    return SeenOnDay(_without_later(frame, found).to_native(), told)


def _midnight_after(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day) + datetime.timedelta(days=1)


def _counting(frame: _AnyFrame, found: Matched, is_known: nw.Expr) -> _AnyFrame:
    """The latest known version of each unit and year, and the first of those of which none is known.

    What is no version of another stays, so that a unit that stands twice is told.
    """
    assert found.known_on is not None
    column, keys = nw.col(found.known_on), (found.unit, found.year)
    frame = frame.with_columns(is_known.alias(_IS_KNOWN))
    frame = frame.with_columns(nw.when(nw.col(_IS_KNOWN)).then(column).alias(_KNOWN_DAY))
    frame = frame.with_columns(
        nw.col(_KNOWN_DAY).max().over(*keys).alias(_LATEST),
        column.min().over(*keys).alias(_FIRST),
        nw.col(_IS_KNOWN).cast(nw.Int64()).max().over(*keys).alias(_ANY),
    )
    is_latest = nw.col(_IS_KNOWN) & (column.is_null() | (column == nw.col(_LATEST)).fill_null(False))
    is_first = (nw.col(_ANY) == 0) & (column == nw.col(_FIRST)).fill_null(False)
    return frame.filter(is_latest | is_first).drop(_KNOWN_DAY, _LATEST, _FIRST, _ANY)


def _without_later(frame: _AnyFrame, found: Matched) -> _AnyFrame:
    """The frame without the facts of the rows that came later."""
    if isinstance(frame, nw.DataFrame):
        if frame.get_column(_IS_KNOWN).all():
            return frame.drop(_IS_KNOWN)
        if frame.implementation.is_pandas():
            # A NumPy column of whole numbers has no place for a figure that is unknown.
            frame = nw.from_native(frame.to_native().convert_dtypes(dtype_backend="pyarrow"))
    facts = (*found.facts.values(), *found.last_year.values())
    return frame.with_columns(
        *(nw.when(nw.col(_IS_KNOWN)).then(nw.col(heading)).alias(heading) for heading in facts)
    ).drop(_IS_KNOWN)


def _count(frame: _AnyFrame, what: nw.Expr) -> int:
    counted = frame.select(what.alias("count"))
    found = counted.collect() if isinstance(counted, nw.LazyFrame) else counted
    return int(found.item() or 0)


@frozen
class SetsOfDay:
    """The criteria that were in force on a day, the sets that judge, and which of those that would were not."""

    criteria: Criteria | Catalog
    line: Line
    warnings: tuple[Problem, ...] = ()


def sets_on(
    criteria: Criteria | Catalog,
    standard: str | None,
    level: Level | str | None,
    territory: str | Sequence[str] | None,
    lineage: Lineage,
    day: datetime.date | None,
) -> SetsOfDay:
    """The sets that judge a table as known on a `day`; raises `EvaluationError` where none of them was in force."""
    line = line_of(criteria, standard, level, territory, lineage)
    if day is None:
        return SetsOfDay(criteria, line)
    by_set = {one.id: problem for one in line.sets if (problem := not_in_force(one, day)) is not None}
    unsaid = [problem for problem in by_set.values() if problem.code == "NC463"]
    if unsaid or len(by_set) == len({one.id for one in line.sets}) or isinstance(criteria, Criteria):
        if by_set:
            raise EvaluationError(unsaid or list(by_set.values()))
        return SetsOfDay(criteria, line)
    in_force = criteria.in_force_on(day)
    return SetsOfDay(in_force, line_of(in_force, standard, level, territory, lineage), tuple(by_set.values()))
