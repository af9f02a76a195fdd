"""How room is told."""

from __future__ import annotations

from collections.abc import Iterable

from ncriteria.analysis.room.inside import InsideRoom
from ncriteria.analysis.room.rooms import ClauseRoom, FactRoom, NearMiss, NotSolved, Room
from ncriteria.analysis.room.rows import RowRoom, title_of
from ncriteria.analysis.room.text import inside_text, near_miss_text, now_text, room_text, values_text
from ncriteria.analysis.room.value_sets import Choices, NumberRange, Values, ValueSet
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.quick_classes import frozen
from ncriteria.report.structure import TellingContext, record


@frozen
class Rooms:
    """What `room` finds."""

    rooms: tuple[RowRoom, ...]


@frozen
class UnitsStillOpen:
    """The units inside that a clause waits for: so many, those with a row by name, and in words.

    At least `at_least` and at most `at_most` of them may meet what is asked for the clause not to be lost, and so many
    `may_fail`; none of these where that is not known.
    """

    level: str
    asked: str
    count: int
    units: tuple[OpenUnit, ...]
    at_least: int | None
    at_most: int | None
    may_fail: int | None
    text: str


@frozen
class OpenUnit:
    """A unit inside that is still open."""

    unit: str
    name: str | None
    reason: str | None = None


def units_still_open(rooms: Iterable[InsideRoom], voice: Voice) -> tuple[UnitsStillOpen, ...]:
    """What units inside leave of a clause that is open."""
    return tuple(
        UnitsStillOpen(
            one.asked.level,
            one.asked.path,
            one.count,
            tuple(
                OpenUnit(unit.id, unit.name, None if unit.reason is None else voice.say.again(unit.reason))
                for unit in one.open
            ),
            one.least,
            one.most,
            one.may_fail,
            inside_text(voice, one),
        )
        for one in rooms
    )


def _room(around: TellingContext) -> Room:
    room = around.nearest(RowRoom).room
    assert room is not None, "clauses are told of a room"
    return room


def _voice(around: TellingContext) -> Voice:
    return Voice(around.language, _room(around).criteria)


def _clauses(row: RowRoom, _: TellingContext) -> tuple[ClauseRoom, ...]:
    return () if row.room is None else tuple(row.room.clauses.values())


def _grades(row: RowRoom, _: TellingContext) -> tuple[ClauseRoom, ...]:
    return () if row.room is None else tuple(row.room.grades.values())


def _facts(clause: ClauseRoom, _: TellingContext) -> tuple[FactRoom, ...]:
    return tuple(clause.facts.values())


def _clause_title(clause: ClauseRoom, around: TellingContext) -> str:
    return title_of(_room(around), clause.path, around.language)


def _inside(clause: ClauseRoom, around: TellingContext) -> tuple[UnitsStillOpen, ...]:
    return units_still_open(clause.inside, _voice(around))


def _fact_title(found: FactRoom, around: TellingContext) -> str:
    return fact_text(_voice(around), found.fact)


def _now(found: FactRoom, around: TellingContext) -> str | None:
    return None if found.now is None else now_text(_voice(around), found.fact.name, found.now)


def _text(found: FactRoom, around: TellingContext) -> str:
    return room_text(_voice(around), found)


def _miss_text(miss: NearMiss, around: TellingContext) -> str:
    return near_miss_text(_voice(around), miss)


def _values_text(values: Values, around: TellingContext) -> str:
    return values_text(_voice(around), around.nearest(FactRoom).fact.name, values)


def _low(span: NumberRange, _: TellingContext) -> str | None:
    """As exact text, `54` or `1/3`; a day by its number, as `datetime.date.toordinal` counts them."""
    return None if span.low is None else str(span.low)


def _high(span: NumberRange, _: TellingContext) -> str | None:
    return None if span.high is None else str(span.high)


def _low_closed(span: NumberRange, _: TellingContext) -> bool:
    return span.low is not None and span.low_closed


def _high_closed(span: NumberRange, _: TellingContext) -> bool:
    return span.high is not None and span.high_closed


record(Rooms)
record(
    RowRoom,
    {
        "unit": "row.unit.id",
        "name": "row.unit.name",
        "year": "row.year",
        "standard": "standard",
        "criteria": "room.criteria",
        "clauses": _clauses,
        "grades": _grades,
        "problems": "problems",
    },
    without=("judgement", "room"),
    unless_empty=("grades",),
)
record(
    ClauseRoom,
    {
        "path": "path",
        "title": _clause_title,
        "verdict": "verdict",
        "progress": "progress",
        "facts": _facts,
        "inside": _inside,
    },
    unless_empty=("inside",),
)
record(
    FactRoom,
    {"fact": "fact", "title": _fact_title, "now": _now, "progress": "progress", "text": _text},
    without=("path", "verdict"),
    is_shared=True,
)
record(NotSolved)
record(
    NearMiss, {"change": "change", "before": "before", "after": "after", "text": _miss_text}, without=("path", "fact")
)
record(Choices, {"text": _values_text}, without=("domain",))
record(ValueSet, {"text": _values_text}, without=("domain", "step", "days"))
record(NumberRange, {"low": _low, "high": _high, "low_closed": _low_closed, "high_closed": _high_closed})
record(UnitsStillOpen)
record(OpenUnit, omitted=("reason",))
