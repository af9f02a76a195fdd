"""A trial of a set: what is given of one unit so far, what comes out, and the test that says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from attrs import evolve, field

from ncriteria.analysis.cases import Row, RowJudge, flow, row_lines, written_key
from ncriteria.analysis.deadline import Deadline
from ncriteria.analysis.room.rooms import Room, room_of
from ncriteria.errors import Problem
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.records.attesting import as_attested
from ncriteria.evaluation.result import Result
from ncriteria.language.printer import show
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import THIS_YEAR, FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, EmbeddedTest, FactDeclaration, Verdict
from ncriteria.words import phrase


@frozen(eq=False)
class Trial:
    """What is given so far, and what the set says of it."""

    judge: RowJudge
    row: Row
    result: Result = field(repr=False)

    @property
    def criteria(self) -> CriteriaSet:
        """The set that is tried."""
        return self.judge.readings.criteria

    @property
    def lowered(self) -> LoweredSet:
        """The rules as they hold in the year that is tried, with the parameters that are given."""
        return self.judge.readings.of(self.row.year, self.row.parameters)

    @property
    def given(self) -> tuple[object, ...]:
        """All that was given, the year among it where it is not the first of the set."""
        row = self.row
        year = () if row.year == self.criteria.years.first else (row.year,)
        return (*year, *row.facts, *row.parameters, *row.shares, *row.attested)

    def with_given(self, given: EmbeddedTest) -> Trial:
        """The trial with more given; what was given before of the same is replaced.

        Raises `EvaluationError` where the set cannot judge it.
        """
        row = self.row
        return self.judging(
            Row(
                {**row.facts, **given.given},
                row.year if given.year is None else given.year,
                {**row.parameters, **given.parameters},
                {**row.shares, **given.shares},
                {**row.attested, **given.attested},
            )
        )

    def without(self, name: str) -> Trial:
        """The trial without what was given of a fact, a parameter or a clause; raises where nothing was."""
        bare = name.removeprefix("param.").removeprefix("attest ")
        row = evolve(
            self.row,
            facts={key: value for key, value in self.row.facts.items() if str(key) != name},
            parameters={key: value for key, value in self.row.parameters.items() if key != bare},
            attested={path: verdict for path, verdict in self.row.attested.items() if path != bare},
        )
        if row == self.row:
            raise EvaluationError(Problem("NC304", phrase("nothing is given of `{name}`", name=name[:60])))
        return self.judging(row)

    def of(self, criteria: CriteriaSet) -> Trial:
        """The trial of another set, with the facts that both declare alike; in its first year where it has not this."""
        mine, others = self.criteria.facts, criteria.facts
        shared = {name for name in mine if name in others and _kind(mine[name]) == _kind(others[name])}
        year = self.row.year if self.row.year in criteria.years else criteria.years.first
        judge = RowJudge(criteria)
        row = Row({key: value for key, value in self.row.facts.items() if key.name in shared}, year)
        return Trial(judge, row, judge.judged(row))

    def judging(self, row: Row) -> Trial:
        """The trial of another row; raises `EvaluationError` where the set cannot judge it."""
        return Trial(self.judge, row, self.judge.judged(row))

    def room(self, facts: Iterable[FactKey], deadline: Deadline) -> Room:
        """The room of some facts, as far as it is found by the `deadline`."""
        return room_of(
            as_attested(self.lowered, self.result.record), self.result.record, [str(key) for key in facts], deadline
        )

    def facts_of(self, path: str) -> frozenset[FactKey]:
        """The facts that the rules of a clause or group mention themselves, as seen from the year."""
        return frozenset().union(*map(facts_of, self.lowered.clauses[path].forms))

    def facts_this_year(self, paths: Iterable[str]) -> tuple[FactKey, ...]:
        """The facts of the assessment year that clauses mention, of which room is told."""
        named = {key for path in paths for key in self.facts_of(path) if key.name in self.criteria.facts}
        return tuple(sorted((key for key in named if key.period == THIS_YEAR), key=str))


def _kind(fact: FactDeclaration) -> tuple[object, ...]:
    """What values of a fact are."""
    return fact.type, fact.options, fact.minimum, fact.maximum, fact.decimals


def begun(criteria: CriteriaSet, year: int | None = None) -> Trial:
    """The trial of a set of which nothing is given yet, in its first year where no other is said."""
    judge, row = RowJudge(criteria), Row({}, criteria.years.first if year is None else year)
    return Trial(judge, row, judge.judged(row))


def changed(before: Trial, after: Trial) -> tuple[str, ...]:
    """The clauses and groups that come out otherwise, and the clauses that look at what was given."""
    facts = {key for key, _ in before.row.facts.items() ^ after.row.facts.items()}
    attested = {path for path, _ in before.row.attested.items() ^ after.row.attested.items()}
    return tuple(
        path
        for path, outcome in after.result.clauses.items()
        if _differs(before, after, path)
        or path in attested
        or (isinstance(outcome.clause, Clause) and facts & after.facts_of(path))
    )


def _differs(before: Trial, after: Trial, path: str) -> bool:
    """Whether the verdict of a clause or group differs, or what is left of a clause."""
    one, other = before.result[path], after.result[path]
    if one.verdict is not other.verdict or _grades(before, path) != _grades(after, path):
        return True
    return isinstance(one.clause, Clause) and one.residual != other.residual


def _grades(trial: Trial, path: str) -> tuple[str, ...]:
    """The grades of a clause or of the whole set that are possible; none where there are no grades."""
    found = (trial.result if path == WHOLE_SET else trial.result[path]).graded
    return () if found is None else tuple(grade.id for grade in found.possible)


def lines_of_test(trial: Trial, identifier: str | None = None, paths: Collection[str] = ()) -> list[str]:
    """The trial as an item of `tests:`, to be pasted into the file of the set.

    It expects what came out of the clauses and groups that are named; without any, of those that what was given
    changes. Of one that is open it says what is missing and what is left.
    """
    nothing = begun(trial.criteria, trial.row.year)
    about = [path for path in trial.result.clauses if path in paths or (not paths and _differs(nothing, trial, path))]
    name = identifier or _unused(trial.criteria)
    lines = [f"  - id: {name}"]
    with_year = trial.row.year != trial.criteria.years.first
    lines += (f"    {line}" for line in row_lines(trial.row, with_year=with_year))
    expected = about or list(trial.result.clauses)
    lines.append(f"    expect: {flow({path: trial.result[path].verdict.value for path in expected})}")
    grades = {path: found for path in ("", *expected) if (found := _grades(trial, path))}
    if grades:
        told = {
            path or "set": found[0] if len(found) == 1 else f"[{', '.join(found)}]" for path, found in grades.items()
        }
        lines.append(f"    grades: {flow(told)}")
    lines += (f"    {line}" for line in _left(trial, expected))
    return lines


def _left(trial: Trial, expected: list[str]) -> Iterator[str]:
    """What is missing and left of the one clause that is expected, where it is open."""
    if len(expected) != 1 or trial.result[expected[0]].verdict is not Verdict.UNDETERMINED:
        return
    outcome = trial.result[expected[0]]
    yield f"missing: [{', '.join(written_key(key) for key in outcome.missing)}]"
    residual = show(outcome.residual).replace("'", "''")
    yield f"residual: '{residual}'"


def _unused(criteria: CriteriaSet) -> str:
    taken = {test.id for test in criteria.all_tests}
    return next(name for number in range(1, len(taken) + 2) if (name := f"tried-{number}") not in taken)
