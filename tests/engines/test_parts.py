"""Parts of a table judged apart: as the whole where families stay together, and refused where they do not."""

from __future__ import annotations

import datetime
import pickle
import warnings
from collections.abc import Iterable, Mapping
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ncriteria as nc
from tests.sets.writing import file_text


def criteria_with(level: str, facts: str, rule: str) -> nc.Criteria:
    return nc.loads(
        file_text(
            {
                "set": f"""\
set:
  id: example.{level}
  standard: example
  title: Example
  instrument: {{number: 01/EXAMPLE, issuer: Example}}
  years: {{from: 2020}}
  level: {level}""",
                "facts": f"facts:\n  cases: {{title: Cases, {facts}}}",
                "clauses": f"""\
clauses:
  few: {{title: Few, rule: "{rule}", encodes: exact, cite: [{{instrument: 01/EXAMPLE}}]}}""",
            }
        )
    )


COMMUNES = criteria_with("commune", "type: count, aggregate: sum", "cases <= prev_year * 0.95 + 1")
DISTRICTS = criteria_with("district", "type: count, aggregate: sum", "sum_of(commune, cases) <= 6")
RATES = criteria_with("commune", "type: number, decimals: 2", "cases <= 3.25")
SCHEMA = {"unit": pl.String, "year": pl.Int64, "level": pl.String, "parent": pl.String, "cases": pl.Int64}
PARENTS = {"a": "p", "b": "p", "c": "q", "d": "q", "m": "q", "p": None, "q": None}
LINEAGE = nc.Lineage(
    [nc.Change(old=old, new="m", share=nc.Share.WHOLE, day=datetime.date(2022, 1, 1)) for old in ("c", "d")],
    (),
)
CASES = [(COMMUNES, None), (COMMUNES, LINEAGE), (DISTRICTS, None), (DISTRICTS, LINEAGE)]
IDS = ["alone", "lineage", "inside", "inside and lineage"]


def stands(unit: str, year: int) -> bool:
    return year >= 2022 if unit == "m" else not (unit in ("c", "d") and year >= 2022)


@st.composite
def tables(draw: st.DrawFn) -> pl.DataFrame:
    """The communes of two districts in three years, two of which become one; some rows are not there."""
    rows = [
        (unit, year, "district" if parent is None else "commune", parent, draw(st.none() | st.integers(0, 5)))
        for unit, parent in PARENTS.items()
        for year in (2020, 2021, 2022, 2023)
        if stands(unit, year) and draw(st.integers(0, 5))
    ]
    return pl.DataFrame(rows or [("a", 2020, "commune", "p", 1)], schema=SCHEMA, orient="row")


