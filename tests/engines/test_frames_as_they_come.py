"""Frames as people have them: identifiers in every form, headings of every kind, and columns that are no facts."""

from __future__ import annotations

import datetime
import re
import unicodedata
import warnings
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.columns.door.keys import DOUBTFUL, MAYBE_TOTAL
from ncriteria.facts.rows.no_units import no_unit
from ncriteria.facts.table import FactsError
from ncriteria.facts.units.identifiers import normal_identifier, stands_for_none
from tests.case_files import cases

SET = """\
format: ncriteria/1
set:
  id: test.frames
  standard: test
  title: A set
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2021, to: 2024}
  level: commune
facts:
  crimes: {title: Crimes, type: count}
  rate: {title: Rate, type: number}
  share: {title: Share, type: number, decimals: 2}
  day: {title: Day, type: date}
  camera: {title: Camera, type: boolean}
clauses:
"""
CLAUSE = '  {path}: {{title: Clause, rule: "{rule}", encodes: exact, cite: [{{instrument: "1/TEST"}}]}}\n'


def criteria(**rules):
    return nc.loads(SET + "".join(CLAUSE.format(path=path, rule=rule) for path, rule in rules.items()))


FALL = criteria(fall="crimes <= prev_year * 0.95")
NOT_FALLEN = ["undetermined", "not_met", "undetermined"]
YEARS = {"year": [2021, 2022, 2022], "crimes": [20, 20, 1]}


def on_duckdb(frame: pl.DataFrame) -> duckdb.DuckDBPyRelation:
    """A relation of a connection of its own."""
    connection = duckdb.connect()
    connection.register("source", frame.to_arrow())
    return connection.sql("SELECT * FROM source")


def verdicts(found, *names):
    """Columns of a judged frame of any kind, in the order of years and units."""
    if isinstance(found, pl.LazyFrame):
        found = found.collect()
    if isinstance(found, duckdb.DuckDBPyRelation):
        found = found.pl()
    if isinstance(found, pa.Table):
        unit = pa.array(found["unit"].to_pylist())
        found = pl.from_arrow(found.select(["year", *names]).append_column("unit", unit))
    if isinstance(found, pd.DataFrame):
        found = pl.from_pandas(found[["unit", "year", *names]].astype(dict.fromkeys(names, str)))
    key = pl.col("unit").cast(pl.String).str.normalize("NFC").str.strip_chars()
    sorted_rows = found.sort("year", key)
    columns = [sorted_rows.get_column(name).cast(pl.String).to_list() for name in names]
    return columns[0] if len(names) == 1 else columns


TEXTS = {
    "texts of Polars": lambda frame: frame,
    "categories of Polars": lambda frame: frame.with_columns(pl.col("unit").cast(pl.Categorical)),
    "an enumeration of Polars": lambda frame: frame.with_columns(
        pl.col("unit").cast(pl.Enum(frame.get_column("unit").unique()))
    ),
    "categories of a lazy frame": lambda frame: frame.with_columns(pl.col("unit").cast(pl.Categorical)).lazy(),
    "texts of pandas": lambda frame: frame.to_pandas(),
    "categories of pandas": lambda frame: frame.to_pandas().astype({"unit": "category"}),
    "texts of Arrow": lambda frame: frame.to_arrow(),
    "a dictionary of Arrow": lambda frame: frame.with_columns(pl.col("unit").cast(pl.Categorical)).to_arrow(),
    "runs of Arrow": lambda frame: pa.table(
        {
            **dict(zip(frame.columns, frame.to_arrow().columns, strict=True)),
            "unit": pa.compute.run_end_encode(pa.array(frame.get_column("unit").to_list())),
        }
    ),
}
COMPOSING = pytest.mark.parametrize("kind", TEXTS)


