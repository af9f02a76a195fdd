"""A row whose verdicts differ under two sets, with what makes the difference."""

from __future__ import annotations

from ncriteria.analysis.impact.causes import Cause, causes
from ncriteria.analysis.impact.counts import FlipKind, TouchedRow
from ncriteria.evaluation.result import Result
from ncriteria.facts.table import Unit
from ncriteria.quick_classes import frozen


@frozen
class Flip:
    """One unit in one year whose verdicts differ.

    `old` and `new` are the results under the two sets, `None` where a rule has no value. `causes` are the clauses and
    groups that make the difference, with the facts that decided them.
    """

    unit: Unit
    year: int
    kind: FlipKind
    old: Result | None
    new: Result | None
    causes: tuple[Cause, ...]


def flip_of(row: TouchedRow) -> Flip:
    """The flip of a touched row, with its causes."""
    return Flip(row.unit, row.year, row.kind, row.old, row.new, causes(row.old, row.new))
