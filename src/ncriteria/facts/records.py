"""Rows given as lists of mappings, as JSON and YAML have them."""

from __future__ import annotations

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.raw import NumberText, RawRow, RawTable, RawValue
from ncriteria.facts.table import FactsError

Record = dict[str, object]
_PREV_YEAR = "prev_year"


def raw_table(content: object, file: str | None) -> RawTable:
    """The rows of `[...]` or `{"rows": [...]}`; a row may hold `prev_year: {...}`. Raises `FactsError`."""
    if isinstance(content, dict) and content.keys() == {"rows"}:
        content = content["rows"]
    if not isinstance(content, list):
        raise FactsError(Problem("NC223", 'expected a list of rows, or "rows" with a list', CellPlace(file)))
    problems: list[Problem] = []
    rows = [_row(number, item, file, problems) for number, item in enumerate(content, start=1)]
    if problems:
        raise FactsError(problems)
    headings = dict.fromkeys(heading for row in rows for heading in row.cells)
    if not rows:
        raise FactsError(Problem("NC221", "there are no rows", CellPlace(file)))
    return RawTable(tuple(headings), tuple(rows))


def _row(number: int, item: object, file: str | None, problems: list[Problem]) -> RawRow:
    cells: dict[str, RawValue] = {}
    if not isinstance(item, dict):
        problems.append(Problem("NC223", "a row is a mapping of headings to values", CellPlace(file, row=number)))
        return RawRow(number, cells)
    for heading, value in item.items():
        inner = value.items() if heading == _PREV_YEAR and isinstance(value, dict) else None
        pairs = [(heading, value)] if inner is None else [(f"{_PREV_YEAR}.{name}", one) for name, one in inner]
        for name, one in pairs:
            if isinstance(one, (str, bool, NumberText)):
                cells[name] = one
            elif one is not None:
                place = CellPlace(file, row=number, heading=name)
                problems.append(Problem("NC223", "a cell is a text, a number, true, false or null", place))
    return RawRow(number, cells)
