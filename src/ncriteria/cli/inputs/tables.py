"""The fact tables that a command works on, with the attestations beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click
from attrs import evolve

from ncriteria.cli.console.warned import warn
from ncriteria.cli.inputs.criteria import facts_of
from ncriteria.evaluation.attesting.attested_tables import attested_table
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.checks.named_levels import misnamed_rows
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.readers import read
from ncriteria.facts.table import FactTable
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Level
from ncriteria.words import Language


def table_of(
    path: Path,
    criteria: Catalog | Criteria,
    reading: ReadingOptions,
    *,
    show: Language | None,
    keep_going: bool = False,
) -> FactTable:
    """The fact table in a file; what may not be meant as it was read is told on standard error.

    What was taken for what is told there as well where a language to `show` it in is given.
    """
    level = criteria.level if isinstance(criteria, Criteria) else None
    return read_table(path, facts_of(criteria), evolve(reading, keep_going=keep_going), show=show, judged_as=level)


def read_table(
    path: Path,
    facts: Mapping[str, FactDeclaration],
    reading: ReadingOptions,
    *,
    show: Language | None,
    judged_as: Level | None,
) -> FactTable:
    """The table of `facts` in a file, its warnings told on standard error.

    Told are also rows without a level whose name says another than that which they are `judged_as`.
    """
    table = read(path, facts, options=reading)
    if show is not None:
        from ncriteria.cli.terminal.account import account_lines

        for line in account_lines(table, show):
            click.echo(line, err=True)
    warn(table.warnings)
    if judged_as is not None:
        told = {warning.place for warning in table.warnings if warning.code == "NC260"}
        warn(one for one in misnamed_rows(table.rows, judged_as) if one.place not in told)
    return table


def attested(table: FactTable, sets: Sequence[CriteriaSet], files: Iterable[Path]) -> FactTable:
    """`table` with the attestations of `files`; those that decide nothing are told on standard error."""
    given = attestations_of(files, sets)
    found = attested_table(table, sets, given)
    warn(found.warnings[len(table.warnings) :])
    return found


def attestations_of(files: Iterable[Path], sets: Sequence[CriteriaSet]) -> tuple[Attestation, ...]:
    """The attestations of all `files`."""
    paths = tuple(files)
    if not paths:
        return ()
    from ncriteria.facts.attestations.reading import read as read_attestations

    return tuple(one for path in paths for one in read_attestations(path, sets))
