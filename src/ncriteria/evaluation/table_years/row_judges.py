"""Judging the rows of a set and year: by the reference, and where they are many by a function made of the set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from attrs import field

from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.lowering import lower
from ncriteria.evaluation.records.attesting import Decided, decided
from ncriteria.evaluation.result import Verdicts
from ncriteria.evaluation.table_years.basis import RowBasis
from ncriteria.facts.table import FactRow
from ncriteria.quick_classes import define, frozen
from ncriteria.sets.model import FactValue

if TYPE_CHECKING:
    from ncriteria.evaluation.compiled import TableJudge


@define
class _Judging:
    """Criteria in one year: how many rows they have judged, and the function that judges where those are many."""

    rows: int = 0
    function: TableJudge | None = None


_FEW: Final = 100
"""Up to so many rows of a set and year are judged before it is worth the while to make a function of the set."""
_NOTHING: Final[Mapping[str, FactValue]] = {}


@frozen
class RowJudges:
    """The functions of the sets and years of one table."""

    _judges: dict[tuple[str, int, Decided], _Judging] = field(factory=dict, init=False, repr=False)

    def verdicts(self, row: FactRow, criteria: Criteria, basis: RowBasis) -> Verdicts:
        """The verdicts on a row, by the function of the set where it has one, and otherwise by the reference."""
        settled = decided(basis.attested)
        judge = self._judges.setdefault((criteria.id, row.year, settled), _Judging())
        judge.rows += 1
        if judge.rows == _FEW and not any(_has_rules(criteria, path) for path in basis.attested):
            from ncriteria.evaluation.compiled import compile_for_tables

            judge.function = compile_for_tables(criteria, row.year, settled)
        found = None
        if judge.function is not None:
            said = basis.said(row)
            found = judge.function(said.get(row.year, _NOTHING), said.get(row.year - 1, _NOTHING), said, basis.shares)
        return basis.result(row, criteria).verdicts if found is None else found


def _has_rules(criteria: Criteria, path: str) -> bool:
    """Whether the facts may contradict an attestation of the clause, which the reference looks at."""
    rules = lower(criteria.definition, criteria.years.first).clauses[path]
    return bool(rules.forms)
