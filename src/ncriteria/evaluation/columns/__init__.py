"""Whole tables in columns: the integer form of the rules as expressions of narwhals, on Polars, DuckDB and Spark."""
