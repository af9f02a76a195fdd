"""The table of an answer as Parquet: a column of one type each, under the names that programs know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final, assert_never

from ncriteria.report.answers.answer import Answer, Counts
from ncriteria.report.sheets.sheet import Cell, Column, Kind, Row, exact_text, option_text

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped]

_AT_ONCE: Final = 20_000
"""Rows that are held in memory until they are written."""


def write_parquet(answer: Answer, file: BinaryIO) -> Counts:
    """Write the table of the answer; options are those of JSON, and exact numbers are texts such as `200/3`."""
    import pyarrow as arrow
    from pyarrow import parquet

    sheet, count = answer.table, 0
    schema = arrow.schema([(column.name, _type(column.kind)) for column in sheet.columns])
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for rows in _batches(sheet.rows):
            writer.write_table(arrow.table(_columns(sheet.columns, rows), schema))
            count += len(rows)
    return {sheet.title: count}


def _type(kind: Kind) -> pyarrow.DataType:
    import pyarrow as arrow

    match kind:
        case Kind.TEXT | Kind.EXACT | Kind.PERCENT:
            return arrow.string()
        case Kind.NAME:
            return arrow.dictionary(arrow.int32(), arrow.string())
        case Kind.WHOLE:
            return arrow.int64()
        case Kind.DAY:
            return arrow.date32()
        case Kind.TRUTH:
            return arrow.bool_()
        case _:
            assert_never(kind)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch


def _columns(columns: tuple[Column, ...], rows: Iterable[Row]) -> list[list[object]]:
    by_column = zip(*rows, strict=True)
    return [[_value(column.kind, cell) for cell in cells] for column, cells in zip(columns, by_column, strict=True)]


def _value(kind: Kind, cell: Cell) -> object:
    if cell is None:
        return None
    match kind:
        case Kind.TEXT:
            return str(cell).encode("utf-8", "replace").decode()
        case Kind.NAME:
            return option_text(cell)
        case Kind.EXACT | Kind.PERCENT:
            assert isinstance(cell, (int, Fraction))
            return exact_text(Fraction(cell))
        case Kind.WHOLE:
            assert isinstance(cell, int)
            return cell
        case Kind.DAY | Kind.TRUTH:
            return cell
        case _:
            assert_never(kind)
