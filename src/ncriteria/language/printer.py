"""The canonical text of a tree: `parse(show(tree)) == tree`, and equal trees have equal texts."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import assert_never

from ncriteria.errors import expect
from ncriteria.language import tree as t
from ncriteria.language.hints.words import ASSESSMENT_YEAR
from ncriteria.language.queries import by_option
from ncriteria.language.reading.limits import MAX_DIGITS
from ncriteria.language.reading.literals import decimal_exponent, scaled


class _Rank(IntEnum):
    """How tightly a node holds together; an operand of lower rank stands in parentheses."""

    CONDITIONAL = 0
    OR = 1
    AND = 2
    NOT = 3
    COMPARISON = 4
    SUM = 5
    PRODUCT = 6
    UNARY = 7
    ATOM = 8


def show(expr: t.Expr) -> str:
    """The canonical text of `expr`."""
    expect("`expr`", expr, t.Node, "an expression", "`parse` makes one of a text")
    return _show(expr)[0]


def _show(expr: t.Expr) -> tuple[str, _Rank]:
    match expr:
        case t.If(condition=condition, consequence=consequence, alternative=alternative):
            text = f"if {show(condition)} then {show(consequence)} else {show(alternative)}"
            return text, _Rank.CONDITIONAL
        case t.Or(operands=operands):
            return " or ".join(_within(operand, _Rank.AND) for operand in operands), _Rank.OR
        case t.And(operands=operands):
            return " and ".join(_within(operand, _Rank.NOT) for operand in operands), _Rank.AND
        case t.Not(operand=operand):
            return f"not {_within(operand, _Rank.NOT)}", _Rank.NOT
        case t.Compare(op=op, left=left, right=right):
            return f"{_within(left, _Rank.SUM)} {op.value} {_within(right, _Rank.SUM)}", _Rank.COMPARISON
        case t.InRange() | t.InSet():
            return _membership(expr), _Rank.COMPARISON
        case t.Arithmetic(op=op, left=left, right=right):
            rank = _Rank.SUM if op in (t.ArithmeticOp.ADD, t.ArithmeticOp.SUB) else _Rank.PRODUCT
            return f"{_within(left, rank)} {op.value} {_within(right, _Rank(rank + 1))}", rank
        case t.Negate(operand=operand):
            return f"-{_within(operand, _Rank.UNARY)}", _Rank.UNARY
        case _:
            return _atom(expr), _Rank.ATOM


def _within(expr: t.Expr, least: _Rank) -> str:
    text, rank = _show(expr)
    return text if rank >= least else f"({text})"


def _membership(expr: t.InRange | t.InSet) -> str:
    value = _within(expr.value, _Rank.SUM)
    if isinstance(expr, t.InSet):
        return f"{value} in ({', '.join(_within(option, _Rank.SUM) for option in expr.options)})"
    opening, closing = "[" if expr.low_closed else "(", "]" if expr.high_closed else ")"
    return f"{value} in {opening}{_within(expr.low, _Rank.SUM)}..{_within(expr.high, _Rank.SUM)}{closing}"


Atom = (
    t.Number
    | t.Boolean
    | t.Text
    | t.Date
    | t.FactRef
    | t.Parameter
    | t.ParameterBy
    | t.AssessmentYear
    | t.Call
    | t.Earlier
    | t.SumYears
    | t.Decreasing
    | t.Known
    | t.Coalesce
) | (t.Met | t.MetYears | t.Within)
"""What stands in a formula without parentheses around it."""


def _atom(expr: Atom) -> str:
    match expr:
        case t.Number(value=value, percent=percent):
            return show_number(value * 100) + "%" if percent else show_number(value)
        case t.Boolean(value=value):
            return "true" if value else "false"
        case t.Text(value=value):
            return f'"{value}"'
        case t.Date(value=value):
            return f'@"{value.isoformat()}"'
        case t.FactRef(key=key):
            return str(key)
        case t.Parameter(name=name):
            return f"param.{name}"
        case t.ParameterBy(name=name, by=by):
            return f"param.{by_option(name, show(by))}"
        case t.AssessmentYear():
            return ASSESSMENT_YEAR
        case t.Call(function=function, arguments=arguments):
            return f"{function.value}({', '.join(map(show, arguments))})"
        case t.Earlier(operand=operand, period=period):
            return _earlier(show(operand), period)
        case t.SumYears(operand=operand, years=years):
            return f"sum_years({show(operand)}, {years})"
        case t.Decreasing(operand=operand, years=years):
            return f"decreasing({show(operand)}, {years})"
        case t.Known(operand=operand):
            return f"known({show(operand)})"
        case t.Coalesce(operand=operand, default=default):
            return f"coalesce({show(operand)}, {show(default)})"
        case t.Met(path=path):
            return t.verdict_name(path)
        case t.MetYears(path=path, years=years):
            return f'met_years("{path}", {years})'
        case t.Within(measure=measure, level=level, path=path, inner=inner):
            asked = f'"{path}"' if inner is None else show(inner)
            return f"{measure.value}({level}, {asked})"
        case _:
            assert_never(expr)


def _earlier(operand: str, period: t.Period) -> str:
    match period:
        case t.Ago(1):
            return f"prev_year({operand})"
        case t.Ago(years):
            return f"years_ago({years}, {operand})"
        case t.InYear(year):
            return f"at({operand}, {year})"
        case _:
            assert_never(period)


def show_number(value: Fraction) -> str:
    """The decimal text of a number that has one: `0.95`; with an exponent where it would be too long to read back."""
    exponent = decimal_exponent(value)
    digits = _digits(int(scaled(1, -exponent) * value))
    if exponent >= 0:
        plain = digits + "0" * exponent
    else:
        padded = digits.rjust(1 - exponent, "0")
        plain = f"{padded[:exponent]}.{padded[exponent:]}"
    return plain if len(plain) <= MAX_DIGITS else f"{digits}e{exponent}"


def _digits(number: int) -> str:
    """The digits of a whole number, however many there are: Python writes no more than 4,300 of an `int`."""
    return str(Decimal(number))


def show_rational(value: Fraction) -> str:
    """The text of any number: a decimal where it has one, `1/3` where it has none, `-` before one below 0."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    text = show_number(abs(value)) if rest == 1 else f"{_digits(abs(value.numerator))}/{_digits(value.denominator)}"
    return f"-{text}" if value < 0 else text
