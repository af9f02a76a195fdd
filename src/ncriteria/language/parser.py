"""Reading an expression: text in, syntax tree out."""

from __future__ import annotations

import unicodedata

from ncriteria.errors import expect
from ncriteria.language.reading.building import build
from ncriteria.language.reading.syntax import parse_tree
from ncriteria.language.source import ExpressionError, FindingsError, locate_in
from ncriteria.language.tree import Expr, FactKey, FactRef
from ncriteria.words import phrase


def read_expression(text: str) -> Expr:
    """The tree of `text`, whose spans count characters of `text` in composed form (NFC); raises `FindingsError`."""
    composed = unicodedata.normalize("NFC", text)
    return build(composed, parse_tree(composed))


def parse(text: str) -> Expr:
    """The syntax tree of an expression such as `crime_cases <= prev_year * 0.95`.

    Names are not looked up and types are not checked here; `check` does both. Raises `ExpressionError` with the line,
    the column and a caret excerpt where the text is not an expression or goes over a limit.
    """
    expect(phrase("an expression"), text, str, phrase("a text"), phrase('such as "crime_cases <= 3"'))
    try:
        return read_expression(text)
    except FindingsError as error:
        locate = locate_in(unicodedata.normalize("NFC", text))
        raise ExpressionError(finding.located(locate) for finding in error.findings) from None


def expression_in(text: str) -> Expr | None:
    """The tree of `text`; `None` where it is no expression, or goes over a limit."""
    try:
        return read_expression(text)
    except FindingsError:
        return None


def read_fact_key(text: str) -> FactKey | None:
    """The fact and period that a text names as rules do: `x`, `prev_year.x`, `years_ago(2, x)`, `at(x, 2019)`."""
    found = expression_in(text)
    return FactKey.of(found.name, found.period) if isinstance(found, FactRef) else None
