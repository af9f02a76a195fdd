"""A receipt as a document, the same in every file that carries it."""

from __future__ import annotations

from ncriteria.report.receipts.receipt import SCHEMA, Receipt
from ncriteria.report.structure import Plain, TellingContext, plain


def receipt_document(receipt: Receipt) -> Plain:
    """The receipt as plain data, which no language changes."""
    return {"schema": SCHEMA, "receipt": plain(receipt, TellingContext("en"))}
