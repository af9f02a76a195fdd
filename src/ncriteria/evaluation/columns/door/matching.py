"""Which column of a frame is which: the reserved columns and the facts, by the headings that tables of files have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.layout.columns import ChildCount, Column, Reserved
from ncriteria.facts.layout.headings import column_of, columns_of, names_of
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import FactsError
from ncriteria.language.hints.lookalikes import without_accents
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration
from ncriteria.words import phrase

_NEAR = 0.8
"""How alike a heading and a known one are from which on it is taken for a slip."""
_RESERVED_OF_A_FRAME = (Reserved.UNIT, Reserved.NAME, Reserved.LEVEL, Reserved.PARENT, Reserved.YEAR)


@frozen
class Matched:
    """The columns of a frame by what they are: `facts` of the row's own year, `last_year` of the year before.

    `name` is the column of names beside one of identifiers, `known_on` that of the days since which rows are on file.
    """

    unit: str
    year: str
    level: str | None
    parent: str | None
    facts: Mapping[str, str]
    last_year: Mapping[str, str]
    counts: Mapping[str, str]
    name: str | None = None
    known_on: str | None = None

    def headings(self) -> set[str]:
        """All the columns that are something."""
        reserved = (self.unit, self.year, self.level, self.parent, self.name)
        facts = {*self.facts.values(), *self.last_year.values(), *self.counts.values()}
        return {heading for heading in (*reserved, *facts) if heading is not None}


def matched(headings: Sequence[str], declarations: Mapping[str, FactDeclaration], ignore: Collection[str]) -> Matched:
    """The columns of a frame with these headings.

    A column that is no fact and no reserved column is left alone, unless its heading looks like one. Raises
    `FactsError` for such headings, for two columns of one fact, and where unit or year is absent.
    """
    problems: list[Problem] = []
    options = ReadingOptions(ignore=frozenset(ignore))
    found = columns_of(headings, {}, declarations, options, table=CellPlace(), problems=problems, is_frame=True).columns
    reserved = {column: heading for heading, column in found.items() if column in _RESERVED_OF_A_FRAME}
    serious = [problem for problem in problems if not _is_foreign(problem, reserved)]
    unit = reserved.get(Reserved.UNIT, reserved.get(Reserved.NAME))
    year = reserved.get(Reserved.YEAR)
    for present, what in ((unit, phrase("`unit` or `name` (Đơn vị)")), (year, "`year` (Năm)")):
        if present is None:
            serious.append(Problem("NC212", phrase("there is no column {column}", column=what), CellPlace()))
    if (month := next((heading for heading, column in found.items() if column is Reserved.MONTH), None)) is not None:
        hint = phrase(
            "`FactTable.from_frame` reads months, and `evaluate_rows` adds them up (a Parquet file is saved as CSV); "
            "where the column says no month, pass over it with `ignore` (--ignore-column)"
        )
        message = phrase('"{heading}" is a column of months, which are not added up in columns', heading=month)
        serious.append(Problem("NC263", message, CellPlace(heading=month), hint))
    if (series := next((heading for heading, column in found.items() if column is Reserved.SERIES), None)) is not None:
        hint = phrase(
            "`FactTable.from_frame` reads series, and `evaluate_rows` tells them apart (a Parquet file is saved as "
            "CSV); where the column says no series, pass over it with `ignore` (--ignore-column)"
        )
        message = phrase('"{heading}" is a column of series, which are not told apart in columns', heading=series)
        serious.append(Problem("NC423", message, CellPlace(heading=series), hint))
    if serious or unit is None or year is None:
        raise FactsError(serious)
    return Matched(
        unit,
        year,
        reserved.get(Reserved.LEVEL),
        reserved.get(Reserved.PARENT),
        _facts(found, THIS_YEAR),
        _facts(found, Ago(1)),
        {column.level.value: heading for heading, column in found.items() if isinstance(column, ChildCount)},
        reserved.get(Reserved.NAME) if Reserved.UNIT in reserved else None,
        next((heading for heading, column in found.items() if column is Reserved.KNOWN_ON), None),
    )


def renamed(found: Matched, columns: Mapping[str, str]) -> Matched:
    """`found` with the columns that stand for headings in their place."""

    def column(heading: str) -> str:
        return columns.get(heading, heading)

    facts, last_year, counts = (
        {key: column(heading) for key, heading in headings.items()}
        for headings in (found.facts, found.last_year, found.counts)
    )
    level, parent, name = (
        None if heading is None else column(heading) for heading in (found.level, found.parent, found.name)
    )
    return Matched(column(found.unit), column(found.year), level, parent, facts, last_year, counts, name)


def _is_foreign(problem: Problem, reserved: Collection[Column]) -> bool:
    """Whether a heading simply is of something else; one that is nearly a known heading has a hint that names it.

    Frames have columns of all kinds, so a heading must be nearer than in a file, where any other heading is an error.
    It is of something else, too, where it looks like one of the `reserved` columns that are there: beside `year`,
    "Nam" is not the year.
    """
    if problem.code != "NC210" or not isinstance(problem.place, CellPlace):
        return False
    hint, heading = problem.hint or "", without_accents(problem.place.heading or "")
    named = hint.split("`")[1::2]
    suggested = named[-1] if hint.startswith("did you mean `") or " where `" in hint else None
    if suggested is None or set(column_of(suggested, names_of({}))) & set(reserved):
        return True
    return SequenceMatcher(None, heading, without_accents(suggested)).ratio() < _NEAR


def _facts(found: Mapping[str, Column], period: Ago) -> dict[str, str]:
    return {
        column.name: heading
        for heading, column in found.items()
        if isinstance(column, FactKey) and column.period == period
    }
