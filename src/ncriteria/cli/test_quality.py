"""What the embedded tests of criteria files leave untested: coverage, mutations and suggested cases, printed."""

from __future__ import annotations

from collections.abc import Iterator

import click
from attrs import frozen

from ncriteria.analysis.coverage import ConditionCoverage, Coverage, Goal, coverage_of
from ncriteria.analysis.mutation import Edit
from ncriteria.analysis.mutation_survivors import Mutations, mutations_of
from ncriteria.analysis.suggest import Suggestion, Suggestions, case_lines, joined, suggest
from ncriteria.cli.layout import print_json
from ncriteria.language.printer import show
from ncriteria.language.tree import InRange
from ncriteria.sets.loader import LocatedSet


@frozen
class Asked:
    """What the command line asked for."""

    coverage: bool
    mutate: bool
    suggest: bool


@frozen
class _Quality:
    """What was found out about one set; what was not asked for is `None`."""

    criteria_id: str
    coverage: Coverage
    mutations: Mutations | None
    suggestions: Suggestions | None

    @property
    def cases(self) -> tuple[Suggestion, ...]:
        """All suggested cases: for what is not covered, and for edits that go unnoticed."""
        covering = self.suggestions.cases if self.suggestions is not None else ()
        noticing = self.mutations.survivors if self.mutations is not None else ()
        return joined((*covering, *(survivor.case for survivor in noticing)))


def report(located: list[LocatedSet], asked: Asked, as_json: bool) -> bool:
    """Print what was asked for of each set; whether everything is tested."""
    found = [_quality(one, asked) for one in located]
    if as_json:
        print_json([_plain(one, asked) for one in found])
    elif asked.suggest:
        _print_cases(found)
    else:
        _print(found, asked)
    return all(_is_full(one, asked) for one in found)


def _is_full(found: _Quality, asked: Asked) -> bool:
    covered = found.coverage.is_full or (asked.mutate and not asked.coverage and not asked.suggest)
    return covered and (found.mutations is None or found.mutations.is_full)


def _quality(located: LocatedSet, asked: Asked) -> _Quality:
    covered = coverage_of(located)
    mutations = _mutations(located) if asked.mutate else None
    suggestions = suggest(covered) if asked.suggest else None
    return _Quality(located.criteria.id, covered, mutations, suggestions)


def _mutations(located: LocatedSet) -> Mutations:
    from ncriteria.analysis.mutation_proofs import solver_prover

    return mutations_of(located, solver_prover())


def _print(found: list[_Quality], asked: Asked) -> None:
    for one in found:
        if asked.coverage:
            _print_coverage(one.coverage)
        if one.mutations is not None:
            _print_mutations(one.mutations)


def _print_coverage(coverage: Coverage) -> None:
    for covered in coverage.conditions:
        if covered.missing:
            condition = covered.condition
            click.echo(f"{condition.place}: {condition.path}, {condition.role}: {show(condition.expr)}")
            for line in _missing_lines(covered):
                click.echo(f"       {line}")
    full = sum(not covered.missing for covered in coverage.conditions)
    wanted = sum(len(covered.wanted) for covered in coverage.conditions)
    seen = sum(len(covered.seen) for covered in coverage.conditions)
    counted = f"{full} of {len(coverage.conditions)} conditions fully tested"
    click.echo(f"{coverage.criteria.id}: {counted}, {seen} of {wanted} outcomes and boundary cases seen")


def _missing_lines(covered: ConditionCoverage) -> Iterator[str]:
    outcomes = [goal.outcome.value for goal in covered.missing if goal.outcome is not None]
    if outcomes:
        yield f"never {', '.join(outcomes)}"
    for threshold in (0, 1):
        sides = [goal.side.value for goal in covered.missing if goal.side is not None and goal.threshold == threshold]
        if sides:
            yield f"{_end(covered, threshold)}no case {', '.join(sides)}"


def _end(covered: ConditionCoverage, threshold: int) -> str:
    if not isinstance(covered.condition.expr, InRange):
        return ""
    return "upper end: " if threshold else "lower end: "


