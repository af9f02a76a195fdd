"""What frames may hold, and what is refused before anything is computed, on every engine with one message."""

from __future__ import annotations

import datetime
import warnings
from decimal import Decimal

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import ncriteria as nc
from ncriteria.facts.table import FactsError
from tests.case_files import cases
from tests.messages import untold_in

SET = """\
format: ncriteria/1
set:
  id: test.doors
  standard: test
  title: A set
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2021, to: 2024}
  level: commune
facts:
  crimes: {title: Crimes, type: count, headings: ["Số vụ"]}
  people: {title: People, type: count, min: 1, max: 1000000}
  share: {title: Share, type: number, decimals: 2, min: 0, max: 1}
  rate: {title: Rate, type: number}
  rating: {title: Rating, type: enumeration, options: [good, bad]}
  model: {title: Model, type: boolean}
  day: {title: Day, type: date}
clauses:
  crime:
    title: Crime
    all:
      - {id: few, title: Few, rule: crimes <= prev_year, encodes: exact, cite: [{instrument: 1/TEST}]}
  part: {title: Share, rule: share >= 0.07, encodes: exact, cite: [{instrument: 1/TEST}]}
  low: {title: Rate, rule: rate < 4.5, encodes: exact, cite: [{instrument: 1/TEST}]}
  liked: {title: Rating, rule: 'rating = "good"', encodes: exact, cite: [{instrument: 1/TEST}]}
  modelled: {title: Model, rule: model, encodes: exact, cite: [{instrument: 1/TEST}]}
  recent: {title: Day, rule: 'day >= @"2022-01-01"', encodes: exact, cite: [{instrument: 1/TEST}]}
  crowded: {title: People, rule: people > 2, encodes: exact, cite: [{instrument: 1/TEST}]}
"""
CRITERIA = nc.loads(SET)
CLAUSES = ["crime/few", "part", "low", "liked", "modelled", "recent", "crowded"]
KINDS = {
    "polars": lambda frame: frame,
    "lazy": lambda frame: frame.lazy(),
    "pandas": lambda frame: frame.to_pandas(),
    "pandas on arrow": lambda frame: frame.to_pandas(use_pyarrow_extension_array=True),
    "pyarrow": lambda frame: frame.to_arrow(),
    "duckdb": lambda frame: duckdb.from_arrow(frame.to_arrow()),
}
every_kind = pytest.mark.parametrize("kind", KINDS)


def frame_of(columns, dtypes=None) -> pl.DataFrame:
    given = {"unit": ["a", "a"], "year": [2021, 2022], **columns}
    frame = pl.DataFrame({name: values for name, values in given.items() if values is not None}, strict=False)
    casts = {name: pl.Decimal(38, 3) if dtype == "Decimal" else getattr(pl, dtype) for name, dtype in dtypes.items()}
    return frame.with_columns(pl.col(name).cast(dtype) for name, dtype in casts.items())


def judged(kind, frame) -> list[dict[str, object]]:
    """The verdicts of the clauses, row by row, in the order of units and years."""
    found = nc.evaluate_table(KINDS[kind](frame), CRITERIA)
    match kind:
        case "polars":
            table = found
        case "lazy":
            table = found.collect()
        case "duckdb":
            table = found.pl()
        case "pyarrow":
            table = pl.from_arrow(found)
        case _:
            table = pl.from_pandas(found.astype(object).convert_dtypes())
    return [
        {name: value for name, value in row.items() if name in CLAUSES and value != "undetermined"}
        for row in table.sort("unit", "year").iter_rows(named=True)
    ]


@every_kind
@pytest.mark.parametrize("case", cases(__file__, "refused_frames"))
def test_a_frame_is_refused_with_one_message_everywhere(case, kind):
    if kind == "pandas" and case.get("unless") == "pandas":
        pytest.skip("NumPy has floats with NaN here, which are refused as such")
    native = KINDS[kind](frame_of(case["columns"], case.get("dtypes", {})))
    with pytest.raises(FactsError) as caught:
        nc.evaluate_table(native, CRITERIA)
    assert str(caught.value) == case["error"]


