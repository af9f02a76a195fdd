"""Tables of Ibis and SQLFrame that DuckDB computes: judged as records are, and what other databases compute refused."""

from __future__ import annotations

import random
import warnings

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.columns.table import RowByRowWarning
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.model import Level
from tests.attested_sets import attested
from tests.attested_sets import criteria as attested_criteria
from tests.engines import test_known_on, test_leaning, test_parts, test_roll_ups
from tests.engines.dressing import dressed
from tests.engines.frames_of_engines import ON_DUCKDB, polars_of
from tests.engines.strategies import criteria_sets
from tests.engines.test_columns import by_reference, by_rows, frame_of, tables
from tests.engines.test_doors import CRITERIA
from tests.evaluation.test_known_on import D

every_kind = pytest.mark.parametrize("kind", ["ibis", "sqlframe"])
ROWS = pl.DataFrame({"unit": ["a", "a", "b"], "year": [2021, 2022, 2022], "crimes": [3, 2, 4]})


def judged_quietly(kind, frame, criteria, **more):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RowByRowWarning)
        warnings.simplefilter("ignore", nc.TableWarning)
        return nc.evaluate_table(ON_DUCKDB[kind](frame), criteria, **more)


@every_kind
def test_the_same_kind_of_frame_comes_back_with_verdicts_as_texts(kind):
    frame = ON_DUCKDB[kind](ROWS)
    judged = nc.evaluate_table(frame, CRITERIA)
    assert type(judged).__module__ == type(frame).__module__
    found = polars_of(judged).sort("unit", "year")
    assert found.columns[:5] == ["unit", "year", "crimes", "verdict", "crime"]
    assert found.schema["crime/few"] == pl.String
    assert found["crime/few"].to_list() == ["undetermined", "met", "undetermined"]


@every_kind
@settings(phases=(Phase.explicit, Phase.generate), max_examples=2, database=None, deadline=None)
@given(data=st.data())
def test_generated_tables_come_out_as_records_do(kind, data):
    criteria, table = Criteria(data.draw(criteria_sets())), data.draw(tables(units=6))
    paths = [member.path for member in criteria.definition.members()]
    expected = {
        key: verdicts or dict.fromkeys(("verdict", *paths))
        for key, (verdicts, _) in by_reference(criteria, table).items()
    }
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    frame = dressed(chance, frame_of(table), decomposed=False)
    # What the library itself cannot name, or read back, is left out.
    columns = [one for one in frame.get_columns() if one.dtype != pl.Duration]
    if kind == "sqlframe":
        columns = [one.alias(one.name.lower()) for one in columns if not set(one.name) & set('."`*')]
        columns = [*{one.name: one for one in columns}.values()]
    found = polars_of(judged_quietly(kind, pl.DataFrame(columns), criteria))
    assert by_rows(found, paths) == expected


@every_kind
def test_attestations_are_joined(kind):
    frame = pl.DataFrame({"unit": ["x1", "x1", "x2"], "year": [2023, 2024, 2024], "crimes": [1, 1, 1]})
    given = [attested("all/fire", unit="x1", year=2024), attested("models", 3, unit="x2", year=2024)]
    found = polars_of(judged_quietly(kind, frame, attested_criteria(), attestations=given))
    assert found.columns[:4] == ["unit", "year", "crimes", "verdict"]
    told = {(row["unit"], row["year"]): row["all/fire"] for row in found.iter_rows(named=True)}
    assert told == {("x1", 2023): "undetermined", ("x1", 2024): "met", ("x2", 2024): "undetermined"}


@every_kind
def test_roll_ups_are_those_of_the_rows(kind):
    catalog, table = Catalog(set_catalog(test_roll_ups.SHARE)), test_roll_ups.generated(7)
    expected, _ = test_roll_ups.by_reference(table, catalog, "district", Level.DISTRICT)
    judged = judged_quietly(kind, test_roll_ups.frame_of(table), catalog, standard="district", level="district")
    assert test_roll_ups.by_rows(polars_of(judged), ["verdict", "share"]) == expected


@every_kind
@pytest.mark.parametrize("day", [None, D(2023, 6, 29)])
def test_a_table_is_seen_on_a_day(kind, day):
    frame = pl.DataFrame(test_known_on.ROWS, schema=test_known_on.SCHEMA, orient="row")
    found = polars_of(judged_quietly(kind, frame, test_known_on.CRITERIA, known_on=day))
    wanted = test_known_on.row_by_row(test_known_on.written(test_known_on.ROWS), day)
    assert {(unit, year): verdict for unit, year, verdict in found.select("unit", "year", "fewer").rows()} == wanted


