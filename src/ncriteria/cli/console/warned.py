"""Warnings on standard error, in the language that the call asks for."""

from __future__ import annotations

from collections.abc import Iterable

import click

from ncriteria.cli.console.answers import language_asked
from ncriteria.errors import Problem
from ncriteria.words import Phrase, words


def warn(problems: Iterable[Problem]) -> None:
    """Tell each problem as a warning; one that is no phrase is told in English."""
    language = language_asked()
    for problem in problems:
        say = words(language if isinstance(problem.message, Phrase) else "en")
        click.echo(f"{click.style(say('warning'), fg='yellow', bold=True)} {problem.text(language)}", err=True)
