"""One sheet in every format: the same values, nothing in a text that does anything, and the same bytes twice."""

from __future__ import annotations

import datetime
import io
import shutil
import string
import time
import zipfile
from fractions import Fraction

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ncriteria.report.sheets.sheet import Column, Kind, Sheet, option_text, verdict_column
from ncriteria.report.writing import workbook
from ncriteria.sets.model import Verdict
from tests.report.writing.reading_back import (
    answer_of,
    exact,
    libreoffice,
    rows_of_csv,
    rows_of_parquet,
    rows_of_workbook,
    said,
    written,
)

COLUMNS = (
    Column("text", "Tên"),
    Column("whole", "Số", Kind.WHOLE),
    Column("exact", "Giá trị", Kind.EXACT),
    Column("share", "Tỷ lệ", Kind.PERCENT),
    Column("day", "Ngày", Kind.DAY),
    Column("truth", "Đúng", Kind.TRUTH),
    verdict_column("verdict", "Kết quả"),
)
NUMBERS = st.fractions(max_denominator=40) | st.fractions() | st.integers(-(10**18), 10**18).map(Fraction)
ROWS = st.lists(
    st.tuples(
        st.text(string.ascii_letters + "ạđỹ \n;,\"'/", min_size=1),
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | NUMBERS,
        st.none() | NUMBERS,
        st.none() | st.dates(datetime.date(1700, 1, 1)),
        st.none() | st.booleans(),
        st.none() | st.sampled_from(Verdict),
    ),
    max_size=6,
)
HOSTILE = (
    *("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x.invalid","y")', "{=1}"),
    *("<script>alert(1)</script>", "]]></t>", "&amp;", '"', "'", "a,b;c", "http://x.invalid", "1/2", "007", "1e5"),
    *(
        "\u202egnirts",
        "\u200f\u200b",
        "a\x00b\x1b[31m",
        "\ud800",
        "\ufffe",
        "_x0041_",
        "x" * 40_000,
        "\U0001f600" * 20_000,
    ),
)


def sheet_of(rows: list[tuple[object, ...]], columns: tuple[Column, ...] = COLUMNS, title: str = "Kết quả") -> Sheet:
    return Sheet("sheet", title, columns, lambda: rows)  # type: ignore[arg-type,return-value]


def texts(*values: str) -> Sheet:
    return sheet_of([(value,) for value in values], (Column("text", "=1+1"),))


