"""Numbers that a workbook shows with a percent sign: the sign is the number's own, whatever the heading says."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

import ncriteria as nc
from tests.facts.declared import FACTS


def table(folder: Path, heading: str, *cells: tuple[float, str]) -> nc.FactTable:
    book = Workbook()
    book.active.append(["unit", "year", heading])
    for row, (number, number_format) in enumerate(cells, start=2):
        book.active.append([f"x{row}", 2024, number])
        book.active.cell(row, 3).number_format = number_format
    book.save(folder / "shares.xlsx")
    return nc.read_facts(folder / "shares.xlsx", FACTS)


def shares(found: nc.FactTable) -> list[object]:
    return [value for row in found.rows for value in row.values.values()]


@pytest.mark.parametrize("heading", ["Giải quyết (%)", "Tỷ lệ giải quyết"])
def test_a_number_with_a_sign_is_a_share_below_any_heading(heading: str, tmp_path: Path) -> None:
    found = table(tmp_path, heading, (0.95, "0%"), (0.5, "0.0%"))
    assert (shares(found), found.warnings) == ([Fraction(19, 20), Fraction(1, 2)], ())


def test_a_number_with_a_sign_does_not_say_that_the_others_are_percent(tmp_path: Path) -> None:
    found = table(tmp_path, "Giải quyết (%)", (0.95, "0%"), (95, "General"))
    assert shares(found) == [Fraction(19, 20), Fraction(19, 20)]


def test_a_number_with_a_sign_is_refused_where_the_fact_counts_percent(tmp_path: Path) -> None:
    with pytest.raises(nc.FactsError) as refused:
        table(tmp_path, "percent", (0.95, "0%"))
    [problem] = refused.value.problems
    assert (problem.code, problem.message) == ("NC218", '"95%" is ambiguous: 95, or 0,95 of `percent`')
