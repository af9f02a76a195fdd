"""Room as a sheet, a row for each fact of each clause, and what one case more or fewer would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ncriteria.analysis.room.rooms import ClauseRoom, FactRoom, Room
from ncriteria.analysis.room.rows import RowRoom, title_of
from ncriteria.analysis.room.text import (
    NO_VERDICT,
    PROGRESS,
    inside_text,
    near_miss_text,
    now_text,
    room_text,
    values_text,
)
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.evaluation.explanation.wording import asked_text
from ncriteria.facts.table import Month
from ncriteria.report.sheets.sheet import Cell, Column, Kind, Row, Sheet, by_option, verdict_column
from ncriteria.report.sheets.units import clause_columns, unit_cells, unit_columns
from ncriteria.sets.model import WHOLE_SET, Group
from ncriteria.sets.names import VERDICTS
from ncriteria.words import Language, Words, words


def room_findings(rooms: Sequence[RowRoom], as_of: Month | None, say: Words) -> Iterator[str]:
    """How many rows have which verdict, and of how many one case more or fewer would change it."""
    if as_of is not None:
        month = say.month(as_of.year, as_of.number)
        yield say("Facts as of {month}; the year still runs, so its counts may grow", month=month)
    wholes = [None if one.room is None else one.room.whole for one in rooms]
    counted = Counter(None if whole is None else whole.verdict for whole in wholes)
    told = [f"{say.this(message)}: {counted[verdict]}" for verdict, message in VERDICTS.items() if counted[verdict]]
    if counted[None]:
        told.append(f"{say.this(NO_VERDICT)}: {counted[None]}")
    count = say.plural("{count} row", "{count} rows", count=len(rooms))
    yield f"{say('Verdict of the set')} ({count}): {', '.join(told) or '0'}"
    if near := sum(1 for whole in wholes if whole is not None and whole.near_misses):
        yield say.plural(
            "One case more or fewer would change the verdict of {count} row",
            "One case more or fewer would change the verdict of {count} rows",
            count=near,
        )


def rooms_sheet(rooms: Sequence[RowRoom], language: Language, *, for_people: bool = False) -> Sheet:
    """A row for each fact of each clause; for groups, grades and the whole set, each that alone can change them.

    People are told once what a group says as the whole set does, whose only part it is.
    """
    say = words(language)
    columns = (
        *unit_columns(say),
        *clause_columns(say),
        Column("progress", say("As the year goes"), Kind.NAME, 12, by_option(PROGRESS)),
        Column("figure", say("Figure"), width=36),
        Column("now", say("Now"), width=14),
        Column("room", say("Room"), width=36),
        Column("enough", say("Enough"), width=20),
        Column("near_misses", say("One more or one fewer"), width=24),
        Column("fact", say("Name in rules"), width=24),
    )
    return Sheet("rooms", say("Room"), columns, lambda: _rooms(rooms, language, for_people=for_people))


def turning_sheet(rooms: Sequence[RowRoom], language: Language) -> Sheet:
    """A row for each case more or fewer that would change a verdict of the whole set."""
    say = words(language)
    columns = (
        *unit_columns(say),
        verdict_column("verdict", say("Verdict of the set")),
        Column("figure", say("Figure"), width=36),
        Column("change", say("Cases more (below 0: fewer)"), Kind.WHOLE, 12),
        verdict_column("after", say("The verdict would be")),
        Column("fact", say("Name in rules"), width=24),
    )
    return Sheet("near_misses", say("Near misses"), columns, lambda: _turning(rooms, language))


def _rooms(rooms: Sequence[RowRoom], language: Language, *, for_people: bool) -> Iterator[Row]:
    for one in rooms:
        if one.room is not None:
            voice, room = Voice(language, one.room.criteria), one.room
            groups = (member.path for member in room.criteria.members() if isinstance(member, Group))
            combined = {WHOLE_SET, *groups, *room.grades}
            for clause in (*room.clauses.values(), *room.grades.values()):
                if for_people and _says_the_same(room, clause, voice):
                    continue
                before = (*unit_cells(one, language), *_clause_cells(room, clause, voice))
                for found in clause.facts.values():
                    if clause.path not in combined or found.varies:
                        yield (*before, *_fact_cells(voice, found))
                for inside in clause.inside:
                    asked = inside.asked.path
                    yield (
                        *before,
                        asked_text(voice, inside.asked),
                        None,
                        inside_text(voice, inside),
                        None,
                        None,
                        asked,
                    )


def _says_the_same(room: Room, clause: ClauseRoom, voice: Voice) -> bool:
    """Whether a clause is all that there is of the set, and nothing else is said of it than of that."""
    whole, parts = room.whole, room.criteria.clauses
    is_all = [one.path for one in parts] == [clause.path] and isinstance(parts[0], Group)
    return is_all and _said_of(clause, voice) == _said_of(whole, voice)


def _said_of(clause: ClauseRoom, voice: Voice) -> tuple[object, ...]:
    """What is said of a group, whatever it is called."""
    facts = [_fact_cells(voice, found) for found in clause.facts.values() if found.varies]
    return clause.verdict, clause.progress, facts, clause.inside


def _clause_cells(room: Room, clause: ClauseRoom, voice: Voice) -> tuple[Cell, ...]:
    title = title_of(room, clause.path, voice.language)
    return clause.path or voice.say("Whole set"), title, clause.verdict, clause.progress


def _fact_cells(voice: Voice, found: FactRoom) -> tuple[Cell, ...]:
    return (
        fact_text(voice, found.fact),
        None if found.now is None else now_text(voice, found.fact.name, found.now),
        room_text(voice, found),
        values_text(voice, found.fact.name, found.enough),
        "\n".join(near_miss_text(voice, miss) for miss in found.near_misses) or None,
        str(found.fact),
    )


def _turning(rooms: Sequence[RowRoom], language: Language) -> Iterator[Row]:
    for one in rooms:
        if one.room is not None:
            voice = Voice(language, one.room.criteria)
            for miss in one.room.whole.near_misses:
                about = fact_text(voice, miss.fact), miss.change, miss.after, str(miss.fact)
                yield (*unit_cells(one, language), miss.before, *about)
