"""What the judgement of one row of a table rests on: the facts of its unit, the units inside, and what is attested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, field

from ncriteria.evaluation.attesting.attested_tables import facts_attested
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.inside.rolling_up import RolledUnits
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.result import Result
from ncriteria.facts.adding_up import Monthly, YearlyFacts
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.lineage.bases import EarlierRows
from ncriteria.facts.table import FactRow, by_key, said_until
from ncriteria.language.tree import Ago, FactKey
from ncriteria.sets.inside import Asked
from ncriteria.sets.model import Rolled


@define
class RowBasis:
    """What a set sees of a table, what its rules ask of the units inside, and the clauses that are attested.

    A result of them is made once.
    """

    facts: YearlyFacts
    earlier: EarlierRows
    inside: Mapping[Asked, RolledUnits]
    attested: Mapping[str, Attestation]
    made: Result | None = field(default=None, eq=False)

    @property
    def shares(self) -> dict[Asked, Rolled]:
        """What the rules see of the units inside."""
        return {key: found.rolled for key, found in self.inside.items()}

    def record(self, row: FactRow, criteria: Criteria) -> Record:
        """The facts that `criteria` know of, as seen from the year of `row`."""
        rows = self.earlier.rows
        known = by_key(said_until(rows, row.year), row.year)
        values = {key: value for key, value in known.items() if key.name in criteria.facts}
        facts = facts_attested(rows, row.year, criteria.facts)
        monthly, bases = self._monthly(row), self.earlier.bases
        inside = {key: found.units for key, found in self.inside.items()}
        return Record(values, row.year, self.shares, row.place, self.attested, facts, monthly, bases, inside)

    def _monthly(self, row: FactRow) -> dict[FactKey, Monthly]:
        """The figures of months behind the facts, by fact as seen from the year of `row`."""
        if not self.facts.monthly:
            return {}
        return {
            FactKey.of(key.name, Ago(row.year - year + key.period.years)): monthly
            for unit, year in sorted(self.earlier.sources)
            if unit == row.unit.id and year in self.earlier.rows
            for key, monthly in self.facts.monthly.get((row.unit.id, year), {}).items()
            if isinstance(key.period, Ago)
        }

    def result(self, row: FactRow, criteria: Criteria) -> Result:
        """The outcome by the reference."""
        if self.made is None:
            self.made = criteria.judge(self.record(row, criteria))
        return self.made


def refuse_months(facts: YearlyFacts, sources: Iterable[tuple[str, int]]) -> None:
    """Raise where the months of a unit and year that figures rest on do not add up."""
    problems = [problem for source in sources for problem in facts.problems.get(source, ())]
    if problems:
        raise EvaluationError(problems)
