"""Who is in charge of which units is read from tables as offices write them, and refused with the cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ncriteria.facts.assignments import read_assignments
from ncriteria.facts.table import FactsError
from tests.case_files import cases
from tests.messages import untold_in

UNITS = {"x1": "Xã Tân Hòa", "x2": "Xã Vĩnh Bửu", "x3": "Xã Hưng Thạnh", "y3": "Phường Hưng Thạnh", "007": None}


def told(found):
    return [f"{one.member}: {' '.join((*one.units, *(f'? {text}' for text in one.unknown)))}" for one in found.members]


@pytest.mark.parametrize("case", cases(__file__, "assignments"))
def test_a_table_of_assignments_is_read_as_the_case_says(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(case["text"], encoding="utf-8")
    if "error" in case:
        with pytest.raises(FactsError) as refused:
            read_assignments("a.csv", UNITS)
        assert str(refused.value) == case["error"]
        assert untold_in(refused.value.problems) == []
        return
    found = read_assignments("a.csv", UNITS)
    assert told(found) == case["read"]
    assert "\n".join(map(str, found.warnings)) == case.get("warnings", "")
    assert untold_in(found.warnings) == []


def test_a_member_whose_cell_is_merged_over_rows_is_in_charge_of_all_of_them(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Danh sách"], ["Người phụ trách", "Xã"], ["A", "x1"], [None, "x2"], [None, "Hưng Thạnh xã"], ["B", 7]):
        sheet.append(row)
    sheet.cell(5, 2).value = "x3"
    sheet.merge_cells("A3:A5")
    book.save(tmp_path / "a.xlsx")
    found = read_assignments(tmp_path / "a.xlsx", {**UNITS, "7": None})
    assert told(found) == ["A: x1 x2 x3", "B: 7"]
