"""Values as the solver sees them: truths, numbers within bounds, and single values, each perhaps unknown or undefined.

They mirror `ncriteria.language.values` and `ncriteria.language.exact`: whatever an operation does there to values,
it does here to formulas that say which value there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from ncriteria.analysis.proof.solver import (
    FALSE,
    TRUE,
    Formula,
    Term,
    at_most,
    both,
    counted,
    either,
    equal,
    formula_of,
    less,
    number,
    opposite,
    whole,
)
from ncriteria.language.tree import CompareOp


@frozen(eq=False)
class TruthTerm:
    """A truth: when it is true, when false, when it has no value; otherwise it is unknown. At most one holds."""

    true: Formula
    false: Formula
    undefined: Formula = FALSE

    @property
    def unknown(self) -> Formula:
        """When it is unknown."""
        return both(opposite(self.true), opposite(self.false), opposite(self.undefined))


@frozen(eq=False)
class QuantityTerm:
    """A number between `low` and `high`; where `has_low` or `has_high` is false there is no bound on that side.

    `tight` says when both bounds are one number, `exact` when the number is known: the two differ only for an unknown
    fact whose declared range is a single number. Where `undefined` holds, nothing else means anything. `constant` is
    the number where it is the same in all records.
    """

    low: Term
    high: Term
    has_low: Formula
    has_high: Formula
    tight: Formula
    exact: Formula
    undefined: Formula = FALSE
    constant: Fraction | None = None


@frozen(eq=False)
class ChoiceTerm:
    """A value of an enumeration or a day, as a whole number; unknown where it is not `exact`."""

    code: Term
    exact: Formula
    undefined: Formula = FALSE


SymbolicValue = TruthTerm | QuantityTerm | ChoiceTerm

UNKNOWN_TRUTH = TruthTerm(FALSE, FALSE)
UNKNOWN_CHOICE = ChoiceTerm(whole(0), FALSE)


def truth_of(value: bool) -> TruthTerm:
    """A constant truth."""
    return TruthTerm(formula_of(value), formula_of(not value))


def quantity_of(value: Fraction) -> QuantityTerm:
    """A constant number."""
    term = number(value)
    return QuantityTerm(term, term, TRUE, TRUE, TRUE, TRUE, constant=value)


def within(low: Fraction | None, high: Fraction | None) -> QuantityTerm:
    """A number of which only the bounds are known."""
    tight = formula_of(low is not None and low == high)
    return QuantityTerm(
        number(low or 0), number(high or 0), formula_of(low is not None), formula_of(high is not None), tight, FALSE
    )


class SymbolicLogic:
    """The logic of `ncriteria.evaluation.statuses` over truths of the solver; none of them is undefined."""

    def negation(self, truth: TruthTerm) -> TruthTerm:
        """Not."""
        return TruthTerm(truth.false, truth.true)

    def all_of(self, *truths: TruthTerm) -> TruthTerm:
        """And."""
        return TruthTerm(both(*(truth.true for truth in truths)), either(*(truth.false for truth in truths)))

    def any_of(self, *truths: TruthTerm) -> TruthTerm:
        """Or."""
        return TruthTerm(either(*(truth.true for truth in truths)), both(*(truth.false for truth in truths)))

    def at_least(self, minimum: int, *truths: TruthTerm) -> TruthTerm:
        """That `minimum` or more are true."""
        certain = counted(truth.true for truth in truths)
        possible = counted(opposite(truth.false) for truth in truths)
        return TruthTerm(at_most(whole(minimum), certain), less(possible, whole(minimum)))


def negation(truth: TruthTerm) -> TruthTerm:
    """Not."""
    return TruthTerm(truth.false, truth.true, truth.undefined)


def conjunction(truths: Sequence[TruthTerm]) -> TruthTerm:
    """And, as an operator: false as soon as one is; otherwise unknown comes before undefined."""
    false = either(*(truth.false for truth in truths))
    waits = either(*(truth.unknown for truth in truths))
    undefined = both(opposite(false), opposite(waits), either(*(truth.undefined for truth in truths)))
    return TruthTerm(both(*(truth.true for truth in truths)), false, undefined)


def disjunction(truths: Sequence[TruthTerm]) -> TruthTerm:
    """Or, as an operator."""
    return negation(conjunction([negation(truth) for truth in truths]))


def strict(truth: TruthTerm, undefined: Formula) -> TruthTerm:
    """`truth`, or no value where `undefined` holds."""
    defined = opposite(undefined)
    return TruthTerm(both(truth.true, defined), both(truth.false, defined), undefined)


def compare(op: CompareOp, one: SymbolicValue, other: SymbolicValue) -> TruthTerm:
    """The comparison of two values of one type, as far as it is decided."""
    match one, other:
        case QuantityTerm(), QuantityTerm():
            result = _compare_quantities(op, one, other)
        case ChoiceTerm(), ChoiceTerm():
            result = _compare_choices(op, one, other)
        case TruthTerm(), TruthTerm():
            result = _compare_truths(op, one, other)
        case _:
            raise AssertionError("the static check has made sure that both sides are of one type")
    return strict(result, either(one.undefined, other.undefined))


def _compare_quantities(op: CompareOp, one: QuantityTerm, other: QuantityTerm) -> TruthTerm:
    match op:
        case CompareOp.LT:
            return _less(one, other)
        case CompareOp.GE:
            return negation(_less(one, other))
        case CompareOp.GT:
            return _less(other, one)
        case CompareOp.LE:
            return negation(_less(other, one))
        case CompareOp.EQ:
            return _equal(one, other)
        case CompareOp.NE:
            return negation(_equal(one, other))


def _less(one: QuantityTerm, other: QuantityTerm) -> TruthTerm:
    return TruthTerm(
        both(one.has_high, other.has_low, less(one.high, other.low)),
        both(one.has_low, other.has_high, at_most(other.high, one.low)),
    )


def _equal(one: QuantityTerm, other: QuantityTerm) -> TruthTerm:
    apart = either(_less(one, other).true, _less(other, one).true)
    return TruthTerm(both(one.exact, other.exact, equal(one.low, other.low)), apart)


def _compare_choices(op: CompareOp, one: ChoiceTerm, other: ChoiceTerm) -> TruthTerm:
    known = both(one.exact, other.exact)
    match op:
        case CompareOp.EQ:
            holds = equal(one.code, other.code)
        case CompareOp.NE:
            holds = opposite(equal(one.code, other.code))
        case CompareOp.LT:
            holds = less(one.code, other.code)
        case CompareOp.LE:
            holds = at_most(one.code, other.code)
        case CompareOp.GT:
            holds = less(other.code, one.code)
        case CompareOp.GE:
            holds = at_most(other.code, one.code)
    return TruthTerm(both(known, holds), both(known, opposite(holds)))


def _compare_truths(op: CompareOp, one: TruthTerm, other: TruthTerm) -> TruthTerm:
    alike = either(both(one.true, other.true), both(one.false, other.false))
    apart = either(both(one.true, other.false), both(one.false, other.true))
    return TruthTerm(alike, apart) if op is CompareOp.EQ else TruthTerm(apart, alike)
