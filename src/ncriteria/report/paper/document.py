"""The paper laid out on A4: a section for each judgement, and at the end what all of them were made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ncriteria import __version__
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.report.paper import styles
from ncriteria.report.paper.content import PaperClause, PaperContent, paper_content
from ncriteria.report.paper.markup import (
    PaperCell,
    PaperRow,
    line_paragraphs,
    paragraph,
    table,
    together,
)
from ncriteria.report.paper.package import carrying, saved
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.receipts.telling import receipt_lines
from ncriteria.words import Language, Words, words

if TYPE_CHECKING:
    from docx.document import Document

_CLAUSES: Final = (3_500, 3_055, 1_200, 1_600)
_ATTESTATIONS: Final = (3_055, 1_200, 2_100, 1_700, 1_300)
_LACKS: Final = (5_355, 4_000)
_PARTICULARS: Final = (2_355, 7_000)
_ABOUT: Final = 1_755
"""How wide what a receipt says something of stands."""
_BLANK_LINES: Final = 4


def paper_docx(judgements: Iterable[Judgement], language: Language = "vi", *, receipt: Receipt | None = None) -> bytes:
    """The judgements as a document of Word in `language`, which carries the `receipt`; equal input gives equal bytes.

    Needs python-docx (the extra `docx`).
    """
    document, say, sections = styles.blank_document(language), words(language), 0
    for sections, judgement in enumerate(judgements, start=1):
        content = paper_content(judgement, language)
        styles.set_page(document, _running_title(content, say), say, is_first=sections == 1)
        add_parts(document, _judgement_parts(content, receipt, say))
    if receipt is not None:
        if sections != 1:  # what several papers were made from is no part of the last of them
            styles.set_page(document, say("Receipt"), say, is_first=sections == 0)
        add_receipt(document, receipt, language)
    return saved(document)


def add_parts(document: Document, parts: Iterable[str]) -> None:
    """Put the parts at the end of the document, before what says how its last section is laid out."""
    from docx.oxml import parse_xml

    last = document.element.body.sectPr
    for one in parse_xml(together(parts)):
        last.addprevious(one)


def _running_title(content: PaperContent, say: Words) -> str:
    told = f"{content.name} – {say('year {year}', year=content.year)}"
    return f"{told} – {say('Example with invented units and figures')}" if content.is_invented else told


def _judgement_parts(content: PaperContent, receipt: Receipt | None, say: Words) -> Iterator[str]:
    if content.is_invented:
        yield paragraph(say("Example with invented units and figures"), styles.MARK)
    yield paragraph(say("Assessment sheet").upper(), styles.TITLE)
    yield paragraph(f"{content.name} – {say('year {year}', year=content.year)}", styles.TITLE)
    yield table_of_pairs(content.particulars, _PARTICULARS, styles.CELL)
    yield paragraph(f"{say('Verdict')}: {content.verdict}", styles.VERDICT)
    for line in content.said_of_verdict:
        yield paragraph(line, styles.CELL)
    if content.note is not None:
        yield paragraph(say("Note: {note}", note=content.note), styles.CELL)
    if content.problems:
        yield paragraph(say("Why there is no verdict"), styles.HEADING, keeps_next=True)
        yield from (paragraph(line, styles.CELL) for line in content.problems)
    if content.clauses:
        yield paragraph(say("Contents and criteria"), styles.HEADING, keeps_next=True)
        yield _table_of_clauses(content.clauses, say)
    yield from _attestation_parts(content, say)
    yield from _lack_parts(content, say)
    yield from signature_parts(say)
    yield from small_print(receipt, say)


def table_of_pairs(
    pairs: Sequence[tuple[str, str]], widths: Sequence[int], style: str, *, is_kept_together: bool = False
) -> str:
    """A table of two columns: a name, and what is said of it; one that `is_kept_together` stands on one page."""

    def told(text: str, place: int) -> PaperCell:
        return PaperCell(paragraph(text, style, keeps_next=is_kept_together and place < len(pairs) - 1))

    rows = [PaperRow((told(one, place), told(other, place))) for place, (one, other) in enumerate(pairs)]
    return table(rows, widths)


def heading_row(headings: Iterable[str], style: str = styles.CELL) -> PaperRow:
    """The headings of a table, which stand on each of its pages."""
    cells = (PaperCell(paragraph(one, style, is_bold=True, keeps_next=True), is_shaded=True) for one in headings)
    return PaperRow(tuple(cells), is_heading=True)


def _table_of_clauses(clauses: Iterable[PaperClause], say: Words) -> str:
    headings = (say("Content and legal basis"), say("Numbers and limits"), say("Verdict"), say("Encodes the law"))
    return table([heading_row(headings), *(_clause_row(one, say) for one in clauses)], _CLAUSES)


def _clause_row(clause: PaperClause, say: Words) -> PaperRow:
    """The row of a clause or group; that of a group stays on the page of its first member."""

    def told(text: str, style: str, *, depth: int = 0, is_bold: bool = False) -> str:
        return paragraph(text, style, depth=depth, is_bold=is_bold, keeps_next=clause.is_group)

    small = [*clause.sources, *([] if clause.note is None else [say("Note: {note}", note=clause.note)])]
    cells = (
        told(clause.title, styles.CELL, depth=clause.depth, is_bold=clause.is_group)
        + "".join(told(one, styles.SMALL, depth=clause.depth) for one in small),
        line_paragraphs(clause.grounds, styles.CELL) or told("", styles.CELL),
        told(clause.verdict, styles.CELL, is_bold=clause.is_group or clause.is_failed),
        told(clause.encodes, styles.SMALL),
    )
    return PaperRow(tuple(PaperCell(one, is_shaded=clause.is_group) for one in cells))


def _attestation_parts(content: PaperContent, say: Words) -> Iterator[str]:
    if not content.attestations:
        return
    yield paragraph(say("Attestations"), styles.HEADING, keeps_next=True)
    headings = (say("Content"), say("Attested as"), say("Attested by"), say("Document"), say("Day"))
    rows = (
        PaperRow(
            tuple(
                PaperCell(paragraph(told, styles.CELL))
                for told in (one.content, one.value, one.by, one.document, one.day)
            )
        )
        for one in content.attestations
    )
    yield table([heading_row(headings), *rows], _ATTESTATIONS)


def _lack_parts(content: PaperContent, say: Words) -> Iterator[str]:
    if content.lacks:
        yield paragraph(say("Figures that are missing"), styles.HEADING, keeps_next=True)
        rows = (
            PaperRow((PaperCell(paragraph(one.figure, styles.CELL)), PaperCell(paragraph(one.supplier, styles.CELL))))
            for one in content.lacks
        )
        yield table([heading_row((say("Figure"), say("To be supplied by (as the set says)"))), *rows], _LACKS)
    if content.remaining:
        yield paragraph(say("Other things waited for"), styles.HEADING, keeps_next=True)
        yield from (paragraph(f"– {line}", styles.CELL) for line in content.remaining)


def signature_parts(say: Words, width: int = styles.TALL.width) -> Iterator[str]:
    """Room to sign on a page that is this wide, which stands on one page."""
    yield paragraph(
        say("........................, the ..... of .................. 20....."), styles.PLACE, keeps_next=True
    )

    def block(who: str) -> PaperCell:
        blank = paragraph("", styles.CELL, keeps_next=True) * _BLANK_LINES
        return PaperCell(
            paragraph(who, styles.SIGNED, is_bold=True, keeps_next=True)
            + paragraph(say("(signature, full name)"), styles.SIGNED, keeps_next=True)
            + blank
            + paragraph("", styles.CELL, keeps_next=True)
        )

    yield table(
        [PaperRow((block(say("Prepared by")), block(say("Checked by"))))],
        [width // 2, width - width // 2],
        has_lines=False,
    )


def small_print(receipt: Receipt | None, say: Words) -> Iterator[str]:
    """What made the paper, and the receipt that it carries."""
    told = say("Judged with ncriteria {version}. This is no form of a public authority.", version=__version__)
    if receipt is not None:
        digest = receipt.result[:16]
        told += " " + say("Receipt of {day}, result {digest}.", day=receipt.day, digest=digest)
    yield paragraph(told, styles.SMALL_PRINT)


def add_receipt(document: Document, receipt: Receipt, language: Language, width: int = styles.TALL.width) -> None:
    """Let the document carry the receipt, and say it in small print, at the end, on a page that is this wide."""
    add_parts(document, _receipt_parts(receipt, language, width))
    carrying(document, receipt)


def _receipt_parts(receipt: Receipt, language: Language, width: int) -> Iterator[str]:
    """The receipt, which stands on one page where it fits; what it is for stands first, so that no line is left."""
    say = words(language)
    yield paragraph(say("Receipt"), styles.HEADING, keeps_next=True)
    told = say("This file carries the whole receipt: {command} judges again.", command="ncriteria verify")
    yield paragraph(told, styles.SMALL_PRINT, keeps_next=True)
    lines = [
        (one.about, "\n".join(part for part in (one.text, one.digest) if part))
        for one in receipt_lines(receipt, language)
    ]
    yield table_of_pairs(lines, (_ABOUT, width - _ABOUT), styles.SMALL_PRINT, is_kept_together=True)
