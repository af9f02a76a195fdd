"""JSON files: a list of rows, or `{"rows": [...]}`."""

from __future__ import annotations

import json

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.formats.raw import NumberText, RawTable
from ncriteria.facts.formats.records import Record, Repeated, raw_table
from ncriteria.facts.table import FactsError


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
        message = f"this is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        raise FactsError(Problem("NC220", message, CellPlace(file))) from None
    except RecursionError:
        raise FactsError(Problem("NC220", "this JSON is nested too deep", CellPlace(file))) from None
    return raw_table(content, file)


def _object(pairs: list[tuple[str, object]]) -> Record | Repeated:
    found: Record = {}
    for key, value in pairs:
        if key in found:
            return Repeated(key)
        found[key] = value
    return found
