"""A set that says in which days it is in force judges the years that end then, or those that a source names."""

from __future__ import annotations

import datetime
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.sets.catalog import load_catalog
from ncriteria.sets.years.days_in_force import DaysInForce, DaysOutside, YearsJudged
from ncriteria.sets.years.turns import gaps
from ncriteria.sets.years.windows import Window
from tests.sets.writing import PARTS, file_text

POLICE = '\n  window: {from: "12-15", to: "12-14", cite: [{instrument: 01/EXAMPLE}]}'
DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))


def held(in_force: str, more: str = "", name: str = "example.commune", in_act: str = "") -> str:
    text = PARTS["set"].replace("years: {from: 2024}", f"in_force: {{{in_force}}}").replace("example.commune", name)
    return file_text({"set": text.replace("issuer: Example", f"issuer: Example{in_act}") + more})


@pytest.mark.parametrize(
    ("in_force", "more", "first", "last"),
    [
        ("from: 2026-02-15", "", 2026, None),
        ("from: 2026-01-01, to: 2026-12-31", "", 2026, 2026),
        ("from: 2026-02-15, to: 2028-12-30", "", 2026, 2027),
        ("from: 2026-02-15, judges: years_that_begin, cite: [{instrument: 01/EXAMPLE}]", "", 2027, None),
        ("from: 2026-02-15, to: 2028-06-30, judges: years_that_begin, cite: [{instrument: A}]", "", 2027, 2028),
        ("from: 2026-02-15, to: 2028-06-30, judges: whole_years, cite: [{instrument: A}]", "", 2027, 2027),
        ("from: 2026-12-15", POLICE, 2027, None),
        ("from: 2026-12-14", POLICE, 2026, None),
    ],
)
def test_the_days_say_which_years_are_judged(in_force: str, more: str, first: int, last: int | None) -> None:
    years = nc.loads(held(in_force, more)).years
    assert (years.first, years.last) == (first, last)


def test_without_a_first_day_it_is_that_of_the_act() -> None:
    criteria = nc.loads(held("to: 2027-12-31", in_act=", in_force: 2026-02-15"))
    assert (criteria.years.first, criteria.years.last) == (2026, 2027)


@given(DAYS, st.none() | DAYS, st.sampled_from(YearsJudged), st.sampled_from([Window(1, 1), Window(11, 1)]))
def test_the_years_are_those_whose_days_lie_within(
    first: date, last: date | None, judges: YearsJudged, window: Window
) -> None:
    days = DaysInForce(first, last, judges)
    begun, ended = days.years(window)
    for year in range(2015, 2032):
        inside = [first <= day and (last is None or day <= last) for day in window.days(year)]
        expected = {"years_that_begin": inside[0], "years_that_end": inside[1], "whole_years": all(inside)}
        assert (begun <= year and (ended is None or year <= ended)) is expected[judges.value]


@given(DAYS, st.none() | DAYS, st.integers(2018, 2028))
def test_the_days_outside_are_those_on_which_the_set_is_not_in_force(first: date, last: date | None, year: int) -> None:
    if last is not None and last < first:
        last = None
    window = Window(11, 1)
    begins, ends = window.days(year)
    outside = {
        one.first + datetime.timedelta(days=number)
        for one in DaysInForce(first, last).outside(window, year)
        for number in range((one.last - one.first).days + 1)
    }
    every = {begins + datetime.timedelta(days=number) for number in range((ends - begins).days + 1)}
    assert outside == {day for day in every if day < first or (last is not None and day > last)}


def test_a_judged_year_tells_the_days_before_the_act(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(held("from: 2026-02-15"), encoding="utf-8")
    criteria = nc.load(path)
    result = criteria.evaluate({"cases": 0}, year=2026)
    assert result.days_outside == (DaysOutside(2026, date(2026, 1, 1), date(2026, 2, 14)),)
    line = "Judges 2026 as a whole, but is not in force from 2026-01-01 to 2026-02-14"
    assert line in result.explain("en").splitlines()
    assert "Xét trọn năm 2026, nhưng không có hiệu lực từ 01/01/2026 đến 14/02/2026" in result.explain("vi")
    again = nc.Result.from_json(result.to_json("en"))
    assert again.days_outside == result.days_outside
    assert criteria.evaluate({"cases": 0}, year=2027).days_outside == ()


def test_the_sets_of_successive_days_judge_one_year_each_and_days_between_them_are_warned_of(tmp_path: Path) -> None:
    first = held("from: 2024-01-01, to: 2026-02-10", name="example.early")
    (tmp_path / "early.yaml").write_text(first, encoding="utf-8")
    (tmp_path / "late.yaml").write_text(held("from: 2026-02-15", name="example.late"), encoding="utf-8")
    sets = load_catalog(tmp_path)
    chosen = [sets.choose("example", nc.Level.COMMUNE, year).id for year in (2024, 2025, 2026)]
    assert chosen == ["example.early", "example.early", "example.late"]
    (told,) = gaps(sets.sets)
    assert str(told).replace(f"{tmp_path}/", "").splitlines()[0] == (
        'late.yaml:7:13: NC194 no criteria of "example" for a commune are in force from 2026-02-11 to 2026-02-14: '
        "example.early ends, and example.late begins on 2026-02-15"
    )
    (tmp_path / "early.yaml").write_text(first.replace("02-10", "02-14"), encoding="utf-8")
    assert gaps(load_catalog(tmp_path).sets) == []
