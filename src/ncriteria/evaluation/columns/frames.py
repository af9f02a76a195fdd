"""Frames of any kind made lazy for computing, and given back as the kind that came.

Frames in memory are computed on Polars, which shares the memory of Arrow; DuckDB and Spark compute on their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TypeAlias

import narwhals as nw
from attrs import field, frozen
from narwhals.exceptions import DuplicateError

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.table import FactsError

Frame: TypeAlias = "nw.LazyFrame[Any]"
NativeFrame: TypeAlias = Any
"""A frame of any library that narwhals takes: Polars, pandas, PyArrow, DuckDB, PySpark and others."""


@frozen
class Opened:
    """A frame made lazy; `close` gives the computed frame, with the added columns, back as the kind that came.

    `is_eager` is set where the rows are in memory, so that errors in rules can be found at once; `in_order` where they
    come in the same order every time that they are read, as those in memory and in files do.
    """

    frame: Frame
    is_eager: bool
    close: Callable[[Frame, list[str]], NativeFrame]
    in_order: bool = False
    names: Mapping[str, str] = field(factory=dict)

    def heading(self, column: str) -> str:
        """The heading that a column came with; `names` has those that the engine takes under another name only."""
        return self.names.get(column, column)

    @property
    def is_polars(self) -> bool:
        """Whether the computing is done by Polars."""
        return self.frame.implementation is nw.Implementation.POLARS


def open_frame(native: NativeFrame) -> Opened:
    """The frame that a caller gives; raises `FactsError` where it is none."""
    try:
        frame = nw.from_native(native)
        frame.collect_schema()
    except DuplicateError:
        raise FactsError(Problem("NC211", "several columns of the frame have one name", None, "rename one")) from None
    except TypeError:
        kinds = "Polars, pandas, PyArrow, DuckDB relations, PySpark"
        message = f"`{type(native).__name__}` is no frame"
        raise FactsError(Problem("NC242", message, None, f"the frames that are taken: {kinds}")) from None
    if isinstance(frame, nw.LazyFrame) and frame.implementation.is_pyspark():
        return _plainly_named(frame)
    if isinstance(frame, nw.LazyFrame):
        lazy, names = _without_patterns(frame)
        in_order = _is_plain_scan(frame)
        return Opened(lazy, False, lambda computed, _: computed.to_native(), in_order=in_order, names=names)
    if frame.implementation is nw.Implementation.POLARS:
        lazy, names = _without_patterns(frame.lazy())
        return Opened(lazy, True, lambda computed, _: computed.collect().to_native(), in_order=True, names=names)
    return _through_polars(frame)


def _without_patterns(frame: Frame) -> tuple[Frame, dict[str, str]]:
    """A frame of Polars without names that Polars would read as patterns of names (`*`, `^...$`), and those names."""
    if frame.implementation is not nw.Implementation.POLARS:
        return frame, {}
    headings = frame.collect_schema().names()
    patterns = [name for name in headings if name == "*" or (name.startswith("^") and name.endswith("$"))]
    if not patterns:
        return frame, {}
    plain = {name: f"__ncriteria_column_{number}" for number, name in enumerate(patterns)}
    renamed: Frame = nw.from_native(frame.to_native().rename(plain))
    return renamed, {column: name for name, column in plain.items()}


def _plainly_named(frame: Frame) -> Opened:
    """A frame of Spark, where a dot in the name of a column would ask for a part of it."""
    headings = frame.collect_schema().names()
    plain = [f"__ncriteria_column_{number}" if "." in name else name for number, name in enumerate(headings)]
    names = {column: heading for column, heading in zip(plain, headings, strict=True) if column != heading}
    renamed: Frame = nw.from_native(frame.to_native().toDF(*plain)) if names else frame
    return Opened(renamed, False, lambda computed, _: computed.to_native(), names=names)


def _is_plain_scan(frame: Frame) -> bool:
    """Whether a lazy frame is a file of Polars and nothing else, whose rows come in the same order every time."""
    if frame.implementation is not nw.Implementation.POLARS:
        return False
    plan: list[str] = frame.to_native().explain(optimized=False).splitlines()
    return plan[0].startswith("Parquet SCAN") and not any(line.startswith(" ") for line in plan)


def collected(frame: Frame) -> nw.DataFrame[Any]:
    """The rows of a small result; Polars finds them without bringing all that they rest on into memory."""
    if frame.implementation is nw.Implementation.POLARS:
        return frame.collect(engine="streaming")
    return frame.collect()


def _through_polars(frame: nw.DataFrame[Any]) -> Opened:
    """A frame of pandas, PyArrow or another library in memory; only the added columns go back into it."""
    _refuse_unclear_missing(frame)
    polars = import_module("polars")
    lazy, names = _without_patterns(nw.from_native(polars.from_arrow(_arrow_of(frame)).lazy()))

    def close(computed: Frame, added: list[str]) -> NativeFrame:
        columns = computed.select(*added).collect().to_arrow()
        found = nw.from_arrow(columns, backend=frame.implementation)
        return _beside(frame, found)

    return Opened(lazy, True, close, in_order=True, names=names)


def _arrow_of(frame: nw.DataFrame[Any]) -> Any:
    """The rows in Arrow; raises `FactsError` where a column holds values of several types."""
    try:
        return frame.to_arrow()
    except Exception as error:
        if not type(error).__module__.startswith("pyarrow"):
            raise
        hint = "give each column one type, and leave blank what is unknown"
        told = ": ".join(str(part) for part in error.args)
        raise FactsError(Problem("NC240", f"a column has values of several types: {told}", None, hint)) from None


def _beside(frame: nw.DataFrame[Any], added: nw.DataFrame[Any]) -> NativeFrame:
    """`frame` with further columns; rows of pandas keep their index."""
    native = added.to_native()
    if hasattr(native, "index"):
        native.index = frame.to_native().index
    return nw.concat([frame, nw.from_native(native)], how="horizontal").to_native()


def _refuse_unclear_missing(frame: nw.DataFrame[Any]) -> None:
    """Refuse a column of NumPy floats with NaN: whether a value is missing or not a number cannot be told there."""
    if not frame.implementation.is_pandas_like():
        return
    native = frame.to_native()
    unclear = [
        str(name)
        for name, dtype in native.dtypes.items()
        if getattr(dtype, "kind", "") == "f"
        and type(dtype).__module__.startswith("numpy")
        and native[name].isna().any()
    ]
    if unclear:
        hint = 'make missing values clear first: frame.convert_dtypes(dtype_backend="pyarrow")'
        message = "NaN in a column of NumPy floats may be a missing value or no number at all"
        raise FactsError([Problem("NC241", message, CellPlace(heading=name), hint) for name in unclear])


def as_polars(opened: Opened) -> Opened:
    """The same frame computed by Polars, for what its own engine cannot do exactly; all its rows come into memory."""
    implementation, native = opened.frame.implementation, opened.frame.to_native()
    if implementation is nw.Implementation.POLARS:
        return opened
    polars = import_module("polars")
    lazy = nw.from_native(polars.from_arrow(opened.frame.collect("pyarrow").to_arrow()).lazy())

    is_duckdb = implementation is nw.Implementation.DUCKDB

    def close(computed: Frame, _: list[str]) -> NativeFrame:
        arrow = computed.collect().to_arrow()
        if is_duckdb:
            return import_module("duckdb").from_arrow(arrow)
        return native.sparkSession.createDataFrame(_plain_texts(arrow))

    return Opened(lazy, False, close, names=opened.names)


def _plain_texts(arrow: Any) -> Any:
    """An Arrow table without dictionaries, which Spark does not take."""
    pyarrow = import_module("pyarrow")
    fields = [
        pyarrow.field(field.name, pyarrow.string()) if pyarrow.types.is_dictionary(field.type) else field
        for field in arrow.schema
    ]
    return arrow.cast(pyarrow.schema(fields))
