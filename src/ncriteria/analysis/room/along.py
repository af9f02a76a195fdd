"""What must keep its sign for a traced rule to come out, all through a span, as it does at one place of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import cast

from ncriteria.analysis.room import bands
from ncriteria.analysis.room.bands import Band
from ncriteria.analysis.room.ends import Place, Ratio, compared, fixed, value_of
from ncriteria.analysis.room.polynomials import Polynomial
from ncriteria.evaluation.tracing import Step
from ncriteria.language.tree import (
    And,
    Arithmetic,
    ArithmeticOp,
    Call,
    Coalesce,
    Compare,
    FactKey,
    FactRef,
    Function,
    If,
    InRange,
    InSet,
    Negate,
    Or,
)
from ncriteria.language.values import Interval, Undefined, Value, bounds, is_exact

_ROUNDINGS = (Function.FLOOR, Function.CEILING, Function.ROUND_HALF_UP, Function.ROUND_HALF_EVEN)


def guard(place: Place, step: Step, variable: FactKey, form: Polynomial) -> Band | None:
    """Add to `place` the guards of `step`, the trace of a rule at the place where the fact `variable` is `form`.

    Gives the number that the step stands for around the place; `None` for what is no number and no day.
    """

    def part(step: Step) -> Band | None:
        return guard(place, step, variable, form)

    if isinstance(step.expr, FactRef) and step.expr.key == variable:
        return _varying(step.value, form)
    found = _guarded(place, step, part, lambda inner: _mentions(inner, variable))
    assert found is None or _agrees(place, found, step.value), f"{step.value} is not what {found} is at {place.at}"
    return found


def _varying(value: Value, form: Polynomial) -> Band | None:
    """The variable itself, unless it is a truth or a text, which has no form between its values."""
    if isinstance(value, bool) or not isinstance(value, (Fraction, datetime.date)):
        return None
    return bands.exact(Ratio(form))


_Part = Callable[[Step], Band | None]


def _guarded(place: Place, step: Step, part: _Part, varies: Callable[[Step], bool]) -> Band | None:
    match step.expr:
        case And() | Call(function=Function.ALL):
            _guard_joined(step, part, varies, deciding=False)
            return None
        case Or() | Call(function=Function.ANY):
            _guard_joined(step, part, varies, deciding=True)
            return None
        case If():
            return _chosen(place, step, part)
        case Coalesce():
            return _coalesced(step, part)
        case _ if not step.parts:
            return _constant(step.value)
        case _:
            return _strict(place, step, part)


def _guard_joined(step: Step, part: _Part, varies: Callable[[Step], bool], *, deciding: bool) -> None:
    """Of operands that decide, one is enough to keep the outcome; one that does not vary needs no guard."""
    found = [inner for inner in step.parts if inner.value is deciding]
    for inner in [min(found, key=varies)] if found else step.parts:
        part(inner)


def _chosen(place: Place, step: Step, part: _Part) -> Band | None:
    condition, consequence, alternative = step.parts
    part(condition)
    if isinstance(condition.value, Undefined):
        return None
    if isinstance(condition.value, bool):
        return part(consequence if condition.value else alternative)
    first, second = part(consequence), part(alternative)
    if not isinstance(step.value, (Fraction, Interval)):
        if first is not None and second is not None:
            _guard_comparison(place, first, second)
        return _constant(step.value)
    if first is None or second is None:
        return bands.band_of(Interval())
    return bands.hull(place, [first, second])


def _coalesced(step: Step, part: _Part) -> Band | None:
    value, default = step.parts
    first = part(value)
    return first if is_exact(value.value) else part(default)


def _constant(value: Value) -> Band | None:
    """A number or a day that does not vary; days count as numbers."""
    if isinstance(value, datetime.date):
        return bands.exact(fixed(Fraction(value.toordinal())))
    if isinstance(value, (Fraction, Interval)):
        return bands.band_of(value)
    return None


def _strict(place: Place, step: Step, part: _Part) -> Band | None:
    """An operation that has no value as soon as one operand has none."""
    undefined = next((inner for inner in step.parts if isinstance(inner.value, Undefined)), None)
    if undefined is not None:
        return part(undefined)
    parts = [part(inner) for inner in step.parts]
    numbers = [band for band in parts if band is not None]
    whole = len(numbers) == len(parts)
    match step.expr:
        case Compare() if whole:
            _guard_comparison(place, numbers[0], numbers[1])
        case InRange() if whole:
            _guard_comparison(place, numbers[0], numbers[1])
            _guard_comparison(place, numbers[0], numbers[2])
        case InSet() if whole:
            for option in numbers[1:]:
                _guard_comparison(place, numbers[0], option)
        case Negate():
            return bands.negate(numbers[0])
        case Arithmetic(op=op):
            return _arithmetic(place, op, numbers[0], numbers[1])
        case Call(function=function) if function not in (Function.COUNT, Function.COUNT_TRUE):
            return _called(place, step, function, numbers)
        case _:
            return _constant(step.value)
    return None


def _guard_comparison(place: Place, one: Band, other: Band) -> None:
    """Every comparison of two numbers is decided by how the greatest of each stands to the least of the other."""
    compared(place, one.high, other.low)
    compared(place, one.low, other.high)


def _arithmetic(place: Place, op: ArithmeticOp, left: Band, right: Band) -> Band | None:
    match op:
        case ArithmeticOp.ADD:
            return bands.add(place, left, right)
        case ArithmeticOp.SUB:
            return bands.add(place, left, bands.negate(right))
        case ArithmeticOp.MUL:
            return bands.multiply(place, left, right)
        case ArithmeticOp.DIV:
            return bands.divide(place, left, right)


def _called(place: Place, step: Step, function: Function, values: list[Band]) -> Band:
    match function:
        case Function.ABS:
            return bands.absolute(place, values[0])
        case Function.MIN:
            return bands.least(place, values)
        case Function.MAX:
            return bands.greatest(place, values)
        case Function.SUM:
            return bands.total(place, values)
        case Function.MEAN:
            share = bands.exact(fixed(Fraction(1, len(values))))
            return bands.multiply(place, bands.total(place, values), share)
        case _:
            assert function in _ROUNDINGS
            digits = int(cast("Fraction", step.parts[1].value)) if len(values) == 2 else 0
            return bands.round_to(place, values[0], function, digits)


def _mentions(step: Step, variable: FactKey) -> bool:
    """Whether the value of the step can depend on the variable."""
    pending = [step]
    while pending:
        current = pending.pop()
        if isinstance(current.expr, FactRef) and current.expr.key == variable:
            return True
        pending.extend(current.parts)
    return False


def _agrees(place: Place, found: Band, value: Value) -> bool:
    """Whether the ends have, at the place, the value that the record evaluator gives there."""
    if isinstance(value, datetime.date):
        value = Fraction(value.toordinal())
    if not isinstance(value, (Fraction, Interval)):
        return True
    for end, known in zip((found.low, found.high), bounds(value), strict=True):
        if (None if isinstance(end, float) else value_of(place, end)) != known:
            return False
    return True
