"""The grounds of one clause: as short lines for tables, and as comparisons for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ncriteria.evaluation.explanation.statements import Statement, statements
from ncriteria.evaluation.explanation.text import statement_lines
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.evaluation.records.comparisons import Ground, compared
from ncriteria.evaluation.records.tracing import Step
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.sets.model import CriteriaSet, Verdict
from ncriteria.words import Language


def ground_lines(result: Result, outcome: ClauseResult, language: Language) -> Iterator[str]:
    """What decided the clause: the numbers, the limits and the distances, each line with its mark."""
    if outcome.kept is not None:
        yield from outcome.kept.lines
        return
    voice = Voice(language, result.criteria)
    if outcome.verdict is Verdict.NOT_APPLICABLE:
        yield voice.say("Does not apply here")
    elif outcome.rule is not None:
        yield from statement_lines(statements(voice, outcome.rule), 0)


def comparisons(criteria: CriteriaSet, year: int | None, rule: Step) -> tuple[Ground, ...]:
    """What the rule compares, in the order in which it is told, each comparison once."""
    told = _steps(statements(Voice("en", criteria), rule))
    return tuple(dict.fromkeys(compared(criteria, step, year) for step in told))


def _steps(told: Iterable[Statement]) -> Iterator[Step]:
    for statement in told:
        if statement.step is not None:
            yield statement.step
        yield from _steps(statement.parts)
