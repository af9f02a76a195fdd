"""What the figures of the year before that a row states were taken from: a report, said once or for each fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ncriteria.facts.cells.cells import formula_error
from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.cells.refusals import Refusal
from ncriteria.facts.formats.raw import RawRow
from ncriteria.facts.layout.columns import BasisSource, Column
from ncriteria.language.tree import Ago, FactKey


def basis_sources(
    columns: Mapping[str, BasisSource], raw: RawRow, keys: Iterable[FactKey], of_row: str | None
) -> dict[str, str]:
    """The source of each fact of the year before among `keys`; `of_row` is that of all that have none of their own."""
    if of_row is None and not columns:
        return {}
    stated = [key.name for key in keys if key.period == Ago(1)]
    found = {} if of_row is None else dict.fromkeys(stated, of_row)
    for heading, column in columns.items():
        if heading in raw.cells and column.fact in stated:
            found[column.fact] = raw_text(raw.cells[heading])
    return found


def source_columns(columns: Mapping[str, Column]) -> dict[str, BasisSource]:
    """The columns of sources of single facts, by heading."""
    return {heading: column for heading, column in columns.items() if isinstance(column, BasisSource)}


def refused_sources(columns: Mapping[str, BasisSource], raw: RawRow) -> dict[str, Refusal]:
    """The sources of a row that are formulas, by heading."""
    texts = {heading: raw_text(raw.cells[heading]) for heading in columns if heading in raw.cells}
    return {heading: found for heading, text in texts.items() if (found := formula_error(text)) is not None}
