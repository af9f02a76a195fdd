"""A receipt as a document, the same in every file that carries it."""

from __future__ import annotations

from ncriteria.report.packing import packed
from ncriteria.report.receipts.receipt import SCHEMA, Receipt
from ncriteria.report.structure import Plain, TellingContext, plain


def receipt_document(receipt: Receipt) -> Plain:
    """The receipt as plain data, which no language changes."""
    return {"schema": SCHEMA, "receipt": plain(receipt, TellingContext("en"))}


def packed_receipt(receipt: Receipt | None) -> str:
    """The receipt as it stands within another file; nothing where there is none."""
    return "" if receipt is None else packed(receipt_document(receipt))
