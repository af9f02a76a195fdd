"""Values as the solver sees them: truths, numbers within bounds, and single values, each perhaps unknown or undefined.

They mirror `ncriteria.language.values`; formulas say which value there is.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from ncriteria.analysis.proof.solving.solver import (
    FALSE,
    TRUE,
    Formula,
    Term,
    both,
    either,
    formula_of,
    less,
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


@frozen(eq=False)
class TermEnd:
    """An end of a number's bounds, or an infinity `below` or `above` all numbers."""

    value: Term
    below: Formula = FALSE
    above: Formula = FALSE

    @property
    def finite(self) -> Formula:
        """Whether it is a number."""
        return both(opposite(self.below), opposite(self.above))

    @property
    def negative(self) -> Formula:
        """Whether it is less than zero."""
        return either(self.below, both(self.finite, less(self.value, ZERO)))

    @property
    def positive(self) -> Formula:
        """Whether it is more than zero."""
        return either(self.above, both(self.finite, less(ZERO, self.value)))


ZERO: Final = number(0)
UNKNOWN_TRUTH: Final = TruthTerm(FALSE, FALSE)
UNKNOWN_NUMBER: Final = QuantityTerm(ZERO, ZERO, FALSE, FALSE, FALSE, FALSE)
UNKNOWN_CHOICE: Final = ChoiceTerm(whole(0), FALSE)


def truth_of(value: bool) -> TruthTerm:
    """A constant truth."""
    return TruthTerm(formula_of(value), formula_of(not value))


def quantity_of(value: Fraction) -> QuantityTerm:
    """A constant number."""
    term = number(value)
    return QuantityTerm(term, term, TRUE, TRUE, TRUE, TRUE, constant=value)
