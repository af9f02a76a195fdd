"""The columns of a frame that hold facts: what types they may have, and how their values are made exact."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import assert_never

import narwhals as nw
from attrs import evolve

from ncriteria.errors import CellPlace, Problem
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration, FactType
from ncriteria.words import Phrase, phrase


@frozen
class Source:
    """One column of a frame that holds a fact: `heading` as it came, `name` once it is exact.

    `decimals` is how many decimals of its values count, `None` where that rests on the values (`measuring`).
    """

    declaration: FactDeclaration
    heading: str
    dtype: nw.dtypes.DType
    decimals: int | None
    name: str

    @property
    def is_number(self) -> bool:
        """Whether the fact is a number."""
        return self.declaration.type in (FactType.COUNT, FactType.NUMBER)

    @property
    def is_blank(self) -> bool:
        """Whether the column has nothing but missing values, by its type."""
        return self.dtype in (nw.Unknown, nw.Object)

    @property
    def scale(self) -> int:
        """The factor that makes the values whole."""
        return int(10 ** (self.decimals or 0))

    @property
    def is_exact(self) -> bool:
        """Whether engines can compute with the column as it came."""
        is_plain = self.decimals == 0 and self.dtype in (nw.Int64, nw.Boolean, nw.String, nw.Date)
        return is_plain and not self.titles

    @property
    def titles(self) -> Mapping[str, str]:
        """The options of an enumeration by their titles, which stand for them."""
        titles = self.declaration.option_titles.items()
        return {name: option for option, title in titles for name in (title.vi, title.en) if name != option}


EXPECTED: Mapping[FactType, Phrase] = {
    FactType.COUNT: phrase("a whole number of zero or more"),
    FactType.NUMBER: phrase("a number"),
    FactType.BOOLEAN: phrase("true or false"),
    FactType.ENUMERATION: phrase("one of its values"),
    FactType.DATE: phrase("a calendar day"),
}


def sources_of(
    headings: Mapping[str, str],
    declarations: Mapping[str, FactDeclaration],
    schema: nw.Schema,
    prefix: str,
    problems: list[Problem],
) -> Iterator[Source]:
    """The columns `headings`, by fact; columns of a wrong type are reported in `problems`."""
    for number, (name, heading) in enumerate(headings.items()):
        declaration, dtype = declarations[name], schema[heading]
        source = Source(declaration, heading, dtype, _decimals(declaration, dtype), f"{prefix}{number}")
        hint = _type_hint(source)
        if hint is not None:
            message = phrase(
                "`{fact}` is {expected}; the column has the type {type}",
                fact=name,
                expected=EXPECTED[declaration.type],
                type=str(dtype),
            )
            problems.append(Problem("NC240", message, CellPlace(heading=heading), hint))
        else:
            yield source


def _decimals(declaration: FactDeclaration, dtype: nw.dtypes.DType) -> int | None:
    if declaration.type is not FactType.NUMBER:
        return 0
    if declaration.decimals is None and isinstance(dtype, nw.Decimal):
        return None if dtype.scale > 0 else 0
    return declaration.decimals or 0


def _type_hint(source: Source) -> Phrase | None:
    """What to do with a column that cannot hold the fact; `None` where it can."""
    dtype = source.dtype
    if source.is_blank:
        return None
    match source.declaration.type:
        case FactType.COUNT | FactType.NUMBER:
            if dtype.is_numeric():
                return None
            return phrase(
                "read text as numbers first; ncriteria.read_facts does so by the rules of Vietnamese numerals"
            )
        case FactType.BOOLEAN:
            return None if dtype == nw.Boolean else phrase("make the column boolean first")
        case FactType.ENUMERATION:
            return None if dtype in (nw.String, nw.Categorical, nw.Enum) else phrase("make the column text first")
        case FactType.DATE if isinstance(dtype, nw.Datetime) and dtype.time_zone is not None:
            return phrase("make the column a column of dates first: what day a moment lies on rests on the time zone")
        case FactType.DATE:
            return None if dtype in (nw.Date, nw.Datetime) else phrase("make the column a column of dates first")
        case _:
            assert_never(source.declaration.type)


def at_one_scale(sources: list[Source]) -> list[Source]:
    """The sources, those of one fact with as many decimals as any of them has."""
    most: dict[str, int] = {}
    for source in sources:
        name = source.declaration.name
        most[name] = max(most.get(name, 0), source.decimals or 0)
    return [evolve(source, decimals=most[source.declaration.name]) for source in sources]


def exact(source: Source) -> nw.Expr:
    """The column in the type that the engines compute with."""
    column, dtype = nw.col(source.heading), source.dtype
    match source.declaration.type:
        case FactType.COUNT | FactType.NUMBER:
            if source.is_blank:
                return nw.lit(None, dtype=nw.Int64())
            if dtype.is_float():
                return (column * source.scale).round(0).cast(nw.Int64())
            if isinstance(dtype, nw.Decimal):
                # Digits that are all 0 are dropped first, so that the product has room for its own.
                column = column.cast(nw.Decimal(38, min(dtype.scale, source.decimals or 0)))
                return (column * source.scale).cast(nw.Int64())
            return column.cast(nw.Int64()) * source.scale if source.scale != 1 else column.cast(nw.Int64())
        case FactType.BOOLEAN:
            return nw.lit(None, dtype=nw.Boolean()) if source.is_blank else column
        case FactType.ENUMERATION:
            option = column.cast(nw.String())
            for title, meant in source.titles.items():
                option = nw.when(option == title).then(nw.lit(meant)).otherwise(option)
            return option
        case FactType.DATE:
            return nw.lit(None, dtype=nw.Date()) if source.is_blank else column.cast(nw.Date())
        case _:
            assert_never(source.declaration.type)


def python_value(declaration: FactDeclaration, value: object, scale: int) -> Fraction | bool | str | datetime.date:
    """A value of an exact column as the record evaluator takes it."""
    if declaration.type in (FactType.COUNT, FactType.NUMBER):
        assert isinstance(value, int)
        return Fraction(value, scale)
    assert isinstance(value, (bool, str, datetime.date))
    return value
