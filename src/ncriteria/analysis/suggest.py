"""Missing tests, found by trying rows: each is judged by the evaluator, and left to an officer to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import evolve, frozen

from ncriteria.analysis.coverage import Coverage, Goal, seen_in
from ncriteria.analysis.coverage_conditions import BASE
from ncriteria.analysis.routes import Route, replaced
from ncriteria.analysis.rows import Row, flow, judged, row_lines
from ncriteria.analysis.slicing import Member, sliced, with_member
from ncriteria.analysis.suggest_rows import MOST_ROWS, telling_rows
from ncriteria.errors import NCriteriaError
from ncriteria.language.queries import earlier_terms
from ncriteria.language.tree import Boolean, Compare, CompareOp, If, Number
from ncriteria.sets.model import Clause, CriteriaSet, Verdict

_ENOUGH = 12
"""Rows that show one goal, from which the most telling is taken."""


@frozen
class Suggestion:
    """A case that no test has yet: the row, the verdict that the evaluator gives it, and what it is for.

    `missing` are the facts that an undetermined verdict waits for. `says_year` is set where the row is not of the first
    year that the set holds for.
    """

    path: str
    row: Row
    verdict: Verdict
    missing: tuple[str, ...]
    goals: tuple[Goal, ...] = ()
    notices: tuple[str, ...] = ()
    says_year: bool = False


@frozen
class Suggestions:
    """The cases that were found, and the goals for which the search found none."""

    cases: tuple[Suggestion, ...]
    not_found: tuple[Goal, ...]


def suggest(coverage: Coverage, most: int = MOST_ROWS) -> Suggestions:
    """A case for everything that `coverage` misses, in the order of the rules; `most` rows are tried on each clause."""
    goals: dict[str, list[Goal]] = {}
    for goal in coverage.missing:
        goals.setdefault(goal.path, []).append(goal)
    cases: list[Suggestion] = []
    for path, missing in goals.items():
        cases += _cases_of_clause(coverage.criteria, path, missing, most)
    found = {goal for case in cases for goal in case.goals}
    return Suggestions(tuple(cases), tuple(goal for goal in coverage.missing if goal not in found))


def _cases_of_clause(criteria: CriteriaSet, path: str, missing: list[Goal], most: int) -> list[Suggestion]:
    part = sliced(criteria, [path])
    rows = _rows_by_goal(part, path, missing, most)
    found: dict[int, tuple[Row, list[Goal]]] = {}
    for goal in missing:
        plain = sorted(rows[goal], key=_plainness)
        chosen = next((row for row in plain if _decides(part, goal, row)), None) or next(iter(plain), None)
        if chosen is not None:
            found.setdefault(id(chosen), (chosen, []))[1].append(goal)
    return [suggestion(part, path, row, tuple(shown)) for row, shown in found.values()]


def suggestion(
    part: CriteriaSet, path: str, row: Row, goals: tuple[Goal, ...] = (), notices: tuple[str, ...] = ()
) -> Suggestion:
    """The case of `row` for the clause at `path`, with the verdict that the evaluator gives it."""
    outcome = judged(part, row)[path]
    missing = tuple(map(str, outcome.missing)) if outcome.verdict is Verdict.UNDETERMINED else ()
    return Suggestion(path, row, outcome.verdict, missing, goals, notices, row.year != part.years.first)


def _rows_by_goal(part: CriteriaSet, path: str, missing: Iterable[Goal], most: int) -> Mapping[Goal, list[Row]]:
    rows: dict[Goal, list[Row]] = {goal: [] for goal in missing}
    wanting = set(rows)
    for row in telling_rows(part, part.years.first, most):
        if not wanting:
            break
        try:
            outcome = judged(part, row)[path]
        except NCriteriaError:
            continue
        for goal in seen_in(part, outcome, row.shares) & wanting:
            rows[goal].append(row)
            if len(rows[goal]) == _ENOUGH:
                wanting.discard(goal)
    return rows


def _plainness(row: Row) -> tuple[int, Fraction]:
    numbers = (abs(value) for value in row.facts.values() if isinstance(value, Fraction))
    return (len(row.facts) + len(row.parameters) + len(row.shares), sum(numbers, Fraction(0)))


def _decides(part: CriteriaSet, goal: Goal, row: Row) -> bool:
    """Whether the condition of `goal` decides the verdict on `row`: true and false in its place give two verdicts."""
    verdicts = set()
    for value in (True, False):
        try:
            verdicts.add(judged(_forced(part, goal, value), row)[goal.path].verdict)
        except NCriteriaError:
            return False
    return len(verdicts) == 2


def _forced(part: CriteriaSet, goal: Goal, value: bool) -> CriteriaSet:
    """The slice with `value` in the place of the condition of `goal`."""

    def force(member: Member) -> Member:
        if goal.role == "applies_when" and member.applies_when is not None:
            return evolve(member, applies_when=replaced(member.applies_when, goal.route, Boolean(value)))
        assert isinstance(member, Clause)
        assert member.rule is not None
        rule, route = member.rule, goal.route
        if member.zero_base is not None:
            # Written out, for a rule without its earlier-year value has no base.
            (term,) = earlier_terms(member.rule)
            rule = If(Compare(CompareOp.EQ, term, Number(Fraction(0))), member.zero_base, member.rule)
            route = _written_out(goal)
        return evolve(member, rule=replaced(rule, route, Boolean(value)), zero_base=None)

    return with_member(part, goal.path, force)


def _written_out(goal: Goal) -> Route:
    if goal.route == BASE:
        return (0,)
    return (1, *goal.route) if goal.role == "when_zero_base" else (2, *goal.route)


def joined(cases: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """`cases` with those that are of one clause and one row made one."""
    found: list[Suggestion] = []
    for case in cases:
        same = next((index for index, one in enumerate(found) if (one.path, one.row) == (case.path, case.row)), None)
        if same is None:
            found.append(case)
        else:
            first = found[same]
            goals, notices = (*first.goals, *case.goals), (*first.notices, *case.notices)
            found[same] = evolve(first, goals=goals, notices=notices)
    return tuple(found)


def case_lines(case: Suggestion, identifier: str) -> list[str]:
    """The case as an item of `tests:`, to be pasted into the file."""
    lines = [f"  - id: {identifier}", *(f"    {line}" for line in row_lines(case.row, with_year=case.says_year))]
    lines.append(f"    expect: {flow({case.path: case.verdict.value})}")
    if case.verdict is Verdict.UNDETERMINED:
        lines.append(f"    missing: [{', '.join(_quoted(name) for name in case.missing)}]")
    return lines


def _quoted(name: str) -> str:
    return f'"{name}"' if "(" in name else name
