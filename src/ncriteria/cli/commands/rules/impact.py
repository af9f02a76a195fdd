"""`ncriteria impact`: what a change of criteria does to the units of a table."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.impacts import (
    ImpactAsked,
    around_option,
    as_of_year_option,
    impact_of,
    years_tried_option,
)
from ncriteria.cli.inputs.tables import format_asked
from ncriteria.cli.options import completion
from ncriteria.cli.options.judged_table import GivenTable
from ncriteria.cli.options.reading import reading_options
from ncriteria.cli.options.receipts import day_option, receipted
from ncriteria.cli.options.shared import attestations_option, facts_argument, json_option, language_option
from ncriteria.cli.options.writing import output_options, refuse_output_to, write_out
from ncriteria.facts.options import ReadingOptions
from ncriteria.sets.names import LEVELS
from ncriteria.words import Language, phrase

if TYPE_CHECKING:
    from ncriteria.analysis.impact.impact import Impact
    from ncriteria.analysis.impact.years import YearsTried
    from ncriteria.errors import Problem
    from ncriteria.report.answers.answer import Answer

_SHOWN = 20


@click.command("impact", cls=SpokenCommand)
@click.argument("old", cls=SpokenArgument, shell_complete=completion.sets)
@click.argument("new", cls=SpokenArgument, shell_complete=completion.sets)
@facts_argument
@years_tried_option
@click.option("--year", "in_years", multiple=True, type=int, help="Count the rows of this year only; may be repeated.")
@as_of_year_option
@around_option
@click.option("--flips-only", is_flag=True, help="Show only the units that flip.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="NUMBER",
    help=f"Show at most so many flips and parent units; {_SHOWN} without it, and all with --json.",
)
@attestations_option
@reading_options
@output_options
@day_option
@language_option
@json_option
def command(
    old: str,
    new: str,
    facts: Path,
    years: str,
    in_years: tuple[int, ...],
    as_of_year: int | None,
    rules: tuple[str, ...],
    flips_only: bool,
    limit: int | None,
    attestations: tuple[Path, ...],
    reading: ReadingOptions,
    show: Language | None,
    output: Path | None,
    force: bool,
    day: datetime.date,
    language: Language,
    as_json: bool,
) -> None:
    """Show what the criteria set NEW in the place of OLD does to the units of the table FACTS.

    OLD and NEW are criteria files, or identifiers of shipped sets. FACTS is a workbook, CSV, JSON or YAML, or Parquet,
    which is judged in columns. Shown are how many verdicts go from which to which, the units that flip, and for each
    of them the clauses and facts that make the difference; then the larger units whose verdicts rest on theirs. Only
    units in the territory of the sets count.

    Exit status 1 where both sets judge no row of the table.
    """
    from ncriteria.cli.inputs.criteria import catalog_of, set_called
    from ncriteria.cli.inputs.recorded_answers import AnswerCall
    from ncriteria.cli.inputs.recorded_calls import JudgingCall
    from ncriteria.evaluation.errors import EvaluationError

    refuse_output_to(output, (old, new, facts, *rules, *attestations), force=force)
    asked = ImpactAsked(
        cast("YearsTried", years), as_of_year, in_years or None, catalog_of(rules), attestations, reading, show
    )
    found = impact_of(set_called(old), set_called(new), facts, asked)
    for year in in_years:
        if year not in found.rows_by_year and not found.elsewhere:
            raise WrongCallError(
                phrase(
                    "the table has no row of the year {year} for a {level}",
                    year=year,
                    level=LEVELS[found.old.level].as_phrase(),
                )
            )
    problems = [*found.problems, *(problem for above in found.above for problem in above.problems)]
    table = GivenTable(facts, rules, asked.around, None, attestations, reading, show)
    made = receipted(
        lambda: _answer(found, language, problems),
        AnswerCall(
            "impact",
            (old, new),
            JudgingCall(table, format=format_asked()),
            {"--years": years, "--year": in_years, "--as-of-year": as_of_year},
        ),
        day,
        output,
        as_json=as_json and not flips_only and limit is None,
    )
    if as_json:
        from ncriteria.report.records.impact import Flips, Impacted

        # What is printed in part is no answer that could be found the same.
        if flips_only or limit is not None:
            answer(Flips(tuple(found.flips(limit))) if flips_only else Impacted(found), language, limit=limit)
        else:
            answer(Impacted(found), language, receipt=made().receipt)
    else:
        from ncriteria.cli.terminal.two_sets.impacts import print_impact

        shown = _SHOWN if limit is None else limit
        print_impact(found, language, shown, flips_only=flips_only)
    write_out(output, made)
    if problems:
        raise EvaluationError(problems)
    if not found.judged:
        raise SystemExit(1)


def _answer(found: Impact, language: Language, problems: list[Problem]) -> Answer:
    from ncriteria.report.answers.edits import impacted

    return impacted(found, language, problems)
