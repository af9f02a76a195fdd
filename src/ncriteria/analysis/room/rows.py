"""The room of every row of a fact table."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from attrs import field, frozen

from ncriteria.analysis.room.facts import asked_keys
from ncriteria.analysis.room.outcomes import prepare
from ncriteria.analysis.room.rooms import TIMEOUT, Room, SetRooms
from ncriteria.errors import Problem
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.lowering import lower
from ncriteria.evaluation.tables import Judgement, Wanted, evaluate_rows
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.sets.model import Language


@frozen
class RowRoom:
    """One unit in one year under one standard: its room, or the problems why there is none."""

    row: FactRow
    standard: str
    room: Room | None
    problems: tuple[Problem, ...] = ()


def room_rows(
    table: FactTable,
    criteria: Catalog | Criteria,
    *,
    standards: Collection[str] | None = None,
    vary: Collection[str] | None = None,
    wanted: Wanted = lambda _: True,
    timeout: float = TIMEOUT,
) -> Iterator[RowRoom]:
    """The room of every row of `table` that is `wanted`, smaller units first, as `evaluate_rows` judges them.

    `vary` names the facts to vary, and `timeout` is the time for each, as in `room`; a set that has none of them is
    passed over. A row whose rules have no value has room all the same, for another value of a fact may give them one.
    Raises `EvaluationError` where no set has one of the facts of `vary`.
    """
    misnamed: list[Problem] = []
    answered = False
    run = _Pass(vary, timeout)
    for judgement in evaluate_rows(table, criteria, standards=standards, wanted=wanted):
        try:
            yield _row_room(run, judgement)
            answered = True
        except EvaluationError as error:
            misnamed.extend(error.problems)
    if misnamed and not answered:
        raise EvaluationError(dict.fromkeys(misnamed))


@frozen
class _Pass:
    """One pass over a table: each set is made ready once for each year that it judges."""

    vary: Collection[str] | None
    timeout: float
    ready: dict[tuple[str, int | None], SetRooms] = field(factory=dict)

    def rooms(self, criteria: Criteria, year: int | None) -> SetRooms | None:
        """The rooms of the set as it holds in the year; `None` where it does not hold.

        Raises `EvaluationError` where a fact that is to vary is not of the set.
        """
        if (criteria.id, year) not in self.ready:
            try:
                lowered = lower(criteria.definition, year)
            except EvaluationError:
                return None
            self.ready[criteria.id, year] = SetRooms(prepare(lowered), asked_keys(lowered, self.vary), self.timeout)
        return self.ready[criteria.id, year]


def _row_room(run: _Pass, judgement: Judgement) -> RowRoom:
    record = judgement.record
    if judgement.criteria is not None and record is not None:
        rooms = run.rooms(judgement.criteria, record.year)
        if rooms is not None:
            return RowRoom(judgement.row, judgement.standard, rooms.of(record))
    # Where the set does not hold in this year, that is what the judgement says, too.
    return RowRoom(judgement.row, judgement.standard, None, judgement.problems)


def title_of(room: Room, path: str, language: Language) -> str:
    """The title of a clause or group, or of the whole set."""
    title = next((member.title for member in room.criteria.members() if member.path == path), room.criteria.title)
    return title.text(language)