def judged(frame: pl.DataFrame, criteria: nc.Criteria, **more: object) -> dict[tuple[str, int], str | None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = nc.evaluate_table(frame, criteria, **more)
    return {(unit, year): verdict for unit, year, verdict in found.select("unit", "year", "few").rows()}


def parts(frame: pl.DataFrame, place: Mapping[str, int]) -> Iterable[pl.DataFrame]:
    by_part = pl.col("unit").replace_strict(place, return_dtype=pl.Int64)
    return [frame.filter(by_part == number) for number in sorted({*place.values()})]


@pytest.mark.parametrize(("criteria", "lineage"), CASES, ids=IDS)
@given(frame=tables(), chosen=st.lists(st.integers(0, 2), min_size=8, max_size=8))
@settings(max_examples=settings().max_examples // 5, deadline=None)
def test_parts_by_families_are_judged_as_the_whole(criteria, lineage, frame, chosen):
    bounds = nc.table_bounds(frame, criteria, lineage=lineage)
    families = nc.unit_families(frame, criteria, lineage=lineage)
    names = sorted({*families.values()})
    place = {unit: chosen[names.index(family) % len(chosen)] for unit, family in families.items()}
    found = {}
    for part in parts(frame, place):
        if part.height:
            found |= judged(part, criteria, lineage=lineage, bounds=bounds)
    assert found == judged(frame, criteria, lineage=lineage)


@pytest.mark.parametrize(("criteria", "lineage"), CASES, ids=IDS)
@given(frame=tables(), data=st.data())
@settings(max_examples=settings().max_examples // 4, deadline=None)
def test_any_part_is_judged_as_the_whole_or_refused(criteria, lineage, frame, data):
    bounds = nc.table_bounds(frame, criteria, lineage=lineage)
    kept = data.draw(st.lists(st.booleans(), min_size=frame.height, max_size=frame.height))
    part = frame.filter(pl.Series(kept, dtype=pl.Boolean))
    if not part.height:
        return
    whole = judged(frame, criteria, lineage=lineage)
    try:
        found = judged(part, criteria, lineage=lineage, bounds=bounds)
    except nc.FactsError as error:
        if {problem.code for problem in error.problems} != {"NC466"}:
            raise
    else:
        assert found == {key: whole[key] for key in found}


WHOLE = pl.DataFrame(
    [
        *(("a", 2020, "commune", "p", 3), ("a", 2021, "commune", "p", 4), ("b", 2020, "commune", "p", 1)),
        *(("b", 2021, "commune", "p", 1), ("p", 2020, "district", None, 0), ("p", 2021, "district", None, 0)),
    ],
    schema=SCHEMA,
    orient="row",
)


@pytest.mark.parametrize(
    ("criteria", "part", "told"),
    [
        (COMMUNES, pl.col("year") == 2021, "a has 1 of its 2 rows here"),
        (DISTRICTS, pl.col("unit") == "p", "not all rows are here of the units that p rests on, or that rest on it"),
        (DISTRICTS, pl.col("unit") != "b", "not all rows are here of the units that a rests on, or that rest on it"),
    ],
)
def test_a_part_that_lacks_rows_is_refused(criteria, part, told):
    bounds = nc.table_bounds(WHOLE, criteria)
    with pytest.raises(nc.FactsError) as error:
        judged(WHOLE.filter(part), criteria, bounds=bounds)
    assert str(error.value).splitlines()[:2] == [
        f"NC466 {told}",
        "  hint: part the table by `unit_families`, so that units that rest on each other are together",
    ]


def test_a_value_outside_of_the_bounds_is_told_with_its_column():
    bounds = nc.table_bounds(WHOLE, COMMUNES)
    with pytest.raises(nc.FactsError) as error:
        judged(WHOLE.with_columns(pl.col("cases") + 7, pl.col("year") + 1), COMMUNES, bounds=bounds)
    assert str(error.value) == (
        'column "cases": NC465 `cases` is 7 to 11 here, and 0 to 4 by the bounds of the whole table\n'
        "  hint: measure the bounds of the whole table anew (`table_bounds`)\n"
        'column "year": NC465 the years are 2021 to 2022 here, and 2020 to 2021 by the bounds of the whole table\n'
        "  hint: measure the bounds of the whole table anew (`table_bounds`)"
    )


def test_a_part_of_which_nothing_is_known_is_within_the_bounds():
    frame = WHOLE.with_columns(cases=pl.when(pl.col("unit") != "b").then(pl.lit(9)))
    part = frame.filter(pl.col("unit") == "b")
    found = judged(part, COMMUNES, bounds=nc.table_bounds(frame, COMMUNES))
    assert found == {("b", 2020): "undetermined", ("b", 2021): "undetermined"}


def test_a_part_has_as_many_decimals_as_the_whole():
    rows = [("a", 2020, Decimal("3.25")), ("b", 2020, Decimal("3.00")), ("c", 2020, Decimal("4.00"))]
    frame = pl.DataFrame(rows, schema={"unit": pl.String, "year": pl.Int64, "cases": pl.Decimal(20, 6)}, orient="row")
    bounds = nc.table_bounds(frame, RATES)
    assert (bounds.facts["cases"].scale, bounds.facts["cases"].least) == (100, 300)
    assert judged(frame.filter(pl.col("unit") != "a"), RATES, bounds=bounds) == {
        ("b", 2020): "met",
        ("c", 2020): "not_met",
    }


def test_bounds_are_pickled_and_written_as_json():
    bounds = nc.table_bounds(WHOLE, DISTRICTS)
    assert pickle.loads(pickle.dumps(bounds)) == bounds
    assert nc.TableBounds.from_json(bounds.to_json()) == bounds


def test_families_are_units_that_rest_on_each_other():
    assert nc.unit_families(WHOLE, COMMUNES) == {"a": "a", "b": "b", "p": "p"}
    assert nc.unit_families(WHOLE, DISTRICTS) == {"a": "a", "b": "a", "p": "a"}
    assert nc.unit_families(WHOLE, COMMUNES, lineage=LINEAGE) == {
        "a": "a",
        "b": "b",
        "p": "p",
        "c": "c",
        "d": "c",
        "m": "c",
    }