@pytest.mark.parametrize("case", cases(__file__, "refused_frames"))
def test_whatever_is_told_of_a_frame_can_be_told_in_vietnamese(case):
    with pytest.raises(FactsError) as caught:
        nc.evaluate_table(frame_of(case["columns"], case.get("dtypes", {})), CRITERIA)
    assert untold_in(caught.value.problems) == []


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (
            {"model": ["x", None]},
            'cột "model": NC240 `model` cần true hoặc false; cột này có kiểu String\n'
            "  gợi ý: trước hết đổi cột thành kiểu đúng/sai (boolean)",
        ),
        (
            {"unit": ["a", "Tổng cộng"]},
            'cột "unit": NC247 "Tổng cộng", hàng của năm 2022, là hàng tổng, không phải đơn vị\n'
            "  gợi ý: bỏ hàng này; nếu đây là đơn vị, ghi cấp trước tên, chẳng hạn Xã",
        ),
        (
            {"people": [2, 2000000]},
            'cột "people": NC203 2000000 (a, 2022) lớn hơn 1.000.000, là giá trị lớn nhất của `people`',
        ),
    ],
)
def test_a_frame_is_refused_in_vietnamese(columns, told):
    with pytest.raises(FactsError) as caught:
        nc.evaluate_table(frame_of(columns, {}), CRITERIA)
    assert "\n".join(problem.text("vi") for problem in caught.value.problems) == told


@pytest.mark.parametrize("given", [5, None, "facts.parquet", [{"unit": "a"}], {"unit": ["a"]}, pl.Series([1])])
def test_what_is_no_frame_is_refused(given):
    with pytest.raises(FactsError) as caught:
        nc.evaluate_table(given, CRITERIA)
    assert str(caught.value) == (
        f"NC242 `{type(given).__name__}` is no frame\n"
        "  hint: the frames that are taken: Polars, pandas, PyArrow, DuckDB relations, PySpark, Ibis, SQLFrame"
    )


WHOLE = ["Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64", "Float32", "Float64", "Decimal"]


@every_kind
@pytest.mark.parametrize("dtype", WHOLE)
def test_whole_numbers_of_every_type_are_compared_as_numbers(dtype, kind):
    frame = frame_of({"crimes": [100, 99], "people": [3, 1]}, {"crimes": dtype, "people": dtype})
    assert judged(kind, frame) == [{"crowded": "met"}, {"crime/few": "met", "crowded": "not_met"}]


@every_kind
@pytest.mark.parametrize("dtype", ["Float64", "Decimal"])
def test_declared_decimals_are_compared_as_they_are_written(dtype, kind):
    values = ["0.07", "0.06"] if dtype == "Decimal" else [0.07, 0.06]
    frame = frame_of({"share": values}, {"share": dtype})
    assert judged(kind, frame) == [{"part": "met"}, {"part": "not_met"}]


@every_kind
def test_a_number_without_declared_decimals_may_have_those_of_its_column(kind):
    frame = frame_of({"rate": ["4.499", "4.5"]}, {"rate": "Decimal"})
    assert judged(kind, frame) == [{"low": "met"}, {"low": "not_met"}]


@every_kind
@pytest.mark.parametrize("dtype", ["String", "Categorical"])
def test_texts_may_be_categories(dtype, kind):
    frame = frame_of({"rating": ["good", "bad"]}, {"rating": dtype, "unit": dtype})
    assert judged(kind, frame) == [{"liked": "met"}, {"liked": "not_met"}]


@every_kind
def test_truths_and_days_are_compared(kind):
    days = [datetime.date(2021, 12, 31), datetime.date(2022, 1, 1)]
    if kind == "pandas":
        pytest.skip("pandas has no column of days in NumPy")
    frame = frame_of({"model": [True, None], "day": days}, {})
    assert judged(kind, frame) == [{"modelled": "met", "recent": "not_met"}, {"recent": "met"}]


