"""What the commands work on: criteria from a file, a folder or the shipped sets, and fact tables that fit them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from ncriteria.cli.console.warned import warn
from ncriteria.errors import NCriteriaError, Problem, TextPlace
from ncriteria.evaluation.attesting.attested_tables import attested_table
from ncriteria.evaluation.criteria import Catalog, Criteria, catalog, load
from ncriteria.evaluation.tables import Judgement, Wanted
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.checks.named_levels import misnamed_rows
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.readers import read
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.sets.catalog import set_catalog, shared_facts
from ncriteria.sets.files.files import criteria_files, shipped_folder
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Level
from ncriteria.words import Language

if TYPE_CHECKING:
    from ncriteria.analysis.room.rows import RowRoom

_NO_CRITERIA = ("NC125", "NC301")


def criteria_of(path: Path | None) -> Catalog | Criteria:
    """The criteria of a file, the catalog of a folder, or the shipped catalog."""
    return load(path) if path is not None and path.is_file() else catalog(path)


def catalog_of(path: Path | None) -> Catalog:
    """The catalog of a folder, of one file alone, or of the shipped sets."""
    criteria = criteria_of(path)
    return criteria if isinstance(criteria, Catalog) else Catalog(set_catalog([criteria.definition]))


def facts_of(criteria: Catalog | Criteria) -> Mapping[str, FactDeclaration]:
    """The facts that a table for `criteria` may hold."""
    return criteria.facts if isinstance(criteria, Criteria) else shared_facts(criteria.sets.sets)


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


def criteria_paths(given: Iterable[Path]) -> list[Path]:
    """The criteria files among `given`, and those in the folders among them; without any, the shipped ones.

    Raises `NCriteriaError` where a folder holds none.
    """
    return [path for one in tuple(given) or (shipped_folder(),) for path in _files(one)]


def _files(given: Path) -> list[Path]:
    found = criteria_files(given) if given.is_dir() else [given]
    if not found:
        raise NCriteriaError(Problem("NC101", "the folder holds no criteria files", TextPlace(1, 1, file=str(given))))
    return found


def is_called(row: FactRow, unit: str) -> bool:
    """Whether the row is of the unit with this identifier or name."""
    return unit in (row.unit.id, row.unit.name)


def wanted_rows(units: Collection[str], years: Collection[int]) -> Wanted:
    """Which rows are of one of `units` and of one of `years`; where none are named, of any."""

    def wanted(row: FactRow) -> bool:
        return (not units or any(is_called(row, unit) for unit in units)) and (not years or row.year in years)

    return wanted


def refuse_unknown_standards(standards: Iterable[str], criteria: Catalog | Criteria) -> None:
    """Raise a usage error where one of `standards` is none of the criteria's."""
    sets = (criteria.definition,) if isinstance(criteria, Criteria) else criteria.sets.sets
    known = dict.fromkeys(definition.standard for definition in sets)
    for standard in standards:
        if standard not in known:
            hint = did_you_mean(standard, known) or f"there are: {', '.join(known)}"
            raise click.UsageError(f"there is no standard `{standard}`; {hint}")


def refuse_unknown_units(units: Iterable[str], rows: Collection[FactRow]) -> None:
    """Raise a usage error where no row is of one of `units`."""
    for unit in units:
        if not any(is_called(row, unit) for row in rows):
            names = [name for row in rows for name in (row.unit.id, row.unit.name) if name is not None]
            hint = did_you_mean(unit, names)
            raise click.UsageError(f"the table has no unit `{unit}`" + (f"; {hint}" if hint else ""))


def refuse_unknown_years(years: Iterable[int], rows: Collection[FactRow]) -> None:
    """Raise a usage error where no row is of one of `years`."""
    known = sorted({row.year for row in rows})
    for year in years:
        if year not in known:
            raise click.UsageError(f"the table has no year {year}; it has {', '.join(map(str, known))}")


def failures(judgements: Iterable[Judgement | RowRoom]) -> list[Problem]:
    """Why rows could not be judged, apart from years that no criteria hold for: those have no verdict, and no fault."""
    return [problem for one in judgements for problem in one.problems if problem.code not in _NO_CRITERIA]
