"""The dossier as a document of Word on A4: what may be relied on, with room to sign, then all that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ncriteria.report.dossier.model import Dossier
from ncriteria.report.dossier.sections import DossierSection, Item, ItemList, opening, sections
from ncriteria.report.dossier.statements import SIGNS
from ncriteria.report.paper import styles
from ncriteria.report.paper.document import add_parts, add_receipt, signature_parts, table_of_pairs
from ncriteria.report.paper.markup import page_break, paragraph
from ncriteria.report.paper.package import saved
from ncriteria.report.paper.tables import shown_parts
from ncriteria.report.sheets.shown import shown_table
from ncriteria.words import Language, Words, words

_SETS: Final = (1_555, 7_800)


def dossier_docx(dossier: Dossier, language: Language) -> bytes:
    """The dossier as a document of Word, which carries its receipt; equal input gives equal bytes.

    Needs python-docx (the extra `docx`).
    """
    document, say, begun = styles.blank_document(language), words(language), opening(dossier, language)
    first, *others = sections(dossier, language)
    styles.set_page(document, begun.title, say, is_first=True)
    add_parts(document, [paragraph(begun.title, styles.TITLE), table_of_pairs(begun.sets, _SETS, styles.CELL)])
    add_parts(document, [paragraph(begun.verdict, styles.VERDICT), *_section_parts(first, say), *signature_parts(say)])
    add_parts(document, [page_break()])
    for section in others:
        add_parts(document, _section_parts(section, say))
    if dossier.receipt is not None:
        add_receipt(document, dossier.receipt, language)
    return saved(document)


def _section_parts(section: DossierSection, say: Words) -> Iterator[str]:
    yield paragraph(section.title, styles.HEADING, keeps_next=True)
    yield from (paragraph(line, styles.CELL) for line in section.lines)
    for one in section.lists:
        yield from _list_parts(one)
    for sheet in section.tables:
        yield from shown_parts(shown_table(sheet, say), styles.TALL.width, styles.CELL, is_bold=True)


def _list_parts(listed: ItemList) -> Iterator[str]:
    if listed.heading:
        sign = "" if listed.footing is None else f"{SIGNS[listed.footing]} "
        yield paragraph(f"{sign}{listed.heading}", styles.CELL, is_bold=True, keeps_next=True)
    for item in listed.items:
        yield from _item_parts(item)


def _item_parts(item: Item) -> Iterator[str]:
    sign = "–" if item.footing is None else SIGNS[item.footing]
    yield paragraph(f"{sign} {item.text}", styles.CELL, depth=1)
    yield from (paragraph(below, styles.SMALL_PRINT, depth=3) for below in item.below)
