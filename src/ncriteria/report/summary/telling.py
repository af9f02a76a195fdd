"""How an overview is told as plain data."""

from __future__ import annotations

from ncriteria.report.structure import record
from ncriteria.report.summary import overview
from ncriteria.report.summary.overview import Overview
from ncriteria.sets.overlaid.origins import ActOfClauses

__all__ = ["Overview"]

record(overview.MatrixSet, omitted=("acts", "since", "retroactive", "days_outside"))
for _each in (
    ActOfClauses,
    overview.MatrixColumn,
    overview.GradeCount,
    overview.YearCounts,
    overview.WaitingClause,
    overview.FigureToCollect,
    overview.SupplierFigures,
    overview.UnjudgedReason,
):
    record(_each)
record(overview.MatrixRow, omitted=("graded",))
record(overview.VerdictMatrix, omitted=("grades",))
record(overview.OtherWait, omitted=("awaits",))
record(Overview, omitted=("known_on",))
record(overview.WaitingUnit, is_shared=True)
