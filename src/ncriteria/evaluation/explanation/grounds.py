"""The grounds of one clause as short lines, for tables and programs."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.evaluation.explanation.statements import statements
from ncriteria.evaluation.explanation.text import statement_lines
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.sets.model import Language, Verdict


def ground_lines(result: Result, outcome: ClauseResult, language: Language) -> Iterator[str]:
    """What decided the clause: the numbers, the limits and the distances, each line with its mark."""
    voice = Voice(language, result.criteria)
    if outcome.verdict is Verdict.NOT_APPLICABLE:
        yield voice.words.does_not_apply
    elif outcome.rule is not None:
        yield from statement_lines(statements(voice, outcome.rule), 0)
