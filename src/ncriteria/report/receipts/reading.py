"""A receipt as a document, and read back from it."""

from __future__ import annotations

import json
from pathlib import Path

from ncriteria.errors import Problem, TextPlace
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.report.reading import UnlikeError, read_record
from ncriteria.report.receipts.receipt import SCHEMA, Receipt
from ncriteria.report.structure import Plain, TellingContext, plain
from ncriteria.words import phrase


def receipt_document(receipt: Receipt) -> Plain:
    """The receipt as plain data, which no language changes."""
    return {"schema": SCHEMA, "receipt": plain(receipt, TellingContext("en"))}


def read_receipt(path: Path) -> Receipt:
    """The receipt in a JSON file; raises `EvaluationError` where there is none."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _refusal(path, phrase("it cannot be read: {reason}", reason=error.strerror or str(error))) from None
    except (ValueError, RecursionError):
        raise _refusal(path, phrase("the text is no JSON")) from None
    if not isinstance(told, dict) or told.get("schema") != SCHEMA:
        raise _refusal(path, phrase("its schema is not `{schema}`", schema=SCHEMA))
    try:
        return read_record(told.get("receipt"), Receipt, "receipt")
    except UnlikeError as error:
        raise _refusal(path, str(error)) from None


def _refusal(path: Path, why: str) -> EvaluationError:
    message = phrase("this is no receipt that can be read: {why}", why=why)
    hint = phrase("give a file that `--receipt` wrote, or a result that carries a receipt")
    return EvaluationError(Problem("NC327", message, TextPlace(1, 1, file=str(path)), hint))
