"""`ncriteria schema`: the JSON Schema of what the commands print."""

from __future__ import annotations

import json

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.options.shared import json_option


@click.command("schema")
@click.argument("name", required=False)
@click.option("--list", "listed", is_flag=True, help="List the schemas that there are.")
@json_option
def command(name: str | None, listed: bool, as_json: bool) -> None:
    """Print the JSON Schema (2020-12) called NAME: `result` is that of all that --json prints."""
    from ncriteria.language.hints.near_misses import did_you_mean
    from ncriteria.report.documents import SCHEMA, SCHEMAS, SchemaFound, SchemasFound, schema_text

    if listed or name is None:
        if not listed:
            raise click.UsageError(f"name a schema; there are: {', '.join(SCHEMAS)}")
        if as_json:
            answer(SchemasFound(SCHEMAS))
        else:
            for known, what in SCHEMAS.items():
                click.echo(f"{known}  {what} ({SCHEMA})")
        return
    if name not in SCHEMAS:
        hint = did_you_mean(name, SCHEMAS) or f"there are: {', '.join(SCHEMAS)}"
        raise click.UsageError(f"there is no schema `{name}`; {hint}")
    if as_json:
        answer(SchemaFound(name, json.loads(schema_text(name))))
    else:
        click.echo(schema_text(name), nl=False)
