"""Verdicts of other years and standards on generated tables: equal to judging each year apart, on every engine."""

from __future__ import annotations

import warnings

import duckdb
import polars as pl
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.columns.files.files import Engine, JudgedBy, judge_file
from ncriteria.evaluation.columns.table import RowByRowWarning
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.language.tree import Ago, path_of_verdict
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.model import Level, Verdict
from ncriteria.sets.structure import verdicts_leaned_on
from tests.evaluation.leaning import guidances, leaning_set

YEARS = range(2020, 2026)
PATHS = ("own", "calm")
_LEAVES = st.sampled_from(
    (
        "cases = 0",
        "cases <= prev_year",
        "border",
        'met("ntm:calm")',
        'prev_year(met("ntm:calm"))',
        'years_ago(2, met("ntm:calm"))',
        'met_years("ntm:calm", 2)',
        'met_years("ntm:calm", 3)',
        'prev_year(met_years("ntm:calm", 2))',
        'at(met("ntm:calm"), 2022)',
        'prev_year(met("own"))',
        'years_ago(2, met("own"))',
        'prev_year(met_years("own", 2))',
        'prev_year(met("first"))',
        'at(met("first"), 2022)',
    )
)
RULES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
    ),
    max_leaves=4,
)


@st.composite
def catalogs(draw):
    """The two guidances, and a set that leans on them and on itself."""
    first = draw(_LEAVES.filter(lambda rule: "first" not in rule))
    leaning = leaning_set("leaning", "leaning", "{from: 2021, to: 2025}", {"first": first, "own": draw(RULES)})
    return Catalog(set_catalog((*guidances(), leaning)))


def leaning_example():
    """A catalog with a set that leans on an earlier year, and a few rows."""
    rules = {"first": 'prev_year(met("ntm:calm"))', "own": "cases = 0"}
    leaning = leaning_set("leaning", "leaning", "{from: 2021, to: 2025}", rules)
    rows = {("a", 2021): (1, True), ("a", 2022): (0, True), ("b", 2023): (4, None), ("b", 2024): (2, False)}
    return Catalog(set_catalog((*guidances(), leaning))), rows


def placed_example():
    """A catalog with a guidance that only a province has, and communes of a district of it."""
    rules = {"first": 'prev_year(met("ntm:calm"))', "own": "cases = 0"}
    leaning = leaning_set("leaning", "leaning", "{from: 2021, to: 2025}", rules)
    here = evolve(leaning_set("here", "ntm", "{from: 2021, to: 2024}", {"calm": "cases <= 100"}), territory="p")
    rows = [("p", "province", None, year, None, None) for year in (2021, 2022)]
    rows += [("d", "district", "p", year, None, None) for year in (2021, 2022)]
    rows += [(f"c{number}", "commune", "d", year, number * 3, False) for number in range(6) for year in (2021, 2022)]
    schema = {"unit": pl.String, "level": pl.String, "parent": pl.String, "year": pl.Int64}
    schema |= {"cases": pl.Int64, "border": pl.Boolean}
    return Catalog(set_catalog((*guidances(), here, leaning))), pl.DataFrame(rows, schema, orient="row")


ROWS = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from(YEARS)),
    st.tuples(st.none() | st.integers(0, 4), st.none() | st.booleans()),
    min_size=1,
)


def frame_of(rows):
    """The rows as a frame of communes, sorted by unit and year or not."""
    found = [(unit, "commune", year, *facts) for (unit, year), facts in rows.items()]
    schema = {"unit": pl.String, "level": pl.String, "year": pl.Int32, "cases": pl.Int64, "border": pl.Boolean}
    return pl.DataFrame(found, schema, orient="row")


def apart(catalog, rows):
    """The verdicts of each unit and year judged as single records, those of other years given by their names."""
    found: dict[tuple[str, int, str], dict[str, Verdict]] = {}
    for unit, year in sorted(rows, key=lambda row: row[1]):
        facts = {
            back: dict(zip(("cases", "border"), rows[unit, year - back], strict=True))
            for back in range(5)
            if (unit, year - back) in rows
        }
        for standard in ("ntm", "leaning"):
            try:
                chosen = catalog.choose(standard=standard, level="commune", year=year).definition
            except nc.NCriteriaError:
                continue
            given = {back: dict(values) for back, values in facts.items()}
            for key in verdicts_leaned_on(chosen):
                back = key.period.years if isinstance(key.period, Ago) else year - key.period.year
                named, _, path = path_of_verdict(key.name).rpartition(":")
                before = found.get((unit, year - back, named or standard), {}).get(path)
                if back >= 0 and before is not None and before is not Verdict.UNDETERMINED:
                    given.setdefault(back, {})[key.name] = before is not Verdict.NOT_MET
            earlier = {year - back: values for back, values in given.items() if back > 0}
            alone = Criteria(chosen)
            result = alone.evaluate(given[0], earlier=earlier, year=year)
            found[unit, year, standard] = result.verdicts.clauses
    return {(unit, year): clauses for (unit, year, standard), clauses in found.items() if standard == "leaning"}


@settings(max_examples=settings().max_examples // 2)
@given(catalogs(), ROWS)
def test_a_table_is_judged_as_each_year_apart(catalog, rows):
    table = nc.FactTable.from_frame(frame_of(rows), catalog["test.leaning"].facts)
    table = nc.evaluate_rows(table, catalog, standards=["leaning"], lineage=nc.Lineage((), ()))
    found = {(one.row.unit.id, one.row.year): one.verdicts.clauses for one in table if one.verdicts is not None}
    assert found == apart(catalog, rows)


def in_columns(catalog, frame):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RowByRowWarning)
        more = {"standard": "leaning", "level": "commune", "lineage": nc.Lineage((), ())}
        judged = nc.evaluate_table(frame, catalog, **more)
    judged = judged.pl() if isinstance(judged, duckdb.DuckDBPyRelation) else judged.lazy().collect()
    return {
        (row["unit"], row["year"]): {"first": Verdict(row["first"]), "own": Verdict(row["own"])}
        for row in judged.iter_rows(named=True)
        if row["verdict"] is not None
    }


@settings(max_examples=settings().max_examples // 4)
@given(catalogs(), ROWS, st.booleans())
def test_columns_give_the_verdicts_of_records(catalog, rows, is_sorted):
    frame = frame_of(dict(sorted(rows.items())) if is_sorted else rows)
    wanted = apart(catalog, rows)
    assert in_columns(catalog, frame) == wanted
    assert in_columns(catalog, duckdb.sql("FROM frame")) == wanted


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB])
def test_a_file_in_parts_is_judged_as_the_whole(engine, tmp_path):
    """Which guidance was that of the year before rests on the units around, which may lie in another part."""
    catalog, frame = placed_example()
    frame.write_parquet(tmp_path / "facts.parquet")
    by = JudgedBy(catalog, "leaning", Level.COMMUNE, engine=engine)
    judge_file(tmp_path / "facts.parquet", tmp_path / "verdicts.parquet", by, lambda *_: None, rows_at_once=4)
    found = pl.read_parquet(tmp_path / "verdicts.parquet")
    first = {unit: str(verdict) for unit, year, verdict in found.select("unit", "year", "first").rows() if year == 2022}
    assert first == {**dict.fromkeys(("c0", "c1", "c2", "c3", "c4", "c5"), "met"), "d": "None", "p": "None"}