@every_kind
@pytest.mark.parametrize("dtype", ["typed", "untyped"])
def test_columns_of_nothing_but_blanks_are_unknown(dtype, kind):
    names = {"crimes": "Int64", "share": "Decimal", "rating": "String", "model": "Boolean", "day": "Date"}
    if kind == "pandas" and dtype == "typed":
        pytest.skip("NumPy has floats with NaN here, which are refused as such")
    frame = frame_of({name: [None, None] for name in names}, names if dtype == "typed" else {})
    assert judged(kind, frame) == [{}, {}]


@every_kind
def test_a_frame_without_rows_has_columns_of_verdicts(kind):
    frame = frame_of({"crimes": [1, 2], "share": [0.5, 0.5], "rating": ["good", "bad"]}, {}).clear()
    found = nc.evaluate_table(KINDS[kind](frame), CRITERIA)
    found = found.collect() if kind == "lazy" else found
    assert list(found.column_names if kind == "pyarrow" else found.columns) == [
        *frame.columns,
        "verdict",
        "crime",
        *CLAUSES,
    ]


@every_kind
def test_years_before_and_after_the_set_and_in_a_gap(kind):
    years = [2019, 2020, 2021, 2023, 2024, 2025]
    frame = frame_of({"unit": ["a"] * 6, "year": years, "crimes": [6, 5, 4, 3, 2, 1]}, {})
    found = judged(kind, frame)
    assert [row.get("crime/few", "undetermined") for row in found] == [None, None, "met", "undetermined", "met", None]


@every_kind
def test_rows_of_other_levels_have_no_verdict_and_rows_without_a_level_do(kind):
    levels = ["Xã", "phường", "huyện", "  Thị  trấn ", None, "commune"]
    units = list("abcdef")
    frame = frame_of({"unit": units, "year": [2021] * 6, "level": levels, "people": [3] * 6}, {})
    assert [row["crowded"] for row in judged(kind, frame)] == ["met", "met", None, "met", "met", "met"]


def test_last_year_may_stand_in_the_row_itself():
    frame = frame_of({"crimes": [4, 3], "prev_year.crimes": [4, None]}, {})
    assert judged("polars", frame) == [{"crime/few": "met"}, {"crime/few": "met"}]
    assert judged("duckdb", frame) == [{"crime/few": "met"}, {"crime/few": "met"}]


def test_other_columns_are_left_alone_and_headings_may_be_passed_over():
    frame = frame_of({"crimes": [4, 3], "Ghi chú": ["x", "y"], "crimess": [1, 2], "colour": ["red", "blue"]}, {})
    found = nc.evaluate_table(frame, CRITERIA, ignore=["crimess"])
    assert found.select(frame.columns).equals(frame)


def test_a_column_that_looks_like_the_year_is_left_alone_where_the_year_is_there():
    frame = frame_of({"crimes": [4, 3], "Nam": [51, 49]}, {})
    assert nc.evaluate_table(frame, CRITERIA).select(frame.columns).equals(frame)
    with pytest.raises(nc.NCriteriaError, match="did you mean `năm`"):
        nc.evaluate_table(frame.drop("year"), CRITERIA)


@pytest.mark.parametrize("columns", [{"name": ["a", "a"], "unit": None}, {"Đơn vị": ["a", "a"], "unit": None}])
def test_a_name_stands_for_the_unit_where_there_is_no_identifier(columns):
    assert judged("polars", frame_of({**columns, "crimes": [4, 3]}, {}).with_columns(unit=pl.lit(1)))


def test_rows_of_frames_in_memory_keep_their_order():
    shuffled = frame_of({"unit": list("cabcab"), "year": [2022, 2021, 2022, 2021, 2022, 2021], "crimes": [1] * 6}, {})
    for frame in (shuffled, shuffled.sort("unit", "year")):
        assert nc.evaluate_table(frame, CRITERIA).select(frame.columns).equals(frame)
        arrow = nc.evaluate_table(frame.to_arrow(), CRITERIA)
        assert pl.from_arrow(arrow).select(frame.columns).equals(frame)
        of_pandas = frame.to_pandas()
        pd.testing.assert_frame_equal(nc.evaluate_table(of_pandas, CRITERIA)[frame.columns], of_pandas)


