"""The arguments of a call that judges, in one order, as a receipt records them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ncriteria.facts.lineage.model import Reform
from ncriteria.facts.options import ReadingOptions
from ncriteria.quick_classes import frozen


@frozen
class JudgingArguments:
    """What a table is judged by, each file by the name that a receipt has for it.

    `criteria` are names of files and identifiers of sets. `lineage` and `format` are nothing where none is given.
    """

    command: str
    facts: str
    reading: ReadingOptions
    format: str | None = None
    criteria: Collection[str] = ()
    standards: Collection[str] = ()
    attestations: Collection[str] = ()
    units: Collection[str] = ()
    years: Collection[int] = ()
    lineage: str | None = None
    keep_going: bool = False

    def in_order(self) -> Iterator[str]:
        """All arguments, the command first."""
        yield from (self.command, self.facts)
        yield from _each("--format", self.format)
        yield from _each("--criteria", *self.criteria)
        yield from _each("--standard", *self.standards)
        yield from _each("--attestations", *self.attestations)
        yield from _each("--unit", *self.units)
        yield from _each("--year", *self.years)
        yield from _of_reading(self.reading)
        yield from _each("--lineage", self.lineage)
        yield from _each("--reform", *map(_reform, self.reading.reforms))
        if self.keep_going:
            yield "--keep-going"


def _each(option: str, *values: object) -> Iterator[str]:
    """The option with each of the values that are given."""
    for value in values:
        if value is not None:
            yield from (option, str(value))


def _reform(reform: Reform) -> str:
    return "=".join([reform.day.isoformat(), *([] if reform.instrument is None else [reform.instrument])])


def _of_reading(reading: ReadingOptions) -> Iterator[str]:
    yield from _each("--column", *(f"{heading}={name}" for heading, name in sorted(reading.columns.items())))
    yield from _each("--ignore-column", *sorted(reading.ignore))
    if reading.ignore_unknown:
        yield "--ignore-unknown"
    yield from _each("--blank", *sorted(reading.blanks))
    single: Mapping[str, object] = {
        "--sheet": reading.sheet,
        "--encoding": reading.encoding,
        "--header-row": reading.header_row,
        "--level": reading.level and reading.level.value,
        "--table-year": reading.year,
        "--table-month": reading.month,
        "--months-end": reading.months_end,
        "--table-unit": reading.unit,
        "--territory": reading.territory,
        "--series": reading.series,
        "--known-on": reading.known_on,
    }
    for option, value in single.items():
        yield from _each(option, value)
