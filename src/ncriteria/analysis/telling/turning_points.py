"""Where a comparison turns as one fact varies and all others have one plain number, whatever stands in its sides.

Of `if`, `min` and `max` each branch is followed, of a rounding what is rounded: a search wants the places that are
worth a try, and the evaluator says what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import reduce
from itertools import islice, product
from typing import assert_never

from ncriteria.analysis.telling.boundaries import Threshold
from ncriteria.analysis.telling.polynomials import (
    ONE,
    Polynomial,
    constant,
    minus,
    plus,
    scaled,
    sign_changes,
    times,
)
from ncriteria.language import tree as t
from ncriteria.quick_classes import frozen

_MOST_FORMS = 40
_MOST_POWERS = 4


@frozen
class _Quotient:
    """One polynomial of the fact over another."""

    above: Polynomial
    below: Polynomial = ONE


@frozen
class _Place:
    """The fact that varies, the number that all others have, and the values of the parameters."""

    leaf: t.FactRef
    base: Fraction
    parameters: Mapping[str, Fraction]


def turning_points(
    threshold: Threshold, leaf: t.FactRef, base: Fraction, parameters: Mapping[str, Fraction], step: Fraction
) -> Iterator[Fraction]:
    """Multiples of `step` at and beside which the sides may change places, where all other facts are `base`."""
    at = _Place(leaf, base, parameters)
    pairs = product(_forms(threshold.left, at), _forms(threshold.right, at))
    found: dict[Fraction, None] = {}
    for left, right in islice(pairs, _MOST_FORMS):
        sides = minus(times(left.above, right.below), times(right.above, left.below))
        for polynomial in (sides, left.below, right.below):
            for change in _changes(polynomial, step):
                found.update(dict.fromkeys(step * number for number in (change, change - 1, change + 1)))
    yield from found


def _changes(polynomial: Polynomial, step: Fraction) -> list[int]:
    """The multiples of `step` at which the sign is another than one step before."""
    if not 1 < len(polynomial) <= _MOST_POWERS + 1:
        return []
    return sign_changes(tuple(value * step**power for power, value in enumerate(polynomial)), None, None)


def _forms(expr: t.Expr, at: _Place) -> list[_Quotient]:
    """What `expr` may be, a branch at a time; nothing where it holds more than numbers."""
    return list(dict.fromkeys(islice(_each_form(expr, at), _MOST_FORMS)))


def _each_form(expr: t.Expr, at: _Place) -> Iterator[_Quotient]:
    match expr:
        case t.Number(value=value):
            yield _Quotient(constant(value))
        case t.Parameter(name=name):
            if name in at.parameters:
                yield _Quotient(constant(at.parameters[name]))
        case t.FactRef():
            yield _Quotient((Fraction(0), Fraction(1)) if expr.key == at.leaf.key else constant(at.base))
        case t.Negate(operand=operand):
            yield from map(_negated, _forms(operand, at))
        case t.Arithmetic(op=op, left=left, right=right):
            for one, other in product(_forms(left, at), _forms(right, at)):
                yield _combined(op, one, other)
        case t.If(consequence=consequence, alternative=alternative):
            yield from _of_any((consequence, alternative), at)
        case t.ParameterBy(values=values):
            yield from _of_any(values, at)
        case t.Coalesce(operand=operand, default=default):
            yield from _of_any((operand, default), at)
        case t.Call(function=function, arguments=arguments):
            yield from _called(function, arguments, at)
        case _:
            pass


def _of_any(exprs: Iterable[t.Expr], at: _Place) -> Iterator[_Quotient]:
    for expr in exprs:
        yield from _forms(expr, at)


def _called(function: t.Function, arguments: tuple[t.Expr, ...], at: _Place) -> Iterator[_Quotient]:
    match function:
        case t.Function.MIN | t.Function.MAX:
            yield from _of_any(arguments, at)
        case t.Function.ABS:
            for form in _forms(arguments[0], at):
                yield from (form, _negated(form))
        case t.Function.SUM | t.Function.MEAN:
            share = Fraction(1, len(arguments)) if function is t.Function.MEAN else Fraction(1)
            for forms in product(*(_forms(argument, at) for argument in arguments)):
                total = reduce(lambda one, other: _combined(t.ArithmeticOp.ADD, one, other), forms)
                yield _Quotient(scaled(total.above, share), total.below)
        case t.Function.ALL | t.Function.ANY | t.Function.COUNT | t.Function.COUNT_TRUE:
            pass
        case t.Function.YEAR | t.Function.MONTH | t.Function.QUARTER:
            pass
        case _:
            yield from _forms(arguments[0], at)


def _negated(form: _Quotient) -> _Quotient:
    return _Quotient(scaled(form.above, Fraction(-1)), form.below)


def _combined(op: t.ArithmeticOp, one: _Quotient, other: _Quotient) -> _Quotient:
    match op:
        case t.ArithmeticOp.ADD | t.ArithmeticOp.SUB:
            joined = plus if op is t.ArithmeticOp.ADD else minus
            above = joined(times(one.above, other.below), times(other.above, one.below))
            return _Quotient(above, times(one.below, other.below))
        case t.ArithmeticOp.MUL:
            return _Quotient(times(one.above, other.above), times(one.below, other.below))
        case t.ArithmeticOp.DIV:
            return _Quotient(times(one.above, other.below), times(one.below, other.above))
        case _:
            assert_never(op)
