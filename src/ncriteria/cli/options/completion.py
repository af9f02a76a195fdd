"""What a shell completes: standards and sets, and the units and years of the table that stands on the line already."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ncriteria.facts.table import FactRow


def standards(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """The standards of the shipped sets whose names begin so."""
    from ncriteria.sets.catalog import load_catalog

    return _begun((criteria.standard for criteria in load_catalog().sets), begun)


def sets(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """The shipped sets whose identifiers begin so; where none does, files."""
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
