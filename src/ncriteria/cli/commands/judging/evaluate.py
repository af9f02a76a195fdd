"""`ncriteria evaluate`: judge the units of a fact table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from ncriteria.cli.console.answers import answer
from ncriteria.cli.inputs.tables import PARQUET, attestations_of
from ncriteria.cli.inputs.wanted import rows_asked
from ncriteria.cli.options.judged_table import GivenTable, judged_table
from ncriteria.cli.options.keeping_going import keep_going_options, tell_left_out
from ncriteria.cli.options.reading import IN_COLUMNS, refuse_but
from ncriteria.cli.options.shared import json_option, language_option, units_option, years_option
from ncriteria.cli.options.writing import output_options, refuse_output_to, write_out
from ncriteria.cli.terminal.unjudged import end_without_a_verdict, failures, print_passed_over
from ncriteria.evaluation.attesting.attested_tables import sets_of
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.tables import Judgement, evaluate_rows, passed_over
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.words import Language

if TYPE_CHECKING:
    from ncriteria.errors import Problem
    from ncriteria.report.answers.answer import Answer


@click.command("evaluate")
@units_option
@years_option
@judged_table
@keep_going_options
@output_options
@click.option(
    "--engine",
    type=click.Choice(["polars", "duckdb", "spark"]),
    default="polars",
    show_default=True,
    help="What judges a Parquet table.",
)
@click.option("--missing", is_flag=True, help="Write the facts that can still change each verdict, too.")
@language_option
@json_option
def command(
    units: tuple[str, ...],
    years: tuple[int, ...],
    given: GivenTable,
    keep_going: bool,
    problems: Path | None,
    output: Path | None,
    force: bool,
    engine: str,
    missing: bool,
    language: Language,
    as_json: bool,
) -> None:
    """Judge the units of the table FACTS (a workbook, CSV, JSON or YAML), year by year.

    Without --criteria, each row is judged under the shipped sets that hold for its level and year.

    A table in Parquet is judged as a whole under one standard, in columns, and may be larger than memory: printed is
    how many rows have each verdict, and -o with a name in .parquet writes the verdicts of each row. For another kind of
    output it is read as other tables are.

    Exit status 1 where no row at all could be judged.
    """
    refuse_output_to(output, (*given.inputs, problems), judgements=True, force=force)
    if given.file.suffix.lower() == PARQUET and (output is None or output.suffix.lower() == PARQUET):
        _refuse_filters(given, units, years)
        refuse_but(click.get_current_context(), IN_COLUMNS)
        if keep_going or problems is not None:
            raise click.UsageError("--keep-going is for other tables; a Parquet table is judged as it stands")
        from ncriteria.cli.commands.judging.evaluate_tables import TableOptions, evaluate_table_file

        standard = None if given.standards is None else given.standards[0]
        attestations = attestations_of(given.attestations, sets_of(given.criteria), given.reading)
        options = TableOptions(standard, missing, given.reading, engine, output, attestations)
        evaluate_table_file(given.file, given.criteria, options, language, as_json=as_json)
        return
    _refuse_options_of_parquet(click.get_current_context())
    table = given.read(keep_going=keep_going)
    wanted = rows_asked(table, given.criteria, units, years)
    shown = list(evaluate_rows(table, given.criteria, standards=given.standards, wanted=wanted))
    others, failed = passed_over(table, given.criteria, wanted), failures(shown)
    _show(shown, others, language, as_json=as_json)
    write_out(output, lambda: _answer(shown, others, table, language, failed))
    if failed:
        raise EvaluationError(failed)
    tell_left_out(table, problems)
    end_without_a_verdict(shown)


def _show(shown: list[Judgement], others: list[FactRow], language: Language, *, as_json: bool) -> None:
    if as_json:
        from ncriteria.report.results import Judgements
        from ncriteria.report.summary.gathering import overview_of

        answer(Judgements(tuple(shown), overview_of(shown, others)), language)
        print_passed_over(others, language)
    else:
        from ncriteria.cli.terminal.judgements import print_judgements

        print_judgements(shown, others, language)


def _answer(
    shown: list[Judgement], others: list[FactRow], table: FactTable, language: Language, failed: list[Problem]
) -> Answer:
    from ncriteria.report.answers.judged import evaluated

    return evaluated(shown, others, table.problems, language, failed or table.problems)


def _refuse_filters(given: GivenTable, units: tuple[str, ...], years: tuple[int, ...]) -> None:
    """Raise a usage error for options that a whole table is not judged with."""
    if given.standards is not None and len(given.standards) > 1:
        raise click.UsageError("a Parquet table is judged under one --standard")
    if units or years:
        raise click.UsageError("--unit and --year show rows of other tables; of a Parquet table, filter the verdicts")


def _refuse_options_of_parquet(context: click.Context) -> None:
    """Raise a usage error for an option of Parquet tables that is given with another."""
    for name in ("engine", "missing"):
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name} is for tables in Parquet; the verdicts of others are printed")
