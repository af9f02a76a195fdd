"""What rules become as whole numbers: conditions, numbers between ends, days, and values of enumerations."""

from __future__ import annotations

from typing import cast

from ncriteria.evaluation.program import ends as numbers
from ncriteria.evaluation.program import tree as t
from ncriteria.evaluation.program.ends import Ends
from ncriteria.language.tree import CompareOp
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactType


@frozen
class TruthForm:
    """A condition, and where it has no value; there it is unknown."""

    truth: t.Condition
    undefined: t.Condition = t.FALSE


@frozen
class PlainForm:
    """A day or a value of an enumeration as it is; `None` for a parameter that the law leaves open."""

    operand: t.Operand | None
    undefined: t.Condition = t.FALSE


@frozen
class DayForm:
    """A day that is computed, by its number."""

    number: Ends
    undefined: t.Condition = t.FALSE


Form = TruthForm | PlainForm | DayForm | Ends


def truth_of(form: Form) -> TruthForm:
    """The condition that a form is."""
    # The static check has made sure that this is a condition.
    return cast("TruthForm", form)


def ends_of(form: Form) -> Ends:
    """The number that a form is."""
    # The static check has made sure that this is a number.
    return cast("Ends", form)


def is_known(form: Form) -> t.Condition:
    """Whether the value of a form is known."""
    match form:
        case TruthForm(truth=truth):
            return t.IsKnown(truth)
        case Ends():
            return numbers.is_exact(form)
        case DayForm(number=number):
            return numbers.is_exact(number)
        case PlainForm(operand=operand):
            return t.Certain(False) if operand is None else t.IsKnown(operand)


def open_form(kind: FactType) -> Form:
    """A parameter that the law leaves open."""
    if kind.is_numeric:
        return numbers.UNBOUNDED
    return TruthForm(t.UNKNOWN) if kind is FactType.BOOLEAN else PlainForm(None)


def plain_comparison(op: CompareOp, left: t.Operand | None, right: t.Operand | None) -> t.Condition:
    """The comparison of two days or two values of an enumeration."""
    if left is None or right is None:
        return t.UNKNOWN
    if isinstance(left, t.Literal) and isinstance(right, t.Literal):
        return t.Certain(op.holds(left.value, right.value))
    return t.ComparedTerms(op, left, right)
