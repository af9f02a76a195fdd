"""What a table does not say, asked one question at a time: what `ncriteria init` puts into a project file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import SequenceMatcher
from enum import Enum
from pathlib import Path

from attrs import evolve

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.assembling import assemble
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.checks.absent_columns import may_be_the_unit
from ncriteria.facts.encodings.decoding import Encoding
from ncriteria.facts.encodings.proposing import proposed
from ncriteria.facts.formats.grid import Grid
from ncriteria.facts.formats.raw import RawTable
from ncriteria.facts.layout.columns import Column, Reserved
from ncriteria.facts.layout.heading_periods import without_period, years_in
from ncriteria.facts.layout.headings import columns_of, names_of
from ncriteria.facts.layout.laying_out import lay_out
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.readers import cells_of_file
from ncriteria.facts.table import FactsError, SheetsError, UnknownFactsError
from ncriteria.facts.units.levels import level_of
from ncriteria.language.hints.lookalikes import without_accents
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.declared.declared_facts import names_in_tables
from ncriteria.sets.model import FactDeclaration, Level

PASS_OVER = "-"
"""The answer that a column is to be passed over."""
_MARKS = frozenset(
    {"-", "--", "–", "—", "…", "...", "..", ".", "/", "x", "X", "không", "không có", "kxđ", "n/a", "chưa có"}
)
_UNITS: frozenset[Column] = frozenset({Reserved.UNIT, Reserved.NAME})
_ALIKE = 0.6
_MEASURE = compiled_later(r"\s*[(\[][^()\[\]]*[)\]]$")
_PART = compiled_later(r"^trong do\s*:?\s*")
_COUNTING = frozenset({"so", "vu", "nguoi", "tong", "ty", "le", "number", "of"})
"""Words that most headings have, without their accents."""
_SHOWN = 4
_NO_YEAR = "NC212"
"""Of a laid-out table: the heading of a fact says no year, and nothing else says it."""


class Asked(Enum):
    """What is asked."""

    SHEET = "sheet"
    ENCODING = "encoding"
    COLUMN = "column"
    YEAR = "year"
    UNIT = "unit"
    LEVEL = "level"
    BLANK = "blank"


@frozen
class Question:
    """A question about a table: the heading or mark that it is `about`, and what the answer may be, likeliest first.

    `proposals` are names of columns or facts, or `-` for a column that is passed over, or the years that a title names;
    without any, only a person knows.
    """

    asked: Asked
    about: str = ""
    proposals: tuple[str, ...] = ()


def next_question(
    path: Path, declarations: Mapping[str, FactDeclaration], options: ReadingOptions, settled: Collection[Question]
) -> Question | None:
    """What is to be asked next of the table in a file, as it is read with `options`; `None` where all is said.

    Questions that are `settled` are not asked again. Raises `FactsError` for what no answer would mend.
    """
    try:
        cells, table = cells_of_file(path, names_of(declarations), options)
    except SheetsError as error:
        return Question(Asked.SHEET, proposals=error.names)
    except FactsError:
        found = proposed(path.read_bytes(), names_of(declarations), Encoding.UTF_8)
        if options.encoding is not None or not found:
            raise
        return Question(Asked.ENCODING, proposals=tuple(one.encoding.value for one in found))
    asked = {(one.asked, one.about) for one in settled}
    try:
        raw = lay_out(cells, declarations, options, table) if isinstance(cells, Grid) else cells
        years = _years_of_title(cells, raw) if isinstance(cells, Grid) else ()
        questions = _questions(raw, declarations, options, table, years)
    except UnknownFactsError as error:
        if not error.names:
            raise
        questions = _facts_listed(error, declarations)
    return next((one for one in questions if (one.asked, one.about) not in asked), None)


def with_answer(options: ReadingOptions, question: Question, answer: str) -> ReadingOptions:
    """The options with the answer to a question."""
    match question.asked:
        case Asked.SHEET:
            return evolve(options, sheet=answer)
        case Asked.ENCODING:
            return evolve(options, encoding=answer)
        case Asked.COLUMN if answer == PASS_OVER:
            return evolve(options, ignore=options.ignore | {question.about})
        case Asked.COLUMN:
            return evolve(options, columns={**options.columns, question.about: answer})
        case Asked.YEAR:
            return evolve(options, year=int(answer))
        case Asked.UNIT:
            return evolve(options, unit=answer)
        case Asked.LEVEL:
            return evolve(options, level=Level(answer))
        case Asked.BLANK:
            return evolve(options, blanks=options.blanks | {question.about})


def _facts_listed(error: UnknownFactsError, declarations: Mapping[str, FactDeclaration]) -> Iterator[Question]:
    """Which fact each text is that stands in the place of one and is not known."""
    for name in error.names:
        yield Question(Asked.COLUMN, name, (*_nearest(name, declarations, error.found), PASS_OVER))


def _years_of_title(grid: Grid, raw: RawTable) -> tuple[str, ...]:
    """The years that the words above a table name, in their order."""
    headings = () if raw.account is None else raw.account.heading_rows
    above = (row for row in grid.rows if headings and row.number < headings[0])
    return tuple(map(str, years_in(" ".join(raw_text(cell) for row in above for cell in row.cells))))


def _questions(
    raw: RawTable,
    declarations: Mapping[str, FactDeclaration],
    options: ReadingOptions,
    table: CellPlace,
    years: tuple[str, ...],
) -> Iterator[Question]:
    problems: list[Problem] = []
    columns = columns_of(raw.headings, raw.meant, declarations, options, table=table, problems=problems).columns
    found = set(columns.values())
    for problem in problems:
        heading = problem.place.heading if isinstance(problem.place, CellPlace) else None
        if problem.code == "NC210" and heading:
            name = without_period(heading)
            proposals = _of_units(heading, raw, columns), *_nearest(name, declarations, found), PASS_OVER
            yield Question(Asked.COLUMN, name, tuple(one for one in proposals if one is not None))
    if not found & _UNITS:
        yield Question(Asked.UNIT)
    if Reserved.YEAR not in found or any(problem.code == _NO_YEAR for problem in raw.problems):
        yield Question(Asked.YEAR, proposals=years)
    if Reserved.LEVEL not in found and options.level is None:
        yield Question(Asked.LEVEL, proposals=(_likely_level(columns), *(level.value for level in Level)))
    yield from _marks(raw, declarations, options, table)


def _of_units(heading: str, raw: RawTable, columns: Mapping[str, Column]) -> str | None:
    """The column of units that a heading may be: the unit, or the one around it where there is one already."""
    has_unit = bool(_UNITS & set(columns.values()))
    if level_of(heading) is not None:
        return Reserved.PARENT.value if has_unit else Reserved.NAME.value
    return Reserved.NAME.value if not has_unit and heading == may_be_the_unit(raw, columns) else None


def _nearest(heading: str, declarations: Mapping[str, FactDeclaration], taken: Collection[Column]) -> Iterator[str]:
    """The facts whose names look most like a heading; a heading of initials is that of the words that begin so."""
    names = {str(column) for column in taken}
    bare = _bare(heading)
    scored = []
    for name, declared in declarations.items():
        score = max(_alike(bare, _bare(one.replace("_", " "))) for one in names_in_tables(declared))
        if name not in names and score >= _ALIKE:
            scored.append((-score, name))
    yield from (name for _, name in sorted(scored)[:_SHOWN])


def _bare(heading: str) -> str:
    """A heading without accents, its measure in brackets, and the words by which it is a part of another."""
    return _PART.sub("", without_accents(folded(_MEASURE.sub("", heading))))


def _alike(heading: str, known: str) -> float:
    initials = "".join(word[0] for word in known.split() if word[0].isalnum())
    words = [word for word in heading.split() if word not in _COUNTING]
    if not words:
        return 0.0
    if len(words) == 1 and len(words[0]) > 2 and words[0] in initials:
        return 1.0
    within = len(words) > 1 and set(words) <= set(known.split())
    return max(_ALIKE if within else 0.0, SequenceMatcher(None, heading, known).ratio())


def _likely_level(columns: Mapping[str, Column]) -> str:
    """The level that the heading of the unit names; the commune where it names none."""
    headings = (text for text, column in columns.items() if column in _UNITS)
    return next((level.value for level in map(level_of, headings) if level is not None), Level.COMMUNE.value)


def _marks(
    raw: RawTable, declarations: Mapping[str, FactDeclaration], options: ReadingOptions, table: CellPlace
) -> Iterator[Question]:
    """The marks that stand where a figure cannot be read, each once."""
    marks = {
        row.cell(table, heading): cell.strip()
        for row in raw.rows
        for heading, cell in row.cells.items()
        if isinstance(cell, str) and cell.strip() in _MARKS
    }
    unread = (problem.place for problem in assemble(raw, declarations, options, table).problems)
    seen = dict.fromkeys(marks[place] for place in unread if isinstance(place, CellPlace) and place in marks)
    yield from (Question(Asked.BLANK, mark, (mark,)) for mark in seen)
