"""What a page of tables is made of: sheets in both languages, and the sets that they rest on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from ncriteria.report.sheets.sheet import Sheet
from ncriteria.sets.model import CriteriaSet
from ncriteria.words import Language


@frozen
class TablesPage:
    """The title and the sheets of an answer as a language has them, and its criteria sets, each once.

    Sheets of all languages have the same rows in the same order.
    """

    title: Callable[[Language], str]
    sheets: Callable[[Language], Sequence[Sheet]]
    criteria: Sequence[CriteriaSet]


def each_once(found: Sequence[CriteriaSet | None]) -> tuple[CriteriaSet, ...]:
    """The sets in the order in which they are met."""
    return tuple({one.id: one for one in found if one is not None}.values())
