"""What the evaluator says of one record under two clauses."""

from __future__ import annotations

from attrs import evolve, field, frozen

from ncriteria.analysis.cases import Row
from ncriteria.analysis.proof.relation import WHOLE, Outcome, Witness, way
from ncriteria.analysis.proof.relation_years import Setting
from ncriteria.analysis.slicing import sliced
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.lowering import LoweredSet, lower
from ncriteria.evaluation.records.judging import judge
from ncriteria.evaluation.records.record import Record
from ncriteria.language.tree import Met
from ncriteria.language.values import UNKNOWN, Truth
from ncriteria.sets.model import Clause, Combination, CriteriaSet, Encodes, Group, Verdict

_PROBE = "/passes"
_TRUTHS: dict[Verdict, Truth] = {Verdict.MET: True, Verdict.NOT_MET: False}


@frozen
class ClauseSide:
    """One of the two clauses: its set cut down to what it rests on, with a probe for whether it passes."""

    path: str
    lowered: LoweredSet

    def outcome(self, row: Row) -> Outcome | None:
        """What the evaluator says; `None` where a rule has no value for the record."""
        try:
            result = judge(self.lowered, Record(row.facts, row.year, row.shares))
        except EvaluationError:
            return None
        passes = result[_PROBE].verdict
        return Outcome(result[self.path].verdict, _TRUTHS.get(passes, UNKNOWN))


def side(criteria: CriteriaSet, path: str, year: int) -> ClauseSide:
    """The clause at `path`; `WHOLE` is the set, as the group of all its clauses."""
    if path == WHOLE:
        path = _free_path(criteria)
        criteria = evolve(criteria, clauses=(Group(path, criteria.title, Combination.ALL, criteria.clauses),), tests=())
    part = sliced(criteria, [path])
    probe = Clause(_PROBE, criteria.title, Met(path), Encodes.EXACT, ())
    return ClauseSide(path, lower(evolve(part, clauses=(*part.clauses, probe)), year))


def _free_path(criteria: CriteriaSet) -> str:
    path = "set"
    while any(member.path == path for member in criteria.members()):
        path += "_"
    return path


@frozen
class Pair:
    """A clause of the old set and one of the new, in one assessment year."""

    old_path: str
    new_path: str
    year: int
    old: ClauseSide = field(repr=False)
    new: ClauseSide = field(repr=False)

    def witness(self, row: Row) -> Witness | None:
        """The record as a witness, where both clauses can judge it and say different things."""
        old, new = self.old.outcome(row), self.new.outcome(row)
        if old is None or new is None or way(old, new) is None:
            return None
        return Witness(row, old, new)


def pair(setting: Setting, old_path: str, new_path: str) -> Pair:
    """The clauses at these paths of the two sets."""
    year = setting.year
    return Pair(old_path, new_path, year, side(setting.old, old_path, year), side(setting.new, new_path, year))
