"""Attestations are read from tables as offices write them, and refused with the cell and what to write."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

import ncriteria as nc
from ncriteria.facts.attestations.reading import read
from tests.attested_sets import criteria
from tests.case_files import cases


@pytest.mark.parametrize("case", cases(__file__, "attestations"))
def test_a_table_of_attestations_is_read_as_the_case_says(case, tmp_path):
    path = tmp_path / f"t.{case['kind']}"
    path.write_text(case["text"], encoding="utf-8")
    found = read(path, [criteria().definition])
    said = [(one.unit, one.year, one.content, one.value, one.by, one.document, one.date) for one in found]
    assert [" ".join(map(str, one)) for one in said] == case["read"]


@pytest.mark.parametrize("case", cases(__file__, "refused_attestations"))
def test_a_table_is_refused_with_the_whole_message(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text(case["text"], encoding="utf-8")
    with pytest.raises(nc.FactsError) as refused:
        read("t.csv", [criteria().definition])
    assert str(refused.value) == case["error"]


def test_a_file_is_read_with_the_place_of_each_attestation(tmp_path):
    path = tmp_path / "attested.csv"
    path.write_text("unit,year,content,value,by,document,more\nx1,2024,Fire,Đạt,UBND,1/BC,7\n", encoding="utf-8")
    (found,) = nc.read_attestations(path, criteria(), ignore=["more"])
    assert found == nc.Attestation(
        content="all/fire", value=nc.Verdict.MET, by="UBND", document="1/BC", unit="x1", year=2024
    )
    assert (found.place.row, found.place.heading) == (2, "content")


def test_a_sheet_of_a_workbook_is_read_as_a_text_is(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Xác nhận"
    sheet.append(["Các nội dung được xác nhận năm 2024"])
    sheet.append(["STT", "Mã đơn vị", "Nội dung", "Kết quả", "Cơ quan xác nhận", "Văn bản", "Ngày"])
    sheet.append([1, "x1", "Cháy, nổ", "Đạt", "Công an huyện", "12/BC", datetime.date(2024, 12, 3)])
    sheet.append([2, "x2", "models", 3, "UBND xã", "7/BC", None])
    sheet.append([None, "Người lập biểu"])
    book.save(tmp_path / "attested.xlsx")
    fire, models = nc.read_attestations(tmp_path / "attested.xlsx", criteria())
    assert (fire.unit, fire.year, fire.content, fire.value) == ("x1", 2024, "all/fire", "met")
    assert (fire.date, models.value) == (datetime.date(2024, 12, 3), 3)
    assert (fire.place.sheet, fire.place.row) == ("Xác nhận", 3)
