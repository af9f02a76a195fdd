"""Numbers that a comma has divided between two columns, where the cells are apart by commas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.formats.raw import RawTable, RawValue
from ncriteria.facts.layout.columns import Column, Reserved
from ncriteria.language.tree import FactKey
from ncriteria.patterns import compiled_later
from ncriteria.words import phrase

_REMARKS = (Reserved.NOTE, Reserved.SOURCE, Reserved.PUBLISHED, Reserved.SERIES)
_DIGITS = compiled_later(r"\s*[0-9]{1,4}%?\s*")


def divided_cells(raw: RawTable, columns: Mapping[str, Column], table: CellPlace) -> Iterator[Problem]:
    """Remarks of digits alone right behind a figure: `0,95` without its quotes is the figure 0 and the remark 95."""
    if raw.separator != "," or raw.problems:  # where a row has too many cells, that is told already
        return
    for heading, beside in pairwise(raw.headings):
        if isinstance(columns.get(heading), FactKey) and columns.get(beside) in _REMARKS:
            for row in raw.rows:
                figure, remark = row.cells.get(heading), row.cells.get(beside)
                if _is_digits(figure) and _is_digits(remark):
                    number = f"{figure},{remark}"
                    message = phrase(
                        '"{figure}" and "{remark}", which is no remark, seem to be one number, {number}',
                        figure=figure,
                        remark=remark,
                        number=number,
                    )
                    hint = phrase(
                        'write every cell of the row, "{number}" in quotes, or save the file with semicolons',
                        number=number,
                    )
                    yield Problem("NC222", message, row.cell(table, heading), hint)


def _is_digits(value: RawValue | None) -> bool:
    return isinstance(value, str) and _DIGITS.fullmatch(value) is not None
