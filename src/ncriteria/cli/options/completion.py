"""What a shell completes: standards, sets, files of tables, and the units and years of the table on the line."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem

    from ncriteria.facts.table import FactRow


def standards(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """The standards of the shipped sets whose names begin so."""
    from ncriteria.sets.catalog import load_catalog

    return _begun((criteria.standard for criteria in load_catalog().sets), begun)


def sets(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """The shipped sets whose identifiers begin so; where none does, files."""
    from click.shell_completion import CompletionItem  # which only a shell that completes has need of

    from ncriteria.sets.catalog import load_catalog

    found = _begun((criteria.id for criteria in load_catalog().sets), begun)
    return [CompletionItem(one) for one in found] or [CompletionItem(begun, type="file")]


def units(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The units of the table whose identifiers or names begin so."""
    called = (one for row in _rows(context) for one in (row.unit.id, row.unit.name) if one is not None)
    return _begun(called, begun)


def years(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The years of the table that begin so."""
    return _begun(map(str, sorted({row.year for row in _rows(context)})), begun)


def tables(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """The files whose names begin so and that a table may stand in, and the folders; where none does, folders."""
    from click.shell_completion import CompletionItem

    from ncriteria.facts.readers import SUFFIXES

    folder, name = os.path.split(begun)
    try:
        found = sorted(os.scandir(folder or os.curdir), key=lambda one: one.name)
    except OSError:  # such as of a path that only a shell understands
        return [CompletionItem(begun, type="file")]
    shown = [one for one in found if one.name.startswith(name) and (name or not one.name.startswith("."))]
    if not any(one.is_file() and Path(one.name).suffix.lower() in SUFFIXES for one in shown):
        return [CompletionItem(begun, type="dir")]  # behind which a shell goes on
    return [
        CompletionItem(os.path.join(folder, one.name) + (os.sep if one.is_dir() else ""))
        for one in shown
        if one.is_dir() or Path(one.name).suffix.lower() in SUFFIXES
    ]


def _begun(names: Iterable[str], begun: str) -> list[str]:
    return [one for one in dict.fromkeys(names) if one.startswith(begun)]


def _rows(context: click.Context) -> tuple[FactRow, ...]:
    """The rows of the table of the call; none where it has no table, or one that cannot be read as it stands."""
    from ncriteria.errors import NCriteriaError
    from ncriteria.facts.options import ReadingOptions
    from ncriteria.facts.readers import read
    from ncriteria.sets.catalog import load_catalog, shared_facts

    # What stands before an option without its value, which is completed, is no argument yet to click.
    given = context.params.get("facts") or next(iter(context.args), None)
    if given is None:
        return ()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            options = ReadingOptions(ignore_unknown=True, keep_going=True)
            return read(Path(given), shared_facts(load_catalog().sets), options=options).rows
        except (NCriteriaError, OSError):
            return ()
