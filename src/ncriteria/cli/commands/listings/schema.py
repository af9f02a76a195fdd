"""`ncriteria schema`: the JSON Schemas of what the commands print, and of criteria files."""

from __future__ import annotations

import json

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.options.shared import json_option, language_option
from ncriteria.words import Language, phrase, words


@click.command("schema", cls=SpokenCommand)
@click.argument("name", cls=SpokenArgument, required=False)
@click.option("--list", "listed", is_flag=True, help="List the schemas that there are.")
@language_option
@json_option
def command(name: str | None, listed: bool, language: Language, as_json: bool) -> None:
    """Print the JSON Schema (2020-12) called NAME.

    `result` is that of all that --json prints, `set` that of criteria files and `project` that of project files, by
    which editors check and complete them.
    """
    from ncriteria.language.hints.near_misses import did_you_mean
    from ncriteria.report.documents import SCHEMA_VERSIONS, SCHEMAS, SchemaFound, SchemasFound, schema_text

    if listed or name is None:
        if not listed:
            raise WrongCallError(phrase("name a schema; there are: {schemas}", schemas=", ".join(SCHEMAS)))
        if as_json:
            answer(SchemasFound(SCHEMAS), language)
        else:
            for known, what in SCHEMAS.items():
                click.echo(f"{known}  {words(language).again(what)} ({SCHEMA_VERSIONS[known]})")
        return
    if name not in SCHEMAS:
        hint = did_you_mean(name, SCHEMAS) or phrase("there are: {known}", known=", ".join(SCHEMAS))
        raise WrongCallError(phrase("there is no schema `{name}`; {hint}", name=name, hint=hint))
    if as_json:
        answer(SchemaFound(name, json.loads(schema_text(name))), language)
    else:
        click.echo(schema_text(name), nl=False)
