"""Whole tables out of workbooks: the same facts as from any other format, or the cell that keeps them back."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest

import ncriteria as nc
from tests.facts.declared import FACTS

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

ROWS = [
    ["unit", "name", "level", "year", "cases", "rate", "share", "plan", "status", "decided_on"],
    ["001", "Xã Một", "xã", 2024, 1704, 12.5, 0.95, True, "đạt", "2024-03-18"],
    ["002", "Xã Hai", "xã", 2024, 0, 0.1, None, False, None, None],
    ["001", "Xã Một", "xã", 2023, 12, None, 1, None, "chưa đạt", "2023-12-31"],
]


def written(folder: Path, rows: list[list[object]], *, merged: tuple[str, ...] = (), title: str = "Số liệu") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    path = folder / "facts.xlsx"
    book.save(path)
    return path


def table_of(rows: list[list[object]], kind: str, folder: Path) -> nc.FactTable:
    heading, *body = rows
    if kind == "xlsx":
        return nc.read_facts(written(folder, rows), FACTS)
    if kind == "ods":
        office = shutil.which("soffice") or pytest.skip("LibreOffice is not installed")
        source = written(folder, rows)
        profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
        call = [office, profile, "--headless", "--convert-to", "ods", "--outdir", str(folder), str(source)]
        subprocess.run(call, check=True, capture_output=True, timeout=120)
        return nc.read_facts(folder / "facts.ods", FACTS)
    if kind == "parquet":
        polars = pytest.importorskip("polars")
        columns = {str(name): [row[place] for row in body] for place, name in enumerate(heading)}
        polars.DataFrame(columns, strict=False).write_parquet(folder / "facts.parquet")
        return nc.FactTable.from_frame(polars.read_parquet(folder / "facts.parquet"), FACTS)
    if kind == "json":
        text = json.dumps([dict(zip(map(str, heading), row, strict=True)) for row in body])
        return nc.read_facts_text(text, "json", FACTS)
    out = io.StringIO()
    texts = [[str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row] for row in rows]
    csv.writer(out, delimiter=";").writerows(texts)
    return nc.read_facts_text(out.getvalue(), "csv", FACTS)


@pytest.mark.parametrize("kind", ["csv", "json", "ods", "parquet"])
def test_a_workbook_gives_the_table_that_other_formats_give(kind: str, tmp_path: Path) -> None:
    expected = table_of(ROWS, "xlsx", tmp_path)
    found = table_of(ROWS, kind, tmp_path)
    assert [(row.unit, row.year, row.values) for row in found.rows] == [
        (row.unit, row.year, row.values) for row in expected.rows
    ]
    assert len(expected.rows) == 3


def test_the_sheet_of_an_office_is_read_at_the_first_try(tmp_path: Path) -> None:
    rows = [
        ["CÔNG AN HUYỆN", None, None, None, None],
        ["TỔNG HỢP NĂM 2024"],
        [],
        ["STT", "Xã/Phường", "Trật tự xã hội", None, "Tỷ lệ giải quyết"],
        [None, None, "Cases", "Cases, năm trước", None],
        [1, "Xã An", 9, 10, 0.95],
        [2, "Xã Bình", 3, 2, 1],
        [None, "Tổng cộng", 12, 12, None],
        [None, None, None, "Ngày 5 tháng 1 năm 2025", None],
    ]
    path = written(tmp_path, rows, merged=("A4:A5", "B4:B5", "C4:D4", "E4:E5"))
    table = nc.read_facts(path, FACTS)
    assert [
        (row.unit.id, row.year, {str(key): str(value) for key, value in row.values.items()}) for row in table.rows
    ] == [
        ("Xã An", 2024, {"cases": "9", "prev_year.cases": "10", "share": "19/20"}),
        ("Xã Bình", 2024, {"cases": "3", "prev_year.cases": "2", "share": "1"}),
    ]
    assert table.account is not None
    assert (table.account.sheet, table.account.heading_rows) == ("Số liệu", (4, 5))


@pytest.mark.parametrize("cell", ["=1+2", "#DIV/0!"])
def test_no_formula_without_a_value_and_no_error_is_taken_for_blank(cell: str, tmp_path: Path) -> None:
    with pytest.raises(nc.FactsError) as refused:
        nc.read_facts(written(tmp_path, [["unit", "year", "cases"], ["a", 2024, cell]]), FACTS)
    [problem] = refused.value.problems
    assert (problem.code, str(problem.place).partition("facts.xlsx, ")[2]) == (
        "NC216",
        'sheet Số liệu, row 2, column "cases"',
    )


def test_a_sheet_is_chosen_by_its_name(tmp_path: Path) -> None:
    path = written(tmp_path, [["unit", "year", "cases"], ["a", 2024, 1]])
    book = openpyxl.load_workbook(path)
    book.create_sheet("2023").append(["unit", "year", "cases"])
    book["2023"].append(["a", 2023, 5])
    book.save(path)
    with pytest.raises(nc.FactsError, match="NC276"):
        nc.read_facts(path, FACTS)
    [row] = nc.read_facts(path, FACTS, options=nc.ReadingOptions(sheet="2023")).rows
    assert (row.year, str(row.place).partition("facts.xlsx, ")[2]) == (2023, "sheet 2023, row 2")


def test_what_is_hidden_is_read_and_told(tmp_path: Path) -> None:
    path = written(tmp_path, [["unit", "year", "cases"], ["a", 2024, 1], ["b", 2024, 2]])
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.save(path)
    table = nc.read_facts(path, FACTS)
    assert len(table.rows) == 2
    assert table.account is not None
    assert table.account.hidden == ("3", "C")
