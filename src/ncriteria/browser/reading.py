"""The table that a page asks about, read from the bytes of its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from ncriteria.browser.asked import PageAsked
from ncriteria.errors import Problem
from ncriteria.evaluation.attesting.attested_tables import attested_table, sets_of
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.table_years.succession import fitted
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.attestations.office_files import attestations_of
from ncriteria.facts.checks.named_levels import misnamed_rows
from ncriteria.facts.lineage.reading import read as read_lineage
from ncriteria.facts.readers import read
from ncriteria.facts.table import FactTable
from ncriteria.quick_classes import frozen
from ncriteria.sets.catalog import shared_facts
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Level

Files = Mapping[str, bytes]
"""The contents of files by name."""


@frozen
class TableAsRead:
    """A table with its attestations, and what may not be meant as it was read."""

    facts: FactTable
    warnings: tuple[Problem, ...]


@frozen
class ReadFor:
    """What a table is read for: the facts that it may hold, and the sets that its attestations are of.

    Rows without a level are judged as of `level`, where that is known.
    """

    facts: Mapping[str, FactDeclaration]
    sets: Sequence[CriteriaSet]
    level: Level | None


def read_for(criteria: Catalog | Criteria) -> ReadFor:
    """What a table that `criteria` judge is read for."""
    if isinstance(criteria, Criteria):
        return ReadFor(criteria.facts, sets_of(criteria), criteria.level)
    return ReadFor(shared_facts(criteria.sets.sets), sets_of(criteria), None)


def table_asked(asked: PageAsked, purpose: ReadFor, files: Files) -> TableAsRead:
    """The table that is asked about, with its attestations; raises `NCriteriaError` with all that is wrong in it."""
    reading = asked.reading
    if asked.lineage is not None:
        with _in_a_folder(asked.lineage, files[asked.lineage]) as path:
            reading = evolve(reading, lineage=read_lineage(path))
    with _in_a_folder(asked.facts, files[asked.facts]) as path:
        table = read(path, purpose.facts, options=reading)
    told = {warning.place for warning in table.warnings if warning.code == "NC260"}
    apart = () if purpose.level is None else misnamed_rows(table.rows, purpose.level)
    given: list[Attestation] = []
    for name in asked.attestations:
        with _in_a_folder(name, files[name]) as path:
            given += attestations_of([path], purpose.sets, reading)
    found = fitted(attested_table(table, purpose.sets, tuple(given)), purpose.sets)
    return TableAsRead(found, (*found.warnings, *(one for one in apart if one.place not in told)))


@contextmanager
def _in_a_folder(name: str, content: bytes) -> Iterator[Path]:
    """The path of a file of this name and content, as messages are to show it: its name alone."""
    path = Path(Path(name).name)
    with TemporaryDirectory() as folder, chdir(folder):
        path.write_bytes(content)
        yield path
