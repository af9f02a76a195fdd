"""The command line. Each command is loaded only when it is called, so that starting up stays light."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from gettext import gettext as _
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

from ncriteria.cli.console.answers import is_asked_for, language_asked, language_of_errors, note_call, one_object
from ncriteria.cli.console.output import checked_output
from ncriteria.cli.console.spoken import SpokenCommand, language_of_call, spoken

_COMMANDS: Final = {
    "evaluate": ("judging", "Judge the units of a fact table."),
    "init": ("facts", "Look at a table, ask what it does not say, and write the project file."),
    "explain": ("judging", "Explain the verdict on one unit in one year."),
    "verify": ("judging", "Judge again what a receipt was made from, and say whether the result is the same."),
    "new": ("rules", "Begin a criteria file."),
    "fill": ("rules", "Write the rule of a clause whose text was not known."),
    "check": ("editing", "Check criteria files."),
    "rule": ("editing", "Say what a rule of the check is about."),
    "fmt": ("editing", "Lay out criteria files in the canonical way."),
    "lsp": ("editing", "Answer an editor: findings, completion, names, layout."),
    "test": ("rules", "Run the tests that criteria files carry."),
    "try": ("rules", "Try a criteria set by hand: give facts line by line, and see what each changes."),
    "room": ("judging", "Say how much room each fact leaves."),
    "watch": ("judging", "Say where each unit stands while its year runs, by who is in charge."),
    "compare": ("rules", "Compare two criteria sets: what differs in what they say and mean."),
    "prove": ("rules", "Prove how one criteria set stands to another over all possible records."),
    "impact": ("rules", "Show what a change of criteria does to the units of a table."),
    "dossier": ("rules", "Gather what an edit of criteria means, does and leaves untested, for whoever signs it."),
    "export": ("rules", "Write a criteria set as a DMN model."),
    "facts": ("facts", "Say what a criteria set needs to be told."),
    "form": ("facts", "Write an empty form for what a criteria set needs."),
    "catalog": ("listings", "List the criteria sets."),
    "schema": ("listings", "Print the JSON Schema of what --json prints, or of criteria files."),
}
SUMMARIES: Final = {name: told for name, (_folder, told) in _COMMANDS.items()}
"""What each command does, in a line."""


class _Commands(SpokenCommand, click.Group):
    """The commands, each in a module of its own name in the folder beside it, imported when it is needed."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run the command line in the language of the call."""
        given = sys.argv[1:] if args is None else list(args)
        with spoken("en" if is_asked_for(given) else language_of_call(given)):
            return super().main(args, *rest, **options)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        folder, _ = _COMMANDS[cmd_name]
        module = import_module(f"ncriteria.cli.commands.{folder}.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(told)) for name, told in SUMMARIES.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        note_call(ctx, args, language_of_call(args))
        with one_object(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from ncriteria.language.hints.near_misses import did_you_mean
            from ncriteria.words import words

            hint = words(language_of_errors(ctx)).again(did_you_mean(args[0], _COMMANDS) or "")
            raise click.UsageError(f"{error.message}{f' ({hint})' if hint else ''}", ctx) from None

    def _take_project(self, ctx: click.Context) -> None:
        """Let the project file stand for options that are not given; without one this costs next to nothing."""
        given, folder = ctx.params["project"], Path.cwd()
        if given is not None or any((around / "ncriteria.yaml").exists() for around in (folder, *folder.parents)):
            from ncriteria.cli.options.project_file import take_project

            take_project(ctx, given, folder, tuple(_COMMANDS))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; every error that the library foresees is printed, never a traceback."""
        from ncriteria.cli.console.complaints import complain
        from ncriteria.errors import NCriteriaError, told  # which help has no need of

        if os.environ.get("NO_COLOR"):
            ctx.color = False
        try:
            with one_object(ctx):
                self._take_project(ctx)
                return super().invoke(ctx)
        except NCriteriaError as error:
            for line in told(error.problems, language_asked(ctx)):
                complain(line)
            ctx.exit(1 if error.is_finding else 2)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="ncriteria", message="%(prog)s %(version)s")
@click.option(
    "--project",
    metavar="FILE",
    help="The project file; without it the ncriteria.yaml of this folder or one around it, with `none` no file.",
)
@click.option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    expose_value=False,
    help="The language of help, of errors and of the output; may also stand behind the command.",
)
def program(project: str | None) -> None:  # read where a command is invoked
    """Judge Vietnamese communes against criteria on security and public order.

    Exit status: 0 done; 1 findings (a failed test, a broken file under check, a table of which no row could be judged);
    2 bad usage, bad input, or output that cannot be written.
    """


def main() -> None:
    """Run the command line, which writes UTF-8 whatever the locale is, for the texts are Vietnamese."""
    # What is read and imported stays: looking through it for garbage finds none, again and again or at the end.
    gc.set_threshold(200_000)
    try:
        with checked_output():
            program.main(prog_name="ncriteria")
    finally:
        gc.freeze()
