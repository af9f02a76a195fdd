"""What benchmarks measure beside each other does the same work: tables judged by hand have the same verdicts."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("library", ["Polars", "DuckDB", "pandas", "Polars, files", "DuckDB, files"])
def test_tables_by_hand_are_judged_alike(library, shuffled, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    import generate
    import table_tasks

    facts = tmp_path / "facts.parquet"
    generate.write(generate.Wanted(2_000, shuffled=shuffled), facts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table_tasks.compare(f"{library}, by hand", f"{library}, evaluate_table", facts)
        if library == "Polars" and not shuffled:
            table_tasks.compare(f"{library}, by hand for sorted rows only", f"{library}, evaluate_table", facts)