@COMPOSING
@pytest.mark.parametrize("first", ["Xa\u0303 Một", "Xã  Một", " Xã Một", "Xã Một\u00a0", "Xã\u00a0\tMột"])
def test_an_identifier_has_one_form_whatever_column_it_stands_in(kind, first):
    frame = pl.DataFrame({"unit": [first, "Xã Một", "y"], **YEARS})
    native = TEXTS[kind](frame)
    found = nc.evaluate_table(native, FALL)
    assert verdicts(found, "fall") == NOT_FALLEN
    if isinstance(native, pl.DataFrame):
        assert found.select(native.columns).equals(native)


@COMPOSING
def test_one_unit_in_two_spellings_stands_twice_in_a_year(kind):
    frame = pl.DataFrame({"unit": ["Xa\u0303", "Xã ", "y"], **YEARS, "year": [2022, 2022, 2022]})
    with pytest.raises(FactsError) as caught:
        nc.evaluate_table(TEXTS[kind](frame), FALL)
    assert str(caught.value) == 'column "unit": NC230 Xã stands twice in 2022'


def test_on_duckdb_spaces_are_one_and_marks_are_refused_in_enumerations_too():
    frame = pl.DataFrame({"unit": ["Xã\u00a0 Một", "Xã Một ", "y"], **YEARS})
    for one in (frame, frame.with_columns(pl.col("unit").cast(pl.Categorical))):
        assert verdicts(nc.evaluate_table(on_duckdb(one), FALL), "fall") == NOT_FALLEN
        with pytest.raises(FactsError, match="NC244 units are written with combining marks"):
            nc.evaluate_table(on_duckdb(one.with_columns(unit=pl.lit("Xa\u0303").cast(one.schema["unit"]))), FALL)


@pytest.mark.parametrize("years", [pl.Float64, pl.Decimal(10, 2), pl.Int16, pl.UInt64])
@pytest.mark.parametrize("engine", [lambda frame: frame, on_duckdb, lambda frame: frame.to_pandas()])
def test_years_are_whole_where_they_are_whole(years, engine):
    frame = pl.DataFrame({"unit": ["x", "x", "y"], **YEARS}).with_columns(pl.col("year").cast(years))
    assert verdicts(nc.evaluate_table(engine(frame), FALL), "fall") == NOT_FALLEN


@pytest.mark.parametrize("engine", [lambda frame: frame, on_duckdb, lambda frame: frame.to_arrow()])
@pytest.mark.parametrize("scale", [1, 10, 18, 30])
def test_a_decimal_is_exact_whatever_room_its_column_has(engine, scale):
    typed = pl.Decimal(38, scale)
    frame = pl.DataFrame({"unit": ["x", "y"], "year": [2021, 2021]}).with_columns(
        rate=pl.Series(["12.5", "1.3"]).cast(typed), share=pl.Series(["12.5", "0.1"]).cast(typed)
    )
    found = nc.evaluate_table(engine(frame), criteria(a="rate > 12.4 and rate < 12.6", b="share >= 12.5"))
    assert verdicts(found, "a", "b") == [["met", "not_met"], ["met", "not_met"]]


@pytest.mark.parametrize("engine", [lambda frame: frame, on_duckdb, lambda frame: frame.to_pandas()])
@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_midnight_is_a_day_and_a_moment_of_a_zone_is_refused(engine, unit):
    moments = [datetime.datetime(2022, 1, 1), datetime.datetime(2021, 12, 31)]
    frame = pl.DataFrame({"unit": ["x", "y"], "year": [2022, 2022], "day": moments}).with_columns(
        pl.col("day").cast(pl.Datetime(unit))
    )
    recent = criteria(recent="day >= @'2022-01-01'".replace("'", '\\"'))
    assert verdicts(nc.evaluate_table(engine(frame), recent), "recent") == ["met", "not_met"]
    with pytest.raises(
        FactsError, match=r"NC240 `day` is a calendar day; the column has the type Datetime\(.*\n.*zone"
    ):
        nc.evaluate_table(engine(frame.with_columns(pl.col("day").cast(pl.Datetime("us", "UTC")))), recent)


