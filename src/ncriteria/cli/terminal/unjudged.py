"""What a table has no verdict for: how many rows, for which reasons, and what would help. No row is lost in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from ncriteria.cli.console.layout import fitted, terminal_width
from ncriteria.errors import Problem
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.facts.table import FactRow
from ncriteria.sets.model import Level
from ncriteria.sets.names import LEVELS
from ncriteria.words import Language, words

if TYPE_CHECKING:
    from ncriteria.analysis.room.rows import RowRoom

_MOST_REASONS = 5
"""Reasons that are told one by one; the rows of the others are counted."""


def problem_lines(problem: Problem, language: Language, width: int) -> Iterator[str]:
    """Why there is no verdict, with the hint below."""
    say = words(language)
    yield from fitted(f"{say('Could not be judged')}: {say.again(problem.message)}", width)
    if problem.hint is not None:
        yield from fitted(f"{say('hint')}: {say.again(problem.hint)}", width, indent="  ")


def unjudged_lines(
    found: Sequence[Judgement | RowRoom], passed_over: Collection[FactRow], language: Language, width: int
) -> Iterator[str]:
    """How many of the judgements `found` are without a result, by reason, and the rows that no criteria are for."""
    say = words(language)
    reasons = Counter(
        (problem.message, problem.hint) for one in found if not is_judged(one) for problem in one.problems[:1]
    )
    if reasons:
        without = sum(not is_judged(one) for one in found)
        yield from _warned(say("Without a verdict: {without} of {rows}", without=without, rows=len(found)), width)
        for (message, hint), count in reasons.most_common(_MOST_REASONS):
            yield from fitted(f"{count}: {say.again(message)}", width, indent="  ", hang=4)
            if hint is not None:
                yield from fitted(f"{say('hint')}: {say.again(hint)}", width, indent="     ", hang=2)
        if others := without - sum(count for _, count in reasons.most_common(_MOST_REASONS)):
            yield f"  {say('{count} for other reasons', count=others)}"
    yield from passed_over_lines(passed_over, language, width)


def passed_over_lines(rows: Iterable[FactRow], language: Language, width: int) -> Iterator[str]:
    """The rows that no criteria are for, by level."""
    say, counted = words(language), Counter(row.unit.level for row in rows)
    for level in Level:
        if counted[level]:
            told = say.plural(
                "Not judged: {count} row of the level {level}, for no criteria are for this unit",
                "Not judged: {count} rows of the level {level}, for no criteria are for these units",
                count=counted[level],
                level=say.this(LEVELS[level]),
            )
            yield from _warned(told, width)


def print_passed_over(rows: Sequence[FactRow], language: Language) -> None:
    """Tell programs that read the standard output, on standard error, of the rows that no criteria are for."""
    for line in passed_over_lines(rows, language, terminal_width()):
        click.echo(line, err=True)


def is_judged(one: Judgement | RowRoom) -> bool:
    """Whether a row has an outcome."""
    return (one.verdicts if isinstance(one, Judgement) else one.room) is not None


def end_without_a_verdict(found: Iterable[Judgement | RowRoom]) -> None:
    """End with the status 1 where no row could be judged: then there are no results, and that is a finding."""
    if not any(map(is_judged, found)):
        raise SystemExit(1)


def _warned(text: str, width: int) -> Iterator[str]:
    yield from (click.style(line, fg="yellow") for line in fitted(text, width))
