"""Values of one record as one fact varies: numbers whose ends depend on it, around one place.

What is decided is decided as in one record, and leaves the span of the place for which it stays so.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial, reduce
from typing import cast

from ncriteria.analysis.room.ends import (
    INFINITE,
    THE_FACT,
    End,
    NotSolvableError,
    Place,
    Ratio,
    Unsolved,
    both_ranges,
    fixed,
)
from ncriteria.analysis.room.value_sets import NumberRange
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.records.ready import Case, made_ready
from ncriteria.language import tree as t
from ncriteria.language.exact import OneRecord
from ncriteria.language.meaning import Composite, Rounding, operation
from ncriteria.language.queries import parts, walk
from ncriteria.language.tree import CompareOp, Expr, FactKey
from ncriteria.language.values import UNKNOWN, Computed, DayPart, Interval, Undefined, Unknown, bounds
from ncriteria.quick_classes import frozen


@frozen
class Band:
    """A number between two ends; known exactly where they are one."""

    low: End
    high: End


@frozen
class Day:
    """A calendar day, by its number."""

    end: End


Along = Band | Day | bool | str | Unknown | Undefined | Unsolved


class OneFact(OneRecord[Along, End]):
    """Values around a `place` of the fact that varies; those that cannot be solved are `Unsolved`, and spread."""

    zero: End = fixed(Fraction(0))
    below_all: End = -INFINITE
    above_all: End = INFINITE

    def __init__(self, varying: Callable[[Place], Along]) -> None:
        self.place = Place(Fraction(0), NumberRange(), None)
        self.varying = varying

    def is_number(self, value: Along) -> bool:
        """Whether `value` is a number."""
        return isinstance(value, Band)

    def strict(self, compute: Callable[..., Along], expr: Composite) -> Callable[..., Along]:
        """`compute`, unsolved as soon as an operand is, or as the result is not linear."""
        defined = super().strict(compute, expr)

        def computed(*values: Along) -> Along:
            unsolved = _first_unsolved(values)
            if unsolved is not None and not any(isinstance(value, Undefined) for value in values):
                return unsolved
            return self._solved(defined, *values)

        return computed

    def _solved(self, compute: Callable[..., Along], *values: Along) -> Along:
        try:
            return compute(*values)
        except NotSolvableError as refusal:
            return Unsolved(refusal.reason)

    def all_of(self, *truths: Along) -> Along:
        """And: false as soon as one is; otherwise what is unsolved comes first."""
        return (None if False in truths else _first_unsolved(truths)) or super().all_of(*truths)

    def any_of(self, *truths: Along) -> Along:
        """Or: true as soon as one is; otherwise what is unsolved comes first."""
        return (None if True in truths else _first_unsolved(truths)) or super().any_of(*truths)

    def at_least(self, minimum: int, *truths: Along) -> Along:
        """That `minimum` or more are true: unsolved where the truths that are would change it."""
        unsolved = _first_unsolved(truths)
        if unsolved is None:
            return super().at_least(minimum, *truths)
        ways = [[way if isinstance(truth, Unsolved) else truth for truth in truths] for way in (False, True)]
        least, most = (super(OneFact, self).at_least(minimum, *way) for way in ways)
        return least if least == most else unsolved

    def settled(self, truth: Along) -> tuple[Along, Along]:
        """`truth`, unknown where it is undefined, and whether it is undefined."""
        return (truth, truth) if isinstance(truth, Unsolved) else super().settled(truth)

    def certain(self, truth: Along) -> Along:
        """Whether `truth` is true."""
        return truth if isinstance(truth, Unsolved) else super().certain(truth)

    def chosen(self, condition: Along, consequence: Along, alternative: Along) -> Along:
        """If: where the condition is unknown, what both branches agree on."""
        rests_on = (condition, consequence, alternative) if condition is UNKNOWN else (condition,)
        return _first_unsolved(rests_on) or self._solved(super().chosen, condition, consequence, alternative)

    def coalesced(self, value: Along, default: Along) -> Along:
        """`value` where it is known exactly or has no value, otherwise `default`."""
        return value if isinstance(value, Unsolved) else super().coalesced(value, default)

    def less(self, one: Along, other: Along) -> Along:
        """Whether `one` comes before `other`: numbers or days."""
        if isinstance(one, Day) and isinstance(other, Day):
            return self.before(one.end, other.end)
        return super().less(one, other)

    def equal(self, one: Along, other: Along) -> Along:
        """Whether two values of one type are the same."""
        if isinstance(one, Day) and isinstance(other, Day):
            return self.same(one.end, other.end)
        if self.is_number(one) and self.is_number(other) and self.exact(one, other):
            return self.same(self.ends(one)[0], self.ends(other)[0])
        return super().equal(one, other)

    def of_value(self, value: Computed) -> Along:
        """A truth, a text, unknown or undefined itself; a number or a day that does not vary."""
        match value:
            case bool():
                return value
            case int() | Fraction():
                return self.point(fixed(Fraction(value)))
            case Interval():
                low, high = bounds(value)
                return Band(-INFINITE if low is None else fixed(low), INFINITE if high is None else fixed(high))
            case datetime.date():
                return Day(fixed(Fraction(value.toordinal())))
            case _:
                return value

    def constant(self, value: object) -> Along:
        """A constant of the language."""
        assert isinstance(value, (Fraction, bool, str, datetime.date))
        return self.of_value(value)

    def ends(self, value: Along) -> tuple[End, End]:
        """The least and the greatest that a number can be."""
        band = cast("Band", value)
        return band.low, band.high

    def end_of(self, value: Fraction) -> End:
        """The end at `value`."""
        return fixed(value)

    def between(self, low: End, high: End) -> Along:
        """The number between two ends; known exactly where they are one."""
        return Band(low, low if low == high or self.same(low, high) else high)

    def point(self, end: End) -> Along:
        """The number at a finite end."""
        return Band(end, end)

    def exact(self, *values: Along) -> bool:
        """Whether all of the numbers are known exactly."""
        return all(low == high for low, high in map(self.ends, values))

    def factor(self, value: Along) -> Fraction | None:
        """The number, where it does not vary."""
        low, high = self.ends(value)
        return low.fixed if isinstance(low, Ratio) and low == high else None

    def before(self, one: End, other: End) -> bool:
        """Less than."""
        return self.place.decided(one, CompareOp.LT, other)

    def up_to(self, one: End, other: End) -> bool:
        """Less than, or equal and finite."""
        return self.place.decided(one, CompareOp.LE, other)

    def same(self, one: End, other: End) -> bool:
        """Equal and finite."""
        return self.place.decided(one, CompareOp.EQ, other)

    def plus(self, one: End, other: End) -> End:
        """The sum of two low ends, or of two high ends."""
        return self.place.plus(one, other)

    def minus(self, end: End) -> End:
        """The end with the other sign."""
        return self.place.times(end, fixed(Fraction(-1)))

    def times(self, one: End, other: End) -> End:
        """The product; zero times an infinity is zero."""
        return self.place.times(one, other)

    def inverse(self, end: End) -> End:
        """One over an end that is not zero; of an infinity it is zero."""
        return self.place.inverse(end)

    def lowest(self, *ends: End) -> End:
        """The least of the ends."""
        return reduce(lambda one, other: other if self.before(other, one) else one, ends)

    def highest(self, *ends: End) -> End:
        """The greatest of the ends."""
        return reduce(lambda one, other: other if self.before(one, other) else one, ends)

    def whole(self, end: End, to: Rounding, digits: int) -> End:
        """The end rounded to `digits` decimal places."""
        return self.place.rounded(end, to, digits)

    def day_end(self, day: Along) -> End:
        """The number of a day."""
        return cast("Day", day).end

    def day_at_end(self, end: End) -> Along:
        """The day of a number."""
        return Day(end)

    def part_of_day(self, day: Along, part: DayPart) -> Along:
        """The year, month or quarter of a day."""
        return self.point(self.place.day_part(self.day_end(day), part))

    def digits(self, value: Along) -> int:
        """The number of decimal places that a constant says."""
        found = self.factor(value)
        assert found is not None, "the number of decimal places is a constant"
        return int(found)


def _first_unsolved(values: tuple[Along, ...]) -> Unsolved | None:
    return next((value for value in values if isinstance(value, Unsolved)), None)


def number_at(place: Place) -> Along:
    """A fact that is a number, as it varies."""
    return Band(THE_FACT, THE_FACT)


def day_at(place: Place) -> Along:
    """A fact that is a day, as it varies."""
    return Day(THE_FACT)


def choice_of(choices: tuple[bool | str, ...]) -> Callable[[Place], Along]:
    """A fact that has only a few values, by their numbers: what is found at one holds for that one only."""

    def choice_at(place: Place) -> Along:
        place.keep(NumberRange(place.at, place.at))
        return choices[int(place.at)]

    return choice_at


def _joined(
    of: OneFact, compute: Callable[..., Along], deciding: bool, operands: Sequence[Varied], around: Around
) -> Along:
    """And, or; where one operand decides, it alone says for which values the answer stays."""
    span, values, found = of.place.span, list[Along](), list[NumberRange]()
    kept = span
    for operand in operands:
        of.place.span = span
        value = operand(around)
        values.append(value)
        if value is deciding:
            found.append(of.place.span)
        kept = both_ranges(kept, of.place.span)
    of.place.span = max(found, key=_width) if found else kept
    return compute(*values)


def _width(span: NumberRange) -> Fraction | float:
    """How far the ends of a span are from each other."""
    return INFINITE if span.low is None or span.high is None else span.high - span.low


@frozen
class Around:
    """What rules look at beside the fact that varies: what is known, and clauses whose verdict rests on the fact."""

    case: Case
    met: Mapping[str, Along]


Varied = Callable[[Around], Along]


def varied(of: OneFact, lowered: LoweredSet, key: FactKey, touched: frozenset[str], expr: Expr) -> Varied:
    """The value of a rule as the fact `key` varies, and with it the clauses that it has `touched`."""

    def varies(node: Expr) -> bool:
        return (isinstance(node, t.FactRef) and node.key == key) or (isinstance(node, t.Met) and node.path in touched)

    def made(node: Expr) -> Varied:
        if not any(map(varies, walk(node))):
            steady = made_ready(lowered, node)
            return lambda around: of.of_value(steady(around.case))
        match node:
            case t.FactRef():
                return lambda around: of.varying(of.place)
            case t.Met(path=path):
                return lambda around: around.met[path]
            case t.Number() | t.Boolean() | t.Text() | t.Date() | t.Parameter() | t.Within() | t.AssessmentYear():
                raise AssertionError("none of these varies")
            case t.Earlier() | t.SumYears() | t.Decreasing() | t.MetYears():
                raise AssertionError("period forms are resolved before a rule is solved")
            case t.And() | t.Or() | t.Call(function=t.Function.ALL | t.Function.ANY):
                is_conjunction = isinstance(node, t.And) or (
                    isinstance(node, t.Call) and node.function is t.Function.ALL
                )
                return partial(
                    _joined, of, operation(of, node), not is_conjunction, [made(part) for part in parts(node)]
                )
            case _:
                compute = operation(of, node)
                operands = [made(part) for part in parts(node)]
                return lambda around: compute(*[operand(around) for operand in operands])

    return made(expr)
