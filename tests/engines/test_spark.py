"""Whole tables on Spark in local mode, held to the record evaluator. Skipped where Java or pyspark is absent.

With SPARK_REMOTE, such as `local[2]`, the session is one of Spark Connect, whose server is a process of its own.
"""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import warnings
from decimal import Decimal
from importlib import import_module

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.columns.table import RowByRowWarning, evaluate_table
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.facts.table import FactsError
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.model import Level
from tests.attested_sets import attested
from tests.attested_sets import criteria as attested_criteria
from tests.engines import test_known_on, test_leaning, test_parts, test_roll_ups
from tests.engines.strategies import criteria_sets
from tests.engines.test_columns import by_reference, by_rows, frame_of, tables
from tests.engines.test_rules_together import TAKEN, verdicts_together, wanted_of
from tests.evaluation.test_grades import CRITERIA as GRADED
from tests.evaluation.test_grades import GRADE_COLUMNS, graded_frame

pyspark_sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
IS_REMOTE = "SPARK_REMOTE" in os.environ


def lacks_connect() -> bool:
    """Whether Spark Connect is asked for, and a package that it needs is absent."""
    try:
        return IS_REMOTE and not import_module("pyspark.sql.connect.session")
    except ImportError:
        return True


pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none here"),
    pytest.mark.skipif(lacks_connect(), reason="Spark Connect is not installed with all that it needs"),
]
once_for_both = pytest.mark.skipif(IS_REMOTE, reason="Spark Connect plans as Spark does, which this is tried with")
"""Of tests of how a table is planned; the others are of how it comes and goes, too."""

ROWS = [("a", 2021, 20, 1), ("a", 2022, 19, 1), ("a", 2024, 1, None), ("b", 2022, 3, 0), ("b", 2023, 3, None)]
SET = """\
format: ncriteria/1
set:
  id: test.spark
  standard: test
  title: A set
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2021, to: 2024}
  level: commune
facts:
  crimes: {title: Crimes, type: count}
  fires: {title: Fires, type: count}
clauses:
  "19.2":
    title: Group
    any:
      - {id: crime, title: Crime, rule: crimes <= prev_year * 0.95, encodes: exact, cite: [{instrument: 1/TEST}]}
      - {id: fire, title: Fire, rule: fires = 0, encodes: exact, cite: [{instrument: 1/TEST}]}
"""


