"""`ncriteria compare`: how two criteria sets differ in what they say and mean."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.options import completion
from ncriteria.cli.options.receipts import day_option, receipted
from ncriteria.cli.options.shared import json_option, language_option, timeout_option
from ncriteria.cli.options.writing import output_options, refuse_output_to, write_out

if TYPE_CHECKING:
    from ncriteria.analysis.comparison.compare import Comparison
    from ncriteria.report.answers.answer import Answer
    from ncriteria.words import Language


@click.command("compare", cls=SpokenCommand)
@click.argument("old", cls=SpokenArgument, shell_complete=completion.sets)
@click.argument("new", cls=SpokenArgument, shell_complete=completion.sets)
@click.option("--year", type=int, help="Relate the rules as they hold in this assessment year only.")
@timeout_option(60, "Time for all proofs together; what is not decided by then is told.")
@output_options
@day_option
@language_option
@json_option
def command(
    old: str,
    new: str,
    year: int | None,
    timeout: float,
    output: Path | None,
    force: bool,
    day: datetime.date,
    language: Language,
    as_json: bool,
) -> None:
    """Compare the criteria set NEW with OLD: what was added, removed, renamed and changed in what they say and mean.

    OLD and NEW are criteria files, or identifiers of shipped sets. Moving or reformatting shows nothing. For each
    changed rule it is shown whether it became stricter or looser, proved where ncriteria[prove] is installed.
    """
    from ncriteria.analysis.comparison.compare import compare
    from ncriteria.cli.inputs.criteria import set_called
    from ncriteria.cli.inputs.recorded_answers import AnswerCall

    refuse_output_to(output, (old, new), force=force)
    comparison = compare(set_called(old), set_called(new), year=year, timeout=timeout)
    call = AnswerCall("compare", (old, new), options={"--year": year, "--timeout": timeout})
    made = receipted(lambda: _answer(comparison, language), call, day, output, as_json=as_json)
    if as_json:
        from ncriteria.report.records.relation import Compared

        answer(Compared(comparison), language, receipt=made().receipt)
    else:
        from ncriteria.cli.terminal.two_sets.comparisons import print_comparison

        print_comparison(comparison, language)
    write_out(output, made)


def _answer(comparison: Comparison, language: Language) -> Answer:
    from ncriteria.report.answers.edits import compared

    return compared(comparison, language)
