"""`ncriteria room`: for every fact, the values for which the verdicts stay as they are or would change."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenCommand
from ncriteria.cli.inputs.as_of import month_given, month_text, refuse_later_rows
from ncriteria.cli.inputs.tables import format_asked
from ncriteria.cli.inputs.wanted import rows_asked
from ncriteria.cli.options.judged_table import GivenTable, judged_table
from ncriteria.cli.options.receipts import day_option, receipted
from ncriteria.cli.options.shared import (
    composed,
    json_option,
    language_option,
    timeout_option,
    units_option,
    years_option,
)
from ncriteria.cli.options.writing import output_options, refuse_output_to, write_out
from ncriteria.cli.terminal.unjudged import end_without_a_verdict, print_passed_over
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.tables import passed_over
from ncriteria.evaluation.unjudged import failures
from ncriteria.facts.table import FactRow, FactTable, Month
from ncriteria.words import Language

if TYPE_CHECKING:
    from ncriteria.analysis.room.rows import RowRoom
    from ncriteria.errors import Problem
    from ncriteria.report.answers.answer import Answer


@click.command("room", cls=SpokenCommand)
@units_option
@years_option
@click.option(
    "--fact",
    "vary",
    multiple=True,
    metavar="FACT",
    callback=composed,
    help="Vary this fact only, such as crime_cases or prev_year.crime_cases; may be repeated.",
)
@click.option(
    "--as-of",
    "as_of",
    callback=month_given,
    metavar="YYYY-MM",
    help="The year still runs: read its counts as the least that they will be.",
)
@timeout_option(600, "Time for all facts of all rows together; what is not found by then is told.")
@click.option("--details", is_flag=True, help="Tell every clause and fact of every unit, however many there are.")
@click.option("--near-misses", is_flag=True, help="Show only rows whose verdict one case more or fewer would change.")
@judged_table
@output_options
@day_option
@language_option
@json_option
def command(
    units: tuple[str, ...],
    years: tuple[int, ...],
    given: GivenTable,
    vary: tuple[str, ...],
    as_of: tuple[int, int] | None,
    timeout: float,
    details: bool,
    near_misses: bool,
    output: Path | None,
    force: bool,
    day: datetime.date,
    language: Language,
    as_json: bool,
) -> None:
    """Say how much room each fact of the table FACTS leaves: what is allowed, what there is now, how far that is.

    One fact varies at a time; all others are as they are known. The values come from the rules by algebra. Of several
    units each has a line; --details, --unit and --fact tell every clause and fact.

    Exit status 1 where no row at all could be judged.
    """
    from ncriteria.analysis.room.rows import room_rows
    from ncriteria.cli.inputs.recorded_answers import AnswerCall
    from ncriteria.cli.inputs.recorded_calls import JudgingCall

    refuse_output_to(output, given.inputs, force=force)
    read, chosen = given.read(), given.criteria
    wanted, month = rows_asked(read, chosen, units, years), None if as_of is None else Month(*as_of)
    if month is not None:
        refuse_later_rows(month, read, chosen, wanted)
    table, only = evolve(read, as_of=month), given.standards
    found = list(room_rows(table, chosen, standards=only, vary=vary or None, wanted=wanted, timeout=timeout))
    shown = [one for one in found if not near_misses or (one.room is not None and one.room.whole.near_misses)]
    others, problems = passed_over(table, chosen, wanted, standards=given.standards), failures(found)
    is_account = details or vary or len({one.row.unit.id for one in shown}) <= 1
    made = receipted(
        lambda: _answer(shown, others, language, problems, month),
        AnswerCall(
            "room",
            table=JudgingCall(given, units, years, format=format_asked()),
            options={
                "--fact": vary,
                "--as-of": month and month_text(month),
                "--near-misses": near_misses,
                "--timeout": timeout,
            },
        ),
        day,
        output,
        as_json=as_json,
    )
    if as_json:
        from ncriteria.report.records.room import Rooms

        answer(Rooms(tuple(shown)), language, receipt=made().receipt)
        print_passed_over(others, language)
    elif is_account:
        from ncriteria.cli.terminal.rooms import print_rooms

        print_rooms(shown, others, language, as_of)
    else:
        _summarize(shown, read, others, language, month, every_miss=near_misses)
    write_out(output, made)
    if problems:
        raise EvaluationError(problems)
    end_without_a_verdict(found)


def _answer(
    shown: list[RowRoom], others: list[FactRow], language: Language, problems: list[Problem], month: Month | None
) -> Answer:
    from ncriteria.report.answers.rooms import roomy

    return roomy(shown, others, language, problems, month)


def _summarize(
    shown: list[RowRoom],
    read: FactTable,
    others: list[FactRow],
    language: Language,
    month: Month | None,
    *,
    every_miss: bool,
) -> None:
    from ncriteria.analysis.watching.watch import stood_rows
    from ncriteria.cli.terminal.room_summary import print_room_summary

    stood = None if month is None else list(stood_rows(shown, read, month))
    print_room_summary(shown, stood, others, language, month, every_miss=every_miss)
