"""Which conditions of a set's rules its embedded tests see true, false and unknown, and which thresholds they try.

A test counts towards the clauses whose verdict it expects, and there only where the clause applies: what a test does
not look at, it does not cover. Of each grade the tests that expect grades should see that it is given, and that not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from enum import Enum

from ncriteria.analysis.cases import Row, judged
from ncriteria.analysis.rule_testing.conditions import (
    WHEN,
    Condition,
    answers,
    conditions,
    conditions_of_grades,
    falls,
    lowered_condition,
)
from ncriteria.analysis.rule_testing.routes import Route
from ncriteria.analysis.telling import boundaries
from ncriteria.errors import NCriteriaError
from ncriteria.evaluation.records.tracing import Step, trace
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.language import tree as t
from ncriteria.language.queries import walk
from ncriteria.language.values import UNKNOWN, Truth, Unknown
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import graded, path_of_grade
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import WHOLE_SET, CriteriaSet, EmbeddedTest, Verdict


class ConditionOutcome(Enum):
    """What a condition can come out as."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


@frozen
class Goal:
    """One thing that a test should see: an outcome of a condition, or a row on one side of one of its thresholds.

    `threshold` counts the thresholds of a range: 0 its lower end, 1 its upper.
    """

    path: str
    role: str
    route: Route
    outcome: ConditionOutcome | None = None
    threshold: int = 0
    side: boundaries.Side | None = None


@frozen
class ConditionCoverage:
    """What the tests have seen of one condition; `wanted` leaves out what its declared ranges make impossible."""

    condition: Condition
    wanted: frozenset[Goal]
    seen: frozenset[Goal]

    @property
    def missing(self) -> tuple[Goal, ...]:
        """What no test has seen, outcomes before sides of thresholds."""
        return tuple(sorted(self.wanted - self.seen, key=_order))


def _order(goal: Goal) -> tuple[int, int, int]:
    if goal.outcome is not None:
        return (0, 0, list(ConditionOutcome).index(goal.outcome))
    return (1, goal.threshold, list(boundaries.Side).index(goal.side or boundaries.Side.AT))


@frozen
class Coverage:
    """The coverage of one set: every condition of every rule, and every grade."""

    criteria: CriteriaSet
    conditions: tuple[ConditionCoverage, ...]

    @property
    def is_full(self) -> bool:
        """Whether nothing that can be seen is missing."""
        return not any(covered.missing for covered in self.conditions)

    @property
    def missing(self) -> tuple[Goal, ...]:
        """Everything that no test has seen, in the order of the rules."""
        return tuple(goal for covered in self.conditions for goal in covered.missing)


def coverage_of(located: LocatedSet) -> Coverage:
    """The coverage of a set by its embedded tests; a test that cannot be judged covers nothing."""
    criteria = located.criteria
    return covered(located, {goal for test in criteria.all_tests for goal in seen_by_test(criteria, test)})


def covered(located: LocatedSet, seen: Set[Goal]) -> Coverage:
    """The coverage of a set of which the tests have `seen` so much."""
    criteria = located.criteria
    found = []
    for condition in conditions(located):
        wanted = frozenset(wanted_of(criteria, condition))
        found.append(ConditionCoverage(condition, wanted, wanted & seen))
    for condition in conditions_of_grades(criteria):
        wanted = frozenset(_of_grade(condition.path, given) for given in (True, False))
        found.append(ConditionCoverage(condition, wanted, wanted & seen))
    return Coverage(criteria, tuple(found))


def _of_grade(path: str, given: bool) -> Goal:
    """That a test sees a grade given, or not given."""
    return Goal(path, WHEN, (), _OUTCOMES[given])


def wanted_of(criteria: CriteriaSet, condition: Condition) -> Iterator[Goal]:
    """What should be seen of one condition, as far as declared ranges leave it possible."""
    lowered = lowered_condition(criteria, condition)
    for outcome in _possible_outcomes(criteria, lowered):
        yield Goal(condition.path, condition.role, condition.route, outcome)
    if isinstance(condition.expr, (t.Compare, t.InRange, t.Decreasing)):
        comparisons = lowered.operands if isinstance(lowered, t.And) else (lowered,)
        for comparison in comparisons:
            for index, threshold in enumerate(boundaries.thresholds(comparison)):
                for side in boundaries.possible_sides(criteria, threshold):
                    yield Goal(condition.path, condition.role, condition.route, None, index, side)


