"""How the judging of a whole table is told."""

from __future__ import annotations

from collections.abc import Mapping

from ncriteria.quick_classes import frozen
from ncriteria.report.structure import record
from ncriteria.sets.model import Level, Verdict


@frozen
class ClauseCounts:
    """How many rows have each verdict of one clause or group."""

    path: str
    verdicts: Mapping[Verdict, int]


@frozen
class TableVerdicts:
    """What `evaluate` finds in a table that is judged in columns."""

    facts: str
    output: str | None
    engine: str
    criteria: tuple[str, ...]
    standard: str
    level: Level
    rows: int
    judged: int
    not_judged: int
    years_without_criteria: Mapping[int, int]
    hint: str | None
    without_value: int
    verdicts: Mapping[Verdict, int]
    clauses: tuple[ClauseCounts, ...]
    row_by_row: Mapping[str, str]
    seconds: float


record(ClauseCounts)
record(TableVerdicts)
