"""The frames that are judged, and the engine that computes each: what Ibis and SQLFrame write for DuckDB, DuckDB does.

An engine is taken where tests hold it to the record evaluator. Of Ibis and SQLFrame, which write queries for many
databases, that is DuckDB: their frame is a relation of its connection while it is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import narwhals as nw
from narwhals.exceptions import DuplicateError

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.frames import NativeFrame
from ncriteria.evaluation.columns.engines.statements import stored
from ncriteria.facts.table import FactsError
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

_DUCKDB = "duckdb"
_TAKEN = (
    nw.Implementation.POLARS,
    nw.Implementation.DUCKDB,
    nw.Implementation.PYSPARK,
    nw.Implementation.PYSPARK_CONNECT,
)
"""The engines that judge lazy frames of their own."""


@frozen
class FrameTaken:
    """A frame as its engine has it; `given_back` makes of a judged one what came, with these columns added."""

    native: NativeFrame
    given_back: Callable[[NativeFrame, Sequence[str]], NativeFrame] = lambda judged, _: judged


def taken(native: NativeFrame) -> FrameTaken:
    """A frame that a caller gives; raises `FactsError` where its engine is not known to compute exactly."""
    try:
        frame: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(native)
    except (TypeError, DuplicateError):
        return FrameTaken(native)  # which the door tells
    if isinstance(frame, nw.DataFrame) or frame.implementation in _TAKEN:
        return FrameTaken(native)
    match frame.implementation:
        case nw.Implementation.IBIS:
            return _of_ibis(frame.to_native())
        case nw.Implementation.SQLFRAME:
            return _of_sqlframe(frame.to_native())
        case _:
            raise _refused(frame.implementation.value)


def _of_ibis(table: Any) -> FrameTaken:
    ibis = import_module("ibis")
    try:
        backend = table.get_backend()
    except ibis.common.exceptions.IbisError:
        raise _refused("Ibis (unbound)") from None
    if backend.name != _DUCKDB:
        raise _refused(f"Ibis ({backend.name})")
    if table.op().find(ibis.expr.operations.InMemoryTable):
        table.limit(0).to_pyarrow()  # Brings what is in memory to the connection.
    relation = backend.con.sql(backend.compile(table))

    def given_back(judged: NativeFrame, added: Sequence[str]) -> NativeFrame:
        return backend.table(_with_texts(judged, added), database=("temp", "main"))

    return FrameTaken(relation, given_back)


def _of_sqlframe(frame: Any) -> FrameTaken:
    session = frame.session
    if session.execution_dialect_name != _DUCKDB:
        raise _refused(f"SQLFrame ({session.execution_dialect_name})")
    relation = session._conn.sql(frame.sql(_DUCKDB, optimize=False, pretty=False))

    def given_back(judged: NativeFrame, added: Sequence[str]) -> NativeFrame:
        # Its columns are named, for the session does not look for them.
        columns = ", ".join(map(_quoted, judged.columns))
        return session.sql(f"SELECT {columns} FROM {_with_texts(judged, added)}", dialect=_DUCKDB, qualify=False)

    return FrameTaken(relation, given_back)


def _with_texts(judged: Any, added: Sequence[str]) -> str:
    """The name of a temporary table of the connection that holds a judged relation, verdicts as texts."""
    texts = ", ".join(f"CAST({_quoted(column)} AS VARCHAR) AS {_quoted(column)}" for column in added)
    return stored(judged, f"SELECT * REPLACE ({texts})")


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _refused(engine: str) -> FactsError:
    message = phrase("frames of {engine} are not judged: no test shows that it computes exactly", engine=engine)
    hint = phrase("read the rows into Polars, PyArrow or DuckDB; of Ibis and SQLFrame, what DuckDB computes is judged")
    return FactsError(Problem("NC425", message, CellPlace(), hint))
