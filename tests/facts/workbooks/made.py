"""Workbooks made for tests: the parts of a .xlsx written by hand, and any zip file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from ncriteria.facts.formats.grid import Grid
from ncriteria.facts.formats.raw import NumberText, RawValue

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET: Final = "xl/worksheets/sheet1.xml"
_FORMATS: Final = ("0%", '0.0"%"', "dd/mm/yyyy", r"#,##0\ \d", '[$-42A]d "tháng" m;@', "[h]:mm", "0.0%;[Red]-0.0%")
"""The number formats of the styles 1, 2 and so on; a cell without a style has none."""


def zipped(parts: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as written:
        for name, content in parts.items():
            written.writestr(zipfile.ZipInfo(name), content, method)
    return target.getvalue()


def parts_of_xlsx(sheet: str, shared: str = "", *, properties: str = "", after: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet; `sheet` are its rows, `shared` the texts that its cells share."""
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for number, code in enumerate(_FORMATS, start=164)
    )
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in (0, *range(164, 164 + len(_FORMATS))))
    relations = {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("sharedStrings", "sharedStrings.xml")}
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations_part({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
            '<sheets><sheet name="Số liệu" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations_part(relations | {"rId3": ("styles", "styles.xml")}),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
        "xl/styles.xml": (
            f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
            f"<cellXfs>{styles}</cellXfs></styleSheet>"
        ),
        SHEET: f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData>{after}</worksheet>',
    }


def relations_part(relations: Mapping[str, tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{told}</Relationships>'


def shown(grid: Grid) -> str:
    """A grid as the case files write it: the number of each row, and its cells; what is merged or hidden after them."""
    lines = [f"{row.number}: " + " | ".join(map(_shown_cell, row.cells)) for row in grid.rows]
    lines += [
        f"merged rows {one.first_row}-{one.last_row} columns {one.first_column}-{one.last_column}"
        for one in grid.merged
    ]
    if grid.hidden_rows:
        lines.append("hidden rows " + " ".join(map(str, grid.hidden_rows)))
    if grid.hidden_columns:
        lines.append("hidden columns " + " ".join(map(str, grid.hidden_columns)))
    return "\n".join(lines)


def _shown_cell(cell: RawValue) -> str:
    match cell:
        case bool():
            return "true" if cell else "false"
        case NumberText(text=text, is_percent=is_percent):
            return f"{text} %" if is_percent else text
        case str():
            return f'"{cell}"'.replace("\r", "\\r").replace("\n", "\\n") if cell else "-"


_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"


def parts_of_ods(rows: str, *, before: str = "", after: str = "") -> dict[str, str | bytes]:
    """The parts of an .ods with one sheet; `before` stands before it, `after` behind it."""
    names = {key: f"{_ODF}:{key}:1.0" for key in ("office", "table", "text", "style")}
    names["calcext"] = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    declared = " ".join(f'xmlns:{key}="{name}"' for key, name in names.items())
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": (
            f"<office:document-content {declared}>{before}<office:body><office:spreadsheet>"
            f'<table:table table:name="Số liệu">{rows}</table:table>{after}'
            "</office:spreadsheet></office:body></office:document-content>"
        ),
    }


def ods_row(cells: str, *, rows: int = 1) -> str:
    """A row of an .ods, which stands `rows` times."""
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


def ods_number(value: str, *, columns: int = 1) -> str:
    """A cell of an .ods with a number, which stands `columns` times."""
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" '
        f'table:number-columns-repeated="{columns}"><text:p>{value}</text:p></table:table-cell>'
    )
