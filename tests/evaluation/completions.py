"""The meaning of rules over facts that are all known, written again and independently: what the laws compare with."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product
from math import floor

from ncriteria.language.tree import (
    Ago,
    And,
    Arithmetic,
    ArithmeticOp,
    AssessmentYear,
    Boolean,
    Call,
    Coalesce,
    Compare,
    CompareOp,
    Date,
    Decreasing,
    Earlier,
    FactKey,
    FactRef,
    Function,
    If,
    InRange,
    InSet,
    Known,
    Met,
    MetYears,
    Negate,
    Not,
    Number,
    Or,
    Parameter,
    ParameterBy,
    SumYears,
    Text,
    Within,
    verdict_name,
)

COMPARISONS = {
    CompareOp.EQ: operator.eq,
    CompareOp.NE: operator.ne,
    CompareOp.LT: operator.lt,
    CompareOp.LE: operator.le,
    CompareOp.GT: operator.gt,
    CompareOp.GE: operator.ge,
}
ARITHMETIC = {
    ArithmeticOp.ADD: operator.add,
    ArithmeticOp.SUB: operator.sub,
    ArithmeticOp.MUL: operator.mul,
    ArithmeticOp.DIV: operator.truediv,
}


class World:
    """One way that everything can be: facts by name and calendar year, and the other leaves by what they say."""

    def __init__(self, year, facts, parameters=None, met=None, shares=None):
        self.year = year
        self.facts = facts
        self.parameters = parameters or {}
        self.met = {} if met is None else met
        self.shares = shares or {}

    def value(self, expr):
        """The value of a rule in the assessment year; raises `ZeroDivisionError` where it has none."""
        return self._value(expr, self.year)

    def _value(self, expr, year):
        match expr:
            case Number(value=value) | Boolean(value=value) | Text(value=value) | Date(value=value):
                return value
            case FactRef(name=name, period=period):
                return self.facts[name, _year(period, year)]
            case Earlier(operand=operand, period=period):
                return self._value(operand, _year(period, year))
            case SumYears(operand=operand, years=years):
                return sum(self._value(operand, year - back) for back in range(years))
            case Decreasing(operand=operand, years=years):
                series = [self._value(operand, year - back) for back in range(years)]
                return all(later < before for later, before in pairwise(series))
            case AssessmentYear():
                return Fraction(year)
            case Parameter(name=name):
                return self.parameters[name]
            case ParameterBy(name=name, by=by):
                return self.parameters[f"{name}[{self._value(by, year)}]"]
            case Met(path=path):
                return self._met(path, year)
            case MetYears(path=path, years=years):
                return all(self._met(path, year - back) for back in range(years))
            case Within(measure=measure, level=level, path=path):
                return self.shares[measure, level, path]
            case And(operands=operands):
                return self._deciding(operands, year, deciding=False)
            case Or(operands=operands):
                return self._deciding(operands, year, deciding=True)
            case If(condition=condition, consequence=consequence, alternative=alternative):
                return self._value(consequence if self._value(condition, year) else alternative, year)
            case Coalesce(operand=operand):
                return self._value(operand, year)
            case Known(operand=operand):
                self._value(operand, year)
                return True
            case Call(function=Function.ALL, arguments=operands):
                return self._deciding(operands, year, deciding=False)
            case Call(function=Function.ANY, arguments=operands):
                return self._deciding(operands, year, deciding=True)
            case _:
                return _applied(expr, [self._value(part, year) for part in _operands(expr)])

    def _met(self, path, year):
        return self.met[path] if year == self.year else self.facts[verdict_name(path), year]

    def _deciding(self, operands, year, *, deciding):
        """And, or: an operand that decides is enough, even beside one that has no value."""
        failed = None
        for operand in operands:
            try:
                if self._value(operand, year) is deciding:
                    return deciding
            except ZeroDivisionError as error:
                failed = error
        if failed is not None:
            raise failed
        return not deciding


def _year(period, year):
    return year - period.years if isinstance(period, Ago) else period.year


def _operands(expr):
    match expr:
        case Negate(operand=operand) | Not(operand=operand):
            return [operand]
        case Arithmetic(left=left, right=right) | Compare(left=left, right=right):
            return [left, right]
        case InRange(value=value, low=low, high=high):
            return [value, low, high]
        case InSet(value=value, options=options):
            return [value, *options]
        case Call(arguments=arguments):
            return arguments
    raise AssertionError(expr)


def _applied(expr, values):
    match expr:
        case Negate():
            return -values[0]
        case Not():
            return not values[0]
        case Arithmetic(op=op) if any(isinstance(value, date) for value in values):
            return _of_days(op, *values)
        case Arithmetic(op=op):
            return ARITHMETIC[op](*values)
        case Compare(op=op, order=order):
            return COMPARISONS[op](*_places(order, values))
        case InRange(low_closed=low_closed, high_closed=high_closed, order=order):
            value, low, high = _places(order, values)
            return (low <= value if low_closed else low < value) and (value <= high if high_closed else value < high)
        case InSet():
            return values[0] in values[1:]
        case Call(function=function):
            return _called(function, values)
    raise AssertionError(expr)


def _places(order, values):
    """The places of the values of an ordered enumeration; other values as they are."""
    return [order.index(value) for value in values] if order else values


def _of_days(op, one, other):
    """Days between two days, or a day some days from another, never outside of the calendar."""
    if isinstance(one, date) and isinstance(other, date):
        return Fraction((one - other).days)
    day, days = (one, other) if isinstance(one, date) else (other, one)
    try:
        return ARITHMETIC[op](day, timedelta(int(days)))
    except OverflowError:
        return date.max if (days > 0) is (op is ArithmeticOp.ADD) else date.min


def _called(function, values):
    match function:
        case Function.ABS:
            return abs(values[0])
        case Function.FLOOR:
            return Fraction(floor(values[0]))
        case Function.CEILING:
            return Fraction(-floor(-values[0]))
        case Function.ROUND_UP | Function.ROUND_DOWN:
            scale = Fraction(10) ** int(values[1]) if len(values) == 2 else 1
            size = abs(values[0]) * scale
            whole = Fraction(-floor(-size) if function is Function.ROUND_UP else floor(size)) / scale
            return whole if values[0] >= 0 else -whole
        case Function.ROUND_HALF_UP:
            scale = Fraction(10) ** int(values[1]) if len(values) == 2 else 1
            size = Fraction(floor(abs(values[0]) * scale * 2 + 1) // 2) / scale
            return size if values[0] >= 0 else -size
        case Function.ROUND_HALF_EVEN:
            return Fraction(round(values[0], int(values[1]) if len(values) == 2 else 0))
        case Function.MIN:
            return min(values)
        case Function.MAX:
            return max(values)
        case Function.SUM:
            return sum(values)
        case Function.MEAN:
            return sum(values) / Fraction(len(values))
        case Function.COUNT:
            return Fraction(len(values))
        case Function.YEAR:
            return Fraction(values[0].year)
        case Function.MONTH:
            return Fraction(values[0].month)
        case Function.QUARTER:
            return Fraction({1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 3}.get(values[0].month, 4))
        case Function.COUNT_TRUE:
            return Fraction(sum(values))
    raise AssertionError(function)


NO_VALUE = "no value"


def outcome(world, expr):
    """The value of a rule in a world, or `NO_VALUE`."""
    try:
        return world.value(expr)
    except ZeroDivisionError:
        return NO_VALUE


def completions(domains: Mapping[FactKey, tuple], year: int) -> Iterator[dict]:
    """Every way that facts can take the values of their domains, by name and calendar year."""
    keys = list(domains)
    for values in product(*domains.values()):
        yield {(key.name, _year(key.period, year)): value for key, value in zip(keys, values, strict=True)}
