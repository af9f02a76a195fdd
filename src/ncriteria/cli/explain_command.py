"""`ncriteria explain`: the verdict on one unit in one year, with all its grounds."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from ncriteria.cli.inputs import criteria_of, table_of
from ncriteria.cli.options import (
    criteria_option,
    facts_argument,
    ignore_option,
    json_option,
    language_option,
    standard_option,
)
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.explanation import explain
from ncriteria.evaluation.tables import Judgement, evaluate_rows
from ncriteria.language.near_misses import did_you_mean
from ncriteria.sets.model import Language


@click.command("explain")
@facts_argument
@click.option("--unit", required=True, metavar="ID", help="The unit to explain.")
@click.option("--year", required=True, type=int, help="The assessment year.")
@criteria_option
@standard_option
@ignore_option
@language_option
@json_option
def command(
    facts: Path,
    unit: str,
    year: int,
    criteria: Path | None,
    standards: tuple[str, ...],
    ignore: tuple[str, ...],
    language: str,
    as_json: bool,
) -> None:
    """Explain the verdict on one unit of the table FACTS in one year: numbers, limits, distances, citations."""
    chosen = criteria_of(criteria)
    table = table_of(facts, chosen, ignore)
    judged = list(evaluate_rows(table, chosen, standards=standards or None))
    found = [one for one in judged if one.row.unit.id == unit and one.row.year == year]
    if not found:
        raise click.UsageError(_nothing(judged, unit, year))
    problems = [problem for one in found for problem in one.problems if problem.code != "NC125"]
    if problems:
        raise EvaluationError(problems)
    _print(found, cast("Language", language), as_json=as_json)


def _nothing(judged: list[Judgement], unit: str, year: int) -> str:
    units = {one.row.unit.id for one in judged}
    if unit not in units:
        hint = did_you_mean(unit, units)
        return f"the table has no unit `{unit}` that is judged" + (f"; {hint}" if hint else "")
    years = sorted({one.row.year for one in judged if one.row.unit.id == unit})
    return f"`{unit}` is not judged in {year}; it is in {', '.join(map(str, years))}"


def _print(found: list[Judgement], language: Language, *, as_json: bool) -> None:
    if as_json:
        import json

        from ncriteria.evaluation.plain import plain_judgement

        click.echo(json.dumps([plain_judgement(one, language) for one in found], ensure_ascii=False, indent=2))
        return
    told = []
    for one in found:
        unit = one.row.unit.name or one.row.unit.id
        text = explain(one.result, language) if one.result else "\n".join(str(problem) for problem in one.problems)
        told.append(f"{unit} — {one.standard}\n{text}")
    click.echo("\n\n".join(told))
