"""The grounds of one clause: as short lines for tables, and as comparisons for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ncriteria.evaluation.explanation.bases import base_lines
from ncriteria.evaluation.explanation.conditions import condition_lines
from ncriteria.evaluation.explanation.leaning import verdict_lines
from ncriteria.evaluation.explanation.months import other_window_lines, series_lines
from ncriteria.evaluation.explanation.statements import Statement
from ncriteria.evaluation.explanation.text import attestation_lines, has_condition_left, rule_lines, telling
from ncriteria.evaluation.explanation.units_inside import inside_lines
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.records.comparisons import Ground, compared
from ncriteria.evaluation.records.tracing import Step
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.sets.model import Verdict
from ncriteria.words import Language, words


def ground_lines(result: Result, outcome: ClauseResult, language: Language) -> Iterator[str]:
    """What decided the clause: the numbers, the limits and the distances, each line with its mark."""
    yield from outcome.once(("grounds", language), lambda: tuple(_ground_lines(result, outcome, language)))


def _ground_lines(result: Result, outcome: ClauseResult, language: Language) -> Iterator[str]:
    if outcome.kept is not None:
        yield from outcome.kept.lines
        return
    if outcome.verdict is Verdict.NOT_APPLICABLE:
        yield words(language)("Does not apply here")
    elif outcome.lowered is not None:
        voice, rules = Voice(language, result.criteria, outcome.lowered.fixed), outcome.lowered.clauses[outcome.path]
        yield from rule_lines(telling(outcome.lowered, language).member(outcome.path), outcome)
        lines = (other_window_lines, series_lines, base_lines, verdict_lines, inside_lines)
        yield from (f"• {line}" for told in lines for line in told(voice, rules, result.record))
    yield from attestation_lines(Voice(language, result.criteria), outcome)


def left_lines(result: Result, outcome: ClauseResult, language: Language) -> Iterator[str]:
    """The condition of a clause that is left to decide, in words."""
    if outcome.kept is not None:
        yield from outcome.kept.left_lines
    elif has_condition_left(outcome):
        yield from condition_lines(Voice(language, result.criteria), outcome.residual)


def comparisons(lowered: LoweredSet, path: str, rule: Step) -> tuple[Ground, ...]:
    """What the rule of a clause compares, in the order in which it is told, each comparison once."""
    told = telling(lowered, "en").member(path).rule
    assert told is not None, "what has a trace has a rule"
    return tuple(dict.fromkeys(compared(lowered, step) for step in _steps(told(rule))))


def _steps(told: Iterable[Statement]) -> Iterator[Step]:
    for statement in told:
        if statement.step is not None:
            yield statement.step
        yield from _steps(statement.parts)
