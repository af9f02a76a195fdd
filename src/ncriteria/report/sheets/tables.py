"""What pages and papers of tables are made of: sheets in any language, what is said before them, and their sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ncriteria.quick_classes import frozen
from ncriteria.report.sheets.sheet import Sheet
from ncriteria.sets.model import CriteriaSet
from ncriteria.words import Language


@frozen
class TablesTold:
    """The title of an answer as a language has it, what was found in a few lines, and its sheets; its sets, each once.

    Sheets of all languages have the same rows in the same order. One that `is_signed` says something of units that
    somebody stands for; its paper has room to sign.
    """

    title: Callable[[Language], str]
    findings: Callable[[Language], Sequence[str]]
    sheets: Callable[[Language], Sequence[Sheet]]
    criteria: Sequence[CriteriaSet]
    is_signed: bool


def each_once(found: Sequence[CriteriaSet | None]) -> tuple[CriteriaSet, ...]:
    """The sets in the order in which they are met."""
    return tuple({one.id: one for one in found if one is not None}.values())
