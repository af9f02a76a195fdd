"""Tables that are none of facts, such as one of attestations: their columns, and the rows below their headings."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence, Set
from enum import Enum
from typing import Generic, TypeVar

from attrs import evolve, field

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.cells.refusals import Refusal
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
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

C = TypeVar("C", bound=Enum)


@frozen
class OtherColumns(Generic[C]):
    """The columns of such a table: by their headings, folded, and by their names; and what is said of those amiss.

    `needed` are what has to be there, one of several columns each, by what they are called. Those of `repeated` may
    stand more than once. What is amiss has `code`. `strange` says that a heading is of no column, and what to do;
    without it, such headings are passed over.
    """

    known: Mapping[str, C]
    shown: Mapping[C, str]
    needed: Mapping[str, Set[C]]
    code: str
    a_row: str
    strange: Callable[[str], tuple[str, str]] | None = None
    repeated: Container[C] = ()

    def of(
        self, headings: Iterable[str], options: ReadingOptions, table: CellPlace
    ) -> tuple[dict[str, C], list[Problem]]:
        """The column of each heading; those that name none, and columns that are not there, are reported."""
        found, problems = dict[str, C](), list[Problem]()
        names = {column.value: column for column in self.known.values()}
        for heading in headings:
            name, place = folded(heading), evolve(table, heading=heading)
            column = names.get(options.columns.get(name, "")) or self.known.get(name)
            if name in options.ignore or (column is None and (self.strange is None or options.ignore_unknown)):
                continue
            if column is None:
                assert self.strange is not None
                message, hint = self.strange(heading)
                problems.append(Problem(self.code, message, place, did_you_mean(heading, self.known) or hint))
            elif column in found.values() and column not in self.repeated:
                shown = self.shown.get(column, f"`{column.value}`")
                message = phrase('"{heading}" is one more column of {column}', heading=heading, column=shown)
                problems.append(Problem(self.code, message, place, phrase("keep one of them")))
            else:
                found[heading] = column
        absent = [shown for shown, columns in self.needed.items() if not columns & {*found.values()}]
        problems += [
            Problem(self.code, phrase("there is no column {column}", column=shown), table, self.a_row)
            for shown in absent
        ]
        return found, problems


@frozen
class RowsRead(Generic[C]):
    """The reading of such rows: where the table is, the headings by column, and what is wrong so far."""

    table: CellPlace
    headings: Mapping[C, str]
    problems: list[Problem] = field(factory=list)

    def said(self, raw: RawRow) -> dict[C, RawValue]:
        """What a row holds, by column."""
        return {column: raw.cells[heading] for column, heading in self.headings.items() if heading in raw.cells}

    def place(self, raw: RawRow, column: C) -> CellPlace:
        """Where a row says what stands in a column."""
        return raw.cell(self.table, self.headings.get(column))

    def report(self, raw: RawRow, column: C, code: str, message: str, hint: str | None = None) -> None:
        """Add a problem of a cell."""
        self.problems.append(Problem(code, message, self.place(raw, column), hint))

    def refuse(self, raw: RawRow, column: C, refused: Refusal) -> None:
        """Add why a cell cannot be read."""
        self.problems.append(refused.at(self.place(raw, column)))


def rows_below_headings(
    grid: Grid,
    known: Mapping[str, C],
    options: ReadingOptions,
    table: CellPlace,
    is_row: Callable[[Set[C | None]], bool],
) -> RawTable:
    """The rows of a grid below its headings, which are the row that most of the `known` ones, folded, stand in.

    Notes are no rows; of those below one `is_row` says which are, by the columns that they fill.
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
    rows = [RawRow(row.number, {**said, **_cells(texts[last], row.cells)}) for row in _rows(body.rows, meant, is_row)]
    problems = (*misfits(grid, texts[last], body.rows, table), *body.problems)
    return RawTable((*(text for text in texts[last] if text), *said), tuple(rows), problems=problems)


def _cells(headings: Sequence[str], cells: Sequence[RawValue]) -> dict[str, RawValue]:
    return {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading and not is_blank(cell)}


def _rows(
    below: Iterable[GridRow], meant: Sequence[C | None], is_row: Callable[[Set[C | None]], bool]
) -> Iterator[GridRow]:
    noted = False
    for row in below:
        if _is_note(row.cells):
            noted = True
        elif not noted or is_row({one for one, cell in zip(meant, row.cells, strict=False) if not is_blank(cell)}):
            yield row


def _is_note(cells: Sequence[RawValue]) -> bool:
    """Whether a row holds nothing but a note or a signature."""
    filled = [cell for cell in cells if not is_blank(cell)]
    return len(filled) <= 2 and all(isinstance(cell, str) and is_note(raw_text(cell)) for cell in filled)
