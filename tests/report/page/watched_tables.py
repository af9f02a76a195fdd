"""Answers of which a page of tables is made: a table that is watched, and the room of its rows."""

from __future__ import annotations

import warnings

import ncriteria as nc
from ncriteria.analysis.room.rows import room_rows
from ncriteria.analysis.watching.watch import by_members, watched_table
from ncriteria.facts.assignments import AssignedUnits
from ncriteria.facts.table import Month
from ncriteria.report.answers.rooms import roomy
from ncriteria.report.answers.watched import watched_answer
from ncriteria.report.watching.telling import Watched
from tests.cli.test_watch import CRITERIA, HEADINGS, ROWS
from tests.report.page.judged import HOSTILE

ROWS_OF_TABLE = tuple(ROWS.values())
MEMBERS = ("An", "<b>Bình</b>")


def read(rows=ROWS_OF_TABLE):
    """The set and the table of the tests of watching, with a unit of a hostile name."""
    criteria = nc.loads(CRITERIA)
    quoted = HOSTILE[0].replace('"', '""')
    text = "\n".join((HEADINGS, *rows, f'evil,"{quoted}",commune,2024,1,10,0,20,'))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return criteria, nc.read_facts_text(text + "\n", "csv", criteria.definition.facts)


def watched(language="en", rows=ROWS_OF_TABLE):
    """What `watch` finds in August, for two members who share a unit."""
    criteria, table = read(rows)
    found = watched_table(table, criteria, Month(2024, 8))
    charges = by_members(
        found,
        [
            AssignedUnits(MEMBERS[0], ("lost", "open")),
            AssignedUnits(MEMBERS[1], ("open", "evil")),
        ],
    )
    return watched_answer(Watched(found, charges), (), language)


def rooms(language="en"):
    """What `room` finds of the same table."""
    criteria, table = read()
    return roomy(list(room_rows(table, criteria)), (), language)
