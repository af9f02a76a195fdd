"""What `watch` finds, made ready to be written."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from ncriteria.errors import Problem
from ncriteria.facts.table import FactRow
from ncriteria.report.answers.answer import Answer
from ncriteria.report.sheets.problems import UnjudgedRow, problems_sheet
from ncriteria.report.sheets.sheet import Sheet
from ncriteria.report.sheets.tables import TablesTold, each_once
from ncriteria.report.sheets.watching import (
    changes_sheet,
    counts_sheet,
    standings_sheet,
    to_come_sheet,
    watch_findings,
)
from ncriteria.report.watching.telling import Watched
from ncriteria.words import Language, words


def watched_answer(
    found: Watched, passed_over: Sequence[FactRow], language: Language, problems: Sequence[Problem] = ()
) -> Answer:
    """What `watch` found; a file of one table has where each unit stands."""
    rows, as_of = found.table.rows, found.table.as_of
    sheets, head = _sheets(found, passed_over, language), evolve(found, table=evolve(found.table, rows=()))
    told = TablesTold(
        lambda spoken: words(spoken)(
            "Watched to the end of {month}", month=words(spoken).month(as_of.year, as_of.number)
        ),
        lambda spoken: tuple(watch_findings(found.table, found.charges, words(spoken))),
        lambda spoken: _sheets(found, passed_over, spoken),
        each_once([row.criteria for row in rows]),
        is_signed=True,
    )
    return Answer("watch", language, head, "rows", lambda: rows, sheets[0], sheets, None, tuple(problems), tables=told)


def _sheets(found: Watched, passed_over: Sequence[FactRow], language: Language) -> tuple[Sheet, ...]:
    rows = found.table.rows
    unjudged = [UnjudgedRow(one.row, one.standard, one.judged.problems) for one in rows if one.standing is None]
    return (
        standings_sheet(found.table, found.charges, language),
        counts_sheet(found.table, language),
        to_come_sheet(found.table, found.charges, language),
        *(() if found.changes is None else (changes_sheet(found.changes, language),)),
        problems_sheet(unjudged, passed_over, (), language),
    )
