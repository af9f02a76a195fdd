"""How long whole tables take, and how much memory: evaluate_table beside the same twelve clauses written by hand."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from attrs import astuple, frozen
from measuring import machine, print_table

HERE = Path(__file__).parent
ENGINES = ("Polars", "DuckDB", "pandas", "Polars, files", "DuckDB, files")
FOR_SORTED_ROWS = "Polars, by hand for sorted rows only"
TARGETS = {"Polars": "1.2", "DuckDB": "1.25", "DuckDB, files": "2"}
COMPARED = 1_000_000
"""The most rows for which the verdicts of both are compared, row for row, before they are timed."""
LARGE = 3_000_000
"""From so many rows on, a process does its work once; pandas is left out."""


@frozen
class Measured:
    """What one process took: seconds, and MiB at the peak, with what it held before."""

    elapsed: float
    processor: float
    before: float
    peak: float


def run(script: str, *arguments: str) -> str:
    """Run a script of this folder in a process of its own; this one stays small, for its peak counts as the child's."""
    command = [sys.executable, str(HERE / script), *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def measure(tasks: Sequence[str], facts: Path, warming: Path, rows: int, rounds: int) -> dict[str, Measured]:
    """The medians of each task; each round runs one after the other, in processes of their own."""
    if rows <= COMPARED:
        for other in tasks[1:]:
            run("table_tasks.py", "compare", tasks[0], other, str(facts))
    repeats = "1" if rows >= LARGE else "3"
    found: dict[str, list[Measured]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name in tasks:
            told = run("table_tasks.py", "measure", name, str(facts), str(warming), repeats)
            found[name].append(Measured(**json.loads(told)))
    return {
        name: Measured(*(median(values) for values in zip(*map(astuple, each), strict=True)))
        for name, each in found.items()
    }


def table_rows(engine: str, medians: dict[str, Measured], rows: int) -> list[list[str]]:
    base = next(iter(medians.values()))
    return [
        [
            name,
            f"{taken.elapsed:.2f} s",
            f"{taken.elapsed / base.elapsed:.2f}",
            f"{taken.processor:.2f} s",
            f"{taken.processor / base.processor:.2f}",
            f"{1e6 * taken.elapsed / rows:.2f} µs",
            f"{taken.before:.0f} MiB",
            f"{taken.peak:.0f} MiB",
            TARGETS.get(engine, "") if "evaluate_table" in name else "",
        ]
        for name, taken in medians.items()
    ]


HEADINGS = ("task", "elapsed", "ratio", "processor", "ratio", "a row", "loaded", "peak", "at most")


def report(engines: Sequence[str], rows: int, shuffled: bool, rounds: int, folder: Path) -> None:
    facts, warming = folder / f"{rows}.parquet", folder / "warming.parquet"
    order = ["--shuffle"] if shuffled else []
    run("generate.py", str(facts), "--rows", str(rows), *order)
    run("generate.py", str(warming), "--rows", "1000")
    size = facts.stat().st_size / 2**20
    print(f"\n{rows:,} rows{', shuffled' if shuffled else ''} ({size:.0f} MiB as Parquet), {rounds} rounds")
    lines = []
    for engine in engines:
        if engine == "pandas" and rows >= LARGE:
            continue
        tasks = [f"{engine}, by hand", f"{engine}, evaluate_table"]
        if engine == "Polars" and not shuffled:
            tasks.append(FOR_SORTED_ROWS)
        medians = measure(tasks, facts, warming, rows, rounds)
        lines += table_rows(engine, medians, rows)
    print_table(HEADINGS, lines)
    print(f"load of the machine: {os.getloadavg()[0]:.1f}", flush=True)
    for file in folder.iterdir():
        file.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--engine", action="append", choices=ENGINES, help="only these; may be given several times")
    parser.add_argument("--shuffle", action="store_true", help="rows in no order, rather than by unit and year")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where files of facts and verdicts are put for the time")
    given = parser.parse_args()
    print(f"Tables: medians of interleaved runs ({machine()})")
    for rows in given.rows:
        with TemporaryDirectory(dir=given.folder) as folder:
            report(given.engine or ENGINES, rows, given.shuffle, given.rounds, Path(folder))


if __name__ == "__main__":
    main()
