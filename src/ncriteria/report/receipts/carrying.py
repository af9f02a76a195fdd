"""Where each kind of file carries its receipt: the text of the document is taken out, and nothing else is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from ncriteria.facts.formats.workbook.markup import walk
from ncriteria.facts.formats.workbook.package import open_package
from ncriteria.facts.formats.workbook.reading import sheet_called
from ncriteria.report.packing import unpacked
from ncriteria.report.sheets.receipts import DOCUMENT_COLUMN, receipt_titles
from ncriteria.words import phrase

NAMESPACE: Final = "urn:ncriteria-receipt:1"
"""What the part of a paper is of that holds the document."""
_CUSTOM_PARTS: Final = "customxml/item"
_IN_PAGE: Final = re.compile(rb'<script type="application/octet-stream" id="receipt">([A-Za-z0-9+/=\s]*)</script>')


class NoReceiptError(Exception):
    """A file from which no receipt can be read; `why` says the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def _of_json(content: bytes) -> str:
    return content.decode("utf-8-sig")


def _of_json_lines(content: bytes) -> str:
    return _of_json(content.partition(b"\n")[0])


def _of_page(content: bytes) -> str:
    found = _IN_PAGE.search(content)
    if found is None:
        raise _carries_none()
    return unpacked(found[1].decode("ascii"))


def _of_workbook(content: bytes) -> str:
    for title in receipt_titles():
        grid = sheet_called(content, "xlsx", None, title)
        if grid is not None:
            cells = (row.cells[DOCUMENT_COLUMN] for row in grid.rows[1:] if len(row.cells) > DOCUMENT_COLUMN)
            return unpacked("".join(str(cell) for cell in cells))
    raise _carries_none()


def _of_paper(content: bytes) -> str:
    package = open_package(content, None)
    for name in sorted(package.entries):
        if name.startswith(_CUSTOM_PARTS) and name.endswith(".xml"):
            texts: list[str] = []
            names: list[str] = []
            walk(
                package.read(name),
                name,
                None,
                lambda tag, _, names=names: names.append(tag),  # type: ignore[misc]
                text=texts.append,
                has_namespaces=True,
            )
            if names == [f"{NAMESPACE} receipt"]:
                return unpacked("".join(texts))
    raise _carries_none()


def _carries_none() -> NoReceiptError:
    return NoReceiptError(phrase("it is an answer that carries none"))


CARRIERS: Final[Mapping[str, Callable[[bytes], str]]] = {
    ".json": _of_json,
    ".jsonl": _of_json_lines,
    ".html": _of_page,
    ".xlsx": _of_workbook,
    ".docx": _of_paper,
}
"""How the document is taken out of a file, by the ending of its name."""
