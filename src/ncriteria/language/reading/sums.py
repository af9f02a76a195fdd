"""Sums over the units inside, written out: what is added up there becomes a sum for each fact.

A sum of sums, differences and multiples is the same of the sums, whatever is missing; so `sum_of(hamlet, 2 * a + b)` is
`2 * sum_of(hamlet, a) + sum_of(hamlet, b)`. A product or a rate of facts has no such form, and is refused.
"""

from __future__ import annotations

from attrs import evolve

from ncriteria.language import tree as t
from ncriteria.language.printer import show
from ncriteria.language.queries import fact_names, walk
from ncriteria.language.source import Finding, FindingsError, Span
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase


@frozen
class _Adding:
    """The level of the units, where the sum stands, and the period that what is added up is taken from."""

    level: str
    span: Span | None
    period: t.Period = t.THIS_YEAR


def sum_over(level: str, inner: t.Expr, span: Span | None) -> t.Expr:
    """What `inner` of the units of a level comes to in all; raises `FindingsError` where that is not told by facts."""
    return _sum(_Adding(level, span), inner)


def _sum(adding: _Adding, inner: t.Expr) -> t.Expr:
    span = inner.span
    match inner:
        case t.FactRef():
            term = t.earlier(inner, adding.period, span)
            return t.Within(t.Measure.SUM_OF, adding.level, f"sum_of({show(term)})", term, span=adding.span)
        case t.Negate(operand=operand):
            return t.Negate(_sum(adding, operand), span=span)
        case t.Arithmetic(op=t.ArithmeticOp.ADD | t.ArithmeticOp.SUB as op, left=left, right=right):
            return t.Arithmetic(op, _sum(adding, left), _sum(adding, right), span=span)
        case t.Arithmetic(op=t.ArithmeticOp.MUL as op, left=left, right=right) if not _is_of_units(left):
            return t.Arithmetic(op, _factor(adding, left), _sum(adding, right), span=span)
        case t.Arithmetic(op=op, left=left, right=right) if not _is_of_units(right):
            return t.Arithmetic(op, _sum(adding, left), _factor(adding, right), span=span)
        case t.Call(function=t.Function.SUM, arguments=arguments):
            return t.Call(t.Function.SUM, tuple(_sum(adding, one) for one in arguments), span=span)
        case t.Earlier(operand=operand, period=period):
            return _sum(evolve(adding, period=t.shift(period, adding.period)), operand)
        case t.SumYears(operand=operand, years=years):
            back = (evolve(adding, period=t.shift(t.Ago(one), adding.period)) for one in range(years))
            return t.Call(t.Function.SUM, tuple(_sum(one, operand) for one in back), span=span)
        case _:
            raise FindingsError([_refusal(inner)])


def _is_of_units(expr: t.Expr) -> bool:
    """Whether a part is told of each unit, and not the same for all of them."""
    return bool(fact_names(expr)) or any(isinstance(node, t.Within) for node in walk(expr))


def _factor(adding: _Adding, expr: t.Expr) -> t.Expr:
    """What the sum is multiplied or divided by, which only the assessment year makes another in another year."""
    is_of_year = any(isinstance(node, t.AssessmentYear) for node in walk(expr))
    return t.earlier(expr, adding.period, expr.span) if is_of_year and adding.period != t.THIS_YEAR else expr


def _refusal(inner: t.Expr) -> Finding:
    if not _is_of_units(inner):
        message = phrase("`{part}` is no fact of the units inside, so there is nothing to add up", part=show(inner))
        return Finding("NC406", message, inner.span, phrase("add it outside of `sum_of`"))
    message = phrase("`sum_of` adds up facts of the units inside, their sums and multiples, and not this")
    hint = phrase("of a rate, divide one sum by another; units of which a condition holds are counted by `count_of`")
    return Finding("NC406", message, inner.span, hint)
