"""A set that extends another judges a year where its act is in force on the last day of the year's window."""

from __future__ import annotations

from pathlib import Path

import pytest

import ncriteria as nc
from ncriteria.analysis.lint.warnings import lint
from ncriteria.sets.years.turns import gaps
from tests.overlay_sets import PROVINCE, written

POLICE = '\n  window: {from: "12-15", to: "12-14", cite: [{instrument: 2/LONG-AN}]}'


def province(in_force: str, more: str = "") -> str:
    text = PROVINCE.replace("issued: 2024-08-05", f"issued: 2024-08-05, in_force: {in_force}")
    return text.replace("territory: long-an", f"territory: long-an{more}")


@pytest.mark.parametrize(
    ("in_force", "more", "expected"),
    [
        ("2025-10-01", "", {2024: "calm.national", 2025: "calm.long-an", 2026: "calm.long-an"}),
        ("2025-12-31", "", {2025: "calm.long-an"}),
        ("2026-01-01", "", {2025: "calm.national", 2026: "calm.long-an"}),
        ("2025-12-14", POLICE, {2025: "calm.long-an"}),
        ("2025-12-15", POLICE, {2025: "calm.national", 2026: "calm.long-an"}),
        ("2024-09-01", "", {2024: "calm.national", 2025: "calm.long-an"}),
    ],
)
def test_the_day_of_force_and_the_end_of_the_window_decide(
    in_force: str, more: str, expected: dict[int, str], tmp_path: Path
) -> None:
    catalog = nc.catalog(written(tmp_path, province=province(in_force, more)))
    for year, name in expected.items():
        chosen = catalog.choose(standard="calm", level="commune", year=year, territory="long-an")
        assert (year, chosen.id) == (year, name)
        assert chosen.definition is catalog[name].definition
    assert gaps(catalog.sets.sets) == []


def test_a_year_that_is_not_judged_is_warned_of(tmp_path: Path) -> None:
    written(tmp_path, province=province("2026-01-01"))
    told = [one for one in lint(nc.load(tmp_path / "province.yaml").definition) if one.code == "NC444"]
    assert [one.text("en").replace(f"{tmp_path}/", "") for one in told] == [
        "province.yaml:7:10: NC444 the set begins in 2025, which ends on 2025-12-31, before 2/LONG-AN is in force "
        "(2026-01-01): it does not judge that year\n    years: {from: 2025}\n           ^\n"
        "  hint: write `years: {from: 2026}`"
    ]
    written(tmp_path, province=province("2025-10-01"))
    assert "NC444" not in {one.code for one in lint(nc.load(tmp_path / "province.yaml").definition)}


def test_a_set_that_extends_none_keeps_its_years(tmp_path: Path) -> None:
    text = (written(tmp_path) / "national.yaml").read_text(encoding="utf-8")
    written(tmp_path, national=text.replace("issued: 2023-12-01", "in_force: 2025-06-01"))
    assert nc.catalog(tmp_path).choose(standard="calm", level="commune", year=2024).id == "calm.national"
