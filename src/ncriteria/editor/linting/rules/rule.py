"""What a rule of the check says of itself."""

from __future__ import annotations

from enum import Enum

from ncriteria.quick_classes import frozen
from ncriteria.words import phrase


class Severity(Enum):
    """How much a finding counts: an error makes a file unusable, a notice and an advice are no findings."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"
    ADVICE = "advice"
    OFF = "off"


SEVERITIES = {
    Severity.ERROR: phrase("error"),
    Severity.WARNING: phrase("warning"),
    Severity.NOTICE: phrase("notice"),
    Severity.ADVICE: phrase("advice"),
    Severity.OFF: phrase("off"),
}
"""What each is called."""


@frozen
class LintRule:
    """One rule: its code, how much it counts unless settings say otherwise, and what it is about.

    `bad` is a part of a criteria file that breaks it, `good` one that does not; of several files each begins with a
    comment that names it. `fix` says what `--fix` does about it, where it does anything.
    """

    code: str
    severity: Severity
    title: str
    why: str
    do: str
    bad: str
    good: str
    fix: str | None = None


def a_clause(path: str, title: str, *lines: str) -> str:
    """An example of one clause: `lines` stand between its title and how it is encoded and cited."""
    inner = (f'title: "{title}"', *lines, "encodes: exact", 'cite: [{instrument: 01/EXAMPLE, at: "1"}]')
    return "\n    ".join((f"clauses:\n  {path}:", *inner)) + "\n"
