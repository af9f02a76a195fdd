"""Tables whose headings, years and facts stand elsewhere than in the first row, and how they were taken."""

from __future__ import annotations

from typing import Any

import pytest

import ncriteria as nc
from ncriteria.errors import CellPlace
from ncriteria.facts.formats.grid import Grid, GridRow, Merged
from ncriteria.facts.layout.laying_out import lay_out
from ncriteria.facts.options import AS_IT_STANDS, ReadingOptions
from ncriteria.sets.model import Level
from tests.case_files import cases
from tests.facts.declared import FACTS
from tests.facts.test_cells import value_of


def options_of(case: Any) -> ReadingOptions:
    given = dict(case.get("options", {}))
    return ReadingOptions(**{**given, "level": Level(given["level"])} if "level" in given else given)


@pytest.mark.parametrize("case", cases(__file__, "laid_out"))
def test_a_table_is_laid_out(case: Any) -> None:
    table = nc.read_facts_text(case["text"], "csv", FACTS, options=options_of(case))
    rows = {f"{row.unit.id} {row.year}": {str(key): value for key, value in row.values.items()} for row in table.rows}
    assert rows == {
        row: {key: value_of(value) for key, value in values.items()} for row, values in case["rows"].items()
    }
    assert table.account is not None
    assert list(table.account.heading_rows) == case["heading_rows"]
    assert table.account.shape.value == case.get("shape", "one row for each unit and year")
    year_from = table.account.year_from
    assert (None if year_from is None else year_from.value) == case.get("year_from")
    assert {row.unit.level for row in table.rows} == {Level(case["level"]) if "level" in case else None}


@pytest.mark.parametrize("case", cases(__file__, "refused_layouts"))
def test_a_table_that_cannot_be_laid_out_is_refused_with_the_whole_message(case: Any) -> None:
    with pytest.raises(nc.FactsError) as refused:
        nc.read_facts_text(case["text"], "csv", FACTS, options=options_of(case))
    assert str(refused.value) == case["error"]


def test_values_have_the_places_of_their_own_cells() -> None:
    text = "Chỉ tiêu;Xã A;Xã B\nTỷ lệ;1;2\nSố vụ;3;4\n"
    _, second = nc.read_facts_text(text, "csv", FACTS, file="f.csv", options=ReadingOptions(year=2024)).rows
    assert {str(key): str(place) for key, place in second.places.items()} == {
        "rate": 'f.csv, row 2, column "Xã B"',
        "cases": 'f.csv, row 3, column "Xã B"',
    }
    assert str(second.place) == 'f.csv, column "Xã B"'


@pytest.mark.parametrize(
    ("text", "year", "told"),
    [
        ("SỐ LIỆU NĂM 2024;;\nXã;Số vụ;Tỷ lệ\n1;2;3\nXã A;7;8\n", 2024, '"1" is a row of column numbers'),
        ("Xã;2024;\n;Số vụ;Tỷ lệ\nA;1;2\nXã A;7;8\n", 2024, '"A" is a row of column numbers'),
        ("Chỉ tiêu;Xã A;Giai đoạn 2021-2025\nSố vụ;7;9\nTỷ lệ;8;9\n", 2024, '"Giai đoạn 2021-2025" is a period'),
        ("Chỉ tiêu;Xã A;Dự kiến 2025\nSố vụ;7;9\nTỷ lệ;8;9\n", 2024, '"Dự kiến" is a plan, an estimate or a rating'),
    ],
)
def test_what_is_no_unit_is_told_and_passed_over_wherever_units_stand(text: str, year: int, told: str) -> None:
    table = nc.read_facts_text(text, "csv", FACTS, options=ReadingOptions(year=year))
    [row] = table.rows
    assert (row.unit.id, row.year, {str(key): value for key, value in row.values.items()}) == (
        "Xã A",
        2024,
        {"cases": 7, "rate": 8},
    )
    [warning] = table.warnings
    assert (warning.code, warning.message.startswith(told)) == ("NC234", True)


def test_units_that_are_numbers_are_no_column_numbers() -> None:
    table = nc.read_facts_text("Xã;Số vụ;Tỷ lệ\n1;2;3\n2;5;6\n", "csv", FACTS, options=ReadingOptions(year=2024))
    assert [row.unit.id for row in table.rows] == ["1", "2"]


def grid(*rows: tuple[str, ...], merged: tuple[Merged, ...] = ()) -> Grid:
    return Grid(tuple(GridRow(number, cells) for number, cells in enumerate(rows, start=1)), merged=merged)


def test_merged_headings_hold_for_the_columns_that_they_cover() -> None:
    sheet = grid(
        ("Xã", "Năm", "Trật tự", "", "Tỷ lệ"),
        ("", "", "Số vụ", "Kế hoạch", ""),
        ("a", "2024", "1", "x", "0"),
        merged=(Merged(1, 2, 0, 0), Merged(1, 2, 1, 1), Merged(1, 1, 2, 3), Merged(1, 2, 4, 4)),
    )
    laid_out = lay_out(sheet, FACTS, AS_IT_STANDS, CellPlace())
    assert laid_out.headings == ("Xã", "Năm", "Trật tự Số vụ", "Trật tự Kế hoạch", "Tỷ lệ")
    assert [str(laid_out.meant[heading]) for heading in laid_out.headings[2:]] == ["cases", "plan", "rate"]


def test_a_unit_that_is_merged_over_its_years_is_that_of_each() -> None:
    sheet = grid(("Xã", "Năm", "Số vụ"), ("a", "2023", "1"), ("", "2024", "2"), merged=(Merged(2, 3, 0, 0),))
    assert [row.cells["Xã"] for row in lay_out(sheet, FACTS, AS_IT_STANDS, CellPlace()).rows] == ["a", "a"]


def test_a_figure_that_is_merged_over_rows_is_refused() -> None:
    sheet = grid(("Xã", "Năm", "Số vụ"), ("a", "2023", "1"), ("b", "2023", ""), merged=(Merged(2, 3, 2, 2),))
    [problem] = lay_out(sheet, FACTS, AS_IT_STANDS, CellPlace()).problems
    assert str(problem) == (
        'row 2, column "Số vụ": NC249 the cell is merged over rows 2 to 3, and may be of one or of all\n'
        "  hint: undo the merging, and write what is true of each row"
    )


def test_a_column_that_is_passed_over_is_told_as_such_though_its_heading_is_known() -> None:
    text = "unit;year;Số vụ\na;2024;3\n"
    account = nc.read_facts_text(text, "csv", FACTS, options=nc.ReadingOptions(ignore=["Số vụ"])).account
    assert account is not None
    assert [column.taken_for for column in account.columns] == ["unit", "year", None]
