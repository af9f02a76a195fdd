"""Whether an answer that carries a receipt is, byte for byte, what its call writes again."""

from __future__ import annotations

import io
from pathlib import Path
from typing import get_args

from attrs import evolve

from ncriteria.cli.inputs.recorded_calls import JudgedAgain, JudgingCall
from ncriteria.cli.inputs.wanted import wanted_rows
from ncriteria.errors import is_installed
from ncriteria.evaluation.tables import passed_over
from ncriteria.evaluation.unjudged import failures
from ncriteria.report.answers.answer import Answer
from ncriteria.report.receipts.comparing import ReceiptChecked
from ncriteria.report.receipts.receipt import SCHEMA, Receipt
from ncriteria.report.writing.formats import FORMATS
from ncriteria.words import Language, phrase

_BEGINNING = 200


def as_compared(path: Path, call: JudgingCall, judged: JudgedAgain, found: ReceiptChecked) -> ReceiptChecked:
    """What is `found`, with whether the file at `path` is what is written again, in either language, or why not said.

    A receipt alone has nothing around it that could be compared.
    """
    content, carrier = path.read_bytes(), FORMATS[path.suffix.lower()]
    if SCHEMA.encode() in content[:_BEGINNING]:
        return found
    if found.receipt != found.again:
        return evolve(found, not_compared=phrase("its receipt would now be another"))
    if carrier.package is not None and not is_installed(carrier.package):
        return evolve(found, not_compared=phrase("`{package}` is not installed", package=carrier.package))
    for language in get_args(Language):
        file = io.BytesIO()
        carrier.write(_answer(call, judged, found.receipt, language), file)
        if file.getvalue() == content:
            return evolve(found, as_written=True)
    return evolve(found, as_written=False)


def _answer(call: JudgingCall, judged: JudgedAgain, receipt: Receipt, language: Language) -> Answer:
    from ncriteria.report.answers.judged import evaluated, explained

    table, rows = judged.table, judged.judgements
    if receipt.arguments[0] == "explain":
        return explained(rows, table.problems, language, table.problems, receipt)
    others = passed_over(
        table, call.given.criteria, wanted_rows(call.units, call.years), standards=call.given.standards
    )
    return evaluated(rows, others, table.problems, language, failures(rows) or table.problems, receipt)
