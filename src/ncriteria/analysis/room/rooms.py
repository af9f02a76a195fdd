"""The room that is left: for every fact, the exact values for which a clause and the whole set come out each way."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from types import NoneType

from attrs import evolve, field

from ncriteria.analysis.deadline import NEVER, Deadline, deadline_in
from ncriteria.analysis.room.ends import Reason, Unsolved
from ncriteria.analysis.room.facts import asked_keys
from ncriteria.analysis.room.inside import InsideRoom, inside_rooms
from ncriteria.analysis.room.outcomes import (
    MOST_REMEMBERED,
    NoValue,
    Outcome,
    Prepared,
    Solved,
    VaryingFact,
    judging,
    outcomes,
    prepare,
)
from ncriteria.analysis.room.piecewise import Piece
from ncriteria.analysis.room.value_sets import Choices, NumberRange, Values, ValueSet, gaps, overlap
from ncriteria.errors import expect
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.lowering import LoweredSet, lower
from ncriteria.evaluation.records.attesting import as_attested
from ncriteria.evaluation.records.inputs import Facts, Shares
from ncriteria.evaluation.records.record import Record
from ncriteria.language.hints.near_misses import did_you_mean, no_such
from ncriteria.language.tree import THIS_YEAR, FactKey
from ncriteria.language.values import Interval
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import is_grade, paths_of_grades
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, FactType, FactValue, Verdict
from ncriteria.words import Language, phrase

TIMEOUT = 600.0
"""Seconds that a whole call may take, for all facts of all rows."""


class Progress(Enum):
    """What is certain of a verdict however the facts that are not known yet turn out, or grow."""

    LOST = "lost"
    OPEN = "open"
    CERTAIN = "certain"


@frozen
class NotSolved:
    """Values for which the rule could not be solved, and why."""

    values: Values
    reason: Reason


@frozen
class NearMiss:
    """A verdict that one case more (`change` is 1) or fewer (-1) of `fact` would turn from `before` into `after`.

    `None` stands for no verdict, where a rule has no value. `path` is empty for the whole set.
    """

    path: str
    fact: FactKey
    change: int
    before: Verdict | None
    after: Verdict | None


@frozen
class FactRoom:
    """The values of one fact for which one clause comes out each way, all other facts as they are known.

    `now` is what is known of the fact, `None` for nothing, `verdict` the verdict on what is known (`None` where a rule
    has no value). The sets do not overlap; together with those of `not_solved` they are all that the fact can be. With
    facts of which only bounds are known, or nothing, `met` holds the values for which the verdict is met whatever they
    are, and `undetermined` those for which it still rests on them.
    """

    path: str
    fact: FactKey
    now: FactValue | None
    verdict: Verdict | None
    met: Values
    not_met: Values
    undetermined: Values
    not_applicable: Values
    no_value: Values
    not_solved: tuple[NotSolved, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()

    @property
    def enough(self) -> Values:
        """The values with which the clause is met, or does not apply."""
        return _together(self.met, self.not_applicable)

    @property
    def not_lost(self) -> Values:
        """The values with which the clause is met, does not apply, or can still come out so."""
        return _together(self.enough, self.undetermined)

    @property
    def progress(self) -> Progress:
        """Whether the verdict is lost or certain for every value that the fact can still take."""
        if _holds_all(self.not_met, self.now):
            return Progress.LOST
        return Progress.CERTAIN if _holds_all(self.enough, self.now) else Progress.OPEN

    @property
    def varies(self) -> bool:
        """Whether the outcome is not the same for every value of the fact."""
        sets = (self.met, self.not_met, self.undetermined, self.not_applicable, self.no_value)
        return not any(values.is_whole_domain for values in sets)

    def text(self, criteria: CriteriaSet, language: Language = "vi") -> str:
        """The room in words, such as `tối đa 54; hiện 55; vượt 1`."""
        from ncriteria.analysis.room.text import room_text
        from ncriteria.evaluation.explanation.values import Voice

        return room_text(Voice(language, criteria), self)


@frozen
class ClauseRoom:
    """One clause, group, or the whole set (an empty `path`): its verdict, and its room by fact.

    `inside` has what units inside leave of a clause that is open.
    """

    path: str
    verdict: Verdict | None
    facts: Mapping[FactKey, FactRoom]
    inside: tuple[InsideRoom, ...] = ()

    def __getitem__(self, fact: str) -> FactRoom:
        """The room of a fact as rules write it: `crime_cases`, `prev_year.crime_cases`."""
        by_name = {str(key): found for key, found in self.facts.items()}
        if fact not in by_name:
            hint = did_you_mean(fact, by_name)
            raise KeyError(f"{self.path!r} does not rest on {fact!r}" + (f"; {hint}" if hint else ""))
        return by_name[fact]

    @property
    def near_misses(self) -> tuple[NearMiss, ...]:
        """What one case more or fewer would turn."""
        return tuple(miss for found in self.facts.values() for miss in found.near_misses)

    @property
    def progress(self) -> Progress:
        """Whether the verdict is certain or lost, as far as what is known, or any one of the facts, shows."""
        seen = {found.progress for found in self.facts.values()}
        if self.verdict is Verdict.NOT_MET or Progress.LOST in seen:
            return Progress.LOST
        settled = self.verdict in (Verdict.MET, Verdict.NOT_APPLICABLE) or Progress.CERTAIN in seen
        return Progress.CERTAIN if settled else Progress.OPEN


@frozen
class Room:
    """The room of one record: `room["19.2/crime"]["crime_cases"]`; `room.whole` is that of the whole set.

    `grades` has the room of each grade, by its path: `room.grades["#well"]["crime_cases"]`. There the verdict is met
    where the grade is given, which is the first of its scale whose condition holds.
    """

    criteria: CriteriaSet = field(repr=lambda criteria: repr(criteria.id))
    record: Record
    clauses: Mapping[str, ClauseRoom] = field(repr=False)
    grades: Mapping[str, ClauseRoom] = field(factory=dict, repr=False)

    @property
    def whole(self) -> ClauseRoom:
        """The room of the whole set."""
        return self.clauses[WHOLE_SET]

    def __getitem__(self, path: str) -> ClauseRoom:
        if path not in self.clauses:
            raise no_such("clause", path, self.clauses)
        return self.clauses[path]

    def _repr_html_(self) -> str:
        from ncriteria.report.notebook import room_html

        return room_html(self)


def room(
    criteria: Criteria,
    facts: Facts | Record,
    *,
    prev_year: Facts | None = None,
    earlier: Mapping[int, Facts] | None = None,
    year: int | None = None,
    shares: Shares | None = None,
    vary: Iterable[str] | None = None,
    timeout: float = TIMEOUT,
) -> Room:
    """For every fact of one unit, the exact values for which each clause and the whole set come out each way.

    `facts` and the arguments after it are those of `Criteria.evaluate`, or one `Record`. `vary` names the facts to
    vary as rules write them (`crime_cases`, `prev_year.crime_cases`); without it they are the facts of the assessment
    year that the rules mention. `timeout` is in seconds and for the whole call, which the facts share. The ends are
    exact: they come from the rules by algebra, and what cannot be solved, or not in time, is in `not_solved` with the
    reason.

    Raises `EvaluationError` for facts that the set does not know, and for a year that it does not hold for. A rule that
    has no value is no error here: the values for which it has none are in `no_value`.
    """
    expect("`criteria`", criteria, Criteria, phrase("what `load`, `loads` or a catalog gives"))
    expect("`vary`", vary, (Iterable, NoneType), phrase("a list of names of facts"), phrase('such as ["crime_cases"]'))
    vary = (vary,) if isinstance(vary, str) else vary
    record = (
        facts
        if isinstance(facts, Record)
        else criteria.record(facts, prev_year=prev_year, earlier=earlier, year=year, shares=shares)
    )
    return room_of(as_attested(lower(criteria.definition, record.year), record), record, vary, deadline_in(timeout))


def room_of(lowered: LoweredSet, record: Record, vary: Iterable[str] | None = None, deadline: Deadline = NEVER) -> Room:
    """The room of a record under a lowered set; see `room`."""
    return SetRooms(prepare(lowered), asked_keys(lowered, vary)).of(record, deadline)


@frozen(eq=False)
class SetRooms:
    """The rooms of many records under one set made ready, as the facts `keys` vary.

    What was found for one record is found for others: equal rooms of a fact are one object. Not for several threads.
    """

    prepared: Prepared
    keys: tuple[FactKey, ...]
    _made: dict[tuple[str, FactValue | None, Outcome, Solved], FactRoom] = field(factory=dict, init=False)

    def of(self, record: Record, deadline: Deadline = NEVER) -> Room:
        """The room of a record, as far as it is found by the `deadline`."""
        criteria, judged = self.prepared.lowered.criteria, judging(self.prepared, record)
        paths = (WHOLE_SET, *(member.path for member in criteria.members()), *paths_of_grades(criteria))
        found: dict[str, dict[FactKey, FactRoom]] = {path: {} for path in paths}
        for number, key in enumerate(self.keys):
            varying, outcomes_of = outcomes(judged, key, deadline.turn(len(self.keys) - number))
            now = judged.known.get(key)
            for path, solved in outcomes_of.items():
                if path in found:  # a scale is a group of its grades, of which nothing is told itself
                    found[path][key] = self._fact_room(varying, path, now, judged.now[path], solved)
        inside = self._inside(record, judged.now) if record.shares else {}
        rooms = {
            path: ClauseRoom(path, _verdict(judged.now[path]), facts, inside.get(path, ()))
            for path, facts in found.items()
        }
        clauses = {path: one for path, one in rooms.items() if not is_grade(path)}
        return Room(criteria, record, clauses, {path: one for path, one in rooms.items() if is_grade(path)})

    def _inside(self, record: Record, now: Mapping[str, Outcome]) -> dict[str, tuple[InsideRoom, ...]]:
        """What units inside leave of each clause that is open."""
        lowered = self.prepared.lowered
        clauses = (one.path for one in lowered.criteria.members() if isinstance(one, Clause))
        return {path: inside_rooms(lowered, record, path) for path in clauses if now[path] is Verdict.UNDETERMINED}

    def _fact_room(
        self, varying: VaryingFact, path: str, now: FactValue | None, outcome: Outcome, solved: Solved
    ) -> FactRoom:
        key = (path, now, outcome, solved)
        if key not in self._made:
            if len(self._made) >= MOST_REMEMBERED:
                self._made.clear()
            self._made[key] = _fact_room(varying, path, now, outcome, solved)
        return self._made[key]


def _verdict(outcome: Outcome) -> Verdict | None:
    return outcome if isinstance(outcome, Verdict) else None


def _fact_room(varying: VaryingFact, path: str, now: FactValue | None, outcome: Outcome, solved: Solved) -> FactRoom:
    refused = [value for value in solved.values if isinstance(value, Unsolved)]
    found = FactRoom(
        path=path,
        fact=varying.key,
        now=now,
        verdict=_verdict(outcome),
        met=solved.where(Verdict.MET),
        not_met=solved.where(Verdict.NOT_MET),
        undetermined=solved.where(Verdict.UNDETERMINED),
        not_applicable=solved.where(Verdict.NOT_APPLICABLE),
        no_value=solved.where(NoValue()),
        not_solved=tuple(NotSolved(solved.where(unsolved), unsolved.reason) for unsolved in refused),
    )
    misses = tuple(_near_misses(varying, found, solved.pieces))
    return evolve(found, near_misses=misses) if misses else found


def _near_misses(varying: VaryingFact, found: FactRoom, pieces: tuple[Piece[Outcome], ...]) -> Iterator[NearMiss]:
    """What one case either way turns: of a count of the assessment year that is known, or known so far."""
    if varying.declaration.type is not FactType.COUNT or varying.key.period != THIS_YEAR:
        return
    if isinstance(found.now, Fraction) and found.now in varying.span:
        before = _at(pieces, found.now)
        for change in (-1, 1):
            after = _at(pieces, found.now + change) if found.now + change in varying.span else before
            if after != before and not isinstance(after, Unsolved) and not isinstance(before, Unsolved):
                yield NearMiss(found.path, found.fact, change, _verdict(before), _verdict(after))
    elif isinstance(found.now, Interval) and found.now.low is not None and found.progress is Progress.OPEN:
        further = evolve(found, now=Interval(found.now.low + 1, found.now.high)).progress
        turned = {Progress.LOST: Verdict.NOT_MET, Progress.CERTAIN: Verdict.MET}.get(further)
        if turned is not None:
            yield NearMiss(found.path, found.fact, 1, found.verdict, turned)


def _at(pieces: tuple[Piece[Outcome], ...], number: Fraction) -> Outcome:
    return next(piece.value for piece in pieces if number in piece.span)


def _together(one: Values, other: Values) -> Values:
    if isinstance(one, Choices):
        assert isinstance(other, Choices)
        return one.with_values_of(other)
    assert isinstance(other, ValueSet)
    return one.with_values_of(other)


def _holds_all(values: Values, now: FactValue | None) -> bool:
    """Whether the set holds every value that the fact can be, on what is known of it."""
    if now is None:
        return values.is_whole_domain
    if isinstance(values, Choices) or isinstance(now, (bool, str, datetime.date, Fraction)):
        return now in values
    possible = overlap(NumberRange(now.low, now.high), values.domain)
    if possible is None:
        return False
    inside = [part for part in (overlap(span, possible) for span in values.spans) if part is not None]
    return not gaps(inside, possible, values.step)
