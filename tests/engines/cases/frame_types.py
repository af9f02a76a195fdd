"""What type checkers say of the frames that `evaluate_table` gives; read by mypy, never run."""

from typing import assert_type

import duckdb
import narwhals as nw
import polars as pl
from pyspark.sql import DataFrame as SparkFrame
from pyspark.sql.connect.dataframe import DataFrame as ConnectFrame
from sqlframe.duckdb import DuckDBDataFrame

import ncriteria as nc

Narwhals = nw.DataFrame[pl.DataFrame]


def in_memory(frame: pl.DataFrame, criteria: nc.Criteria) -> pl.Series:
    judged = nc.evaluate_table(frame, criteria)
    assert_type(judged, pl.DataFrame)
    return judged["verdict"]


def lazy(frame: pl.LazyFrame, criteria: nc.Catalog) -> pl.LazyFrame:
    return assert_type(nc.evaluate_table(frame, criteria, standard="ntm-19.2", level="commune"), pl.LazyFrame)


def relation(frame: duckdb.DuckDBPyRelation, criteria: nc.Criteria) -> duckdb.DuckDBPyRelation:
    return assert_type(nc.evaluate_table(frame, criteria, missing=True), duckdb.DuckDBPyRelation)


def of_sqlframe(frame: DuckDBDataFrame, criteria: nc.Criteria) -> DuckDBDataFrame:
    return assert_type(nc.evaluate_table(frame, criteria), DuckDBDataFrame)


def of_spark(frame: SparkFrame, criteria: nc.Criteria) -> SparkFrame:
    return assert_type(nc.evaluate_table(frame, criteria), SparkFrame)


def of_connect(frame: ConnectFrame, criteria: nc.Criteria) -> ConnectFrame:
    return assert_type(nc.evaluate_table(frame, criteria), ConnectFrame)


def of_narwhals(frame: Narwhals, criteria: nc.Criteria) -> Narwhals:
    return assert_type(nc.evaluate_table(frame, criteria), Narwhals)


def no_frames(criteria: nc.Criteria) -> None:
    nc.evaluate_table([{"unit": "a", "year": 2024}], criteria)  # type: ignore[type-var]
    nc.evaluate_table("facts.parquet", criteria)  # type: ignore[type-var]
