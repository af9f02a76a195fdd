"""The door for frames: columns made exact by the declarations of their facts, and everything wrong with them told.

Whole numbers become Int64, decimals Int64 times a power of ten. Nothing is computed before units and years are checked
to be there once each, and values to lie in their declared ranges.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from importlib import import_module
from typing import assert_never

import narwhals as nw
from attrs import field, frozen

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.frames import Frame, collected
from ncriteria.evaluation.columns.matching import Matched
from ncriteria.evaluation.program.extents import INT64, Extent
from ncriteria.facts.table import FactsError
from ncriteria.sets.model import FactDeclaration, FactType

_SHOWN = 5
"""How many rows an error names of each kind."""
_YEARS = (1900, 2199)
"""The first and the last year that a table may have, as in files."""


@frozen
class Admitted:
    """A frame whose columns of facts are exact.

    `facts` and `last_year` are the columns by fact; `scales` is the factor of each number, `extents` where its values
    lie once multiplied; `years` is where the years lie. `is_sorted` is set where the rows come sorted by unit and year,
    in an order that stays.
    """

    frame: Frame
    matched: Matched
    facts: Mapping[str, str]
    last_year: Mapping[str, str]
    scales: Mapping[str, int]
    extents: Mapping[str, Extent]
    years: Extent
    is_sorted: bool = False


@frozen
class _Source:
    """One column of a frame that holds a fact, with the way to make it exact."""

    declaration: FactDeclaration
    heading: str
    dtype: nw.dtypes.DType
    scale: int
    name: str

    @property
    def is_number(self) -> bool:
        return self.declaration.type in (FactType.COUNT, FactType.NUMBER)


@frozen
class _Run:
    frame: Frame
    matched: Matched
    problems: list[Problem] = field(factory=list)

    def report(self, code: str, message: str, heading: str | None, hint: str | None = None) -> None:
        self.problems.append(Problem(code, message, CellPlace(heading=heading), hint))


class Decomposed(Exception):  # noqa: N818 (it is not an error: the caller composes the identifiers and comes again)
    """Identifiers of units are written with combining marks; `headings` are their columns."""

    def __init__(self, headings: list[str]) -> None:
        self.headings = headings
        super().__init__(headings)


def admit(
    frame: Frame,
    matched: Matched,
    declarations: Mapping[str, FactDeclaration],
    prefix: str,
    *,
    in_order: bool = False,
) -> Admitted:
    """`frame` with exact columns whose names begin with `prefix`; raises `FactsError` with all that is wrong.

    `in_order` says that the rows come in the same order every time. Raises `Decomposed` where identifiers of units are
    not in composed form (NFC), before anything else.
    """
    run = _Run(frame, matched)
    schema = frame.collect_schema()
    own = _sources(run, matched.facts, declarations, schema, f"{prefix}this_")
    last = _sources(run, matched.last_year, declarations, schema, f"{prefix}last_")
    _check_key_types(run, schema)
    if run.problems:
        raise FactsError(run.problems)
    scales = {source.declaration.name: source.scale for source in (*own, *last) if source.is_number}
    own, last = ([_at_scale(source, scales) for source in sources] for sources in (own, last))
    measured = _measured(run, [*own, *last], schema)
    if marked := [heading for heading in _texts(matched, schema) if measured[f"{heading} is decomposed"]]:
        raise Decomposed(marked)
    _check_years(run, measured)
    is_sorted = in_order and not measured["some row has no key"] and _is_sorted(run)
    if not is_sorted:
        _check_keys(run, measured)
    extents = _extents(run, [*own, *last], measured)
    if run.problems:
        raise FactsError(run.problems)
    exact = [_exact(source).alias(source.name) for source in (*own, *last) if source.name != source.heading]
    return Admitted(
        frame.with_columns(*exact) if exact else frame,
        matched,
        {source.declaration.name: source.name for source in own},
        {source.declaration.name: source.name for source in last},
        scales,
        extents,
        Extent(_whole(measured["least year"]), _whole(measured["greatest year"])),
        is_sorted,
    )


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def _texts(matched: Matched, schema: nw.Schema) -> list[str]:
    """The columns of identifiers that are texts."""
    return [name for name in (matched.unit, matched.parent) if name is not None and schema[name] == nw.String]


def _measured(run: _Run, sources: list[_Source], schema: nw.Schema) -> Mapping[str, object]:
    """All that one pass over the frame tells: missing keys, decomposed identifiers, years, and the values of facts."""
    unit, year = nw.col(run.matched.unit), nw.col(run.matched.year)
    keys = [
        (unit.is_null() | year.is_null()).any().alias("some row has no key"),
        year.min().alias("least year"),
        year.max().alias("greatest year"),
    ]
    marks = [_is_decomposed(name).any().alias(f"{name} is decomposed") for name in _texts(run.matched, schema)]
    values = [measure for source in sources for measure in _measures(source)]
    return collected(run.frame.select(*keys, *marks, *values)).rows(named=True)[0]


def _is_decomposed(name: str) -> nw.Expr:
    return nw.col(name).str.contains("[\u0300-\u036f]")


def _is_sorted(run: _Run) -> bool:
    """Whether the rows of a Polars frame are sorted by unit and year, none of them there twice."""
    frame = run.frame.to_native()
    if run.frame.implementation is not nw.Implementation.POLARS:
        return False
    polars = import_module("polars")
    unit, year = polars.col(run.matched.unit), polars.col(run.matched.year)
    dtype = frame.collect_schema()[run.matched.unit]
    if not (dtype == polars.String or dtype.is_integer()):
        return False
    follows = (unit > unit.shift()) | ((unit == unit.shift()) & (year > year.shift()))
    return bool(frame.select(follows.all()).collect(engine="streaming").item())


def _at_scale(source: _Source, scales: Mapping[str, int]) -> _Source:
    """`source` with the greatest scale that any column of its fact has."""
    if not source.is_number:
        return source
    return _Source(source.declaration, source.heading, source.dtype, scales[source.declaration.name], source.name)


def _sources(
    run: _Run,
    headings: Mapping[str, str],
    declarations: Mapping[str, FactDeclaration],
    schema: nw.Schema,
    prefix: str,
) -> list[_Source]:
    found = []
    for number, (name, heading) in enumerate(headings.items()):
        declaration, dtype = declarations[name], schema[heading]
        if (problem := _type_problem(declaration, dtype)) is not None:
            run.report(
                "NC240", f"`{name}` is {_EXPECTED[declaration.type]}; the column has the type {dtype}", heading, problem
            )
            continue
        scale = _scale(declaration, dtype)
        is_exact = scale == 1 and dtype in _EXACT and run.frame.implementation in _PLAIN_NAMES
        found.append(_Source(declaration, heading, dtype, scale, heading if is_exact else f"{prefix}{number}"))
    return found


_EXACT = (nw.Int64, nw.Boolean, nw.String, nw.Date)
"""Types that engines compute with as they are."""
_PLAIN_NAMES = (nw.Implementation.POLARS, nw.Implementation.DUCKDB)
"""Engines that take any name of a column; elsewhere columns are copied under plain names."""


_EXPECTED = {
    FactType.COUNT: "a whole number of zero or more",
    FactType.NUMBER: "a number",
    FactType.BOOLEAN: "true or false",
    FactType.ENUMERATION: "one of its values",
    FactType.DATE: "a calendar day",
}


def _is_blank(dtype: nw.dtypes.DType) -> bool:
    """Whether a column of this type has nothing but missing values."""
    return dtype in (nw.Unknown, nw.Object)


def _type_problem(declaration: FactDeclaration, dtype: nw.dtypes.DType) -> str | None:
    """The hint for a column that cannot hold the fact; `None` where it can."""
    if _is_blank(dtype):
        return None
    match declaration.type:
        case FactType.COUNT | FactType.NUMBER:
            text = "read text as numbers first; ncriteria.read_facts does so by the rules of Vietnamese numerals"
            return None if dtype.is_numeric() else text
        case FactType.BOOLEAN:
            return None if dtype == nw.Boolean else "make the column boolean first"
        case FactType.ENUMERATION:
            return None if dtype in (nw.String, nw.Categorical, nw.Enum) else "make the column text first"
        case FactType.DATE:
            return None if dtype == nw.Date else "make the column a column of dates first"
        case _:
            assert_never(declaration.type)


def _scale(declaration: FactDeclaration, dtype: nw.dtypes.DType) -> int:
    """The factor that makes the values of a column whole."""
    decimals = declaration.decimals or 0
    if declaration.decimals is None and declaration.type is FactType.NUMBER and isinstance(dtype, nw.Decimal):
        decimals = dtype.scale
    return int(10**decimals)


def _check_key_types(run: _Run, schema: nw.Schema) -> None:
    if not schema[run.matched.year].is_integer():
        found = schema[run.matched.year]
        run.report("NC240", f"years are whole numbers; the column has the type {found}", run.matched.year)
    unit = schema[run.matched.unit]
    if not (unit.is_integer() or unit in (nw.String, nw.Categorical, nw.Enum)):
        run.report("NC240", f"units are texts or whole numbers; the column has the type {unit}", run.matched.unit)


def _check_keys(run: _Run, measured: Mapping[str, object]) -> None:
    """Every row has a unit and a year, and no two rows have the same."""
    unit, year = nw.col(run.matched.unit), nw.col(run.matched.year)
    if measured["some row has no key"]:
        nameless = first_rows(run.frame.filter(unit.is_null() | year.is_null()).select(unit, year))
        run.report("NC213", f"{_rows(nameless)} without unit or year", run.matched.unit)
    counted = run.frame.group_by(run.matched.unit, run.matched.year).agg(nw.len().alias("rows"))
    for found_unit, found_year, _ in first_rows(counted.filter(nw.col("rows") > 1)):
        run.report("NC230", f"{found_unit} stands twice in {found_year}", run.matched.unit)


def _check_years(run: _Run, measured: Mapping[str, object]) -> None:
    """Years have four digits, as in files: 23 would be a year that no set holds for, and never be judged."""
    least, greatest = _whole(measured["least year"]), _whole(measured["greatest year"])
    if least is None or greatest is None or (least >= _YEARS[0] and greatest <= _YEARS[1]):
        return
    year = nw.col(run.matched.year)
    wrong = run.frame.filter((year < _YEARS[0]) | (year > _YEARS[1])).select(run.matched.unit, run.matched.year)
    for unit, found in first_rows(wrong):
        run.report("NC213", f"expected a year of four digits, found {found} ({unit})", run.matched.year)


def first_rows(frame: Frame) -> list[tuple[object, ...]]:
    """The first rows of a frame, for the message of an error."""
    return collected(frame.head(_SHOWN)).rows()


def _rows(found: list[tuple[object, ...]]) -> str:
    return "there is a row" if len(found) == 1 else f"there are {len(found)} rows or more"


def _extents(run: _Run, sources: list[_Source], measured: Mapping[str, object]) -> dict[str, Extent]:
    """The extents of the numbers, where nothing is wrong with them."""
    extents: dict[str, Extent] = {}
    for source in sources:
        if _is_wrong(source, measured):
            run.problems.extend(_located(run, source))
        elif source.is_number:
            found = _extent(source, measured)
            known = extents.setdefault(source.declaration.name, found)
            extents[source.declaration.name] = _hull(known, found)
    return extents


def _measures(source: _Source) -> Iterator[nw.Expr]:
    column = nw.col(source.heading)
    if source.is_number and not _is_blank(source.dtype):
        yield column.min().alias(f"{source.name}_least")
        yield column.max().alias(f"{source.name}_greatest")
    wrong = _wrong(source)
    if wrong is not None:
        yield wrong.cast(nw.Int64()).sum().alias(f"{source.name}_wrong")


def _wrong(source: _Source) -> nw.Expr | None:
    """Where a value is not exact, or none of its values; ranges are seen from the extents."""
    column = nw.col(source.heading)
    match source.declaration.type:
        case FactType.COUNT | FactType.NUMBER if source.dtype.is_float():
            # Divided by a column and not by a constant, which Polars would turn into a product with its reciprocal.
            nearest = (column * source.scale).round(0) / (column * 0 + source.scale)
            return column.is_nan() | ~column.is_finite() | (nearest != column)
        case FactType.COUNT | FactType.NUMBER if isinstance(source.dtype, nw.Decimal):
            decimals = len(str(source.scale)) - 1
            return None if source.dtype.scale <= decimals else column.round(decimals) != column
        case FactType.ENUMERATION if not _is_blank(source.dtype):
            return ~column.cast(nw.String()).is_in(list(source.declaration.options))
        case _:
            return None


def _is_wrong(source: _Source, measured: Mapping[str, object]) -> bool:
    if measured.get(f"{source.name}_wrong"):
        return True
    if not source.is_number or _is_blank(source.dtype):
        return False
    least, greatest = (_number(measured[f"{source.name}_{end}"]) for end in ("least", "greatest"))
    declared, fits = source.declaration, Fraction(INT64, source.scale)
    lows = [-fits] if declared.minimum is None else [-fits, declared.minimum]
    highs = [fits] if declared.maximum is None else [fits, declared.maximum]
    return (least is not None and least < max(lows)) or (greatest is not None and greatest > min(highs))


def _number(value: object) -> Fraction | None:
    """A measured end as it is."""
    return None if value is None else Fraction(str(value))


def _extent(source: _Source, measured: Mapping[str, object]) -> Extent:
    if _is_blank(source.dtype):
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


def _located(run: _Run, source: _Source) -> Iterator[Problem]:
    """What is wrong with the values of a column, each kind with the first rows that have it."""
    declaration, column = source.declaration, nw.col(source.heading)
    wrong = _wrong(source)
    kinds: list[tuple[str, str, nw.Expr, str | None]] = []
    low, high = declaration.minimum, declaration.maximum
    if wrong is not None and declaration.type is FactType.ENUMERATION:
        listed = ", ".join(declaration.options)
        kinds.append(("NC206", "is none of the values of this fact", wrong, f"the values are: {listed}"))
    elif wrong is not None:
        hint = "declare the decimals of the fact, or give whole numbers; leave blank what is unknown"
        float_told = "is not exact: a float is taken only where it is whole or has declared decimals"
        told = float_told if source.dtype.is_float() else f"has more decimals than `{declaration.name}` declares"
        kinds.append(("NC241", told, wrong, hint))
    if source.is_number:
        kinds.append(("NC241", "does not fit into 64 bits", _is_beyond(source), "see that the number is right"))
    if source.is_number and low is not None:
        message = f"is less than {low}, the least that `{declaration.name}` can be"
        kinds.append(("NC203", message, column < _plain(low), None))
    if source.is_number and high is not None:
        message, above = f"is more than {high}, the most that `{declaration.name}` can be", column > _plain(high)
        # Engines take NaN for the greatest number.
        kinds.append(("NC203", message, above & ~column.is_nan() if source.dtype.is_float() else above, None))
    for code, told, where, advice in kinds:
        shown = run.frame.filter(where).select(run.matched.unit, run.matched.year, source.heading)
        for unit, year, value in first_rows(shown):
            place = CellPlace(heading=source.heading)
            yield Problem(code, f"{value} ({unit}, {year}) {told}", place, advice)


def _is_beyond(source: _Source) -> nw.Expr:
    """Whether a number cannot be computed with in Int64, once it is made whole."""
    column, most = nw.col(source.heading), INT64 // source.scale
    if source.dtype.is_float():
        return column.is_finite() & ((column >= float(most)) | (column <= -float(most)))
    return (column > most) | (column < -most) if _is_signed(source.dtype) else column > most


def _is_signed(dtype: nw.dtypes.DType) -> bool:
    return dtype not in (nw.UInt8, nw.UInt16, nw.UInt32, nw.UInt64)


def _plain(bound: Fraction) -> int | float:
    return int(bound) if bound.denominator == 1 else float(bound)


def _exact(source: _Source) -> nw.Expr:
    """The column in the type that the engines compute with."""
    column = nw.col(source.heading)
    match source.declaration.type:
        case FactType.COUNT | FactType.NUMBER:
            if _is_blank(source.dtype):
                return nw.lit(None, dtype=nw.Int64())
            if source.dtype.is_integer():
                return column.cast(nw.Int64()) * source.scale if source.scale != 1 else column.cast(nw.Int64())
            scaled = column * source.scale
            return (scaled.round(0) if source.dtype.is_float() else scaled).cast(nw.Int64())
        case FactType.BOOLEAN:
            return nw.lit(None, dtype=nw.Boolean()) if _is_blank(source.dtype) else column
        case FactType.ENUMERATION:
            return column.cast(nw.String())
        case FactType.DATE:
            return nw.lit(None, dtype=nw.Date()) if _is_blank(source.dtype) else column
        case _:
            assert_never(source.declaration.type)


def python_value(declaration: FactDeclaration, value: object, scale: int) -> Fraction | bool | str | datetime.date:
    """A value of an exact column as the record evaluator takes it."""
    if declaration.type in (FactType.COUNT, FactType.NUMBER):
        assert isinstance(value, int)
        return Fraction(value, scale)
    assert isinstance(value, (bool, str, datetime.date))
    return value
