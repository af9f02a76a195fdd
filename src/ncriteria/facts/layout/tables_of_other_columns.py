"""Tables that are none of facts, such as one of attestations: the rows below the row of their headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.formats.grid import HEADINGS_WITHIN, Grid, GridRow
from ncriteria.facts.formats.raw import RawRow, RawTable, RawValue, is_blank
from ncriteria.facts.layout.body import body_of
from ncriteria.facts.layout.columns import Reserved
from ncriteria.facts.layout.heading_meanings import Heading
from ncriteria.facts.layout.heading_rows import HeadingRows
from ncriteria.facts.layout.misfits import misfits
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.rows.totals import is_note
from ncriteria.facts.table import FactsError
from ncriteria.words import phrase

C = TypeVar("C")


def rows_below_headings(
    grid: Grid,
    known: Mapping[str, C],
    options: ReadingOptions,
    table: CellPlace,
    kept: Callable[[Iterable[GridRow], Sequence[C | None]], Iterable[GridRow]],
) -> RawTable:
    """The rows of a grid below its headings, which are the row that most of the `known` ones, folded, stand in.

    `kept` gives the rows that are of the table, of all below the headings, by what the headings mean.
    """
    if not grid.rows:
        raise FactsError(Problem("NC221", phrase("the file is empty"), table))
    places = [place for place, row in enumerate(grid.rows) if options.header_row in (None, row.number)][
        :HEADINGS_WITHIN
    ]
    if not places:
        message = phrase("nothing stands in row {row}, where the headings are said to be", row=options.header_row)
        hint = phrase("name the row of the headings, as the file counts")
        raise FactsError(Problem("NC225", message, table, hint))
    texts = {place: tuple(" ".join(raw_text(cell).split()) for cell in grid.rows[place].cells) for place in places}
    last = max(places, key=lambda place: sum(folded(text) in known for text in texts[place]))
    meant = [known.get(folded(text)) for text in texts[last]]
    meanings = tuple(Heading((one,)) if isinstance(one, Reserved) else Heading() for one in meant)
    body = body_of(grid, HeadingRows(last, last, texts[last], meanings), options, table)
    said = {column.value: text for column, text in body.said.items()}
    rows = [RawRow(row.number, {**said, **_cells(texts[last], row.cells)}) for row in kept(body.rows, meant)]
    problems = (*misfits(grid, texts[last], body.rows, table), *body.problems)
    return RawTable((*(text for text in texts[last] if text), *said), tuple(rows), problems=problems)


def _cells(headings: Sequence[str], cells: Sequence[RawValue]) -> dict[str, RawValue]:
    return {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading and not is_blank(cell)}


def is_note_row(cells: Sequence[RawValue]) -> bool:
    """Whether a row holds nothing but a note or a signature."""
    filled = [cell for cell in cells if not is_blank(cell)]
    return len(filled) <= 2 and all(isinstance(cell, str) and is_note(raw_text(cell)) for cell in filled)
