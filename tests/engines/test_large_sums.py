"""Sums and numbers of units that leave 64 bits are exact all the same, on every engine as row by row."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Mapping

import duckdb
import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.criteria import Criteria
from ncriteria.sets.loader import loads_set

SET = """\
format: ncriteria/1
set:
  id: test.money
  standard: money
  title: A set
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2021}
  level: commune
facts:
  money: {title: Money, type: count, unit: {vi: đồng, en: dong}, aggregate: sum}
  area: {title: Area, type: number, min: 0.5, max: 10000000000000000000.25, aggregate: sum}
  debt: {title: Debt, type: number, decimals: 2, max: 0.125, aggregate: sum}
clauses:
  some: {title: A, rule: 'sum_of(hamlet, money) >= 100', encodes: exact, cite: [{instrument: "1/TEST"}]}
  more: {title: B, rule: 'sum_of(hamlet, money) > sum_of(hamlet, prev_year.money) * 1.05', encodes: exact, cite: [{instrument: "1/TEST"}]}
  wide: {title: C, rule: 'sum_of(hamlet, area) >= 100', encodes: exact, cite: [{instrument: "1/TEST"}]}
  tight: {title: D, rule: 'sum_of(hamlet, area) <= 20000000000000000000.5', encodes: exact, cite: [{instrument: "1/TEST"}]}
  owed: {title: E, rule: 'sum_of(hamlet, debt) <= 0.2', encodes: exact, cite: [{instrument: "1/TEST"}]}
  many: {title: F, rule: 'share_of(hamlet, money > 9) >= 30%', encodes: exact, cite: [{instrument: "1/TEST"}]}
"""  # noqa: E501
CRITERIA = Criteria(loads_set(SET))
SCHEMA = {
    "unit": pl.String,
    "level": pl.String,
    "parent": pl.String,
    "year": pl.Int64,
    "money": pl.Int64,
    "area": pl.Int64,
    "debt": pl.Decimal(18, 2),
    "hamlet_count": pl.Int64,
}
Verdicts = Mapping[str, str]


def frame_of(*hamlets: Mapping[str, object], **commune: object) -> pl.DataFrame:
    rows = [{"unit": "c", "level": "commune", "year": 2024, **commune}]
    rows += [
        {"unit": f"h{n}", "level": "hamlet", "parent": "c", "year": 2024, **figures}
        for n, figures in enumerate(hamlets)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def only(path: str) -> Criteria:
    """The set with one of its clauses, which is planned sooner than with all."""
    head, clauses = SET.split("clauses:\n")
    (clause,) = [line for line in clauses.splitlines() if line.startswith(f"  {path}:")]
    return nc.loads(f"{head}clauses:\n{clause}\n")


def by_rows(frame: pl.DataFrame, criteria: Criteria = CRITERIA) -> Verdicts:
    table = nc.FactTable.from_frame(frame, criteria.facts)
    (found,) = nc.evaluate_rows(table, criteria, wanted=lambda row: row.unit.id == "c")
    assert found.result is not None, found.problems
    return {path: clause.verdict.value for path, clause in found.result.clauses.items()}


def in_columns(frame: pl.DataFrame, criteria: Criteria = CRITERIA) -> list[Verdicts]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frames = [
            nc.evaluate_table(frame, criteria),
            nc.evaluate_table(frame.lazy(), criteria).collect(),
            nc.evaluate_table(duckdb.from_arrow(frame.to_arrow()), criteria).pl(),
        ]
    paths = [member.path for member in criteria.definition.members()]
    return [one.filter(unit="c").select(paths).row(0, named=True) for one in frames]


@pytest.mark.parametrize(
    ("frame", "path", "verdict"),
    [
        (frame_of(*[{"money": 2**62}] * 3), "some", "met"),
        (frame_of({"money": 2**62}, {"money": 2**62}, {}), "some", "met"),
        (frame_of({"area": 99}, {}), "wide", "undetermined"),
        (frame_of({"area": 100}, {}), "wide", "met"),
        (frame_of({"area": 99}, {}, {}), "wide", "met"),
        (frame_of({}, {}), "tight", "met"),
        (frame_of({}, {}, {"area": 1}), "tight", "undetermined"),
        (frame_of({"debt": -1}, {}), "owed", "met"),
        (frame_of({}), "owed", "met"),
        (frame_of({}, {}), "owed", "undetermined"),
        (frame_of({"money": 10}, hamlet_count=2**62), "many", "undetermined"),
    ],
)
def test_a_sum_is_exact_however_large_its_terms_are(frame, path, verdict):
    criteria = only(path)
    assert by_rows(frame, criteria) == {path: verdict}
    assert in_columns(frame, criteria) == [{path: verdict}] * 3


LARGE = st.sampled_from([None, 0, 1, 100, 2**40, 2**58, 2**62, 2**63 - 1])
FIGURES = st.fixed_dictionaries({"money": LARGE, "area": LARGE.filter(lambda one: one != 0)})


@settings(phases=(Phase.explicit, Phase.generate), max_examples=max(1, settings().max_examples // 40))
@given(st.lists(FIGURES, min_size=1, max_size=5), st.none() | st.sampled_from([5, 2**40, 2**61, 2**63 - 1]))
def test_large_sums_are_those_of_the_rows(hamlets, stated):
    frame = frame_of(*hamlets, hamlet_count=stated)
    earlier = frame.with_columns(pl.lit(2023, pl.Int64).alias("year"), pl.col("money").reverse())
    frame = pl.concat([frame, earlier.filter(level="hamlet")])
    assert in_columns(frame) == [by_rows(frame)] * 3


def test_what_predecessors_had_is_exact_however_much_it_comes_to():
    rule = SET.split("clauses:", maxsplit=1)[0] + (
        "clauses:\n  had: {title: A, rule: 'money < prev_year', encodes: exact, cite: [{instrument: 1/TEST}]}\n"
    )
    day = datetime.date(2024, 1, 1)
    lineage = nc.Lineage([nc.Change(old=old, new="n", share=nc.Share.WHOLE, day=day) for old in "ab"])
    frame = pl.DataFrame({"unit": ["a", "b", "n"], "year": [2023, 2023, 2024], "money": [2**62] * 3})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        judged = nc.evaluate_table(frame, Criteria(loads_set(rule)), lineage=lineage)
    assert judged["had"].to_list() == ["undetermined", "undetermined", "met"]
