"""What may be out of date, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import click

from ncriteria.analysis.staleness.out_of_date import OutOfDate, StaleFinding, StaleKind
from ncriteria.cli.console.layout import fitted, heading, terminal_width
from ncriteria.evaluation.explanation.sources import awaited_text
from ncriteria.sets.files.digest import SHOWN
from ncriteria.words import Language, Message, Words, words

_KINDS: Final[Mapping[StaleKind, Message]] = {
    StaleKind.SOURCE_CHANGED: Message("Sources that have changed"),
    StaleKind.SOURCE_MOVED: Message("Texts that were read at another address too"),
    StaleKind.SOURCE_ABSENT: Message("Sources without a copy to compare"),
    StaleKind.SET_ENDED: Message("Sets that have ended, and no other follows"),
    StaleKind.SET_ENDS: Message("Sets that end within a year, and no other follows"),
    StaleKind.PARAMETER_ENDED: Message("Values that have ended"),
    StaleKind.PARAMETER_ENDS: Message("Values that end within a year"),
    StaleKind.AWAITED: Message("Clauses that await a document"),
}


def print_out_of_date(found: OutOfDate, language: Language, *, compared: bool) -> None:
    """Print what may be out of date, kind by kind; `compared` where copies were looked at."""
    say, width = words(language), terminal_width()
    click.echo(say("As of {day}", day=found.on))
    for kind in StaleKind:
        of_kind = [one for one in found.findings if one.kind is kind]
        if of_kind:
            click.echo("")
            for line in heading(f"{say.this(_KINDS[kind])}:", width, fg="yellow"):
                click.echo(line)
        for one in of_kind:
            for line in fitted(f"- {_told(one, say)}", width, indent="  "):
                click.echo(line)
    click.echo("")
    count = len(found.findings)
    click.echo(say.plural("{count} thing to look at", "{count} things to look at", count=count))
    for line in _not_known(found, say, compared=compared):
        for part in fitted(line, width):
            click.echo(part)


def _told(one: StaleFinding, say: Words) -> str:
    title = "" if one.title is None else f" — {one.title.text(say.language)}"
    return f"{one.criteria}: {one.name}{title}{''.join(f'; {part}' for part in _details(one, say))}"


def _details(one: StaleFinding, say: Words) -> Iterator[str]:
    if one.last is not None:
        yield say("to {day}", day=one.last)
    if one.awaits is not None:
        yield awaited_text(say, one.awaits)
    if one.url is not None:
        yield one.url
    elif one.sha256 is not None:
        yield f"sha256 {one.sha256[:SHOWN]}…"
    if one.file is not None:
        yield say("the copy is {file}", file=one.file)


def _not_known(found: OutOfDate, say: Words, *, compared: bool) -> Iterator[str]:
    """What was not looked at."""
    if found.unhashed:
        yield say.plural(
            "{count} address has no sha256: nothing tells whether its text has changed",
            "{count} addresses have no sha256: nothing tells whether their texts have changed",
            count=found.unhashed,
        )
    if not compared:
        yield say("Nothing was fetched; --sources FOLDER compares the copies in a folder with the hashes")
