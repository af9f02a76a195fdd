"""Verdicts: one record with its grounds, compiled records, whole tables in columns."""
