"""The statuses of a set's clauses as formulas: what the judging of one record says, for all records at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never, cast

from ncriteria.analysis.deadline import Deadline
from ncriteria.analysis.proof.solving.formulas import Formulas
from ncriteria.analysis.proof.solving.solver import Formula, both, opposite, truth_variable
from ncriteria.analysis.proof.solving.terms import (
    UNKNOWN_CHOICE,
    UNKNOWN_NUMBER,
    UNKNOWN_TRUTH,
    SymbolicValue,
    TruthTerm,
)
from ncriteria.analysis.proof.solving.variables import (
    Variables,
    fact_value,
    open_parameter_value,
    share_value,
    year_value,
)
from ncriteria.evaluation.graded import status_of_level
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.statuses import Judged, Status, judge_set, satisfied, without_value
from ncriteria.language.meaning import Leaf, evaluate
from ncriteria.language.tree import AssessmentYear, Expr, FactRef, Met, Parameter, Within
from ncriteria.language.values import Unknown
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.grades.scales import is_grade, path_of_scale
from ncriteria.sets.model import FactType


@frozen
class Encoded:
    """How a set's members come out as formulas, by path; `scales` are the grades of what has some."""

    of: Formulas
    members: Mapping[str, Judged[SymbolicValue]]
    scales: Mapping[str, tuple[Grade, ...]]

    def status(self, path: str) -> Status[TruthTerm]:
        """When a member applies, and when it holds."""
        # A status is made of truths, none of them undefined.
        return cast("Status[TruthTerm]", self._status(path))

    def _status(self, path: str) -> Status[SymbolicValue]:
        return status_of_level(self.of, self.scales, self.members, path) if is_grade(path) else self.members[path]

    def passes(self, path: str) -> TruthTerm:
        """Met or not applicable."""
        return cast("TruthTerm", satisfied(self.of, self._status(path)))

    @property
    def judged(self) -> list[Formula]:
        """That every rule that applies has a value, in the groups that apply, and that each scale gives a grade."""
        return [*self.valued, *(opposite(self.ungraded(path)) for path in self.scales)]

    @property
    def valued(self) -> list[Formula]:
        """That every rule that applies has a value, in the groups that apply."""
        wrong = (cast("TruthTerm", without_value(self.of, self.members, path)) for path in self.members)
        return [opposite(one.true) for one in wrong]

    def holds(self, path: str) -> Formula:
        """That the rule of the clause or grade at `path` holds."""
        return cast("TruthTerm", self.members[path].holds).true

    def ungraded(self, path: str) -> Formula:
        """That what stands at `path` applies, and none of its grades holds."""
        holds = cast("TruthTerm", self.members[path_of_scale(path)].holds)
        return both(self.status(path).applies.true, holds.false)


def encode_set(
    lowered: LoweredSet, variables: Variables, deadline: Deadline, *, open_parts_vary: bool = False
) -> Encoded:
    """The statuses of a lowered set; raises `OutOfTimeError` where they are not written by the `deadline`.

    With `open_parts_vary`, clauses that are not encoded and parameters that the law leaves open may turn out any way;
    otherwise they are unknown, as they are to the evaluator.
    """
    of = Formulas(variables.code, variables.calendar)
    run, met = _SetEncoding(lowered, variables, deadline, of, open_parts_vary), dict[str, SymbolicValue]()

    def valued(expr: Expr) -> SymbolicValue:
        return evaluate(of, expr, lambda leaf: _look_up(run, met, leaf))

    def not_encoded(path: str) -> SymbolicValue:
        free = truth_variable(f"not encoded {path}")
        return TruthTerm(free, opposite(free)) if open_parts_vary else UNKNOWN_TRUTH

    return Encoded(of, judge_set(of, lowered, lowered.clauses, valued, not_encoded, met), lowered.scales)


@frozen
class _SetEncoding:
    """A set whose rules become formulas, one after another, over the same variables."""

    lowered: LoweredSet
    variables: Variables
    deadline: Deadline
    of: Formulas
    open_parts_vary: bool


def _look_up(run: _SetEncoding, met: Mapping[str, SymbolicValue], leaf: Leaf) -> SymbolicValue:
    run.deadline.check()
    match leaf:
        case FactRef(key=key):
            return fact_value(run.variables.fact(key), run.lowered.criteria.facts[key.name])
        case Parameter(name=name):
            value = run.lowered.parameters[name]
            return _open_parameter(run, name) if isinstance(value, Unknown) else run.of.constant(value)
        case AssessmentYear():
            return year_value(run.variables.year)
        case Met(path=path):
            return met[path]
        case Within() if leaf.measure.is_share:
            return share_value(run.variables.share(leaf))
        case Within():
            found = run.variables.number_inside(leaf)
            return fact_value(found.variable, found.declared)
        case _:
            assert_never(leaf)


def _open_parameter(run: _SetEncoding, name: str) -> SymbolicValue:
    declaration = run.lowered.criteria.parameters[name]
    if run.open_parts_vary:
        return open_parameter_value(run.variables.parameter(declaration), declaration)
    if declaration.type.is_numeric:
        return UNKNOWN_NUMBER
    return UNKNOWN_TRUTH if declaration.type is FactType.BOOLEAN else UNKNOWN_CHOICE
