"""Where each kind of file carries its receipt: the text of the document is taken out, and nothing else is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ncriteria.facts.formats.workbook.markup import walk
from ncriteria.facts.formats.workbook.package import open_package
from ncriteria.facts.formats.workbook.reading import sheet_called
from ncriteria.facts.table import FactsError
from ncriteria.patterns import compiled_later
from ncriteria.report.packing import unpacked
from ncriteria.report.sheets.receipts import DOCUMENT_COLUMN, receipt_titles
from ncriteria.words import phrase

NAMESPACE: Final = "urn:ncriteria-receipt:1"
"""What the part of a paper is of that holds the document."""
_CUSTOM_PART: Final = compiled_later(r"customxml/item\d+\.xml")
_IN_PAGE: Final = compiled_later(rb'<script type="application/octet-stream" id="receipt">([A-Za-z0-9+/=\s]*)</script>')


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
    try:
        package = open_package(content, None)
        parts = [package.read(name) for name in sorted(package.entries) if _CUSTOM_PART.fullmatch(name)]
        found = [text for part in parts if (text := _told_in(part)) is not None]
    except FactsError:
        raise NoReceiptError(phrase("it is damaged, or no document of Word")) from None
    if not found:
        raise _carries_none()
    return unpacked(found[0])


def _told_in(part: bytes) -> str | None:
    """The text of a part that has a receipt, and nothing else."""
    names: list[str] = []
    texts: list[str] = []
    walk(part, "customXml", None, lambda name, _: names.append(name), text=texts.append, has_namespaces=True)
    return "".join(texts) if names == [f"{NAMESPACE} receipt"] else None


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
