"""Findings as workflow commands of GitHub Actions, which shows each beside its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ncriteria.editor.linting.checking import LintFinding
from ncriteria.editor.linting.rules.rule import Severity
from ncriteria.errors import TextPlace
from ncriteria.words import Words

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def github_lines(findings: tuple[LintFinding, ...], say: Words) -> Iterator[str]:
    """A line for each finding; what is neither an error nor a warning is a notice."""
    for one in findings:
        problem = one.problem
        message = say.again(problem.message)
        if problem.hint:
            message = f"{message}\n{say('hint')}: {say.again(problem.hint)}"
        given = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in _properties(problem.place, problem.code))
        yield f"::{_COMMANDS.get(one.severity, 'notice')} {given}::{_escaped(message, '')}"


def _properties(place: object, code: str) -> Iterator[tuple[str, str]]:
    if isinstance(place, TextPlace):
        if place.file is not None:
            yield "file", place.file
        yield "line", str(place.line)
        yield "col", str(place.column)
        yield "endColumn", str(place.column + place.length)
    yield "title", code


def _escaped(text: str, more: str) -> str:
    """The text with what would end a line or a property written in percent."""
    for character in ("%", "\r", "\n", *more):
        text = text.replace(character, f"%{ord(character):02X}")
    return text
