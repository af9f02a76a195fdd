"""Frames judged as known on a day, on every kind of frame: as the same rows are, row by row."""

from __future__ import annotations

import datetime
import warnings

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings

import ncriteria as nc
from tests.evaluation.test_known_on import CRITERIA, DAYS, D, set_text, versions, written
from tests.evaluation.test_known_on import table_of as rows_of

SCHEMA = {"unit": pl.String, "year": pl.Int64, "crimes": pl.Int64, "known_on": pl.Date}
ROWS = [
    ("a", 2021, 9, D(2022, 1, 10)),
    ("a", 2022, 8, D(2023, 1, 12)),
    ("a", 2022, 11, D(2023, 6, 30)),
    ("b", 2022, 1, D(2023, 6, 30)),
]
KINDS = {
    "polars": lambda frame: frame,
    "lazy": lambda frame: frame.lazy(),
    "pandas": lambda frame: pd.DataFrame({name: frame[name].to_list() for name in frame.columns}).assign(
        known_on=lambda found: pd.to_datetime(found["known_on"])
    ),
    "pyarrow": lambda frame: frame.to_arrow(),
    "duckdb": lambda frame: duckdb.from_arrow(frame.to_arrow()),
}


def as_polars(found: object) -> pl.DataFrame:
    if isinstance(found, pl.LazyFrame):
        return found.collect()
    if isinstance(found, pd.DataFrame):
        return pl.from_pandas(found)
    if isinstance(found, duckdb.DuckDBPyRelation):
        return found.pl()
    return pl.from_arrow(found) if isinstance(found, pa.Table) else found


def in_columns(frame: object, day: datetime.date | None, path: str = "fewer") -> dict[tuple[str, int], str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = as_polars(nc.evaluate_table(frame, CRITERIA, known_on=day))
    return {(unit, year): verdict for unit, year, verdict in found.select("unit", "year", path).rows()}


def row_by_row(text: str, day: datetime.date | None, path: str = "fewer") -> dict[tuple[str, int], str]:
    found = nc.evaluate_rows(rows_of(text, day), CRITERIA)
    return {(one.row.unit.id, one.row.year): one.verdicts[path].value for one in found}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("day", [None, D(2023, 6, 30), D(2023, 6, 29), D(2023, 1, 11)])
def test_every_kind_of_frame_is_seen_on_the_day(kind, day):
    frame = KINDS[kind](pl.DataFrame(ROWS, schema=SCHEMA, orient="row"))
    assert in_columns(frame, day) == row_by_row(written(ROWS), day)


@given(versions())
@settings(max_examples=settings().max_examples // 2, deadline=None)
def test_columns_see_what_rows_see(rows):
    for day in (None, *DAYS):
        frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
        assert in_columns(frame, day) == row_by_row(written(rows), day)


def test_rows_of_one_day_stand_twice():
    frame = pl.DataFrame([ROWS[1], ROWS[1]], schema=SCHEMA, orient="row")
    with pytest.raises(nc.FactsError, match="NC230 a stands twice in 2022"):
        nc.evaluate_table(frame, CRITERIA)


def test_days_that_are_texts_are_refused():
    frame = pl.DataFrame(ROWS, schema=SCHEMA, orient="row").with_columns(pl.col("known_on").cast(pl.String))
    with pytest.raises(nc.FactsError) as error:
        nc.evaluate_table(frame, CRITERIA, known_on=D(2023, 1, 1))
    assert str(error.value) == 'column "known_on": NC240 days are dates; the column has the type String'


def test_a_frame_without_days_is_told():
    frame = pl.DataFrame(ROWS[:1], schema=SCHEMA, orient="row").drop("known_on")
    with pytest.warns(nc.TableWarning, match="NC460 1 of 1 rows do not say since when they are on file"):
        nc.evaluate_table(frame, CRITERIA, known_on=D(2023, 1, 1))


def test_a_set_that_was_not_in_force_is_refused_and_beside_others_told(tmp_path):
    frame = pl.DataFrame(ROWS, schema=SCHEMA, orient="row")
    with pytest.raises(nc.NCriteriaError, match=r"NC462 on 2022-03-28 `example.known` was not yet in force"):
        nc.evaluate_table(frame, CRITERIA, known_on=D(2022, 3, 28))
    (tmp_path / "one.yaml").write_text(set_text().replace("{from: 2021}", "{from: 2021, to: 2021}"), encoding="utf-8")
    later = set_text("issued: 2023-05-01", "example.later").replace("{from: 2021}", "{from: 2022}")
    (tmp_path / "two.yaml").write_text(later, encoding="utf-8")
    with pytest.warns(nc.TableWarning, match="NC462 on 2023-02-01 `example.later` was not yet in force"):
        found = nc.evaluate_table(
            frame, nc.catalog(tmp_path), standard="example", level="commune", known_on=D(2023, 2, 1)
        )
    assert found.select("unit", "year", "fewer").rows() == [
        ("a", 2021, "undetermined"),
        ("a", 2022, None),
        ("b", 2022, None),
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rule", ["crimes < prev_year", "known(crimes) and prev_year(known(crimes))"])
def test_an_impact_counts_the_latest_version_of_each_row_as_in_tables_of_rows(kind, rule):
    new = nc.loads(set_text(identifier="example.new").replace("crimes <= prev_year", rule))
    rows = [*ROWS, ("b", 2021, 1, D(2022, 1, 5))]
    in_frame = nc.impact(CRITERIA, new, KINDS[kind](pl.DataFrame(rows, schema=SCHEMA, orient="row")))
    of_rows = nc.impact(CRITERIA, new, rows_of(written(rows), None))
    for found in (in_frame, of_rows):
        assert found.rows_by_year == {2021: 2, 2022: 2}
    assert in_frame.clauses == of_rows.clauses
    told = [[(one.unit.id, one.year, one.kind) for one in found.flips()] for found in (in_frame, of_rows)]
    assert told[0] == told[1] != []
