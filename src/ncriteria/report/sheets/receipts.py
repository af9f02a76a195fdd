"""The receipt of an answer as a sheet: what it says in words, and beside that the document for `ncriteria verify`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from ncriteria.report.receipts.document import packed_receipt
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.receipts.telling import ReceiptLine, receipt_lines
from ncriteria.report.sheets.sheet import Column, Row, Sheet
from ncriteria.words import LANGUAGES, Language, words

DOCUMENT_COLUMN: Final = 3
"""The column of the document, which is cut into pieces that a cell holds, one below the other."""
_PIECE: Final = 30_000
_NOTHING: Final = ReceiptLine("", "")


def receipt_sheet(receipt: Receipt, language: Language) -> Sheet:
    """A row for each thing that the receipt says."""
    say = words(language)
    columns = (
        Column("about", say("What"), width=24),
        Column("text", say("Content"), width=60),
        Column("digest", say("Digest (SHA-256)"), width=66),
        Column("document", say("For ncriteria verify"), is_one_line=True, is_for_programs=True),
    )
    return Sheet("receipt", _title(language), columns, lambda: _rows(receipt, language))


def receipt_titles() -> list[str]:
    """What the sheet is called in each language."""
    return [_title(language) for language in LANGUAGES]


def _title(language: Language) -> str:
    return words(language)("Receipt")


def _rows(receipt: Receipt, language: Language) -> Iterator[Row]:
    document = packed_receipt(receipt)
    pieces = [document[start : start + _PIECE] for start in range(0, len(document), _PIECE)]
    for line, piece in zip_longest(receipt_lines(receipt, language), pieces):
        told = line or _NOTHING
        yield told.about or None, told.text or None, told.digest or None, piece
