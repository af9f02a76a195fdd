"""The language of a call, in which its help and its errors are told, and the commands that tell help in it.

Texts of click and of help are looked up as click does, by `gettext`: starting up stays light, for `ncriteria.words` is
not needed until there is something to compute.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from gettext import gettext as _
from inspect import cleandoc
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import click

from ncriteria.patterns import compiled_later

if TYPE_CHECKING:
    from ncriteria.words import Language

_DOMAIN: Final = "command-line"
"""The catalogue of what `gettext` is asked for: a small one, for it is read whole."""
_LOCALE: Final = Path(__file__).parents[2] / "locale"
_LANGUAGES: Final = ("vi", "en")
ENVIRONMENT: Final = "NCRITERIA_LANG"
_PROJECT_FILE: Final = "ncriteria.yaml"
_HELP: Final = "Show this message and exit."
_WORD: Final = compiled_later(r"[A-Z]+")
_OF_PROJECT: Final = compiled_later(r"^language:\s*[\"']?(vi|en)\b", re.MULTILINE)


def language_of_call(arguments: Sequence[str]) -> Language:
    """What `--lang` says, or the environment, or the project file; Vietnamese where none does."""
    said = list(takewhile(lambda one: one != "--", arguments))
    asked = [*reversed([*_given(said, "--lang")]), os.environ.get(ENVIRONMENT)]
    found = next((one for one in asked if one in _LANGUAGES), None)
    return cast("Language", found or _of_project(next(_given(said, "--project"), None)) or "vi")


def _given(arguments: Sequence[str], option: str) -> Iterator[str]:
    """The values of an option, before anything is parsed."""
    for place, argument in enumerate(arguments):
        if argument == option:
            yield from arguments[place + 1 : place + 2]
        elif argument.startswith(f"{option}="):
            yield argument.partition("=")[2]


def _of_project(given: str | None) -> str | None:
    """The language that the project file names; the file itself is read, and refused, where a command is invoked."""
    folder = Path.cwd() if given is None else Path(given)
    around = [folder, *folder.parents] if given is None else [folder]
    files = [folder, *(one / _PROJECT_FILE for one in around)]
    file = next((one for one in files if one.is_file()), None)
    try:
        named = None if file is None else _OF_PROJECT.search(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return None if named is None else named[1]


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Tell what click says in `language`."""
    domain, before = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(_DOMAIN, str(_LOCALE))
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def paragraphs(told: str) -> list[str]:
    """The paragraphs of a text of help, each in one line, as the catalogue has them."""
    return [" ".join(paragraph.split()) for paragraph in cleandoc(told).split("\n\n")]


class SpokenCommand(click.Command):
    """A command whose help is told in the language of the call."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the call."""
        _name_paths(self)
        return super().parse_args(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option of help, which click makes once, in whatever language that is."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What a call is made of, in the language of the call."""
        told = {"[OPTIONS]": _("[OPTIONS]"), "COMMAND [ARGS]...": _("COMMAND [ARGS]...")}
        return [told.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does, a paragraph at a time."""
        for paragraph in paragraphs(self.help or ""):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(_(paragraph))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and what each is for."""
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        records = [_told(one, ctx).get_help_record(ctx) for one in options]
        with formatter.section(_("Options")):
            formatter.write_dl([record for record in records if record is not None])


class SpokenArgument(click.Argument):
    """An argument that usage and errors name in the language of the call."""

    def make_metavar(self, ctx: click.Context) -> str:
        """The name, in brackets where it may be left out."""
        return _WORD.sub(lambda word: _(word[0]), super().make_metavar(ctx))


def _told(option: click.Option, context: click.Context) -> click.Option:
    """The option as its help tells it: what it is for, and what is written for it."""
    told = copy(option)
    if option.help:
        told.help = _(option.help)
    if not option.metavar and isinstance(option.type, click.types.IntParamType):
        told.metavar = _("INTEGER")
    elif not option.metavar and option.type is click.STRING and not option.is_flag:
        told.metavar = _("TEXT")
    elif option.metavar or isinstance(option.type, click.Path):
        told.metavar = _(option.make_metavar(context)).replace(" ", "_")
    return told


def _name_paths(command: click.Command) -> None:
    """Call files and folders in the language of the call what click has called them when it was imported."""
    for kind in (one.type for one in command.params):
        if isinstance(kind, click.Path):
            kind.name = _("file") if not kind.dir_okay else _("directory") if not kind.file_okay else _("path")
