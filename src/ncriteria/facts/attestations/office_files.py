"""Files that stand beside a table of facts, which an office writes as it writes that one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from attrs import evolve

from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import FactsError
from ncriteria.sets.model import CriteriaSet

T = TypeVar("T")


def attestations_of(
    files: Iterable[Path], sets: Sequence[CriteriaSet], reading: ReadingOptions
) -> tuple[Attestation, ...]:
    """The attestations of all `files`; `reading` says how the office writes its tables."""

    def read_file(path: Path, office: ReadingOptions) -> tuple[Attestation, ...]:
        from ncriteria.facts.attestations.reading import read

        return read(path, sets, options=office)

    return tuple(one for path in files for one in beside_the_table(path, reading, read_file))


def beside_the_table(path: Path, reading: ReadingOptions, read_file: Callable[[Path, ReadingOptions], T]) -> T:
    """What stands in a file beside the table of facts, as the office writes, or in UTF-8 where it does not so.

    Which sheet, row, year or unit is meant is said of the table of facts alone.
    """
    office = ReadingOptions(
        columns=reading.columns,
        ignore=reading.ignore,
        ignore_unknown=reading.ignore_unknown,
        encoding=reading.encoding,
    )
    try:
        return read_file(path, office)
    except FactsError as error:
        if office.encoding is None or {problem.code for problem in error.problems}.isdisjoint({"NC220", "NC284"}):
            raise
        return read_file(path, evolve(office, encoding=None))
