"""The room of every row of a fact table."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from attrs import field

from ncriteria.analysis.deadline import Deadline, deadline_in
from ncriteria.analysis.room.facts import asked_keys
from ncriteria.analysis.room.outcomes import prepare
from ncriteria.analysis.room.rooms import TIMEOUT, Room, SetRooms
from ncriteria.errors import Problem
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.lowering import lower
from ncriteria.evaluation.records.attesting import Decided, as_attested, decided
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.evaluation.tables import Wanted, evaluate_rows, years_of
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import is_grade, scales_of
from ncriteria.sets.sources import Bilingual
from ncriteria.words import Language, words

_OF_A_ROW = 10.0
"""Seconds that one row may take however many wait, as long as half of the time is left for them."""


@frozen
class RowRoom:
    """One unit in one year under one standard: its room, or the problems why there is none."""

    judgement: Judgement
    room: Room | None

    @property
    def row(self) -> FactRow:
        """The row of the unit and year."""
        return self.judgement.row

    @property
    def standard(self) -> str:
        """The standard that it is judged under."""
        return self.judgement.standard

    @property
    def standard_title(self) -> Bilingual | None:
        """What people call the standard, where the set that judges says so."""
        return self.judgement.standard_title

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why there is no room; none where there is."""
        return self.judgement.problems if self.room is None else ()


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

    `vary` names the facts to vary, as in `room`; a set that has none of them is passed over. `timeout` is in seconds
    and for all rows, from the first that is asked for; what is not found by then is told. A row whose rules have no
    value has room all the same, for another value of a fact may give them one.
    Raises `EvaluationError` where no set has one of the facts of `vary`.
    """
    misnamed: list[Problem] = []
    answered = False
    run, deadline = _Pass(vary), deadline_in(timeout)
    waiting = sum(map(wanted, years_of(table, criteria)))
    for number, judgement in enumerate(evaluate_rows(table, criteria, standards=standards, wanted=wanted)):
        # A row may be judged under several standards, so one more may always wait.
        turn = deadline.turn(max(2, waiting - number), _OF_A_ROW)
        try:
            yield _row_room(run, judgement, turn)
            answered = True
        except EvaluationError as error:
            misnamed.extend(error.problems)
    if misnamed and not answered:
        raise EvaluationError(dict.fromkeys(misnamed))


@frozen
class _Pass:
    """One pass over a table: each set is made ready once for each year that it judges."""

    vary: Collection[str] | None
    ready: dict[tuple[str, int | None, Decided], SetRooms] = field(factory=dict)

    def rooms(self, criteria: Criteria, record: Record) -> SetRooms | None:
        """The rooms of the set as it holds in the year of a record, with what is attested there; `None` without a set.

        Raises `EvaluationError` where a fact that is to vary is not of the set.
        """
        key = criteria.id, record.year, decided(record.attested)
        if key not in self.ready:
            try:
                lowered = as_attested(lower(criteria.definition, record.year), record)
            except EvaluationError:
                return None
            self.ready[key] = SetRooms(prepare(lowered), asked_keys(lowered, self.vary))
        return self.ready[key]


def _row_room(run: _Pass, judgement: Judgement, deadline: Deadline) -> RowRoom:
    record = judgement.record
    if judgement.criteria is not None and record is not None:
        rooms = run.rooms(judgement.criteria, record)
        if rooms is not None and not _is_contradicted(judgement):
            return RowRoom(judgement, rooms.of(record, deadline))
    # Where the set does not hold in this year, or an attestation is contradicted, the judgement says so, too.
    return RowRoom(judgement, None)


def _is_contradicted(judgement: Judgement) -> bool:
    return any(problem.code == "NC315" for problem in judgement.problems)


def title_of(room: Room, path: str, language: Language) -> str:
    """The title of a clause or group, or of the whole set; of a grade, that it is one."""
    if is_grade(path):
        (title,) = (one.title for group in scales_of(room.criteria) for one in group.members if one.path == path)
        return f"{words(language)('Grade')}: {title.text(language)}"
    title = next((member.title for member in room.criteria.members() if member.path == path), room.criteria.title)
    return title.text(language)
