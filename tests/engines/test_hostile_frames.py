"""Frames that a careless or hostile user gives: what is wrong with them is told, and nothing else is refused."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest

import ncriteria as nc

CRITERIA = nc.loads("""\
format: ncriteria/1
set:
  id: test.frames
  standard: test
  title: Frames
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2021}
  level: commune
facts:
  crimes: {title: Crimes, type: count}
clauses:
  fewer: {title: Fewer, rule: crimes <= prev_year, encodes: exact, cite: [{instrument: "1/TEST"}]}
""")


def _polars(columns):
    return nc.evaluate_table(pl.DataFrame(columns, strict=False), CRITERIA)


def _lazy(columns):
    return nc.evaluate_table(pl.LazyFrame(columns, strict=False), CRITERIA).collect()


def _duckdb(columns):
    return nc.evaluate_table(duckdb.from_arrow(pl.DataFrame(columns, strict=False).to_arrow()), CRITERIA).pl()


engines = pytest.mark.parametrize("judged", [_polars, _lazy, _duckdb])


def codes(judged, columns):
    with pytest.raises(nc.NCriteriaError) as raised:
        judged(columns)
    return [problem.code for problem in raised.value.problems]


@engines
@pytest.mark.parametrize(
    ("unit", "year"),
    [
        (["a", None, "b"], [2021, 2021, 2021]),
        ([None, "a", "b"], [2021, 2021, 2021]),
        (["a", "b", None], [2021, 2021, 2021]),
        (["a", "a", "b"], [2021, None, 2021]),
        ([1, 1, 2], [2021, None, 2021]),
    ],
)
def test_a_row_without_unit_or_year_is_refused_in_sorted_frames_too(judged, unit, year):
    assert codes(judged, {"unit": unit, "year": year, "crimes": [1, 2, 3]}) == ["NC213"]


@engines
def test_a_unit_that_stands_twice_is_found_behind_a_row_without_unit(judged):
    columns = {"unit": ["a", None, "a"], "year": [2021, 2021, 2021], "crimes": [1, 2, 3]}
    assert sorted(codes(judged, columns)) == ["NC213", "NC230"]


@engines
@pytest.mark.parametrize("unit", ["q\u0303", "\u1ed9\u0303"])
def test_a_mark_that_has_no_composed_form_is_part_of_an_identifier(judged, unit):
    found = judged({"unit": [unit, unit], "year": [2021, 2022], "crimes": [2, 1]})
    assert dict(found.select("year", "verdict").rows()) == {2021: "undetermined", 2022: "met"}


@engines
@pytest.mark.parametrize(
    ("dtype", "value"),
    [
        (pl.UInt64, 2**63),
        (pl.Int128, 2**100),
        (pl.Float64, 2.0**63),
        (pl.Float64, 1e300),
        (pl.Decimal(38, 2), "9223372036854775808"),
        (pl.Decimal(38, 2), "999999999999999999999999999999999999"),
    ],
)
def test_a_number_beyond_64_bits_is_refused_with_its_row(judged, dtype, value):
    crimes = pl.Series([value]).cast(dtype) if not isinstance(value, int) else pl.Series([value], dtype=dtype)
    if judged is _duckdb and dtype == pl.Int128:
        pytest.skip("Arrow has no such column")
    assert codes(judged, {"unit": ["a"], "year": [2021], "crimes": crimes}) == ["NC241"]
