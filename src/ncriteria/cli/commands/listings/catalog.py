"""`ncriteria catalog`: the criteria sets that there are."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.layout import terminal_width
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.options.shared import json_option, language_option
from ncriteria.sets.catalog import load_catalog
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.names import LEVELS, days_in_force_text
from ncriteria.sets.sources import AfterEnd
from ncriteria.words import Language, Message, phrase, words

_AFTER_END: Final[Mapping[AfterEnd, Message]] = {
    AfterEnd.EXTENDED: Message("after {year} judged by the sets around that it extends"),
    AfterEnd.NONE: Message("nothing judges after {year}, as it says"),
}


@click.command("catalog", cls=SpokenCommand)
@click.argument(
    "folder", cls=SpokenArgument, required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--stale", is_flag=True, help="List what may be out of date: texts awaited, values and sets that end, sources."
)
@click.option(
    "--on",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="With --stale: as of this day; without it, today.",
)
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="With --stale: compare the copies of sources in this folder with the sha256 that sets give.",
)
@language_option
@json_option
def command(
    folder: Path | None,
    stale: bool,
    on: datetime.datetime | None,
    sources: Path | None,
    language: Language,
    as_json: bool,
) -> None:
    """List the criteria sets of FOLDER, or the shipped sets, with the years and the level that each holds for.

    With --stale, exit status 1 where a source is no longer what a set says that it was.
    """
    sets = load_catalog(folder).sets
    if stale:
        _tell_stale(sets, (on or datetime.datetime.now()).date(), sources, language, as_json=as_json)
        return
    if on is not None or sources is not None:
        raise WrongCallError(phrase("--on and --sources go with --stale"))
    if as_json:
        from ncriteria.report.records.criteria import SetInCatalog, SetsInCatalog

        answer(SetsInCatalog(tuple(map(SetInCatalog, sets))), language)
    else:
        _print(sets, language)


def _tell_stale(
    sets: tuple[CriteriaSet, ...], on: datetime.date, sources: Path | None, language: Language, *, as_json: bool
) -> None:
    from ncriteria.analysis.staleness.out_of_date import StaleKind, out_of_date

    found = out_of_date(sets, on, None if sources is None else _copies(sources))
    if as_json:
        from ncriteria.report.records.staleness import StaleTold

        answer(StaleTold(found), language)
    else:
        from ncriteria.cli.terminal.staleness import print_out_of_date

        print_out_of_date(found, language, compared=sources is not None)
    if any(one.kind is StaleKind.SOURCE_CHANGED for one in found.findings):
        raise SystemExit(1)


def _copies(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file in a folder and the folders in it, by its path in there."""
    from ncriteria.report.receipts.receipt import file_sha256

    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): file_sha256(path) for path in files}


def _print(sets: tuple[CriteriaSet, ...], language: Language) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    say = words(language)
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="bold")
    table.add_column(say("Criteria set"), overflow="fold")
    table.add_column(say("Standard, years, level"), no_wrap=True)
    for criteria in sets:
        title = criteria.title.text(language)
        described = Text.assemble((criteria.id, "bold"), f"\n{title}\n", (criteria.instrument.number, "dim"))
        if criteria.window is not None:
            first, last = (say.month_and_day(day) for day in criteria.window.days(criteria.years.first))
            described.append("\n" + say("figures from {first} to {last}", first=first, last=last), "dim")
        if criteria.held is not None:
            described.append("\n" + days_in_force_text(criteria.held, say), "dim")
        if criteria.only_when_named:
            described.append("\n" + say("judged only where --standard names it"), "dim")
        if criteria.after_end is not None:
            described.append("\n" + say.this(_AFTER_END[criteria.after_end], year=criteria.years.last), "dim")
        level = f"{say.this(LEVELS[criteria.level])}{f' ({criteria.territory})' if criteria.territory else ''}"
        if criteria.standard_title is not None:
            standard = criteria.standard_title.text(language)
            described.append("\n" + say("Standard: {standard}", standard=standard), "dim")
        table.add_row(described, f"{criteria.standard}\n{criteria.years.in_words(say)}\n{level}")
    console = Console(highlight=False, width=terminal_width())
    with console.capture() as captured:
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))
