"""Values as the solver sees them: truths, numbers within bounds, and single values, each perhaps unknown or undefined.

They mirror `ncriteria.language.values`; formulas say which value there is.
"""

from __future__ import annotations

from fractions import Fraction

from ncriteria.analysis.proof.solving.solver import (
    FALSE,
    TRUE,
    Formula,
    Term,
    both,
    formula_of,
    number,
    opposite,
    whole,
)
from ncriteria.quick_classes import frozen


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
