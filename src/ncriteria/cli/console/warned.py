"""Warnings on standard error, in the language that the call asks for."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ncriteria.cli.console.answers import language_asked
from ncriteria.cli.console.complaints import complain
from ncriteria.errors import Problem
from ncriteria.facts.checks.doubts import TableWarning
from ncriteria.words import Phrase, words


def warn(problems: Iterable[Problem]) -> None:
    """Tell each problem as a warning; one that is no phrase is told in English."""
    language = language_asked()
    for problem in problems:
        say = words(language if isinstance(problem.message, Phrase) else "en")
        complain(problem.text(language), label=say("warning"), fg="yellow")


@contextmanager
def table_warnings_told() -> Iterator[None]:
    """What is found in a table while it is judged in columns is told as any warning."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", TableWarning)
        yield
    for one in caught:
        if isinstance(one.message, TableWarning):
            warn(one.message.problems)
        else:
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
