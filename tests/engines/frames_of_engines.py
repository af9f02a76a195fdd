"""A Polars frame as one of each engine that computes on its own, and back."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import duckdb
import narwhals as nw
import polars as pl
import pytest


def of_duckdb(frame: pl.DataFrame):
    return duckdb.from_arrow(frame.to_arrow())


def of_ibis(frame: pl.DataFrame):
    ibis = pytest.importorskip("ibis", reason="ibis-framework is not installed")
    pytest.importorskip("pyarrow_hotfix", reason="Ibis reads Arrow with pyarrow-hotfix, which is not installed")
    return ibis.memtable(frame.to_arrow())


def of_sqlframe(frame: pl.DataFrame):
    session = pytest.importorskip("sqlframe.duckdb", reason="sqlframe is not installed").DuckDBSession()
    name = f"facts_{uuid.uuid4().hex}"
    session._conn.register(name, frame.to_arrow())
    quoted = ", ".join('"' + column.replace('"', '""') + '"' for column in frame.columns)
    return session.sql(f"SELECT {quoted} FROM {name}", dialect="duckdb", qualify=False)


ON_DUCKDB: dict[str, Callable[[pl.DataFrame], object]] = {
    "duckdb": of_duckdb,
    "ibis": of_ibis,
    "sqlframe": of_sqlframe,
}
"""The kinds of frames that DuckDB computes."""


def polars_of(judged) -> pl.DataFrame:
    """A judged frame of any engine, read into Polars."""
    return pl.from_arrow(nw.from_native(judged).lazy().collect("pyarrow").to_arrow())
