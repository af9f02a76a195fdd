"""Questions about a tree: its parts, its facts, its size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from attrs import evolve

from ncriteria.language import tree as t


def parts(expr: t.Expr) -> tuple[t.Expr, ...]:
    """The expressions that `expr` is directly made of, in the order of the text."""
    match expr:
        case t.Number() | t.Boolean() | t.Text() | t.Date() | t.FactRef() | t.Parameter() | t.Met() | t.Within():
            return ()
        case t.AssessmentYear() | t.MetYears():
            return ()
        case t.Arithmetic(left=left, right=right) | t.Compare(left=left, right=right):
            return (left, right)
        case t.And(operands=operands) | t.Or(operands=operands):
            return operands
        case t.Not(operand=operand) | t.Negate(operand=operand) | t.Known(operand=operand):
            return (operand,)
        case t.Earlier(operand=operand) | t.SumYears(operand=operand) | t.Decreasing(operand=operand):
            return (operand,)
        case t.Call(arguments=arguments):
            return arguments
        case t.InRange(value=value, low=low, high=high):
            return (value, low, high)
        case t.InSet(value=value, options=options):
            return (value, *options)
        case t.ParameterBy(by=by, values=values):
            return (by, *values)
        case t.If(condition=condition, consequence=consequence, alternative=alternative):
            return (condition, consequence, alternative)
        case t.Coalesce(operand=operand, default=default):
            return (operand, default)
        case _:
            assert_never(expr)


def with_parts(expr: t.Expr, made: Sequence[t.Expr]) -> t.Expr:
    """`expr` made of other parts; the inverse of `parts`: `with_parts(e, parts(e)) == e`."""
    match expr:
        case t.Number() | t.Boolean() | t.Text() | t.Date() | t.FactRef() | t.Parameter() | t.Met() | t.Within():
            return expr
        case t.AssessmentYear() | t.MetYears():
            return expr
        case t.Arithmetic() | t.Compare():
            left, right = made
            return evolve(expr, left=left, right=right)
        case t.And() | t.Or():
            return evolve(expr, operands=tuple(made))
        case t.Not() | t.Negate() | t.Known() | t.Earlier() | t.SumYears() | t.Decreasing():
            (operand,) = made
            return evolve(expr, operand=operand)
        case t.Call():
            return evolve(expr, arguments=tuple(made))
        case t.InRange():
            value, low, high = made
            return evolve(expr, value=value, low=low, high=high)
        case t.InSet():
            value, *options = made
            return evolve(expr, value=value, options=tuple(options))
        case t.ParameterBy():
            by, *values = made
            return evolve(expr, by=by, values=tuple(values))
        case t.If():
            condition, consequence, alternative = made
            return evolve(expr, condition=condition, consequence=consequence, alternative=alternative)
        case t.Coalesce():
            operand, default = made
            return evolve(expr, operand=operand, default=default)
        case _:
            assert_never(expr)


def with_orders(expr: t.Expr, orders: Mapping[str, tuple[str, ...]]) -> t.Expr:
    """`expr` whose comparisons know the options of ordered enumerations, by fact, in their order."""
    made = with_parts(expr, [with_orders(part, orders) for part in parts(expr)])
    if not isinstance(made, (t.Compare, t.InRange)):
        return made
    order = next((order for part in parts(made) if (order := _order_of(part, orders))), ())
    return evolve(made, order=order) if order else made


def by_option(name: str, option: str) -> str:
    """The name of the parameter that `param.name[fact]` is for one option of the fact."""
    return f"{name}[{option}]"


def with_options(expr: t.Expr, options: Mapping[str, tuple[str, ...]]) -> t.Expr:
    """`expr` whose parameters by an option know their values, each a parameter; `options` has them by name."""
    if isinstance(expr, t.ParameterBy):
        known = options.get(expr.name, ())
        return evolve(expr, options=known, values=tuple(t.Parameter(by_option(expr.name, one)) for one in known))
    return with_parts(expr, [with_options(part, options) for part in parts(expr)])


def _order_of(expr: t.Expr, orders: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    match expr:
        case t.FactRef(name=name):
            return orders.get(name, ())
        case t.Earlier(operand=operand) | t.Coalesce(operand=operand):
            return _order_of(operand, orders)
        case t.If(consequence=consequence, alternative=alternative):
            return _order_of(consequence, orders) or _order_of(alternative, orders)
        case _:
            return ()


def walk(expr: t.Expr) -> Iterator[t.Expr]:
    """`expr` and every expression inside it, outermost first, in the order of the text."""
    pending = [expr]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(parts(current)))


def year_of(period: t.Period, year: int) -> int:
    """The year of a period as seen from an assessment `year`."""
    match period:
        case t.Ago(back):
            return year - back
        case t.InYear(fixed):
            return fixed


def facts_of(expr: t.Expr) -> tuple[t.FactKey, ...]:
    """Every fact that `expr` mentions, with the period it is taken from, each once, in the order of the text.

    Verdicts of other years and standards are among them.
    """
    return tuple(dict.fromkeys(_facts(expr, t.THIS_YEAR)))


def verdicts_of(expr: t.Expr) -> tuple[t.FactKey, ...]:
    """Every verdict that `expr` leans on, with its period, those of the same set and year among them."""
    own = (t.FactKey(t.verdict_name(path)) for path in _own_paths(expr, t.THIS_YEAR))
    return tuple(dict.fromkeys((*own, *(key for key in facts_of(expr) if t.is_verdict(key.name)))))


def _own_paths(expr: t.Expr, period: t.Period) -> Iterator[str]:
    """The clauses of the set itself that are asked for as they are in the year that is judged."""
    match expr:
        case t.Met(path=path):
            yield path
        case t.MetYears(path=path) if t.verdict_in(path, period) == t.Met(path):
            yield path
        case t.Earlier(operand=operand, period=own):
            yield from _own_paths(operand, t.shift(own, period))
        case _:
            for part in parts(expr):
                yield from _own_paths(part, period)


def _facts(expr: t.Expr, period: t.Period) -> Iterator[t.FactKey]:
    match expr:
        case t.FactRef(name=name, period=own):
            yield t.FactKey(name, t.shift(own, period))
        case t.Earlier(operand=operand, period=own):
            yield from _facts(operand, t.shift(own, period))
        case t.MetYears(path=path, years=years):
            for verdict in years_of_verdict(path, years, period):
                yield from _facts(verdict, t.THIS_YEAR)
        case t.SumYears(operand=operand, years=years) | t.Decreasing(operand=operand, years=years):
            for back in range(years):
                yield from _facts(operand, t.shift(t.Ago(back), period))
        case _:
            for part in parts(expr):
                yield from _facts(part, period)


def years_of_verdict(path: str, years: int, period: t.Period) -> tuple[t.Met | t.FactRef, ...]:
    """The verdicts on `path` in so many years that end with `period`, the last of them first."""
    return tuple(t.verdict_in(path, t.shift(t.Ago(back), period)) for back in range(years))


def fact_names(expr: t.Expr) -> frozenset[str]:
    """The names of the facts that `expr` mentions, whatever the period."""
    return frozenset(node.name for node in walk(expr) if isinstance(node, t.FactRef))


def ends_of_range(expr: t.InRange) -> tuple[t.Compare, t.Compare]:
    """What a range says of its lower and of its upper end."""
    above = t.CompareOp.GE if expr.low_closed else t.CompareOp.GT
    below = t.CompareOp.LE if expr.high_closed else t.CompareOp.LT
    lower = t.Compare(above, expr.value, expr.low, order=expr.order)
    return lower, t.Compare(below, expr.value, expr.high, order=expr.order)


def is_constant(expr: t.Expr) -> bool:
    """Whether `expr` rests on nothing that differs from unit to unit: no fact, no clause and no roll-up."""
    return not any(isinstance(node, (t.FactRef, t.Met, t.MetYears, t.Within)) for node in walk(expr))


def counts_truths(expr: t.Expr) -> bool:
    """Whether `expr` is a count of conditions."""
    return isinstance(expr, t.Call) and expr.function is t.Function.COUNT_TRUE


def nesting(expr: t.Expr) -> int:
    """How many levels of nodes `expr` has."""
    return 1 + max(map(nesting, parts(expr)), default=0)


def earlier_terms(expr: t.Expr) -> tuple[t.Expr, ...]:
    """The outermost parts of `expr` that are taken from an earlier or a fixed year, each once."""
    match expr:
        case t.FactRef(period=period):
            return () if period == t.THIS_YEAR else (expr,)
        case t.Earlier():
            return (expr,)
        case t.SumYears(operand=operand, years=years) | t.Decreasing(operand=operand, years=years):
            return tuple(t.earlier(operand, t.Ago(back)) for back in range(1, years))
        case t.MetYears(path=path, years=years):
            return years_of_verdict(path, years, t.THIS_YEAR)[1:]
        case _:
            return tuple(dict.fromkeys(term for part in parts(expr) for term in earlier_terms(part)))
