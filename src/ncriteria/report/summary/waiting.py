"""What an undetermined verdict waits for, worked out once for all rows in which the open rules see the same."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from attrs import field

from ncriteria.evaluation.lowering import LoweredSet, lower
from ncriteria.evaluation.records.grounds import Open
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.result import Result
from ncriteria.evaluation.statuses import groups_around
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import define, frozen
from ncriteria.sets.model import Clause, Verdict


@frozen
class VerdictWaits:
    """What the verdict of a set waits for: each figure with the paths of the clauses that do, and all else."""

    figures: Mapping[FactKey, tuple[str, ...]] = field(factory=dict)
    open: Open = field(factory=Open)

    @property
    def others(self) -> int:
        """How many things it waits for beside figures."""
        return len(self.open.clauses) + len(self.open.parameters) + len(self.open.roll_ups)


NO_WAITS = VerdictWaits()


@define
class WaitsOfRows:
    """What the verdicts of many rows wait for.

    What is left of a clause that is decided is only its verdict. So rows with the same verdicts wait for the same where
    the facts are the same that the open members, and the groups around them, look at.
    """

    _lowered: dict[tuple[str, int], LoweredSet] = field(factory=dict)
    _looked_at: dict[Hashable, tuple[FactKey, ...]] = field(factory=dict)
    _known: dict[Hashable, VerdictWaits] = field(factory=dict)

    def of(self, judgement: Judgement, record: Record) -> VerdictWaits:
        """What the verdict of a judgement waits for; nothing where it is decided."""
        verdicts, criteria = judgement.verdicts, judgement.criteria
        if verdicts is None or criteria is None or verdicts.verdict is not Verdict.UNDETERMINED:
            return NO_WAITS
        holds = criteria.id, judgement.row.year, tuple(verdicts.clauses.values())
        if holds not in self._looked_at:
            self._looked_at[holds] = self._facts_of_open(judgement)
        seen = tuple(record.values.get(key) for key in self._looked_at[holds])
        pattern = holds, seen, tuple(sorted(record.shares.items(), key=lambda one: one[0]))
        if pattern not in self._known:
            result = judgement.result
            assert result is not None, "a judgement with verdicts has a result"
            self._known[pattern] = _waits(result)
        return self._known[pattern]

    def _facts_of_open(self, judgement: Judgement) -> tuple[FactKey, ...]:
        """The facts that the open members, and the groups around them, look at."""
        criteria, verdicts, year = judgement.criteria, judgement.verdicts, judgement.row.year
        assert criteria is not None
        assert verdicts is not None
        key = criteria.id, year
        if key not in self._lowered:
            self._lowered[key] = lower(criteria.definition, year)
        rules = self._lowered[key].clauses
        opened = (path for path, verdict in verdicts.clauses.items() if verdict is Verdict.UNDETERMINED)
        paths = dict.fromkeys(one for path in opened for one in (path, *groups_around(path)))
        exprs = (expr for path in paths for expr in rules[path].forms)
        return tuple(dict.fromkeys(fact for expr in exprs for fact in sorted(facts_of(expr), key=str)))


def _waits(result: Result) -> VerdictWaits:
    figures: dict[FactKey, list[str]] = {key: [] for key in result.missing}
    for path, outcome in result.clauses.items():
        if isinstance(outcome.clause, Clause):
            for key in outcome.missing:
                if key in figures:
                    figures[key].append(path)
    return VerdictWaits({key: tuple(paths) for key, paths in figures.items()}, result.open)
