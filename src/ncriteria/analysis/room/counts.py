"""How the counts of a year stand to what is allowed: what there is, the most there may be, and what is left."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ncriteria.analysis.room.rooms import ClauseRoom, FactRoom, Progress, Room
from ncriteria.analysis.room.value_sets import NumberRange, Values, ValueSet
from ncriteria.evaluation.records.comparisons import is_turned
from ncriteria.evaluation.statuses import groups_around
from ncriteria.language import tree as t
from ncriteria.language.operators import ArithmeticOp
from ncriteria.language.queries import walk
from ncriteria.language.tree import THIS_YEAR, FactKey
from ncriteria.language.values import Interval
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, FactValue, Group


@frozen
class CountStanding:
    """One count of the assessment year beside what a clause, or the whole set, can bear; all others as they are known.

    `now` is what there is, so far where it `grows`. `limit` is the most that there may be, `None` where more is never
    too much; `needed` the least that there has to be, where there is less. `bearable` are the values themselves.
    """

    fact: FactKey
    now: Fraction
    grows: bool
    limit: Fraction | None
    needed: Fraction | None
    bearable: ValueSet

    @property
    def left(self) -> Fraction | None:
        """How many more there may be; less than 0 where there are too many, `None` where there is no limit."""
        return None if self.limit is None else self.limit - self.now

    @property
    def has_end(self) -> bool:
        """Whether there may be too many, or are too few."""
        return self.limit is not None or self.needed is not None

    @property
    def is_none_at_all(self) -> bool:
        """Whether there may not be a single one, and there is none."""
        return self.limit == 0 == self.now


def count_standing(found: FactRoom) -> CountStanding | None:
    """How a count stands; `None` for what is no count of this year, is not known, or changes nothing."""
    grows = is_growing(found.now)
    now = found.now.low if isinstance(found.now, Interval) else found.now
    # What still grows is lost only with the last value that is undecided.
    bearable = found.not_lost if isinstance(found.now, Interval) or not found.met else found.enough
    if found.fact.period != THIS_YEAR or not isinstance(now, Fraction) or not _is_of_counts(bearable):
        return None
    assert isinstance(bearable, ValueSet)
    if bearable.is_whole_domain or not bearable or found.not_solved:
        return None
    inside = next((span for span in bearable.spans if now in span), None)
    if inside is not None:
        limit = None if _ends_with_domain(bearable, inside) else inside.high
        return CountStanding(found.fact, now, grows, limit, None, bearable)
    below = [span.high for span in bearable.spans if span.high is not None and span.high < now]
    above = [span.low for span in bearable.spans if span.low is not None and span.low > now]
    return CountStanding(found.fact, now, grows, max(below, default=None), min(above, default=None), bearable)


def is_growing(now: FactValue | None) -> bool:
    """Whether a figure is known as the least that there will be."""
    return isinstance(now, Interval) and now.low is not None and now.high is None


def _is_of_counts(values: Values) -> bool:
    return isinstance(values, ValueSet) and values.step == 1 and not values.days


def _ends_with_domain(values: ValueSet, span: NumberRange) -> bool:
    return span.high is None or span.high == values.domain.high


def tightest(room: Room, path: str) -> tuple[CountStanding, ...]:
    """The counts that a clause or the whole set can bear no end of: those with least left first.

    What others are only measured against, such as the households of which so many are registered, comes last.
    """
    found, against = (count_standing(one) for one in room.clauses[path].facts.values()), measured_against(room.criteria)
    counts = (one for one in found if one is not None)
    return tuple(sorted(counts, key=lambda one: (one.fact.name in against, *_tightness(one))))


def measured_against(criteria: CriteriaSet) -> frozenset[str]:
    """The facts that rules only have in a limit, or divide by: no rule says how many there may be of them."""
    limits, subjects = set[str](), set[str]()
    for member in criteria.members():
        if isinstance(member, Clause) and member.rule is not None:
            for one in walk(member.rule):
                if isinstance(one, t.Compare):
                    subject, limit = (one.right, one.left) if is_turned(one) else (one.left, one.right)
                    subjects |= _named(subject) - _divisors(subject)
                    limits |= _named(limit) | _divisors(subject)
    return frozenset(limits - subjects)


def _named(expr: t.Expr) -> set[str]:
    return {one.name for one in walk(expr) if isinstance(one, t.FactRef) and one.period == THIS_YEAR}


def _divisors(expr: t.Expr) -> set[str]:
    return {
        name
        for one in walk(expr)
        if isinstance(one, t.Arithmetic) and one.op is ArithmeticOp.DIV
        for name in _named(one.right)
    }


def _tightness(one: CountStanding) -> tuple[bool, Fraction]:
    return one.left is None, one.left or Fraction(0)


def decisive(room: Room, progress: Progress) -> Iterator[ClauseRoom]:
    """The clauses with this progress, for which the groups around them and the whole set have it too."""
    for member in room.criteria.members():
        if isinstance(member, Clause) and all(
            room.clauses[path].progress is progress for path in (WHOLE_SET, *groups_around(member.path), member.path)
        ):
            yield room.clauses[member.path]


def surely_borne(room: Room, key: FactKey) -> Fraction | None:
    """The most that a count may come to without a clause being undecided over it; `None` where that has no end."""
    ends: list[Fraction] = []
    for member in room.criteria.members():
        found = room.clauses[member.path].facts.get(key)
        if found is None or isinstance(member, Group) or not isinstance(found.enough, ValueSet):
            continue
        spans = found.enough.spans
        if spans and found.undetermined and spans[-1].high is not None:
            ends.append(spans[-1].high)
    return min(ends, default=None)
