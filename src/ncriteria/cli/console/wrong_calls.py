"""What is wrong with a call, told in its language."""

from __future__ import annotations

import click

from ncriteria.cli.console.answers import language_of_errors
from ncriteria.words import words


class WrongCallError(click.UsageError):
    """A call that cannot be done as it stands."""

    def __init__(self, message: str) -> None:
        super().__init__(words(language_of_errors()).again(message))


class WrongValueError(click.BadParameter):
    """A value of an option that is none."""

    def __init__(self, message: str) -> None:
        super().__init__(words(language_of_errors()).again(message))