@every_kind
@pytest.mark.parametrize(("criteria", "lineage"), test_parts.CASES, ids=test_parts.IDS)
def test_a_part_by_bounds_and_lineage_is_judged_as_the_whole(kind, criteria, lineage):
    rows = [(unit, year, *rest) for unit, year, *rest in test_parts.WHOLE.rows() if year < 2022]
    made = [("m", 2022, "commune", "q", 4), ("c", 2021, "commune", "q", 2), ("d", 2021, "commune", "q", 3)]
    frame = pl.DataFrame([*rows, *made], schema=test_parts.SCHEMA, orient="row")
    native = ON_DUCKDB[kind](frame)
    bounds = nc.table_bounds(native, criteria, lineage=lineage)
    assert bounds == nc.table_bounds(frame, criteria, lineage=lineage)
    families = nc.unit_families(native, criteria, lineage=lineage)
    part = frame.filter(pl.col("unit").is_in([unit for unit, first in families.items() if first == families["c"]]))
    found = polars_of(judged_quietly(kind, part, criteria, lineage=lineage, bounds=bounds))
    whole = test_parts.judged(frame, criteria, lineage=lineage)
    told = {(unit, year): verdict for unit, year, verdict in found.select("unit", "year", "few").rows()}
    assert told == {key: whole[key] for key in told}
    assert len(told) == part.height


@every_kind
def test_verdicts_of_earlier_years_are_leaned_on(kind):
    catalog, rows = test_leaning.leaning_example()
    judged = judged_quietly(kind, test_leaning.frame_of(rows), catalog, standard="leaning", level="commune")
    found = {(row["unit"], row["year"]): row["first"] for row in polars_of(judged).iter_rows(named=True)}
    assert found == {key: clauses["first"].value for key, clauses in test_leaning.apart(catalog, rows).items()}


@every_kind
def test_what_is_missing_is_told_beside_the_rows(kind):
    judged = judged_quietly(kind, ROWS, CRITERIA, missing=True)
    told = polars_of(judged).sort("unit", "year")["missing"].to_list()
    assert told == nc.evaluate_table(ROWS, CRITERIA, missing=True).sort("unit", "year")["missing"].to_list()


@every_kind
@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"Verdict": [1]}, "NC243 this and the verdicts of `verdict` have one name"),
        ({"unit": ["xa\u0303"]}, "NC244 units are written with combining marks"),
        ({"unit": ["Cộng"]}, 'NC247 "Cộng", a row of 2021, is a total'),
        ({"crimes": [float("nan")]}, "NC241 nan .* is not exact"),
        ({"crimes": [-1]}, "NC203 -1"),
    ],
)
def test_what_is_wrong_is_told_as_on_duckdb(kind, columns, message):
    frame = pl.DataFrame({"unit": ["x"], "year": [2021], **columns})
    with pytest.raises(nc.FactsError, match=message):
        nc.evaluate_table(ON_DUCKDB[kind](frame), CRITERIA)


@every_kind
def test_the_connection_stays_as_it_was_but_for_temporary_tables(kind):
    frame = ON_DUCKDB[kind](ROWS)
    connection = frame.get_backend().con if kind == "ibis" else frame.session._conn
    setting = "SELECT current_setting('python_enable_replacements')"
    before = connection.execute(setting).fetchall()
    nc.evaluate_table(frame, CRITERIA, missing=True)
    listed = """SELECT table_name FROM duckdb_tables() WHERE NOT temporary
        UNION SELECT view_name FROM duckdb_views() WHERE NOT temporary"""
    assert [name for (name,) in connection.execute(listed).fetchall() if name.startswith("__ncriteria")] == []
    assert connection.execute(setting).fetchall() == before == [(kind != "ibis",)]


def _unbound():
    return pytest.importorskip("ibis").table({"unit": "string", "year": "int64"}, name="facts")


def _of_sqlite():
    pytest.importorskip("pyarrow_hotfix", reason="Ibis reads Arrow with pyarrow-hotfix, which is not installed")
    connection = pytest.importorskip("ibis").sqlite.connect()
    connection.raw_sql("CREATE TABLE facts (unit TEXT, year INTEGER)")
    return connection.table("facts")


def _of_no_database():
    session = pytest.importorskip("sqlframe.standalone").StandaloneSession()
    session.catalog.add_table("facts", {"unit": "string", "year": "int"})
    return session.table("facts")


@pytest.mark.parametrize(
    ("frame", "engine"),
    [(_unbound, "Ibis (unbound)"), (_of_sqlite, "Ibis (sqlite)"), (_of_no_database, "SQLFrame (spark)")],
)
@pytest.mark.parametrize("asked", [nc.evaluate_table, nc.table_bounds, nc.unit_families])
def test_what_other_databases_compute_is_refused(asked, frame, engine):
    with pytest.raises(nc.FactsError) as caught:
        asked(frame(), CRITERIA)
    assert str(caught.value) == (
        f"NC425 frames of {engine} are not judged: no test shows that it computes exactly\n"
        "  hint: read the rows into Polars, PyArrow or DuckDB; of Ibis and SQLFrame, what DuckDB computes is judged"
    )
    told = caught.value.problems[0].text("vi").splitlines()[0]
    assert told == f"NC425 không đánh giá bảng của {engine}: chưa có kiểm thử cho thấy nó tính chính xác"
