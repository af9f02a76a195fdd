"""One way of judging a table, measured in this process alone; `tables.py` starts it.

Prints what it took as JSON: seconds on the clock and of the processor, and the peak of memory in MiB, before and after.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter, process_time
from typing import TypeAlias

import ncriteria as nc
from ncriteria.evaluation.columns.table import evaluate_table

CRITERIA = nc.load(Path(__file__).with_name("twelve.yaml"))

Work: TypeAlias = Callable[[], object]
"""Judges a table that was made ready, and returns what came out: a frame, or the path of a file."""
Preparation: TypeAlias = Callable[[Path, Path], Work]
"""Makes the facts of a file ready, in memory where the task begins there; the second file is for what comes out."""


def polars_by_hand(facts: Path, _: Path) -> Work:
    import polars as pl
    from by_hand import polars_frame

    frame = pl.read_parquet(facts)

    def work() -> pl.DataFrame:
        polars_frame.check(frame.lazy())
        return polars_frame.judge(frame.lazy()).collect()

    return work


def polars_by_hand_sorted(facts: Path, _: Path) -> Work:
    import polars as pl
    from by_hand import polars_frame

    frame = pl.read_parquet(facts)

    def work() -> pl.DataFrame:
        polars_frame.check_sorted(frame.lazy())
        return polars_frame.judge_sorted(frame.lazy()).collect()

    return work


def polars_columns(facts: Path, _: Path) -> Work:
    import polars as pl

    frame = pl.read_parquet(facts)
    return lambda: evaluate_table(frame, CRITERIA)


def polars_file_by_hand(facts: Path, out: Path) -> Work:
    import polars as pl
    from by_hand import polars_frame

    def work() -> Path:
        frame = pl.scan_parquet(facts)
        polars_frame.check(frame)
        polars_frame.judge(frame, ordered=False).sink_parquet(out)
        return out

    return work


def polars_file(facts: Path, out: Path) -> Work:
    return _judged_file(facts, out, "polars")


def duckdb_by_hand(facts: Path, _: Path) -> Work:
    connection = _connection(f"CREATE TABLE facts AS FROM '{facts}'")
    from by_hand import sql

    def work() -> object:
        sql.check(connection)
        connection.execute(f"CREATE OR REPLACE TABLE verdicts AS {sql.JUDGE}")
        return connection.table("verdicts")

    return work


def duckdb_columns(facts: Path, _: Path) -> Work:
    connection = _connection(f"CREATE TABLE facts AS FROM '{facts}'")

    def work() -> object:
        connection.execute("DROP TABLE IF EXISTS verdicts")
        evaluate_table(connection.table("facts"), CRITERIA).create("verdicts")
        return connection.table("verdicts")

    return work


def duckdb_file_by_hand(facts: Path, out: Path) -> Work:
    connection = _connection(f"CREATE VIEW facts AS FROM '{facts}'")
    from by_hand import sql

    def work() -> Path:
        sql.check(connection)
        connection.execute(f"COPY ({sql.JUDGE}) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")
        return out

    return work


def duckdb_file(facts: Path, out: Path) -> Work:
    return _judged_file(facts, out, "duckdb")


def _judged_file(facts: Path, out: Path, engine: str) -> Work:
    """What `ncriteria evaluate facts.parquet -o out.parquet` does, its summary included."""
    from ncriteria.evaluation.columns.files.files import Engine, JudgedBy, judge_file

    def work() -> Path:
        judge_file(facts, out, JudgedBy(CRITERIA, engine=Engine(engine)), lambda *_: None)
        return out

    return work


def _connection(*statements: str):
    import duckdb
    from by_hand import sql

    connection = duckdb.connect()
    for statement in ("SET enable_progress_bar = false", sql.VERDICTS, *statements):
        connection.execute(statement)
    return connection


def pandas_by_hand(facts: Path, _: Path) -> Work:
    import pandas as pd
    from by_hand import pandas_frame

    frame = pd.read_parquet(facts, dtype_backend="pyarrow")

    def work() -> pd.DataFrame:
        pandas_frame.check(frame)
        return pandas_frame.judge(frame)

    return work


def pandas_columns(facts: Path, _: Path) -> Work:
    import pandas as pd

    frame = pd.read_parquet(facts, dtype_backend="pyarrow")
    return lambda: evaluate_table(frame, CRITERIA)


TASKS: Mapping[str, Preparation] = {
    "Polars, by hand": polars_by_hand,
    "Polars, by hand for sorted rows only": polars_by_hand_sorted,
    "Polars, evaluate_table": polars_columns,
    "DuckDB, by hand": duckdb_by_hand,
    "DuckDB, evaluate_table": duckdb_columns,
    "pandas, by hand": pandas_by_hand,
    "pandas, evaluate_table": pandas_columns,
    "Polars, files, by hand": polars_file_by_hand,
    "Polars, files, evaluate_table": polars_file,
    "DuckDB, files, by hand": duckdb_file_by_hand,
    "DuckDB, files, evaluate_table": duckdb_file,
}


def compare(name: str, other: str, facts: Path) -> None:
    """Fail unless two tasks give the same verdicts for every row."""
    import polars as pl
    from polars.testing import assert_frame_equal

    found = []
    for task in (name, other):
        result = TASKS[task](facts, facts.with_suffix(".out"))()
        frame = _as_polars(result).with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String))
        found.append(frame.sort("unit", "year") if "DuckDB" in task or "files" in task else frame)
    assert_frame_equal(*found)


def _as_polars(result):
    import polars as pl

    if isinstance(result, Path):
        return pl.read_parquet(result)
    if isinstance(result, pl.DataFrame):
        return result
    return result.pl() if hasattr(result, "pl") else pl.from_pandas(result)


def measure(name: str, facts: Path, warming: Path, repeats: int) -> dict[str, float]:
    """What a task took: medians of `repeats`, after one on a small table that loads the libraries."""
    out = facts.with_suffix(f".{'by_hand' if 'hand' in name else 'out'}")
    TASKS[name](warming, out)()
    work = TASKS[name](facts, out)
    before = _peak()
    times = []
    for _ in range(repeats):
        clock, spent = perf_counter(), process_time()
        work()
        times.append((perf_counter() - clock, process_time() - spent))
    elapsed, processor = (median(column) for column in zip(*times, strict=True))
    return {"elapsed": elapsed, "processor": processor, "before": before, "peak": _peak()}


def _peak() -> float:
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    match sys.argv[1:]:
        case ["compare", name, other, facts]:
            compare(name, other, Path(facts))
        case ["measure", name, facts, warming, repeats]:
            print(json.dumps(measure(name, Path(facts), Path(warming), int(repeats))))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
