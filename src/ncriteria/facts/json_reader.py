"""JSON files: a list of rows, or `{"rows": [...]}`."""

from __future__ import annotations

import json

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.raw import NumberText, RawTable
from ncriteria.facts.records import Record, raw_table
from ncriteria.facts.table import FactsError


def read_json(text: str, file: str | None) -> RawTable:
    """The rows of a JSON text; raises `FactsError`."""
    try:
        content = json.loads(
            text,
            parse_int=NumberText,
            parse_float=NumberText,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        raise FactsError(Problem("NC220", message, CellPlace(file))) from None
    except RecursionError:
        raise FactsError(Problem("NC220", "this JSON is nested too deep", CellPlace(file))) from None
    except _RefusedError as error:
        raise FactsError(Problem(error.code, str(error), CellPlace(file))) from None
    return raw_table(content, file)


class _RefusedError(Exception):
    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def _refuse_constant(name: str) -> object:
    raise _RefusedError("NC201", f"{name} is not a finite number")


def _object(pairs: list[tuple[str, object]]) -> Record:
    found: Record = {}
    for key, value in pairs:
        if key in found:
            raise _RefusedError("NC211", f'the key "{key}" stands twice in one object')
        found[key] = value
    return found
