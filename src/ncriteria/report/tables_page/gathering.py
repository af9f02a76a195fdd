"""The data of a page of tables: texts in both languages, each once, and rows that tell them by their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import field

from ncriteria.analysis.room.rooms import Progress
from ncriteria.analysis.watching.standing import Standing
from ncriteria.evaluation.explanation.text import opening_lines
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.quick_classes import frozen
from ncriteria.report.invented import is_invented
from ncriteria.report.page.cells import VERDICTS_IN_ORDER
from ncriteria.report.page.sentences import Pair
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.sheets.receipts import receipt_sheet
from ncriteria.report.sheets.sheet import Cell, Column, Kind, Row, Sheet, people_text
from ncriteria.report.sheets.shown import shown_places
from ncriteria.report.sheets.tables import TablesTold
from ncriteria.report.structure import Plain
from ncriteria.sets.model import CriteriaSet, Verdict
from ncriteria.words import LANGUAGES, Language, words

_COLOURS: Final[Mapping[Cell, int]] = {
    **{verdict: place for place, verdict in enumerate(VERDICTS_IN_ORDER)},
    Standing.LOST: VERDICTS_IN_ORDER.index(Verdict.NOT_MET),
    Standing.AT_RISK: VERDICTS_IN_ORDER.index(Verdict.UNDETERMINED),
    Standing.OPEN: VERDICTS_IN_ORDER.index(Verdict.NOT_APPLICABLE),
    Standing.CERTAIN: VERDICTS_IN_ORDER.index(Verdict.MET),
    Progress.LOST: VERDICTS_IN_ORDER.index(Verdict.NOT_MET),
    Progress.OPEN: VERDICTS_IN_ORDER.index(Verdict.NOT_APPLICABLE),
    Progress.CERTAIN: VERDICTS_IN_ORDER.index(Verdict.MET),
}
"""The verdict whose colour stands beside the word."""
_UNCOLOURED: Final = -1
_CHOSEN_BY: Final = frozenset({"members", "year", "standard_title", "title", "clause_title", "figure"})
"""Columns whose texts filter the rows, beside those of names."""
_NARROWEST: Final = 9
_WIDEST: Final = 50
_OF_NAMES: Final = 16
"""Widths, in letters, in which words stand whole on a screen and on a sheet of paper."""
_NUMBERS: Final = frozenset({Kind.WHOLE, Kind.EXACT, Kind.PERCENT})


@frozen
class _Texts:
    """Texts in both languages with the colour of each, by their numbers; the empty one is 0."""

    numbers: dict[tuple[str, str, int], int] = field(factory=lambda: {("", "", _UNCOLOURED): 0})

    def of(self, pair: Pair, cell: Cell) -> int:
        """The number of a text."""
        colour = _COLOURS.get(cell, _UNCOLOURED)
        return self.numbers.setdefault((*pair, colour), len(self.numbers))

    def all(self) -> list[object]:
        """All of them; one that is the same in both languages and has no colour is told once."""
        return [vi if vi == en and colour == _UNCOLOURED else [vi, en, colour] for vi, en, colour in self.numbers]


def tables_data(told: TablesTold, receipt: Receipt | None) -> Plain:
    """What was found, the tables that have rows, that of the receipt the last, and the sets that they rest on."""
    texts = _Texts()
    both = zip(*(_sheets(told, receipt, language) for language in LANGUAGES), strict=True)
    tables = [table for one, other in both if (table := _table(texts, one, other)) is not None]
    return {
        "title": [told.title(language) for language in LANGUAGES],
        "findings": [told.findings(language) for language in LANGUAGES],
        "invented": any(is_invented(text) for text, _, _ in texts.numbers),
        "sets": [_told_set(criteria) for criteria in told.criteria],
        "texts": texts.all(),
        "tables": tables,
    }


def _sheets(told: TablesTold, receipt: Receipt | None, language: Language) -> Sequence[Sheet]:
    return (*told.sheets(language), *(() if receipt is None else (receipt_sheet(receipt, language),)))


def _told_set(criteria: CriteriaSet) -> object:
    """The title of a set, and what it rests on."""
    return list(zip(*(opening_lines(Voice(language, criteria)) for language in LANGUAGES), strict=True))


def _table(texts: _Texts, one: Sheet, other: Sheet) -> Plain | None:
    rows = list(zip(one.rows, other.rows, strict=True))
    if not rows:
        return None
    places = shown_places(one.columns, [row for row, _ in rows])
    columns, same = (
        [(one.columns[place], other.columns[place]) for place in chosen] for chosen in (places.in_rows, places.same)
    )
    return {
        "name": one.name,
        "title": [one.title, other.title],
        "same": list(_cells(texts, same, places.same, rows[0])),
        "columns": [
            {
                "name": vi.name,
                "heading": [vi.heading, en.heading],
                "width": _width(vi),
                "number": vi.kind in _NUMBERS,
                "chosen": vi.kind is Kind.NAME or vi.name in _CHOSEN_BY,
            }
            for vi, en in columns
        ],
        "rows": [list(_cells(texts, columns, places.in_rows, pair)) for pair in rows],
    }


def _width(column: Column) -> int:
    return max(_OF_NAMES if column.kind is Kind.NAME else _NARROWEST, min(_WIDEST, column.width))


def _cells(
    texts: _Texts, columns: list[tuple[Column, Column]], shown: Sequence[int], pair: tuple[Row, Row]
) -> Iterator[int]:
    (vi, en), (row, same_row) = (words(language) for language in LANGUAGES), pair
    for place, (column, same) in zip(shown, columns, strict=True):
        yield texts.of((people_text(column, row[place], vi), people_text(same, same_row[place], en)), row[place])
