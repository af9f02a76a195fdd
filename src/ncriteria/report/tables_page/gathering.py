"""The data of a page of tables: texts in both languages, each once, and rows that tell them by their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import field, frozen

from ncriteria.analysis.room.rooms import Progress
from ncriteria.analysis.watching.standing import Standing
from ncriteria.evaluation.explanation.text import opening_lines
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.report.invented import is_invented
from ncriteria.report.page.cells import LANGUAGES, VERDICTS_IN_ORDER
from ncriteria.report.page.sentences import Pair
from ncriteria.report.sheets.sheet import Cell, Column, Kind, Row, Sheet, people_text
from ncriteria.report.structure import Plain
from ncriteria.report.tables_page.model import TablesPage
from ncriteria.sets.model import CriteriaSet, Verdict
from ncriteria.words import words

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
_FOR_RULES: Final = frozenset({"fact", "standard"})
"""Columns that say by which name rules and programs know what stands beside."""
_ONCE: Final = frozenset({"year", "standard_title"})
"""Columns that are told once where all rows say the same."""
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


def tables_data(page: TablesPage) -> Plain:
    """The tables that have rows, and the sets that they rest on."""
    texts = _Texts()
    both = zip(*(page.sheets(language) for language in LANGUAGES), strict=True)
    tables = [told for one, other in both if (told := _table(texts, one, other)) is not None]
    return {
        "title": [page.title(language) for language in LANGUAGES],
        "invented": any(is_invented(text) for text, _, _ in texts.numbers),
        "sets": [_told_set(criteria) for criteria in page.criteria],
        "texts": texts.all(),
        "tables": tables,
    }


def _told_set(criteria: CriteriaSet) -> object:
    """The title of a set, and what it rests on."""
    return list(zip(*(opening_lines(Voice(language, criteria)) for language in LANGUAGES), strict=True))


def _table(texts: _Texts, one: Sheet, other: Sheet) -> Plain | None:
    rows = list(zip(one.rows, other.rows, strict=True))
    if not rows:
        return None
    shown = [place for place, column in enumerate(one.columns) if _is_shown(column) and _is_filled(rows, place)]
    same = [place for place in shown if one.columns[place].name in _ONCE and len({row[place] for row, _ in rows}) == 1]
    shown = [place for place in shown if place not in same]
    columns = [(one.columns[place], other.columns[place]) for place in shown]
    return {
        "name": one.name,
        "title": [one.title, other.title],
        "same": list(_cells(texts, [(one.columns[place], other.columns[place]) for place in same], same, rows[0])),
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
        "rows": [list(_cells(texts, columns, shown, pair)) for pair in rows],
    }


def _width(column: Column) -> int:
    return max(_OF_NAMES if column.kind is Kind.NAME else _NARROWEST, min(_WIDEST, column.width))


def _is_shown(column: Column) -> bool:
    return not column.is_for_programs and column.name not in _FOR_RULES


def _is_filled(rows: list[tuple[Row, Row]], place: int) -> bool:
    return any(row[place] is not None for row, _ in rows)


def _cells(
    texts: _Texts, columns: list[tuple[Column, Column]], shown: list[int], pair: tuple[Row, Row]
) -> Iterator[int]:
    (vi, en), (row, same_row) = (words(language) for language in LANGUAGES), pair
    for place, (column, same) in zip(shown, columns, strict=True):
        yield texts.of((people_text(column, row[place], vi), people_text(same, same_row[place], en)), row[place])