@pytest.fixture(scope="module")
def spark():
    """One session for all tests, as light as it can be."""
    builder = pyspark_sql.SparkSession.builder.appName("ncriteria-tests")
    options = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.default.parallelism": "2",
        "spark.sql.adaptive.enabled": "false",
    }
    of_driver = {
        "spark.master": "local[2]",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    for name, value in (options if IS_REMOTE else {**options, **of_driver}).items():
        builder = builder.config(name, value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Connect tells that a server keeps what it was started with.
        session = builder.getOrCreate()
    if not IS_REMOTE:
        session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def found_in(judged) -> pl.DataFrame:
    return pl.from_arrow(judged.toArrow())


@settings(phases=(Phase.explicit, Phase.generate), max_examples=1, database=None)
@given(st.data())
def test_spark_gives_the_verdicts_of_the_record_evaluator(spark, data):
    """Ties, blanks, gaps in the years, decimals, dates and texts; unknown in and, or, not and if."""
    criteria, table = Criteria(data.draw(criteria_sets())), data.draw(tables(units=8))
    paths = [member.path for member in criteria.definition.members()]
    expected = {
        key: verdicts or dict.fromkeys(("verdict", *paths))
        for key, (verdicts, _) in by_reference(criteria, table).items()
    }
    frame = spark.createDataFrame(frame_of(table).to_arrow())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RowByRowWarning)
        judged = evaluate_table(frame, criteria)
    assert by_rows(found_in(judged), paths) == expected


def rows(spark, columns="unit string, year int, crimes bigint, fires bigint", rows=ROWS):
    return spark.createDataFrame(rows, columns)


@pytest.mark.parametrize("first", range(0, len(TAKEN), 100))
def test_rules_come_out_as_the_cases_say(spark, first):
    """Half of the cases here, the others on Spark Connect: both plan a table alike."""
    numbers = tuple(TAKEN[first + IS_REMOTE : first + 100 : 2])
    found = verdicts_together(numbers, lambda frame: spark.createDataFrame(frame.to_arrow()))
    assert found == wanted_of(numbers)


def test_verdicts_are_texts_in_columns_that_can_be_named(spark):
    judged = evaluate_table(rows(spark), nc.loads(SET))
    assert judged.columns == ["unit", "year", "crimes", "fires", "verdict", "19.2", "19.2/crime", "19.2/fire"]
    assert {kind for _, kind in judged.dtypes[4:]} == {"string"}
    found = judged.filter("`19.2/crime` = 'met'").select("unit", "year", "`19.2`").collect()
    assert [tuple(row) for row in found] == [("a", 2022, "met")]


@once_for_both
def test_a_gap_in_the_years_is_unknown_and_a_tie_holds(spark):
    judged = evaluate_table(rows(spark), nc.loads(SET)).orderBy("unit", "year").select("`19.2/crime`", "verdict")
    assert [tuple(row) for row in judged.collect()] == [
        ("undetermined", "undetermined"),
        ("met", "met"),
        ("undetermined", "undetermined"),
        ("undetermined", "met"),
        ("not_met", "undetermined"),
    ]


@once_for_both
def test_columns_of_last_year_have_a_dot_in_their_names(spark):
    given = rows(
        spark,
        "unit string, year int, crimes bigint, `prev_year.crimes` bigint, `other.column` int",
        [("a", 2022, 19, 20, 1), ("b", 2022, 20, 20, 2)],
    )
    judged = evaluate_table(given, nc.loads(SET)).orderBy("unit")
    assert [tuple(row) for row in judged.select("`19.2/crime`", "`other.column`").collect()] == [
        ("met", 1),
        ("not_met", 2),
    ]


@once_for_both
def test_what_is_wrong_is_told_as_on_other_engines(spark):
    with pytest.raises(FactsError) as caught:
        evaluate_table(rows(spark, rows=[*ROWS, ("a", 2021, 1, 1)]), nc.loads(SET))
    assert str(caught.value) == 'column "unit": NC230 a stands twice in 2021'
    with pytest.raises(FactsError) as caught:
        evaluate_table(rows(spark, rows=[("a", 2021, -1, 1)]), nc.loads(SET))
    assert str(caught.value) == 'column "crimes": NC203 -1 (a, 2021) is less than 0, the least that `crimes` can be'


def test_a_clause_that_may_leave_64_bits_is_judged_row_by_row(spark):
    big = [("a", 2021, 2**62, 1), ("a", 2022, 2**62 - 2**62 // 20 - 1, 1), ("b", 2021, 2**62, 1), ("b", 2022, 2**62, 1)]
    with pytest.warns(RowByRowWarning, match="19.2/crime:holds"):
        judged = evaluate_table(rows(spark, rows=big), nc.loads(SET))
    found = judged.filter("year = 2022").orderBy("unit").select("`19.2/crime`").collect()
    assert [row[0] for row in found] == ["met", "not_met"]


def test_roll_ups_are_those_of_the_rows(spark):
    """Of communes that change their districts; larger tables are judged on the other engines."""
    catalog, table = Catalog(set_catalog(test_roll_ups.SHARE)), test_roll_ups.generated(7)
    expected, codes = test_roll_ups.by_reference(table, catalog, "district", Level.DISTRICT)
    assert codes == set()
    assert any(expected.values())
    frame = spark.createDataFrame(test_roll_ups.frame_of(table).to_arrow())
    judged = evaluate_table(frame, catalog, standard="district", level="district")
    assert test_roll_ups.by_rows(found_in(judged), ["verdict", "share"]) == expected


def test_a_file_is_judged_into_a_folder_of_files(spark, tmp_path):
    from ncriteria.evaluation.columns.files.files import Engine, JudgedBy, judge_file

    pl.DataFrame(ROWS, ["unit", "year", "crimes", "fires"], orient="row").write_parquet(tmp_path / "facts.parquet")
    by = JudgedBy(nc.loads(SET), engine=Engine.SPARK)
    summary = judge_file(tmp_path / "facts.parquet", tmp_path / "verdicts.parquet", by, lambda *_: None)
    assert (summary.rows, summary.judged, summary.counts["19.2/crime"][nc.Verdict.MET]) == (5, 5, 1)
    assert pl.read_parquet(tmp_path / "verdicts.parquet" / "*.parquet").height == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.parquet", "verdicts.parquet"]


def test_an_absent_java_is_told(monkeypatch, tmp_path):
    from ncriteria.evaluation.columns.files.files import Engine, refuse_absent

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    with pytest.raises(EvaluationError) as caught:
        refuse_absent(Engine.SPARK)
    assert str(caught.value) == (
        "NC245 judging on spark needs Java, and there is no `java` on the path or in JAVA_HOME\n"
        "  hint: install Java 17 or newer, or use --engine polars"
    )


def test_headings_and_spellings_of_any_kind_change_no_verdict(spark):
    """Dots, our own names, names that differ in capitals, spaces in identifiers, years as decimals."""
    rows = [("x\u00a0", Decimal("2021.0"), 20, 7, 8, 9), (" x", Decimal("2022.0"), 20, 7, 8, 9)]
    schema = "unit string, year decimal(10,1), crimes bigint, `a.b` int, __ncriteria_v0 int, __NCRITERIA_V0 int"
    judged = evaluate_table(spark.createDataFrame(rows, schema), nc.loads(SET))
    found = judged.toDF(*(f"c{number}" for number in range(len(judged.columns)))).orderBy("c1").collect()
    assert [tuple(row) for row in found] == [
        (*rows[0], "undetermined", "undetermined", "undetermined", "undetermined"),
        (*rows[1], "undetermined", "undetermined", "not_met", "undetermined"),
    ]


@once_for_both
@pytest.mark.parametrize(
    ("row", "schema", "message"),
    [
        (
            ("x", 2021, 1),
            "unit string, year int, Verdict int",
            "NC243 this and the verdicts of `verdict` have one name",
        ),
        (("xa\u0303", 2021), "unit string, year int", "NC244 units are written with combining marks"),
        (("\u200b", 2021), "unit string, year int", "NC213 there is a row with a blank unit, of 2021"),
        (("Cộng", 2021), "unit string, year int", 'NC247 "Cộng", a row of 2021, is a total'),
    ],
)
def test_what_spark_cannot_tell_apart_and_rows_that_are_no_unit_are_refused(spark, row, schema, message):
    with pytest.raises(FactsError, match=message):
        evaluate_table(spark.createDataFrame([row], schema), nc.loads(SET))


def test_attestations_are_joined_on_spark(spark):
    rows = [("x1", 2023, 1), ("x1", 2024, 1), ("x2", 2024, 1)]
    frame = spark.createDataFrame(rows, "unit string, year bigint, crimes bigint")
    given = [attested("all/fire", unit="x1", year=2024), attested("models", 3, unit="x2", year=2024)]
    found = evaluate_table(frame, attested_criteria(), attestations=given)
    assert found.columns[:4] == ["unit", "year", "crimes", "verdict"]
    told = {(row["unit"], row["year"]): row["all/fire"] for row in found.collect()}
    assert told == {("x1", 2023): "undetermined", ("x1", 2024): "met", ("x2", 2024): "undetermined"}


def test_units_that_were_merged_are_judged_by_their_predecessors_and_the_frame_stays_one_of_spark(spark):
    merged = [("a", 2022, 10, 1), ("b", 2022, 12, 1), ("a", 2023, 18, 1), ("c", 2023, 1, 1)]
    day = datetime.date(2023, 3, 1)
    changes = [nc.Change(old=old, new="a", share=nc.Share.WHOLE, day=day) for old in ("a", "b")]
    changes.append(nc.Change(old="x", new="c", share=nc.Share.PART, day=day))
    judged = evaluate_table(rows(spark, rows=merged), nc.loads(SET), lineage=nc.Lineage(changes, ()))
    assert isinstance(judged, pyspark_sql.DataFrame)
    found = judged.orderBy("unit", "year").select("unit", "year", "`19.2/crime`").collect()
    assert [tuple(row) for row in found] == [
        ("a", 2022, "undetermined"),
        ("a", 2023, "met"),
        ("b", 2022, "undetermined"),
        ("c", 2023, "undetermined"),
    ]


def quietly(judge, frame, criteria, **more):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RowByRowWarning)
        warnings.simplefilter("ignore", nc.TableWarning)
        return judge(frame, criteria, **more)


def test_a_table_is_seen_on_a_day(spark):
    day = datetime.date(2023, 6, 29)
    frame = pl.DataFrame(test_known_on.ROWS, schema=test_known_on.SCHEMA, orient="row")
    native = spark.createDataFrame(frame.to_arrow())
    found = found_in(quietly(evaluate_table, native, test_known_on.CRITERIA, known_on=day))
    wanted = test_known_on.row_by_row(test_known_on.written(test_known_on.ROWS), day)
    assert {(unit, year): verdict for unit, year, verdict in found.select("unit", "year", "fewer").rows()} == wanted


def test_a_part_is_judged_by_the_bounds_of_the_whole_and_one_that_lacks_rows_is_refused(spark):
    frame, criteria = test_parts.WHOLE, test_parts.COMMUNES
    native = spark.createDataFrame(frame.to_arrow())
    bounds = nc.table_bounds(native, criteria)
    assert bounds == nc.table_bounds(frame, criteria)
    assert nc.unit_families(native, criteria) == nc.unit_families(frame, criteria)
    found = found_in(quietly(evaluate_table, native, criteria, bounds=bounds))
    told = {(unit, year): verdict for unit, year, verdict in found.select("unit", "year", "few").rows()}
    assert told == test_parts.judged(frame, criteria)
    with pytest.raises(FactsError, match="NC466 a has 1 of its 2 rows here"):
        evaluate_table(native.filter("year = 2021"), criteria, bounds=bounds)


def test_verdicts_of_earlier_years_are_leaned_on(spark):
    catalog, rows = test_leaning.leaning_example()
    native = spark.createDataFrame(test_leaning.frame_of(rows).to_arrow())
    found = found_in(quietly(evaluate_table, native, catalog, standard="leaning", level="commune"))
    told = {(row["unit"], row["year"]): row["first"] for row in found.iter_rows(named=True)}
    assert told == {key: clauses["first"].value for key, clauses in test_leaning.apart(catalog, rows).items()}


def test_what_is_missing_is_told_beside_the_rows(spark):
    found = found_in(quietly(evaluate_table, rows(spark), nc.loads(SET), missing=True)).sort("unit", "year")
    frame = pl.DataFrame(ROWS, ["unit", "year", "crimes", "fires"], orient="row")
    wanted = nc.evaluate_table(frame, nc.loads(SET), missing=True).sort("unit", "year")
    assert found["missing"].to_list() == wanted["missing"].to_list()


def test_an_absent_connect_is_told(monkeypatch):
    from ncriteria.evaluation.columns.files.files import Engine, refuse_absent

    monkeypatch.setenv("SPARK_REMOTE", "sc://localhost")
    monkeypatch.setitem(sys.modules, "pyspark.sql.connect.session", None)
    with pytest.raises(EvaluationError) as caught:
        refuse_absent(Engine.SPARK)
    assert str(caught.value) == (
        "NC245 judging on spark needs pyspark.sql.connect, which cannot be imported\n"
        "  hint: install the extra: pip install 'ncriteria[connect]'"
    )


def test_grades_are_those_that_polars_gives(spark):
    frame, expected = graded_frame()
    schema = "unit string, year long, crime_cases long, complaints long, has_border boolean"
    judged = nc.evaluate_table(spark.createDataFrame(frame.rows(), schema), GRADED)
    found = [tuple(row[column] for column in GRADE_COLUMNS) for row in judged.collect()]
    assert sorted(found, key=str) == sorted(expected.rows(), key=str)
