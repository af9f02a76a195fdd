"""What there is no verdict for, and what could not be read, as a sheet: no row is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.table import FactRow
from ncriteria.quick_classes import frozen
from ncriteria.report.sheets.sheet import Column, Kind, Row, Sheet, by_option
from ncriteria.sets.names import LEVELS
from ncriteria.words import Language, Message, Words, words


class WithoutVerdict(Enum):
    """Why something of a table has no verdict."""

    NOT_JUDGED = "not_judged"
    NO_CRITERIA = "no_criteria"
    NOT_READ = "not_read"


_REASONS: Final = {
    WithoutVerdict.NOT_JUDGED: Message("Could not be judged"),
    WithoutVerdict.NO_CRITERIA: Message("No criteria are for such units"),
    WithoutVerdict.NOT_READ: Message("Could not be read and was left out"),
}


@frozen
class UnjudgedRow:
    """A row of a table that has no verdict under one standard, with the problems that say why.

    Where only the problems are known, they say which row it is.
    """

    row: FactRow | None
    standard: str
    problems: tuple[Problem, ...]


def problems_sheet(
    unjudged: Sequence[UnjudgedRow], passed_over: Sequence[FactRow], left_out: Sequence[Problem], language: Language
) -> Sheet:
    """A row for each problem of a row without a verdict, each row passed over, and each cell or row left out."""
    say = words(language)
    columns = (
        Column("kind", say("What happened"), Kind.NAME, 20, by_option(_REASONS)),
        Column("unit", say("Unit code"), width=12),
        Column("name", say("Name"), width=20),
        Column("level", say("Level"), Kind.NAME, 10, by_option(LEVELS)),
        Column("year", say("Year"), Kind.WHOLE, 7),
        Column("standard", say("Standard"), width=12),
        Column("code", say("Code"), width=8),
        Column("problem", say("Problem"), width=50),
        Column("cure", say("What to do"), width=40),
        Column("file", say("File"), width=20),
        Column("sheet", say("Sheet"), width=14),
        Column("row", say("Row"), Kind.WHOLE, 7),
        Column("column", say("Column"), width=20),
    )
    return Sheet("problems", say("Problems"), columns, lambda: _rows(unjudged, passed_over, left_out, say))


def _rows(
    unjudged: Sequence[UnjudgedRow], passed_over: Sequence[FactRow], left_out: Sequence[Problem], say: Words
) -> Iterator[Row]:
    for one in unjudged:
        for problem in one.problems:
            yield _row(WithoutVerdict.NOT_JUDGED, one.row, one.standard, problem, say)
    for row in passed_over:
        yield _row(WithoutVerdict.NO_CRITERIA, row, None, None, say)
    for problem in left_out:
        yield _row(WithoutVerdict.NOT_READ, None, None, problem, say)


def _row(kind: WithoutVerdict, row: FactRow | None, standard: str | None, problem: Problem | None, say: Words) -> Row:
    of_row = CellPlace() if row is None else row.place
    place = problem.place if problem is not None and isinstance(problem.place, CellPlace) else of_row
    unit = (None,) * 4 if row is None else (row.unit.id, row.unit.name, row.unit.level, row.year)
    told = (
        (None,) * 3
        if problem is None
        else (problem.code, say.again(problem.message), problem.hint and say.again(problem.hint))
    )
    return kind, *unit, standard or None, *told, place.file, place.sheet, place.row, place.heading
