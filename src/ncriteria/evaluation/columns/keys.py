"""The keys of a table: the unit and the year of each row, there once each, and whether rows are sorted by them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from importlib import import_module

import narwhals as nw
from attrs import field, frozen

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.frames import Frame, collected
from ncriteria.evaluation.columns.matching import Matched

_SHOWN = 5
"""How many rows an error names of each kind."""


@frozen
class Run:
    """One look at a frame, with the problems found so far."""

    frame: Frame
    matched: Matched
    problems: list[Problem] = field(factory=list)

    def report(self, code: str, message: str, heading: str | None, hint: str | None = None) -> None:
        """Add a problem in the column `heading`."""
        self.problems.append(Problem(code, message, CellPlace(heading=heading), hint))


def identifiers(matched: Matched, schema: nw.Schema) -> list[str]:
    """The columns of identifiers that are texts."""
    return [name for name in (matched.unit, matched.parent) if name is not None and schema[name] == nw.String]


def has_marks(name: str) -> nw.Expr:
    """Where an identifier has combining marks."""
    return nw.col(name).str.contains("[\u0300-\u036f]")


def is_decomposed(run: Run, heading: str, measured: Mapping[str, object]) -> bool:
    """Whether an identifier has a composed form that it is not in; some marks have none."""
    if not measured[f"{heading} has marks"]:
        return False
    marked = collected(run.frame.select(heading).filter(has_marks(heading)).unique())
    return not all(unicodedata.is_normalized("NFC", identifier) for identifier in marked[heading].to_list())


def is_sorted(run: Run) -> bool:
    """Whether the rows of a Polars frame are sorted by unit and year, all of which are there and none twice."""
    frame = run.frame.to_native()
    if run.frame.implementation is not nw.Implementation.POLARS:
        return False
    polars = import_module("polars")
    unit, year = polars.col(run.matched.unit), polars.col(run.matched.year)
    dtype = frame.collect_schema()[run.matched.unit]
    if not (dtype == polars.String or dtype.is_integer()):
        return False
    follows = (unit > unit.shift()) | ((unit == unit.shift()) & (year > year.shift()))
    return bool(frame.select(follows.all()).collect(engine="streaming").item())


def check_key_types(run: Run, schema: nw.Schema) -> None:
    """Years are whole numbers, and units texts or whole numbers."""
    if not schema[run.matched.year].is_integer():
        found = schema[run.matched.year]
        run.report("NC240", f"years are whole numbers; the column has the type {found}", run.matched.year)
    unit = schema[run.matched.unit]
    if not (unit.is_integer() or unit in (nw.String, nw.Categorical, nw.Enum)):
        run.report("NC240", f"units are texts or whole numbers; the column has the type {unit}", run.matched.unit)


def check_keys(run: Run, measured: Mapping[str, object]) -> None:
    """Every row has a unit and a year, and no two rows have the same."""
    unit, year = nw.col(run.matched.unit), nw.col(run.matched.year)
    if measured["some row has no key"]:
        nameless = first_rows(run.frame.filter(unit.is_null() | year.is_null()).select(unit, year))
        run.report("NC213", f"{_rows(nameless)} without unit or year", run.matched.unit)
    counted = run.frame.group_by(run.matched.unit, run.matched.year).agg(nw.len().alias("rows"))
    for found_unit, found_year, _ in first_rows(counted.filter(nw.col("rows") > 1)):
        run.report("NC230", f"{found_unit} stands twice in {found_year}", run.matched.unit)


def first_rows(frame: Frame) -> list[tuple[object, ...]]:
    """The first rows of a frame, for the message of an error."""
    return collected(frame.head(_SHOWN)).rows()


def _rows(found: list[tuple[object, ...]]) -> str:
    return "there is a row" if len(found) == 1 else f"there are {len(found)} rows or more"
