"""Attestations beside frames: what columns give is what records give, on every engine, and so are the refusals."""

from __future__ import annotations

import warnings

import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.columns.files.files import Engine, JudgedBy, judge_file
from ncriteria.sets.catalog import set_catalog
from tests.attested_sets import OPEN_PATHS, attested, criteria
from tests.evaluation.test_attested_tables import ABOVE

YEARS = (2023, 2024)
UNITS = ("x1", "x2", "x3")
SCHEMA = {
    "unit": pl.String,
    "year": pl.Int64,
    "crimes": pl.Int64,
    "border": pl.Boolean,
    "effective": pl.Boolean,
    "models": pl.Int64,
}
TRUTHS = st.sampled_from([None, True, False])
COUNTS = st.sampled_from([None, 0, 4, 5])
ROWS = st.lists(
    st.tuples(st.sampled_from(UNITS), st.sampled_from(YEARS), COUNTS, TRUTHS, TRUTHS, COUNTS),
    min_size=1,
    unique_by=lambda row: row[:2],
)
VALUES = st.sampled_from(["met", "not_met", "not_applicable"])
KEYS = st.tuples(st.sampled_from((*UNITS, "x9")), st.sampled_from(YEARS))
CLAUSES = st.dictionaries(st.tuples(KEYS, st.sampled_from(OPEN_PATHS)), VALUES, max_size=8)
FACTS = st.dictionaries(st.tuples(KEYS, st.sampled_from(["models"])), st.integers(0, 5), max_size=3)


def told(path, unit="x1", year=2024, value=True, **more):
    return attested(path, value, unit=unit, year=year, **more)


