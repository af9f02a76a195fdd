"""`ncriteria dossier`: what an edit of criteria means, does and leaves untested, on one page for whoever signs it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.console.stages import stages
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
from ncriteria.cli.options.receipts import day_option
from ncriteria.cli.options.shared import (
    attestations_option,
    json_option,
    language_option,
    optional_facts_argument,
    timeout_option,
)
from ncriteria.cli.options.writing import output_options, refuse_output_to, write_out
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.facts.options import ReadingOptions
from ncriteria.words import Language

if TYPE_CHECKING:
    from ncriteria.analysis.impact.impact import Impact
    from ncriteria.analysis.impact.years import YearsTried
    from ncriteria.report.answers.answer import Answer
    from ncriteria.report.dossier.model import Dossier


@click.command("dossier", cls=SpokenCommand)
@click.argument("old", cls=SpokenArgument, shell_complete=completion.sets)
@click.argument("new", cls=SpokenArgument, shell_complete=completion.sets)
@optional_facts_argument
@years_tried_option
@as_of_year_option
@around_option
@attestations_option
@reading_options
@timeout_option(120, "Time for everything but the counting of FACTS; what is not decided by then is named.")
@click.option("--details", is_flag=True, help="Print the tables too: every change, unit that flips and slip.")
@output_options
@day_option
@language_option
@json_option
def command(
    old: str,
    new: str,
    facts: Path | None,
    years: str,
    as_of_year: int | None,
    rules: tuple[str, ...],
    attestations: tuple[Path, ...],
    reading: ReadingOptions,
    show: Language | None,
    timeout: float,
    details: bool,
    output: Path | None,
    force: bool,
    day: datetime.date,
    language: Language,
    as_json: bool,
) -> None:
    """Gather on one page what the criteria set NEW in the place of OLD means, for whoever signs it.

    OLD and NEW are criteria files, or identifiers of shipped sets of one standard. Told are what changed in words,
    how each clause relates to the old one, proved where ncriteria[prove] is installed, which units of the table FACTS
    flip, and how well the tests of NEW try its rules; first of all, what may be relied on, what was only searched, and
    what is not known.

    Exit status 1 where something is to be looked at before signing, such as a test of NEW that fails, a condition or a
    slip in its rules that no test tries, or a table of which no row is judged by both sets.
    """
    from ncriteria.cli.inputs.criteria import catalog_of, located_set_called, set_called
    from ncriteria.cli.inputs.recorded_answers import AnswerCall
    from ncriteria.cli.inputs.recorded_calls import JudgingCall
    from ncriteria.report.dossier.gathering import EditAsked, dossier_of
    from ncriteria.report.dossier.statements import has_findings

    refuse_output_to(output, (old, new, facts, *rules, *attestations), force=force)
    before, after, around = set_called(old), located_set_called(new), catalog_of(rules)
    given = None if facts is None else GivenTable(facts, rules, around, None, attestations, reading, show)
    options = (
        {"--timeout": timeout}
        if given is None
        else {"--years": years, "--as-of-year": as_of_year, "--timeout": timeout}
    )
    table = None if given is None else JudgingCall(given, format=format_asked())
    call, project = AnswerCall("dossier", (old, new), table, options), click.get_current_context().obj

    def counted() -> Impact:
        assert facts is not None
        tried = cast("YearsTried", years)
        return impact_of(
            before,
            after.criteria,
            facts,
            ImpactAsked(tried, as_of_year, None, around, attestations, reading, show),
        )

    with stages(language) as told:
        asked = EditAsked(
            tuple(call.arguments(project)),
            call.seen(project),
            day,
            None if facts is None else counted,
            timeout,
            told,
        )
        found = dossier_of(before, after, asked)
    _print(found, language, as_json=as_json, details=details)
    write_out(output, lambda: _answer(found, language))
    if found.problems:
        raise EvaluationError(found.problems)
    if has_findings(found):
        raise SystemExit(1)


def _print(found: Dossier, language: Language, *, as_json: bool, details: bool) -> None:
    if as_json:
        from ncriteria.report.records.dossier import EditTold

        answer(EditTold(found), language)
    else:
        from ncriteria.cli.terminal.two_sets.dossiers import print_dossier

        print_dossier(found, language, details=details)


def _answer(found: Dossier, language: Language) -> Answer:
    from ncriteria.report.answers.dossiers import gathered

    return gathered(found, language)
