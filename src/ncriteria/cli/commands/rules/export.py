"""`ncriteria export`: a criteria set as a model that other tools read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.layout import fitted, terminal_width
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.options import completion
from ncriteria.cli.options.shared import force_option, json_option, language_option
from ncriteria.words import Language, phrase, words

if TYPE_CHECKING:
    from ncriteria.report.dmn.model import DmnModel


@click.command("export", cls=SpokenCommand)
@click.argument("criteria", cls=SpokenArgument, metavar="SET", shell_complete=completion.sets)
@click.option("--dmn", is_flag=True, help="As a model of DMN 1.5, whose expressions are FEEL.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to this file, not to the screen."
)
@force_option
@language_option
@json_option
def command(criteria: str, dmn: bool, output: Path | None, force: bool, language: Language, as_json: bool) -> None:
    """Write a criteria set as a model that other tools read: a decision for each clause, each group and the whole.

    SET is a criteria file, or the identifier of a shipped set. What the model does not do as the set does is told,
    with its place.

    Exit status 1 where there is such a thing; the model is written all the same.
    """
    from ncriteria.cli.inputs.criteria import set_called
    from ncriteria.report.dmn.document import dmn_text
    from ncriteria.report.dmn.modelling import dmn_model
    from ncriteria.report.writing.formats import refuse_place, write_text

    if not dmn:
        raise WrongCallError(phrase("say as what: --dmn is what there is"))
    if output is not None:
        refuse_place(output, [Path(criteria)], force=force)
    model = dmn_model(set_called(criteria), language)
    text = dmn_text(model)
    if output is not None:
        write_text(text, output)
    if as_json:
        from ncriteria.report.documents import DmnWritten

        counts = len(model.inputs), len(model.decisions)
        where = (None, text) if output is None else (str(output), None)
        answer(DmnWritten(where[0], model.identifier, *counts, model.not_carried, where[1]), language)
    else:
        if output is None:
            click.echo(text, nl=False)
        _tell(model, output, language)
    if model.not_carried:
        raise SystemExit(1)


def _tell(model: DmnModel, output: Path | None, language: Language) -> None:
    """What was written, and what is not in it: beside the model where that is printed."""
    say = words(language)
    lines = []
    if output is not None:
        inputs = say.plural("{count} input", "{count} inputs", count=len(model.inputs))
        decisions = say.plural("{count} decision", "{count} decisions", count=len(model.decisions))
        lines.append(say("Written to {file} ({what})", file=str(output), what=f"{inputs}; {decisions}"))
    if model.not_carried:
        lines.append(say("What the model does not do as the set does: {count}", count=len(model.not_carried)))
    for one in model.not_carried:
        place = "" if one.place is None else f"{one.place.text(say)}: "
        lines.append(f"  {place}{one.name}: {say.again(one.what)}")
    for line in (line for one in lines for line in fitted(one, terminal_width())):
        click.echo(line, err=output is None)
