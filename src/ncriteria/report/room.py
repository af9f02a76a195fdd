"""Room as plain data, for programs: what `--json` prints."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen

from ncriteria.analysis.room.rooms import ClauseRoom, FactRoom, NearMiss, Room
from ncriteria.analysis.room.rows import RowRoom, title_of
from ncriteria.analysis.room.text import near_miss_text, room_text, values_text
from ncriteria.analysis.room.value_sets import Choices, NumberRange, Values
from ncriteria.evaluation.explanation.values import Voice, fact_text, value_text
from ncriteria.report.results import Plain, plain_problem
from ncriteria.sets.model import Language, Verdict


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


def _plain_span(span: NumberRange) -> Plain:
    """The ends as exact text, `54` or `1/3`; days by their number, as `datetime.date.toordinal` counts them."""
    return {
        "low": None if span.low is None else str(span.low),
        "high": None if span.high is None else str(span.high),
        "low_closed": span.low is not None and span.low_closed,
        "high_closed": span.high is not None and span.high_closed,
    }
