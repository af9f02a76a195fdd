"""What is told of the wrong values of a column: each kind, with the first rows that have it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import narwhals as nw

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.frames import Frame
from ncriteria.evaluation.columns.door.keys import first_rows
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.door.measuring import wrong_value
from ncriteria.evaluation.columns.door.sources import Source
from ncriteria.evaluation.program.extents import INT64
from ncriteria.facts.cells.cells import values_of
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactType
from ncriteria.words import Phrase, joined, phrase


@frozen
class _Kind:
    """One way to be wrong, with the condition on rows that finds it."""

    code: str
    told: Phrase
    where: nw.Expr
    hint: Phrase | None = None


def value_problems(frame: Frame, matched: Matched, source: Source) -> Iterator[Problem]:
    """What is wrong with the values of a column."""
    for kind in _kinds(source):
        shown = frame.filter(kind.where).select(matched.unit, matched.year, source.heading)
        for unit, year, value in first_rows(shown):
            message = joined(" ", [f"{value} ({unit}, {year})", kind.told])
            yield Problem(kind.code, message, CellPlace(heading=source.heading), kind.hint)


def _kinds(source: Source) -> Iterator[_Kind]:
    if (wrong := wrong_value(source)) is not None:
        yield _inexact(source, wrong)
    if source.is_number and not source.is_blank:
        told, hint = phrase("does not fit into 64 bits"), phrase("see that the number is right")
        yield _Kind("NC241", told, _is_beyond(source), hint)
        yield from _outside(source)


def _inexact(source: Source, wrong: nw.Expr) -> _Kind:
    declared = source.declaration
    if declared.type is FactType.ENUMERATION:
        return _Kind("NC206", phrase("is none of the values of this fact"), wrong, values_of(declared))
    if declared.type is FactType.DATE:
        told, hint = phrase("is no calendar day but a time of a day"), phrase("make the column a column of dates")
        return _Kind("NC207", told, wrong, hint)
    hint = phrase("declare the decimals of the fact, or give whole numbers; leave blank what is unknown")
    if source.dtype.is_float():
        told = phrase("is not exact: a float is taken only where it is whole or has declared decimals")
    else:
        told = phrase("has more decimals than `{fact}` declares", fact=declared.name)
    return _Kind("NC241", told, wrong, hint)


def _outside(source: Source) -> Iterator[_Kind]:
    column, declared = nw.col(source.heading), source.declaration
    low, high = declared.minimum, declared.maximum
    if low is not None:
        told = phrase("is less than {least}, the least that `{fact}` can be", least=low, fact=declared.name)
        yield _Kind("NC203", told, column < _plain(low))
    if high is not None:
        above = column > _plain(high)
        # Engines take NaN for the greatest number.
        above = above & ~column.is_nan() if source.dtype.is_float() else above
        told = phrase("is more than {most}, the most that `{fact}` can be", most=high, fact=declared.name)
        yield _Kind("NC203", told, above)


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
