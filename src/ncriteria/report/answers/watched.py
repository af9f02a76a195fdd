"""What `watch` finds, made ready to be written."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from ncriteria.errors import Problem
from ncriteria.facts.table import FactRow
from ncriteria.report.answers.answer import Answer
from ncriteria.report.sheets.problems import UnjudgedRow, problems_sheet
from ncriteria.report.sheets.watching import changes_sheet, counts_sheet, standings_sheet, to_come_sheet
from ncriteria.report.watching.telling import Watched
from ncriteria.words import Language


def watched_answer(
    found: Watched, passed_over: Sequence[FactRow], language: Language, problems: Sequence[Problem] = ()
) -> Answer:
    """What `watch` found; a file of one table has where each unit stands."""
    rows = found.table.rows
    table = standings_sheet(found.table, found.charges, language)
    unjudged = [UnjudgedRow(one.row, one.standard, one.judged.problems) for one in rows if one.standing is None]
    sheets = (
        table,
        counts_sheet(found.table, language),
        to_come_sheet(found.table, found.charges, language),
        *(() if found.changes is None else (changes_sheet(found.changes, language),)),
        problems_sheet(unjudged, passed_over, (), language),
    )
    head = evolve(found, table=evolve(found.table, rows=()))
    return Answer("watch", language, head, "rows", lambda: rows, table, sheets, None, tuple(problems))
