"""Where a unit stands while its year still runs: lost, at risk, open or certain, and the counts that say so.

At risk is a unit whose verdict is still open, where a count that may happen at all has no room left, or where the pace
so far would lose the verdict by the end of the year. A pace is a projection and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction
from math import ceil

from attrs import evolve, field

from ncriteria.analysis.room.counts import CountStanding, decisive, is_growing, surely_borne, tightest
from ncriteria.analysis.room.inside import InsideRoom
from ncriteria.analysis.room.rooms import ClauseRoom, Progress, Room
from ncriteria.analysis.room.rows import RowRoom
from ncriteria.analysis.watching.pace import Elapsed, Pace
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.records.grounds import Open
from ncriteria.evaluation.records.record import Record
from ncriteria.facts.lineage.bases import Untold
from ncriteria.facts.table import FactRow, Month
from ncriteria.language.tree import THIS_YEAR, FactKey
from ncriteria.language.values import Interval
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, FactValue, Verdict
from ncriteria.sets.sources import Bilingual

LeftOut = Mapping[Month, frozenset[str]]
"""The facts of a unit with a figure that is not counted, by month."""


class Standing(Enum):
    """Where the verdict on a unit stands while the year runs; those that need most care come first."""

    LOST = "lost"
    AT_RISK = "at_risk"
    OPEN = "open"
    CERTAIN = "certain"


@frozen
class AbsentMonths:
    """The months, up to the one that the facts are of, of which a count has no figure.

    `is_left_out` says that the table has one, which is not counted: the month is before a reform, and nothing says that
    the unit is the same.
    """

    fact: FactKey
    months: tuple[Month, ...]
    is_left_out: bool = False


@frozen
class WatchedCount:
    """A count beside what the verdict can bear, and what the year comes to at its pace.

    `is_least` says that more may have happened by now: a month has no figure, or the table gives a bound. Beyond
    `sure`, where that is less than the limit, a clause is undecided. `projection` is `None` where the count does not
    grow, or does not add up over the months: what there is, such as households, `stays` as it is.
    """

    standing: CountStanding
    is_least: bool
    sure: Fraction | None
    projection: Fraction | None
    stays: bool = False

    @property
    def has_no_room(self) -> bool:
        """Whether not one more may happen, of what may happen at all."""
        return self.standing.grows and self.standing.left == 0 and not self.standing.is_none_at_all

    @property
    def leads_out(self) -> bool:
        """Whether the year at this pace comes to what the verdict cannot bear, or what stays is that already."""
        end = self.standing.now if self.stays else self.projection
        if end is None:
            return False
        bearable = self.standing.bearable
        highest = bearable.domain.high
        projected = end if highest is None else min(end, highest)
        return not any(projected in span for span in bearable.spans)


@frozen
class LostClause:
    """A clause that is lost, and with it the whole set; `counts` are those that alone would have to be otherwise."""

    clause: Clause
    counts: tuple[CountStanding, ...]


@frozen
class WatchedRow:
    """One unit under one standard in a year that still runs, or the problems why it has no verdict.

    `counts` are those that the verdict cannot bear any number of, the tightest first, `none_at_all` those of which
    there may be none and is none; `none_so_far` are all of which there is none by a figure of every month that has
    passed, of a decided unit too. `at_pace` are the clauses that would be not met if every count went on at its pace.
    `missing` are the figures that can still change the verdict, and `absent` months without figures; `waits` has what
    the verdict waits for beside figures. `inside` has the units inside that are still open.
    """

    judged: RowRoom
    elapsed: Elapsed | None = None
    standing: Standing | None = None
    counts: tuple[WatchedCount, ...] = ()
    none_at_all: tuple[FactKey, ...] = ()
    none_so_far: frozenset[FactKey] = frozenset()
    lost: tuple[LostClause, ...] = ()
    at_pace: tuple[Clause, ...] = ()
    missing: tuple[FactKey, ...] = ()
    absent: tuple[AbsentMonths, ...] = ()
    waits: Open = field(factory=Open)
    inside: tuple[InsideRoom, ...] = ()

    @property
    def row(self) -> FactRow:
        """The row of the unit and year."""
        return self.judged.row

    @property
    def standard(self) -> str:
        """The standard that it is judged under."""
        return self.judged.standard

    @property
    def standard_title(self) -> Bilingual | None:
        """What people call the standard, where the set that judges says so."""
        return self.judged.standard_title

    @property
    def criteria(self) -> CriteriaSet | None:
        """The set that it is judged by, where there is one."""
        return None if self.judged.room is None else self.judged.room.criteria

    @property
    def left_out(self) -> frozenset[FactKey]:
        """The missing figures that the table has of before a reform, and nothing says that the unit is the same."""
        bases = {} if self.judged.room is None else self.judged.room.record.bases
        found = ((key, bases.get(key)) for key in self.missing)
        return frozenset(key for key, one in found if one is not None and one.untold is Untold.REFORM and one.parts)

    @property
    def left(self) -> Fraction | None:
        """How many more there may be of the count that is the tightest, apart from what may not happen at all."""
        return next((one.standing.left for one in self.counts if one.standing.left is not None), None)


def watched_row(judged: RowRoom, pace: Pace, as_of: Month, bounded: frozenset[str], left_out: LeftOut) -> WatchedRow:
    """Where a row stands; `bounded` names the facts of it that the table itself gives as bounds.

    `left_out` names those with a figure that is not counted, by month.
    """
    room = judged.room
    if room is None:
        return WatchedRow(judged)
    absent = tuple(_absent(room.record, as_of, left_out))
    least = bounded | {one.fact.name for one in absent}
    counts = tuple(_watched_count(room, one, least, pace.of(one.fact.name)) for one in tightest(room, WHOLE_SET))
    at_pace = tuple(_lost_at_pace(room, pace)) if pace.of_set is not None else ()
    inside = tuple(dict.fromkeys(one for clause in room.clauses.values() for one in clause.inside))
    standing = _standing(room.whole, counts, at_pace, inside)
    none_so_far = frozenset(_none_so_far(room.record)) - {one.fact for one in absent}
    found = WatchedRow(judged, pace.of_set, standing, lost=tuple(_lost(room)), none_so_far=none_so_far)
    if standing in (Standing.LOST, Standing.CERTAIN):
        return found
    result = judged.judgement.result
    assert result is not None, "what is judged has a result"
    known = room.record.values
    return evolve(
        found,
        counts=tuple(one for one in counts if one.standing.has_end and not one.standing.is_none_at_all),
        none_at_all=tuple(one.standing.fact for one in counts if one.standing.is_none_at_all),
        at_pace=at_pace,
        missing=tuple(key for key in result.missing if key not in known),
        absent=tuple(one for one in absent if one.fact in result.missing and one.fact in known),
        waits=result.open,
        inside=inside,
    )


def _standing(
    whole: ClauseRoom, counts: tuple[WatchedCount, ...], at_pace: tuple[Clause, ...], inside: tuple[InsideRoom, ...]
) -> Standing:
    match whole.progress:
        case Progress.LOST:
            return Standing.LOST
        case Progress.CERTAIN:
            return Standing.CERTAIN
        case Progress.OPEN:
            is_pressed = any(one.has_no_room or one.leads_out for one in counts)
            is_at_risk = at_pace or is_pressed or any(one.has_no_room for one in inside)
            return Standing.AT_RISK if is_at_risk else Standing.OPEN


def _watched_count(room: Room, standing: CountStanding, least: frozenset[str], passed: Elapsed | None) -> WatchedCount:
    adds_up = room.criteria.facts[standing.fact.name].adds_up_over_months
    pace = passed if standing.grows else None
    projection = pace.projected(standing.now) if pace is not None and adds_up else None
    sure = surely_borne(room, standing.fact)
    is_narrower = sure is not None and standing.limit is not None and sure < standing.limit
    return WatchedCount(
        standing,
        standing.fact.name in least,
        sure if is_narrower else None,
        projection,
        pace is not None and not adds_up,
    )


def _lost(room: Room) -> Iterator[LostClause]:
    clauses = {member.path: member for member in room.criteria.members() if isinstance(member, Clause)}
    for found in decisive(room, Progress.LOST):
        yield LostClause(clauses[found.path], tightest(room, found.path))


def _lost_at_pace(room: Room, pace: Pace) -> Iterator[Clause]:
    """The clauses that would be not met, and the whole set with them, if every count went on at its pace.

    A year ends with a whole number of cases, so the projections are rounded up. What does not add up stays.
    """
    if room.whole.progress is not Progress.OPEN:
        return
    values = {key: _at_pace(room.criteria, key, value, pace) for key, value in room.record.values.items()}
    try:
        result = Criteria(room.criteria).judge(evolve(room.record, values=values))
    except EvaluationError:
        return
    if result.verdict is Verdict.NOT_MET:
        for path, outcome in result.clauses.items():
            is_open = room.clauses[path].progress is Progress.OPEN
            if isinstance(outcome.clause, Clause) and outcome.verdict is Verdict.NOT_MET and is_open:
                yield outcome.clause


def _at_pace(criteria: CriteriaSet, key: FactKey, value: FactValue, pace: Pace) -> FactValue:
    if key.period != THIS_YEAR or not is_growing(value):
        return value
    assert isinstance(value, Interval)
    assert value.low is not None
    declared, passed = criteria.facts[key.name], pace.of(key.name)
    if passed is None or not declared.adds_up_over_months:
        return value.low
    projected, highest = Fraction(ceil(passed.projected(value.low))), declared.maximum
    return projected if highest is None else min(projected, highest)


def _none_so_far(record: Record) -> Iterator[FactKey]:
    for key, value in record.values.items():
        now = value.low if isinstance(value, Interval) and is_growing(value) else value
        if key.period == THIS_YEAR and isinstance(now, Fraction) and now == 0:
            yield key


def _absent(record: Record, as_of: Month, left_out: LeftOut) -> Iterator[AbsentMonths]:
    """What has no figure in months that have passed; only what adds up is asked for month by month."""
    for key, monthly in record.monthly.items():
        pairs = zip(monthly.months, monthly.figures, strict=True)
        months = tuple(month for month, figure in pairs if figure is None and month <= as_of)
        if monthly.adds_up and key.period == THIS_YEAR:
            for is_left_out in (False, True):
                own = tuple(one for one in months if (key.name in left_out.get(one, ())) is is_left_out)
                if own:
                    yield AbsentMonths(key, own, is_left_out)
