"""A receipt in words: what it says in lines of what it is about, its name, and what is said of that."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Final

from ncriteria.quick_classes import frozen
from ncriteria.report.receipts.receipt import FileRole, Receipt
from ncriteria.sets.names import VERDICTS
from ncriteria.words import Language, Message, words

FILES: Final[Mapping[FileRole, Message]] = {
    FileRole.FACTS: Message("File of facts"),
    FileRole.ATTESTATIONS: Message("File of attestations"),
    FileRole.LINEAGE: Message("File of the lineage"),
    FileRole.ASSIGNMENTS: Message("File of assignments"),
    FileRole.LAST_TIME: Message("Answer of the last time"),
    FileRole.CRITERIA: Message("Criteria file"),
    FileRole.PROJECT: Message("Project file"),
}


@frozen
class ReceiptLine:
    """One thing that a receipt says; `digest` is that of a file, of a set or of the result, or empty."""

    about: str
    text: str
    digest: str = ""


def receipt_lines(receipt: Receipt, language: Language) -> Iterator[ReceiptLine]:
    """What the receipt says, but for the rows one by one."""
    say = words(language)
    yield ReceiptLine(say("Made on"), say("{day} with ncriteria {version}", day=receipt.day, version=receipt.version))
    yield ReceiptLine(say("Call"), f"ncriteria {shlex.join(receipt.arguments)}")
    for file in receipt.files:
        yield ReceiptLine(say.this(FILES[file.role]), file.name, file.sha256)
    for used in receipt.sets:
        yield ReceiptLine(say("Criteria set"), f"{used.id} ({used.instrument})", used.digest)
    if not receipt.is_of_rows:
        yield ReceiptLine(say("Result as a whole"), say("all that was found"), receipt.result)
        return
    yield ReceiptLine(say("Verdicts"), counted_verdicts(receipt, language))
    yield ReceiptLine(
        say("Result as a whole"),
        say.plural("{count} row", "{count} rows", count=len(receipt.rows)),
        receipt.result,
    )


def counted_verdicts(receipt: Receipt, language: Language) -> str:
    """How many rows have each verdict, in the order of verdicts."""
    say = words(language)
    counts = [f"{count} {say.this(VERDICTS[one]).lower()}" for one in VERDICTS if (count := receipt.verdicts.get(one))]
    if without := receipt.verdicts.get(None):
        counts.append(f"{without} {say('without a verdict')}")
    return ", ".join(counts) or "0"
