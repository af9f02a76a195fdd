"""The room of every row of a fact table, and the same as plain data for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from attrs import field, frozen

from ncriteria.analysis.room.facts import asked_keys
from ncriteria.analysis.room.outcomes import prepare
from ncriteria.analysis.room.rooms import TIMEOUT, ClauseRoom, FactRoom, NearMiss, Room, SetRooms
from ncriteria.analysis.room.text import near_miss_text, room_text, values_text
from ncriteria.analysis.room.value_sets import Choices, Span, Values
from ncriteria.errors import Problem
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.explanation.values import Voice, fact_text, value_text
from ncriteria.evaluation.lowering import lower
from ncriteria.evaluation.plain import plain_problem
from ncriteria.evaluation.tables import Judgement, Wanted, evaluate_rows
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.sets.model import Language, Verdict

Plain = dict[str, object]


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


def plain_rows(found: Sequence[RowRoom], language: Language) -> list[Plain]:
    """The room of each row: the unit, and for the whole set (an empty path) and every clause its room by fact."""
    page = _Page(language)
    return [_plain_row(page, one) for one in found]


@frozen
class _Page:
    """What is written in a language; equal rooms of many rows are one object, and are written once."""

    language: Language
    told: dict[int, Plain] = field(factory=dict)

    def fact(self, room: Room, found: FactRoom) -> Plain:
        """The room of one fact."""
        if id(found) not in self.told:
            self.told[id(found)] = _plain_fact(Voice(self.language, room.criteria), found)
        return self.told[id(found)]


def _plain_row(page: _Page, found: RowRoom) -> Plain:
    row, room = found.row, found.room
    return {
        "unit": row.unit.id,
        "name": row.unit.name,
        "year": row.year,
        "standard": found.standard,
        "criteria": None if room is None else room.criteria.id,
        "clauses": [] if room is None else [_plain_clause(page, room, clause) for clause in room.clauses.values()],
        "problems": [plain_problem(problem) for problem in found.problems],
    }


def _plain_clause(page: _Page, room: Room, clause: ClauseRoom) -> Plain:
    return {
        "path": clause.path,
        "title": title_of(room, clause.path, page.language),
        "verdict": _plain_verdict(clause.verdict),
        "progress": clause.progress.value,
        "facts": [page.fact(room, found) for found in clause.facts.values()],
    }


def _plain_verdict(verdict: Verdict | None) -> str | None:
    return None if verdict is None else verdict.value


def _plain_fact(voice: Voice, found: FactRoom) -> Plain:
    refused = [{"values": _plain_values(voice, one.values), "reason": one.reason.value} for one in found.not_solved]
    return {
        "fact": str(found.fact),
        "title": fact_text(voice, found.fact),
        "now": None if found.now is None else value_text(voice, found.now),
        "progress": found.progress.value,
        "text": room_text(voice, found),
        "met": _plain_values(voice, found.met),
        "not_met": _plain_values(voice, found.not_met),
        "undetermined": _plain_values(voice, found.undetermined),
        "not_applicable": _plain_values(voice, found.not_applicable),
        "no_value": _plain_values(voice, found.no_value),
        "not_solved": refused,
        "near_misses": [_plain_miss(voice, miss) for miss in found.near_misses],
    }


def _plain_miss(voice: Voice, miss: NearMiss) -> Plain:
    return {
        "change": miss.change,
        "before": _plain_verdict(miss.before),
        "after": _plain_verdict(miss.after),
        "text": near_miss_text(voice, miss),
    }


def _plain_values(voice: Voice, values: Values) -> Plain:
    text = values_text(voice, values)
    if isinstance(values, Choices):
        return {"text": text, "values": list(values.values)}
    return {"text": text, "spans": [_plain_span(span) for span in values.spans]}


def _plain_span(span: Span) -> Plain:
    """The ends as exact text, `54` or `1/3`; days by their number, as `datetime.date.toordinal` counts them."""
    return {
        "low": None if span.low is None else str(span.low),
        "high": None if span.high is None else str(span.high),
        "low_closed": span.low is not None and span.low_closed,
        "high_closed": span.high is not None and span.high_closed,
    }
