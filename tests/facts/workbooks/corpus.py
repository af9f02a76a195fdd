"""Awkward workbooks, each made by a script as an office or its programs would make it."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any, Final

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

MADE: Final[dict[str, Callable[[], bytes]]] = {}
"""The workbooks by name; `.xls` ends the names of those of Excel 97."""


def _saved(make: Callable[[openpyxl.Workbook, Any], None], *, rich: bool = False) -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    make(book, book.active)
    book.save(target)
    return target.getvalue()


def by_openpyxl(make: Callable[[openpyxl.Workbook, Any], None]) -> None:
    MADE[make.__name__.replace("_", " ")] = lambda: _saved(make)


def by_xlsxwriter(make: Callable[[xlsxwriter.Workbook, Any], None]) -> None:
    def made() -> bytes:
        target = io.BytesIO()
        with xlsxwriter.Workbook(target) as book:
            make(book, book.add_worksheet("Số liệu"))
        return target.getvalue()

    MADE[make.__name__.replace("_", " ")] = made


def by_xlwt(make: Callable[[xlwt.Workbook, Any], None]) -> None:
    def made() -> bytes:
        book, target = xlwt.Workbook(), io.BytesIO()
        make(book, book.add_sheet("Số liệu"))
        book.save(target)
        return target.getvalue()

    MADE[f"{make.__name__.replace('_', ' ')}.xls"] = made


@by_openpyxl
def a_form_with_titles_and_a_signature(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["A1"] = "CÔNG AN HUYỆN TÂN HƯNG"
    sheet["B3"] = "BẢNG TỔNG HỢP SỐ LIỆU NĂM 2024"
    sheet.merge_cells("B3:E3")
    for column, heading in enumerate(("STT", "Xã/Phường", "Số vụ TTXH", "Tỷ lệ (%)"), start=1):
        sheet.cell(5, column, heading)
    sheet.append([1, "Xã Vĩnh Đại", 3, 95.5])
    sheet.append([2, "Xã Vĩnh Lợi", "01/02", "12,5%"])
    sheet["A8"], sheet["B8"], sheet["C8"] = "", "Tổng cộng", 4
    sheet["D11"] = "Người lập biểu"


@by_openpyxl
def headings_in_two_rows_with_merged_cells(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["A1"], sheet["B1"], sheet["D1"] = "Đơn vị", "Số vụ", "Ghi chú"
    sheet["B2"], sheet["C2"] = 2023, 2024
    for merged in ("A1:A2", "B1:C1", "D1:D2"):
        sheet.merge_cells(merged)
    sheet.append(["Xã An", 1, 2, None])


@by_openpyxl
def formulas_that_were_never_calculated(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.append(["a", 1, 2, "=B1+C1"])
    sheet.append(["b", 3, 4, "=SUM(B2:C2)/0"])
    sheet["E1"] = '=IF(A1="a","x","")'


@by_openpyxl
def errors_typed_into_cells(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.append(["#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", 1])


@by_openpyxl
def days_and_times(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.append([datetime.date(2024, 3, 18), datetime.datetime(2024, 3, 18, 17, 5, 6), datetime.time(7, 30)])
    sheet["A2"] = 45369
    sheet["A2"].number_format = "dd/mm/yyyy"
    sheet["B2"] = 45369
    sheet["B2"].number_format = '"ngày" dd "tháng" mm "năm" yyyy'
    sheet["C2"] = datetime.timedelta(hours=30)
    sheet["A3"] = 45369
    sheet["B3"] = 2024
    sheet["B3"].number_format = "0"


@by_openpyxl
def days_kept_as_texts_of_iso(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    book.iso_dates = True
    sheet.append([datetime.date(2024, 3, 18), datetime.datetime(2024, 3, 18, 17, 5)])


@by_openpyxl
def days_from_1904_on(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet["A1"] = datetime.date(2024, 3, 18)


@by_openpyxl
def percents_of_all_kinds(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    for column, (value, shown) in enumerate(
        ((0.95, "0%"), (0.125, "0.0%"), (95.5, '0.0"%"'), (0.5, "General"), ("95%", "@"), (1, "0.00%"), (0.95, "0.00")),
        start=1,
    ):
        cell = sheet.cell(1, column, value)
        cell.number_format = shown


@by_openpyxl
def numbers_with_words_in_their_format(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    for column, shown in enumerate(
        ('#,##0 "vụ"', '#,##0 "đồng"', r"0\ \d", "[Red]#,##0;[Blue]-#,##0", '0" năm"'), start=1
    ):
        sheet.cell(1, column, 1704).number_format = shown


@by_openpyxl
def texts_that_look_like_numbers(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.append(["01/02", "1.704", "0,95", "00123", " 5 ", "5\u00a0", "1e5", "TRUE", "-", "…"])
    for cell in sheet[1]:
        cell.data_type = "s"
        cell.number_format = "@"


@by_openpyxl
def texts_of_all_kinds(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["A1"] = "Xa\u0303 Ho\u0300a"
    sheet["B1"] = "Số vụ\nTTXH"
    sheet["C1"] = CellRichText("Xã ", TextBlock(InlineFont(b=True), "Vĩnh"), " Đại")
    sheet["D1"] = "a & b < c > \"d\" 'e'"
    sheet["E1"] = "  hai  "
    sheet["F1"] = "a_x0041_b"
    sheet["G1"] = "漢字😀"


@by_openpyxl
def truths(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.append([True, False, 1, 0, "Có", "x"])


@by_openpyxl
def rows_and_columns_that_are_hidden(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    for row in range(1, 6):
        sheet.append([row, row * 10, None, row * 100])
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["C"].hidden = True


@by_openpyxl
def a_filter_that_hides_rows(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    for row in (("Xã", "Năm"), ("An", 2023), ("An", 2024)):
        sheet.append(row)
    sheet.auto_filter.ref = "A1:B3"
    sheet.auto_filter.add_filter_column(1, ["2024"])
    sheet.row_dimensions[2].hidden = True


@by_openpyxl
def one_sheet_and_a_hidden_one(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["A1"] = "nhìn thấy"
    hidden, very_hidden = book.create_sheet("Nháp"), book.create_sheet("Danh mục")
    hidden["A1"], very_hidden["A1"] = 1, 2
    hidden.sheet_state, very_hidden.sheet_state = "hidden", "veryHidden"


@by_openpyxl
def a_sheet_beside_empty_ones(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    book.create_sheet("Sheet2")["C3"] = 1
    book.create_sheet("Sheet3")


@by_openpyxl
def notes_choices_and_colours(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["A1"], sheet["A2"] = "Đạt", 5
    sheet["A1"].comment = Comment("không phải số liệu", "x")
    choices = DataValidation(type="list", formula1='"Đạt,Chưa đạt"')
    sheet.add_data_validation(choices)
    choices.add("A1:A9")
    sheet["B9"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    sheet.freeze_panes = "A2"


@by_openpyxl
def numbers_of_all_sizes(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.append([0, -0.0, 0.1, 1e-7, 123456789012345, 1e20, -1704.25, 2 / 3, 100, 1e15])


@by_openpyxl
def cells_far_to_the_right_and_below(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["AB3000"] = 7


@by_openpyxl
def styled_rows_down_to_the_last(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["A1"] = "x"
    sheet["B1048576"].number_format = "0%"
    sheet["XFD1"].number_format = "0%"


@by_openpyxl
def a_merged_cell_that_hides_values(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["A1"], sheet["A3"] = "Huyện", "Xã"
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("A3:B3")


@by_xlsxwriter
def zeros_in_the_place_of_values(book: xlsxwriter.Workbook, sheet: Any) -> None:
    sheet.write_row(0, 0, ["a", 1, 2])
    sheet.write_formula(0, 3, "=B1+C1")
    sheet.write_formula(0, 4, "=B1+C1", None, 3)
    sheet.write_number(0, 5, 0)


@by_xlsxwriter
def a_table_with_a_total(book: xlsxwriter.Workbook, sheet: Any) -> None:
    columns = [{"header": "Xã", "total_string": "Tổng"}, {"header": "Số vụ", "total_function": "sum", "total_value": 3}]
    sheet.add_table("B3:C6", {"data": [["An", 1], ["Bình", 2]], "columns": columns, "total_row": True})


@by_xlsxwriter
def rich_texts_and_dates(book: xlsxwriter.Workbook, sheet: Any) -> None:
    bold = book.add_format({"bold": True})
    sheet.write_rich_string(0, 0, "Xã ", bold, "Vĩnh", " Đại")
    sheet.write_datetime(0, 1, datetime.datetime(2024, 3, 18), book.add_format({"num_format": "d mmm yyyy"}))
    sheet.write_boolean(0, 2, True)
    sheet.write_blank(0, 3, None, bold)
    sheet.write_string(0, 4, "")
    sheet.write_url(0, 5, "https://example.org", string="nguồn")


@by_xlsxwriter
def charts_and_rules(book: xlsxwriter.Workbook, sheet: Any) -> None:
    sheet.write_column(0, 0, [1, 2, 3])
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Số liệu'!$A$1:$A$3"})
    sheet.insert_chart("D1", chart)
    sheet.conditional_format("A1:A3", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline("B1", {"range": "'Số liệu'!A1:A3"})
    book.add_chartsheet("Biểu đồ")


@by_xlsxwriter
def formulas_of_newer_excel(book: xlsxwriter.Workbook, sheet: Any) -> None:
    sheet.write_dynamic_array_formula("A1:A2", "=_xlfn.SEQUENCE(2)", None, 1)
    sheet.write_array_formula("B1:B2", "{=A1:A2*2}", None, 2)
    sheet.write_formula("C1", "=1/0", None, "#DIV/0!")
    sheet.write_formula("E1", "=TRUE", None, True)


@by_xlsxwriter
def groups_of_rows_folded_up(book: xlsxwriter.Workbook, sheet: Any) -> None:
    sheet.write_column(0, 0, ["Huyện", "Xã An", "Xã Bình"])
    sheet.set_row(1, None, None, {"level": 1, "hidden": True})
    sheet.set_row(2, None, None, {"level": 1, "hidden": True})
    sheet.set_column("C:XFD", None, None, {"hidden": True})


@by_xlwt
def a_table_of_an_old_program(_: xlwt.Workbook, sheet: Any) -> None:
    sheet.write_merge(0, 0, 0, 3, "Bảng tổng hợp")
    sheet.write(2, 1, "Xã Hòa")
    sheet.write(2, 2, 5)
    sheet.write(3, 2, 0.95, xlwt.easyxf(num_format_str="0%"))
    sheet.write(4, 2, 1234567.25)
    sheet.write(5, 0, True)
    sheet.write(6, 0, datetime.date(2024, 3, 18), xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    sheet.write(7, 0, 95.5, xlwt.easyxf(num_format_str='0.0"%"'))
    sheet.row(4).hidden = True
    sheet.col(2).hidden = True


@by_xlwt
def formulas_of_an_old_program(_: xlwt.Workbook, sheet: Any) -> None:
    sheet.write(0, 0, 5)
    sheet.write(0, 1, xlwt.Formula("A1*2"))


@by_xlwt
def many_texts(_: xlwt.Workbook, sheet: Any) -> None:
    for row in range(3):
        sheet.write(row, 0, f"{'Xã ' * 4000}{row}")


@by_xlwt
def errors_of_an_old_program(_: xlwt.Workbook, sheet: Any) -> None:
    sheet.row(0).set_cell_error(0, "#DIV/0!")
    sheet.row(0).set_cell_error(1, 0x2A)
    sheet.row(0).set_cell_boolean(2, False)


@by_xlwt
def one_sheet_and_a_hidden_old_one(book: xlwt.Workbook, sheet: Any) -> None:
    sheet.write(0, 0, "nhìn thấy")
    hidden = book.add_sheet("Nháp")
    hidden.write(0, 0, 1)
    hidden.visibility = 1
