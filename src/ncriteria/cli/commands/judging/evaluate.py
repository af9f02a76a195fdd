"""`ncriteria evaluate`: judge the units of a fact table."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from ncriteria.cli.console.answers import answer
from ncriteria.cli.inputs.tables import attestations_of
from ncriteria.cli.inputs.wanted import rows_asked
from ncriteria.cli.options.judged_table import GivenTable, judged_table
from ncriteria.cli.options.keeping_going import keep_going_options, tell_left_out
from ncriteria.cli.options.reading import IN_COLUMNS, refuse_but
from ncriteria.cli.options.shared import json_option, language_option, units_option, years_option
from ncriteria.cli.terminal.unjudged import end_without_a_verdict, failures, print_passed_over
from ncriteria.evaluation.attesting.attested_tables import sets_of
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.tables import Judgement, evaluate_rows, passed_over
from ncriteria.facts.table import FactRow
from ncriteria.words import Language


@click.command("evaluate")
@units_option
@years_option
@judged_table
@keep_going_options
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rows of a Parquet table, with their verdicts, to this Parquet file.",
)
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
    engine: str,
    missing: bool,
    language: Language,
    as_json: bool,
) -> None:
    """Judge the units of the table FACTS (a workbook, CSV, JSON or YAML), year by year.

    Without --criteria, each row is judged under the shipped sets that hold for its level and year.

    A table in Parquet is judged as a whole under one standard, in columns, and may be larger than memory: printed is
    how many rows have each verdict, and -o writes the verdicts of each row.

    Exit status 1 where no row at all could be judged.
    """
    if given.file.suffix.lower() == ".parquet":
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
    _show(shown, passed_over(table, given.criteria, wanted), language, as_json=as_json)
    if failed := failures(shown):
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


def _refuse_filters(given: GivenTable, units: tuple[str, ...], years: tuple[int, ...]) -> None:
    """Raise a usage error for options that a whole table is not judged with."""
    if given.standards is not None and len(given.standards) > 1:
        raise click.UsageError("a Parquet table is judged under one --standard")
    if units or years:
        raise click.UsageError("--unit and --year show rows of other tables; of a Parquet table, filter the verdicts")


def _refuse_options_of_parquet(context: click.Context) -> None:
    """Raise a usage error for an option of Parquet tables that is given with another."""
    for name in ("output", "engine", "missing"):
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name} is for tables in Parquet; the verdicts of others are printed")
