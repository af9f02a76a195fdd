"""Where figures of facts meet in a rule: they are compared, added, divided, or one of them is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, assert_never

from ncriteria.language import tree as t
from ncriteria.language.operators import ROUNDINGS
from ncriteria.quick_classes import frozen


@frozen
class Meeting:
    """An operation, and for each of its operands the facts whose values go into it."""

    at: t.Expr
    operands: tuple[tuple[t.FactKey, ...], ...]


def meetings(expr: t.Expr) -> tuple[Meeting, ...]:
    """Every operation of `expr` that puts figures together, inner ones first."""
    found: list[Meeting] = []
    _figures(expr, t.THIS_YEAR, found)
    return tuple(found)


_PASSED_ON: Final = frozenset(
    {
        *(*ROUNDINGS, t.Function.ABS),
        *(t.Function.MIN, t.Function.MAX, t.Function.SUM, t.Function.MEAN),
    }
)
"""The functions whose value is made of the figures that they are given."""


def _figures(expr: t.Expr, period: t.Period, found: list[Meeting]) -> tuple[t.FactKey, ...]:
    """The facts whose values go into the value of `expr`; a truth has none."""

    def each(operands: Iterable[t.Expr]) -> list[tuple[t.FactKey, ...]]:
        return [_figures(operand, period, found) for operand in operands]

    match expr:
        case t.FactRef(name=name) if t.is_verdict(name):
            return ()
        case t.FactRef(name=name, period=own):
            return (t.FactKey.of(name, t.shift(own, period)),)
        case t.Earlier(operand=operand, period=own):
            return _figures(operand, t.shift(own, period), found)
        case t.SumYears(operand=operand, years=years) | t.Decreasing(operand=operand, years=years):
            by_year = [_figures(operand, t.shift(t.Ago(back), period), found) for back in range(years)]
            met = _met(expr, by_year, found)
            return met if isinstance(expr, t.SumYears) else ()
        case t.Number() | t.Boolean() | t.Text() | t.Date() | t.Parameter() | t.AssessmentYear():
            return ()
        case t.Within(measure=t.Measure.SUM_OF, inner=t.FactRef() as added):
            return _figures(added, period, found)
        case t.Within(inner=inner):
            each(() if inner is None else (inner,))
            return ()
        case t.Met() | t.MetYears():
            return ()
        case t.Negate(operand=operand):
            return _figures(operand, period, found)
        case t.Arithmetic(left=left, right=right):
            return _met(expr, each((left, right)), found)
        case t.Coalesce(operand=operand, default=default):
            return _met(expr, each((operand, default)), found)
        case t.If(condition=condition, consequence=consequence, alternative=alternative):
            each((condition,))
            return _met(expr, each((consequence, alternative)), found)
        case t.Compare(left=left, right=right):
            _met(expr, each((left, right)), found)
            return ()
        case t.InRange(value=value, low=low, high=high):
            _met(expr, each((value, low, high)), found)
            return ()
        case t.InSet(value=value, options=options):
            _met(expr, each((value, *options)), found)
            return ()
        case t.Call(function=function, arguments=arguments):
            given = each(arguments)
            return _met(expr, given, found) if function in _PASSED_ON else ()
        case t.ParameterBy(by=by):
            each((by,))
            return ()
        case t.Not(operand=operand) | t.Known(operand=operand):
            each((operand,))
            return ()
        case t.And(operands=operands) | t.Or(operands=operands):
            each(operands)
            return ()
        case _:
            assert_never(expr)


def _met(at: t.Expr, operands: Iterable[tuple[t.FactKey, ...]], found: list[Meeting]) -> tuple[t.FactKey, ...]:
    given = tuple(keys for keys in operands if keys)
    if len(given) > 1:
        found.append(Meeting(at, given))
    return tuple(dict.fromkeys(key for keys in given for key in keys))
