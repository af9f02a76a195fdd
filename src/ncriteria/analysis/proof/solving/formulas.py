"""The domain of formulas: what a rule gives for all records at once (`ncriteria.language.meaning`)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import cast

from attrs import evolve

from ncriteria.analysis.proof.solving.days import Calendar, days_between, later
from ncriteria.analysis.proof.solving.rounding import rounded
from ncriteria.analysis.proof.solving.solver import (
    FALSE,
    TRUE,
    Formula,
    Term,
    as_real,
    at_most,
    both,
    choose,
    choose_formula,
    counted,
    either,
    equal,
    less,
    minus,
    number,
    opposite,
    over,
    plus,
    times,
    whole,
)
from ncriteria.analysis.proof.solving.terms import (
    UNKNOWN_NUMBER,
    ZERO,
    ChoiceTerm,
    QuantityTerm,
    SymbolicValue,
    TermEnd,
    TruthTerm,
    quantity_of,
    truth_of,
)
from ncriteria.language.intervals import Intervals
from ncriteria.language.meaning import Composite, Rounding
from ncriteria.language.values import DayPart


class Formulas(Intervals[SymbolicValue, TermEnd, Formula]):
    """Values as formulas; `code` gives the whole number for a text or a day, and `calendar` the years of days."""

    zero: TermEnd = TermEnd(ZERO)
    below_all: TermEnd = TermEnd(ZERO, below=TRUE)
    above_all: TermEnd = TermEnd(ZERO, above=TRUE)

    def __init__(self, code: Callable[[str | datetime.date], int], calendar: Calendar) -> None:
        self.code, self.calendar = code, calendar

    def constant(self, value: object) -> SymbolicValue:
        """A number, truth, text or day that is the same for every record."""
        match value:
            case bool():
                return truth_of(value)
            case Fraction():
                return quantity_of(value)
            case _:
                return ChoiceTerm(whole(self.code(cast("str | datetime.date", value))), TRUE)

    def strict(self, compute: Callable[..., SymbolicValue], expr: Composite) -> Callable[..., SymbolicValue]:
        """`compute`, without a value as soon as an operand has none."""

        def computed(*values: SymbolicValue) -> SymbolicValue:
            found = compute(*values)
            return _undefined_where(found, either(found.undefined, *(value.undefined for value in values)))

        return computed

    def negation(self, truth: SymbolicValue) -> SymbolicValue:
        """Not."""
        known = _truth(truth)
        return TruthTerm(known.false, known.true, known.undefined)

    def all_of(self, *truths: SymbolicValue) -> SymbolicValue:
        """And: false as soon as one is; otherwise unknown comes before undefined."""
        parts = [_truth(truth) for truth in truths]
        true, false = both(*(part.true for part in parts)), either(*(part.false for part in parts))
        undefined = either(*(part.undefined for part in parts))
        if undefined is FALSE:
            return TruthTerm(true, false)
        waits = either(*(part.unknown for part in parts))
        return TruthTerm(true, false, both(opposite(false), opposite(waits), undefined))

    def settled(self, truth: SymbolicValue) -> tuple[SymbolicValue, SymbolicValue]:
        """`truth`, unknown where it is undefined, and whether it is undefined."""
        known = _truth(truth)
        return TruthTerm(known.true, known.false), TruthTerm(known.undefined, opposite(known.undefined))

    def certain(self, truth: SymbolicValue) -> SymbolicValue:
        """Whether `truth` is true."""
        true = _truth(truth).true
        return TruthTerm(true, opposite(true))

    def count_true(self, *truths: SymbolicValue) -> SymbolicValue:
        """How many are true: between those that are, and those that may be."""
        parts = [_truth(truth) for truth in truths]
        certain = as_real(counted(part.true for part in parts))
        possible = as_real(counted(opposite(part.false) for part in parts))
        tight = both(*(either(part.true, part.false) for part in parts))
        return QuantityTerm(certain, possible, TRUE, TRUE, tight, tight)

    def at_least(self, minimum: int, *truths: SymbolicValue) -> SymbolicValue:
        """That `minimum` or more are true, counted in whole numbers, which the solver decides sooner."""
        parts = [_truth(truth) for truth in truths]
        certain, possible = counted(part.true for part in parts), counted(opposite(part.false) for part in parts)
        return TruthTerm(at_most(whole(minimum), certain), less(possible, whole(minimum)))

    def chosen(self, condition: SymbolicValue, consequence: SymbolicValue, alternative: SymbolicValue) -> SymbolicValue:
        """If: where the condition is unknown, what both branches agree on."""
        asked = _truth(condition)
        undefined = either(
            asked.undefined,
            both(asked.true, consequence.undefined),
            both(asked.false, alternative.undefined),
            both(asked.unknown, consequence.undefined, alternative.undefined),
        )
        return _undefined_where(self._branch(asked, consequence, alternative), undefined)

    def _branch(self, asked: TruthTerm, one: SymbolicValue, other: SymbolicValue) -> SymbolicValue:
        def where(first: Formula, second: Formula, agreed: Formula) -> Formula:
            return either(both(asked.true, first), both(asked.false, second), both(asked.unknown, agreed))

        match one, other:
            case TruthTerm(), TruthTerm():
                true = where(one.true, other.true, both(one.true, other.true))
                return TruthTerm(true, where(one.false, other.false, both(one.false, other.false)))
            case ChoiceTerm(), ChoiceTerm():
                alike = both(one.exact, other.exact, equal(one.code, other.code))
                exact = where(one.exact, other.exact, alike)
                return ChoiceTerm(choose(asked.false, other.code, one.code), exact)
            case _:
                # Where just one of the two has a value and the condition is unknown, nothing is known of the number.
                defined = both(opposite(one.undefined), opposite(other.undefined))
                hull = self.pick(defined, lambda: self.hull(one, other), lambda: UNKNOWN_NUMBER)
                return self.pick(asked.true, lambda: one, lambda: self.pick(asked.false, lambda: other, lambda: hull))

    def coalesced(self, value: SymbolicValue, default: SymbolicValue) -> SymbolicValue:
        """`value` where it is known exactly, otherwise `default`, which is not looked at before."""
        exact = both(_exact(value), opposite(value.undefined))
        undefined = either(value.undefined, both(opposite(exact), default.undefined))
        return _undefined_where(self.pick(exact, lambda: value, lambda: default), undefined)

    def known(self, value: SymbolicValue) -> SymbolicValue:
        """Whether `value` is known exactly."""
        exact = _exact(value)
        return TruthTerm(exact, opposite(exact))

    def less(self, one: SymbolicValue, other: SymbolicValue) -> SymbolicValue:
        """Whether `one` comes before `other`: numbers or days."""
        if isinstance(one, ChoiceTerm) and isinstance(other, ChoiceTerm):
            return _decided(both(one.exact, other.exact), less(one.code, other.code))
        return super().less(one, other)

    def equal(self, one: SymbolicValue, other: SymbolicValue) -> SymbolicValue:
        """Whether two values of one type are the same."""
        match one, other:
            case ChoiceTerm(), ChoiceTerm():
                return _decided(both(one.exact, other.exact), equal(one.code, other.code))
            case TruthTerm(), TruthTerm():
                return TruthTerm(
                    either(both(one.true, other.true), both(one.false, other.false)),
                    either(both(one.true, other.false), both(one.false, other.true)),
                )
            case _:
                return super().equal(one, other)

    def ends(self, value: SymbolicValue) -> tuple[TermEnd, TermEnd]:
        """The least and the greatest that a number can be."""
        known = _quantity(value)
        return TermEnd(known.low, below=opposite(known.has_low)), TermEnd(known.high, above=opposite(known.has_high))

    def end_of(self, value: Fraction) -> TermEnd:
        """The end at `value`."""
        return TermEnd(number(value))

    def between(self, low: TermEnd, high: TermEnd) -> QuantityTerm:
        """The number between two ends; known exactly where they are one."""
        has_low, has_high = opposite(low.below), opposite(high.above)
        tight = both(has_low, has_high, equal(low.value, high.value))
        return QuantityTerm(low.value, high.value, has_low, has_high, tight, tight)

    def point(self, end: TermEnd) -> QuantityTerm:
        """The number that is known to be at `end`."""
        return QuantityTerm(end.value, end.value, TRUE, TRUE, TRUE, TRUE)

    def exact(self, *values: SymbolicValue) -> Formula:
        """Whether all of the numbers are known exactly."""
        return both(*(_quantity(value).exact for value in values))

    def factor(self, value: SymbolicValue) -> Fraction | None:
        """The number where it is the same for every record, so that products with it are linear."""
        return _quantity(value).constant

    def scaled(self, value: SymbolicValue, factor: Fraction) -> SymbolicValue:
        """The product with a constant."""
        known = _quantity(value)
        if factor == 0 or known.constant is not None:
            return quantity_of(factor * (known.constant or 0))
        return evolve(_quantity(super().scaled(value, factor)), tight=known.tight, exact=known.tight)

    def add(self, one: SymbolicValue, other: SymbolicValue) -> SymbolicValue:
        """The sum; exact just where both are, which is said again, for the solver compares sums of ends slowly.

        Of a day and a whole number, the day so many days later, at most the last of the calendar.
        """
        if isinstance(one, ChoiceTerm) or isinstance(other, ChoiceTerm):
            day, days = (one, other) if isinstance(one, ChoiceTerm) else (other, one)
            return later(cast("ChoiceTerm", day), _quantity(days))
        first, second = _quantity(one), _quantity(other)
        if first.constant is not None and second.constant is not None:
            return quantity_of(first.constant + second.constant)
        (low1, high1), (low2, high2) = self.ends(one), self.ends(other)
        tight = both(first.tight, second.tight)
        return evolve(self.between(self.plus(low1, low2), self.plus(high1, high2)), tight=tight, exact=tight)

    def subtract(self, one: SymbolicValue, other: SymbolicValue) -> SymbolicValue:
        """The difference; of two days, the number of days from the second to the first."""
        if isinstance(one, ChoiceTerm) and isinstance(other, ChoiceTerm):
            return days_between(other, one)
        return super().subtract(one, other)

    def negate(self, value: SymbolicValue) -> SymbolicValue:
        """The number with the other sign."""
        known = _quantity(value)
        if known.constant is not None:
            return quantity_of(-known.constant)
        return evolve(_quantity(super().negate(value)), tight=known.tight, exact=known.tight)

    def pick(
        self, condition: Formula, one: Callable[[], SymbolicValue], other: Callable[[], SymbolicValue]
    ) -> SymbolicValue:
        """The value that the condition says; both are made where it cannot be told which."""
        if condition is TRUE:
            return one()
        return other() if condition is FALSE else _merged(condition, one(), other())

    def pick_end(self, condition: Formula, one: Callable[[], TermEnd], other: Callable[[], TermEnd]) -> TermEnd:
        """The end that the condition says."""
        if condition is TRUE:
            return one()
        if condition is FALSE:
            return other()
        first, second = one(), other()
        below = choose_formula(condition, first.below, second.below)
        above = choose_formula(condition, first.above, second.above)
        return TermEnd(choose(condition, first.value, second.value), below, above)

    def undefined(self) -> SymbolicValue:
        """The quotient of a division by zero."""
        return evolve(UNKNOWN_NUMBER, undefined=TRUE)

    def truth(self, true: Callable[[], Formula], false: Callable[[], Formula]) -> SymbolicValue:
        """The truth that is true and false where these say so, and unknown elsewhere."""
        return TruthTerm(true(), false())

    def before(self, one: TermEnd, other: TermEnd) -> Formula:
        """Less than."""
        return self._ordered(one, other, less)

    def up_to(self, one: TermEnd, other: TermEnd) -> Formula:
        """Less than, or equal and finite."""
        return self._ordered(one, other, at_most)

    def _ordered(self, one: TermEnd, other: TermEnd, finite: Callable[[Term, Term], Formula]) -> Formula:
        between = either(one.below, other.above, finite(one.value, other.value))
        return both(opposite(one.above), opposite(other.below), between)

    def same(self, one: TermEnd, other: TermEnd) -> Formula:
        """Equal and finite."""
        return both(one.finite, other.finite, equal(one.value, other.value))

    def both(self, *conditions: Formula) -> Formula:
        """All of the conditions."""
        return both(*conditions)

    def either(self, *conditions: Formula) -> Formula:
        """One of the conditions."""
        return either(*conditions)

    def plus(self, one: TermEnd, other: TermEnd) -> TermEnd:
        """The sum of two low ends, or of two high ends."""
        return TermEnd(plus(one.value, other.value), either(one.below, other.below), either(one.above, other.above))

    def minus(self, end: TermEnd) -> TermEnd:
        """The end with the other sign."""
        return TermEnd(minus(end.value), end.above, end.below)

    def times(self, one: TermEnd, other: TermEnd) -> TermEnd:
        """The product; zero times an infinity is zero, for no number is infinite."""
        finite = both(one.finite, other.finite)
        if finite is TRUE:
            return TermEnd(times(one.value, other.value))
        unlike = either(both(one.positive, other.negative), both(one.negative, other.positive))
        alike = either(both(one.positive, other.positive), both(one.negative, other.negative))
        value = choose(finite, times(one.value, other.value), ZERO)
        return TermEnd(value, both(opposite(finite), unlike), both(opposite(finite), alike))

    def inverse(self, end: TermEnd) -> TermEnd:
        """One over an end that is not zero; of an infinity it is zero."""
        return TermEnd(choose(end.finite, over(number(1), end.value), ZERO))

    def lowest(self, *ends: TermEnd) -> TermEnd:
        """The least of the ends."""
        return reduce(_lesser, ends)

    def highest(self, *ends: TermEnd) -> TermEnd:
        """The greatest of the ends."""
        return self.minus(self.lowest(*map(self.minus, ends)))

    def whole(self, end: TermEnd, to: Rounding, digits: int) -> TermEnd:
        """The end rounded to `digits` decimal places."""
        scale, back = number(Fraction(10) ** digits), number(1 / Fraction(10) ** digits)
        return evolve(end, value=times(rounded(to, times(end.value, scale)), back))

    def day_part(self, day: SymbolicValue, part: DayPart) -> SymbolicValue:
        """The year, month or quarter of a day: between its ends where the day is unknown."""
        known = cast("ChoiceTerm", day)
        number_of = as_real(self.calendar.part_of(known.code, part))
        low, high = (choose(known.exact, number_of, number(end)) for end in (part.least, part.greatest))
        return QuantityTerm(low, high, TRUE, TRUE, known.exact, known.exact, known.undefined)

    def digits(self, value: SymbolicValue) -> int:
        """The number of decimal places that a constant says."""
        return int(_quantity(value).constant or 0)


def _truth(value: SymbolicValue) -> TruthTerm:
    # The static check has made sure that this is a truth.
    return cast("TruthTerm", value)


def _quantity(value: SymbolicValue) -> QuantityTerm:
    # The static check has made sure that this is a number.
    return cast("QuantityTerm", value)


def _exact(value: SymbolicValue) -> Formula:
    return either(value.true, value.false) if isinstance(value, TruthTerm) else value.exact


def _decided(known: Formula, holds: Formula) -> TruthTerm:
    return TruthTerm(both(known, holds), both(known, opposite(holds)))


def _lesser(one: TermEnd, other: TermEnd) -> TermEnd:
    first = either(one.below, other.above, both(one.finite, other.finite, at_most(one.value, other.value)))
    return TermEnd(choose(first, one.value, other.value), either(one.below, other.below), both(one.above, other.above))


def _undefined_where(value: SymbolicValue, undefined: Formula) -> SymbolicValue:
    match value:
        case TruthTerm(true=true, false=false):
            return TruthTerm(both(true, opposite(undefined)), both(false, opposite(undefined)), undefined)
        case ChoiceTerm(code=code, exact=exact):
            return ChoiceTerm(code, both(exact, opposite(undefined)), undefined)
        case _:
            return evolve(value, undefined=undefined)


def _merged(condition: Formula, one: SymbolicValue, other: SymbolicValue) -> SymbolicValue:
    """What is either the one or the other, part by part."""

    def formula(name: str) -> Formula:
        return choose_formula(condition, getattr(one, name), getattr(other, name))

    def term(name: str) -> Term:
        return choose(condition, getattr(one, name), getattr(other, name))

    undefined = formula("undefined")
    match one:
        case TruthTerm():
            return TruthTerm(formula("true"), formula("false"), undefined)
        case ChoiceTerm():
            return ChoiceTerm(term("code"), formula("exact"), undefined)
        case QuantityTerm():
            has_low, has_high = formula("has_low"), formula("has_high")
            low, high, tight, exact = term("low"), term("high"), formula("tight"), formula("exact")
            return QuantityTerm(low, high, has_low, has_high, tight, exact, undefined)