def test_decimals_of_256_bits_are_exact_or_refused():
    def table(*values):
        numbers = pa.array([Decimal(value) for value in values], pa.decimal256(60, 10))
        return pa.table({"unit": ["x", "y"], "year": [2021, 2021], "rate": numbers})

    assert verdicts(nc.evaluate_table(table("1.5", "0.5"), criteria(a="rate > 1")), "a") == ["met", "not_met"]
    with pytest.raises(FactsError) as caught:
        nc.evaluate_table(table("1.5", "1" * 45), criteria(a="rate > 1"))
    assert str(caught.value) == (
        'column "rate": NC241 the column has decimals of more than 38 digits (decimal256(60, 10))\n'
        "  hint: make it decimal128(38, ...)"
    )


@pytest.mark.parametrize(
    "values", [pa.array([[1]]), pa.array([{"a": 1}]), pa.array([b"1"]), pa.array([1], "duration[s]")]
)
def test_a_fact_of_a_type_that_holds_none_is_refused(values):
    with pytest.raises(FactsError) as caught:
        nc.evaluate_table(pa.table({"unit": ["x"], "year": [2021], "crimes": values}), FALL)
    assert str(caught.value) == (
        f'column "crimes": NC240 a fact, a unit or a year cannot be of the type {values.type}\n'
        "  hint: give the column a type of numbers, truths, texts or dates"
    )


OURS = [
    "__ncriteria_year_0_0",
    "__NCRITERIA_V0",
    "__ncriteria_c0_0",
    "__ncriteria_part",
    "c0",
    "C1",
    "c2_key",
    "*",
    "^c.*$",
]
HEADINGS = [*OURS, "a.b", 'q"uote', "`tick", "x y", "Số vụ khác ", "__ncriteria_unit", "__ncriteria_this_0", "outer"]


@pytest.mark.parametrize("rule", ["crimes <= prev_year * 0.95", "round_half_up(crimes / 3) <= prev_year * 0.3"])
@pytest.mark.parametrize(
    "engine",
    [lambda frame: frame, lambda frame: frame.reverse(), pl.DataFrame.lazy, on_duckdb, lambda frame: frame.to_arrow()],
)
@pytest.mark.filterwarnings("ignore::ncriteria.RowByRowWarning")
def test_headings_of_any_kind_change_no_verdict_and_come_back(engine, rule):
    plain = pl.DataFrame({"unit": ["x", "x", "y"], **YEARS})
    frame = plain.with_columns(pl.lit(number).alias(heading) for number, heading in enumerate(HEADINGS))
    judged = nc.evaluate_table(engine(frame), criteria(fall=rule))
    assert verdicts(judged, "fall") == verdicts(nc.evaluate_table(plain, criteria(fall=rule)), "fall")
    expected = [list(range(len(HEADINGS)))] * 3
    if isinstance(judged, duckdb.DuckDBPyRelation):
        assert judged.columns == [*frame.columns, "verdict", "fall"]
        assert [list(row)[3 : 3 + len(HEADINGS)] for row in judged.fetchall()] == expected
        return
    found = judged.collect() if isinstance(judged, pl.LazyFrame) else pl.DataFrame(judged)
    assert found.columns == [*frame.columns, "verdict", "fall"]
    assert [list(row)[3 : 3 + len(HEADINGS)] for row in found.iter_rows()] == expected


ONE_NAME = "have one name: the engine does not tell capitals from small letters"


@pytest.mark.parametrize(
    ("frame", "rules", "message"),
    [
        (
            {"Fall": [1]},
            {"fall": "crimes <= 3"},
            f'column "Fall": NC243 this and the verdicts of `fall` {ONE_NAME}\n  hint: rename or drop it',
        ),
        (
            {"Verdict": [1]},
            {"fall": "crimes <= 3"},
            f'column "Verdict": NC243 this and the verdicts of `verdict` {ONE_NAME}\n  hint: rename or drop it',
        ),
        (
            {},
            {"fall": "crimes <= 3", "Fall": "crimes >= 3"},
            f"NC243 the columns of verdicts `fall` and `Fall` {ONE_NAME}\n"
            "  hint: judge on Polars, pandas or PyArrow, or rename a clause",
        ),
    ],
)
def test_names_that_differ_in_capitals_are_two_on_polars_and_refused_on_duckdb(frame, rules, message):
    given = pl.DataFrame({"unit": ["x"], "year": [2021], "crimes": [2], **frame})
    judged = nc.evaluate_table(given, criteria(**rules))
    assert judged.select(given.columns).equals(given)
    assert [judged[name][0] for name in rules] == ["met", "not_met"][: len(rules)]
    with pytest.raises(FactsError) as caught:
        nc.evaluate_table(on_duckdb(given), criteria(**rules))
    assert str(caught.value) == message


