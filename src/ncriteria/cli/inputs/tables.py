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
from ncriteria.evaluation.table_years.succession import fitted
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.checks.named_levels import misnamed_rows
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.readers import read
from ncriteria.facts.table import FactsError, FactTable
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Level
from ncriteria.words import Language

PARQUET = ".parquet"


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
    table = _in_columns(path, facts, reading) if path.suffix.lower() == PARQUET else read(path, facts, options=reading)
    if show is not None:
        from ncriteria.report.account import account_lines

        for line in account_lines(table, show):
            click.echo(line, err=True)
    warn(table.warnings)
    if judged_as is not None:
        told = {warning.place for warning in table.warnings if warning.code == "NC260"}
        warn(one for one in misnamed_rows(table.rows, judged_as) if one.place not in told)
    return table


def _in_columns(path: Path, facts: Mapping[str, FactDeclaration], reading: ReadingOptions) -> FactTable:
    """The table in a Parquet file, brought into memory row by row."""
    from ncriteria.analysis.impact.impact import read_frame

    return FactTable.from_frame(read_frame(path), facts, options=reading)


def attested(
    table: FactTable, sets: Sequence[CriteriaSet], files: Iterable[Path], reading: ReadingOptions
) -> FactTable:
    """`table` with the attestations of `files`; told on standard error are those that decide nothing, and what its
    lineage leaves in doubt.
    """
    given = attestations_of(files, sets, reading)
    found = fitted(attested_table(table, sets, given), sets)
    warn(found.warnings[len(table.warnings) :])
    return found


def attestations_of(
    files: Iterable[Path], sets: Sequence[CriteriaSet], reading: ReadingOptions
) -> tuple[Attestation, ...]:
    """The attestations of all `files`; `reading` says how the office writes its tables.

    Which sheet, row, year or unit is meant is said of the table of facts alone.
    """
    office = ReadingOptions(
        columns=reading.columns,
        ignore=reading.ignore,
        ignore_unknown=reading.ignore_unknown,
        encoding=reading.encoding,
    )
    return tuple(one for path in files for one in _attestations_in(path, sets, office))


def _attestations_in(path: Path, sets: Sequence[CriteriaSet], office: ReadingOptions) -> tuple[Attestation, ...]:
    """The attestations of a file in the encoding of the office, or in UTF-8 where it is not in that one."""
    from ncriteria.facts.attestations.reading import read as read_attestations

    try:
        return read_attestations(path, sets, options=office)
    except FactsError as error:
        if office.encoding is None or {problem.code for problem in error.problems}.isdisjoint({"NC220", "NC284"}):
            raise
        return read_attestations(path, sets, options=evolve(office, encoding=None))
