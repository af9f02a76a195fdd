"""A published change or difference is worked out anew from the figures beside it, and told where it is another."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.columns.files.files import JudgedBy, judge_file
from ncriteria.facts.checks.published import misprints
from ncriteria.language.tree import Ago, FactKey
from tests.sets.writing import file_text

CRITERIA = nc.loads(
    file_text(
        {
            "facts": """\
facts:
  cases: {title: {vi: Số vụ, en: Cases}, type: count}
  change: {title: {vi: Mức tăng giảm, en: Change}, type: number, published: {change_of: cases, unsigned: true}}
  signed: {title: Signed, type: number, published: {change_of: cases}}
  difference: {title: Difference, type: number, published: {difference_of: cases}}"""
        }
    )
)

# Cần Thơ, May 2025 against April 2025: figure, the one before, the difference and the percentage as published, and what
# is right where that is another.
# https://congan.cantho.gov.vn/savefile/thong-tin-thong-ke/so-lieu-ve-tinh-hinh-an-ninh-trat-tu-thang-5-2025-3114.html
CAN_THO = [
    ("crimes", 86, 84, 2, "2,4%", None),
    ("cleared", 68, 64, 4, "5,9%", "6,25%"),
    ("arrested", 133, 152, -19, "14,3%", "12,5%"),
    ("economic", 1, 2, -1, "100%", "50%"),
    ("drugs", 7, 14, -7, "100%", "50%"),
    ("accidents", 18, 17, 1, "5,8%", None),
    ("deaths", 11, 8, 3, "37,5%", None),
    ("injured", 8, 15, -7, "46,6%", None),
]


def test_the_four_wrong_percentages_of_a_page_are_found_and_no_other() -> None:
    rows = "".join(
        f'{unit},2025,{now},{before},{difference},"{change}"\n' for unit, now, before, difference, change, _ in CAN_THO
    )
    text = f"unit,year,cases,prev_year.cases,difference,change\n{rows}"
    told = [str(one) for one in nc.read_facts_text(text, "csv", CRITERIA.facts).warnings]
    assert told == [
        f'row {row}, column "change": NC420 `change` of {unit} in 2025 is published as {change}, '
        f"and `cases` is {now} against {before}: that is {right}\n"
        "  hint: find out which figure is right; only the figures themselves are judged"
        for row, (unit, now, before, _, change, right) in enumerate(CAN_THO, start=2)
        if right is not None
    ]


def warned(text: str) -> list[str]:
    return [one.message for one in nc.read_facts_text(text, "csv", CRITERIA.facts).warnings if one.code == "NC420"]


@pytest.mark.parametrize(
    ("column", "before", "now", "cell", "published", "right"),
    [
        ("signed", 8, 6, "25%", "25%", "-25%"),
        ("difference", 8, 6, "2", "2", "-2"),
        ("change", 0, 6, "100%", "100%", "no percentage"),
        ("change", 3, 4, '"40,00%"', "40%", "about 33,33%"),
    ],
)
@pytest.mark.parametrize("period", ["year", "month"])
def test_what_is_published_otherwise_is_told_with_both_numbers(
    period: str, column: str, before: int, now: int, cell: str, published: str, right: str
) -> None:
    month = "5/" if period == "month" else ""
    (message,) = warned(f"unit,{period},cases,{column}\na,{month}2024,{before},\na,{month}2025,{now},{cell}\n")
    assert message == (
        f"`{column}` of a in {month}2025 is published as {published}, and `cases` is {now} against {before}: "
        f"that is {right}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "unit,year,cases,signed\na,2024,8,\na,2025,6,-25%\n",
        "unit,year,cases,change\na,2024,8,\na,2025,6,25%\n",
        "unit,year,cases,change\na,2024,0,\na,2025,0,0%\n",
        "unit,year,cases,Signed (%)\na,2024,8,\na,2025,10,25\n",
        "unit,year,cases,signed\na,2025,6,-25%\n",
        "unit,year,cases,signed\na,2024,>=8,\na,2025,6,-25%\n",
        "unit,year,cases,signed\na,2024,8,\na,2025,,-25%\n",
    ],
)
def test_what_is_right_or_cannot_be_worked_out_is_not_told(text: str) -> None:
    assert warned(text) == []


def found(published: Fraction, now: int, before: int) -> list[Any]:
    known = {FactKey.of("signed"): published, FactKey.of("cases"): Fraction(now)}
    return list(misprints(CRITERIA.facts, {**known, FactKey.of("cases", Ago(1)): Fraction(before)}))


@given(st.integers(0, 999), st.integers(1, 999), st.integers(0, 3))
def test_a_percentage_that_is_rounded_up_or_down_is_no_misprint(now: int, before: int, places: int) -> None:
    exact = Fraction(now - before, before)
    unit = Fraction(1, 100 * 10**places)
    for rounded in (floor(exact / unit), floor(exact / unit + Fraction(1, 2)), -floor(-exact / unit)):
        published = rounded * unit
        if published.denominator != 1 or places == 0:
            assert found(published, now, before) == []


@given(st.integers(0, 999), st.integers(1, 999), st.integers(1, 50))
def test_a_percentage_that_is_off_by_whole_percents_is_a_misprint(now: int, before: int, off: int) -> None:
    exact = Fraction(now - before, before)
    whole = Fraction(floor(exact * 100), 100)
    (one,) = found(whole + Fraction(off + 1, 100), now, before)
    assert (one.computed, one.now, one.before) == (exact, now, before)


def test_a_frame_that_is_judged_in_columns_is_told_the_same() -> None:
    frame = pl.DataFrame(
        {"unit": ["a", "a"], "year": [2024, 2025], "cases": [64, 68], "change": [None, Decimal("0.059")]},
        schema_overrides={"change": pl.Decimal(10, 3)},
    )
    with pytest.warns(nc.TableWarning) as caught:
        nc.evaluate_table(frame, CRITERIA)
    assert "NC420 `change` of a in 2025 is published as 5,9%, and `cases` is 68 against 64: that is 6,25%" in str(
        caught[0].message
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nc.evaluate_table(frame.drop("cases"), CRITERIA)


def test_a_frame_and_a_file_in_parquet_are_told_what_a_table_in_text_is(tmp_path: Path) -> None:
    chance = random.Random(4)
    rows = [
        {
            "unit": unit,
            "year": year,
            "cases": chance.choice([None, 0, 1, 2, 4]),
            "prev_year.cases": chance.choice([0, 2, 4]) if year == 2020 else None,
            "change": chance.choice([None, Decimal("0.25"), Decimal("0.5"), Decimal(1)]),
            "difference": chance.choice([None, None, 0, 1, -1]),
        }
        for unit in "abcd"
        for year in range(2020, 2024)
    ]
    frame = pl.DataFrame(rows, schema_overrides={"change": pl.Decimal(10, 2)}, infer_schema_length=None)
    expected = sorted(warned(frame.write_csv()))
    assert len(expected) > 5
    assert sorted(told_of(lambda: nc.evaluate_table(frame, CRITERIA))) == expected
    assert sorted(told_of(lambda: nc.evaluate_table(duckdb.from_arrow(frame.to_arrow()), CRITERIA))) == expected
    source = tmp_path / "facts.parquet"
    frame.write_parquet(source)
    by = JudgedBy(CRITERIA)
    summary = judge_file(source, tmp_path / "verdicts.parquet", by, lambda *_: None, rows_at_once=5)
    told = [one for one in summary.warnings if one.code == "NC420"]
    assert sorted(one.message for one in told) == expected
    assert {one.place.file for one in told} == {str(source)}


def told_of(judge: Callable[[], object]) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", nc.TableWarning)
        judge()
    return [one.message for warning in caught for one in warning.message.problems if one.code == "NC420"]


def test_the_explanation_of_a_record_tells_it() -> None:
    result = CRITERIA.evaluate({"cases": 68, "change": Fraction("0.059")}, prev_year={"cases": 64})
    assert result.explain("en").endswith("\nChange: published as 5.9%, and 68 against 64 is 6.25%")
    assert result.explain("vi").endswith("\nMức tăng giảm: công bố 5,9%, nhưng 68 so với 64 là 6,25%")
    right = CRITERIA.evaluate({"cases": 68, "change": Fraction("0.0625")}, prev_year={"cases": 64})
    assert "published" not in right.explain("en")


def test_what_is_published_of_a_fact_is_no_fact_that_nothing_uses() -> None:
    assert "NC133" not in {problem.code for problem in nc.lint(CRITERIA.definition)}