@given(ROWS, st.sampled_from(["vi", "en"]))
@settings(deadline=None, max_examples=settings().max_examples // 2)
def test_every_format_holds_the_same_values(rows, language):
    sheet = sheet_of(rows)
    answer = answer_of(sheet, language=language)
    headings = [column.heading for column in COLUMNS]
    expected = [tuple(option_text(cell) if isinstance(cell, Verdict) else cell for cell in row) for row in rows]

    for found in (rows_of_csv(written(answer, ".csv")), rows_of_workbook(written(answer, ".xlsx"), "Kết quả")):
        assert list(found[0]) == headings
        read = [tuple(said(sheet, place, cell, language) for place, cell in enumerate(row)) for row in found[1:]]
        assert read == expected

    numbers = ("exact", "share")
    found = rows_of_parquet(written(answer, ".parquet"))
    assert [
        tuple(exact(row[one.name]) if one.name in numbers else row[one.name] for one in COLUMNS) for row in found
    ] == expected


def test_no_text_of_a_workbook_is_a_formula_a_link_or_a_number():
    content = written(answer_of(texts(*HOSTILE)), ".xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert not sheet._hyperlinks
    parts = zipfile.ZipFile(io.BytesIO(content))
    xml = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "<script>" not in xml
    assert sorted(parts.namelist()) == [
        *("[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "xl/_rels/workbook.xml.rels"),
        *("xl/styles.xml", "xl/theme/theme1.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"),
    ]


def test_a_workbook_holds_what_is_written_whatever_the_letters_are():
    found = [row[0] for row in rows_of_workbook(written(answer_of(texts(*HOSTILE)), ".xlsx"), "Kết quả")[1:]]
    said_of = dict(zip(HOSTILE, found, strict=True))
    for text in HOSTILE[:4] + HOSTILE[6:20]:
        assert said_of[text] == text
    assert said_of["a\x00b\x1b[31m"] == "a\ufffdb\ufffd[31m"
    assert said_of["\ud800"] == said_of["\ufffe"] == "\ufffd"
    assert said_of["_x0041_"] == "_x005F_x0041_"  # as Excel writes what would else be a letter; openpyxl leaves it so


@given(ROWS)
@settings(deadline=None, max_examples=20)
def test_rows_are_written_as_xlsxwriter_writes_cell_by_cell(rows):
    class CellByCell(xlsxwriter.worksheet.Worksheet):
        def write_whole_row(self, row, cells, height):
            for place, shown in cells:
                shown.write(self, row, place)
            if height is not None:
                self.set_row(row, height)

    many = [*rows, *rows, *((text,) + (None,) * 6 for text in HOSTILE[:20])]
    answer = answer_of(sheet_of(many), sheet_of(rows[:1]))
    found = written(answer, ".xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ncriteria.report.writing.row_sheets.RowSheet", CellByCell)
        assert written(answer, ".xlsx") == found


def test_a_text_too_long_for_a_cell_says_that_it_is_cut():
    *_, letters, faces = [row[0] for row in rows_of_workbook(written(answer_of(texts(*HOSTILE)), ".xlsx"), "Kết quả")]
    assert letters == "x" * 32_763 + " […]"
    assert faces == "\U0001f600" * 16_381 + " […]"
    assert max(len(one.encode("utf-16-le")) // 2 for one in (letters, faces)) <= 32_767


def test_no_text_of_csv_is_a_formula():
    rows = rows_of_csv(written(answer_of(texts(*HOSTILE)), ".csv"))
    assert rows[0] == ["'=1+1"]
    found = dict(zip(HOSTILE, (row[0] for row in rows[1:]), strict=True))
    for text in HOSTILE[:7]:
        assert found[text] == f"'{text}"
    assert found["<script>alert(1)</script>"] == "<script>alert(1)</script>"
    assert found["a\x00b\x1b[31m"] == "a\ufffdb\ufffd[31m"
    assert found["\ud800"] == "\ufffd"


def test_the_same_answer_has_the_same_bytes():
    suffixes = (".csv", ".xlsx", ".json", ".jsonl", ".parquet")
    row = ("Xã An", 3, Fraction(200, 3), Fraction(1, 8), datetime.date(2024, 5, 1), True, Verdict.MET)
    first = {suffix: written(answer_of(sheet_of([row])), suffix) for suffix in suffixes}
    time.sleep(1.1)
    assert {suffix: written(answer_of(sheet_of([row])), suffix) for suffix in suffixes} == first


def test_numbers_are_numbers_and_what_would_be_rounded_is_told_exactly():
    numbers = [Fraction(19), Fraction("0.95"), Fraction(200, 3), Fraction(10**17 + 1), Fraction(-1, 8)]
    sheet = sheet_of([(one, one) for one in numbers], (COLUMNS[2], COLUMNS[3]))
    found = rows_of_workbook(written(answer_of(sheet), ".xlsx"), "Kết quả")[1:]
    assert [row[0] for row in found] == [19, 0.95, "200/3", "100000000000000001", -0.125]
    assert [row[1] for row in found] == [19, 0.95, "20000/3%", "10000000000000000100%", -0.125]
    found = rows_of_csv(written(answer_of(sheet), ".csv"))[1:]
    assert [row[0] for row in found] == ["19", "0.95", "200/3", "100000000000000001", "-0.125"]
    assert [row[1] for row in found] == ["1900%", "95%", "20000/3%", "10000000000000000100%", "-12.5%"]


def test_a_verdict_is_told_by_a_word_and_a_colour():
    sheet = sheet_of([(verdict,) for verdict in Verdict], (COLUMNS[6],))
    book = openpyxl.load_workbook(io.BytesIO(written(answer_of(sheet), ".xlsx")))
    cells = [row[0] for row in book.active.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["Đạt", "Chưa đạt", "Chưa xác định", "Không áp dụng"]
    assert len({cell.fill.fgColor.rgb for cell in cells}) == 4


def test_a_sheet_is_laid_out_for_reading_and_for_paper():
    columns = (Column("unit", "Mã", width=12), Column("name", "Tên", width=20), Column("x", "Y" * 40, width=100))
    book = openpyxl.load_workbook(io.BytesIO(written(answer_of(sheet_of([("a", "b", "c")], columns)), ".xlsx")))
    sheet = book.active
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:C2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$B")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # one page wide, which goes unsaid


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["a/b:c*[d]?\\e"], ["a b c d e"]),
        (["", "'"], ["-", "- (2)"]),
        (["Kết quả " * 6, "kết quả " * 6], ["Kết quả Kết quả Kết quả Kết quả", "kết quả kết quả kết quả kết (2)"]),
    ],
)
def test_every_title_gives_a_sheet_a_name_of_its_own(titles, expected):
    content = written(answer_of(*(sheet_of([], title=title) for title in titles)), ".xlsx")
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == expected


def test_more_rows_than_a_sheet_has_go_on_in_a_further_one(monkeypatch):
    monkeypatch.setattr(workbook, "_MOST_ROWS", 2)
    content = written(answer_of(texts("a", "b", "c", "d", "e")), ".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Kết quả", "Kết quả (2)", "Kết quả (3)"]
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [
        ["=1+1", "a", "b"],
        ["=1+1", "c", "d"],
        ["=1+1", "e"],
    ]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_values(tmp_path):
    rows = [
        ("=1+1", 3, Fraction(1, 2), Fraction(200, 3), datetime.date(2024, 5, 1), True, Verdict.MET),
        ('Xã <An> & "Bình"', 2024, Fraction("0.95"), Fraction("0.25"), datetime.date(1800, 1, 1), False, None),
    ]
    converted = libreoffice(written(answer_of(sheet_of(rows)), ".xlsx"), tmp_path)
    found = rows_of_csv(b"\xef\xbb\xbf" + converted.read_bytes())
    assert found[1] == ["=1+1", "3", "0.5", "20000/3%", "01/05/2024", "có", "Đạt"]
    assert found[2] == ['Xã <An> & "Bình"', "2024", "0.95", "25.0%", "01/01/1800", "không", ""]
