"""What a row of a table is judged to be under one standard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import field

from ncriteria.errors import Problem
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.inside.told import UnitsInside
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.result import Result, Verdicts
from ncriteria.evaluation.table_years.basis import RowBasis
from ncriteria.facts.table import FactRow
from ncriteria.quick_classes import frozen
from ncriteria.sets.inside import Asked
from ncriteria.sets.model import Verdict
from ncriteria.sets.sources import Bilingual


@frozen
class Judgement:
    """One unit in one year under one standard: its verdicts, or the problems why there are none.

    `criteria` and `record` are what was judged by and what was judged, where it came that far. The `result`, with all
    that the verdicts rest on and wait for, is worked out when it is asked for.
    """

    row: FactRow
    standard: str
    verdicts: Verdicts | None
    problems: tuple[Problem, ...] = ()
    criteria: Criteria | None = field(default=None, repr=False)
    _basis: RowBasis | None = field(default=None, repr=False)
    _called: Bilingual | None = field(default=None, repr=False)

    @property
    def standard_title(self) -> Bilingual | None:
        """What people call the standard, where the set that judges, or another of the standard, says so."""
        return self._called if self.criteria is None else self.criteria.definition.standard_title

    @property
    def record(self) -> Record | None:
        """What was judged, as one record."""
        if self.criteria is None or self._basis is None:
            return None
        return self._basis.record(self.row, self.criteria)

    @property
    def inside(self) -> Mapping[Asked, UnitsInside]:
        """The units inside that the rules ask for."""
        return {} if self._basis is None else {key: found.units for key, found in self._basis.inside.items()}

    @property
    def result(self) -> Result | None:
        """The outcome with its grounds; `None` where there is no verdict."""
        if self.criteria is None or self._basis is None or self.verdicts is None:
            return None
        return self._basis.result(self.row, self.criteria)


@frozen
class SettledVerdicts:
    """Verdicts under one standard that are taken as they are, by unit and year and by path, whatever the sets say."""

    standard: str = ""
    verdicts: Mapping[tuple[str, int], Mapping[str, Verdict]] = field(factory=dict)


NOTHING_SETTLED: Final = SettledVerdicts()
"""No verdicts: all are judged."""
