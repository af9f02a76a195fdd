"""Fact tables from frames and into frames, for programs that look at rows; whole frames are judged in columns.

Frames are those that narwhals knows: Polars, pandas, PyArrow and others.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from typing import Any, Literal

from ncriteria.errors import CellPlace, Problem, is_installed
from ncriteria.facts.cells.refusals import decimal_text
from ncriteria.facts.formats.raw import NumberText, RawTable
from ncriteria.facts.formats.records import raw_table
from ncriteria.facts.table import FactRow, FactsError, FactTable
from ncriteria.language.tree import FactKey
from ncriteria.sets.model import FactValue
from ncriteria.words import phrase

_NOTHING = ("NAType", "NaTType")
"""The types of what stands for nothing in a column of pandas."""
Library = Literal["polars", "pandas", "pyarrow"]


def raw_rows(frame: object) -> RawTable:
    """The rows of a frame, as those of a JSON file: a blank cell is unknown. Raises `FactsError`."""
    if not is_installed("narwhals"):
        raise FactsError(_absent("narwhals"))
    narwhals = import_module("narwhals")
    try:
        known = narwhals.from_native(frame)
    except TypeError:
        message = phrase("this is no frame that can be read: {kind}", kind=type(frame).__name__)
        hint = phrase("give a frame of Polars, pandas or PyArrow")
        raise FactsError(Problem("NC223", message, None, hint)) from None
    rows = (known.collect() if hasattr(known, "collect") else known).rows(named=True)
    return raw_table([{heading: _cell(value) for heading, value in row.items()} for row in rows], None)


def _cell(value: Any) -> object:
    """A value of a frame as JSON would hold it."""
    match value:
        case bool() | str() | None:
            return value
        case int():
            return NumberText(str(value))
        case float():
            return None if math.isnan(value) else NumberText(format(Decimal(repr(value)), "f"))
        case Decimal():
            return NumberText(format(value, "f"))
        case datetime.datetime():
            return value.isoformat(sep=" ")
        case datetime.date():
            return value.isoformat()
        case _:
            return None if type(value).__name__ in _NOTHING else str(value)


def frame_of(table: FactTable, library: Library) -> object:
    """The frame that `FactTable.to_frame` gives."""
    if not is_installed(library):
        raise FactsError(_absent(library))
    keys = sorted({key for row in table.rows for key in row.values}, key=str)
    columns: dict[str, list[object]] = {
        "unit": [row.unit.id for row in table.rows],
        "name": [row.unit.name for row in table.rows],
        "level": [None if row.unit.level is None else row.unit.level.value for row in table.rows],
        "parent": [row.unit.parent for row in table.rows],
        "year": [row.year for row in table.rows],
        "series": [row.series for row in table.rows],
        **{str(key): list(_column(table.rows, key)) for key in keys},
    }
    kept = {name: values for name, values in columns.items() if any(value is not None for value in values)}
    frames = import_module(library)
    frame: object = frames.table(kept) if library == "pyarrow" else frames.DataFrame(kept)
    return frame


def _column(rows: tuple[FactRow, ...], key: FactKey) -> Iterator[object]:
    """The values of a fact; decimals where one of them is no whole number."""
    values = [row.values.get(key) for row in rows]
    whole = all(not isinstance(value, Fraction) or value.denominator == 1 for value in values)
    for row, value in zip(rows, values, strict=True):
        yield _plain(value, row, key, whole=whole)


def _plain(value: FactValue | None, row: FactRow, key: FactKey, *, whole: bool) -> object:
    match value:
        case Fraction():
            return int(value) if whole else Decimal(decimal_text(value).replace(",", "."))
        case None | bool() | str() | datetime.date():
            return value
        case _:
            message = phrase("`{key}` is known only within bounds, which a column cannot hold", key=key)
            hint = phrase("leave such rows out, or judge the table as it is")
            place = row.places.get(key) or CellPlace(row=row.place.row)
            raise FactsError(Problem("NC250", message, place, hint))


def _absent(package: str) -> Problem:
    message = phrase("frames need {package}, which cannot be imported", package=package)
    return Problem("NC245", message, None, "pip install 'ncriteria[table]'")
