"""Fact tables from frames and into frames: nothing is lost, and nothing becomes a float."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.facts.table import FactRow, FactTable, Unit
from ncriteria.language.tree import Ago, FactKey
from tests.facts.declared import FACTS

LIBRARIES = ("polars", "pandas", "pyarrow")
_VALUES = {
    FactKey("cases"): st.integers(0, 10**15).map(Fraction),
    FactKey("cases", Ago(1)): st.integers(0, 99).map(Fraction),
    FactKey("rate"): st.integers(0, 2_000_000).map(lambda thousandths: Fraction(thousandths, 1000)),
    FactKey("plan"): st.booleans(),
    FactKey("status"): st.sampled_from(["đạt", "chưa đạt"]),
    FactKey("decided_on"): st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 12, 31)),
}


@st.composite
def tables(draw: st.DrawFn) -> FactTable:
    years = draw(st.lists(st.sampled_from([2020, 2022, 2024]), min_size=1, max_size=3, unique=True))
    unit = Unit("x1", "Xã Một", nc.Level.COMMUNE, draw(st.none() | st.just("h")))
    rows = [FactRow(unit, year, draw(st.fixed_dictionaries({}, optional=_VALUES))) for year in years]
    return FactTable(tuple(rows))


@pytest.mark.parametrize("library", LIBRARIES)
@given(table=tables())
def test_a_table_comes_back_from_a_frame_as_it_was(library, table) -> None:
    pytest.importorskip(library)
    again = FactTable.from_frame(table.to_frame(library), FACTS)
    assert [(row.unit, row.year, row.values) for row in again.rows] == [
        (row.unit, row.year, row.values) for row in table.rows
    ]


def test_what_pandas_makes_of_a_blank_cell_is_unknown() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"unit": ["a", "b"], "year": [2024, 2024], "cases": [12, None], "rate": [0.95, None]})
    first, second = FactTable.from_frame(frame, FACTS).rows
    assert {str(key): value for key, value in first.values.items()} == {"cases": 12, "rate": Fraction(19, 20)}
    assert second.values == {}


def test_a_value_within_bounds_is_in_no_frame() -> None:
    pytest.importorskip("polars")
    table = nc.read_facts_text("unit,year,cases\na,2024,>=3\n", "csv", FACTS)
    with pytest.raises(nc.FactsError) as refused:
        table.to_frame()
    assert str(refused.value) == (
        'row 2, column "cases": NC250 `cases` is known only within bounds, which a column cannot hold\n'
        "  hint: leave such rows out, or judge the table as it is"
    )


def test_what_is_no_frame_is_refused() -> None:
    pytest.importorskip("narwhals")
    with pytest.raises(nc.FactsError, match="NC223 this is no frame that can be read: list"):
        FactTable.from_frame([1], FACTS)


def test_months_in_a_frame_are_read_as_those_of_a_file() -> None:
    pl = pytest.importorskip("polars")
    text = "unit,year,month,cases\na,2026,5,1\na,2026,6,2\n"
    frame = pl.DataFrame({"unit": ["a", "a"], "year": [2026, 2026], "month": [5, 6], "cases": [1, 2]})
    of_frame, of_file = nc.FactTable.from_frame(frame, FACTS), nc.read_facts_text(text, "csv", FACTS)
    assert [(row.unit, row.when, row.values) for row in of_frame.rows] == [
        (row.unit, row.when, row.values) for row in of_file.rows
    ]
