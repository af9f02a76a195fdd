"""Places inside a tree: a route is the sequence of part numbers that leads from the whole expression to one part."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.language.queries import parts, with_parts
from ncriteria.language.tree import (
    THIS_YEAR,
    Earlier,
    Expr,
    Period,
    shift,
)

Route = tuple[int, ...]


def routes(expr: Expr, route: Route = ()) -> Iterator[tuple[Route, Expr]]:
    """Every part of `expr`, itself included, with its route; outermost first, in the order of the text."""
    yield route, expr
    for index, part in enumerate(parts(expr)):
        yield from routes(part, (*route, index))


def part_at(expr: Expr, route: Route) -> Expr:
    """The part that `route` leads to."""
    for index in route:
        expr = parts(expr)[index]
    return expr


def period_at(expr: Expr, route: Route) -> Period:
    """The period that the part at `route` is taken from, by the period forms around it."""
    period: Period = THIS_YEAR
    for index in route:
        if isinstance(expr, Earlier):
            period = shift(expr.period, period)
        expr = parts(expr)[index]
    return period


def replaced(expr: Expr, route: Route, new: Expr) -> Expr:
    """`expr` with the part at `route` replaced by `new`."""
    if not route:
        return new
    inner = list(parts(expr))
    inner[route[0]] = replaced(inner[route[0]], route[1:], new)
    return with_parts(expr, inner)
