"""The month at whose end a year that still runs is looked at."""

from __future__ import annotations

import re

import click

from ncriteria.cli.console.wrong_calls import WrongCallError, WrongValueError
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.tables import Wanted, years_of
from ncriteria.facts.table import FactTable, Month
from ncriteria.patterns import compiled_later
from ncriteria.words import phrase

_MONTH = compiled_later(r"((?:19|20|21)\d\d)-(0[1-9]|1[0-2])", re.ASCII)


def month_given(_: click.Context, __: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """The year and the month of a text such as `2024-08`."""
    if value is None:
        return None
    found = _MONTH.fullmatch(value)
    if found is None:
        raise WrongValueError(phrase("expected a month such as 2024-08, found `{value}`", value=value))
    return int(found[1]), int(found[2])


def month_text(month: Month) -> str:
    """The month as it is given: `2024-08`."""
    return f"{month.year}-{month.number:02d}"


def refuse_later_rows(as_of: Month, table: FactTable, criteria: Catalog | Criteria, wanted: Wanted) -> None:
    """Raise a usage error for a wanted row of a year that begins after the month, and for one of a later month.

    A row of a month that says nothing, as a form has it, may be there.
    """
    sets = (criteria.definition,) if isinstance(criteria, Criteria) else criteria.sets.sets
    windows = {window for one in sets for window in one.windows}
    units = {row.unit.id for row in years_of(table, criteria) if wanted(row)}
    for row in table.rows:
        says_nothing = row.month is not None and not row.values
        if row.unit.id not in units or says_nothing or (row.month is None and not wanted(row)):
            continue
        begins = [Month(first.year, first.month) for first, _ in (window.days(row.year) for window in windows)]
        if (min(begins) if row.month is None else Month(row.year, row.month)) > as_of:
            message = phrase(
                "the row of `{unit}` in {when} comes after {year}-{number:02d}",
                unit=row.unit.id,
                when=row.when,
                year=as_of.year,
                number=as_of.number,
            )
            cure = phrase("choose other rows with --year") if row.month is None else phrase("leave later months out")
            raise WrongCallError(phrase("{message}; {hint}", message=message, hint=cure))
