"""What rules become as whole numbers: conditions, numbers between ends, days, and values of enumerations."""

from __future__ import annotations

from typing import cast

from ncriteria.evaluation.program import ends as numbers
from ncriteria.evaluation.program.ends import Ends
from ncriteria.evaluation.program.tree import (
    FALSE,
    UNKNOWN,
    Certain,
    ComparedTerms,
    Condition,
    IsKnown,
    Literal,
    Operand,
)
from ncriteria.language.tree import CompareOp
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactType


@frozen
class TruthForm:
    """A condition, and where it has no value; there it is unknown."""

    truth: Condition
    undefined: Condition = FALSE


@frozen
class PlainForm:
    """A day or a value of an enumeration as it is; `None` for a parameter that the law leaves open."""

    operand: Operand | None
    undefined: Condition = FALSE


@frozen
class DayForm:
    """A day that is computed, by its number."""

    number: Ends
    undefined: Condition = FALSE


Form = TruthForm | PlainForm | DayForm | Ends


def truth_of(form: Form) -> TruthForm:
    """The condition that a form is."""
    # The static check has made sure that this is a condition.
    return cast("TruthForm", form)


def ends_of(form: Form) -> Ends:
    """The number that a form is."""
    # The static check has made sure that this is a number.
    return cast("Ends", form)


def is_known(form: Form) -> Condition:
    """Whether the value of a form is known."""
    match form:
        case TruthForm(truth=truth):
            return IsKnown(truth)
        case Ends():
            return numbers.is_exact(form)
        case DayForm(number=number):
            return numbers.is_exact(number)
        case PlainForm(operand=operand):
            return Certain(False) if operand is None else IsKnown(operand)


def open_form(kind: FactType) -> Form:
    """A parameter that the law leaves open."""
    if kind.is_numeric:
        return numbers.UNBOUNDED
    return TruthForm(UNKNOWN) if kind is FactType.BOOLEAN else PlainForm(None)


def plain_comparison(op: CompareOp, left: Operand | None, right: Operand | None) -> Condition:
    """The comparison of two days or two values of an enumeration."""
    if left is None or right is None:
        return UNKNOWN
    if isinstance(left, Literal) and isinstance(right, Literal):
        return Certain(op.holds(left.value, right.value))
    return ComparedTerms(op, left, right)
