"""`ncriteria evaluate`: judge the units of a fact table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from ncriteria.cli.commands.judging.column_wise import is_judged_in_columns, with_level_of_standard
from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.layout import terminal_width
from ncriteria.cli.console.spoken import SpokenCommand
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.tables import PARQUET
from ncriteria.cli.inputs.wanted import clauses_asked, rows_asked, units_asked
from ncriteria.cli.options.judged_table import GivenTable, judged_table
from ncriteria.cli.options.keeping_going import keep_going_options, refuse_problems_to, tell_left_out
from ncriteria.cli.options.reading import IN_COLUMNS, refuse_but
from ncriteria.cli.options.receipts import ReceiptAsked, receipt_options
from ncriteria.cli.options.shared import composed, json_option, language_option, units_option, years_option
from ncriteria.cli.options.writing import output_options, refuse_output_to, write_out
from ncriteria.cli.terminal.summary.page import SummaryAsked
from ncriteria.cli.terminal.unjudged import end_without_a_verdict, passed_over_lines, print_passed_over
from ncriteria.evaluation.attesting.attested_tables import sets_of
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.evaluation.tables import evaluate_rows, passed_over
from ncriteria.evaluation.unjudged import failures
from ncriteria.facts.attestations.office_files import attestations_of
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.words import Language, phrase

if TYPE_CHECKING:
    from ncriteria.errors import Problem
    from ncriteria.report.answers.answer import Answer
    from ncriteria.report.receipts.receipt import Receipt


@click.command("evaluate", cls=SpokenCommand)
@units_option
@years_option
@judged_table
@keep_going_options
@output_options
@receipt_options
@click.option(
    "--engine",
    type=click.Choice(["polars", "duckdb", "spark"]),
    default="polars",
    show_default=True,
    help="What judges a Parquet table.",
)
@click.option(
    "--missing", is_flag=True, help="Tell every figure that can still change a verdict; with -o of each row, too."
)
@click.option("--details", is_flag=True, help="Tell each row with all its grounds below the summary.")
@click.option("--by-year", is_flag=True, help="Put the years side by side: units and years in place of clauses.")
@click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="PATH",
    callback=composed,
    help="Show this clause, or the clauses of this group, only; may be repeated.",
)
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
    receipt: ReceiptAsked,
    engine: str,
    missing: bool,
    details: bool,
    by_year: bool,
    clauses: tuple[str, ...],
    language: Language,
    as_json: bool,
) -> None:
    """Judge the units of the table FACTS (a workbook, CSV, JSON or YAML), year by year.

    Without --criteria, each row is judged under the shipped sets that hold for its level and year.

    FACTS may be - for the standard input. A table in Parquet is judged row by row as others are; one of more than
    100,000 rows, and any with --engine, --json or an output in .parquet, is judged as a whole under one standard, in
    columns, and may be larger than memory: printed is how many rows have each verdict.

    Exit status 1 where no row at all could be judged.
    """
    refuse_output_to(output, (*given.inputs, problems), force=force)
    refuse_problems_to(problems, given.inputs)
    receipt.refuse((*given.inputs, problems), output, force=force)
    to_other = output is not None and output.suffix.lower() != PARQUET
    as_file = (output is not None and not to_other) or _is_engine_named()
    of_rows = bool(units or years or clauses or details or by_year) or len(given.standards or ()) > 1
    by_row = of_rows or receipt.file is not None
    if not to_other and is_judged_in_columns(given, as_file=as_file, asks_for_rows=by_row, as_json=as_json):
        if of_rows:
            _refuse_of_rows()
        refuse_but(click.get_current_context(), IN_COLUMNS)
        if keep_going or problems is not None:
            raise WrongCallError(phrase("--keep-going is for other tables; a Parquet table is judged as it stands"))
        if receipt.file is not None:
            raise WrongCallError(
                phrase("--receipt is for tables that are judged row by row; write another kind of output")
            )
        from ncriteria.cli.commands.judging.evaluate_tables import TableOptions, evaluate_table_file

        standard = None if given.standards is None else given.standards[0]
        attestations = attestations_of(given.attestations, sets_of(given.criteria), given.reading)
        options = TableOptions(standard, missing, given.reading, engine, output, attestations)
        evaluate_table_file(given.file, given.criteria, options, language, as_json=as_json)
        return
    if _is_engine_named():
        raise WrongCallError(phrase("--engine is for tables in Parquet; the verdicts of others are printed"))
    given = with_level_of_standard(given)
    table = given.read(keep_going=keep_going)
    clauses = clauses_asked(clauses, sets_of(given.criteria), given.standards)
    units = units_asked(units, table.rows)
    wanted = rows_asked(table, given.criteria, units, years)
    shown = list(evaluate_rows(table, given.criteria, standards=given.standards, wanted=wanted))
    others, failed = passed_over(table, given.criteria, wanted, standards=given.standards), failures(shown)
    is_needed = receipt.is_needed(output, as_json=as_json)
    made = receipt.of(shown, given, units, years, keep_going=keep_going) if is_needed else None
    if as_json:
        _tell(shown, others, language, made)
    else:
        asked = SummaryAsked(by_year, clauses, missing, with_accounts=details or len(units) == 1)
        _print(shown, others, language, asked)
    write_out(output, lambda: _answer(shown, others, table, language, failed, made))
    receipt.write(made, language)
    if failed:
        raise EvaluationError(failed)
    tell_left_out(table, problems)
    end_without_a_verdict(shown)


def _tell(shown: list[Judgement], others: list[FactRow], language: Language, receipt: Receipt | None) -> None:
    from ncriteria.report.records.results import Judgements
    from ncriteria.report.summary.gathering import overview_of

    answer(Judgements(tuple(shown), overview_of(shown, others), receipt), language)
    print_passed_over(others, language)


def _print(shown: list[Judgement], others: list[FactRow], language: Language, asked: SummaryAsked) -> None:
    """Print the summary, and below it the accounts of all rows where they are wanted; those of a single row say all."""
    accounts: list[list[str]] = []
    if asked.with_accounts:
        from ncriteria.cli.terminal.judgements import account_blocks

        accounts = [*account_blocks(shown, language)]
    if asked.with_accounts and len(shown) == 1:
        blocks = [*accounts, [*passed_over_lines(others, language, terminal_width())]]
    else:
        from ncriteria.cli.terminal.summary.blocks import summary_blocks

        blocks = [*summary_blocks(shown, others, language, asked), *accounts]
    click.echo("\n\n".join("\n".join(block) for block in blocks if block))


def _answer(
    shown: list[Judgement],
    others: list[FactRow],
    table: FactTable,
    language: Language,
    failed: list[Problem],
    receipt: Receipt | None,
) -> Answer:
    from ncriteria.report.answers.judged import evaluated

    return evaluated(shown, others, table.problems, language, failed or table.problems, receipt)


def _refuse_of_rows() -> None:
    """Raise a usage error for options of single rows, where a table is judged as a whole."""
    raise WrongCallError(
        phrase(
            "--unit, --year, --clause, --details, --by-year and several --standard are of single rows; "
            "leave them out, or --engine and the output in .parquet"
        )
    )


def _is_engine_named() -> bool:
    return click.get_current_context().get_parameter_source("engine") is ParameterSource.COMMANDLINE