@pytest.mark.parametrize("path", ["verdict", "missing", "crimes", "camera", "unit", "name", "year", "prev_year.crimes"])
@pytest.mark.parametrize("engine", [lambda frame: frame, pl.DataFrame.lazy, on_duckdb, lambda frame: frame.to_arrow()])
@pytest.mark.parametrize("missing", [False, True])
def test_a_clause_that_is_called_as_a_column_of_the_table_has_its_verdict_beside_it(path, engine, missing):
    frame = pl.DataFrame({"unit": ["x", "y"], "year": [2021, 2021], "crimes": [2, 4], "camera": [True, True]})
    judged = nc.evaluate_table(engine(frame), criteria(**{path: "crimes <= 3", "other": "camera"}), missing=missing)
    assert verdicts(judged, "verdict", f"verdict:{path}", "other") == [
        ["met", "not_met"],
        ["met", "not_met"],
        ["met"] * 2,
    ]
    assert verdicts(judged, "crimes", "camera") == [["2", "4"], ["true", "true"]]


FOREIGN = {
    "floats with NaN": np.array([1.5, np.nan, 2.0]),
    "objects of several types": np.array(["a", 1, None], dtype=object),
    "objects of Python": np.array([{1}, object(), [1, 2]], dtype=object),
    "sparse": pd.arrays.SparseArray([1, 0, 0]),
    "complex": np.array([1j, 2, 3]),
    "periods": pd.period_range("2021", periods=3, freq="Y"),
    "intervals": pd.interval_range(0, 3),
    "categories": pd.Categorical(["b", "a", "b"], categories=["b", "a"], ordered=True),
    "durations": pd.to_timedelta([1, 2, 3], unit="D"),
    "moments of a zone": pd.date_range("2021", periods=3, tz="Asia/Ho_Chi_Minh"),
    "decimals of 256 bits": pd.array([Decimal(1), None, Decimal(2)], pd.ArrowDtype(pa.decimal256(50, 2))),
}


@pytest.mark.parametrize("heading", ["latitude", 7, "note", "published"])
@pytest.mark.parametrize("kind", FOREIGN)
def test_columns_of_pandas_that_are_no_facts_are_not_touched(kind, heading):
    frame = pd.DataFrame({"unit": ["x", "x", "y"], **YEARS}, index=[3, 1, 2])
    frame[heading] = pd.Series(FOREIGN[kind], index=frame.index)
    found = nc.evaluate_table(frame, FALL)
    assert verdicts(found, "fall") == NOT_FALLEN
    pd.testing.assert_frame_equal(found[frame.columns], frame)


def test_columns_to_ignore_are_not_touched():
    frame = pd.DataFrame({"unit": ["x", "x", "y"], **YEARS, "crimess": FOREIGN["objects of several types"]})
    pd.testing.assert_frame_equal(nc.evaluate_table(frame, FALL, ignore=["crimess"])[frame.columns], frame)


