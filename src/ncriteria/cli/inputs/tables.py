"""The fact tables that a command works on, with the attestations beside them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

import click
from attrs import evolve

from ncriteria.cli.console.warned import warn
from ncriteria.evaluation.attesting.attested_tables import attested_table
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.table_years.succession import fitted
from ncriteria.facts.attestations.office_files import attestations_of, beside_the_table
from ncriteria.facts.checks.named_levels import misnamed_rows
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.readers import FileKind, read, read_content
from ncriteria.facts.table import FactTable
from ncriteria.sets.files.files import shown_path
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Level
from ncriteria.words import Language

if TYPE_CHECKING:
    from ncriteria.facts.assignments import Assignments

PARQUET: Final = ".parquet"
STDIN: Final = Path("-")
"""The standard input, in the place of a file."""
_COLUMNS: Final = "parquet"
_PARQUET_BEGINS: Final = b"PAR1"
FORMATS: Final = ("csv", "tsv", "json", "yaml", "xlsx", "xls", "ods", _COLUMNS)
_FORMAT: Final = "ncriteria.facts.format"
_STANDARD_INPUT: Final = "ncriteria.facts.stdin"
T = TypeVar("T")


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
    return read_table(path, criteria.facts, evolve(reading, keep_going=keep_going), show=show, judged_as=level)


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
    table = _table_in(path, facts, reading)
    if show is not None:
        from ncriteria.report.account import account_lines

        for line in account_lines(table, show):
            click.echo(line, err=True)
    warn(table.warnings)
    if judged_as is not None:
        told = {warning.place for warning in table.warnings if warning.code == "NC260"}
        warn(one for one in misnamed_rows(table.rows, judged_as) if one.place not in told)
    return table


def _table_in(path: Path, facts: Mapping[str, FactDeclaration], reading: ReadingOptions) -> FactTable:
    """The table in a file, or on the standard input, of the format that is asked for or that it has."""
    asked = format_asked()
    if path != STDIN and asked is None and path.suffix.lower() != PARQUET:
        return read(path, facts, options=reading)
    content = standard_input() if path == STDIN else path.read_bytes()
    name = "<stdin>" if path == STDIN else shown_path(path)
    if asked == _COLUMNS or (asked is None and content.startswith(_PARQUET_BEGINS)):
        from ncriteria.analysis.impact.impact import frame_in

        return FactTable.from_frame(frame_in(content, name), facts, options=reading)
    return read_content(content, cast("FileKind | None", asked), facts, file=name, options=reading)


def standard_input() -> bytes:
    """All that the standard input holds; it is read once in a call."""
    meta = click.get_current_context().meta
    if _STANDARD_INPUT not in meta:
        meta[_STANDARD_INPUT] = sys.stdin.buffer.read()
    return cast("bytes", meta[_STANDARD_INPUT])


def note_format_asked(context: click.Context, _: click.Parameter, given: str | None) -> None:
    """Note the format that the table of facts is said to have."""
    context.meta[_FORMAT] = given


def format_asked() -> str | None:
    """The format that the table of facts is said to have; none outside of a call."""
    context = click.get_current_context(silent=True)
    found: str | None = None if context is None else context.meta.get(_FORMAT)
    return found


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


def assignments_of(path: Path, table: FactTable, reading: ReadingOptions) -> Assignments:
    """Who is in charge of the units of `table`; assigned units that it does not have are told on standard error."""

    def read_file(path: Path, office: ReadingOptions) -> Assignments:
        from ncriteria.facts.assignments import read_assignments

        return read_assignments(path, {row.unit.id: row.unit.name for row in table.rows}, options=office)

    found = beside_the_table(path, reading, read_file)
    warn(found.warnings)
    return found
