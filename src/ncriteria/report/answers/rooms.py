"""What `room` finds, made ready to be written."""

from __future__ import annotations

from collections.abc import Sequence

from ncriteria.analysis.room.rows import RowRoom
from ncriteria.errors import Problem
from ncriteria.facts.table import FactRow
from ncriteria.report.answers.answer import Answer
from ncriteria.report.records.room import Rooms
from ncriteria.report.sheets.problems import UnjudgedRow, problems_sheet
from ncriteria.report.sheets.rooms import rooms_sheet, turning_sheet
from ncriteria.words import Language


def roomy(
    rooms: Sequence[RowRoom], passed_over: Sequence[FactRow], language: Language, problems: Sequence[Problem] = ()
) -> Answer:
    """What `room` found; a file of one table has the room of each fact."""
    table = rooms_sheet(rooms, language)
    unjudged = [UnjudgedRow(one.row, one.standard, one.problems) for one in rooms if one.room is None]
    sheets = (table, turning_sheet(rooms, language), problems_sheet(unjudged, passed_over, (), language))
    return Answer("room", language, Rooms(()), "rooms", lambda: rooms, table, sheets, None, tuple(problems))