@pytest.mark.filterwarnings("ignore::ncriteria.RowByRowWarning")
@pytest.mark.parametrize("rule", ["crimes <= prev_year * 0.95", "round_half_up(crimes / 3) <= prev_year * 0.3"])
def test_columns_of_duckdb_that_are_no_facts_stay_in_its_connection(rule):
    relation = duckdb.connect().sql(
        "SELECT 'x' AS unit, 2021 + i AS year, 20 AS crimes, INTERVAL 1 DAY AS wait, 5::HUGEINT AS huge, "
        "MAP {'a': 1} AS pairs, '5e0495f9-c5d5-46e8-83e0-f647e1b644a4'::UUID AS id, '101'::BIT AS bits "
        "FROM range(2) AS rows(i)"
    )
    judged = nc.evaluate_table(relation, criteria(fall=rule))
    assert judged.columns == [*relation.columns, "verdict", "fall"]
    assert judged.types[: len(relation.types)] == relation.types
    rows = judged.order("year").fetchall()
    assert [row[: len(relation.columns)] for row in rows] == relation.order("year").fetchall()
    assert [row[-1] for row in rows] == ["undetermined", "not_met"]


def test_the_missing_facts_are_named_as_for_one_record():
    rules = criteria(a="at(crimes, 2020) > 1 and prev_year.crimes > 2 or years_ago(2, crimes) > at(crimes, 2023)")
    frame = pl.DataFrame({"unit": ["x"] * 4, "year": [2021, 2022, 2023, 2024], "crimes": [None] * 4})
    frame = frame.with_columns(pl.col("crimes").cast(pl.Int64))
    found = nc.evaluate_table(frame, rules, missing=True)
    expected = ["; ".join(map(str, rules.evaluate({}, year=year).missing)) for year in range(2021, 2025)]
    assert found["missing"].to_list() == expected
    assert expected[0] == "prev_year.crimes; years_ago(2, crimes); at(crimes, 2023)"


def test_every_text_that_is_no_unit_is_looked_at():
    """The engines look for letters only; whether a text is of no unit is asked of the few that have them."""
    looked_at = re.compile(f"{DOUBTFUL}|{MAYBE_TOTAL}")
    texts = [
        case.values[0]["text"] for case in cases(str(Path(__file__).parents[1] / "facts" / "test_units.py"), "totals")
    ]
    assert [text for text in texts if no_unit(normal_identifier(text)) and not looked_at.search(text)] == []
    for text in texts:
        for form in ("NFC", "NFD"):
            written = unicodedata.normalize(form, text).upper()
            assert looked_at.search(written) or not no_unit(normal_identifier(written)), written


@given(st.text("aAnNuolLTe/<>()-.# ", max_size=4) | st.sampled_from(["none", "(blank)", "undefined", "None"]))
def test_every_text_that_stands_for_no_identifier_is_looked_at(text):
    assert re.search(DOUBTFUL, text) or not stands_for_none(text)


def test_a_row_that_others_lie_in_is_a_unit_whatever_its_name():
    frame = pl.DataFrame({"unit": ["t", "x"], "name": ["Cộng", "An"], "parent": [None, "t"], "year": 2021, "crimes": 1})
    assert nc.evaluate_table(frame, FALL)["fall"].to_list() == ["undetermined"] * 2


ENGINES = pytest.mark.parametrize("engine", [lambda frame: frame, on_duckdb, lambda frame: frame.to_pandas()])
BY_NAME = {"unit": ["d", "c"], "name": ["Miền D", "Xã C"], "parent": [None, "Miền D"], "year": [2021, 2021]}
TOLD = (
    'column "parent": NC235 no unit has the identifier `Miền D`, given as the unit around; it is a name\n'
    "  hint: write the identifier `d`"
)


@ENGINES
def test_a_parent_that_is_no_unit_of_the_frame_is_told(engine):
    with pytest.warns(nc.TableWarning) as caught:
        nc.evaluate_table(engine(pl.DataFrame(BY_NAME)), FALL)
    assert [str(one.message) for one in caught] == [TOLD]


@ENGINES
def test_a_unit_that_differs_only_in_what_cannot_be_seen_is_told(engine):
    frame = pl.DataFrame({"unit": ["x", "x\u200b", "z\u200b"], **YEARS})
    with pytest.warns(nc.TableWarning) as caught:
        nc.evaluate_table(engine(frame), FALL)
    assert [str(one.message) for one in caught] == [
        'column "unit": NC236 `x<U+200B>` differs from `x` only in invisible characters; they are read as two units\n'
        "  hint: write the identifier of a unit alike in all of its rows"
    ]


