"""Questions about a tree: its parts, its facts, its size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from attrs import evolve

from ncriteria.language.tree import (
    THIS_YEAR,
    Ago,
    And,
    Arithmetic,
    Boolean,
    Call,
    Coalesce,
    Compare,
    Date,
    Decreasing,
    Earlier,
    Expr,
    FactKey,
    FactRef,
    If,
    InRange,
    InSet,
    Known,
    Met,
    Negate,
    Not,
    Number,
    Or,
    Parameter,
    Period,
    ShareMet,
    SumYears,
    Text,
    earlier,
    shift,
)


def parts(expr: Expr) -> tuple[Expr, ...]:
    """The expressions that `expr` is directly made of, in the order of the text."""
    match expr:
        case Number() | Boolean() | Text() | Date() | FactRef() | Parameter() | Met() | ShareMet():
            return ()
        case Arithmetic(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case And(operands=operands) | Or(operands=operands):
            return operands
        case Not(operand=operand) | Negate(operand=operand) | Known(operand=operand):
            return (operand,)
        case Earlier(operand=operand) | SumYears(operand=operand) | Decreasing(operand=operand):
            return (operand,)
        case Call(arguments=arguments):
            return arguments
        case InRange(value=value, low=low, high=high):
            return (value, low, high)
        case InSet(value=value, options=options):
            return (value, *options)
        case If(condition=condition, consequence=consequence, alternative=alternative):
            return (condition, consequence, alternative)
        case Coalesce(operand=operand, default=default):
            return (operand, default)
        case _:
            assert_never(expr)


def with_parts(expr: Expr, made: Sequence[Expr]) -> Expr:
    """`expr` made of other parts; the inverse of `parts`: `with_parts(e, parts(e)) == e`."""
    match expr:
        case Number() | Boolean() | Text() | Date() | FactRef() | Parameter() | Met() | ShareMet():
            return expr
        case Arithmetic() | Compare():
            left, right = made
            return evolve(expr, left=left, right=right)
        case And() | Or():
            return evolve(expr, operands=tuple(made))
        case Not() | Negate() | Known() | Earlier() | SumYears() | Decreasing():
            (operand,) = made
            return evolve(expr, operand=operand)
        case Call():
            return evolve(expr, arguments=tuple(made))
        case InRange():
            value, low, high = made
            return evolve(expr, value=value, low=low, high=high)
        case InSet():
            value, *options = made
            return evolve(expr, value=value, options=tuple(options))
        case If():
            condition, consequence, alternative = made
            return evolve(expr, condition=condition, consequence=consequence, alternative=alternative)
        case Coalesce():
            operand, default = made
            return evolve(expr, operand=operand, default=default)
        case _:
            assert_never(expr)


def walk(expr: Expr) -> Iterator[Expr]:
    """`expr` and every expression inside it, outermost first, in the order of the text."""
    pending = [expr]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(parts(current)))


def facts_of(expr: Expr, period: Period = THIS_YEAR) -> tuple[FactKey, ...]:
    """Every fact that `expr` mentions, with the period it is taken from, each once, in the order of the text."""
    return tuple(dict.fromkeys(_facts(expr, period)))


def _facts(expr: Expr, period: Period) -> Iterator[FactKey]:
    match expr:
        case FactRef(name=name, period=own):
            yield FactKey(name, shift(own, period))
        case Earlier(operand=operand, period=own):
            yield from _facts(operand, shift(own, period))
        case SumYears(operand=operand, years=years) | Decreasing(operand=operand, years=years):
            for back in range(years):
                yield from _facts(operand, shift(Ago(back), period))
        case _:
            for part in parts(expr):
                yield from _facts(part, period)


def fact_names(expr: Expr) -> frozenset[str]:
    """The names of the facts that `expr` mentions, whatever the period."""
    return frozenset(node.name for node in walk(expr) if isinstance(node, FactRef))


def nesting(expr: Expr) -> int:
    """How many levels of nodes `expr` has."""
    return 1 + max(map(nesting, parts(expr)), default=0)


def earlier_terms(expr: Expr) -> tuple[Expr, ...]:
    """The outermost parts of `expr` that are taken from an earlier or a fixed year, each once."""
    match expr:
        case FactRef(period=period):
            return () if period == THIS_YEAR else (expr,)
        case Earlier():
            return (expr,)
        case SumYears(operand=operand, years=years) | Decreasing(operand=operand, years=years):
            return tuple(earlier(operand, Ago(back)) for back in range(1, years))
        case _:
            return tuple(dict.fromkeys(term for part in parts(expr) for term in earlier_terms(part)))
