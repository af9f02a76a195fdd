"""The law that holds the faster engines to the reference: one record, compiled records and columns give one verdict."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve
from hypothesis import assume
from hypothesis import strategies as st

from ncriteria.analysis.cases import Row, judged
from ncriteria.errors import Problem, is_installed
from ncriteria.evaluation.compiled import compile_criteria
from ncriteria.evaluation.criteria import Criteria, definition_of
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.language.printer import show_rational
from ncriteria.language.tree import Ago, FactKey
from ncriteria.sets.model import CriteriaSet, FactDeclaration, FactType, FactValue
from ncriteria.sets.structure import verdicts_leaned_on
from ncriteria.testing import TestingError
from ncriteria.testing.facts import facts_for
from ncriteria.testing.running import LawBroken, for_all, message

if TYPE_CHECKING:
    import polars

Cell = int | Decimal | bool | str | datetime.date | None
_UNITS = 4
_SCALE = 6


def record_equals_columns(criteria: Criteria | CriteriaSet) -> None:
    """Assert that every row gets the same verdicts by itself, compiled, and in a table of several units and years.

    The table is a Polars frame, with earlier years as rows of their own; a row with a number that is no decimal is left
    out of it, and so are sets that lean on verdicts of other years or standards, which a table judges itself. Roll-ups
    are left unknown, and parameters as the set has them. Raises `LawBroken` with the row, and `TestingError` where
    Polars is not installed.
    """
    if not is_installed("polars") or not is_installed("narwhals"):
        needed = "`record_equals_columns` needs Polars and narwhals, which are not installed"
        raise TestingError(Problem("NC501", needed, hint="install them with: pip install 'ncriteria[table]'"))
    definition = definition_of(criteria)
    leaning = bool(verdicts_leaned_on(definition))
    rows = facts_for(definition, parameters=False).map(lambda row: evolve(row, shares={}))

    def law(units: list[Row]) -> None:
        expected = [_by_record(definition, row) for row in units]
        _compare(definition, units, expected, [_compiled(definition, row) for row in units], "compiled")
        fitting = {index: row for index, row in enumerate(units) if _fits_columns(row) and not leaning}
        if fitting:
            rows_of_table, wanted = list(fitting.values()), [expected[index] for index in fitting]
            _compare(definition, rows_of_table, wanted, _in_columns(definition, rows_of_table), "in columns")

    for_all(st.lists(rows, min_size=1, max_size=_UNITS), law)


Verdicts = Mapping[str, str | None]


def _by_record(definition: CriteriaSet, row: Row) -> Verdicts:
    try:
        result = judged(definition, row)
    except EvaluationError:
        # A table with such a row has no verdicts at all.
        assume(False)
        raise
    return {path: outcome.verdict.value for path, outcome in result.clauses.items()}


def _compiled(definition: CriteriaSet, row: Row) -> Verdicts:
    years = _by_year(row)
    compiled = compile_criteria(Criteria(definition), row.year)
    earlier = {year: facts for year, facts in years.items() if year < row.year}
    found = compiled(years.get(row.year, {}), earlier=earlier)
    return {path: verdict.value for path, verdict in found.clauses.items()}


def _by_year(row: Row) -> dict[int, dict[str, int | Fraction | bool | str | datetime.date]]:
    years: dict[int, dict[str, int | Fraction | bool | str | datetime.date]] = {}
    for key, value in row.facts.items():
        years.setdefault(_year_of(row, key), {})[key.name] = _plain(value)
    return years


def _year_of(row: Row, key: FactKey) -> int:
    assert isinstance(key.period, Ago)
    return row.year - key.period.years


def _plain(value: FactValue) -> int | Fraction | bool | str | datetime.date:
    assert isinstance(value, (bool, Fraction, str, datetime.date)), "rows of this law hold no bounds"
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def _fits_columns(row: Row) -> bool:
    """Whether every number of the row is a decimal, as a column holds them."""
    scale = 10**_SCALE
    return all((value * scale).denominator == 1 for value in row.facts.values() if isinstance(value, Fraction))


def _in_columns(definition: CriteriaSet, units: Sequence[Row]) -> list[Verdicts]:
    from ncriteria.evaluation.columns.lines import line_of
    from ncriteria.evaluation.columns.table import RowByRowWarning, evaluate_table, verdict_columns
    from ncriteria.facts.lineage.model import Lineage

    frame = _frame(definition, units)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RowByRowWarning)
            # The units of a law stand alike in all years, whatever is reformed.
            judged_frame: polars.DataFrame = evaluate_table(frame, Criteria(definition), lineage=Lineage(reforms=()))
    except EvaluationError:
        # The row of an earlier year may have no value where the row of the year itself has one.
        assume(False)
        raise
    criteria = Criteria(definition)
    columns = verdict_columns(criteria, line_of(criteria, None, None, None))
    del columns[""]
    found = {(one["unit"], one["year"]): one for one in judged_frame.to_dicts()}
    rows = [found[f"u{index}", row.year] for index, row in enumerate(units)]
    return [{path: row[column] for path, column in columns.items()} for row in rows]


def _frame(definition: CriteriaSet, units: Sequence[Row]) -> polars.DataFrame:
    """One row per unit and year, with a column for every fact of the set."""
    import polars

    rows: list[dict[str, Cell]] = []
    for index, unit in enumerate(units):
        years = {unit.year: {}, **_by_year(unit)}
        for year, facts in years.items():
            rows.append({"unit": f"u{index}", "year": year, **{name: _cell(value) for name, value in facts.items()}})
    schema: dict[str, polars.DataType] = {"unit": polars.String(), "year": polars.Int64()}
    schema |= {name: _column_type(declaration) for name, declaration in definition.facts.items()}
    return polars.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def _cell(value: int | Fraction | bool | str | datetime.date) -> Cell:
    return Decimal(show_rational(value)) if isinstance(value, Fraction) else value


def _column_type(declaration: FactDeclaration) -> polars.DataType:
    import polars

    match declaration.type:
        case FactType.COUNT:
            return polars.Int64()
        case FactType.NUMBER:
            return polars.Decimal(38, _SCALE if declaration.decimals is None else declaration.decimals)
        case FactType.BOOLEAN:
            return polars.Boolean()
        case FactType.ENUMERATION:
            return polars.String()
        case FactType.DATE:
            return polars.Date()


def _compare(
    definition: CriteriaSet, units: Sequence[Row], expected: Sequence[Verdicts], found: Sequence[Verdicts], how: str
) -> None:
    for row, by_record, other in zip(units, expected, found, strict=True):
        for path, verdict in by_record.items():
            if other[path] != verdict:
                title = f'"{path}" is {other[path]} {how}, and {verdict} as a record'
                raise LawBroken(message(title, [(definition, row)], path))
