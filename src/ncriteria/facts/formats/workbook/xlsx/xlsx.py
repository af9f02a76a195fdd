"""Workbooks of Excel since 2007: .xlsx and .xlsm."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import quoteattr

from attrs import evolve, field

from ncriteria.errors import CellPlace
from ncriteria.facts.formats.grid import Grid
from ncriteria.facts.formats.workbook.choosing import SheetEntry, chosen
from ncriteria.facts.formats.workbook.joining.calamine import SheetValues, sheet_values
from ncriteria.facts.formats.workbook.joining.joining import blank_ones, grid_of
from ncriteria.facts.formats.workbook.joining.sheet_cells import MOST_CELLS, Position, SheetCells, cell_name
from ncriteria.facts.formats.workbook.markup import Attributes, local, walk
from ncriteria.facts.formats.workbook.number_formats import PercentSign, percent_styles
from ncriteria.facts.formats.workbook.package import Package, plain_zip
from ncriteria.facts.formats.workbook.refusing import damaged, too_large, unsure
from ncriteria.facts.formats.workbook.xlsx.cells_of_xlsx import CellText, cell_texts, has_cells, sheet_cells
from ncriteria.quick_classes import define
from ncriteria.words import phrase

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TRUE: Final = ("1", "true")
_ONLY: Final = "S"
"""The name of the only sheet of the workbook that the reader of values is given."""


@define
class _Book:
    """What the workbook says of itself: its sheets, where its texts and styles are, and how it counts days."""

    sheets: list[SheetEntry] = field(factory=list)
    texts: str | None = None
    styles: str | None = None
    is_1904: bool = False
    is_to_be_calculated: bool = False


def read_xlsx(package: Package, sheet: str | None, file: str | None) -> Grid:
    """The cells of a sheet; raises `FactsError`."""
    book = _book(package)
    entry = chosen(book.sheets, sheet, file)
    place = CellPlace(file, entry.name)
    part = package.read(entry.key)
    styles = package.read(book.styles) if book.styles else b""
    percents: Mapping[str, PercentSign] = percent_styles(styles, "styles", file) if styles else {}
    cells = sheet_cells(part, entry.key, percents, place)
    values = sheet_values(_alone(part, styles, _texts(package, book), book), _ONLY, place)
    doubted = blank_ones(cells, values)
    if book.is_to_be_calculated:
        doubted |= {at for at in cells.formulas if _is_zero(values, at)}
    told = _told(cell_texts(part, entry.key, place, doubted), doubted, cells) if doubted else {}
    return grid_of(cells, values, told)


def _is_zero(values: SheetValues, at: Position) -> bool:
    """Whether a formula has the value that programs write that do not calculate."""
    value = values.at(*at)
    return not isinstance(value, bool) and value == 0


def _told(texts: Mapping[Position, CellText], doubted: set[Position], cells: SheetCells) -> dict[Position, str]:
    """What is told of doubted cells in the place of their values: errors, and formulas without a value."""
    told = {}
    for at in doubted:
        cell = texts.get(at, CellText())
        value = (cell.value or "").strip()
        if cell.kind == "e" and value.startswith(("#", "Err:")):
            told[at] = value
        elif at in cells.formulas and cell.kind != "str" and value in ("", "0"):
            told[at] = f"={(cell.formula or '').strip() or '...'}"
        elif value and cell.kind != "s":
            message = phrase(
                'it is not sure that the cell {cell} holds "{value}"', cell=cell_name(*at), value=value[:60]
            )
            raise unsure(message, evolve(cells.place, row=at[0]))
    return told


def _book(package: Package) -> _Book:
    """What the parts that are not sheets say."""
    name = _office_document(package)
    targets = _targets(package, name)
    folder = posixpath.dirname(name)
    found = _Book()
    for kind, target in targets.values():
        match kind:
            case "sharedStrings":
                found.texts = _path(folder, target)
            case "styles":
                found.styles = _path(folder, target)
            case _:
                pass

    def start(tag: str, attributes: Attributes) -> None:
        match local(tag):
            case "sheet":
                key = next((value for key, value in attributes.items() if local(key) == "id" and ":" in key), "")
                kind, target = targets.get(key, ("", ""))
                if kind == "worksheet":
                    found.sheets.append(_entry(package, attributes, _path(folder, target)))
            case "workbookPr":
                found.is_1904 = attributes.get("date1904") in _TRUE
            case "calcPr":
                found.is_to_be_calculated = attributes.get("fullCalcOnLoad") in _TRUE
            case _:
                pass

    walk(package.read(name), name, package.file, start)
    return found


def _entry(package: Package, attributes: Attributes, path: str) -> SheetEntry:
    def holds_something() -> bool:
        return has_cells(package.read(path), path, package.file)

    is_hidden = attributes.get("state", "visible") != "visible"
    return SheetEntry(attributes.get("name", ""), path, is_hidden, holds_something)


def _office_document(package: Package) -> str:
    """The part that the others hang on."""
    if package.has("_rels/.rels"):
        for kind, target in _relations(package, "_rels/.rels").values():
            if kind == "officeDocument":
                return _path("", target)
    return "xl/workbook.xml"


def _targets(package: Package, name: str) -> dict[str, tuple[str, str]]:
    folder, base = posixpath.split(name)
    return _relations(package, posixpath.join(folder, "_rels", f"{base}.rels"))


def _relations(package: Package, name: str) -> dict[str, tuple[str, str]]:
    """The kind and the target of each relation, by its identifier."""
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))

    walk(package.read(name), name, package.file, start)
    return found


def _path(folder: str, target: str) -> str:
    """The name of a part that is the target of a relation of a part in `folder`."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _texts(package: Package, book: _Book) -> bytes:
    """The part with the texts that cells share; raises `FactsError` where it says that it has more than it has."""
    if book.texts is None or not package.has(book.texts):
        return b""
    part = package.read(book.texts)
    count, said = 0, 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal count, said
        match local(tag):
            case "si":
                count += 1
                if count > MOST_CELLS:
                    reason = phrase("it has more than {millions},000,000 texts", millions=MOST_CELLS // 1_000_000)
                    raise too_large(reason, package.file)
            case "sst":
                said = int(attributes.get("uniqueCount", "0"))
            case _:
                pass

    walk(part, book.texts, package.file, start, is_plain=True)
    if said > MOST_CELLS:
        reason = phrase("it has {count} texts and says that it has {said}", count=count, said=said)
        raise damaged(reason, package.file)
    return part


def _alone(part: bytes, styles: bytes, texts: bytes, book: _Book) -> bytes:
    """A workbook with one sheet and nothing else: what reads the values never sees what was not looked at."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_CONTENT_TYPES}"/>'.encode(),
        "_rels/.rels": _relations_part({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{int(book.is_1904)}"/>'
            f'<sheets><sheet name="{_ONLY}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": _relations_part({"rId1": ("worksheet", "worksheets/sheet1.xml")}),
        "xl/worksheets/sheet1.xml": part,
    }
    if styles:
        parts["xl/styles.xml"] = styles
    if texts:
        parts["xl/sharedStrings.xml"] = texts
    return plain_zip(parts)


_CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"


def _relations_part(relations: Mapping[str, tuple[str, str]]) -> bytes:
    told = "".join(
        f"<Relationship Id={quoteattr(key)} Type={quoteattr(f'{_OFFICE}/{kind}')} Target={quoteattr(target)}/>"
        for key, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{told}</Relationships>'.encode()
