"""A Parquet file in parts that fit in memory, all rows of a unit in one part, so that each can be judged by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

from attrs import field

from ncriteria.evaluation.columns.door.keys import polars_identifier
from ncriteria.quick_classes import frozen

ROWS_AT_ONCE = 1_000_000
"""How many rows a part has, about."""
_ROWS_OF_A_READING = 100_000


@frozen
class PartedFile:
    """A Parquet file to be judged in parts, with the columns of its units and years.

    `folder` is where rows may be put for a while. `told` is told how many rows have been put there, and of how many.
    Units that rest on each other have one unit among `families` that stands for them, and are in one part.
    """

    path: Path
    unit: str
    year: str
    folder: Path
    told: Callable[[int, int], None]
    rows_at_once: int
    families: Mapping[str, str] = field(factory=dict)

    def parts(self) -> Iterator[Any]:
        """The Polars frames that the file falls into.

        A file of few rows is one part, and one that is sorted by unit and year is cut between units: both keep their
        order. The rows of another file, or of one with families, are first put in the parts of their units, and come
        sorted by unit and year in each.
        """
        polars, parquet = import_module("polars"), import_module("pyarrow.parquet")
        rows = parquet.read_metadata(self.path).num_rows
        if rows <= self.rows_at_once:
            yield polars.read_parquet(self.path, glob=False)
        elif not self.families and _is_sorted(self):
            yield from _cut(self)
        else:
            for part in _split(self, -(-rows // self.rows_at_once)):
                yield polars.read_parquet(part, glob=False).sort(self.unit, self.year)
                part.unlink()


def _is_sorted(file: PartedFile) -> bool:
    polars = import_module("polars")
    unit, year = polars.col(file.unit), polars.col(file.year)
    follows = (unit > unit.shift()) | ((unit == unit.shift()) & (year > year.shift()))
    complete = unit.is_not_null().all() & year.is_not_null().all()
    scanned = polars.scan_parquet(file.path, glob=False)
    if not (scanned.collect_schema()[file.unit] == polars.String or scanned.collect_schema()[file.unit].is_integer()):
        return False
    # Accents and spaces can be written in several ways, which would part the rows of one unit.
    dtype, first = scanned.collect_schema()[file.unit], unit.filter(unit.ne_missing(unit.shift()))
    plain = polars.lit(True) if dtype.is_integer() else first == polars_identifier(first)
    return bool(scanned.select(follows.all() & plain.all() & complete).collect(engine="streaming").item())


def _cut(file: PartedFile) -> Iterator[Any]:
    """The rows of a sorted file, cut where the unit changes."""
    polars = import_module("polars")
    waiting: list[Any] = []
    for batch in _batches(file):
        waiting.append(batch)
        if sum(one.height for one in waiting) < file.rows_at_once:
            continue
        part = polars.concat(waiting)
        last = part.get_column(file.unit)[-1]
        is_whole = part.get_column(file.unit) != last
        waiting = [part.filter(~is_whole)]
        if is_whole.any():
            yield part.filter(is_whole)
    yield polars.concat(waiting)


def _batches(file: PartedFile) -> Iterator[Any]:
    polars, parquet = import_module("polars"), import_module("pyarrow.parquet")
    with parquet.ParquetFile(file.path) as opened:
        for batch in opened.iter_batches(min(_ROWS_OF_A_READING, file.rows_at_once)):
            yield polars.from_arrow(batch)


def _split(file: PartedFile, number: int) -> list[Path]:
    """The files that the rows were written to: each unit is in one of them."""
    parquet = import_module("pyarrow.parquet")
    rows, done = parquet.read_metadata(file.path).num_rows, 0
    paths = [file.folder / f"part-{index}.parquet" for index in range(number)]
    with ExitStack() as stack:
        writers: dict[int, Any] = {}
        for frame in _batches(file):
            name = _unused(frame.columns)
            chosen = frame.with_columns(_part_of(frame, file, number).alias(name))
            for (index,), part in chosen.partition_by(name, as_dict=True, include_key=False).items():
                table = part.to_arrow()
                if index not in writers:
                    writers[index] = stack.enter_context(parquet.ParquetWriter(paths[index], table.schema))
                writers[index].write_table(table.cast(writers[index].schema))
            done += frame.height
            file.told(done, rows)
    return [paths[index] for index in sorted(writers)]


def _unused(names: Collection[str]) -> str:
    """A name of a column that is none of `names`."""
    name = "part"
    while name in names:
        name += "_"
    return name


def _part_of(frame: Any, file: PartedFile, number: int) -> Any:
    """The part of each row, by its unit or its family: the same for all ways to write its accents and spaces."""
    polars = import_module("polars")
    column = polars.col(file.unit)
    if not frame.schema[file.unit].is_integer():
        column = polars_identifier(column)
    if file.families:
        column = column.cast(polars.String).replace(file.families)
    return column.hash() % number
