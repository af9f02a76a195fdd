"""What the embedded tests of criteria files leave untested: coverage, mutations and suggested cases, printed."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ncriteria.analysis.cases import row_lines
from ncriteria.analysis.deadline import Deadline, deadline_in
from ncriteria.analysis.rule_testing.coverage import ConditionCoverage, Coverage, coverage_of
from ncriteria.analysis.rule_testing.mutation.mutation import Edit
from ncriteria.analysis.rule_testing.mutation.survivors import (
    Finding,
    Listener,
    Mutations,
    Survivor,
    Unchanged,
    Undecided,
    mutations_of,
)
from ncriteria.analysis.rule_testing.suggest import Suggestion, case_lines, suggest
from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.progress import Bar, progress_bar
from ncriteria.errors import Problem
from ncriteria.language.printer import show
from ncriteria.language.tree import InRange
from ncriteria.quick_classes import frozen
from ncriteria.report.records.rule_testing import OUTCOMES, SIDES, TestedSet, TestedSets, goal_words
from ncriteria.sets.grades.scales import name_at
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import Verdict
from ncriteria.words import Language, Words, words


@frozen
class QualityAsked:
    """What the command line asked for."""

    coverage: bool
    mutate: bool
    suggest: bool
    seconds: float
    language: Language

    @property
    def say(self) -> Words:
        """The words in which it is answered."""
        return words(self.language)


def report(located: list[LocatedSet], asked: QualityAsked, as_json: bool) -> bool:
    """Print what was asked for of each set, as it is found; whether everything is tested."""
    deadline = deadline_in(asked.seconds)
    found = []
    with progress_bar() as bar:
        for index, one in enumerate(located):
            as_found = bar if not as_json and not asked.suggest else None
            quality = _quality(one, asked, deadline.part(1 / (len(located) - index)), bar, as_found)
            found.append(quality)
            if as_found is not None and quality.mutations is not None:
                as_found.print(_summary(quality.mutations, asked.say))
    if as_json:
        answer(TestedSets(tuple(found)), asked.language)
    elif asked.suggest:
        _print_cases(found, asked.say)
    return all(_is_full(one, asked) for one in found)


def _is_full(found: TestedSet, asked: QualityAsked) -> bool:
    covered = found.covered.is_full or (asked.mutate and not asked.coverage and not asked.suggest)
    return covered and (found.mutations is None or found.mutations.is_full)


def _quality(located: LocatedSet, asked: QualityAsked, deadline: Deadline, bar: Bar, as_found: Bar | None) -> TestedSet:
    """What there is to say of one set; what is found is printed on `as_found` at once."""
    covered = coverage_of(located)
    if as_found is not None and asked.coverage:
        for line in _coverage_lines(covered, asked.say):
            as_found.print(line)
    both = asked.mutate and asked.suggest
    suggestions = suggest(covered, deadline=deadline.part(0.5 if both else 1)) if asked.suggest else None
    mutations = _mutations(located, deadline, bar, as_found, asked.say) if asked.mutate else None
    return TestedSet(located.criteria.id, covered, asked.coverage, mutations, suggestions)


def _mutations(located: LocatedSet, deadline: Deadline, bar: Bar, as_found: Bar | None, say: Words) -> Mutations:
    from ncriteria.analysis.rule_testing.mutation.proofs import solver_prover

    def found(finding: Finding) -> None:
        if as_found is not None:
            for line in _finding_lines(finding, say):
                as_found.print(line)

    def done(number: int, total: int) -> None:
        bar.show(located.criteria.id, number, total)

    return mutations_of(located, solver_prover(), deadline=deadline, listener=Listener(found, done))


def _coverage_lines(coverage: Coverage, say: Words) -> Iterator[str]:
    for covered in coverage.conditions:
        if covered.missing:
            condition = covered.condition
            where = "" if condition.place is None else condition.place.text(say)
            yield f"{where}: {condition.path}, {condition.role}: {show(condition.expr)}"
            yield from (f"       {line}" for line in _missing_lines(covered, say))
    full = sum(not covered.missing for covered in coverage.conditions)
    wanted = sum(len(covered.wanted) for covered in coverage.conditions)
    seen = sum(len(covered.seen) for covered in coverage.conditions)
    yield say(
        "{set}: {full} of {conditions} conditions fully tested, {seen} of {wanted} outcomes and boundary cases seen",
        set=coverage.criteria.id,
        full=full,
        conditions=len(coverage.conditions),
        seen=seen,
        wanted=wanted,
    )


def _missing_lines(covered: ConditionCoverage, say: Words) -> Iterator[str]:
    outcomes = [say.this(OUTCOMES[goal.outcome]) for goal in covered.missing if goal.outcome is not None]
    if outcomes:
        yield say("never {outcomes}", outcomes=", ".join(outcomes))
    for threshold in (0, 1):
        sides = [goal.side for goal in covered.missing if goal.side is not None and goal.threshold == threshold]
        if sides:
            missing = say("no case {sides}", sides=", ".join(say.this(SIDES[side]) for side in sides))
            yield f"{_end(covered, threshold, say)}{missing}"


def _end(covered: ConditionCoverage, threshold: int, say: Words) -> str:
    if not isinstance(covered.condition.expr, InRange):
        return ""
    return f"{say('upper end') if threshold else say('lower end')}: "


def _finding_lines(finding: Finding, say: Words) -> Iterator[str]:
    """An edit that no test notices: what is known of it, the edited rule, and a row that tells it.

    Of one that is proved to change nothing, the line alone.
    """
    edit = _edit_words(finding.edit, say)
    if isinstance(finding, Unchanged):
        yield f"{edit}: {say('proved to change nothing ({reason})', reason=say.again(finding.reason))}"
        return
    said = say.again(finding.reason) if isinstance(finding, Undecided) else say("no test notices")
    yield f"{edit}: {said}"
    yield f"       {say.again(finding.edit.after) or say('nothing in its place')}"
    if isinstance(finding, Survivor):
        case, now = finding.case, finding.after
        row = "; ".join(row_lines(case.row, with_year=case.says_year))
        told = say(
            "{row}: {path} is {verdict}, with the edit {edited}",
            row=row,
            path=case.path,
            verdict=case.verdict.value,
            edited=_outcome(now, say),
        )
        yield f"       {told}"


def _outcome(outcome: Verdict | Problem, say: Words) -> str:
    if isinstance(outcome, Problem):
        return say("no verdict ({reason})", reason=say.again(outcome.message))
    return outcome.value


def _summary(mutations: Mutations, say: Words) -> str:
    late = sum(not undecided.in_time for undecided in mutations.undecided)
    total = mutations.noticed + len(mutations.findings)
    told = say(
        "{set}: {total} edits, {noticed} noticed, {unnoticed} unnoticed, {unchanged} proved to change nothing, "
        "{alike} not told apart by a search, {late} not decided in time",
        set=mutations.criteria.id,
        total=total,
        noticed=mutations.noticed,
        unnoticed=len(mutations.survivors),
        unchanged=len(mutations.unchanged),
        alike=len(mutations.undecided) - late,
        late=late,
    )
    return told if mutations.all_made else f"{told}; {say('not all edits could be made in time')}"


def _edit_words(edit: Edit, say: Words) -> str:
    where = f"{edit.place.text(say)}: " if edit.place is not None else ""
    return f"{where}{edit.path}, {edit.role}: {say.again(edit.what)}"


def _print_cases(found: list[TestedSet], say: Words) -> None:
    for one in found:
        for line in case_texts(one.covered, one.cases, say):
            click.echo(line)
        for line in _not_found_lines(one, say):
            click.echo(line, err=True)


def _not_found_lines(found: TestedSet, say: Words) -> Iterator[str]:
    """What no case could be written for."""
    if found.suggested is not None:
        for goal in found.suggested.not_found:
            late = goal in found.suggested.out_of_time
            wanted = say.again(goal_words(found.covered, goal))
            said = say("no case was found in time for {goal}", goal=wanted)
            if not late:
                said = say("the search found no case for {goal}", goal=wanted)
            yield f"{found.criteria}: {said}"
    if found.mutations is not None:
        for undecided in found.mutations.undecided:
            yield f"{_edit_words(undecided.edit, say)}: {say.again(undecided.reason)}"
        if not found.mutations.all_made:
            yield _summary(found.mutations, say)


def case_texts(coverage: Coverage, cases: tuple[Suggestion, ...], say: Words) -> Iterator[str]:
    """The cases as items of `tests:`, each with a comment that says what it is for."""
    if not cases:
        return
    begun = say("{set}: cases that no test has yet.", set=coverage.criteria.source or coverage.criteria.id)
    confirm = say(
        "The verdicts were computed from the rules as they stand: confirm each against the law before you keep it."
    )
    yield from (f"# {begun}", f"# {confirm}")
    taken = {test.id for test in coverage.criteria.tests}
    numbers: dict[str, int] = {}
    for case in cases:
        name = name_at(case.path)
        identifier = f"{name}-suggested-1"
        while identifier in taken:
            numbers[name] = numbers.get(name, 1) + 1
            identifier = f"{name}-suggested-{numbers[name]}"
        taken.add(identifier)
        for goal in case.goals:
            yield f"  # {say.again(goal_words(coverage, goal))}"
        for what in case.notices:
            yield f"  # {say('notices an edit: {edit}', edit=say.again(what))}"
        yield from case_lines(case, identifier)
