"""Frames that are read again and again, computed once: otherwise every reading would compute them anew."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from ncriteria.evaluation.columns.door.frames import Frame
from ncriteria.evaluation.columns.engines.statements import on_connection, stored


def kept(frame: Frame) -> Frame:
    """The rows of `frame`, computed now and kept where its engine computes.

    Polars keeps them in memory, DuckDB in a temporary table of the connection, Spark with its executors.
    """
    native: Any = frame.to_native()
    match frame.implementation:
        case nw.Implementation.POLARS:
            found: Frame = nw.from_native(native.collect().lazy())
        case nw.Implementation.DUCKDB:
            found = nw.from_native(on_connection(native, f"FROM {stored(native)}"))
        case nw.Implementation.PYSPARK | nw.Implementation.PYSPARK_CONNECT:
            found = nw.from_native(native.localCheckpoint())
        case _:
            found = frame
    return found
