"""How it is told what of the sets of a catalog may be out of date."""

from __future__ import annotations

from ncriteria.analysis.staleness.out_of_date import OutOfDate, StaleFinding
from ncriteria.quick_classes import frozen
from ncriteria.report.structure import record


@frozen
class StaleTold:
    """What `catalog` finds with --stale."""

    stale: OutOfDate


record(StaleFinding, omitted=("title", "last", "awaits", "url", "sha256", "file"))
record(OutOfDate)
record(StaleTold)
