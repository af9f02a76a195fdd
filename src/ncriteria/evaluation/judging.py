"""Judging one record: every clause of a set, from its facts to its verdict. This is the specification."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never, cast

from attrs import field, frozen

from ncriteria.errors import Problem
from ncriteria.evaluation import simplifying
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.record import Record, seen_from, share
from ncriteria.evaluation.residuals import residual
from ncriteria.evaluation.result import ClauseResult, Open, Result
from ncriteria.evaluation.statuses import (
    Conditions,
    Kleene,
    Status,
    group_status,
    left_to_decide,
    satisfied,
    verdict,
)
from ncriteria.evaluation.tracing import Leaf, Step, trace
from ncriteria.language.queries import walk
from ncriteria.language.source import Finding
from ncriteria.language.tree import Expr, FactKey, FactRef, Met, Parameter, ShareMet
from ncriteria.language.values import UNKNOWN, Interval, Truth, Undefined, Unknown, Value, intersection
from ncriteria.sets.model import Clause, Combination, FactValue, Group

_KLEENE = Kleene()
_CONDITIONS = Conditions()
_ANY_SHARE = Interval(Fraction(0), Fraction(1))


@frozen
class _Run:
    """One judging: what is known, and what has been judged so far, by path."""

    lowered: LoweredSet
    record: Record
    known: dict[FactKey, FactValue]
    truths: dict[str, Status[Truth]] = field(factory=dict)
    conditions: dict[str, Status[Expr]] = field(factory=dict)
    results: dict[str, ClauseResult] = field(factory=dict)
    applying: dict[str, Truth] = field(factory=dict)
    problems: list[tuple[str, Problem]] = field(factory=list)


def judge(lowered: LoweredSet, record: Record) -> Result:
    """The outcome of `record` under the lowered set.

    Raises `EvaluationError` where a rule that applies has no value, such as a division by zero.
    """
    run = _judged_run(lowered, record)
    problems = [problem for path, problem in run.problems if _surrounded_by_what_applies(run, path)]
    if problems:
        raise EvaluationError(problems)
    return _result(run)


def _judged_run(lowered: LoweredSet, record: Record) -> _Run:
    """A run in which every clause and group has been judged."""
    run = _Run(lowered, record, seen_from(record.values, record.year))
    members = {member.path: member for member in lowered.criteria.members()}
    for path in lowered.order:
        _judge_member(run, members[path])
    return run


@frozen
class Statuses:
    """Whether each clause and group applies and holds, by path, and whether the condition of each group is true.

    `problems` has the rules that are needed and have no value.
    """

    truths: Mapping[str, Status[Truth]]
    applying: Mapping[str, Truth]
    problems: tuple[Problem, ...]


def statuses(lowered: LoweredSet, record: Record) -> Statuses:
    """What `judge` finds out before it reads verdicts, for engines that put it together themselves."""
    run = _judged_run(lowered, record)
    problems = tuple(problem for path, problem in run.problems if _surrounded_by_what_applies(run, path))
    return Statuses(run.truths, run.applying, problems)


def _surrounded_by_what_applies(run: _Run, path: str) -> bool:
    """Whether every group around `path` applies, so that a clause in it without a value is an error.

    A group that was left out, in a part of a set, counts as one that applies.
    """
    steps = path.split("/")
    return all(run.applying.get("/".join(steps[:depth]), True) is True for depth in range(1, len(steps)))


def _result(run: _Run) -> Result:
    criteria = run.lowered.criteria
    whole = Group("", criteria.title, Combination.ALL, criteria.clauses)
    _judge_group(run, whole)
    outcome = run.results.pop(whole.path)
    return Result(
        criteria=criteria,
        record=run.record,
        verdict=outcome.verdict,
        residual=outcome.residual,
        missing=outcome.missing,
        open=outcome.open,
        clauses={member.path: run.results[member.path] for member in criteria.members()},
        parameters=run.lowered.parameters,
    )


def _judge_member(run: _Run, member: Clause | Group) -> None:
    match member:
        case Clause():
            _judge_clause(run, member)
        case Group():
            _judge_group(run, member)
        case _:
            assert_never(member)


def _judge_clause(run: _Run, clause: Clause) -> None:
    rules = run.lowered.clauses[clause.path]
    applies, condition, applies_step = _decided(run, clause, rules.applies_when)
    rule_step = None if rules.rule is None else trace(rules.rule, lambda leaf: _look_up(run, leaf))
    holds: Truth = UNKNOWN
    left: Expr = Met(clause.path)
    if rule_step is not None:
        holds, left = _truth(run, clause, rule_step, needed=applies), residual(rule_step)
    truths, conditions = Status(applies, holds), Status(condition, left)
    _record(run, clause, truths, conditions, rule_step, applies_step)


def _judge_group(run: _Run, group: Group) -> None:
    lowered = run.lowered.clauses.get(group.path)
    applies, condition, step = _decided(run, group, lowered.applies_when if lowered else None)
    run.applying[group.path] = applies
    paths = [member.path for member in group.members]
    truths = group_status(_KLEENE, group, applies, [run.truths[path] for path in paths])
    conditions = group_status(_CONDITIONS, group, condition, [run.conditions[path] for path in paths])
    _record(run, group, truths, conditions, None, step)


def _decided(run: _Run, member: Clause | Group, expr: Expr | None) -> tuple[Truth, Expr, Step | None]:
    """Whether `member` applies: as a truth, as the condition that is left, and with its trace."""
    if expr is None:
        return True, simplifying.TRUE, None
    step = trace(expr, lambda leaf: _look_up(run, leaf))
    return _truth(run, member, step, needed=True), residual(step), step


def _truth(run: _Run, member: Clause | Group, step: Step, *, needed: Truth) -> Truth:
    """The truth of a traced condition; one that has no value is a problem only where it is needed."""
    value = step.value
    if not isinstance(value, Undefined):
        # The static check has made sure that a rule is a condition.
        return cast("Truth", value)
    if needed is True:
        where = f" ({run.record.place})" if run.record.place is not None else ""
        finding = value.finding
        message = f'in "{member.path}"{where}: {finding.message}'
        run.problems.append((member.path, Problem(finding.code, message, member.place, finding.hint)))
    return UNKNOWN


def _record(
    run: _Run,
    member: Clause | Group,
    truths: Status[Truth],
    conditions: Status[Expr],
    rule: Step | None,
    applies_when: Step | None,
) -> None:
    left = left_to_decide(truths, conditions)
    missing, open_ = _waiting_for(run, left)
    run.truths[member.path], run.conditions[member.path] = truths, conditions
    run.results[member.path] = ClauseResult(member, verdict(truths), left, missing, open_, rule, applies_when)


def _waiting_for(run: _Run, left: Expr) -> tuple[tuple[FactKey, ...], Open]:
    """The facts, and all else, that the condition `left` waits for; references to clauses are followed."""
    missing: dict[FactKey, None] = {}
    clauses: dict[str, None] = {}
    parameters: dict[str, None] = {}
    roll_ups: dict[tuple[str, str], None] = {}
    for node in walk(left):
        match node:
            case FactRef(key=key):
                missing[key] = None
            case Parameter(name=name):
                parameters[name] = None
            case ShareMet(level=level, path=path):
                roll_ups[level, path] = None
            case Met(path=path) if path in run.results:
                referred = run.results[path]
                missing.update(dict.fromkeys(referred.missing))
                clauses.update(dict.fromkeys(referred.open.clauses))
                parameters.update(dict.fromkeys(referred.open.parameters))
                roll_ups.update(dict.fromkeys(referred.open.roll_ups))
            case Met(path=path):
                clauses[path] = None
            case _:
                pass
    return tuple(missing), Open(tuple(clauses), tuple(parameters), tuple(roll_ups))


def _look_up(run: _Run, leaf: Leaf) -> Value:
    return leaf_value(run.lowered, run.record, run.known, run.truths, leaf)


def leaf_value(
    lowered: LoweredSet,
    record: Record,
    known: Mapping[FactKey, FactValue],
    truths: Mapping[str, Status[Truth]],
    leaf: Leaf,
) -> Value:
    """The value of a leaf of a lowered rule: `known` has the facts as seen from the year, `truths` what was judged."""
    match leaf:
        case FactRef(key=key):
            return _fact(lowered, known, key)
        case Parameter(name=name):
            value = lowered.parameters[name]
            kind = lowered.criteria.parameters[name].type
            return Interval() if isinstance(value, Unknown) and kind.is_numeric else value
        case Met(path=path):
            return satisfied(_KLEENE, truths[path])
        case ShareMet(level=level, path=path):
            return _share(record, leaf, level, path)
        case _:
            assert_never(leaf)


def _fact(lowered: LoweredSet, known: Mapping[FactKey, FactValue], key: FactKey) -> Value:
    """What is known of a fact: its value, or bounds, never wider than its declared range."""
    declaration = lowered.criteria.facts[key.name]
    value = known.get(key)
    if value is None:
        return declaration.when_missing
    if isinstance(value, Interval):
        narrowed = intersection(value, cast("Interval", declaration.when_missing))
        return value if narrowed is None else narrowed
    return value


def _share(record: Record, leaf: ShareMet, level: str, path: str) -> Value:
    roll_up = record.shares.get((level, path))
    if roll_up is None:
        return _ANY_SHARE
    value = share(roll_up)
    if value is None:
        message = f'"{path}" applies to no {level}, so there is no share of those that meet it'
        return Undefined(Finding("NC305", message, leaf.span))
    return value
