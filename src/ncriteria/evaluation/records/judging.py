"""Judging one record: every clause of a set, from its facts to its verdict. This is the specification."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from ncriteria.errors import Problem
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.graded import without_grade
from ncriteria.evaluation.lowering import LoweredClause, LoweredSet
from ncriteria.evaluation.records.attesting import as_attested, contradicted
from ncriteria.evaluation.records.grounds import Grounds
from ncriteria.evaluation.records.ready import Case, Ready, rules_of
from ncriteria.evaluation.records.record import Record, seen_from
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.evaluation.statuses import Judged, judge_set, verdict, without_value
from ncriteria.language.exact import EXACT
from ncriteria.language.values import UNKNOWN, Computed, Undefined
from ncriteria.quick_classes import frozen
from ncriteria.sets.inside import CONDITION
from ncriteria.sets.model import WHOLE_SET, Clause, Group
from ncriteria.sets.years.in_force import days_outside, retroactive_since
from ncriteria.words import phrase

_ready = lru_cache(maxsize=256)(rules_of)


def judge(lowered: LoweredSet, record: Record) -> Result:
    """The outcome of `record` under the lowered set: the verdicts at once, their grounds when they are asked for.

    Raises `EvaluationError` where a rule that applies has no value, such as a division by zero.
    """
    found = statuses(lowered, record)
    if problems := (*found.problems, *found.contradicted):
        raise EvaluationError(problems)
    lowered, judged = found.lowered, found.judged
    grounds, members = Grounds(lowered, found.case, judged, record), lowered.members
    clauses = {path: ClauseResult(members[path], verdict(judged[path]), grounds) for path in lowered.paths}
    whole = ClauseResult(members[WHOLE_SET], verdict(judged[WHOLE_SET]), grounds)
    since = retroactive_since(lowered.criteria, record.year)
    outside = days_outside(lowered.criteria, record.year)
    return Result(lowered.criteria, record, whole.verdict, clauses, lowered.parameters, whole, since, outside)


@frozen
class Statuses:
    """How each clause and group came out, by path; `problems` has the rules that are needed and have no value.

    `lowered` is the set with what is attested. `case` has the facts as seen from the assessment year, and which members
    are met or do not apply. `contradicted` has the attestations of which the rules say something else.
    """

    lowered: LoweredSet
    judged: Mapping[str, Judged[Computed]]
    case: Case
    problems: tuple[Problem, ...]
    contradicted: tuple[Problem, ...] = ()


def statuses(lowered: LoweredSet, record: Record) -> Statuses:
    """What `judge` finds out before it reads verdicts, for engines that put it together themselves."""
    lowered = as_attested(lowered, record)
    rules, met = _ready(lowered), dict[str, Computed]()
    case = Case(seen_from(record.values, record.year), record.shares, met)

    judged = judge_set(EXACT, lowered, rules, lambda rule: rule(case), _is_open, met)
    wrong = [path for path, one in judged.items() if one.undefined is True and _is_needed(judged, path)]
    problems = [problem for path in wrong for problem in _problems(lowered.members[path], rules[path], case, record)]
    ungraded = () if problems else without_grade(lowered.scales, judged, record.place)
    return Statuses(lowered, judged, case, (*problems, *ungraded), tuple(_contradicted(lowered, record, case)))


def _contradicted(lowered: LoweredSet, record: Record, case: Case) -> Iterator[Problem]:
    """Attestations that the rules of the set contradict."""
    if lowered.by_rules is not None:
        rules = _ready(lowered.by_rules)
        for path, attestation in record.attested.items():
            yield from contradicted(lowered.members[path], rules[path], case, attestation, record)


def _is_open(path: str) -> Computed:
    """A clause that is not encoded is unknown."""
    return UNKNOWN


def _is_needed(judged: Mapping[str, Judged[Computed]], path: str) -> bool:
    return without_value(EXACT, judged, path) is True


def _problems(member: Clause | Group, rules: LoweredClause[Ready], case: Case, record: Record) -> Iterator[Problem]:
    """Why the rules of a member have no value."""
    where = f" ({record.place})" if record.place is not None else ""
    applies = True if rules.applies_when is None else rules.applies_when(case)
    for value in (applies, rules.rule(case) if rules.rule is not None and applies is True else None):
        if isinstance(value, Undefined):
            finding = value.finding
            in_clause = phrase('in "{path}"{where}: {finding}', path=member.path, where=where, finding=finding.message)
            # A condition of a unit inside stands in no clause of its own.
            message = finding.message if member.path == CONDITION else in_clause
            yield Problem(finding.code, message, member.place, finding.hint)
