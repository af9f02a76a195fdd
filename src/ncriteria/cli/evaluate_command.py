"""`ncriteria evaluate`: judge the units of a fact table."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from ncriteria.cli.inputs import (
    criteria_of,
    failures,
    is_called,
    refuse_unknown_standards,
    refuse_unknown_units,
    refuse_unknown_years,
    table_of,
)
from ncriteria.cli.options import (
    composed,
    criteria_option,
    facts_argument,
    ignore_option,
    json_option,
    language_option,
    standard_option,
)
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.tables import Judgement, evaluate_rows
from ncriteria.sets.model import Language


@click.command("evaluate")
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
@ignore_option
@language_option
@json_option
def command(
    facts: Path,
    criteria: Path | None,
    standards: tuple[str, ...],
    units: tuple[str, ...],
    years: tuple[int, ...],
    ignore: tuple[str, ...],
    language: str,
    as_json: bool,
) -> None:
    """Judge the units of the table FACTS (CSV, JSON or YAML), year by year.

    Without --criteria, each row is judged under the shipped sets that hold for its level and year.
    """
    chosen = criteria_of(criteria)
    refuse_unknown_standards(standards, chosen)
    table = table_of(facts, chosen, ignore)
    refuse_unknown_units(units, table.rows)
    refuse_unknown_years(years, table.rows)
    judged = list(evaluate_rows(table, chosen, standards=standards or None))
    shown = [found for found in judged if _wanted(found, units, years)]
    if as_json:
        _print_json(shown, cast("Language", language))
    else:
        from ncriteria.cli.judgements import print_judgements

        print_judgements(shown, cast("Language", language))
    if problems := failures(shown):
        raise EvaluationError(problems)


def _wanted(judgement: Judgement, units: tuple[str, ...], years: tuple[int, ...]) -> bool:
    row = judgement.row
    return (not units or any(is_called(row, unit) for unit in units)) and (not years or row.year in years)


def _print_json(judgements: list[Judgement], language: Language) -> None:
    import json

    from ncriteria.evaluation.plain import plain_judgement

    plain = [plain_judgement(judgement, language) for judgement in judgements]
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
