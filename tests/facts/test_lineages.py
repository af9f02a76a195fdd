"""Lineages are read from tables as offices write them, and refused with the cell and what to write."""

from __future__ import annotations

import datetime

import openpyxl
import pytest

import ncriteria as nc
from tests.case_files import cases
from tests.messages import untold_in


@pytest.mark.parametrize("case", cases(__file__, "lineages"))
def test_a_lineage_is_read_as_the_case_says(case):
    found = nc.read_lineage_text(case["text"], case["kind"])
    said = [(one.old, one.new, one.share, one.day, one.instrument) for one in found.changes]
    said += [("reform", one.day, one.instrument) for one in found.reforms[1:]]
    assert [" ".join(map(str, one)) for one in said] == case["read"]


@pytest.mark.parametrize("case", cases(__file__, "refused_lineages"))
def test_a_lineage_is_refused_with_the_whole_message(case):
    with pytest.raises(nc.FactsError) as refused:
        nc.read_lineage_text(case["text"], "csv", file="t.csv")
    assert str(refused.value) == case["error"]
    assert untold_in(refused.value.problems) == []


def test_a_sheet_of_a_workbook_is_read_as_a_text_is(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Sắp xếp đơn vị hành chính cấp xã"])
    sheet.append(["Mã cũ", "Mã mới", "Phần", "Ngày hiệu lực"])
    sheet.append(["001", "003", "toàn bộ", datetime.date(2025, 7, 1)])
    sheet.append([2, 3, 0.4, datetime.date(2025, 7, 1)])
    sheet["C4"].number_format = "0%"
    book.save(tmp_path / "lineage.xlsx")
    first, second = nc.read_lineage(tmp_path / "lineage.xlsx").changes
    assert (first.old, first.new, first.share, first.day) == ("001", "003", nc.Share.WHOLE, datetime.date(2025, 7, 1))
    assert (second.old, second.new, str(second.share), second.place.row) == ("2", "3", "2/5", 4)


def test_the_national_reform_is_known_without_a_lineage():
    (reform,) = nc.Lineage().reforms
    assert (reform.day, reform.levels) == (datetime.date(2025, 7, 1), {nc.Level.COMMUNE, nc.Level.DISTRICT})


def test_one_row_says_of_all_other_units_that_they_did_not_change():
    text = (
        "from,to,share,day,instrument\nCác đơn vị còn lại,,không thay đổi,01/07/2025,NQ 1\na,b,whole,2025-07-01,NQ 1\n"
    )
    found = nc.read_lineage_text(text, "csv")
    assert found.unchanged == {datetime.date(2025, 7, 1)}
    assert found.reforms == ()
    assert [one.new for one in found.changes] == ["b"]
    again = nc.ReadingOptions(lineage=found, reforms=nc.Lineage().reforms)
    assert again.whole_lineage.reforms == ()
