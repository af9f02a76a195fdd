"""The columns that say which unit, year and standard a row is of, and which clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.report.sheets.sheet import Cell, Column, Kind, verdict_column
from ncriteria.words import Language, Words

if TYPE_CHECKING:
    from ncriteria.analysis.room.rows import RowRoom


def unit_columns(say: Words) -> tuple[Column, ...]:
    """The unit, its name, the assessment year and the standard."""
    return (
        Column("unit", say("Unit code"), width=12),
        Column("name", say("Name"), width=20),
        Column("year", say("Year"), Kind.WHOLE, 7),
        Column("standard", say("Standard"), width=12),
        Column("standard_title", say("Title of the standard"), width=22),
    )


def clause_columns(say: Words) -> tuple[Column, ...]:
    """A clause, what it asks, and its verdict."""
    return (
        Column("clause", say("Clause"), width=16),
        Column("title", say("What it asks"), width=36),
        verdict_column("verdict", say("Verdict")),
    )


def unit_cells(one: Judgement | RowRoom, language: Language) -> tuple[Cell, ...]:
    """What these columns hold."""
    row, title = one.row, one.standard_title
    return row.unit.id, row.unit.name, row.year, one.standard or None, None if title is None else title.text(language)
