"""`ncriteria room`: for every fact, the values for which the verdicts stay as they are or would change."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
from attrs import evolve

from ncriteria.cli.console.answers import answer
from ncriteria.cli.inputs.criteria import criteria_of
from ncriteria.cli.inputs.tables import attested, table_of
from ncriteria.cli.inputs.wanted import (
    refuse_unknown_standards,
    refuse_unknown_units,
    refuse_unknown_years,
    wanted_rows,
)
from ncriteria.cli.options.reading import reading_options
from ncriteria.cli.options.shared import (
    attestations_option,
    composed,
    criteria_option,
    facts_argument,
    json_option,
    language_option,
    standard_option,
)
from ncriteria.cli.terminal.unjudged import end_without_a_verdict, failures, print_passed_over
from ncriteria.evaluation.attesting.attested_tables import sets_of
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.tables import Wanted, passed_over, years_of
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import FactRow, FactTable, Month
from ncriteria.sets.model import CALENDAR_YEAR
from ncriteria.words import Language

if TYPE_CHECKING:
    from ncriteria.analysis.room.rows import RowRoom

_MONTH = re.compile(r"((?:19|20|21)\d\d)-(0[1-9]|1[0-2])", re.ASCII)


def _month(_: click.Context, __: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """The year and the month of a text such as `2024-08`."""
    if value is None:
        return None
    found = _MONTH.fullmatch(value)
    if found is None:
        raise click.BadParameter(f"expected a month such as 2024-08, found `{value}`")
    return int(found[1]), int(found[2])


@click.command("room")
@facts_argument
@criteria_option
@standard_option
@click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="UNIT",
    callback=composed,
    help="Show this unit only, by identifier or name; may be repeated.",
)
@click.option("--year", "years", multiple=True, type=int, help="Show this year only; may be repeated.")
@click.option(
    "--fact",
    "vary",
    multiple=True,
    metavar="FACT",
    callback=composed,
    help="Vary this fact only, such as crime_cases or prev_year.crime_cases; may be repeated.",
)
@click.option(
    "--as-of",
    "as_of",
    callback=_month,
    metavar="YYYY-MM",
    help="The year still runs: read its counts as the least that they will be.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    help="Time for all facts of all rows together; what is not found by then is told.",
)
@click.option("--near-misses", is_flag=True, help="Show only rows whose verdict one case more or fewer would change.")
@attestations_option
@reading_options
@language_option
@json_option
def command(
    facts: Path,
    criteria: Path | None,
    standards: tuple[str, ...],
    units: tuple[str, ...],
    years: tuple[int, ...],
    vary: tuple[str, ...],
    as_of: tuple[int, int] | None,
    timeout: float,
    near_misses: bool,
    attestations: tuple[Path, ...],
    reading: ReadingOptions,
    show: Language | None,
    language: str,
    as_json: bool,
) -> None:
    """Say how much room each fact of the table FACTS leaves: what is allowed, what there is now, how far that is.

    One fact varies at a time; all others are as they are known. The values come from the rules by algebra.

    Exit status 1 where no row at all could be judged.
    """
    from ncriteria.analysis.room.rows import room_rows

    chosen = criteria_of(criteria)
    refuse_unknown_standards(standards, chosen)
    table = table_of(facts, chosen, reading, show=show)
    table = attested(table, sets_of(chosen), attestations)
    refuse_unknown_units(units, table.rows)
    refuse_unknown_years(years, years_of(table, chosen))
    wanted = wanted_rows(units, years)
    if as_of is not None:
        month = Month(*as_of)
        _refuse_later_rows(month, table, chosen, wanted)
        table = evolve(table, as_of=month)
    only, varied = standards or None, vary or None
    found = list(room_rows(table, chosen, standards=only, vary=varied, wanted=wanted, timeout=timeout))
    shown = [one for one in found if not near_misses or (one.room is not None and one.room.whole.near_misses)]
    _show(shown, passed_over(table, chosen, wanted), cast("Language", language), as_of, as_json=as_json)
    if problems := failures(found):
        raise EvaluationError(problems)
    end_without_a_verdict(found)


def _show(
    shown: list[RowRoom],
    others: list[FactRow],
    language: Language,
    as_of: tuple[int, int] | None,
    *,
    as_json: bool,
) -> None:
    if as_json:
        from ncriteria.report.room import Rooms

        answer(Rooms(tuple(shown)), language)
        print_passed_over(others, language)
    else:
        from ncriteria.cli.terminal.rooms import print_rooms

        print_rooms(shown, others, language, as_of)


def _refuse_later_rows(as_of: Month, table: FactTable, criteria: Catalog | Criteria, wanted: Wanted) -> None:
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
