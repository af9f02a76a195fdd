"""Values as the solver sees them: truths, numbers within bounds, and single values, each perhaps unknown or undefined.

They mirror `ncriteria.language.values`; formulas say which value there is.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from ncriteria.analysis.proof.solving import solver
from ncriteria.quick_classes import frozen


@frozen(eq=False)
class TruthTerm:
    """A truth: when it is true, when false, when it has no value; otherwise it is unknown. At most one holds."""

    true: solver.Formula
    false: solver.Formula
    undefined: solver.Formula = solver.FALSE

    @property
    def unknown(self) -> solver.Formula:
        """When it is unknown."""
        return solver.both(solver.opposite(self.true), solver.opposite(self.false), solver.opposite(self.undefined))


@frozen(eq=False)
class QuantityTerm:
    """A number between `low` and `high`; where `has_low` or `has_high` is false there is no bound on that side.

    `tight` says when both bounds are one number, `exact` when the number is known: the two differ only for an unknown
    fact whose declared range is a single number. Where `undefined` holds, nothing else means anything. `constant` is
    the number where it is the same in all records.
    """

    low: solver.Term
    high: solver.Term
    has_low: solver.Formula
    has_high: solver.Formula
    tight: solver.Formula
    exact: solver.Formula
    undefined: solver.Formula = solver.FALSE
    constant: Fraction | None = None


@frozen(eq=False)
class ChoiceTerm:
    """A value of an enumeration or a day, as a whole number; unknown where it is not `exact`."""

    code: solver.Term
    exact: solver.Formula
    undefined: solver.Formula = solver.FALSE


SymbolicValue = TruthTerm | QuantityTerm | ChoiceTerm


@frozen(eq=False)
class TermEnd:
    """An end of a number's bounds, or an infinity `below` or `above` all numbers."""

    value: solver.Term
    below: solver.Formula = solver.FALSE
    above: solver.Formula = solver.FALSE

    @property
    def finite(self) -> solver.Formula:
        """Whether it is a number."""
        return solver.both(solver.opposite(self.below), solver.opposite(self.above))

    @property
    def negative(self) -> solver.Formula:
        """Whether it is less than zero."""
        return solver.either(self.below, solver.both(self.finite, solver.less(self.value, ZERO)))

    @property
    def positive(self) -> solver.Formula:
        """Whether it is more than zero."""
        return solver.either(self.above, solver.both(self.finite, solver.less(ZERO, self.value)))


ZERO: Final = solver.number(0)
UNKNOWN_TRUTH: Final = TruthTerm(solver.FALSE, solver.FALSE)
UNKNOWN_NUMBER: Final = QuantityTerm(ZERO, ZERO, solver.FALSE, solver.FALSE, solver.FALSE, solver.FALSE)
UNKNOWN_CHOICE: Final = ChoiceTerm(solver.whole(0), solver.FALSE)


def truth_of(value: bool) -> TruthTerm:
    """A constant truth."""
    return TruthTerm(solver.formula_of(value), solver.formula_of(not value))


def quantity_of(value: Fraction) -> QuantityTerm:
    """A constant number."""
    term = solver.number(value)
    return QuantityTerm(term, term, solver.TRUE, solver.TRUE, solver.TRUE, solver.TRUE, constant=value)
