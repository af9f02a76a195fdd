"""A receipt as a file of its own."""

from __future__ import annotations

from pathlib import Path

from ncriteria.report.documents import json_text
from ncriteria.report.receipts.document import receipt_document
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.writing.formats import unwritable
from ncriteria.report.writing.whole_file import whole_file


def write_receipt(receipt: Receipt, path: Path) -> None:
    """Write the receipt: all of it, or nothing. Raises `OutputError` where that cannot be."""
    # Half a character, as the name of a file may have one, is written as JSON escapes it.
    content = f"{json_text(receipt_document(receipt))}\n".encode("utf-8", "backslashreplace")
    try:
        with whole_file(path) as file:
            file.write(content)
    except OSError as error:
        raise unwritable(path, error.strerror or str(error)) from None
