"""The month at whose end a year that still runs is looked at."""

from __future__ import annotations

import re

import click

from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.tables import Wanted, years_of
from ncriteria.facts.table import FactTable, Month
from ncriteria.sets.model import CALENDAR_YEAR

_MONTH = re.compile(r"((?:19|20|21)\d\d)-(0[1-9]|1[0-2])", re.ASCII)


def month_given(_: click.Context, __: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """The year and the month of a text such as `2024-08`."""
    if value is None:
        return None
    found = _MONTH.fullmatch(value)
    if found is None:
        raise click.BadParameter(f"expected a month such as 2024-08, found `{value}`")
    return int(found[1]), int(found[2])


def refuse_later_rows(as_of: Month, table: FactTable, criteria: Catalog | Criteria, wanted: Wanted) -> None:
    """Raise a usage error for a wanted row of a year that begins after the month, and for one of a later month.

    A row of a month that says nothing, as a form has it, may be there.
    """
    sets = (criteria.definition,) if isinstance(criteria, Criteria) else criteria.sets.sets
    windows = {one.window or CALENDAR_YEAR for one in sets}
    units = {row.unit.id for row in years_of(table, criteria) if wanted(row)}
    for row in table.rows:
        says_nothing = row.month is not None and not row.values
        if row.unit.id not in units or says_nothing or (row.month is None and not wanted(row)):
            continue
        begins = [Month(first.year, first.month) for first, _ in (window.days(row.year) for window in windows)]
        if (min(begins) if row.month is None else Month(row.year, row.month)) > as_of:
            message = f"the row of `{row.unit.id}` in {row.when} comes after {as_of.year}-{as_of.number:02d}"
            cure = "choose other rows with --year" if row.month is None else "leave later months out"
            raise click.UsageError(f"{message}; {cure}")
