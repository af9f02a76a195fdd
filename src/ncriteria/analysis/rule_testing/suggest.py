"""Missing tests, found by trying rows: each is judged by the evaluator, and left to an officer to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain

from attrs import evolve, field

from ncriteria.analysis.cases import Row, RowJudge, flow, judged, row_lines, written_key
from ncriteria.analysis.deadline import NEVER, Deadline, OutOfTimeError
from ncriteria.analysis.rule_testing.conditions import BASE
from ncriteria.analysis.rule_testing.coverage import Coverage, Goal, seen_in, seen_on_scale
from ncriteria.analysis.rule_testing.routes import Route, replaced
from ncriteria.analysis.slicing import Member, part_judging, with_member
from ncriteria.analysis.telling.candidates import MOST_ROWS, telling_rows
from ncriteria.errors import NCriteriaError
from ncriteria.evaluation.graded import level_reached
from ncriteria.evaluation.records.record import in_view
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.language.queries import earlier_terms, facts_of
from ncriteria.language.tree import Boolean, Compare, CompareOp, FactKey, If, InYear, Number
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import graded, graded_path, is_grade, path_of_grade, written_members
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, Verdict
from ncriteria.sets.structure import expressions

_SEARCHING = 0.7
"""The share of the time in which rows are tried; the rest is kept to choose among them."""
_ENOUGH = 12
"""Rows that show one goal, from which the most telling is taken."""


@frozen
class Suggestion:
    """A case that no test has yet: the row, the verdict that the evaluator gives it, and what it is for.

    `missing` are the facts that an undetermined verdict waits for. At the path of a grade the verdict is that of its
    level, and `grades` are those that the row can have. `says_year` is set where the row is not of the first
    year that the set holds for.
    """

    path: str
    row: Row
    verdict: Verdict
    missing: tuple[str, ...]
    goals: tuple[Goal, ...] = ()
    notices: tuple[str, ...] = ()
    says_year: bool = False
    grades: tuple[str, ...] = ()


@frozen
class Suggestions:
    """The cases that were found, and the goals for which the search found none.

    `out_of_time` are those among `not_found` whose search was ended by a deadline.
    """

    cases: tuple[Suggestion, ...]
    not_found: tuple[Goal, ...]
    out_of_time: frozenset[Goal] = frozenset()


def suggest(coverage: Coverage, most: int = MOST_ROWS, deadline: Deadline = NEVER) -> Suggestions:
    """A case for everything that `coverage` misses, in the order of the rules.

    `most` rows are tried on each clause; the clauses share the time up to the `deadline`.
    """
    goals: dict[str, list[Goal]] = {}
    for goal in coverage.missing:
        goals.setdefault(goal.path, []).append(goal)
    cases: list[Suggestion] = []
    late: set[Goal] = set()
    for index, (path, missing) in enumerate(goals.items()):
        search, share = _GoalSearch(coverage.criteria, path, missing), deadline.turn(len(goals) - index)
        try:
            search.run(most, share.part(_SEARCHING))
        except OutOfTimeError:
            late.update(missing)
        cases += _cases_of_clause(search, share)
    found = {goal for case in cases for goal in case.goals}
    not_found = tuple(goal for goal in coverage.missing if goal not in found)
    return Suggestions(tuple(cases), not_found, frozenset(late & set(not_found)))


def _cases_of_clause(search: _GoalSearch, deadline: Deadline) -> list[Suggestion]:
    """The plainest case for each goal, or one that another goal has already; one whose verdict rests on the condition,
    where that is found in time.
    """
    part, path, whole = search.part, search.path, RowJudge(search.criteria)
    found: dict[int, tuple[Row, list[Goal]]] = {}
    # Sides of limits come first: a case at one shows an outcome of its condition too.
    for goal in sorted(search.rows, key=lambda goal: goal.outcome is not None):
        plain = sorted(search.rows[goal], key=lambda row: (id(row) not in found, _plainness(row)))
        telling = iter(plain)
        if not is_grade(path):
            forced = [RowJudge(_forced(part, goal, value)) for value in (True, False)]
            telling = (row for row in plain if not deadline.passed and _decides(forced, goal, row))
        # A test judges the whole set, of which another rule may have no value on a row.
        usable = (row for row in chain(telling, plain) if is_judged(whole, row))
        chosen = next(usable, None)
        if chosen is not None:
            found.setdefault(id(chosen), (chosen, []))[1].append(goal)
    order = {goal: index for index, goal in enumerate(search.goals)}
    told = [(row, sorted(shown, key=order.__getitem__)) for row, shown in found.values()]
    told.sort(key=lambda case: order[case[1][0]])
    return [suggestion(part, path, row, tuple(shown)) for row, shown in told]


def suggestion(
    part: CriteriaSet, path: str, row: Row, goals: tuple[Goal, ...] = (), notices: tuple[str, ...] = ()
) -> Suggestion:
    """The case of `row` for the clause at `path`, with the verdict that the evaluator gives it."""
    result = judged(part, row)
    verdict, outcome = verdict_at(result, path), outcome_at(result, path)
    written = _written_periods(part, row.year)
    facts = {written.get(key, key): value for key, value in row.facts.items()}
    missing = () if is_grade(path) or verdict is not Verdict.UNDETERMINED else outcome.missing
    graded = outcome.graded if is_grade(path) else None
    return Suggestion(
        path,
        evolve(row, facts=facts),
        verdict,
        tuple(str(written.get(key, key)) for key in missing),
        goals,
        notices,
        row.year != part.years.first,
        () if graded is None else tuple(one.id for one in graded.possible),
    )


def outcome_at(result: Result, path: str) -> Result | ClauseResult:
    """What came out for the clause at `path`, or for what the grade at `path` is of."""
    owner = graded_path(path)
    return result if owner == WHOLE_SET else result[owner]


def verdict_at(result: Result, path: str) -> Verdict:
    """The verdict of the clause at `path`, or whether the level of a grade is reached, under a part that has levels."""
    outcome = outcome_at(result, path)
    if not is_grade(path):
        return outcome.verdict
    scale = graded(result.criteria)[graded_path(path)]
    (grade,) = (one.id for one in scale if path_of_grade(graded_path(path), one.id) == path)
    return level_reached(outcome.graded, scale, grade)


def is_judged(judge: RowJudge, row: Row) -> bool:
    """Whether every rule that applies has a value on `row`, as a test of the set needs it."""
    try:
        judge.judged(row)
    except NCriteriaError:
        return False
    return True


def _written_periods(part: CriteriaSet, year: int) -> dict[FactKey, FactKey]:
    """The facts of fixed years as the rules write them, `at(x, 2019)`, by how they are seen from the `year`."""
    keys = {key for member in written_members(part) for _, expr in expressions(member) for key in facts_of(expr)}
    fixed = {FactKey(key.name, in_view(key.period, year)): key for key in keys if isinstance(key.period, InYear)}
    return {seen: key for seen, key in fixed.items() if seen not in keys}


@frozen
class _GoalSearch:
    """A search for rows that show the `goals` of one clause, with those found so far."""

    criteria: CriteriaSet
    path: str
    goals: Sequence[Goal]
    part: CriteriaSet = field(init=False)
    rows: dict[Goal, list[Row]] = field(init=False)

    @part.default
    def _sliced(self) -> CriteriaSet:
        return part_judging(self.criteria, self.path)

    @rows.default
    def _none_yet(self) -> dict[Goal, list[Row]]:
        return {goal: [] for goal in self.goals}

    def run(self, most: int, deadline: Deadline) -> None:
        """Try up to `most` rows; raises `OutOfTimeError` where the `deadline` passes before."""
        wanting, judge = set(self.rows), RowJudge(self.part)
        for row in telling_rows(self.part, self.part.years.first, most, deadline=deadline):
            if not wanting:
                return
            try:
                seen = self.seen(judge.judged(row), row)
            except NCriteriaError:
                continue
            for goal in seen & wanting:
                self.rows[goal].append(row)
                if len(self.rows[goal]) == _ENOUGH:
                    wanting.discard(goal)

    def seen(self, result: Result, row: Row) -> frozenset[Goal]:
        """What a row shows of the clause, or of the scale of the grade."""
        if is_grade(self.path):
            return seen_on_scale(result, graded_path(self.path))
        return seen_in(self.part, result[self.path], row.shares)


def _plainness(row: Row) -> tuple[int, Fraction]:
    numbers = (abs(value) for value in row.facts.values() if isinstance(value, Fraction))
    return (len(row.facts) + len(row.parameters) + len(row.shares), sum(numbers, Fraction(0)))


def _decides(forced: Iterable[RowJudge], goal: Goal, row: Row) -> bool:
    """Whether the condition of `goal` decides the verdict on `row`: true and false in its place give two verdicts."""
    try:
        return len({judge.judged(row)[goal.path].verdict for judge in forced}) == 2
    except NCriteriaError:
        return False


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
    if is_grade(case.path):
        grades = case.grades[0] if len(case.grades) == 1 else f"[{', '.join(case.grades)}]"
        return [*lines, f"    grades: {flow({graded_path(case.path) or 'set': grades})}"]
    lines.append(f"    expect: {flow({case.path: case.verdict.value})}")
    if case.verdict is Verdict.UNDETERMINED:
        lines.append(f"    missing: [{', '.join(written_key(name) for name in case.missing)}]")
    return lines