def _print_mutations(mutations: Mutations) -> None:
    for survivor in mutations.survivors:
        click.echo(f"{_edit_words(survivor.edit)}: no test notices")
        click.echo(f"       {survivor.edit.after or 'nothing in its place'}")
    for unchanged in mutations.unchanged:
        if not unchanged.proved:
            click.echo(f"{_edit_words(unchanged.edit)}: {unchanged.reason}")
            click.echo(f"       {unchanged.edit.after or 'nothing in its place'}")
    proved = sum(unchanged.proved for unchanged in mutations.unchanged)
    open_edits = len(mutations.unchanged) - proved
    total = mutations.noticed + len(mutations.survivors) + len(mutations.unchanged)
    click.echo(
        f"{mutations.criteria.id}: {total} edits, {mutations.noticed} noticed, {len(mutations.survivors)} unnoticed, "
        f"{proved} proved to change nothing, {open_edits} not told apart by a search"
    )


def _edit_words(edit: Edit) -> str:
    where = f"{edit.place}: " if edit.place is not None else ""
    return f"{where}{edit.path}, {edit.role}: {edit.what}"


def _print_cases(found: list[_Quality]) -> None:
    for one in found:
        for line in case_texts(one.coverage, one.cases):
            click.echo(line)
        for goal in one.suggestions.not_found if one.suggestions is not None else ():
            click.echo(f"{one.criteria_id}: the search found no case for {goal_words(one.coverage, goal)}", err=True)


def case_texts(coverage: Coverage, cases: tuple[Suggestion, ...]) -> Iterator[str]:
    """The cases as items of `tests:`, each with a comment that says what it is for."""
    if not cases:
        return
    yield f"# {coverage.criteria.source or coverage.criteria.id}: cases that no test has yet."
    yield "# The verdicts were computed from the rules as they stand: confirm each against the law before you keep it."
    taken = {test.id for test in coverage.criteria.tests}
    numbers: dict[str, int] = {}
    for case in cases:
        name = case.path.rsplit("/", 1)[-1]
        identifier = f"{name}-suggested-1"
        while identifier in taken:
            numbers[name] = numbers.get(name, 1) + 1
            identifier = f"{name}-suggested-{numbers[name]}"
        taken.add(identifier)
        for goal in case.goals:
            yield f"  # {goal_words(coverage, goal)}"
        for what in case.notices:
            yield f"  # notices an edit: {what}"
        yield from case_lines(case, identifier)


def goal_words(coverage: Coverage, goal: Goal) -> str:
    """What a goal asks for, in words."""
    condition = next(one.condition for one in coverage.conditions if goal in one.wanted)
    wanted = f"is {goal.outcome.value}" if goal.outcome is not None else goal.side.value if goal.side else ""
    end = (" (upper end)" if goal.threshold else " (lower end)") if isinstance(condition.expr, InRange) else ""
    return f"{goal.path}, {goal.role}: `{show(condition.expr)}` {wanted}{end if goal.side else ''}"


def _plain(found: _Quality, asked: Asked) -> dict[str, object]:
    plain: dict[str, object] = {"criteria": found.criteria_id}
    if asked.coverage:
        plain["coverage"] = [_plain_condition(covered) for covered in found.coverage.conditions]
    if found.mutations is not None:
        plain["mutations"] = _plain_mutations(found.mutations)
    if found.suggestions is not None:
        plain["suggestions"] = [_plain_case(case, found.coverage) for case in found.cases]
        plain["not_found"] = [goal_words(found.coverage, goal) for goal in found.suggestions.not_found]
    return plain


def _plain_condition(covered: ConditionCoverage) -> dict[str, object]:
    condition = covered.condition
    return {
        "clause": condition.path,
        "role": condition.role,
        "condition": show(condition.expr),
        "place": None if condition.place is None else str(condition.place),
        "never": [goal.outcome.value for goal in covered.missing if goal.outcome is not None],
        "no_case": [goal.side.value for goal in covered.missing if goal.side is not None],
    }


def _plain_mutations(mutations: Mutations) -> dict[str, object]:
    return {
        "noticed": mutations.noticed,
        "unnoticed": [_plain_edit(survivor.edit) for survivor in mutations.survivors],
        "unchanged": [
            {**_plain_edit(one.edit), "reason": one.reason, "proved": one.proved} for one in mutations.unchanged
        ],
    }


def _plain_edit(edit: Edit) -> dict[str, object]:
    place = None if edit.place is None else str(edit.place)
    return {"clause": edit.path, "role": edit.role, "edit": edit.what, "after": edit.after, "place": place}


def _plain_case(case: Suggestion, coverage: Coverage) -> dict[str, object]:
    return {
        "clause": case.path,
        "verdict": case.verdict.value,
        "for": [*(goal_words(coverage, goal) for goal in case.goals), *case.notices],
        "yaml": "\n".join(case_lines(case, "suggested")),
    }
