"""A unit that stands twice in a year is refused in columns, whatever the years of the table."""

from __future__ import annotations

from collections import Counter

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from tests.engines.frames_of_engines import of_duckdb

CRITERIA = nc.loads("""\
format: ncriteria/1
set:
  id: test.twice.commune
  standard: twice
  title: Communes
  instrument: {number: 1/TEST, issuer: Test}
  years: {from: 1990}
  level: commune
facts:
  cases: {title: Cases, type: count}
clauses:
  c: {title: C, rule: "cases < 5", encodes: exact, cite: [{instrument: 1/T}]}
""")
_YEARS = st.integers(2019, 2022) | st.sampled_from([1990, 2060])
_ROWS = st.lists(st.tuples(st.sampled_from("ab"), _YEARS) | st.just((None, 2020)) | st.just(("a", None)), max_size=9)


@given(_ROWS, st.sampled_from(["polars", "duckdb"]), st.sampled_from([pl.String, pl.Categorical]))
def test_a_unit_that_stands_twice_in_a_year_is_refused(rows, engine, dtype):
    units, years = [unit for unit, _ in rows], [year for _, year in rows]
    frame = pl.DataFrame(
        {"unit": pl.Series(units, dtype=dtype), "year": pl.Series(years, dtype=pl.Int64), "cases": [1] * len(rows)},
        schema_overrides={"cases": pl.Int64},
    )
    counted = Counter(rows)
    expected = {
        f"{unit} stands twice in {year}"
        for (unit, year), number in counted.items()
        if number > 1 and unit is not None and year is not None
    }
    without_key = sum(number for key, number in counted.items() if None in key)
    given_as: pl.DataFrame | duckdb.DuckDBPyRelation = frame if engine == "polars" else of_duckdb(frame)
    if not expected and not without_key:
        nc.evaluate_table(given_as, CRITERIA)
        return
    with pytest.raises(nc.FactsError) as refused:
        nc.evaluate_table(given_as, CRITERIA)
    assert {str(one.message) for one in refused.value.problems if one.code == "NC230"} == expected
    assert any(one.code == "NC213" for one in refused.value.problems) == (without_key > 0)
