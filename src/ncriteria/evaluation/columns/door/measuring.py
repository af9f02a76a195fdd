"""What the columns of facts hold: where their values lie, and whether one of them is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import narwhals as nw
from attrs import evolve

from ncriteria.evaluation.columns.door.sources import Source
from ncriteria.evaluation.program.extents import INT64, Extent
from ncriteria.sets.model import FactType


def measures(source: Source) -> Iterator[nw.Expr]:
    """What one pass over the frame must tell of a column."""
    column = nw.col(source.heading)
    if source.is_number and not source.is_blank:
        yield column.min().alias(f"{source.name}_least")
        yield column.max().alias(f"{source.name}_greatest")
    if source.decimals is None:
        for decimals in _possible(source):
            yield (column.round(decimals) != column).any().alias(f"{source.name}_beyond_{decimals}")
    wrong = wrong_value(source)
    if wrong is not None:
        yield wrong.any().alias(f"{source.name}_wrong")


def _possible(source: Source) -> range:
    assert isinstance(source.dtype, nw.Decimal)
    return range(source.dtype.scale)


def with_decimals(source: Source, measured: Mapping[str, object]) -> Source:
    """`source` with the fewest decimals that hold each of its values: 12.5 has one, whatever its column could hold."""
    if source.decimals is not None:
        return source
    assert isinstance(source.dtype, nw.Decimal)
    enough = (decimals for decimals in _possible(source) if not measured[f"{source.name}_beyond_{decimals}"])
    return evolve(source, decimals=next(enough, source.dtype.scale))


def wrong_value(source: Source) -> nw.Expr | None:
    """Where a value is not exact, or none of its values; ranges are seen from the extents."""
    column = nw.col(source.heading)
    match source.declaration.type:
        case FactType.COUNT | FactType.NUMBER if source.dtype.is_float():
            # Divided by a column and not by a constant, which Polars would turn into a product with its reciprocal.
            nearest = (column * source.scale).round(0) / (column * 0 + source.scale)
            return column.is_nan() | ~column.is_finite() | (nearest != column)
        case FactType.COUNT | FactType.NUMBER if isinstance(source.dtype, nw.Decimal):
            decimals = source.decimals
            return None if decimals is None or source.dtype.scale <= decimals else column.round(decimals) != column
        case FactType.ENUMERATION if not source.is_blank:
            return ~column.cast(nw.String()).is_in([*source.declaration.options, *source.titles])
        case FactType.DATE if isinstance(source.dtype, nw.Datetime):
            return column.dt.truncate("1d") != column
        case _:
            return None


def is_wrong(source: Source, measured: Mapping[str, object]) -> bool:
    """Whether a value of the column is wrong."""
    if measured.get(f"{source.name}_wrong"):
        return True
    if not source.is_number or source.is_blank:
        return False
    least, greatest = (_number(measured[f"{source.name}_{end}"]) for end in ("least", "greatest"))
    declared, fits = source.declaration, Fraction(INT64, source.scale)
    lows = [-fits] if declared.minimum is None else [-fits, declared.minimum]
    highs = [fits] if declared.maximum is None else [fits, declared.maximum]
    return (least is not None and least < max(lows)) or (greatest is not None and greatest > min(highs))


def _number(value: object) -> Fraction | None:
    """A measured end as it is."""
    return None if value is None else Fraction(str(value))


def extents_of(sources: list[Source], measured: Mapping[str, object]) -> dict[str, Extent]:
    """Where the values of each number lie, once they are whole."""
    extents: dict[str, Extent] = {}
    for source in sources:
        if source.is_number:
            found = _extent(source, measured)
            extents[source.declaration.name] = _hull(extents.setdefault(source.declaration.name, found), found)
    return extents


def holds_numbers(source: Source, measured: Mapping[str, object]) -> bool:
    """Whether a column has a number at all."""
    return source.is_number and not source.is_blank and measured[f"{source.name}_least"] is not None


def _extent(source: Source, measured: Mapping[str, object]) -> Extent:
    if source.is_blank:
        return Extent(0, 0)
    ends = [_number(measured[f"{source.name}_{end}"]) for end in ("least", "greatest")]
    least, greatest = (0 if end is None else int(end * source.scale) for end in ends)
    return Extent(least, greatest)


def _hull(one: Extent, other: Extent) -> Extent:
    assert one.least is not None
    assert one.greatest is not None
    assert other.least is not None
    assert other.greatest is not None
    return Extent(min(one.least, other.least), max(one.greatest, other.greatest))