@ENGINES
@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("parent", ["d", "d ", "d\u00a0", "", " "])
def test_a_parent_that_is_a_unit_in_another_spelling_or_blank_is_not_told(engine, parent):
    nc.evaluate_table(engine(pl.DataFrame({**BY_NAME, "parent": [None, parent]})), FALL)


def test_many_rows_in_no_order_have_their_own_verdicts_and_keep_their_places():
    units = pl.DataFrame({"unit": [f"x{number}" for number in range(10_000)]})
    made = units.join(pl.DataFrame({"year": [2021, 2022, 2024]}), how="cross").with_row_index("crimes")
    facts = made.with_columns(crimes=pl.col("crimes").cast(pl.Int64) * 7919 % 23 + 1)
    rules = criteria(
        fall="crimes <= prev_year", longer="crimes < years_ago(2, crimes)", fixed="crimes >= at(crimes, 2022)"
    )
    paths = ["fall", "longer", "fixed"]
    in_order = nc.evaluate_table(facts.sort("unit", "year"), rules)
    for seed in (1, 2):
        shuffled = facts.sample(fraction=1, shuffle=True, seed=seed)
        judged = nc.evaluate_table(shuffled, rules)
        assert judged.select(facts.columns).equals(shuffled)
        assert judged.sort("unit", "year").equals(in_order.select(judged.columns))
    counted = in_order.group_by("year").agg(*(pl.col(path).is_in(["met", "not_met"]).sum() for path in paths))
    assert sorted(counted.rows()) == [(2021, 0, 0, 0), (2022, 10_000, 0, 10_000), (2024, 0, 10_000, 10_000)]


def test_an_odd_unit_is_found_wherever_its_rows_stand_and_however_often():
    units = ["x", "y", "x", "Tổng cộng", "y", "Tổng cộng", "y"]
    frame = pl.DataFrame({"unit": units, "year": [2021, 2021, 2022, 2021, 2022, 2022, 2023], "crimes": 1})
    told = '"Tổng cộng", a row of {}, is a total and no unit'
    for kind in (pl.String, pl.Categorical, pl.Enum(["y", "Tổng cộng", "x"])):
        with pytest.raises(FactsError) as caught:
            nc.evaluate_table(frame.with_columns(pl.col("unit").cast(kind)), FALL)
        assert [problem.message for problem in caught.value.problems] == [told.format(2021), told.format(2022)]


@ENGINES
def test_units_that_look_alike_and_names_of_another_level_are_told(engine):
    columns = {"unit": ["x1", "X1", "d", "t"], "name": ["Xã A", "Xã B", "Huyện D", "TP. T"], "year": [2021] * 4}
    with pytest.warns(nc.TableWarning) as told:
        nc.evaluate_table(engine(pl.DataFrame({**columns, "crimes": 1})), FALL)
    assert [str(warning.message) for warning in told] == [
        'column "unit": NC236 `x1` differs from `X1` only in letter case; they are read as two units\n'
        "  hint: write the identifier of a unit alike in all of its rows\n"
        'column "name": NC260 "Huyện D" is named as a district, and without a level it is judged as a commune\n'
        "  hint: give the level of each unit in a column `level` (Cấp); leave the row out where it sums up others\n"
        'column "name": NC260 "TP. T" is named as a district or a province, and without a level it is judged as a '
        "commune\n"
        "  hint: give the level of each unit in a column `level` (Cấp); leave the row out where it sums up others"
    ]


@ENGINES
@pytest.mark.parametrize(("level", "told"), [("huyện", 0), ("xã", 1), (None, 1)])
def test_a_name_is_compared_with_the_level_of_its_row(engine, level, told):
    frame = pl.DataFrame({"unit": ["d"], "name": ["Huyện D"], "level": [level], "year": [2021], "crimes": [1]})
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        nc.evaluate_table(engine(frame.with_columns(pl.col("level").cast(pl.String))), FALL)
    assert len([one for one in found if issubclass(one.category, nc.TableWarning)]) == told
