"""The dossier as a document of Word on A4: what may be relied on, with room to sign, then all that it rests on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from ncriteria.report.dossier.model import Dossier
from ncriteria.report.dossier.sections import DossierSection, Item, ItemList, opening, sections
from ncriteria.report.dossier.statements import SIGNS
from ncriteria.report.dossier.tables import ShownTable, shown_table
from ncriteria.report.paper.document import RECEIPT_WIDTHS, add_parts, heading_row, signature_parts, table_of_pairs
from ncriteria.report.paper.markup import PaperCell, PaperRow, page_break, paragraph, table
from ncriteria.report.paper.package import carrying, same_bytes
from ncriteria.report.paper.styles import (
    CELL,
    HEADING,
    SMALL_PRINT,
    TITLE,
    VERDICT,
    blank_document,
    set_page,
)
from ncriteria.report.receipts.telling import receipt_lines
from ncriteria.words import Language, Words, words

_WIDTH: Final = 9_355
"""What the margins leave of A4, in twentieths of a point."""
_SETS: Final = (1_555, 7_800)


def dossier_docx(dossier: Dossier, language: Language) -> bytes:
    """The dossier as a document of Word, which carries its receipt; equal input gives equal bytes.

    Needs python-docx (the extra `docx`).
    """
    document, say, begun = blank_document(language), words(language), opening(dossier, language)
    first, *others = sections(dossier, language)
    set_page(document, begun.title, say, is_first=True)
    add_parts(document, [paragraph(begun.title, TITLE), table_of_pairs(begun.sets, _SETS, CELL)])
    add_parts(document, [paragraph(begun.verdict, VERDICT), *_section_parts(first, say), *signature_parts(say)])
    add_parts(document, [page_break()])
    for section in others:
        add_parts(document, _section_parts(section, say))
    if dossier.receipt is not None:
        lines = (
            (one.about, "\n".join(part for part in (one.text, one.digest) if part))
            for one in receipt_lines(dossier.receipt, language)
        )
        title = paragraph(say("Receipt"), HEADING, keeps_next=True)
        add_parts(document, [title, table_of_pairs(lines, RECEIPT_WIDTHS, SMALL_PRINT)])
        carrying(document, dossier.receipt)
    file = io.BytesIO()
    document.save(file)
    return same_bytes(file.getvalue())


def _section_parts(section: DossierSection, say: Words) -> Iterator[str]:
    yield paragraph(section.title, HEADING, keeps_next=True)
    yield from (paragraph(line, CELL) for line in section.lines)
    for one in section.lists:
        yield from _list_parts(one)
    for sheet in section.tables:
        yield from _table_parts(shown_table(sheet, say))


def _list_parts(listed: ItemList) -> Iterator[str]:
    if listed.heading:
        sign = "" if listed.footing is None else f"{SIGNS[listed.footing]} "
        yield paragraph(f"{sign}{listed.heading}", CELL, is_bold=True, keeps_next=True)
    for item in listed.items:
        yield from _item_parts(item)


def _item_parts(item: Item) -> Iterator[str]:
    sign = "–" if item.footing is None else SIGNS[item.footing]
    yield paragraph(f"{sign} {item.text}", CELL, depth=1)
    yield from (paragraph(below, SMALL_PRINT, depth=3) for below in item.below)


def _table_parts(shown: ShownTable) -> Iterator[str]:
    if not shown.rows:
        return
    yield paragraph(shown.title, CELL, is_bold=True, keeps_next=True)
    rows = (
        PaperRow(tuple(PaperCell(paragraph(cell.text, SMALL_PRINT, is_bold=cell.verdict is not None)) for cell in row))
        for row in shown.rows
    )
    widths = [part * _WIDTH // sum(shown.widths) for part in shown.widths]
    yield table([heading_row(shown.headings, SMALL_PRINT), *rows], widths)
    if shown.left_out:
        yield paragraph(shown.left_out, SMALL_PRINT)
