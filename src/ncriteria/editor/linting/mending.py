"""A file with its findings mended, as far as that needs no choice of its author."""

from __future__ import annotations

from pathlib import Path

from ncriteria.editor.edits import TextEdit, applied
from ncriteria.editor.linting.checking import checked_text
from ncriteria.editor.linting.settings import LintSettings
from ncriteria.sets.reading.documents import document_of

_MOST_ROUNDS = 20


def mended_text(content: bytes | str, path: Path | None, settings: LintSettings) -> tuple[str, int]:
    """The text with all safe edits made, and how many findings they mended; in composed form (NFC).

    A round of edits after which the file could not be read is not made.
    """
    text, count = document_of(content, None if path is None else str(path)).text, 0
    for _ in range(_MOST_ROUNDS):
        checked = checked_text(text, path=path, settings=settings)
        chosen, edits = 0, list[TextEdit]()
        for finding in checked.findings:
            if finding.fix and not any(_meet(one, other) for one in finding.fix for other in edits):
                edits.extend(finding.fix)
                chosen += 1
        after = applied(text, edits)
        if not edits or checked_text(after, path=path, settings=settings).read.criteria is None:
            break
        text, count = after, count + chosen
    return text, count


def _meet(one: TextEdit, other: TextEdit) -> bool:
    return one.start <= other.end and other.start <= one.end
