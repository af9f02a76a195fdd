"""What the judgement of one row of a table rests on: the facts of its unit, the units inside, and what is attested."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TypeVar

from attrs import field

from ncriteria.errors import Problem
from ncriteria.evaluation.attesting.attested_tables import facts_attested
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.inside.rolling_up import RolledUnits
from ncriteria.evaluation.leaning.asked import VerdictLeanedOn, truths_of
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.result import Result
from ncriteria.facts.adding_up import YearlyFacts
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.lineage.bases import EarlierRows
from ncriteria.facts.table import FactRow, by_key, said_until
from ncriteria.language.tree import Ago, FactKey
from ncriteria.quick_classes import define
from ncriteria.sets.inside import Asked
from ncriteria.sets.model import FactValue, Rolled
from ncriteria.sets.structure import looked_at
from ncriteria.words import phrase

_Said = TypeVar("_Said")


@define
class RowBasis:
    """What a set sees of a table, what its rules ask of the units inside, and the clauses that are attested.

    The record of them is made once, and so is the result.
    """

    facts: YearlyFacts
    earlier: EarlierRows
    inside: Mapping[Asked, RolledUnits]
    attested: Mapping[str, Attestation]
    verdicts: Mapping[FactKey, VerdictLeanedOn] = field(factory=dict)
    seen: Record | None = field(default=None, eq=False)
    made: Result | None = field(default=None, eq=False)

    @property
    def shares(self) -> dict[Asked, Rolled]:
        """What the rules see of the units inside."""
        return {key: found.rolled for key, found in self.inside.items()}

    def record(self, row: FactRow, criteria: Criteria) -> Record:
        """The facts that `criteria` know of, as seen from the year of `row`."""
        if self.seen is None:
            self.seen = self._record(row, criteria)
        return self.seen

    def said(self, row: FactRow) -> dict[int, dict[str, FactValue]]:
        """All that is known of the unit in the year of `row` and before, by year and fact, its verdicts too."""
        found = said_until(self.earlier.rows, row.year)
        for key, truth in truths_of(self.verdicts).items():
            assert isinstance(key.period, Ago)
            found.setdefault(row.year - key.period.years, {})[key.name] = truth
        return found

    def _record(self, row: FactRow, criteria: Criteria) -> Record:
        rows, declared = self.earlier.rows, criteria.definition.facts
        known = by_key(self.said(row), row.year)
        values = {key: value for key, value in known.items() if key.name in declared}
        facts = facts_attested(rows, row.year, declared)
        monthly, other_series = self._seen(self.facts.monthly, row), self._seen(self.facts.other_series, row)
        bases, inside = self.earlier.bases, {key: found.units for key, found in self.inside.items()}
        came = (row.place, self.attested, facts, monthly, bases, inside, other_series, self.verdicts)
        later = self._came_later(row, values)
        return Record(values, row.year, self.shares, *came, later, self.facts.table.known_on)

    def _came_later(self, row: FactRow, known: Mapping[FactKey, FactValue]) -> dict[FactKey, datetime.date]:
        """The figures that came after the day that the table is seen on; of several units, the day of the last."""
        found: dict[FactKey, datetime.date] = {}
        for unit, year in self.earlier.sources:
            source = self.facts.table.row(unit, year)
            for key, day in source.came_later.items() if source is not None else ():
                assert isinstance(key.period, Ago)
                seen = FactKey.of(key.name, Ago(row.year - year + key.period.years)) if year <= row.year else key
                if seen not in known:
                    found[seen] = max(day, found.get(seen, day))
        return found

    def _seen(self, found: Mapping[tuple[str, int], Mapping[FactKey, _Said]], row: FactRow) -> dict[FactKey, _Said]:
        """What is said of the figures of the unit in its years, by fact as seen from the year of `row`."""
        if not found:
            return {}
        return {
            FactKey.of(key.name, Ago(row.year - year + key.period.years)): said
            for unit, year in sorted(self.earlier.sources)
            if unit == row.unit.id and year in self.earlier.rows
            for key, said in found.get((row.unit.id, year), {}).items()
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


def refuse_unread(facts: YearlyFacts, sources: Iterable[tuple[str, int]], criteria: Criteria) -> None:
    """Raise where a rule looks at whether a fact is known of which a cell could not be read: it is not blank."""
    if not facts.table.problems:
        return
    for one in (facts.table.row(unit, year) for unit, year in sources):
        unread = frozenset[FactKey]() if one is None else one.unread
        for name in sorted({key.name for key in unread} & looked_at(criteria.definition)):
            assert one is not None
            message = phrase("a cell of `{fact}` cannot be read, and a rule looks at whether it is known", fact=name)
            hint = phrase("mend the cell; the problems name it")
            raise EvaluationError(Problem("NC322", message, one.place, hint))


def refuse_other_series(facts: YearlyFacts, sources: Iterable[tuple[str, int]], criteria: Criteria) -> None:
    """Raise where a rule looks at whether a figure is known that is left out: it is known, of another series."""
    for source in sorted(sources) if facts.other_series else ():
        for key, one in facts.other_series.get(source, {}).items():
            if key.name in looked_at(criteria.definition):
                message = phrase(
                    "`{fact}` is of the series `{stated}`, and a rule looks at whether it is known",
                    fact=key.name,
                    stated=one.stated,
                )
                raise EvaluationError(
                    Problem("NC422", message, one.place, phrase("give the figure of the series that is asked for"))
                )
