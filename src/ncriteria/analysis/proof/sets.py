"""The statuses of a set's clauses as formulas: what `ncriteria.evaluation.judging` says, for all records at once."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import assert_never, cast

from attrs import field, frozen

from ncriteria.analysis.deadline import Deadline
from ncriteria.analysis.proof.encoding import Leaf, encode
from ncriteria.analysis.proof.solver import FALSE, TRUE, Formula, both, either, opposite, truth_variable, whole
from ncriteria.analysis.proof.terms import (
    UNKNOWN_CHOICE,
    UNKNOWN_TRUTH,
    ChoiceTerm,
    SymbolicLogic,
    SymbolicValue,
    TruthTerm,
    quantity_of,
    truth_of,
    within,
)
from ncriteria.analysis.proof.variables import (
    Variables,
    fact_value,
    open_parameter_value,
    share_value,
)
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.statuses import Status, group_status, satisfied
from ncriteria.language.tree import Date, Expr, FactRef, Met, Parameter, ShareMet, Text
from ncriteria.language.values import Unknown
from ncriteria.sets.model import Clause, FactType, Group, ParameterValue

LOGIC = SymbolicLogic()


@frozen
class Encoded:
    """The statuses of a set's members by path, and when each has no verdict.

    `errors` says for which records a rule of the clause that applies has no value, `applying` for which the condition
    of a group is true.
    """

    statuses: dict[str, Status[TruthTerm]] = field(factory=dict)
    errors: dict[str, Formula] = field(factory=dict)
    applying: dict[str, Formula] = field(factory=dict)

    @property
    def judged(self) -> list[Formula]:
        """That every rule that applies has a value, in the groups that apply."""
        return [opposite(both(error, *self._around(path))) for path, error in self.errors.items()]

    def _around(self, path: str) -> list[Formula]:
        """That the groups around a path apply; one that was left out, in a part of a set, counts as one that does."""
        steps = path.split("/")
        return [self.applying.get("/".join(steps[:depth]), TRUE) for depth in range(1, len(steps))]

    def passes(self, path: str) -> TruthTerm:
        """Met or not applicable."""
        return satisfied(LOGIC, self.statuses[path])


def encode_set(
    lowered: LoweredSet, variables: Variables, deadline: Deadline, *, open_parts_vary: bool = False
) -> Encoded:
    """The statuses of a lowered set; raises `OutOfTimeError` where they are not written by the `deadline`.

    With `open_parts_vary`, clauses that are not encoded and parameters that the law leaves open may turn out any way;
    otherwise they are unknown, as they are to the evaluator.
    """
    run = _Run(lowered, variables, deadline, open_parts_vary)
    members = {member.path: member for member in lowered.criteria.members()}
    for path in lowered.order:
        deadline.check()
        _encode_member(run, members[path])
    return run.encoded


@frozen
class _Run:
    lowered: LoweredSet
    variables: Variables
    deadline: Deadline
    open_parts_vary: bool
    encoded: Encoded = field(factory=Encoded)


def _encode_member(run: _Run, member: Clause | Group) -> None:
    match member:
        case Clause():
            _encode_clause(run, member)
        case Group():
            _encode_group(run, member)
        case _:
            assert_never(member)


def _encode_clause(run: _Run, clause: Clause) -> None:
    rules, path = run.lowered.clauses[clause.path], clause.path
    applies, error = _condition(run, rules.applies_when)
    run.encoded.errors[path] = error
    if rules.rule is None:
        free = truth_variable(f"not encoded {path}")
        holds = TruthTerm(free, opposite(free)) if run.open_parts_vary else UNKNOWN_TRUTH
    else:
        holds, rule_error = _condition(run, rules.rule)
        # A rule without a value is an error only where the clause certainly applies.
        run.encoded.errors[path] = either(error, both(applies.true, rule_error))
    run.encoded.statuses[path] = Status(applies, holds)


def _encode_group(run: _Run, group: Group) -> None:
    lowered = run.lowered.clauses.get(group.path)
    applies, error = _condition(run, lowered.applies_when if lowered else None)
    run.encoded.errors[group.path], run.encoded.applying[group.path] = error, applies.true
    members = [run.encoded.statuses[member.path] for member in group.members]
    run.encoded.statuses[group.path] = group_status(LOGIC, group, applies, members)


def _condition(run: _Run, expr: Expr | None) -> tuple[TruthTerm, Formula]:
    """A condition, unknown where it has no value, and when that is."""
    if expr is None:
        return truth_of(True), FALSE
    # The static check has made sure that it is a condition.
    value = cast("TruthTerm", encode(expr, lambda leaf: _look_up(run, leaf)))
    return TruthTerm(value.true, value.false), value.undefined


def _look_up(run: _Run, leaf: Leaf) -> SymbolicValue:
    run.deadline.check()
    match leaf:
        case Text(value=value) | Date(value=value):
            return ChoiceTerm(whole(run.variables.code(value)), TRUE)
        case FactRef(key=key):
            return fact_value(run.variables.fact(key), run.lowered.criteria.facts[key.name])
        case Parameter(name=name):
            return _parameter(run, name, run.lowered.parameters[name])
        case Met(path=path):
            return run.encoded.passes(path)
        case ShareMet():
            return share_value(run.variables.share(leaf))
        case _:
            assert_never(leaf)


def _parameter(run: _Run, name: str, value: ParameterValue) -> SymbolicValue:
    declaration = run.lowered.criteria.parameters[name]
    match value:
        case bool():
            return truth_of(value)
        case Fraction():
            return quantity_of(value)
        case str() | datetime.date():
            return ChoiceTerm(whole(run.variables.code(value)), TRUE)
        case Unknown() if run.open_parts_vary:
            return open_parameter_value(run.variables.parameter(declaration), declaration)
        case Unknown():
            if declaration.type.is_numeric:
                return within(None, None)
            return UNKNOWN_TRUTH if declaration.type is FactType.BOOLEAN else UNKNOWN_CHOICE
        case _:
            assert_never(value)