def frame(rows):
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def by_records(rows, attestations):
    """The verdicts by unit and year, or the codes of what is refused."""
    facts = [dict(zip(("crimes", "border", "effective", "models"), row[2:], strict=True)) for row in rows]
    read = nc.FactTable(
        tuple(
            nc.FactRow(
                nc.Unit(row[0]),
                row[1],
                {nc.FactKey.of(name, NOW): exact(value) for name, value in said.items() if value is not None},
            )
            for row, said in zip(rows, facts, strict=True)
        )
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", nc.TableWarning)
            found = list(nc.evaluate_rows(read, criteria(), attestations=attestations))
    except nc.EvaluationError as error:
        return {problem.code for problem in error.problems}
    if codes := {problem.code for one in found for problem in one.problems}:
        return codes
    return {(one.row.unit.id, one.row.year): verdicts(one.verdicts) for one in found}


NOW = nc.parse("crimes").key.period
"""The assessment year."""


def exact(value):
    return value if isinstance(value, bool) else nc.parse(str(value)).value


def verdicts(found):
    return {"verdict": found.verdict.value, **{path: value.value for path, value in found.clauses.items()}}


def by_columns(native, attestations, **more):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", nc.TableWarning)
            found = nc.evaluate_table(native, criteria(), attestations=attestations, **more)
    except nc.EvaluationError as error:
        return {problem.code for problem in error.problems}
    rows = found.pl().to_dicts() if isinstance(found, duckdb.DuckDBPyRelation) else found.to_dicts()
    names = ["verdict", *(member.path for member in criteria().definition.members())]
    return {(row["unit"], row["year"]): {name: row[name] for name in names} for row in rows}


@settings(max_examples=settings().max_examples, deadline=None)
@given(ROWS, CLAUSES, FACTS, st.randoms())
def test_columns_give_what_records_give(rows, clauses, facts, chance):
    given = [told(path, *key, value=nc.Verdict(value)) for (key, path), value in clauses.items()]
    given += [told(name, *key, value=value) for (key, name), value in facts.items()]
    chance.shuffle(given)
    assert by_columns(frame(rows), given) == by_records(rows, given)


@settings(max_examples=settings().max_examples // 10, deadline=None)
@given(ROWS, CLAUSES)
def test_duckdb_gives_what_records_give(rows, clauses):
    given = [told(path, *key, value=nc.Verdict(value)) for (key, path), value in clauses.items()]
    table = frame(rows)
    assert by_columns(duckdb.connect().from_arrow(table.to_arrow()), given) == by_records(rows, given)


ROWS_OF_ONE = [("x1", 2023, 1, None, None, None), ("x1", 2024, 1, True, None, None)]


def test_the_frame_comes_back_as_it_was_with_verdicts_beside_it():
    given = [told("all/fire"), told("models", value=2), told("models", year=2023, value=1)]
    for native in (frame(ROWS_OF_ONE), frame(ROWS_OF_ONE).with_columns(pl.lit("kept").alias("other"))):
        found = nc.evaluate_table(native, criteria(), attestations=given)
        assert found.columns[: len(native.columns)] == native.columns
        assert found.select(native.columns).equals(native)
        assert found["all/fire"].to_list() == ["undetermined", "met"]
        assert found["some/model"].to_list() == ["undetermined", "met"]
        assert not [name for name in found.columns if "attested" in name]


def test_a_frame_of_pandas_and_a_lazy_one_have_their_verdicts():
    given = [told("all/fire", unit="7")]
    rows = {"unit": [7, 8], "year": [2024, 2024], "crimes": [1, 1]}
    assert nc.evaluate_table(pd.DataFrame(rows), criteria(), attestations=given)["all/fire"].tolist() == [
        "met",
        "undetermined",
    ]
    lazy = nc.evaluate_table(pl.LazyFrame(rows), criteria(), attestations=given).collect()
    assert lazy["all/fire"].to_list() == ["met", "undetermined"]


def test_what_is_missing_names_facts_and_no_attestations():
    found = nc.evaluate_table(frame(ROWS_OF_ONE), criteria(), missing=True, attestations=[told("some/plan")])
    assert found["missing"].to_list()[1] == "models; prev_year.models"


def test_an_attestation_of_no_row_is_told():
    with pytest.warns(nc.TableWarning, match="NC317 `all/fire` is attested for x9 in 2024, of which"):
        nc.evaluate_table(frame(ROWS_OF_ONE), criteria(), attestations=[told("all/fire", unit="x9")])


REFUSED = {
    "NC312": told("all/fires"),
    "NC313": told("all/crime"),
    "NC314": told("some/gate", by="Ủy ban"),
    "NC315": told("models", value=1, year=2023),
    "NC316": told("models", value=nc.AtLeast(2)),
    "NC319": told("all/fire", unit=None),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_records_refuse_is_refused_beside_a_frame(code):
    rows = [("x1", 2023, 1, None, None, 7), ("x1", 2024, 1, True, None, None)]
    with pytest.raises(nc.EvaluationError) as refused:
        nc.evaluate_table(frame(rows), criteria(), attestations=[REFUSED[code]])
    assert [problem.code for problem in refused.value.problems] == [code]


def test_facts_that_contradict_an_attestation_are_told_with_the_clause_and_the_row():
    with pytest.raises(nc.EvaluationError) as refused:
        nc.evaluate_table(frame([("x1", 2024, 6, None, None, None)]), criteria(), attestations=[told("some/plan")])
    assert str(refused.value) == (
        'NC315 "some/plan" (attested.yaml:35:11) is attested as met for x1 in 2024, and the facts say otherwise\n'
        "  hint: find out which is right: correct the attestation, or the facts"
    )


def test_a_commune_whose_verdict_rests_on_an_attestation_counts_in_the_district():
    above = nc.Catalog(set_catalog([criteria().definition, nc.loads(ABOVE).definition]))
    rows = {
        "unit": ["d", "x1", "x1", "x2"],
        "level": ["district", "commune", "commune", "commune"],
        "parent": [None, "d", "d", "d"],
        "year": [2024, 2023, 2024, 2024],
        "crimes": [None, 1, 1, 1],
    }
    given = [told("all/fire")]
    found = nc.evaluate_table(pl.DataFrame(rows), above, standard="above", level="district", attestations=given)
    assert found["calm"].to_list()[0] == "met"
    without = nc.evaluate_table(pl.DataFrame(rows), above, standard="above", level="district")
    assert without["calm"].to_list()[0] == "undetermined"


def test_compiled_criteria_take_attestations_as_the_reference_does():
    judge = nc.compile_criteria(criteria(), 2024)
    facts, before = {"crimes": 1}, {"crimes": 1}
    expected = criteria().evaluate(facts, prev_year=before, year=2024, attestations=[attested("all/fire")]).verdicts
    assert judge(facts, before, attestations=[attested("all/fire")]) == expected
    assert expected["all"] == "met"


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB])
def test_a_file_is_judged_with_attestations_in_parts_too(engine, tmp_path):
    rows = [(f"x{number}", 2024, 1, None, None, None) for number in range(60)]
    frame(rows).write_parquet(tmp_path / "facts.parquet")
    given = [told("all/fire", unit=f"x{number}", value=number % 2 == 0) for number in range(40)]
    by = JudgedBy(criteria(), engine=engine, attestations=[*given, told("all/fire", unit="y1")])
    source, target = tmp_path / "facts.parquet", tmp_path / "verdicts.parquet"
    summary = judge_file(source, target, by, lambda *_: None, rows_at_once=25)
    counts = summary.counts["all/fire"]
    assert (counts[nc.Verdict.MET], counts[nc.Verdict.NOT_MET], counts[nc.Verdict.UNDETERMINED]) == (20, 20, 20)
    assert [problem.message for problem in summary.warnings] == [
        "`all/fire` is attested for y1 in 2024, of which the table has no row"
    ]
    assert not [name for name in pl.read_parquet_schema(target) if "attested" in name]
