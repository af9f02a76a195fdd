"""Parquet files, larger than memory if need be."""