@pytest.mark.parametrize("rule", ["crimes <= prev_year * 0.95", "at(crimes, 2021) >= 0", "round_down(crimes / 3) >= 1"])
@pytest.mark.filterwarnings("ignore::ncriteria.RowByRowWarning")
def test_rows_of_lazy_frames_keep_their_order(rule):
    criteria = nc.loads(SET.replace("rule: crimes <= prev_year,", f"rule: '{rule}',"))
    number = pl.int_range(10_000)
    frame = pl.select(unit=number // 2, year=2021 + number % 2, crimes=number % 7).sample(
        fraction=1, shuffle=True, seed=1
    )
    found = nc.evaluate_table(frame.lazy().filter(pl.col("crimes") < 6), criteria).collect()
    expected = nc.evaluate_table(frame.filter(pl.col("crimes") < 6), criteria)
    assert found.equals(expected)
    assert found.select(frame.columns).equals(frame.filter(pl.col("crimes") < 6))


def test_rows_of_pandas_keep_their_index_and_their_types():
    frame = pd.DataFrame(
        {"unit": ["a", "a"], "year": np.array([2021, 2022], dtype="int16"), "crimes": pd.array([1, None], "Int64")},
        index=["p", "q"],
    )
    found = nc.evaluate_table(frame, CRITERIA)
    assert list(found.index) == ["p", "q"]
    pd.testing.assert_frame_equal(found[["unit", "year", "crimes"]], frame)
    assert found.loc["p", "verdict"] == "undetermined"


def test_nan_of_numpy_is_refused_with_what_to_do_and_what_to_do_works():
    frame = pd.DataFrame({"unit": ["a", "a"], "year": [2021, 2022], "crimes": [1, None]})
    with pytest.raises(FactsError) as caught:
        nc.evaluate_table(frame, CRITERIA)
    assert str(caught.value) == (
        'column "crimes": NC241 NaN in a column of NumPy floats may be a missing value or no number at all\n'
        '  hint: make missing values clear first: frame.convert_dtypes(dtype_backend="pyarrow")'
    )
    found = nc.evaluate_table(frame.convert_dtypes(dtype_backend="pyarrow"), CRITERIA)
    assert found["crime/few"].astype(str).tolist() == ["undetermined", "undetermined"]


def test_objects_of_pandas_are_read_by_what_they_hold():
    frame = pd.DataFrame(
        {
            "unit": ["a", "a"],
            "year": [2021, 2022],
            "crimes": pd.Series([2, None], dtype=object),
            "share": [Decimal("0.07"), Decimal("0.06")],
            "day": [datetime.date(2022, 1, 1)] * 2,
        }
    )
    found = nc.evaluate_table(frame, CRITERIA)
    assert (found["part"].tolist(), found["day"].tolist()[0]) == (["met", "not_met"], frame["day"].tolist()[0])
    mixed = frame.assign(crimes=pd.Series([2, "x"], dtype=object))
    with pytest.raises(FactsError, match="NC240 the column has values of several types: Could not convert 'x'"):
        nc.evaluate_table(mixed, CRITERIA)


def test_two_columns_of_one_name_are_refused():
    frame = pd.DataFrame([["a", 2021, 1, 2]], columns=["unit", "year", "crimes", "crimes"])
    with pytest.raises(FactsError, match="NC211 several columns of the frame have one name"):
        nc.evaluate_table(frame, CRITERIA)


def test_units_with_combining_marks_are_one_unit_on_polars_and_refused_on_duckdb():
    frame = frame_of({"unit": ["xa\u0303", "x\u00e3"], "crimes": [4, 3]}, {})
    for kind in ("polars", "lazy", "pandas", "pyarrow"):
        assert judged(kind, frame) == [{}, {"crime/few": "met"}]
    with pytest.raises(FactsError) as caught:
        nc.evaluate_table(duckdb.from_arrow(frame.to_arrow()), CRITERIA)
    assert str(caught.value) == (
        'column "unit": NC244 units are written with combining marks (decomposed Unicode)\n'
        "  hint: compose them first, in DuckDB with nfc_normalize(...)"
    )


def test_nothing_is_computed_before_the_door():
    """A lazy frame is refused when it is given, not when it is collected."""
    wrong = frame_of({"crimes": [-1, 2]}, {}).lazy()
    with pytest.raises(FactsError, match="NC203"):
        nc.evaluate_table(wrong, CRITERIA)


