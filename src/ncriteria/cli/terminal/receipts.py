"""What `verify` finds, on the terminal: what has changed first, then whether the result is the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import click

from ncriteria.cli.console.layout import VERDICT_COLOURS, fitted, terminal_width, visible
from ncriteria.report.receipts.comparing import NO_NAMES, ReceiptChecked, RowNames
from ncriteria.report.receipts.receipt import Receipt, RowSeen
from ncriteria.report.receipts.telling import counted_verdicts
from ncriteria.sets.names import VERDICTS
from ncriteria.words import Language, Phrase, Words, words

_MOST: Final = 30
"""Rows and differences that are told one by one."""


def print_changes(changes: Sequence[Phrase], receipt: Receipt, language: Language) -> None:
    """Print what the receipt is of and which of its files have changed, before anything is judged."""
    say, width = words(language), terminal_width()
    told = say("Receipt of {day}, made with ncriteria {version}", day=receipt.day, version=receipt.version)
    _print(fitted(told, width))
    for change in changes:
        _print(click.style(line, fg="yellow") for line in fitted(_shown(say, change), width, hang=2))


def print_checked(
    found: ReceiptChecked, told: Collection[Phrase], language: Language, names: RowNames = NO_NAMES
) -> None:
    """Print whether the result is the same, what differs beside what is `told`, and what the receipt says of rows."""
    say, width = words(language), terminal_width()
    if found.same:
        _print([click.style(say("THE SAME RESULT"), fg="green", bold=True)])
    else:
        _print([click.style(say("NOT THE SAME RESULT"), fg="red", bold=True)])
    if found.as_written:
        _print(fitted(say("The file is, byte for byte, what is written again"), width))
    elif found.as_written is False:
        saved = say("It was saved again, or changed: hold what it says against the verdicts below")
        for line in (say("The file is not, byte for byte, what is written again"), saved):
            _print(click.style(part, fg="yellow") for part in fitted(line, width))
    elif found.not_compared is not None:
        why = say("The file was not compared byte for byte: {why}", why=say.again(found.not_compared))
        _print(click.style(part, fg="yellow") for part in fitted(visible(why), width))
    differences = [one for one in found.differences if one not in told]
    for one in differences[:_MOST]:
        _print(fitted(_shown(say, one), width, indent="- ", hang=2))
    if (more := len(differences) - _MOST) > 0:
        _print([f"- {say('{count} more', count=more)}"])
    if not found.receipt.is_of_rows:
        return
    _print(fitted(f"{say('Verdicts of the receipt')}: {counted_verdicts(found.receipt, language)}", width))
    for row in islice(found.receipt.rows, _MOST):
        _print(_row(row, names, say, width))
    if (more := len(found.receipt.rows) - _MOST) > 0:
        _print([f"  {say('{count} more', count=more)}"])


def _shown(say: Words, told: Phrase) -> str:
    return visible(say.again(told))


def _row(row: RowSeen, names: RowNames, say: Words, width: int) -> Iterator[str]:
    verdict = say("without a verdict") if row.verdict is None else say.this(VERDICTS[row.verdict])
    colour = None if row.verdict is None else VERDICT_COLOURS[row.verdict]
    told = visible(f"{say.again(names.row(row))}: {verdict}")
    yield from (click.style(line, fg=colour) for line in fitted(told, width, indent="  ", hang=2))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
