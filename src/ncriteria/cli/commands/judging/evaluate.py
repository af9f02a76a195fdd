"""`ncriteria evaluate`: judge the units of a fact table."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click
from click.core import ParameterSource

from ncriteria.cli.console.answers import answer
from ncriteria.cli.inputs.criteria import criteria_of
from ncriteria.cli.inputs.tables import attestations_of, attested, table_of
from ncriteria.cli.inputs.wanted import (
    refuse_unknown_standards,
    refuse_unknown_units,
    refuse_unknown_years,
    wanted_rows,
)
from ncriteria.cli.options.keeping_going import keep_going_options, tell_left_out
from ncriteria.cli.options.reading import IN_COLUMNS, reading_options, refuse_but
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
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.tables import Judgement, evaluate_rows, passed_over, years_of
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import FactRow
from ncriteria.words import Language


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
@attestations_option
@reading_options
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
    facts: Path,
    criteria: Path | None,
    standards: tuple[str, ...],
    units: tuple[str, ...],
    years: tuple[int, ...],
    attestations: tuple[Path, ...],
    reading: ReadingOptions,
    show: Language | None,
    keep_going: bool,
    problems: Path | None,
    output: Path | None,
    engine: str,
    missing: bool,
    language: str,
    as_json: bool,
) -> None:
    """Judge the units of the table FACTS (a workbook, CSV, JSON or YAML), year by year.

    Without --criteria, each row is judged under the shipped sets that hold for its level and year.

    A table in Parquet is judged as a whole under one standard, in columns, and may be larger than memory: printed is
    how many rows have each verdict, and -o writes the verdicts of each row.

    Exit status 1 where no row at all could be judged.
    """
    chosen = criteria_of(criteria)
    refuse_unknown_standards(standards, chosen)
    if facts.suffix.lower() == ".parquet":
        _refuse_filters(standards, units, years)
        refuse_but(click.get_current_context(), IN_COLUMNS)
        if keep_going or problems is not None:
            raise click.UsageError("--keep-going is for other tables; a Parquet table is judged as it stands")
        from ncriteria.cli.commands.judging.evaluate_tables import TableOptions, evaluate_table_file

        given = attestations_of(attestations, sets_of(chosen))
        options = TableOptions(next(iter(standards), None), missing, reading, engine, output, given)
        evaluate_table_file(facts, chosen, options, cast("Language", language), as_json=as_json)
        return
    _refuse_options_of_parquet(click.get_current_context())
    table = table_of(facts, chosen, reading, show=show, keep_going=keep_going)
    table = attested(table, sets_of(chosen), attestations)
    refuse_unknown_units(units, table.rows)
    refuse_unknown_years(years, years_of(table, chosen))
    wanted = wanted_rows(units, years)
    shown = list(evaluate_rows(table, chosen, standards=standards or None, wanted=wanted))
    _show(shown, passed_over(table, chosen, wanted), cast("Language", language), as_json=as_json)
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


def _refuse_filters(standards: tuple[str, ...], units: tuple[str, ...], years: tuple[int, ...]) -> None:
    """Raise a usage error for options that a whole table is not judged with."""
    if len(standards) > 1:
        raise click.UsageError("a Parquet table is judged under one --standard")
    if units or years:
        raise click.UsageError("--unit and --year show rows of other tables; of a Parquet table, filter the verdicts")


def _refuse_options_of_parquet(context: click.Context) -> None:
    """Raise a usage error for an option of Parquet tables that is given with another."""
    for name in ("output", "engine", "missing"):
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name} is for tables in Parquet; the verdicts of others are printed")
