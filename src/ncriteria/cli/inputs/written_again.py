"""Whether an answer that carries a receipt is, byte for byte, what its call writes again."""

from __future__ import annotations

import io
from pathlib import Path
from typing import get_args

from ncriteria.cli.inputs.recorded_calls import JudgedAgain, JudgingCall
from ncriteria.cli.inputs.wanted import wanted_rows
from ncriteria.errors import is_installed
from ncriteria.evaluation.tables import passed_over
from ncriteria.evaluation.unjudged import failures
from ncriteria.report.answers.answer import Answer
from ncriteria.report.receipts.receipt import SCHEMA, Receipt
from ncriteria.report.writing.formats import FORMATS
from ncriteria.words import Language

_BEGINNING = 200


def is_as_written(path: Path, call: JudgingCall, judged: JudgedAgain, receipt: Receipt) -> bool | None:
    """Whether the file at `path` is what is written again, in either language.

    `None` for a receipt alone, which has nothing around it, and where the package is not there that writes such files.
    """
    content, found = path.read_bytes(), FORMATS[path.suffix.lower()]
    is_alone = SCHEMA.encode() in content[:_BEGINNING]
    if is_alone or (found.package is not None and not is_installed(found.package)):
        return None
    for language in get_args(Language):
        file = io.BytesIO()
        found.write(_answer(call, judged, receipt, language), file)
        if file.getvalue() == content:
            return True
    return False


def _answer(call: JudgingCall, judged: JudgedAgain, receipt: Receipt, language: Language) -> Answer:
    from ncriteria.report.answers.judged import evaluated, explained

    table, rows = judged.table, judged.judgements
    if receipt.arguments[0] == "explain":
        return explained(rows, table.problems, language, table.problems, receipt)
    others = passed_over(table, call.given.criteria, wanted_rows(call.units, call.years))
    return evaluated(rows, others, table.problems, language, failures(rows) or table.problems, receipt)
