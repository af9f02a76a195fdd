"""What stands between the cells of a CSV text: the mark with which the rows have as many cells as the headings."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.table import FactsError
from ncriteria.words import all_of, phrase

_MARKS = {",": phrase("commas"), ";": phrase("semicolons"), "\t": phrase("tabs"), "|": phrase("bars")}
_SAMPLE = 1000


def separator_of(text: str, file: str | None) -> str:
    """The separator of a CSV text; raises `FactsError` where two marks would do as well."""
    widths = {mark: _widths(text, mark) for mark in _MARKS if mark in text}
    alike = {mark: (counted.count(counted[0]), counted[0]) for mark, counted in widths.items() if counted[:1] > [1]}
    fitting = {mark: found for mark, found in alike.items() if found[0] > 1 or len(widths[mark]) == 1}
    if not fitting:
        # The first line may be a title without any separator: what the other rows have in common decides.
        fitting = {mark: _most_common(counted) for mark, counted in widths.items() if max(counted, default=1) > 1}
    if not fitting:
        return ","
    best = max(fitting.values())
    found = [mark for mark in fitting if fitting[mark] == best]
    found = [mark for mark in found if mark in alike] or found
    if len(found) > 1:
        message = phrase("the headings are separated by {marks}", marks=all_of(_MARKS[mark] for mark in found))
        hint = phrase("put headings that hold such a mark in quotes")
        raise FactsError(Problem("NC220", message, CellPlace(file, row=1), hint))
    return found[0]


def _widths(text: str, mark: str) -> list[int]:
    """How many cells the first rows have, blank ones left out, up to one that cannot be read so."""
    widths = []
    try:
        for cells in islice(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True), _SAMPLE):
            if any(cell.strip() for cell in cells):
                widths.append(len(cells))
    except csv.Error:
        pass
    return widths


def _most_common(widths: list[int]) -> tuple[int, int]:
    """How many rows have the number of cells that most have, of rows with more than one; how many that is, ignored."""
    counted = Counter(width for width in widths if width > 1)
    return counted.most_common(1)[0][1], 0
