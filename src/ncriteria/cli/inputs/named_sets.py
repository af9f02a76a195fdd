"""A criteria set as a command names it: the file that holds it, or the identifier of a shipped set."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import click

from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.sets.catalog import load_catalog
from ncriteria.sets.loader import load_set
from ncriteria.sets.model import CriteriaSet


def set_called(name: str) -> CriteriaSet:
    """The set in the file `name`, or the shipped set of that identifier.

    Raises `CriteriaError` with the problems of the file, and a usage error where there is no such set.
    """
    if Path(name).is_file():
        return load_set(name)
    shipped = {criteria.id: criteria for criteria in load_catalog().sets}
    composed = unicodedata.normalize("NFC", name)
    if composed not in shipped:
        hint = did_you_mean(composed, shipped) or "`ncriteria catalog` lists the shipped sets"
        raise click.UsageError(f"there is no file and no shipped set `{name}`; {hint}")
    return shipped[composed]
