"""Frames of any kind made lazy for computing, and given back as the kind that came.

Frames in memory are computed on Polars, which shares the memory of Arrow; DuckDB and Spark compute on their own. While
a frame is judged, its columns have plain names (`ncriteria.evaluation.columns.naming`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeAlias

import narwhals as nw
from attrs import evolve
from narwhals.exceptions import DuplicateError

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.arrow import column_of_polars
from ncriteria.evaluation.columns.naming import PREFIX, heading_of, plain_names
from ncriteria.facts.table import FactsError
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

Frame: TypeAlias = "nw.LazyFrame[Any]"
NativeFrame: TypeAlias = Any
"""A frame: of Polars, pandas, PyArrow or others in memory, DuckDB, PySpark, Ibis, SQLFrame."""
Wanted: TypeAlias = Callable[[Sequence[str]], Collection[str]]
"""Which of the headings of a frame are those of units, years and facts."""


@frozen
class Opened:
    """A frame made lazy; `close` gives the computed frame, with the added columns, back as the kind that came.

    `headings` are all that came; `names` has the heading of each column of `frame`, `wanted` the columns of units,
    years and facts. Other columns may not be in `frame`: then they stay where they are. `is_eager` is set where the
    rows are in memory, so that errors in rules can be found at once; `in_order` where they come in the same order every
    time that they are read, as those in memory and in files do.
    """

    frame: Frame
    headings: tuple[str, ...]
    names: Mapping[str, str]
    wanted: tuple[str, ...]
    is_eager: bool
    close: Callable[[Frame, list[str]], NativeFrame]
    in_order: bool = False

    def heading(self, column: str) -> str:
        """The heading that a column came with."""
        return heading_of(column, self.names)

    def placed(self, problem: Problem) -> Problem:
        """A problem with the heading that its column came with."""
        place = problem.place
        if not isinstance(place, CellPlace) or place.heading is None:
            return problem
        return evolve(problem, place=evolve(place, heading=self.heading(place.heading)))

    @property
    def is_polars(self) -> bool:
        """Whether the computing is done by Polars."""
        return self.frame.implementation is nw.Implementation.POLARS

    @property
    def is_case_blind(self) -> bool:
        """Whether the engine that the frame goes back to takes names that differ in capitals for one."""
        return self.frame.implementation is not nw.Implementation.POLARS


def open_frame(native: NativeFrame, wanted: Wanted) -> Opened:
    """The frame that a caller gives; raises `FactsError` where it is none."""
    try:
        frame = nw.from_native(native)
        headings = tuple(frame.collect_schema().names())
    except DuplicateError:
        message = phrase("several columns of the frame have one name")
        raise FactsError(Problem("NC211", message, None, phrase("rename one"))) from None
    except TypeError:
        kinds = "Polars, pandas, PyArrow, DuckDB relations, PySpark, Ibis, SQLFrame"
        message = phrase("`{type}` is no frame", type=type(native).__name__)
        hint = phrase("the frames that are taken: {kinds}", kinds=kinds)
        raise FactsError(Problem("NC242", message, None, hint)) from None
    if isinstance(frame, nw.DataFrame) and frame.implementation is not nw.Implementation.POLARS:
        return _through_polars(frame, wanted)
    names = plain_names(headings)
    asked = set(wanted(headings))
    chosen = tuple(column for column, heading in names.items() if heading in asked)
    if isinstance(frame, nw.DataFrame):
        lazy = _renamed(frame.lazy(), names)
        return Opened(lazy, headings, names, chosen, True, lambda found, _: found.collect().to_native(), in_order=True)
    lazy, in_order = _renamed(frame, names), _is_plain_scan(frame)
    return Opened(lazy, headings, names, chosen, False, lambda found, _: found.to_native(), in_order=in_order)


def _renamed(frame: Frame, names: Mapping[str, str]) -> Frame:
    """The frame with its columns under plain names, by the ways of each engine that read no pattern into a name."""
    native: Any = frame.to_native()
    match frame.implementation:
        case nw.Implementation.POLARS:
            found: Frame = nw.from_native(native.rename({heading: column for column, heading in names.items()}))
        case nw.Implementation.DUCKDB:
            of_sql = import_module("duckdb").SQLExpression
            quoted = {column: '"' + heading.replace('"', '""') + '"' for column, heading in names.items()}
            found = nw.from_native(native.select(*(of_sql(name).alias(column) for column, name in quoted.items())))
        case _:
            found = nw.from_native(native.toDF(*names))
    return found


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


def distinct(frame: Frame) -> Frame:
    """The rows of a frame, each once."""
    if frame.implementation is nw.Implementation.POLARS:
        return frame.unique()
    # Grouped, for narwhals would number the rows of each kind, which takes three times as long on DuckDB.
    names = frame.collect_schema().names()
    return frame.group_by(*names).agg(nw.len().alias(f"{PREFIX}rows")).select(*names)


def _through_polars(frame: nw.DataFrame[Any], wanted: Wanted) -> Opened:
    """A frame of pandas, PyArrow or another library in memory; only the added columns go back into it.

    Columns that are none of units, years and facts are not looked at.
    """
    headings = tuple(map(str, frame.columns))  # those of pandas may be numbers
    asked = set(wanted(headings))
    names = {column: heading for column, heading in plain_names(headings).items() if heading in asked}
    _refuse_unclear_missing(frame, asked)
    polars = import_module("polars")
    columns = {column: column_of_polars(frame.get_column(heading), heading) for column, heading in names.items()}
    lazy = nw.from_native(polars.DataFrame(columns).lazy())

    def close(computed: Frame, added: list[str]) -> NativeFrame:
        found = nw.from_arrow(computed.select(*added).collect().to_arrow(), backend=frame.implementation)
        return _beside(frame, found)

    return Opened(lazy, headings, names, tuple(names), True, close, in_order=True)


def _beside(frame: nw.DataFrame[Any], added: nw.DataFrame[Any]) -> NativeFrame:
    """`frame` with further columns; rows of pandas keep their index."""
    native = added.to_native()
    if hasattr(native, "index"):
        native.index = frame.to_native().index
    return nw.concat([frame, nw.from_native(native)], how="horizontal").to_native()


def _refuse_unclear_missing(frame: nw.DataFrame[Any], wanted: Collection[str]) -> None:
    """Refuse a column of NumPy floats with NaN: whether a value is missing or not a number cannot be told there."""
    if not frame.implementation.is_pandas_like():
        return
    native = frame.to_native()
    unclear = [
        name
        for name, dtype in native.dtypes.items()
        if name in wanted
        and getattr(dtype, "kind", "") == "f"
        and type(dtype).__module__.startswith("numpy")
        and native[name].isna().any()
    ]
    if unclear:
        hint = phrase('make missing values clear first: frame.convert_dtypes(dtype_backend="pyarrow")')
        message = phrase("NaN in a column of NumPy floats may be a missing value or no number at all")
        raise FactsError([Problem("NC241", message, CellPlace(heading=name), hint) for name in unclear])
