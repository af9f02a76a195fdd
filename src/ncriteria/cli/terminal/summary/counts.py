"""How many rows of each standard and year have each verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from ncriteria.cli.console.layout import padded, text_width
from ncriteria.cli.terminal.summary.page import SummaryPage
from ncriteria.report.summary.overview import GradeCount, VerdictMatrix, YearCounts
from ncriteria.sets.model import Verdict

_MOST_LINES: Final = 12
_Row = tuple[str, str, Counter[Verdict | None]]


def count_lines(page: SummaryPage, matrices: Sequence[VerdictMatrix]) -> Iterator[str]:
    """A line for each standard, level and year; the earliest years are added up where there are many."""
    rows = [row for matrix in matrices for row in _rows_of(page, matrix, max(1, _MOST_LINES // len(matrices)))]
    shown = [
        one for one in (*Verdict, None) if one in (Verdict.MET, Verdict.NOT_MET) or any(row[2][one] for row in rows)
    ]
    titles = [page.verdict(one) for one in shown]
    about = max(text_width(row[0]) for row in rows)
    when = max(len(row[1]) for row in rows)
    if about + 2 + when + sum(text_width(title) + 2 for title in titles) > page.width:
        for name, years, counts in rows:
            told = ", ".join(f"{counts[one]} {page.verdict(one).lower()}" for one in shown if counts[one])
            yield from page.lines(f"{name} {years}: {told}")
        return
    yield f"{' ' * (about + 2 + when)}  {'  '.join(titles)}"
    before = ""
    for name, years, counts in rows:
        numbers = (f"{counts[one]:>{text_width(title)}}" for one, title in zip(shown, titles, strict=True))
        told, before = "" if name == before else name, name
        yield f"{padded(told, about)}  {years:>{when}}  {'  '.join(numbers)}"


def grade_lines(page: SummaryPage, matrices: Sequence[VerdictMatrix]) -> Iterator[str]:
    """How many rows have each grade of the sets that have some: a line for each standard, level and year."""
    for matrix in matrices:
        for year, counts in groupby(matrix.grades or (), lambda one: one.year):
            told = ", ".join(f"{_grade(page, one)}: {one.rows}" for one in counts)
            heading = page.say("Grades of {about} in {year}", about=page.about(matrix), year=year)
            yield from page.lines(f"{heading}: {told}")


def _grade(page: SummaryPage, one: GradeCount) -> str:
    return page.say("grade still open") if one.title is None else one.title.text(page.language)


def _rows_of(page: SummaryPage, matrix: VerdictMatrix, most: int) -> Iterator[_Row]:
    name = page.about(matrix)
    later = matrix.counts if len(matrix.counts) <= most else matrix.counts[len(matrix.counts) - most + 1 :]
    if earlier := matrix.counts[: len(matrix.counts) - len(later)]:
        yield name, f"{earlier[0].year}–{earlier[-1].year}", sum(map(_counted, earlier), Counter())
    for one in later:
        yield name, str(one.year), _counted(one)


def _counted(one: YearCounts) -> Counter[Verdict | None]:
    counts: Counter[Verdict | None] = Counter({None: one.without})
    counts.update(one.verdicts)
    return counts
