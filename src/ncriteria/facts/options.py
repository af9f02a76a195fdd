"""What an office settles once about its tables: columns by heading, marks for "no figure", encoding, sheet, year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from ncriteria.facts.cells.cells import folded
from ncriteria.sets.model import Level


def _folded_keys(columns: Mapping[str, str]) -> dict[str, str]:
    return {folded(heading): name for heading, name in columns.items()}


def _folded_set(headings: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, headings))


@frozen(kw_only=True)
class ReadingOptions:
    """How a table is to be read where it does not say so itself.

    `columns` says which column a heading is of: the name of a fact, or `unit`, `name`, `level`, `parent`, `year`.
    Headings in `ignore` are passed over, and with `ignore_unknown` all that name no column. `blanks` are the marks
    that an office writes where it has no figure; they are read as blank cells. `sheet` is the sheet of a workbook,
    `encoding` that of a text, `header_row` the (last) row of the headings as the file counts. `level`, `year` and
    `unit` are those of all rows of a table without such a column.
    """

    columns: Mapping[str, str] = field(factory=dict, converter=_folded_keys)
    ignore: frozenset[str] = field(default=frozenset(), converter=_folded_set)
    ignore_unknown: bool = False
    blanks: frozenset[str] = field(default=frozenset(), converter=frozenset)
    sheet: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    level: Level | None = None
    year: int | None = None
    unit: str | None = None


AS_IT_STANDS = ReadingOptions()