def _possible_outcomes(criteria: CriteriaSet, lowered: t.Expr) -> tuple[ConditionOutcome, ...]:
    open_value = trace(lowered, boundaries.nothing_known(criteria)).value
    nodes = list(walk(lowered))
    if any(isinstance(node, (t.Known, t.Coalesce)) for node in nodes):
        return tuple(ConditionOutcome) if open_value is UNKNOWN else (ConditionOutcome.TRUE, ConditionOutcome.FALSE)
    if isinstance(open_value, bool):
        return (ConditionOutcome.TRUE if open_value else ConditionOutcome.FALSE,)
    can_be_unknown = any(isinstance(node, (t.FactRef, t.Met, t.Within)) or _is_open(criteria, node) for node in nodes)
    return tuple(ConditionOutcome) if can_be_unknown else (ConditionOutcome.TRUE, ConditionOutcome.FALSE)


def _is_open(criteria: CriteriaSet, node: t.Expr) -> bool:
    """Whether `node` is a parameter whose value the law leaves open in some year."""
    return isinstance(node, t.Parameter) and any(
        isinstance(dated.value, Unknown) for dated in criteria.parameters[node.name].values
    )


def seen_by_test(criteria: CriteriaSet, test: EmbeddedTest) -> frozenset[Goal]:
    """What one embedded test sees of the clauses whose verdict it expects."""
    year = criteria.years.first if test.year is None else test.year
    row = Row(test.given, year, test.parameters, test.shares, test.attested)
    try:
        result = judged(criteria, row)
    except NCriteriaError:
        return frozenset()
    # What is attested says nothing of the rules of its clause.
    by_rules = test.expect.keys() - test.attested.keys()
    seen = {goal for path in by_rules for goal in seen_in(criteria, result[path], row.shares)}
    return frozenset(seen.union(*(seen_on_scale(result, path) for path in test.grades)))


def seen_on_scale(result: Result, path: str) -> frozenset[Goal]:
    """Which grade of the scale at `path` is given, and which are not; nothing where that is open."""
    graded_here = result.graded if path == WHOLE_SET else result[path].graded
    given = None if graded_here is None else graded_here.grade
    if given is None:
        return frozenset()
    scale = graded(result.criteria)[path]
    return frozenset(_of_grade(path_of_grade(path, one.id), one.id == given.id) for one in scale)


def seen_in(criteria: CriteriaSet, outcome: ClauseResult, shares: boundaries.Shares) -> frozenset[Goal]:
    """What the judgement of one clause shows of its conditions; of its rule nothing where the clause does not apply."""
    found: set[Goal] = set()
    path = outcome.path

    def see(role: str, route: Route, expr: t.Expr, step: Step) -> None:
        if step.value is UNKNOWN or isinstance(step.value, bool):
            found.add(Goal(path, role, route, _OUTCOMES[step.value]))
        for comparison in falls(step) if isinstance(expr, t.Decreasing) else (step,):
            for index, side in _sides(criteria, comparison, shares):
                found.add(Goal(path, role, route, None, index, side))

    rule = None if outcome.verdict is Verdict.NOT_APPLICABLE else outcome.rule
    answers(outcome.clause, rule, outcome.applies_when, see)
    return frozenset(found)


_OUTCOMES: Mapping[Truth, ConditionOutcome] = {
    True: ConditionOutcome.TRUE,
    False: ConditionOutcome.FALSE,
    UNKNOWN: ConditionOutcome.UNKNOWN,
}
_PAIRS: Mapping[type[t.Expr], tuple[tuple[int, int], ...]] = {t.Compare: ((0, 1),), t.InRange: ((0, 1), (0, 2))}


def _sides(criteria: CriteriaSet, step: Step, shares: boundaries.Shares) -> Iterator[tuple[int, boundaries.Side]]:
    for index, (left, right) in enumerate(_PAIRS.get(type(step.expr), ())):
        side = boundaries.side_of(criteria, step, step.parts[left], step.parts[right], shares)
        if side is not None:
            yield index, side
