"""A column of pandas, PyArrow or another library in memory as one of Polars, by way of Arrow."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import narwhals as nw

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.table import FactsError
from ncriteria.words import Phrase, phrase

_MOST_DIGITS = 38
"""The digits that a decimal of Polars, DuckDB and Spark has at most."""


def column_of_polars(series: nw.Series[Any], heading: str) -> Any:
    """The values of `series` in Polars, each exactly what it was; raises `FactsError` where that cannot be.

    Categories become what they stand for. A type that no fact and no identifier has is refused here, for not all of
    them can be brought into Polars.
    """
    polars, types = import_module("polars"), import_module("pyarrow").types
    column = _plain(_arrow_of(series, heading))
    kind = column.type
    if types.is_decimal(kind):
        column = _within_digits(column, heading)
    elif types.is_float16(kind):
        column = column.cast(import_module("pyarrow").float32())
    elif not _is_taken(kind):
        message = phrase("a fact, a unit or a year cannot be of the type {type}", type=str(kind))
        hint = phrase("give the column a type of numbers, truths, texts or dates")
        raise _refused("NC240", message, heading, hint)
    return polars.from_arrow(column)


def _arrow_of(series: nw.Series[Any], heading: str) -> Any:
    """The values in Arrow; raises `FactsError` where they are of several types."""
    native = series.to_native()
    if getattr(getattr(native, "dtype", None), "name", "").startswith("Sparse"):
        native = native.sparse.to_dense()
    try:
        return nw.from_native(native, series_only=True).to_arrow()
    except Exception as error:
        if not type(error).__module__.startswith("pyarrow"):
            raise
        told = ": ".join(str(part) for part in error.args)
        message = phrase("the column has values of several types: {told}", told=told)
        hint = phrase("give the column one type, and leave blank what is unknown")
        raise _refused("NC240", message, heading, hint) from None


def _plain(column: Any) -> Any:
    """The column without dictionaries, run lengths and types of an extension."""
    pyarrow, compute = import_module("pyarrow"), import_module("pyarrow.compute")
    while True:
        kind = column.type
        is_extension, is_run = isinstance(kind, pyarrow.BaseExtensionType), pyarrow.types.is_run_end_encoded(kind)
        if not (is_extension or is_run or pyarrow.types.is_dictionary(kind)):
            return column
        if isinstance(column, pyarrow.ChunkedArray):
            column = column.combine_chunks()
        column = (
            column.storage if is_extension else compute.run_end_decode(column) if is_run else column.dictionary_decode()
        )


def _within_digits(column: Any, heading: str) -> Any:
    """A column of decimals with the digits that every engine can compute with."""
    pyarrow = import_module("pyarrow")
    try:
        return column.cast(pyarrow.decimal128(_MOST_DIGITS, max(0, min(column.type.scale, _MOST_DIGITS))))
    except pyarrow.ArrowInvalid:
        message = phrase(
            "the column has decimals of more than {most} digits ({type})", most=_MOST_DIGITS, type=str(column.type)
        )
        raise _refused(
            "NC241", message, heading, phrase("make it decimal128({most}, ...)", most=_MOST_DIGITS)
        ) from None


def _is_taken(kind: Any) -> bool:
    types = import_module("pyarrow").types
    return any(
        is_one(kind)
        for is_one in (
            types.is_null,
            types.is_boolean,
            types.is_integer,
            types.is_floating,
            types.is_string,
            types.is_large_string,
            types.is_string_view,
            types.is_date,
            types.is_timestamp,
        )
    )


def _refused(code: str, message: Phrase, heading: str, hint: Phrase) -> FactsError:
    return FactsError(Problem(code, message, CellPlace(heading=heading), hint))
