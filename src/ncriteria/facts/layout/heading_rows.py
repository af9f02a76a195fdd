"""Where the headings of a table stand: in which rows, one above the other, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.formats.grid import HEADINGS_WITHIN, Grid, GridRow
from ncriteria.facts.formats.raw import RawValue
from ncriteria.facts.layout.columns import Listed, Reserved
from ncriteria.facts.layout.heading_meanings import Heading, Vocabulary, is_unit
from ncriteria.language.tree import FactKey
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen

_DEEPEST = 3
_KEYS: frozenset[object] = frozenset({Reserved.UNIT, Reserved.NAME, Reserved.YEAR, Reserved.MONTH, Listed.INDICATOR})
_PERIOD = compiled_later("(?:(?:0?[1-9]|1[0-2])[-/])?(?:19|20|21)[0-9]{2}")
_NUMERAL = compiled_later(r"[-(]?[0-9][0-9.,/ %)]*")


@frozen
class HeadingRows:
    """The rows of the headings, by their places in the grid, and each column: its words, and what they mean."""

    first: int
    last: int
    texts: tuple[str, ...]
    meanings: tuple[Heading, ...]

    @property
    def score(self) -> int:
        """How many columns are understood; 0 where no unit and no fact could be told by them."""
        columns = {column for heading in self.meanings for column in heading.columns}
        lists_facts = Listed.INDICATOR in columns
        says_whose = lists_facts or any(map(is_unit, columns))
        says_more = self.understood > 1 or (lists_facts and sum(map(bool, self.texts)) > 1)
        return self.understood if says_whose and says_more else 0

    @property
    def understood(self) -> int:
        """How many columns are understood, whatever is told by them."""
        columns = {(column, heading.year, heading.month) for heading in self.meanings for column in heading.columns}
        return len(columns) + sum(heading.is_dated and not heading.columns for heading in self.meanings)

    @property
    def facts(self) -> int:
        """How many columns are understood as facts, each in a period of its own."""
        return len(
            {
                (column, heading.year, heading.month)
                for heading in self.meanings
                for column in heading.columns
                if isinstance(column, FactKey)
            }
        )

    def goes_on(self, below: GridRow | None) -> bool:
        """Whether the row below seems to be one of headings too: words, and nothing where the unit and year stand.

        So are years and months, of which one stands below each fact.
        """
        if below is None:
            return False
        cells = [_words(below, column) for column in range(len(self.texts))]
        keys = [cell for cell, heading in zip(cells, self.meanings, strict=True) if _KEYS & set(heading.columns)]
        if not any(cells) or any(keys):
            return False
        written = list(filter(None, cells))
        return all(map(_PERIOD.fullmatch, written)) or not any(map(_NUMERAL.fullmatch, written))


def heading_rows(grid: Grid, words: Vocabulary, header_row: int | None) -> HeadingRows | None:
    """The rows of headings: those that name most columns, and do not go on below; the fewest and the first of these.

    `header_row` is the number of their last row, where it is known; nothing stands there where there are none. Where no
    row names columns it is the first one.
    """
    last: Iterable[int] = range(min(len(grid.rows), HEADINGS_WITHIN))
    if header_row is not None:
        last = [place for place, row in enumerate(grid.rows) if row.number == header_row]
    below = (*grid.rows, None)
    widest = max((len(row.cells) for row in grid.rows[:HEADINGS_WITHIN]), default=0)
    best, best_key = None, (-1, -1, False)
    for first, place in _spans(last):
        found = _headings(grid, words, first, place)
        key = (found.score, found.facts, not found.goes_on(below[place + 1]))
        if key > best_key:
            best, best_key = found, key
        if best_key[0] >= widest and best_key[2]:
            break  # every column is understood, which no other rows can better
    return best


def _spans(last: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The rows that headings may stand in, the fewest first, then the first."""
    places = list(last)
    yield from ((place - above, place) for above in range(_DEEPEST) for place in places if place >= above)


def _headings(grid: Grid, words: Vocabulary, first: int, last: int) -> HeadingRows:
    stacked = list(_stacked(grid, first, last))
    texts = tuple(" ".join(parts) for parts in stacked)
    return HeadingRows(first, last, texts, tuple(map(words.meaning, stacked)))


def _stacked(grid: Grid, first: int, last: int) -> Iterator[tuple[str, ...]]:
    """The words above each column, from the highest row to the lowest, what is repeated once."""
    rows = grid.rows[first : last + 1]
    width = max(len(row.cells) for row in rows)
    lines = [[_words(row, column) for column in range(width)] for row in rows]
    if not _spread_merged(grid, rows, lines):
        _spread_to_the_right(lines)
    for column in range(width):
        parts = [line[column] for line in lines if line[column]]
        yield tuple(part for place, part in enumerate(parts) if place == 0 or part != parts[place - 1])


def _words(row: GridRow, column: int) -> str:
    cell: RawValue = row.cells[column] if column < len(row.cells) else ""
    return " ".join(raw_text(cell).split())


def _spread_merged(grid: Grid, rows: Sequence[GridRow], lines: list[list[str]]) -> bool:
    """Say in every column and row of merged cells what stands in them; whether there are any."""
    places = {row.number: place for place, row in enumerate(rows)}
    merged = [one for one in grid.merged if one.first_row in places]
    for one in merged:
        text = lines[places[one.first_row]][one.first_column] if one.first_column < len(lines[0]) else ""
        for number in range(one.first_row, one.last_row + 1):
            if number in places:
                line = lines[places[number]]
                for column in range(one.first_column, min(one.last_column + 1, len(line))):
                    line[column] = text
    return bool(merged)


def _spread_to_the_right(lines: list[list[str]]) -> None:
    """Say above every column what stands above the first of a group; what has nothing below it heads no group."""
    for place, line in enumerate(lines[:-1]):
        group = ""
        for column, text in enumerate(line):
            below = any(lower[column] for lower in lines[place + 1 :])
            if text:
                group = text if below else ""
            elif below:
                line[column] = group
