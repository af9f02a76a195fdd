"""Merged, split and renamed units are judged alike row by row and in columns."""

from __future__ import annotations

import datetime
import warnings

import duckdb
import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ncriteria as nc
from tests.engines.lineages import LineageTable, lineage_tables

SET = """\
format: ncriteria/1
set:
  id: test.lineage.commune
  standard: lineage
  title: Communes
  instrument: {{number: 1/TEST, issuer: Test}}
  years: {{from: 2020}}
  level: commune
facts:
  cases: {{title: Cases, type: count}}
  level: {{title: Level, type: number, min: 0, decimals: 0}}
  good: {{title: Good, type: boolean, aggregate: any}}
  sound: {{title: Sound, type: boolean, aggregate: all}}
  rate: {{title: Rate, type: number, aggregate: {{rate: {{of: part, over: cases}}}}}}
  part: {{title: Part, type: count}}
clauses:
  c: {{title: C, rule: "{rule}", encodes: exact, cite: [{{instrument: 1/T}}]}}
"""
RULES = (
    "cases <= prev_year",
    "cases <= years_ago(2, cases)",
    "cases < at(cases, 2020)",
    "sum_years(cases, 3) > 9",
    "decreasing(cases, 3)",
    "level <= prev_year or prev_year(good)",
    "prev_year(good) and years_ago(2, sound)",
    "rate <= prev_year",
    "cases <= prev_year * 0.95 and cases + 1 > years_ago(3, cases)",
)
_TYPES = {
    **dict.fromkeys(("cases", "level", "rate", "part", "prev_year.cases"), pl.Int64),
    **dict.fromkeys(("good", "sound"), pl.Boolean),
}


def frame_of(table: LineageTable) -> pl.DataFrame:
    names = dict.fromkeys(name for _, _, figures in table.rows for name in figures)
    columns = {name: [figures.get(name) for _, _, figures in table.rows] for name in names}
    keys = {"unit": [unit for unit, _, _ in table.rows], "year": [year for _, year, _ in table.rows]}
    return pl.DataFrame(
        {**keys, **columns}, schema={"unit": pl.String, "year": pl.Int64, **{n: _TYPES[n] for n in names}}
    )


def verdicts_by_rows(table: LineageTable, criteria: nc.Criteria) -> dict[tuple[str, int], tuple[str, str | None]]:
    read = nc.FactTable.from_frame(frame_of(table), criteria.facts)
    found = {}
    for one in nc.evaluate_rows(read, criteria, lineage=table.lineage):
        assert one.result is not None, one.problems
        missing = "; ".join(map(str, one.result.missing)) or None
        found[one.row.unit.id, one.row.year] = one.result.verdict.value, missing
    return found


COMES = {
    "as drawn": lambda frame: frame,
    "sorted": lambda frame: frame.sort("unit", "year"),
    "in any order": lambda frame: frame.lazy().unique(),
}
"""Ways in which a frame comes: earlier years and predecessors are looked up in another way in each."""


