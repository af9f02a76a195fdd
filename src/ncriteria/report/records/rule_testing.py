"""How the tests of criteria files are told, and what they leave untested."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ncriteria.analysis.cases import row_lines
from ncriteria.analysis.rule_testing.coverage import ConditionCoverage, ConditionOutcome, Coverage, Goal
from ncriteria.analysis.rule_testing.mutation.mutation import Edit
from ncriteria.analysis.rule_testing.mutation.survivors import Mutations, Survivor, Unchanged, Undecided
from ncriteria.analysis.rule_testing.suggest import Suggestion, Suggestions, case_lines, joined
from ncriteria.analysis.telling.boundaries import Side
from ncriteria.errors import Problem
from ncriteria.evaluation.self_tests import TestOutcome
from ncriteria.language.printer import show
from ncriteria.language.tree import Expr, FactKey, InRange
from ncriteria.quick_classes import frozen
from ncriteria.report.structure import TellingContext, record
from ncriteria.sets.model import Verdict
from ncriteria.words import Message, Phrase, phrase


@frozen
class TestsNotInherited:
    """The tests of a set that do not hold for one which extends it."""

    __test__ = False

    criteria: str
    carried_by: str
    tests: tuple[str, ...]


@frozen
class Tests:
    """What `test` finds, and the tests of extended sets that it did not run."""

    tests: tuple[TestOutcome, ...]
    not_inherited: tuple[TestsNotInherited, ...]


@frozen
class TestedSet:
    """What was found out of one set; what was not asked for is `None`, and coverage is told if `tells_coverage`."""

    criteria: str
    covered: Coverage
    tells_coverage: bool
    mutations: Mutations | None
    suggested: Suggestions | None

    @property
    def cases(self) -> tuple[Suggestion, ...]:
        """All suggested cases: for what is not covered, and for edits that go unnoticed."""
        covering = self.suggested.cases if self.suggested is not None else ()
        noticing = self.mutations.survivors if self.mutations is not None else ()
        return joined((*covering, *(survivor.case for survivor in noticing)))


@frozen
class TestedSets:
    """What `test` finds with `--coverage`, `--mutate` or `--suggest`."""

    sets: tuple[TestedSet, ...]


@frozen
class TrialTold:
    """What `try` ends with: what came out, and the test of what was given, empty where nothing was."""

    criteria: str
    year: int
    verdict: Verdict
    clauses: Mapping[str, Verdict]
    missing: tuple[FactKey, ...]
    residual: Expr
    yaml: str


SIDES: Final = {
    Side.BELOW: Message("one step below"),
    Side.AT: Message("at the boundary"),
    Side.ABOVE: Message("one step above"),
}
OUTCOMES: Final = {
    ConditionOutcome.TRUE: Message("true"),
    ConditionOutcome.FALSE: Message("false"),
    ConditionOutcome.UNKNOWN: Message("unknown"),
}
"""What a condition can come out as, and where a row lies from a boundary, in words."""


def goal_words(coverage: Coverage, goal: Goal) -> Phrase:
    """What a goal asks for, in words."""
    condition = next(one.condition for one in coverage.conditions if goal in one.wanted)
    expr = show(condition.expr)
    return phrase(
        "{path}, {role}: `{expr}` {wanted}",
        path=goal.path,
        role=goal.role,
        expr=expr,
        wanted=wanted_words(goal, condition.expr),
    )


def wanted_words(goal: Goal, expr: Expr) -> Phrase:
    """What a goal asks of the condition `expr`, in words."""
    if goal.outcome is not None:
        return phrase("is {outcome}", outcome=OUTCOMES[goal.outcome].as_phrase())
    assert goal.side is not None, "a goal is an outcome, or a side of a boundary"
    side = SIDES[goal.side].as_phrase()
    if not isinstance(expr, InRange):
        return side
    return phrase("{side} ({end})", side=side, end=phrase("upper end") if goal.threshold else phrase("lower end"))


def _coverage(tested: TestedSet, _: TellingContext) -> tuple[ConditionCoverage, ...] | None:
    return tested.covered.conditions if tested.tells_coverage else None


def _suggestions(tested: TestedSet, _: TellingContext) -> tuple[Suggestion, ...] | None:
    return None if tested.suggested is None else tested.cases


def _not_found(tested: TestedSet, _: TellingContext) -> tuple[str, ...] | None:
    if tested.suggested is None:
        return None
    return tuple(goal_words(tested.covered, goal) for goal in tested.suggested.not_found)


def _not_found_in_time(tested: TestedSet, _: TellingContext) -> tuple[str, ...] | None:
    if tested.suggested is None:
        return None
    late = [goal for goal in tested.suggested.not_found if goal in tested.suggested.out_of_time]
    return tuple(goal_words(tested.covered, goal) for goal in late)


def _never(covered: ConditionCoverage, _: TellingContext) -> tuple[ConditionOutcome, ...]:
    return tuple(goal.outcome for goal in covered.missing if goal.outcome is not None)


def _no_case(covered: ConditionCoverage, _: TellingContext) -> tuple[Side, ...]:
    return tuple(goal.side for goal in covered.missing if goal.side is not None)


def _row(survivor: Survivor, _: TellingContext) -> list[str]:
    return row_lines(survivor.case.row, with_year=survivor.case.says_year)


def _verdict_with_edit(survivor: Survivor, _: TellingContext) -> Verdict | None:
    return survivor.after if isinstance(survivor.after, Verdict) else None


def _problem_with_edit(survivor: Survivor, _: TellingContext) -> str | None:
    return survivor.after.message if isinstance(survivor.after, Problem) else None


def _what_for(case: Suggestion, around: TellingContext) -> tuple[str, ...]:
    covered = around.nearest(TestedSet).covered
    return (*(goal_words(covered, goal) for goal in case.goals), *case.notices)


def _yaml(case: Suggestion, _: TellingContext) -> str:
    return "\n".join(case_lines(case, "suggested"))


record(TestsNotInherited)
record(Tests)
record(TestedSets)
record(
    TestOutcome,
    {
        "criteria": "criteria_id",
        "test": "test_id",
        "inherited_from": "inherited_from",
        "left_out": "left_out",
        "passed": "passed",
        "failures": "failures",
        "place": "place",
    },
    omitted=("inherited_from",),
    unless_empty=("left_out",),
)
record(
    TestedSet,
    {
        "criteria": "criteria",
        "coverage": _coverage,
        "mutations": "mutations",
        "suggestions": _suggestions,
        "not_found": _not_found,
        "not_found_in_time": _not_found_in_time,
    },
    without=("covered", "tells_coverage", "suggested"),
    omitted=("coverage", "mutations", "suggestions", "not_found", "not_found_in_time"),
)
record(
    ConditionCoverage,
    {
        "clause": "condition.path",
        "role": "condition.role",
        "condition": "condition.expr",
        "place": "condition.place",
        "never": _never,
        "no_case": _no_case,
    },
    without=("wanted", "seen"),
)
record(
    Edit,
    {"clause": "path", "role": "role", "edit": "what", "after": "after", "place": "place"},
    without=("before", "criteria", "direction", "same_because"),
)
record(
    Survivor,
    {
        "judged": "case.path",
        "row": _row,
        "verdict": "case.verdict",
        "verdict_with_edit": _verdict_with_edit,
        "problem_with_edit": _problem_with_edit,
    },
    spread="edit",
    without=("case", "after"),
)
record(Unchanged, spread="edit")
record(Undecided, {"reason": "reason", "rows_searched": "searched", "in_time": "in_time"}, spread="edit")
record(
    Mutations,
    {
        "noticed": "noticed",
        "unnoticed": "survivors",
        "unchanged": "unchanged",
        "undecided": "undecided",
        "all_edits_made": "all_made",
    },
    without=("criteria", "findings"),
)
record(
    Suggestion,
    {"clause": "path", "verdict": "verdict", "for": _what_for, "yaml": _yaml},
    without=("row", "missing", "goals", "notices", "says_year", "grades"),
)
record(TrialTold)
