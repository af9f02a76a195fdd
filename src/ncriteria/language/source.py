"""Where an expression stands: spans of its text, and the places that they have in a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ncriteria.errors import NCriteriaError, Problem, TextPlace
from ncriteria.quick_classes import frozen


@frozen
class Span:
    """Characters `start` (included) to `end` (excluded) of an expression's text in composed form (NFC)."""

    start: int
    end: int


Locate = Callable[[Span], TextPlace]
"""Finds the place of a span: in the expression's own text, or in the file that holds it."""


@frozen
class Finding:
    """A problem of an expression before it has a place: the code, the message, the span and a hint."""

    code: str
    message: str
    span: Span | None = None
    hint: str | None = None

    def located(self, locate: Locate) -> Problem:
        """This finding as a problem with the place that `locate` gives."""
        return Problem(self.code, self.message, locate(self.span or Span(0, 1)), self.hint)


class ExpressionError(NCriteriaError):
    """An expression that cannot be read, or whose names, types or units do not fit."""


class FindingsError(Exception):
    """Findings on their way to the caller that knows the place; never leaves the package."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)


def locate_in(text: str) -> Locate:
    """Places of spans of `text`, where the text stands alone."""

    def locate(span: Span) -> TextPlace:
        start = min(span.start, len(text))
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", start)
        line_text = text[line_start : len(text) if line_end < 0 else line_end]
        return TextPlace(
            line=text.count("\n", 0, start) + 1,
            column=start - line_start + 1,
            length=max(1, span.end - span.start),
            line_text=line_text,
        )

    return locate
