"""Generated conditions over the facts of a criteria set: well-typed, of every construct that its facts allow."""

from __future__ import annotations

import datetime
from fractions import Fraction

from hypothesis import strategies as st

from ncriteria.evaluation.criteria import Criteria, definition_of
from ncriteria.language.limits import MAX_CHARACTERS, MAX_NESTING
from ncriteria.language.printer import show
from ncriteria.language.queries import nesting
from ncriteria.language.tree import (
    THIS_YEAR,
    Ago,
    And,
    Arithmetic,
    ArithmeticOp,
    Boolean,
    Call,
    Compare,
    CompareOp,
    Date,
    Decreasing,
    Expr,
    FactRef,
    Function,
    If,
    InRange,
    InSet,
    Not,
    Number,
    Or,
    Parameter,
    SumYears,
    Text,
    earlier,
)
from ncriteria.language.types import PLAIN, NumberType
from ncriteria.sets.model import CriteriaSet, FactDeclaration, FactType
from ncriteria.sets.reading.declarations import type_of_fact, type_of_parameter

_PERIODS = st.sampled_from((THIS_YEAR, Ago(1), Ago(2)))
_NUMERALS = st.one_of(
    st.builds(Number, st.integers(0, 20).map(Fraction)),
    st.builds(Number, st.sampled_from((Fraction(1, 2), Fraction(19, 20), Fraction(7, 10)))),
    st.builds(lambda share: Number(Fraction(share, 100), True), st.integers(0, 100)),
)
_COMPARISONS = st.sampled_from(CompareOp)
_EQUALITIES = st.sampled_from((CompareOp.EQ, CompareOp.NE))


def expressions(criteria: Criteria | CriteriaSet) -> st.SearchStrategy[Expr]:
    """Conditions that the static check passes, over the facts and parameters of `criteria`.

    Numbers that are added or compared have one unit; a divisor may be 0, and then there is no value. Without knowledge
    forms and without references to clauses, so that knowledge monotonicity holds for them. They shrink to few and short
    parts.
    """
    definition = definition_of(criteria)
    leaves: list[st.SearchStrategy[Expr]] = [st.builds(Boolean, st.booleans())]
    leaves += [_of_fact(declaration) for declaration in definition.facts.values()]
    leaves += [_of_numbers(numbers) for numbers in _numbers_by_unit(definition)]
    found = st.recursive(st.one_of(leaves), _joined, max_leaves=6).filter(_is_within_limits)

    @st.composite
    def conditions(draw: st.DrawFn) -> Expr:
        return draw(found)

    return conditions()


def _is_within_limits(expr: Expr) -> bool:
    return nesting(expr) <= MAX_NESTING and len(show(expr)) <= MAX_CHARACTERS


def _joined(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    counted = st.builds(lambda operands: Call(Function.COUNT_TRUE, operands), several)
    return st.one_of(
        st.builds(Not, inner),
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(Call, st.sampled_from((Function.ALL, Function.ANY)), several),
        st.builds(If, inner, inner, inner),
        st.builds(_chain, st.lists(st.tuples(inner, inner), min_size=2, max_size=6), inner),
        st.builds(Compare, _COMPARISONS, counted, st.builds(Number, st.integers(0, 3).map(Fraction))),
        st.builds(earlier, inner, st.sampled_from((Ago(1), Ago(2)))),
    )


def _chain(branches: list[tuple[Expr, Expr]], last: Expr) -> Expr:
    """`if ... then ... else if ... then ... else ...`."""
    for condition, consequence in reversed(branches):
        last = If(condition, consequence, last)
    return last


def _of_fact(declaration: FactDeclaration) -> st.SearchStrategy[Expr]:
    """Conditions on one fact that is no number; of a number, that it falls from year to year."""
    fact = st.builds(FactRef, st.just(declaration.name), _PERIODS)
    match declaration.type:
        case FactType.BOOLEAN:
            return fact
        case FactType.ENUMERATION:
            texts = st.sampled_from(declaration.options).map(Text)
            options = st.lists(texts, min_size=1, max_size=3).map(tuple)
            return st.builds(Compare, _EQUALITIES, fact, texts | fact) | st.builds(InSet, fact, options)
        case FactType.DATE:
            days = st.dates(datetime.date(2015, 1, 1), datetime.date(2035, 12, 31)).map(Date)
            return st.builds(Compare, _COMPARISONS, fact, days | fact)
        case _:
            return st.builds(Decreasing, st.builds(FactRef, st.just(declaration.name)), st.integers(2, 3))


def _numbers_by_unit(definition: CriteriaSet) -> list[st.SearchStrategy[Expr]]:
    """For each unit of the set's facts the numbers that have it."""
    units: dict[object, list[str]] = {}
    for declaration in definition.facts.values():
        kind = type_of_fact(declaration)
        if isinstance(kind, NumberType):
            units.setdefault(kind.unit or PLAIN, []).append(declaration.name)
    ratios = [
        Parameter(name)
        for name, declared in definition.parameters.items()
        if isinstance(kind := type_of_parameter(declared), NumberType) and kind.unit is None
    ]
    factors = st.one_of(_NUMERALS, st.sampled_from(ratios)) if ratios else _NUMERALS
    return [_numbers(names, factors) for names in units.values()]


def _numbers(names: list[str], factors: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    plain = st.builds(FactRef, st.sampled_from(names))
    facts = st.builds(FactRef, st.sampled_from(names), _PERIODS)

    def combined(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        functions = st.sampled_from((Function.SUM, Function.MIN, Function.MAX, Function.MEAN))
        return st.one_of(
            st.builds(Arithmetic, st.sampled_from((ArithmeticOp.ADD, ArithmeticOp.SUB)), inner, inner),
            st.builds(Arithmetic, st.just(ArithmeticOp.MUL), inner, factors),
            st.builds(Call, functions, several),
            st.builds(lambda operand: Call(Function.FLOOR, (operand,)), inner),
            st.builds(SumYears, plain, st.integers(1, 3)),
        )

    return st.recursive(facts, combined, max_leaves=4)


def _of_numbers(numbers: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    sides = numbers | _NUMERALS
    return st.one_of(
        st.builds(Compare, _COMPARISONS, numbers, sides),
        st.builds(Compare, _COMPARISONS, st.builds(Arithmetic, st.just(ArithmeticOp.DIV), numbers, numbers), _NUMERALS),
        st.builds(_among, numbers, st.integers(10, 60)),
        st.builds(_range, numbers, sides, sides, st.booleans(), st.booleans()),
    )


def _among(number: Expr, length: int) -> Expr:
    """A long `or`: that the number is one of the first `length`."""
    return Or(tuple(Compare(CompareOp.EQ, number, Number(Fraction(index))) for index in range(length)))


def _range(value: Expr, one: Expr, other: Expr, low_closed: bool, high_closed: bool) -> Expr:
    """A range that holds something, where its ends are numbers: the static check refuses others."""
    if not isinstance(one, Number) or not isinstance(other, Number):
        return InRange(value, one, other, low_closed, high_closed)
    low, high = sorted((one, other), key=lambda end: end.value)
    is_point = low.value == high.value
    return InRange(value, low, high, low_closed or is_point, high_closed or is_point)
