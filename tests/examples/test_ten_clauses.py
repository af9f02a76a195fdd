"""The invented decision of ten clauses: written without a workaround, judged, tested, amended, compared and proved."""

from __future__ import annotations

import polars as pl
import pytest

import ncriteria as nc
from ncriteria.analysis.comparison.compare import compare
from ncriteria.analysis.rule_testing.coverage import coverage_of
from ncriteria.sets.loader import load_located, load_set
from ncriteria.sets.model import Clause, Encodes
from tests.examples.demonstration import ROOT

FOLDER = ROOT / "examples" / "ten_clauses"
FILES = [*sorted((FOLDER / "sets").glob("*.yaml")), FOLDER / "amended.yaml"]
CONTENTS = ("few", "measures", "hamlets", "accidents", "since_2019", "plan", "rating", "border", "settled", "fire")
LETTERS = {"met": "m", "not_met": "N", "undetermined": "?", "not_applicable": "–"}
EXPECTED = {
    ("a", 2026): "mmmmmmm–m?",
    ("a", 2027): "mmNmmmm–m?",
    ("a", 2028): "NmNmmmm–N?",
    ("b", 2026): "mmmNmmmmm?",
    ("b", 2027): "Nmmmmmmmm?",
    ("b", 2028): "mmmmmmmmm?",
    ("c", 2026): "mmmmmmm–m?",
    ("c", 2027): "mmmmNmm–m?",
    ("c", 2028): "mmmNmNm–m?",
}


@pytest.fixture(scope="module")
def catalog():
    return nc.catalog(FOLDER / "sets")


@pytest.fixture(scope="module")
def lineage():
    return nc.read_lineage(FOLDER / "lineage.csv")


@pytest.fixture(scope="module")
def records(catalog, lineage):
    table = nc.read_facts(FOLDER / "facts.csv", catalog.facts, options=nc.ReadingOptions(lineage=lineage))
    judged = nc.evaluate_rows(table, catalog, standards=["ten-clauses"], wanted=lambda row: row.year >= 2026)
    return {(one.row.unit.id, one.row.year): one.result for one in judged if one.result is not None}


def test_the_ten_clauses_are_judged_from_2026_by_the_nation_and_from_2027_by_the_province(records):
    told = {key: "".join(LETTERS[one[f"calm/{path}"].verdict] for path in CONTENTS) for key, one in records.items()}
    assert told == EXPECTED
    judging = {key: one.criteria.id for key, one in records.items()}
    assert {judging[unit, 2026] for unit in "abc"} == {judging["c", 2028]} == {"example.ten.commune"}
    assert {judging[unit, year] for unit in "ab" for year in (2027, 2028)} == {"example.ten.mau.commune"}
    assert [str(one.first) for one in records["a", 2026].days_outside] == ["2026-01-01"]
    assert "Awaits: guidance on Article 3(10) (Invented ministry)" in records["a", 2026].explain("en")


@pytest.mark.parametrize(("territory", "units"), [("mau", "ab"), ((), "c")])
def test_columns_say_what_records_say(catalog, lineage, records, territory, units):
    frame = pl.read_csv(FOLDER / "facts.csv", schema_overrides={"plan_issued": pl.Date})
    frame = frame.filter(pl.col("unit").str.slice(0, 1).is_in(list(units)))
    asked = {"standard": "ten-clauses", "level": "commune", "territory": territory, "lineage": lineage}
    rows = {(row["unit"], row["year"]): row for row in nc.evaluate_table(frame, catalog, **asked).iter_rows(named=True)}
    for key in [key for key in records if key[0] in units]:
        verdicts = {path: one.verdict for path, one in records[key].clauses.items()}
        assert {path: rows[key][path] for path in verdicts} == verdicts
        assert rows[key]["verdict"] == records[key].verdict


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_set_passes_its_tests_which_try_all_that_its_rules_can_see(path):
    located = load_located(path)
    assert all(outcome.passed for outcome in nc.run_tests(located.criteria))
    assert coverage_of(located).is_full
    assert nc.lint(located.criteria, located.places) == []
    clauses = [member for member in located.criteria.members() if isinstance(member, Clause)]
    assert {one.encodes for one in clauses} <= {Encodes.EXACT, Encodes.NOT_ENCODED}


def test_the_province_is_proved_to_be_stricter():
    proof = nc.prove(
        load_set(FOLDER / "sets/commune.yaml"), load_set(FOLDER / "sets/province.yaml"), year=2027, paths=[]
    )
    assert (proof.years[0].whole.relation, proof.years[0].whole.proved) == (nc.Relation.STRICTER, True)


def test_the_amendment_changes_one_clause_and_drops_another_and_nothing_else():
    old, new = load_set(FOLDER / "sets/commune.yaml"), load_set(FOLDER / "amended.yaml")
    compared = compare(old, new, year=2027, timeout=0.01)
    assert {one.difference.name for one in compared.clauses} == {"calm", "calm/since_2019", "calm/hamlets"}
    proof = nc.prove(old, new, year=2027)
    (found,) = proof.years
    relations = {one.new_path: one.relation for one in found.clauses if one.relation is not nc.Relation.EQUIVALENT}
    assert relations == {"calm": nc.Relation.NEITHER, "calm/since_2019": nc.Relation.STRICTER}
    assert all(one.proved for one in found.clauses)
    assert found.removed == ("calm/hamlets",)
