"""The room of rows on the terminal: what each fact may be for each clause, and what one case more or fewer changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import click
from attrs import field

from ncriteria.analysis.room.rooms import ClauseRoom, FactRoom, NearMiss, Progress, Room
from ncriteria.analysis.room.rows import RowRoom, title_of
from ncriteria.analysis.room.text import (
    GIVEN,
    NO_VERDICT,
    PROGRESS,
    inside_text,
    near_miss_text,
    outcome_text,
    room_text,
)
from ncriteria.cli.console.layout import VERDICT_COLOURS, fitted, heading, terminal_width
from ncriteria.cli.terminal.judgements import judged_heading
from ncriteria.cli.terminal.unjudged import problem_lines, unjudged_lines
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.facts.table import FactRow
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import WHOLE_SET, Group
from ncriteria.sets.names import VERDICTS
from ncriteria.words import Language, Words, words

_PROGRESS_COLOURS = {Progress.CERTAIN: "green", Progress.LOST: "red", Progress.OPEN: "yellow"}


@frozen
class _RoomPage:
    """What the lines are written in; with `so_far` the year still runs, and progress stands in place of a verdict."""

    language: Language
    width: int
    so_far: bool
    told: dict[int, list[str]] = field(factory=dict)
    """The lines of each room of a fact; equal rooms of many rows are one object."""

    @property
    def say(self) -> Words:
        return words(self.language)

    def label(self, clause: ClauseRoom) -> tuple[str, str]:
        """What stands before a clause, and its colour."""
        if self.so_far:
            return self.say.this(PROGRESS[clause.progress]), _PROGRESS_COLOURS[clause.progress]
        colour = "red" if clause.verdict is None else VERDICT_COLOURS[clause.verdict]
        return outcome_text(self.say, clause.path, clause.verdict), colour

    @property
    def gutter(self) -> int:
        """The columns of a label that stands before a line."""
        labels = PROGRESS.values() if self.so_far else (*VERDICTS.values(), *GIVEN.values(), NO_VERDICT)
        return max(len(self.say.this(label)) for label in labels) + 4

    def beside(self, clause: ClauseRoom, text: str) -> Iterator[str]:
        """The lines of `text`, the label of the clause before the first."""
        label, colour = self.label(clause)
        first, *rest = fitted(text, self.width, indent=" " * self.gutter)
        yield f"  {click.style(label, fg=colour)}{' ' * (self.gutter - 2 - len(label))}{first[self.gutter :]}"
        yield from rest


def print_rooms(
    found: Sequence[RowRoom], passed_over: Collection[FactRow], language: Language, as_of: tuple[int, int] | None
) -> None:
    """Print the room of every row, then the rows in short with what one case more or fewer would change.

    In the end those without room, and `passed_over`, the rows that no criteria are for.
    """
    page = _RoomPage(language, terminal_width(), as_of is not None)
    if as_of is not None:
        month = page.say.month(*as_of)
        told = page.say("Facts as of {month}; the year still runs, so its counts may grow", month=month)
        click.echo("\n".join((*fitted(told, page.width), "")))
    for one in found:
        click.echo("\n".join(_row_lines(page, one)) + "\n")
    click.echo("\n".join((*_summary_lines(page, found), *unjudged_lines(found, passed_over, language, page.width))))


def _row_lines(page: _RoomPage, found: RowRoom) -> Iterator[str]:
    yield from heading(judged_heading(found, page.language), page.width, underline=True)
    if found.room is None:
        for problem in found.problems:
            yield from problem_lines(problem, page.language, page.width)
        return
    for clause in found.room.clauses.values():
        if clause.facts or clause.inside or clause.path == WHOLE_SET:
            yield from _clause_lines(page, found.room, clause)
    for grade in found.room.grades.values():
        yield from _clause_lines(page, found.room, grade)


def _clause_lines(page: _RoomPage, room: Room, clause: ClauseRoom) -> Iterator[str]:
    name = page.say("Whole set") if clause.path == WHOLE_SET else clause.path
    yield from page.beside(clause, f"{name}  {title_of(room, clause.path, page.language)}")
    if [member.path for member in room.criteria.clauses] == [clause.path]:
        yield from fitted(page.say("as the whole set"), page.width, indent=" " * (page.gutter + 2))
        return
    groups = (member.path for member in room.criteria.members() if isinstance(member, Group))
    combined = {WHOLE_SET, *groups, *room.grades}
    told = [one for one in clause.facts.values() if clause.path not in combined or one.varies]
    if not told and clause.facts:
        yield from fitted(page.say("no one fact changes this"), page.width, indent=" " * (page.gutter + 2))
    for one in told:
        if id(one) not in page.told:
            page.told[id(one)] = list(_fact_lines(room, page, one))
        yield from page.told[id(one)]
    for inside in clause.inside:
        text = inside_text(Voice(page.language, room.criteria), inside)
        yield from fitted(text, page.width, indent=" " * (page.gutter + 2))


def _fact_lines(room: Room, page: _RoomPage, found: FactRoom) -> Iterator[str]:
    """The room of one fact, and behind it, or below where it does not fit, what one case either way turns."""
    voice, indent = Voice(page.language, room.criteria), " " * (page.gutter + 2)
    *lines, last = fitted(f"{fact_text(voice, found.fact)}: {room_text(voice, found)}", page.width, indent=indent)
    yield from lines
    misses = "; ".join(near_miss_text(voice, miss) for miss in found.near_misses)
    if not misses:
        yield last
    elif len(f"{last}  [{misses}]") <= page.width:
        yield f"{last}  [{misses}]"
    else:
        yield last
        yield from fitted(f"[{misses}]", page.width, indent=f"{indent}  ")


def _summary_lines(page: _RoomPage, found: Sequence[RowRoom]) -> Iterator[str]:
    """The rows in short: the verdict, and beside it what one case either way would turn it into."""
    if not found:
        yield page.say("There are no rows to judge")
        return
    yield from heading(page.say("One more or one fewer would change the verdict of the whole set:"), page.width)
    for one in found:
        if one.room is not None:
            misses = [_miss_text(page, one.room, miss) for miss in one.room.whole.near_misses]
            told = "; ".join(misses) or page.say("one case more or fewer changes nothing")
            yield from page.beside(one.room.whole, f"{judged_heading(one, page.language)}: {told}")


def _miss_text(page: _RoomPage, room: Room, miss: NearMiss) -> str:
    voice = Voice(page.language, room.criteria)
    return f"{fact_text(voice, miss.fact)}, {near_miss_text(voice, miss)}"
