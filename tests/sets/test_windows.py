"""The window of a set: the twelve months whose figures are those of an assessment year."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import ncriteria as nc
from ncriteria.sets.sources import Citation
from ncriteria.sets.years.windows import CALENDAR_YEAR, Window
from tests.sets.writing import PARTS, file_text

CITE = 'cite: [{instrument: "1", at: "8"}]'
DAYS = [
    ('{from: "11-01", to: "10-31"', ("2025-11-01", "2026-10-31")),
    ('{from: "11-16", to: "11-15"', ("2025-11-16", "2026-11-15")),
    ('{from: "12-15", to: "12-14"', ("2025-12-15", "2026-12-14")),
    ('{from: "03-01", to: "02-28"', ("2025-03-01", "2026-02-28")),
    ('{from: "03-01", to: "02-29"', ("2025-03-01", "2026-02-28")),
    ('{from: "01-01", to: "12-31"', ("2026-01-01", "2026-12-31")),
]

OF_NOVEMBER = ("commune", "agency", "enterprise", "school")


def with_window(window: str) -> nc.CriteriaSet:
    return nc.loads(file_text({"set": f"{PARTS['set']}\n  window: {window}, {CITE}}}"})).definition


@pytest.mark.parametrize(("written", "days"), DAYS)
def test_a_window_ends_in_the_assessment_year(written: str, days: tuple[str, str]) -> None:
    window = with_window(written).window
    assert window is not None
    assert tuple(day.isoformat() for day in window.days(2026)) == days
    assert window.cite == (Citation("1", "8"),)


def test_a_window_to_the_end_of_february_has_the_leap_day() -> None:
    assert Window(3, 1).days(2024)[1] == datetime.date(2024, 2, 29)


def test_a_set_without_a_window_has_none_and_the_calendar_year_stands_for_it() -> None:
    assert nc.loads(file_text({})).definition.window is None
    assert str(CALENDAR_YEAR) == "01-01 to 12-31"


EXTENDING = {"extends": "extends: tt124-2021.hamlet.yaml", "facts": "", "clauses": "", "changes": "changes: []"}


@pytest.mark.parametrize(
    ("own", "window"),
    [("", "11-01 to 10-31"), (f'\n  window: {{from: "12-01", to: "11-30", {CITE}}}', "12-01 to 11-30")],
)
def test_an_extending_set_has_the_window_that_it_extends_unless_it_declares_one(own: str, window: str) -> None:
    head = PARTS["set"].replace("level: commune", "level: hamlet") + own
    assert str(nc.loads(file_text({**EXTENDING, "set": head})).definition.window) == window


def test_the_shipped_sets_of_the_circular_have_the_windows_of_its_article_8_and_the_guidances_none() -> None:
    windows = {one.id: str(one.window) for one in nc.catalog().sets.sets if one.window is not None}
    others = dict.fromkeys((f"vn.bca.tt124-2021.{level}" for level in OF_NOVEMBER), "11-16 to 11-15")
    assert windows == {"vn.bca.tt124-2021.hamlet": "11-01 to 10-31", **others}


def test_sets_that_differ_in_their_windows_are_told_apart() -> None:
    old, new = (
        with_window(f'{{from: "{first}", to: "{last}"') for first, last in (("11-01", "10-31"), ("11-16", "11-15"))
    )
    (header,) = nc.compare(old, new).differences
    assert [(one.key, one.old, one.new) for one in header.aspects] == [("window", "11-01 to 10-31", "11-16 to 11-15")]


def test_an_extending_set_compares_the_series_that_the_extended_one_compares(tmp_path: Path) -> None:
    base = {
        "facts": "facts:\n  cases: {title: Cases, type: count, series: [{id: pphs}, {from: 2025, id: ttxh}]}",
        "clauses": "clauses:\n  fewer: {title: F, rule: cases < prev_year, encodes: exact, cite: [{instrument: 1/E}]}",
        "more": "comparable:\n  - {series: [pphs, ttxh], cite: [{instrument: 1/E}]}",
    }
    (tmp_path / "base.yaml").write_text(file_text(base), "utf-8")
    own = {"extends": "extends: base.yaml", "facts": "", "clauses": "", "changes": "changes: []"}
    (tmp_path / "own.yaml").write_text(file_text({**own, "set": PARTS["set"].replace("e.com", "e.own.com")}), "utf-8")
    assert [one.ids for one in nc.load(tmp_path / "own.yaml").definition.comparable] == [("pphs", "ttxh")]
