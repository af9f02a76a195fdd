"""The cases of single rules, many in one table, on the engines of tables."""

from __future__ import annotations

import warnings
from functools import cache

import polars as pl
import pytest

import ncriteria as nc
from ncriteria.evaluation.columns.table import RowByRowWarning
from tests.engines.frames_of_engines import ON_DUCKDB, polars_of
from tests.engines.test_rules_on_every_engine import CASES, FEATURES, IN_COLUMNS, YEAR, frame_of, wanted
from tests.evaluation.test_rules import CLAUSE, DATED_SET, clause_of

TAKEN = [number for number, case in enumerate(CASES) if not any(FEATURES[feature](case) for feature in IN_COLUMNS)]
"""The cases that a table can be asked."""
TABLES = 9
"""So many tables; each holds cases of every construct."""
CELLS = [
    pytest.param(table, engine, marks=() if table in (number, number + len(ON_DUCKDB)) else pytest.mark.soak)
    for table in range(TABLES)
    for number, engine in enumerate(ON_DUCKDB)
] + [pytest.param(table, "polars") for table in range(TABLES)]
"""Each table on Polars, and two tables on each other engine; the long runs try each case on each."""
KINDS = {**ON_DUCKDB, "polars": pl.DataFrame.lazy}


@cache
def _together(numbers: tuple[int, ...]) -> tuple[nc.Criteria, pl.DataFrame]:
    """A set with the rule of each case, which applies to one unit, and the rows of these units."""
    clauses = "".join(clause_of(CASES[number], f"c{number}", f"case = {number}") for number in numbers)
    frames = [
        frame_of(CASES[number]).with_columns(unit=pl.lit(f"u{number}"), case=pl.lit(number, dtype=pl.Int64))
        for number in numbers
    ]
    asked = DATED_SET.replace("clauses:\n", "  case: {title: Case, type: count}\nclauses:\n")
    return nc.loads(asked.replace(CLAUSE, clauses)), pl.concat(frames)


def verdicts_together(numbers: tuple[int, ...], kind) -> dict[int, str | None]:
    """The verdict of each case; that of an error is none."""
    criteria, frame = _together(numbers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RowByRowWarning)
        judged = polars_of(nc.evaluate_table(kind(frame), criteria))
    rows = {row["unit"]: row for row in judged.filter(pl.col("year") == YEAR).iter_rows(named=True)}
    return {number: rows[f"u{number}"][f"c{number}"] for number in numbers}


def wanted_of(numbers) -> dict[int, str | None]:
    return {number: None if "error" in CASES[number] else wanted(CASES[number]) for number in numbers}


@pytest.mark.parametrize(("table", "engine"), CELLS)
def test_rules_come_out_alike_in_one_table(table, engine):
    numbers = tuple(TAKEN[table::TABLES])
    assert verdicts_together(numbers, KINDS[engine]) == wanted_of(numbers)
