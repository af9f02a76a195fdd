"""A matrix on the terminal: units and clauses, or units and years, a sign a verdict, the words behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import click

from ncriteria.cli.console.layout import VERDICT_COLOURS, padded, shortened, text_width, visible
from ncriteria.cli.terminal.summary.folding import ShownColumns, columns_in
from ncriteria.cli.terminal.summary.gathered_rows import GatheredRows, ShownRow, gathered
from ncriteria.cli.terminal.summary.page import SummaryPage
from ncriteria.evaluation.explanation.sources import act_text
from ncriteria.quick_classes import frozen
from ncriteria.report.summary.overview import MatrixRow, VerdictMatrix
from ncriteria.report.summary.signs import ATTESTED_SIGN, SIGNS
from ncriteria.sets.model import Verdict

_SIGN: Final = 3
"""The columns of a sign, with its mark and a space."""
_YEAR: Final = 5
_COUNT: Final = 6
_ENTRY: Final = 60
"""The columns of a title below a matrix, where several stand side by side."""


@frozen
class _Heading:
    """A column of a matrix: what stands above it, in how many columns of the terminal, and what it is called below."""

    text: str
    width: int
    key: str = ""


@frozen
class _Frame:
    """The columns of the terminal that a matrix has for names, years, and the words of verdicts."""

    page: SummaryPage
    name: int
    verdict: int
    has_years: bool

    @property
    def room(self) -> int:
        """What is left for signs."""
        return self.page.width - self.name - 1 - (_YEAR if self.has_years else 0) - self.verdict

    def line(self, name: str, when: str, cells: str, verdict: str) -> str:
        """A line, without the spaces at its end."""
        year = padded(when, _YEAR) if self.has_years else ""
        return f"{padded(name, self.name)} {year}{cells}{verdict}".rstrip()


def matrix_lines(page: SummaryPage, matrix: VerdictMatrix) -> Iterator[str]:
    """The matrix below its heading, and below it what its columns are."""
    sets = ", ".join(f"{one.instrument.number} ({one.years.in_words(page.say)})" for one in matrix.sets)
    yield from page.heading(f"{page.about(matrix, with_identifier=True)} — {sets}")
    years = tuple(dict.fromkeys(row.year for row in matrix.rows))
    if page.asked.by_year:
        yield from _by_year(page, matrix, tuple(sorted(years)))
        return
    frame = _frame(page, matrix, has_years=len(years) > 1)
    most = min(frame.room // _SIGN, page.key_lines * _beside(page))
    shown = columns_in(matrix.columns, max(most, 1), page.asked.clauses)
    headings = _headings(frame, shown)
    paths = [one.column.path for one in shown.columns]
    rows = [
        ShownRow(
            _name(row),
            str(row.year),
            tuple(row.verdicts.get(path) for path in paths),
            row.verdict,
            frozenset(place for place, path in enumerate(paths) if path in row.attested),
            len(row.missing) + row.waits,
            _grade(page, row),
        )
        for row in matrix.rows
    ]
    yield from _rows(frame, headings, rows)
    yield from _key(page, headings)
    yield from _folded(page, shown)
    yield from _acts(page, matrix)


def _acts(page: SummaryPage, matrix: VerdictMatrix) -> Iterator[str]:
    """Which clauses are of other acts than most, and which acts changed something in them."""
    for found in matrix.sets:
        acts = found.acts or ()
        most = max(acts, key=lambda one: len(one.laid_down), default=None)
        for one in acts:
            act = act_text(page.say, page.language, one.act)
            if one.laid_down and one is not most:
                told = page.say("Laid down by {act}: {clauses}", act=act, clauses=", ".join(one.laid_down))
                yield from page.lines(told, indent="  ")
            if one.changed:
                told = page.say("Changed by {act}: {clauses}", act=act, clauses=", ".join(one.changed))
                yield from page.lines(told, indent="  ")


def _name(row: MatrixRow) -> str:
    """What a row is called; where that cannot be seen, a mark stands for it."""
    return visible(row.name or row.unit)


def _grade(page: SummaryPage, row: MatrixRow) -> str:
    """What follows the verdict of a set that has grades."""
    if row.graded is None:
        return ""
    given = row.graded.grade
    text = page.say("grade still open") if given is None else given.title.text(page.language)
    return shortened(f" · {text}", page.width // 3)


def _frame(page: SummaryPage, matrix: VerdictMatrix, *, has_years: bool) -> _Frame:
    longest = max((text_width(_name(row)) for row in matrix.rows), default=0)
    is_gathered = len(matrix.rows) > page.room
    names = page.width // 3 if is_gathered else min(longest, page.width // 4)
    words = max((text_width(page.verdict(row.verdict) + _grade(page, row)) for row in matrix.rows), default=0)
    return _Frame(page, names, words, has_years and not is_gathered)


def _headings(frame: _Frame, shown: ShownColumns) -> tuple[_Heading, ...]:
    """The identifiers of the columns where there is room for them, or else numbers."""
    paths = [one.column.path for one in shown.columns]
    around = _around(paths)
    texts = [path.removeprefix(around) for path in paths]
    titles = [one.column.title.text(frame.page.language) for one in shown.columns]
    widths = [max(text_width(text) + 1, _SIGN) for text in texts]
    named = [f"{text}  {title}" for text, title in zip(texts, titles, strict=True)]
    if sum(widths) <= frame.room:
        return tuple(map(_Heading, texts, widths, named))
    numbers = [str(number) for number in range(1, len(texts) + 1)]
    return tuple(_Heading(number, _SIGN, f"{number:>2} {one}") for number, one in zip(numbers, named, strict=True))


def _around(paths: Sequence[str]) -> str:
    """What all paths begin with, up to a group."""
    outer = [path.rpartition("/")[0].split("/") for path in paths]
    shared = [steps[0] for steps in zip(*outer, strict=False) if len(set(steps)) == 1] if outer else []
    together = "/".join(shared)
    return f"{together}/" if together and all(path.startswith(f"{together}/") for path in paths) else ""


def _rows(frame: _Frame, headings: Sequence[_Heading], rows: Sequence[ShownRow]) -> Iterator[str]:
    """The rows below their headings, one by one or together; those that there is no room for are counted."""
    yield click.style(frame.line("", "", "".join(padded(one.text, one.width) for one in headings), ""), dim=True)
    page = frame.page
    if len(rows) <= page.room:
        for row in rows:
            yield _line(frame, headings, row.name, row.when, GatheredRows((row,), row.cells, row.attested))
        return
    several_years = len({row.when for row in rows}) > 1
    found = gathered(rows, page.room)
    for line in found.lines:
        yield _line(frame, headings, _names(frame, line.rows, several_years=several_years), "", line)
    for verdict, (count, ways) in found.rest.items():
        told = page.say("more rows: {verdict}, in {ways} other ways", verdict=page.verdict(verdict).lower(), ways=ways)
        told = f"{count:>{_COUNT - 1}} {told}"
        yield from page.lines(told)


def _names(frame: _Frame, rows: Sequence[ShownRow], *, several_years: bool) -> str:
    """How many rows, and the first of them by name, as far as there is room."""
    names = (f"{row.name} {row.when}" if several_years and row.when else row.name for row in rows)
    first = next(names)
    text = shortened(first, frame.name - _COUNT - 1)
    for name in names:
        longer = f"{text}, {name}"
        if text_width(longer) > frame.name - _COUNT - 2:
            text = f"{text}…"
            break
        text = longer
    return f"{len(rows):>{_COUNT - 1}} {text}"


def _line(frame: _Frame, headings: Sequence[_Heading], name: str, when: str, one: GatheredRows) -> str:
    page = frame.page
    cells = "".join(
        page.sign(cell, heading.width, attested=place in one.attested)
        for place, (cell, heading) in enumerate(zip(one.cells, headings, strict=True))
    )
    colour = None if one.verdict is None else VERDICT_COLOURS[one.verdict]
    return frame.line(name, when, cells, click.style(page.verdict(one.verdict) + one.grade, fg=colour))


def _key(page: SummaryPage, headings: Sequence[_Heading]) -> Iterator[str]:
    """What the columns are, where the terminal is wide several beside each other."""
    beside = _beside(page)
    width = page.width // beside - 2
    for begin in range(0, len(headings), beside):
        entries = headings[begin : begin + beside]
        yield "  ".join(padded(f"  {entry.key}", width) for entry in entries).rstrip()


def _beside(page: SummaryPage) -> int:
    """How many titles stand beside each other."""
    return max(1, page.width // _ENTRY)


def _folded(page: SummaryPage, shown: ShownColumns) -> Iterator[str]:
    """Which columns are groups that were folded, and how they unfold."""
    groups = [one for one in shown.columns if one.folded]
    if groups:
        told = ", ".join(f"{one.column.path} ({one.folded})" for one in groups)
        example = groups[0].column.path
        yield from page.lines(
            page.say(
                "Groups in one column (clauses): {groups}; --clause {example} shows one alone",
                groups=told,
                example=example,
            ),
            indent="  ",
        )
    if shown.left_out:
        told = page.say.plural(
            "{count} clause has no room; a wider terminal or --clause shows it",
            "{count} clauses have no room; a wider terminal or --clause shows them",
            count=shown.left_out,
        )
        yield from page.lines(told, indent="  ")


def _by_year(page: SummaryPage, matrix: VerdictMatrix, years: tuple[int, ...]) -> Iterator[str]:
    """Units and years: the verdict of the whole set in each, and in words that of the latest year."""
    frame = _frame(page, matrix, has_years=False)
    latest = years[-max(frame.room // _YEAR, 1) :]
    by_unit: dict[str, dict[int, Verdict]] = {}
    names: dict[str, str] = {}
    for row in matrix.rows:
        by_unit.setdefault(row.unit, {})[row.year] = row.verdict
        names[row.unit] = _name(row)
    rows = [
        ShownRow(names[unit], "", tuple(found.get(year) for year in latest), found[max(found)])
        for unit, found in by_unit.items()
    ]
    headings = [_Heading(str(year), _YEAR) for year in latest]
    yield from _rows(frame, headings, rows)
    if len(latest) < len(years):
        yield from page.lines(page.say("Years before {year} have no room", year=str(latest[0])), indent="  ")


def legend(page: SummaryPage, matrices: Sequence[VerdictMatrix]) -> str:
    """What the signs stand for, and what stands where there is none."""
    signs = [f"{page.say.this(SIGNS[verdict])} {page.verdict(verdict).lower()}" for verdict in Verdict]
    if any(row.attested for matrix in matrices for row in matrix.rows):
        signs.append(f"{ATTESTED_SIGN} {page.say('rests on an attestation')}")
    if page.asked.by_year:
        signs.append(page.say("blank: no row or no verdict in that year"))
    elif any(len(matrix.rows) > page.room for matrix in matrices):
        signs.append(page.say("blank: the rows of the line differ"))
    elif any(len(row.verdicts) < len(matrix.columns) for matrix in matrices for row in matrix.rows):
        signs.append(page.say("blank: not in the criteria of that year"))
    return " · ".join(signs)
