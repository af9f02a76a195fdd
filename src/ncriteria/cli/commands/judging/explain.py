"""`ncriteria explain`: the verdict on one unit in one year, with all its grounds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.layout import fitted, terminal_width
from ncriteria.cli.inputs.criteria import criteria_of
from ncriteria.cli.inputs.tables import attested, table_of
from ncriteria.cli.inputs.wanted import refuse_unknown_standards, refuse_unknown_units, wanted_rows
from ncriteria.cli.options.keeping_going import keep_going_options, tell_left_out
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
from ncriteria.cli.terminal.unjudged import end_without_a_verdict, failures
from ncriteria.evaluation.attesting.attested_tables import sets_of
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.tables import Judgement, evaluate_rows
from ncriteria.facts.options import ReadingOptions
from ncriteria.words import Language


@click.command("explain")
@facts_argument
@click.option(
    "--unit", required=True, metavar="UNIT", callback=composed, help="The unit to explain, by identifier or name."
)
@click.option("--year", required=True, type=int, help="The assessment year.")
@criteria_option
@standard_option
@attestations_option
@reading_options
@keep_going_options
@language_option
@json_option
def command(
    facts: Path,
    unit: str,
    year: int,
    criteria: Path | None,
    standards: tuple[str, ...],
    attestations: tuple[Path, ...],
    reading: ReadingOptions,
    show: Language | None,
    keep_going: bool,
    problems: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """Explain the verdict on one unit of the table FACTS in one year: numbers, limits, distances, citations.

    Exit status 1 where the unit could not be judged in that year.
    """
    chosen = criteria_of(criteria)
    refuse_unknown_standards(standards, chosen)
    table = table_of(facts, chosen, reading, show=show, keep_going=keep_going)
    table = attested(table, sets_of(chosen), attestations)
    refuse_unknown_units([unit], table.rows)
    found = list(evaluate_rows(table, chosen, standards=standards or None, wanted=wanted_rows([unit], [year])))
    if not found:
        judged = evaluate_rows(table, chosen, standards=standards or None, wanted=wanted_rows([unit], []))
        raise click.UsageError(_nothing(judged, unit, year))
    if failed := failures(found):
        raise EvaluationError(failed)
    _print(found, cast("Language", language), as_json=as_json)
    tell_left_out(table, problems)
    end_without_a_verdict(found)


def _nothing(judged: Iterable[Judgement], unit: str, year: int) -> str:
    years = sorted({one.row.year for one in judged})
    if not years:
        return f"`{unit}` is not judged: no criteria are for units of its level"
    return f"`{unit}` is not judged in {year}; it is in {', '.join(map(str, years))}"


def _print(found: list[Judgement], language: Language, *, as_json: bool) -> None:
    if as_json:
        from ncriteria.report.results import Judgements

        answer(Judgements(tuple(found)), language)
        return
    width = terminal_width()
    told = []
    for one in found:
        unit = one.row.unit.name or one.row.unit.id
        text = (
            one.result.explain(language)
            if one.result
            else "\n".join(problem.text(language) for problem in one.problems)
        )
        lines = f"{unit} — {one.standard}\n{text}".split("\n")
        told.append("\n".join(part for line in lines for part in fitted(line, width)))
    click.echo("\n\n".join(told))
