"""Tables in Parquet files: the same verdicts as in memory, in parts or not, on Polars and on DuckDB."""

from __future__ import annotations

import datetime
import random
from itertools import product

import polars as pl
import pytest

import ncriteria as nc
from ncriteria.evaluation.columns.files import files
from ncriteria.evaluation.columns.files.files import Engine, FileSummary, JudgedBy, Stage, judge_file
from ncriteria.evaluation.columns.files.parts import PartedFile
from ncriteria.evaluation.criteria import Catalog
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.facts.table import FactsError
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.model import Verdict
from tests.engines import test_roll_ups

SET = """\
format: ncriteria/1
set:
  id: test.files
  standard: test
  title: A set
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2017, to: 2023}
  level: commune
facts:
  crimes: {title: Crimes, type: count}
  people: {title: People, type: count}
clauses:
  crime: {title: Crime, rule: crimes <= prev_year * 0.95, encodes: exact, cite: [{instrument: 1/TEST}]}
  rate: {title: Rate, rule: 20 * crimes / people <= 1, encodes: exact, cite: [{instrument: 1/TEST}]}
"""
CRITERIA = nc.loads(SET)
ENGINES = [Engine.POLARS, Engine.DUCKDB]


def facts(units=40, **more):
    chance = random.Random(5)
    rows = [
        {"unit": f"xã {number:03}", "year": year, "crimes": chance.choice((0, 19, 20, None)), "people": 380}
        for number in range(units)
        for year in range(2016, 2025)
        if chance.random() < 0.8
    ]
    return pl.DataFrame([row | more for row in rows], infer_schema_length=None)


def written(frame, folder, name="facts.parquet"):
    frame.write_parquet(folder / name)
    return folder / name


def judge(source, by=None, rows_at_once=1_000_000, told=lambda *_: None) -> tuple[pl.DataFrame, FileSummary]:
    target = source.with_name("verdicts.parquet")
    by = JudgedBy(CRITERIA) if by is None else by
    summary = judge_file(source, target, by, told, rows_at_once=rows_at_once)
    found = pl.read_parquet(target)
    assert {path.name for path in source.parent.iterdir()} == {source.name, target.name}
    return found, summary


