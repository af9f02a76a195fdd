"""The room of every row of a fact table, and the same as plain data for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from attrs import frozen

from ncriteria.analysis.room.rooms import TIMEOUT, ClauseRoom, FactRoom, NearMiss, Room, room_of
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
    for judgement in evaluate_rows(table, criteria, standards=standards, wanted=wanted):
        try:
            yield _row_room(judgement, vary, timeout)
            answered = True
        except EvaluationError as error:
            misnamed.extend(error.problems)
    if misnamed and not answered:
        raise EvaluationError(dict.fromkeys(misnamed))


def _row_room(judgement: Judgement, vary: Collection[str] | None, timeout: float) -> RowRoom:
    if judgement.criteria is None or judgement.record is None:
        return RowRoom(judgement.row, judgement.standard, None, judgement.problems)
    try:
        lowered = lower(judgement.criteria.definition, judgement.record.year)
    except EvaluationError:
        # The set does not hold in this year: that is what the judgement says, too.
        return RowRoom(judgement.row, judgement.standard, None, judgement.problems)
    return RowRoom(judgement.row, judgement.standard, room_of(lowered, judgement.record, vary, timeout))


def title_of(room: Room, path: str, language: Language) -> str:
    """The title of a clause or group, or of the whole set."""
    titles = {member.path: member.title for member in room.criteria.members()}
    return titles.get(path, room.criteria.title).text(language)


def plain_row(found: RowRoom, language: Language) -> Plain:
    """The room of a row: the unit, and for the whole set (an empty path) and every clause its room by fact."""
    row, room = found.row, found.room
    return {
        "unit": row.unit.id,
        "name": row.unit.name,
        "year": row.year,
        "standard": found.standard,
        "criteria": None if room is None else room.criteria.id,
        "clauses": [] if room is None else [_plain_clause(room, clause, language) for clause in room.clauses.values()],
        "problems": [plain_problem(problem) for problem in found.problems],
    }


def _plain_clause(room: Room, clause: ClauseRoom, language: Language) -> Plain:
    voice = Voice(language, room.criteria)
    return {
        "path": clause.path,
        "title": title_of(room, clause.path, language),
        "verdict": _plain_verdict(clause.verdict),
        "progress": clause.progress.value,
        "facts": [_plain_fact(voice, found) for found in clause.facts.values()],
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
