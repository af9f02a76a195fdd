"""The dossier of an edit on the terminal: the verdict for whoever signs first, then section by section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import click

from ncriteria.cli.console.layout import fitted, terminal_width
from ncriteria.cli.terminal.two_sets.relations import print_line
from ncriteria.report.dossier.model import Dossier
from ncriteria.report.dossier.sections import DossierSection, Item, ItemList, opening, sections
from ncriteria.report.dossier.statements import SIGNS, Footing
from ncriteria.report.receipts.comparing import SHOWN
from ncriteria.report.receipts.telling import receipt_lines
from ncriteria.report.sheets.sheet import Row, Sheet, people_text
from ncriteria.words import Language, Words, words

_COLOURS: Final[Mapping[Footing, str]] = {
    Footing.PROVED: "green",
    Footing.COUNTED: "green",
    Footing.FINDING: "red",
    Footing.SEARCHED: "yellow",
    Footing.UNKNOWN: "yellow",
}


def print_dossier(dossier: Dossier, language: Language, *, details: bool) -> None:
    """Print a dossier; with `details` its tables too."""
    begun = opening(dossier, language)
    print_line(begun.title, bold=True)
    for name, told in begun.sets:
        print_line(f"{name}: {told}")
    click.echo()
    print_line(begun.verdict, bold=True)
    for section in sections(dossier, language):
        _print_section(section, words(language), details=details)
    _print_receipt(dossier, language)


def _print_section(section: DossierSection, say: Words, *, details: bool) -> None:
    click.echo()
    print_line(section.title, bold=True)
    for line in section.lines:
        print_line(line, 2)
    for listing in section.lists:
        _print_listing(listing)
    if details:
        for table in section.tables:
            _print_table(table, say)


def _print_listing(listing: ItemList) -> None:
    if listing.heading:
        print_line(listing.heading, 2, None if listing.footing is None else _COLOURS[listing.footing])
    for item in listing.items:
        _print_item(item, listing)


def _print_item(item: Item, listing: ItemList) -> None:
    footing = item.footing or listing.footing
    sign = "•" if footing is None else click.style(SIGNS[footing], fg=_COLOURS[footing])
    indent = "    " if listing.heading else "  "
    first, *rest = fitted(item.text, terminal_width() - 2, indent=indent)
    click.echo(f"{indent}{sign} {first[len(indent) :]}")
    for line in rest:
        click.echo(f"  {line}")
    for below in item.below:
        for text in below.split("\n"):
            print_line(text, len(indent) + 4)


def _print_table(table: Sheet, say: Words) -> None:
    """The rows of a table, the cells of each one below the other, without those that are blank."""
    click.echo()
    print_line(table.title, 2, bold=True)
    for row in table.rows:
        first, *rest = _cells(table, row, say)
        print_line(f"• {first}", 4)
        for text in rest:
            print_line(text, 6)


def _cells(table: Sheet, row: Row, say: Words) -> Iterator[str]:
    for column, cell in zip(table.columns, row, strict=True):
        if cell is not None:
            told, *below = people_text(column, cell, say).split("\n")
            yield f"{column.heading}: {told}"
            yield from (f"  {line}" for line in below)


def _print_receipt(dossier: Dossier, language: Language) -> None:
    click.echo()
    print_line(words(language)("Receipt"), bold=True)
    for line in () if dossier.receipt is None else receipt_lines(dossier.receipt, language):
        digest = f" · {line.digest[:SHOWN]}" if line.digest else ""
        print_line(f"{line.about}: {line.text}{digest}", 2)
