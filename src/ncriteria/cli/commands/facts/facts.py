"""`ncriteria facts`: what a criteria set needs to be told."""

from __future__ import annotations

from pathlib import Path

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.console.written import written
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.criteria import sets_beside
from ncriteria.cli.options import completion
from ncriteria.cli.options.shared import force_option, json_option, language_option
from ncriteria.words import Language, phrase


@click.command("facts", cls=SpokenCommand)
@click.argument("criteria", cls=SpokenArgument, metavar="SET", shell_complete=completion.sets)
@click.option("--csv", "as_csv", is_flag=True, help="Print a table in CSV.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the table to this file (.csv), with the mark by which Excel knows UTF-8.",
)
@force_option
@language_option
@json_option
def command(criteria: str, as_csv: bool, output: Path | None, force: bool, language: Language, as_json: bool) -> None:
    """Say what SET, a file or the identifier of a shipped set, needs to be told.

    Of each fact: its title, what is written for it, of which years, the clauses that ask for it, and who has it.
    """
    from ncriteria.report.needs.listing import needs_csv
    from ncriteria.report.needs.telling import facts_needed

    if as_csv and as_json:
        raise WrongCallError(phrase("--csv and --json cannot be printed together"))
    needed = facts_needed(*sets_beside(criteria))
    if output is not None:
        if output.suffix.lower() != ".csv":
            raise WrongCallError(phrase("the list is written as .csv, not as `{output}`", output=output.name))
        written(output, needs_csv(needed, language).encode("utf-8-sig"), force=force)
    if as_json:
        answer(needed, language)
    elif as_csv:
        click.echo(needs_csv(needed, language), nl=False)
    elif output is None:
        from ncriteria.cli.terminal.facts_needed import print_facts_needed

        print_facts_needed(needed, language)