OVERFLOWING = """\
format: ncriteria/1
set:
  id: test.overflow
  standard: test
  title: A set
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2021, to: 2024}
  level: commune
facts:
  crimes: {title: Crimes, type: count}
  fires: {title: Fires, type: count}
clauses:
  fall: {title: Fall, rule: crimes <= prev_year * 0.95, encodes: exact, cite: [{instrument: 1/TEST}]}
  burnt: {title: Fires, rule: fires <= prev_year * 0.95, encodes: exact, cite: [{instrument: 1/TEST}]}
"""


@every_kind
def test_products_that_leave_64_bits_are_judged_row_by_row_and_rightly(kind):
    """20 times either number is more than 64 bits hold: wrapped around, the verdicts would come out the other way."""
    base = 2**62
    least = base - base // 20 - 1
    assert 20 * least <= 19 * base < 20 * (least + 1)
    frame = frame_of(
        {"unit": list("aabb"), "year": [2021, 2022] * 2, "crimes": [base, least, base, least + 1], "fires": [1] * 4}, {}
    )
    criteria = nc.loads(OVERFLOWING)
    with pytest.warns(nc.RowByRowWarning) as caught:
        found = nc.evaluate_table(KINDS[kind](frame), criteria)
    (reasons,) = [one.message.reasons for one in caught if isinstance(one.message, nc.RowByRowWarning)]
    assert reasons == {"fall:holds": "with the values of this table a product or a sum may leave the range of Int64"}
    table = found.collect() if kind == "lazy" else found.pl() if kind == "duckdb" else found
    table = pl.from_arrow(table) if isinstance(table, pa.Table) else table
    table = table if kind.startswith("pandas") else table.sort("unit", "year")
    verdicts = [str(verdict) for verdict in table["fall"]]
    assert verdicts == ["undetermined", "met", "undetermined", "not_met"]


def test_numbers_that_stay_within_64_bits_give_no_warning():
    frame = frame_of({"crimes": [2**62 // 20, 2**62 // 20], "fires": [1, 1]}, {})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nc.evaluate_table(frame, nc.loads(OVERFLOWING))


@pytest.mark.parametrize("kind", [lambda frame: frame, lambda frame: frame.lazy(), lambda frame: frame.to_arrow()])
def test_names_that_polars_would_read_as_patterns_are_left_alone(kind):
    criteria = nc.catalog()["vn.bca.hd06-2022.commune"]
    facts = {"unit": ["a"], "year": [2023], "crime_cases": [0], "*": [5], "^x$": [6], "x": [7]}
    judged = nc.evaluate_table(kind(pl.DataFrame(facts)), criteria)
    found = pl.DataFrame(judged.collect() if isinstance(judged, pl.LazyFrame) else judged)
    assert found.row(0)[: len(facts)] == tuple(values[0] for values in facts.values())
    assert found.columns[: len(facts) + 1] == [*facts, "verdict"]


def test_only_the_rule_that_columns_cannot_judge_falls_to_rows():
    """Whether the rule has a value rests on the rounding too; the condition of the clause does not."""
    text = OVERFLOWING.replace(
        "rule: crimes <= prev_year * 0.95,", "applies_when: fires > 0, rule: 100 / floor(crimes / 2) <= 30,"
    ).replace("fires <= prev_year * 0.95", "fires <= 3")
    criteria = nc.loads(text)
    given = {"unit": list("abcd"), "year": [2021] * 4, "crimes": [1, 4, 8, None], "fires": [0, 1, 1, 1]}
    with pytest.warns(nc.RowByRowWarning) as caught:
        found = nc.evaluate_table(frame_of(given, {}).lazy(), criteria).collect().sort("unit")
    (reasons,) = [one.message.reasons for one in caught if isinstance(one.message, nc.RowByRowWarning)]
    assert reasons == {"fall:holds": "a rounded quotient, which engines do not round alike"}
    assert [str(one) for one in found["fall"]] == ["not_applicable", "not_met", "met", "undetermined"]
