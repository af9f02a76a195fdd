"""The tables of an answer as a paper: what was found, every table in words, what it rests on, and room to sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import Final

from ncriteria.evaluation.explanation.sources import citation_text
from ncriteria.evaluation.explanation.text import opening_lines
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.report.invented import is_invented
from ncriteria.report.paper import styles
from ncriteria.report.paper.document import (
    add_parts,
    add_receipt,
    heading_row,
    signature_parts,
    small_print,
    table_of_pairs,
)
from ncriteria.report.paper.markup import Merging, PaperCell, PaperRow, paragraph, table
from ncriteria.report.paper.package import saved
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.sheets.shown import ShownCell, ShownTable, people_table
from ncriteria.report.sheets.tables import TablesTold
from ncriteria.sets.model import CriteriaSet
from ncriteria.words import Language, words

_BASIS: Final = (styles.WIDE.width // 2, styles.WIDE.width - styles.WIDE.width // 2)
_TOGETHER: Final = 8
"""Rows at most that share a cell and stay on one page; then the cell is told again."""
_BandedRow = tuple[str, tuple[ShownCell, ...]]


def tables_docx(told: TablesTold, language: Language, *, receipt: Receipt | None = None) -> bytes:
    """The tables as a document of Word in `language`, which carries the `receipt`; equal input gives equal bytes.

    Needs python-docx (the extra `docx`).
    """
    document, say = styles.blank_document(language), words(language)
    tables = [shown for sheet in told.sheets(language) if (shown := people_table(sheet, say)) is not None]
    title, mark = told.title(language), say("Example with invented units and figures")
    invented = any(is_invented(text) for one in tables for text in _texts(one))
    styles.set_page(document, f"{title} – {mark}" if invented else title, say, is_first=True, layout=styles.WIDE)
    add_parts(document, [*([paragraph(mark, styles.MARK)] if invented else []), paragraph(title.upper(), styles.TITLE)])
    add_parts(document, chain.from_iterable(_set_parts(one, language) for one in told.criteria))
    add_parts(document, (paragraph(line, styles.CELL) for line in told.findings(language)))
    for shown in tables:
        add_parts(document, shown_parts(shown, styles.WIDE.width, styles.HEADING))
    add_parts(document, chain.from_iterable(_basis_parts(one, language) for one in told.criteria))
    add_parts(document, signature_parts(say, styles.WIDE.width) if told.is_signed else ())
    add_parts(document, small_print(receipt, say))
    if receipt is not None:
        add_receipt(document, receipt, language, styles.WIDE.width)
    return saved(document)


def shown_parts(shown: ShownTable, width: int, heading: str, *, is_bold: bool = False) -> Iterator[str]:
    """A table that is this wide, in twentieths of a point, under its title; none where it has no rows.

    What begins a row as it does the one above is written once.
    """
    if not shown.rows:
        return
    yield paragraph(shown.title, heading, is_bold=is_bold, keeps_next=True)
    widths = [part * width // sum(shown.widths) for part in shown.widths]
    yield table([heading_row(shown.headings, styles.SMALL_PRINT), *_rows(shown)], widths)
    if shown.left_out:
        yield paragraph(shown.left_out, styles.SMALL_PRINT)


def _rows(shown: ShownTable) -> Iterator[PaperRow]:
    alike = [_alike(*both) for both in pairwise(zip(shown.bands, shown.rows, strict=True))]
    begun, above = [0, *told_again(alike), 0], ""
    for place, (band, row) in enumerate(zip(shown.bands, shown.rows, strict=True)):
        if band != above:
            told = paragraph(band, styles.SMALL_PRINT, is_bold=True, keeps_next=True)
            yield PaperRow((PaperCell(told, is_shaded=True, spans=len(row)),))
        above = band
        yield PaperRow(tuple(_cell(cell, at, begun[place], begun[place + 1]) for at, cell in enumerate(row)))


def told_again(alike: Iterable[int]) -> Iterator[int]:
    """How many cells each row shares with the one above, none where the rows that share them are enough by now."""
    together = 1
    for begun in alike:
        together = together + 1 if begun and together < _TOGETHER else 1
        yield begun if together > 1 else 0


def _alike(above: _BandedRow, below: _BandedRow) -> int:
    """How many cells two rows of one band begin with that say the same; never all of them."""
    if above[0] != below[0]:
        return 0
    pairs = enumerate(zip(above[1], below[1], strict=True))
    return next((place for place, (one, other) in pairs if one != other), len(below[1]) - 1)


def _cell(cell: ShownCell, place: int, begun: int, following: int) -> PaperCell:
    """A cell; the first `begun` ones say what those above do, and the first `following` what those below do."""
    if place < begun:
        return PaperCell(paragraph("", styles.SMALL_PRINT, keeps_next=following > 0), merging=Merging.WITH_ABOVE)
    told = paragraph(cell.text, styles.SMALL_PRINT, is_bold=cell.verdict is not None, keeps_next=following > 0)
    return PaperCell(told, merging=Merging.BEGINS if place < following else None)


def _texts(shown: ShownTable) -> Iterator[str]:
    yield from shown.bands
    yield from (cell.text for row in shown.rows for cell in row)


def _set_parts(criteria: CriteriaSet, language: Language) -> Iterator[str]:
    """The title of a set with its name for programs, and what it rests on."""
    title, *others = opening_lines(Voice(language, criteria))
    yield paragraph(f"{title} ({criteria.id})", styles.CELL, is_bold=True)
    yield from (paragraph(line, styles.CELL) for line in others)


def _basis_parts(criteria: CriteriaSet, language: Language) -> Iterator[str]:
    """The citations of the clauses of a set, and of those that change parts of it."""
    voice, say = Voice(language, criteria), words(language)
    rows = [
        (member.title.text(language), "\n".join(citation_text(voice, one) for one in member.cite))
        for member in criteria.members()
        if member.cite
    ]
    if not rows:
        return
    yield paragraph(
        f"{say('Content and legal basis')}: {criteria.title.text(language)}", styles.HEADING, keeps_next=True
    )
    yield table_of_pairs(rows, _BASIS, styles.SMALL_PRINT)
