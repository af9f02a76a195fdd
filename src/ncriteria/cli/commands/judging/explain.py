"""`ncriteria explain`: the verdict on one unit in one year, with all its grounds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.layout import fitted, terminal_width
from ncriteria.cli.console.spoken import SpokenCommand
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.wanted import units_asked, wanted_rows
from ncriteria.cli.options import completion
from ncriteria.cli.options.judged_table import GivenTable, judged_table
from ncriteria.cli.options.keeping_going import keep_going_options, refuse_problems_to, tell_left_out
from ncriteria.cli.options.receipts import ReceiptAsked, receipt_options
from ncriteria.cli.options.shared import composed, json_option, language_option
from ncriteria.cli.options.writing import output_options, refuse_output_to, write_out
from ncriteria.cli.terminal.unjudged import end_without_a_verdict
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.evaluation.tables import evaluate_rows
from ncriteria.evaluation.unjudged import failures
from ncriteria.facts.table import FactTable
from ncriteria.sets.names import named_standard
from ncriteria.words import Language, phrase

if TYPE_CHECKING:
    from ncriteria.report.answers.answer import Answer
    from ncriteria.report.receipts.receipt import Receipt


@click.command("explain", cls=SpokenCommand)
@click.option(
    "--unit",
    required=True,
    metavar="UNIT",
    shell_complete=completion.units,
    callback=composed,
    help="The unit to explain, by identifier or name.",
)
@click.option("--year", required=True, type=int, shell_complete=completion.years, help="The assessment year.")
@judged_table
@keep_going_options
@output_options
@receipt_options
@language_option
@json_option
def command(
    unit: str,
    year: int,
    given: GivenTable,
    keep_going: bool,
    problems: Path | None,
    output: Path | None,
    force: bool,
    receipt: ReceiptAsked,
    language: Language,
    as_json: bool,
) -> None:
    """Explain the verdict on one unit of the table FACTS in one year: numbers, limits, distances, citations.

    Exit status 1 where the unit could not be judged in that year.
    """
    refuse_output_to(output, (*given.inputs, problems), force=force)
    refuse_problems_to(problems, given.inputs)
    receipt.refuse((*given.inputs, problems), output, force=force)
    table = given.read(keep_going=keep_going)
    (unit,) = units_asked([unit], table.rows)
    found = list(evaluate_rows(table, given.criteria, standards=given.standards, wanted=wanted_rows([unit], [year])))
    if not found:
        judged = evaluate_rows(table, given.criteria, standards=given.standards, wanted=wanted_rows([unit], []))
        raise WrongCallError(_nothing(judged, unit, year))
    if failed := failures(found):
        raise EvaluationError(failed)
    is_needed = receipt.is_needed(output, as_json=as_json)
    made = receipt.of(found, given, (unit,), (year,), keep_going=keep_going) if is_needed else None
    if as_json:
        _tell(found, language, made)
    else:
        _print(found, language)
    write_out(output, lambda: _answer(found, table, language, made))
    receipt.write(made, language)
    tell_left_out(table, problems)
    end_without_a_verdict(found)


def _answer(found: list[Judgement], table: FactTable, language: Language, receipt: Receipt | None) -> Answer:
    from ncriteria.report.answers.judged import explained

    return explained(found, table.problems, language, table.problems, receipt)


def _nothing(judged: Iterable[Judgement], unit: str, year: int) -> str:
    years = sorted({one.row.year for one in judged})
    if not years:
        return phrase("`{unit}` is not judged: no criteria are for units of its level", unit=unit)
    return phrase(
        "`{unit}` is not judged in {year}; it is in {years}", unit=unit, year=year, years=", ".join(map(str, years))
    )


def _tell(found: list[Judgement], language: Language, receipt: Receipt | None) -> None:
    from ncriteria.report.records.results import Judgements

    answer(Judgements(tuple(found), None, receipt), language)


def _print(found: list[Judgement], language: Language) -> None:
    width = terminal_width()
    told = []
    for one in found:
        unit = one.row.unit.name or one.row.unit.id
        text = (
            one.result.explain(language)
            if one.result
            else "\n".join(problem.text(language) for problem in one.problems)
        )
        lines = f"{unit} — {named_standard(one.standard, one.standard_title, language)}\n{text}".split("\n")
        told.append("\n".join(part for line in lines for part in fitted(line, width)))
    click.echo("\n\n".join(told))
