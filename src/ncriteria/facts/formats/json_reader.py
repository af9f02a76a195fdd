"""JSON files: a list of rows, or `{"rows": [...]}`."""

from __future__ import annotations

import json

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.formats.raw import NumberText, RawTable
from ncriteria.facts.formats.records import Record, Repeated, raw_table
from ncriteria.facts.table import FactsError
from ncriteria.words import phrase

_REASONS = {
    str(one): one
    for one in (
        phrase("Expecting value"),
        phrase("Expecting property name enclosed in double quotes"),
        phrase("Expecting ',' delimiter"),
        phrase("Expecting ':' delimiter"),
        phrase("Unterminated string starting at"),
        phrase("Invalid control character at"),
        phrase("Invalid \\escape"),
        phrase("Invalid \\uXXXX escape"),
        phrase("Extra data"),
    )
}
"""What Python says is wrong with a text of JSON, in words that can be said again."""


def read_json(text: str, file: str | None) -> RawTable:
    """The rows of a JSON text; raises `FactsError`."""
    try:
        content = json.loads(
            text,
            parse_int=NumberText,
            parse_float=NumberText,
            parse_constant=NumberText,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        message = phrase(
            "this is not JSON: {reason} (line {line}, column {column})",
            reason=_REASONS.get(error.msg, error.msg),
            line=error.lineno,
            column=error.colno,
        )
        raise FactsError(Problem("NC220", message, CellPlace(file))) from None
    except RecursionError:
        raise FactsError(Problem("NC220", phrase("this JSON is nested too deep"), CellPlace(file))) from None
    return raw_table(content, file)


def _object(pairs: list[tuple[str, object]]) -> Record | Repeated:
    found: Record = {}
    for key, value in pairs:
        if key in found:
            return Repeated(key)
        found[key] = value
    return found
