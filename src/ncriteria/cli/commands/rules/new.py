"""`ncriteria new`: begin a criteria file, which `ncriteria check` accepts from the first save."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.console.written import refuse_over, written
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.begun_files import (
    identifier_for,
    lay_schema_beside,
    path_and_set,
    reference_to,
    with_schema,
)
from ncriteria.cli.options import completion
from ncriteria.cli.options.shared import force_option, json_option, language_option
from ncriteria.sets.files.begun import SetWanted, as_overlay, from_set, from_template
from ncriteria.sets.files.files import SET_SCHEMA, read_file
from ncriteria.words import Language, phrase, words


@click.command("new", cls=SpokenCommand)
@click.argument("file", cls=SpokenArgument, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--from", "source", metavar="SET", shell_complete=completion.sets, help="Begin from this set, as the one after it."
)
@click.option(
    "--overlay-of",
    "base",
    metavar="SET",
    shell_complete=completion.sets,
    help="Extend this set, for a territory or beside it.",
)
@click.option("--id", "name", help="The identifier of the new set; without it, the name of FILE.")
@click.option("--year", type=click.IntRange(1800, 2999), help="Its first assessment year; without it, this year.")
@click.option("--territory", help="The unit that it is for, with all units inside.")
@force_option
@language_option
@json_option
def command(
    file: Path,
    source: str | None,
    base: str | None,
    name: str | None,
    year: int | None,
    territory: str | None,
    force: bool,
    language: Language,
    as_json: bool,
) -> None:
    """Begin the criteria file FILE from a template, from a set (--from), or as an overlay of one (--overlay-of).

    What only its author knows stands as ???. `ncriteria check` names each, and nothing else is wrong. Beside it lies
    the schema by which editors check it.
    """
    refuse_over(file, force=force)
    if source is not None and base is not None:
        raise WrongCallError(phrase("a file is begun from a set or as an overlay of one, not both"))
    wanted = SetWanted(identifier_for(file, name), year or datetime.date.today().year, territory)
    say = words(language)
    if source is not None:
        path, criteria = path_and_set(source)
        text = from_set(criteria, read_file(path).decode("utf-8"), wanted, say)
    elif base is not None:
        path, criteria = path_and_set(base)
        text = as_overlay(criteria, reference_to(path, file), wanted, say)
    else:
        text = from_template(wanted, say)
    written(file, with_schema(text).encode(), force=force)
    lay_schema_beside(file)
    _tell(file, language, as_json=as_json)


def _tell(file: Path, language: Language, *, as_json: bool) -> None:
    """What is still to be filled in; the file is read as any other is."""
    from ncriteria.analysis.lint.warnings import lint
    from ncriteria.report.documents import SetBegun
    from ncriteria.sets.loader import load_located

    located = load_located(file)
    warnings = lint(located.criteria, located.places)
    if as_json:
        answer(SetBegun(str(file), located.criteria.id, tuple(warnings)), language)
        return
    say = words(language)
    click.echo(say("{file} is written", file=str(file)))
    click.echo(say("editors check it by {schema}, which lies beside it", schema=SET_SCHEMA))
    for problem in warnings:
        click.echo(problem.text(language).splitlines()[0])
    click.echo(say("next: fill it in, and run `ncriteria check {file}`", file=str(file)))
