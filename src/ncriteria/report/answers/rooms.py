"""What `room` finds, made ready to be written."""

from __future__ import annotations

from collections.abc import Sequence

from ncriteria.analysis.room.rows import RowRoom
from ncriteria.errors import Problem
from ncriteria.facts.table import FactRow, Month
from ncriteria.report.answers.answer import Answer
from ncriteria.report.records.room import Rooms
from ncriteria.report.sheets.problems import UnjudgedRow, problems_sheet
from ncriteria.report.sheets.rooms import room_findings, rooms_sheet, turning_sheet
from ncriteria.report.sheets.sheet import Sheet
from ncriteria.report.sheets.tables import TablesTold, each_once
from ncriteria.words import Language, words


def roomy(
    rooms: Sequence[RowRoom],
    passed_over: Sequence[FactRow],
    language: Language,
    problems: Sequence[Problem] = (),
    as_of: Month | None = None,
) -> Answer:
    """What `room` found, in a year that runs as of a month; a file of one table has the room of each fact."""
    sheets = _sheets(rooms, passed_over, language)
    told = TablesTold(
        lambda spoken: words(spoken)("Room of each figure"),
        lambda spoken: tuple(room_findings(rooms, as_of, words(spoken))),
        lambda spoken: _sheets(rooms, passed_over, spoken, for_people=True),
        each_once([None if one.room is None else one.room.criteria for one in rooms]),
        is_signed=True,
    )
    return Answer(
        "room", language, Rooms(()), "rooms", lambda: rooms, sheets[0], sheets, None, tuple(problems), tables=told
    )


def _sheets(
    rooms: Sequence[RowRoom], passed_over: Sequence[FactRow], language: Language, *, for_people: bool = False
) -> tuple[Sheet, ...]:
    unjudged = [UnjudgedRow(one.row, one.standard, one.problems) for one in rooms if one.room is None]
    return (
        rooms_sheet(rooms, language, for_people=for_people),
        turning_sheet(rooms, language),
        problems_sheet(unjudged, passed_over, (), language),
    )
