"""An answer that carries a receipt of all that was found."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from attrs import evolve

from ncriteria.report.answers.answer import Answer
from ncriteria.report.receipts.receipt import FileSeen, found_receipt
from ncriteria.report.sheets.receipts import receipt_sheet
from ncriteria.report.structure import Plain, TellingContext, plain_object


def with_receipt(answer: Answer, arguments: Iterable[str], files: Iterable[FileSeen], day: datetime.date) -> Answer:
    """The answer with its receipt, and the sheet of that, for a call with these `arguments` on that `day`."""
    told = answer.tables
    assert told is not None, "verdicts and dossiers have receipts of their own"
    receipt = found_receipt(told.criteria, arguments, files, day, _found(answer))
    return evolve(answer, receipt=receipt, sheets=(*answer.sheets, receipt_sheet(receipt, answer.language)))


def _found(answer: Answer) -> Iterator[Plain]:
    """All that was found, which is the same whatever language it is told in."""
    yield plain_object(answer.head, TellingContext("en"))
    yield from (plain_object(one, TellingContext("en")) for one in answer.items())
