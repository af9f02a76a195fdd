"""Workbooks of LibreOffice (.ods), read from their XML.

The library that reads the other kinds joins the lines of a cell and passes over errors, so that each cell would have
to be read here a second time.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from ncriteria.errors import CellPlace
from ncriteria.facts.formats.grid import Grid
from ncriteria.facts.formats.workbook.choosing import SheetEntry, chosen
from ncriteria.facts.formats.workbook.markup import Attributes, walk
from ncriteria.facts.formats.workbook.ods.cells_of_ods import OFFICE, TABLE, TEXT
from ncriteria.facts.formats.workbook.ods.ods_sheet import CELLS, OdsSheet
from ncriteria.facts.formats.workbook.package import Package
from ncriteria.facts.formats.workbook.refusing import locked

_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_STYLE: Final = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "


def read_ods(package: Package, sheet: str | None, file: str | None) -> Grid:
    """The cells of a sheet; raises `FactsError`."""
    if package.has(_MANIFEST):
        _refuse_locked(package)
    content = package.read(_CONTENT)
    entry = chosen(_sheets(content, file), sheet, file)
    found = OdsSheet(int(entry.key), CellPlace(file, entry.name))
    walk(content, _CONTENT, file, found.start, end=found.end, text=found.text, has_namespaces=True)
    return found.grid()


def may_have_sheet(package: Package, sheet: str) -> bool:
    """Whether the name of a sheet stands anywhere in the workbook: a look that costs much less than reading it."""
    return package.has(_CONTENT) and sheet.encode() in package.read(_CONTENT)


def _refuse_locked(package: Package) -> None:
    def start(tag: str, _: Attributes) -> None:
        if tag.endswith(" encryption-data"):
            raise locked(package.file)

    walk(package.read(_MANIFEST), _MANIFEST, package.file, start, has_namespaces=True)


def _sheets(content: bytes, file: str | None) -> list[SheetEntry]:
    """The sheets, each with its place among them as its key."""
    names: list[tuple[str, str]] = []
    hidden: set[str] = set()
    filled: set[int] = set()
    style = ""

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal style
        if tag in CELLS:
            if f"{OFFICE}value-type" in attributes or f"{TABLE}formula" in attributes:
                filled.add(len(names) - 1)
        elif tag == f"{TEXT}p":
            filled.add(len(names) - 1)
        elif tag == f"{TABLE}table":
            names.append((attributes.get(f"{TABLE}name", ""), attributes.get(f"{TABLE}style-name", "")))
        elif tag == f"{_STYLE}style":
            style = attributes.get(f"{_STYLE}name", "")
        elif tag == f"{_STYLE}table-properties" and attributes.get(f"{TABLE}display") == "false":
            hidden.add(style)

    walk(content, _CONTENT, file, start, has_namespaces=True)
    return [
        SheetEntry(name, str(number), of_style in hidden, partial(filled.__contains__, number))
        for number, (name, of_style) in enumerate(names)
    ]
