"""How an overview is told as plain data."""

from __future__ import annotations

from ncriteria.report.structure import record
from ncriteria.report.summary.overview import (
    FigureToCollect,
    GradeCount,
    MatrixColumn,
    MatrixRow,
    MatrixSet,
    OtherWait,
    Overview,
    SupplierFigures,
    UnjudgedReason,
    VerdictMatrix,
    WaitingClause,
    WaitingUnit,
    YearCounts,
)
from ncriteria.sets.overlaid.origins import ActOfClauses

__all__ = ["Overview"]

record(MatrixSet, omitted=("acts", "since", "retroactive", "days_outside"))
for _each in (
    ActOfClauses,
    MatrixColumn,
    GradeCount,
    YearCounts,
    WaitingClause,
    FigureToCollect,
    SupplierFigures,
    UnjudgedReason,
):
    record(_each)
record(MatrixRow, omitted=("graded",))
record(VerdictMatrix, omitted=("grades",))
record(OtherWait, omitted=("awaits",))
record(Overview, omitted=("known_on",))
record(WaitingUnit, is_shared=True)
