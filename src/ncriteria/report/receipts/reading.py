"""A receipt read back from its own file, and from every answer that carries one."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Final

from ncriteria.errors import NCriteriaError, Problem, TextPlace
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.report.documents import SCHEMA as RESULT
from ncriteria.report.reading import UnlikeError, read_record
from ncriteria.report.receipts.carrying import CARRIERS, NoReceiptError
from ncriteria.report.receipts.receipt import SCHEMA, Receipt, result_digest
from ncriteria.report.structure import Plain
from ncriteria.sets.files.files import shown_path
from ncriteria.words import one_of, phrase

_MOST_BYTES: Final = 512 * 1024 * 1024


def read_receipt(path: Path) -> Receipt:
    """The receipt in a file of its own, or in an answer that carries one; raises `EvaluationError` where there is none.

    Its rows, where it tells rows, their verdicts and the digest of the whole agree, or it is refused.
    """
    try:
        told = _document(path)
        receipt = read_record(told.get("receipt"), Receipt, "receipt")
    except NoReceiptError as error:
        raise receipt_refused(path, error.why) from None
    except UnlikeError as error:
        raise receipt_refused(path, str(error)) from None
    except NCriteriaError as error:
        raise receipt_refused(path, error.problems[0].message) from None
    if not receipt.is_of_rows:
        return receipt
    if Counter(row.verdict for row in receipt.rows) != receipt.verdicts:
        raise receipt_refused(path, phrase("its counts of verdicts are not those of its rows"))
    if result_digest(receipt.rows) != receipt.result:
        raise receipt_refused(path, phrase("its digest of the result is not that of its rows"))
    return receipt


def _document(path: Path) -> Plain:
    """The object that holds the receipt under `receipt`."""
    suffix, content = path.suffix.lower(), _content(path)
    if suffix not in CARRIERS:
        raise NoReceiptError(phrase("its name does not end in {suffixes}", suffixes=one_of(CARRIERS)))
    try:
        told = json.loads(CARRIERS[suffix](content))
    except (ValueError, RecursionError):
        raise NoReceiptError(phrase("the text is no JSON")) from None
    if not isinstance(told, dict) or told.get("schema") not in (SCHEMA, RESULT):
        raise NoReceiptError(phrase("its schema is not `{schema}`", schema=SCHEMA))
    if told["schema"] == RESULT and "receipt" not in told:
        raise NoReceiptError(phrase("it is an answer that carries none"))
    return told


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise NoReceiptError(phrase("it cannot be read: {reason}", reason=error.strerror or str(error))) from None
    if len(content) > _MOST_BYTES:
        raise NoReceiptError(phrase("the file has more than {most} MiB", most=_MOST_BYTES // 1024**2))
    return content


def receipt_refused(path: Path, why: str) -> EvaluationError:
    """The error of a file that holds no receipt, or one that is damaged; `why` ends the sentence."""
    message = phrase("this is no receipt that can be read: {why}", why=why)
    hint = phrase("give a file that `--receipt` wrote, or a result that carries a receipt")
    return EvaluationError(Problem("NC327", message, TextPlace(1, 1, file=shown_path(path)), hint))