def verdicts_in_columns(
    table: LineageTable, criteria: nc.Criteria, comes: str = "as drawn"
) -> dict[tuple[str, int], tuple[str, str | None]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = COMES[comes](frame_of(table))
        judged = nc.evaluate_table(frame, criteria, lineage=table.lineage, missing=True).lazy().collect()
    return {
        (unit, year): (verdict, missing)
        for unit, year, verdict, missing in judged.select("unit", "year", "verdict", "missing").iter_rows()
    }


@settings(max_examples=max(12, settings().max_examples // 3), deadline=None)
@given(lineage_tables(), st.sampled_from(RULES), st.sampled_from(list(COMES)))
def test_a_lineage_gives_the_same_verdicts_row_by_row_and_in_columns(table, rule, comes):
    criteria = nc.loads(SET.format(rule=rule))
    try:
        expected = verdicts_by_rows(table, criteria)
    except nc.FactsError as refused:
        codes = {problem.code for problem in refused.problems}
        if codes == {"NC231"}:  # two rows that contradict each other, which both refuse in their own way
            return
        with pytest.raises(nc.FactsError) as other:
            verdicts_in_columns(table, criteria, comes)
        assert {problem.code for problem in other.value.problems} == codes
        return
    assert verdicts_in_columns(table, criteria, comes) == expected


def test_a_merged_unit_has_no_figures_where_a_reform_cuts_one_of_its_predecessors_off():
    rows = tuple((unit, year, {"cases": 5}) for year in (2024, 2025) for unit in "ab")
    changes = [("c", "b", 2025, 7), ("a", "m", 2026, 3), ("b", "m", 2026, 3)]
    lineage = nc.Lineage(
        [nc.Change(old=old, new=new, share=nc.Share.WHOLE, day=datetime.date(*day, 1)) for old, new, *day in changes]
    )
    table = LineageTable(lineage, (*rows, ("c", 2024, {"cases": 5}), ("m", 2026, {"cases": 8})))
    rule = nc.loads(SET.format(rule="cases <= years_ago(2, cases)"))
    found = verdicts_in_columns(table, rule)
    assert found["m", 2026] == verdicts_by_rows(table, rule)["m", 2026] == ("undetermined", "years_ago(2, cases)")


def test_a_figure_that_is_seen_from_one_year_is_cut_off_by_a_reform_from_a_later_one():
    day = datetime.date(2024, 1, 1)
    lineage = nc.Lineage([nc.Change(old="a", new="a", share=nc.Share.WHOLE, day=day)])
    rows = tuple(("a", year, {"cases": cases}) for year, cases in ((2023, 9), (2024, 9), (2025, 1)))
    rule = nc.loads(SET.format(rule="cases <= prev_year and cases <= years_ago(2, cases)"))
    table = LineageTable(lineage, rows)
    found = verdicts_in_columns(table, rule)
    assert found == verdicts_by_rows(table, rule)
    assert found["a", 2025] == ("undetermined", "prev_year.cases; years_ago(2, cases)")


def test_an_impact_of_a_frame_looks_at_predecessors_too():
    old, new = (nc.loads(SET.format(rule=rule)) for rule in ("cases <= prev_year", "cases <= prev_year * 0.5"))
    frame = pl.DataFrame({"unit": ["a", "b", "a"], "year": [2024, 2024, 2025], "cases": [10, 12, 18]})
    day = datetime.date(2025, 7, 1)
    merged = nc.Lineage([nc.Change(old=one, new="a", share=nc.Share.WHOLE, day=day) for one in ("a", "b")])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = [list(nc.impact(old, new, frame, lineage=lineage).flips()) for lineage in (None, merged)]
    assert [[(one.unit.id, one.year) for one in flips] for flips in found] == [[], [("a", 2025)]]


def test_a_figure_of_the_year_before_that_is_not_what_predecessors_have_is_told_of_a_frame():
    frame = pl.DataFrame({"unit": ["a", "b", "a"], "year": [2024, 2024, 2025], "cases": [10, 12, 18]})
    frame = frame.with_columns(pl.Series("prev_basis.cases", [None, None, 20]))
    with pytest.warns(nc.TableWarning) as told:
        judged = nc.evaluate_table(frame, nc.loads(SET.format(rule=RULES[0])), lineage=merged_into_a())
    assert [str(one.message).split("\n")[0] for one in told] == [
        "NC380 a states `prev_year.cases` as 20, and its predecessors come to 22; what it states is taken"
    ]
    assert judged.get_column("verdict").to_list() == ["undetermined", "undetermined", "met"]


def merged_into_a() -> nc.Lineage:
    return nc.Lineage(
        [nc.Change(old=one, new="a", share=nc.Share.WHOLE, day=datetime.date(2025, 7, 1)) for one in "ab"]
    )


def test_a_row_of_a_unit_that_is_no_more_is_refused_in_columns_too():
    frame = pl.DataFrame({"unit": ["a", "b", "a"], "year": [2024, 2026, 2025], "cases": [10, 12, 18]})
    with pytest.raises(nc.FactsError) as refused:
        nc.evaluate_table(frame, nc.loads(SET.format(rule=RULES[0])), lineage=merged_into_a())
    assert str(refused.value).split("\n")[0] == (
        'column "unit": NC374 b is no unit at the end of 2026: it went into a on 2025-07-01'
    )


@pytest.mark.parametrize("engine", ["polars", "pandas", "duckdb"])
def test_a_frame_is_not_compared_across_the_reform_without_a_lineage(engine):
    rows = pl.DataFrame({"unit": ["a", "b", "a"], "year": [2024, 2024, 2025], "cases": [10, 12, 18]})
    criteria = nc.loads(SET.format(rule=RULES[0]))

    def verdict(lineage: nc.Lineage | None) -> str:
        frames = {
            "polars": lambda: rows,
            "pandas": rows.to_pandas,
            "duckdb": lambda: duckdb.from_arrow(rows.to_arrow()),
        }
        judged = nw.from_native(nc.evaluate_table(frames[engine](), criteria, lineage=lineage)).lazy().collect()
        (found,) = judged.filter(nw.col("year") == 2025).rows(named=True)
        return str(found["verdict"])

    with pytest.warns(nc.TableWarning, match="NC376 a has rows from before and after 2025-07-01"):
        assert verdict(None) == "undetermined"
    assert verdict(merged_into_a()) == "met"


@settings(max_examples=max(15, settings().max_examples // 3), deadline=None)
@given(
    st.sets(st.tuples(st.sampled_from("abcde"), st.integers(2022, 2027)), min_size=6),
    st.sampled_from([*RULES, "at(cases, 2026) <= at(cases, 2023)", "cases < 5"]),
    st.sampled_from(["polars sorted", "polars shuffled", "pandas", "duckdb"]),
    st.sampled_from(["", 'window: {from: "04-01", to: "03-31", cite: [{instrument: 1/T}]}']),
    st.sampled_from([2020, 2026]),
    st.randoms(use_true_random=False),
)
def test_a_frame_names_the_units_that_look_back_across_the_reform_as_records_do(
    rows, rule, comes, window, judged_from, random
):
    content = SET.format(rule=rule).replace("  level:", f"  {window}\n  level:", 1)
    criteria = nc.loads(content.replace("{from: 2020}", f"{{from: {judged_from}}}"))
    table = LineageTable(nc.Lineage(()), tuple((unit, year, {"cases": 5}) for unit, year in sorted(rows)))
    frame = frame_of(table)
    read = nc.FactTable.from_frame(frame, criteria.facts)
    expected = reforms_told(lambda: list(nc.evaluate_rows(read, criteria)))
    shuffled = frame.sample(fraction=1, shuffle=True, seed=random.randrange(100))
    given_as = {
        "polars sorted": lambda: frame,
        "polars shuffled": lambda: shuffled,
        "pandas": shuffled.to_pandas,
        "duckdb": lambda: duckdb.from_arrow(shuffled.to_arrow()),
    }
    assert reforms_told(lambda: nc.evaluate_table(given_as[comes](), criteria)) == expected


def reforms_told(judge) -> list[str]:
    """What is told of units that look back across a reform."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        judge()
    doubts = [one.message for one in told if isinstance(one.message, nc.TableWarning)]
    return [str(problem) for one in doubts for problem in one.problems if problem.code == "NC376"]
