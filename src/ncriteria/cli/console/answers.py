"""The one object that a command prints with `--json`, however it ends: what it found, and the problems it met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from typing import TYPE_CHECKING, cast

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from ncriteria.errors import Problem
    from ncriteria.report.receipts.receipt import Receipt
    from ncriteria.words import Language

_OPTION = "--json"
_LANGUAGE = "ncriteria.language"
_ASKED, _PAYLOAD = "ncriteria.json.asked", "ncriteria.json.payload"
USAGE = "usage"
"""The code of a problem that lies in the call itself."""


def is_asked_for(arguments: Sequence[str]) -> bool:
    """Whether a call asks for JSON, which an error in its other arguments does not change."""
    return _OPTION in takewhile(lambda one: one != "--", arguments)


def note_call(context: click.Context, arguments: Sequence[str], language: Language) -> None:
    """Note whether JSON is asked for, and the language of the call."""
    context.meta[_ASKED], context.meta[_LANGUAGE] = is_asked_for(arguments), language


def note_language(context: click.Context, _: click.Parameter, language: Language) -> Language:
    """Note the language that is asked for, in which problems are told too; that of the call where none stands here."""
    if context.get_parameter_source("language") is ParameterSource.COMMANDLINE:
        context.meta[_LANGUAGE] = language
    return cast("Language", context.meta.setdefault(_LANGUAGE, language))


def language_asked(context: click.Context | None = None) -> Language:
    """The language that the call asks for; English outside of a call."""
    found = context or click.get_current_context(silent=True)
    return cast("Language", "en" if found is None else found.meta.get(_LANGUAGE, "en"))


def language_of_errors(context: click.Context | None = None) -> Language:
    """The language in which a wrong call is told: English with `--json`, as all problems in it are."""
    found = context or click.get_current_context(silent=True)
    return "en" if found is not None and found.meta.get(_ASKED) else language_asked(found)


def answer(
    found: object, language: Language = "en", *, limit: int | None = None, receipt: Receipt | None = None
) -> None:
    """Give what the command found; it is printed when the command ends, beside the problems that it ends with.

    `found` is one of the records of `ncriteria.report`; at most `limit` flips are told. The `receipt` is that of an
    answer whose record has none itself.
    """
    from ncriteria.report.structure import TellingContext, plain_object

    around = TellingContext(language, limit)
    click.get_current_context().meta[_PAYLOAD] = plain_object(found, around), receipt


@contextmanager
def one_object(context: click.Context) -> Iterator[None]:
    """Print the object on the standard output when the command ends, where JSON is asked for."""
    problems: Sequence[Problem] = ()
    try:
        yield
    except Exception as error:
        problems = _problems(error) if context.meta.get(_ASKED) else ()
        raise
    finally:
        payload, receipt = context.meta.pop(_PAYLOAD, (None, None))
        if payload is not None or problems:
            from ncriteria.report.documents import document, json_text

            click.echo(json_text(document(context.invoked_subcommand, payload or {}, problems, receipt)))


def _problems(error: Exception) -> Sequence[Problem]:
    """What an error says of the call or of its input; nothing for errors that are neither."""
    from ncriteria.errors import NCriteriaError, Problem

    if isinstance(error, NCriteriaError):
        return error.problems
    return (Problem(USAGE, error.format_message()),) if isinstance(error, click.ClickException) else ()
