"""What is told of the wrong values of a column: each kind, with the first rows that have it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import narwhals as nw
from attrs import frozen

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.frames import Frame
from ncriteria.evaluation.columns.door.keys import first_rows
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.door.measuring import wrong_value
from ncriteria.evaluation.columns.door.sources import Source
from ncriteria.evaluation.program.extents import INT64
from ncriteria.sets.model import FactType


@frozen
class _Kind:
    """One way to be wrong, with the condition on rows that finds it."""

    code: str
    told: str
    where: nw.Expr
    hint: str | None = None


def value_problems(frame: Frame, matched: Matched, source: Source) -> Iterator[Problem]:
    """What is wrong with the values of a column."""
    for kind in _kinds(source):
        shown = frame.filter(kind.where).select(matched.unit, matched.year, source.heading)
        for unit, year, value in first_rows(shown):
            message = f"{value} ({unit}, {year}) {kind.told}"
            yield Problem(kind.code, message, CellPlace(heading=source.heading), kind.hint)


def _kinds(source: Source) -> Iterator[_Kind]:
    if (wrong := wrong_value(source)) is not None:
        yield _inexact(source, wrong)
    if source.is_number and not source.is_blank:
        yield _Kind("NC241", "does not fit into 64 bits", _is_beyond(source), "see that the number is right")
        yield from _outside(source)


def _inexact(source: Source, wrong: nw.Expr) -> _Kind:
    declared = source.declaration
    if declared.type is FactType.ENUMERATION:
        listed = ", ".join(declared.options)
        return _Kind("NC206", "is none of the values of this fact", wrong, f"the values are: {listed}")
    if declared.type is FactType.DATE:
        return _Kind("NC207", "is no calendar day but a time of a day", wrong, "make the column a column of dates")
    hint = "declare the decimals of the fact, or give whole numbers; leave blank what is unknown"
    of_floats = "is not exact: a float is taken only where it is whole or has declared decimals"
    told = of_floats if source.dtype.is_float() else f"has more decimals than `{declared.name}` declares"
    return _Kind("NC241", told, wrong, hint)


def _outside(source: Source) -> Iterator[_Kind]:
    column, declared = nw.col(source.heading), source.declaration
    low, high = declared.minimum, declared.maximum
    if low is not None:
        yield _Kind("NC203", f"is less than {low}, the least that `{declared.name}` can be", column < _plain(low))
    if high is not None:
        above = column > _plain(high)
        # Engines take NaN for the greatest number.
        above = above & ~column.is_nan() if source.dtype.is_float() else above
        yield _Kind("NC203", f"is more than {high}, the most that `{declared.name}` can be", above)


def _is_beyond(source: Source) -> nw.Expr:
    """Whether a number cannot be computed with in Int64, once it is made whole."""
    column, most = nw.col(source.heading), INT64 // source.scale
    if source.dtype.is_float():
        return column.is_finite() & ((column >= float(most)) | (column <= -float(most)))
    return (column > most) | (column < -most) if _is_signed(source.dtype) else column > most


def _is_signed(dtype: nw.dtypes.DType) -> bool:
    return dtype not in (nw.UInt8, nw.UInt16, nw.UInt32, nw.UInt64)


def _plain(bound: Fraction) -> int | float:
    return int(bound) if bound.denominator == 1 else float(bound)
