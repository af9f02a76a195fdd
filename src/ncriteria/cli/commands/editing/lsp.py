"""`ncriteria lsp`: the language server that editors start."""

from __future__ import annotations

import click

from ncriteria.cli.console.spoken import SpokenCommand
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.options.shared import language_option
from ncriteria.errors import is_installed
from ncriteria.words import Language, phrase


@click.command("lsp", cls=SpokenCommand)
@language_option
def command(language: Language) -> None:
    """Answer an editor over the standard input and output, in the language server protocol.

    It needs the extra `editor`. The editor starts it, and ends it; it may ask for another language by the
    initialization option `language`, and with `advice` for what is only advice.
    """
    if not is_installed("pygls"):
        told = "pip install 'ncriteria[editor]'"
        raise WrongCallError(phrase("the language server needs pygls; install the extra: {command}", command=told))
    from ncriteria.editor.server.serving import serve

    serve(language)
