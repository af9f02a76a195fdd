"""Places inside a tree: a route is the sequence of part numbers that leads from the whole expression to one part."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.language import tree as t
from ncriteria.language.queries import parts, with_parts

Route = tuple[int, ...]


def routes(expr: t.Expr, route: Route = ()) -> Iterator[tuple[Route, t.Expr]]:
    """Every part of `expr`, itself included, with its route; outermost first, in the order of the text."""
    yield route, expr
    for index, part in enumerate(parts(expr)):
        yield from routes(part, (*route, index))


def part_at(expr: t.Expr, route: Route) -> t.Expr:
    """The part that `route` leads to."""
    for index in route:
        expr = parts(expr)[index]
    return expr


def period_at(expr: t.Expr, route: Route) -> t.Period:
    """The period that the part at `route` is taken from, by the period forms around it."""
    period: t.Period = t.THIS_YEAR
    for index in route:
        if isinstance(expr, t.Earlier):
            period = t.shift(expr.period, period)
        expr = parts(expr)[index]
    return period


def replaced(expr: t.Expr, route: Route, new: t.Expr) -> t.Expr:
    """`expr` with the part at `route` replaced by `new`."""
    if not route:
        return new
    inner = list(parts(expr))
    inner[route[0]] = replaced(inner[route[0]], route[1:], new)
    return with_parts(expr, inner)