def alike(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    texts = [frame.with_columns(pl.all().cast(pl.String)).sort("unit", "year") for frame in (one, other)]
    return texts[0].equals(texts[1])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_file_has_the_verdicts_of_the_frame(engine, tmp_path):
    frame = facts()
    found, summary = judge(written(frame, tmp_path), JudgedBy(CRITERIA, engine=engine))
    expected = nc.evaluate_table(frame, CRITERIA)
    assert found.columns == expected.columns
    assert alike(found, expected)
    counts = expected.get_column("crime").drop_nulls().value_counts()
    assert {verdict.value: number for verdict, number in summary.counts["crime"].items() if number} == dict(
        counts.iter_rows()
    )
    assert (summary.rows, summary.judged) == (frame.height, expected.get_column("verdict").count())
    assert (summary.failed_rows, dict(summary.reasons)) == (0, {})


ORDERS, PARTS = ["sorted", "shuffled", "numbered", "decomposed"], [7, 50, 10_000]
QUICK = [("sorted", 50), ("shuffled", 7), ("numbered", 50), ("decomposed", 50), ("decomposed", 10_000)]
"""Each order and each size of parts; small parts, of which there are many, take long."""
parts_of_files = pytest.mark.parametrize(
    ("order", "rows_at_once"),
    [pytest.param(*cell, marks=() if cell in QUICK else pytest.mark.soak) for cell in product(ORDERS, PARTS)],
)


@parts_of_files
def test_the_parts_of_a_file_have_the_verdicts_of_the_whole(order, rows_at_once, tmp_path):
    frame = facts()
    match order:
        case "shuffled":
            frame = frame.sample(fraction=1, shuffle=True, seed=1)
        case "numbered":
            frame = frame.with_columns(pl.col("unit").str.slice(3).cast(pl.Int32)).sample(fraction=1, shuffle=True)
        case "decomposed":
            odd = pl.col("year") % 2 == 1
            frame = frame.with_columns(unit=pl.when(odd).then(pl.col("unit").str.normalize("NFD")).otherwise("unit"))
    found, _ = judge(written(frame, tmp_path), rows_at_once=rows_at_once)
    expected = nc.evaluate_table(frame, CRITERIA)
    assert alike(found, expected)
    if order == "sorted":
        assert found.equals(expected)


def test_units_stay_together_in_parts_and_no_row_is_lost(tmp_path):
    for frame in (facts(), facts().sample(fraction=1, shuffle=True, seed=2)):
        parted = PartedFile(written(frame, tmp_path), "unit", "year", tmp_path, lambda *_: None, 50)
        parts = list(parted.parts())
        assert len(parts) > 3
        units = [set(part.get_column("unit")) for part in parts]
        assert sum(map(len, units)) == len(set().union(*units)) == 40
        assert pl.concat(parts).sort("unit", "year").equals(frame.sort("unit", "year"))


@parts_of_files
def test_the_parts_of_a_file_with_a_lineage_have_the_verdicts_of_the_whole(order, rows_at_once, tmp_path):
    frame, named = facts(), "xã {:03}".format
    unit, year = pl.col("unit"), pl.col("year")
    frame = frame.filter(~((year > 2020) & (unit >= named(25)) | (year > 2021) & (unit == named(3))))
    if order == "numbered":
        frame, named = frame.with_columns(pl.col("unit").str.slice(3).cast(pl.Int32)), str
    elif order == "decomposed":
        frame = frame.with_columns(pl.col("unit").str.normalize("NFD"))
    if order != "sorted":
        frame = frame.sample(fraction=1, shuffle=True, seed=3)
    changes = [(unit, unit % 25, datetime.date(2021, 3, 1)) for unit in range(40)]
    changes += [(3, 4, datetime.date(2022, 3, 1)), (4, 4, datetime.date(2022, 3, 1))]
    lineage = nc.Lineage(
        [nc.Change(old=named(old), new=named(new), share=nc.Share.WHOLE, day=day) for old, new, day in changes]
    )
    found, summary = judge(written(frame, tmp_path), JudgedBy(CRITERIA, lineage=lineage), rows_at_once=rows_at_once)
    expected = nc.evaluate_table(frame, CRITERIA, lineage=lineage)
    assert alike(found, expected)
    assert summary.warnings == ()


def test_one_unit_with_more_rows_than_a_part_stays_whole(tmp_path):
    frame = pl.DataFrame({"unit": ["a"] * 30 + ["b"] * 3, "year": [*range(1990, 2020), 1, 2, 3], "crimes": 1})
    parted = PartedFile(written(frame, tmp_path), "unit", "year", tmp_path, lambda *_: None, 10)
    assert [part.height for part in parted.parts()] in ([30, 3], [33])


def test_progress_tells_rows_of_all_rows(tmp_path):
    told = []
    frame = facts().sample(fraction=1, shuffle=True, seed=3)
    judge(written(frame, tmp_path), rows_at_once=50, told=lambda *step: told.append(step))
    splitting = [done for stage, done, total in told if stage is Stage.SPLITTING and total == frame.height]
    judging = [done for stage, done, total in told if stage is Stage.JUDGING and total == frame.height]
    assert splitting[-1] == judging[-1] == frame.height
    assert judging == sorted(judging)
    assert told[-1] == (Stage.COUNTING, 0, None)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_in_which_a_rule_has_no_value_are_counted_and_have_no_verdict(engine, tmp_path):
    frame = facts(units=3).with_columns(people=pl.when(unit="xã 001").then(0).otherwise("people"))
    found, summary = judge(written(frame, tmp_path), JudgedBy(CRITERIA, engine=engine))
    wrong = frame.filter(pl.col("unit") == "xã 001", pl.col("year").is_between(2017, 2023))
    zero = found.filter(pl.col("verdict").is_null(), pl.col("year").is_between(2017, 2023))
    assert zero.height == summary.failed_rows > 0
    assert set(summary.failed) <= set(wrong.select("unit", "year").iter_rows())
    assert summary.judged + summary.failed_rows == frame.filter(pl.col("year").is_between(2017, 2023)).height


@pytest.mark.parametrize("engine", ENGINES)
def test_what_goes_row_by_row_is_told(engine, tmp_path):
    frame = pl.DataFrame({"unit": ["a", "a"], "year": [2020, 2021], "crimes": [2**62, 2**62], "people": 2**40})
    found, summary = judge(written(frame, tmp_path), JudgedBy(CRITERIA, engine=engine))
    assert set(summary.reasons) == {"crime:holds", "rate:holds"}
    assert found.filter(year=2021).get_column("crime").cast(pl.String).to_list() == ["not_met"]


def test_the_missing_facts_can_be_written_too(tmp_path):
    found, _ = judge(written(facts(), tmp_path), JudgedBy(CRITERIA, missing=True), rows_at_once=50)
    expected = nc.evaluate_table(facts(), CRITERIA, missing=True)
    assert found.equals(expected)
    assert "prev_year.crimes" in "".join(found.get_column("missing").drop_nulls())


@pytest.mark.parametrize("engine", ENGINES)
def test_roll_ups_are_those_of_the_frame(engine, tmp_path):
    catalog = Catalog(set_catalog(test_roll_ups.SHARE))
    frame = test_roll_ups.frame_of(test_roll_ups.generated(7))
    by = JudgedBy(catalog, "district", nc.Level.DISTRICT, engine=engine)
    found, summary = judge(written(frame, tmp_path), by, rows_at_once=10)
    assert alike(found, nc.evaluate_table(frame, catalog, standard="district", level="district"))
    assert summary.judged == found.get_column("verdict").count() < summary.rows
    assert sum(summary.counts[""].values()) == summary.judged


@pytest.mark.parametrize("engine", ENGINES)
def test_an_error_names_the_file_and_leaves_nothing_behind(engine, tmp_path):
    frame = facts()
    source = written(pl.concat([frame, frame.head(1)]), tmp_path)
    target = tmp_path / "verdicts.parquet"
    target.write_text("what was there")
    with pytest.raises(FactsError) as caught:
        judge_file(source, target, JudgedBy(CRITERIA, engine=engine), lambda *_: None, rows_at_once=50)
    first = frame.row(0)
    assert str(caught.value) == f'{source}, column "unit": NC230 {first[0]} stands twice in {first[1]}'
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.parquet", "verdicts.parquet"]
    assert target.read_text() == "what was there"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_file_that_is_no_parquet_is_told(engine, tmp_path):
    source = tmp_path / "facts.parquet"
    source.write_text("unit,year\n")
    with pytest.raises(EvaluationError) as caught:
        judge_file(source, tmp_path / "verdicts.parquet", JudgedBy(CRITERIA, engine=engine), lambda *_: None)
    assert str(caught.value).startswith(f"{source}: NC246 {engine.value} stopped: ")
    assert [path.name for path in tmp_path.iterdir()] == ["facts.parquet"]


def test_a_package_that_is_absent_is_told_with_its_extra(monkeypatch):
    monkeypatch.setattr(files, "is_installed", lambda name: name not in ("duckdb", "pyarrow"))
    with pytest.raises(EvaluationError) as caught:
        files.refuse_absent(Engine.DUCKDB)
    assert str(caught.value) == (
        "NC245 judging on duckdb needs duckdb and pyarrow, which cannot be imported\n"
        "  hint: install the extra: pip install 'ncriteria[duckdb]'"
    )


def test_no_verdict_is_counted_in_an_empty_file(tmp_path):
    found, summary = judge(written(facts().clear(), tmp_path))
    assert found.height == summary.rows == summary.judged == 0
    assert summary.counts[""] == dict.fromkeys(Verdict, 0)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_may_not_be_meant_is_told_of_the_whole_file_once(engine, tmp_path):
    frame = facts().with_columns(parent=pl.when(unit="xã 001").then(pl.lit("xã 002")).otherwise(pl.lit("nowhere")))
    _, summary = judge(written(frame, tmp_path), JudgedBy(CRITERIA, engine=engine), rows_at_once=20)
    (told,) = summary.warnings
    assert str(told) == (
        f'{tmp_path / "facts.parquet"}, column "parent": NC235 no unit has the identifier `nowhere`, given as the unit '
        "around\n  hint: add the units around as rows of their own, where something of theirs rests on the units inside"
    )
