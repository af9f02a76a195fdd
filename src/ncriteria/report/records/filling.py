"""How it is told what became of a clause that was filled in."""

from __future__ import annotations

from ncriteria.analysis.filling.filling import ClauseFilled
from ncriteria.quick_classes import frozen
from ncriteria.report.structure import record


@frozen
class FilledTold:
    """What `fill` finds: the file that it wrote, and the clause that has a rule now."""

    file: str
    filled: ClauseFilled


@frozen
class LeftToFill:
    """What `fill` finds without a clause: those of the set that are not encoded."""

    criteria: str
    not_encoded: tuple[str, ...]


record(
    ClauseFilled,
    {
        "criteria": "criteria.id",
        "clause": "path",
        "declared": "declared",
        "tests": "tests",
        "same": "same",
        "resting": "resting",
        "not_encoded": "left",
    },
    without=("text", "criteria"),
)
record(FilledTold, spread="filled")
record(LeftToFill)
