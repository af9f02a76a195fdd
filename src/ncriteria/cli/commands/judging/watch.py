"""`ncriteria watch`: where each unit stands while its year runs, who is in charge of it, and what changed."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenCommand
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.as_of import month_given, month_text, refuse_later_rows
from ncriteria.cli.inputs.tables import assignments_of, format_asked
from ncriteria.cli.inputs.wanted import rows_asked
from ncriteria.cli.options import completion
from ncriteria.cli.options.given_files import GivenFile
from ncriteria.cli.options.judged_table import GivenTable, judged_table
from ncriteria.cli.options.receipts import day_option, receipted
from ncriteria.cli.options.shared import json_option, language_option, timeout_option, units_option
from ncriteria.cli.options.writing import output_options, refuse_output_to, write_out
from ncriteria.cli.terminal.unjudged import end_without_a_verdict, print_passed_over
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.tables import passed_over
from ncriteria.evaluation.unjudged import failures
from ncriteria.facts.table import Month
from ncriteria.words import Language, phrase

_FILE = GivenFile(exists=True, dir_okay=False)


@click.command("watch", cls=SpokenCommand)
@click.option(
    "--as-of",
    "as_of",
    callback=month_given,
    metavar="YYYY-MM",
    required=True,
    help="The month that the facts go up to; the counts of its year may grow.",
)
@click.option(
    "--assignments",
    type=_FILE,
    metavar="FILE",
    shell_complete=completion.tables,
    help="A table of members in charge and their units (workbook, CSV, JSON or YAML).",
)
@click.option(
    "--since", type=_FILE, metavar="LAST.json", help="What --json printed the last time: say what changed since."
)
@units_option
@click.option("--details", is_flag=True, help="Tell every unit with its counts, however many there are.")
@timeout_option(600.0, "Time for all facts of all rows together; what is not found by then is told.")
@judged_table
@output_options
@day_option
@language_option
@json_option
def command(
    given: GivenTable,
    as_of: tuple[int, int],
    assignments: Path | None,
    since: Path | None,
    units: tuple[str, ...],
    details: bool,
    timeout: float,
    output: Path | None,
    force: bool,
    day: datetime.date,
    language: Language,
    as_json: bool,
) -> None:
    """Say which units of the table FACTS are lost, at risk, open or certain in the year that runs, and by how much.

    At risk is a unit that is still open, where a count that may happen at all has no room left, or where the pace so
    far would lose it by the end of the year. The pace is a projection, and no verdict.

    Exit status 1 where no row at all could be judged.
    """
    from ncriteria.analysis.watching.changes import changes_since
    from ncriteria.analysis.watching.watch import by_members, watched_table
    from ncriteria.cli.inputs.recorded_answers import AnswerCall
    from ncriteria.cli.inputs.recorded_calls import JudgingCall
    from ncriteria.report.answers.watched import watched_answer
    from ncriteria.report.receipts.receipt import FileRole
    from ncriteria.report.watching.former import read_former
    from ncriteria.report.watching.telling import Watched

    refuse_output_to(output, (*given.inputs, assignments, since), force=force)
    month, chosen = Month(*as_of), given.criteria
    former = None if since is None else read_former(since, month)
    table = given.read()
    wanted = rows_asked(table, chosen, units, ())
    refuse_later_rows(month, table, chosen, wanted)
    assigned = None if assignments is None else assignments_of(assignments, table, given.reading)
    found = watched_table(table, chosen, month, standards=given.standards, wanted=wanted, timeout=timeout)
    if not found.rows:
        raise WrongCallError(
            phrase(
                "the table has no row of a year that runs in {year}-{number:02d}", year=month.year, number=month.number
            )
        )
    told = Watched(
        found,
        None if assigned is None else by_members(found, assigned.members),
        None if former is None else changes_since(former, found),
    )
    judged, others = [one.judged for one in found.rows], passed_over(table, chosen, wanted, standards=given.standards)
    problems = failures(judged)
    beside = {"--assignments": (FileRole.ASSIGNMENTS, assignments), "--since": (FileRole.LAST_TIME, since)}
    made = receipted(
        lambda: watched_answer(told, others, language, problems),
        AnswerCall(
            "watch",
            table=JudgingCall(given, units, format=format_asked()),
            options={"--as-of": month_text(month), "--timeout": timeout},
            beside={option: (role, path) for option, (role, path) in beside.items() if path is not None},
        ),
        day,
        output,
        as_json=as_json,
    )
    if as_json:
        answer(told, language, receipt=made().receipt)
        print_passed_over(others, language)
    else:
        from ncriteria.cli.terminal.watching import print_watched

        print_watched(told, others, language, details=details)
    write_out(output, made)
    if problems:
        raise EvaluationError(problems)
    end_without_a_verdict(judged)
