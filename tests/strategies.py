"""Generated expressions: typed, of every construct, over a small set of facts."""

from __future__ import annotations

import datetime
from fractions import Fraction

from hypothesis import strategies as st

from ncriteria.language.tree import (
    THIS_YEAR,
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
    Expr,
    FactRef,
    Function,
    If,
    InRange,
    InSet,
    InYear,
    Known,
    Measure,
    Met,
    Negate,
    Not,
    Number,
    Or,
    Parameter,
    SumYears,
    Text,
    Within,
    earlier,
)

COUNTS = ("crimes", "số_vụ", "accidents")
TRUTHS = ("has_border", "resolution")
ENUMERATION = "status"
OPTIONS = ("đạt", "chưa đạt", "chưa xét")
DAY = "decided_on"
PERIODS = (THIS_YEAR, Ago(1), Ago(2))

periods = st.sampled_from(PERIODS)
outer_periods = st.sampled_from((Ago(1), Ago(2), InYear(2019)))
numerals = st.one_of(
    st.integers(0, 30).map(Fraction),
    st.sampled_from([Fraction(19, 20), Fraction(7, 10), Fraction(1, 1000), Fraction(10**12)]),
)
number_literals = st.builds(Number, numerals) | st.builds(lambda value: Number(value / 100, True), numerals)
count_facts = st.builds(FactRef, st.sampled_from(COUNTS), periods)
truth_facts = st.builds(FactRef, st.sampled_from(TRUTHS), periods)
texts = st.builds(Text, st.sampled_from(OPTIONS))
middling = st.builds(Text, st.just(OPTIONS[1]))
"""The one value that lies between others where the enumeration is ordered."""
enumeration_facts = st.builds(FactRef, st.just(ENUMERATION), periods)
days = st.builds(Date, st.dates(datetime.date(2020, 1, 1), datetime.date(2026, 12, 31)))
day_facts = st.builds(FactRef, st.just(DAY), periods)
_some_days = st.sampled_from((0, 1, 30, 400, 4_000_000)).map(lambda count: Number(Fraction(count)))
moved_days = st.builds(
    Arithmetic, st.sampled_from((ArithmeticOp.ADD, ArithmeticOp.SUB)), day_facts | days, _some_days
) | st.builds(lambda days, day: Arithmetic(ArithmeticOp.ADD, days, day), _some_days.map(Negate), day_facts)
"""Days so many days later or earlier, some beyond the calendar."""
days_between = st.builds(Arithmetic, st.just(ArithmeticOp.SUB), day_facts | moved_days, day_facts | days)
day_parts = st.builds(
    lambda function, day: Call(function, (day,)),
    st.sampled_from((Function.YEAR, Function.MONTH, Function.QUARTER)),
    day_facts | days | moved_days,
)
"""Years, months and quarters of days."""
small_or_years = st.sampled_from((1, 2, 3, 4, 12, 13, 2020, 2021, 2022)).map(lambda value: Number(Fraction(value)))
comparisons = st.sampled_from(CompareOp)
equalities = st.sampled_from((CompareOp.EQ, CompareOp.NE))
NUMERIC = (Function.MIN, Function.MAX, Function.SUM, Function.MEAN)
ROUNDING = (
    Function.ABS,
    Function.ROUND_UP,
    Function.ROUND_DOWN,
    Function.FLOOR,
    Function.CEILING,
    Function.ROUND_HALF_UP,
    Function.ROUND_HALF_EVEN,
)


def _tuples(items: st.SearchStrategy[Expr], least: int = 1) -> st.SearchStrategy[tuple[Expr, ...]]:
    return st.lists(items, min_size=least, max_size=3).map(tuple)


def _numbers(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return st.one_of(
        st.builds(Negate, inner),
        st.builds(Arithmetic, st.sampled_from(ArithmeticOp), inner, inner),
        st.builds(Call, st.sampled_from(NUMERIC), _tuples(inner)),
        st.builds(lambda function, operand: Call(function, (operand,)), st.sampled_from(ROUNDING), inner),
        st.builds(lambda operand: Call(Function.ROUND_HALF_UP, (operand, Number(Fraction(1)))), inner),
        st.builds(SumYears, count_facts, st.integers(1, 3)),
        st.builds(earlier, inner, outer_periods),
    )


numbers: st.SearchStrategy[Expr] = st.recursive(count_facts | number_literals, _numbers, max_leaves=5)
"""Numbers of the facts `COUNTS`, without conditions inside."""


def rounded(number: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """A number of `number`, rounded in one of the ways."""
    return st.builds(lambda function, operand: Call(function, (operand,)), st.sampled_from(ROUNDING[1:]), number)


def _ladder(branches: tuple[tuple[Expr, Expr], ...], last: Expr) -> Expr:
    """`if ... then ... else if ... then ... else ...`."""
    for condition, consequence in reversed(branches):
        last = If(condition, consequence, last)
    return last


def chains(condition: st.SearchStrategy[Expr], branch: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """Chains of `else if` of up to eight conditions, over what `condition` and `branch` give."""
    pairs = st.lists(st.tuples(condition, branch), min_size=2, max_size=8).map(tuple)
    return st.builds(_ladder, pairs, branch)


def _enumerated(op: CompareOp, number: Expr, length: int, last: Expr) -> tuple[Expr, ...]:
    return (*(Compare(op, number, Number(Fraction(index))) for index in range(length)), last)


def long_lists(number: st.SearchStrategy[Expr], last: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """`or` and `and` of up to a hundred operands, the last of which `last` gives."""
    operands = st.builds(_enumerated, comparisons, number, st.integers(10, 99), last)
    return st.builds(Or, operands) | st.builds(And, operands)


zeros = st.just(Number(Fraction(0))) | st.builds(
    Arithmetic, st.just(ArithmeticOp.MUL), count_facts, st.just(Number(Fraction(0)))
)
quotients = st.builds(Arithmetic, st.just(ArithmeticOp.DIV), count_facts | number_literals, count_facts)
"""Quotients of which the divisor may be 0."""


def truths_over(number: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """Conditions over the numbers that `number` gives."""
    leaves = st.one_of(
        truth_facts,
        st.builds(Boolean, st.booleans()),
        st.builds(Compare, comparisons, number, number),
        st.builds(Compare, comparisons, quotients, zeros),
        st.builds(Compare, equalities, enumeration_facts, texts | enumeration_facts),
        st.builds(Compare, comparisons, enumeration_facts, middling | enumeration_facts, order=st.just(OPTIONS)),
        st.builds(InRange, enumeration_facts, middling, enumeration_facts, order=st.just(OPTIONS)),
        st.builds(Compare, comparisons, day_facts, days | day_facts),
        st.builds(Compare, comparisons, moved_days, days | day_facts | moved_days),
        st.builds(Compare, comparisons, days_between, _some_days | days_between),
        st.builds(Compare, comparisons, day_parts, small_or_years | st.just(AssessmentYear())),
        st.builds(InRange, number, number, number, st.booleans(), st.booleans()),
        st.builds(InSet, enumeration_facts, _tuples(texts)),
        st.builds(InSet, number, _tuples(number)),
        st.builds(Decreasing, count_facts, st.integers(2, 3)),
    )
    return st.recursive(leaves, lambda inner: _truths(inner, number), max_leaves=6)


def _truths(inner: st.SearchStrategy[Expr], number: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    counted = st.builds(lambda operands: Call(Function.COUNT_TRUE, operands), _tuples(inner))
    chosen = st.builds(If, inner, number, number)
    return st.one_of(
        st.builds(Not, inner),
        st.builds(And, _tuples(inner, 2)),
        st.builds(Or, _tuples(inner, 2)),
        st.builds(If, inner, inner, inner),
        st.builds(Call, st.sampled_from((Function.ALL, Function.ANY)), _tuples(inner)),
        st.builds(Compare, comparisons, counted, number),
        st.builds(Compare, comparisons, chosen, number),
        st.builds(Compare, comparisons, chains(inner, number), number),
        chains(inner, inner),
        long_lists(count_facts, inner),
        st.builds(Compare, equalities, inner, inner),
        st.builds(earlier, inner, outer_periods),
    )


truths = truths_over(numbers)
"""Conditions without knowledge forms and references, so that knowledge monotonicity holds for them."""


def _with_references(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return st.one_of(
        st.builds(Not, inner),
        st.builds(And, _tuples(inner, 2)),
        st.builds(Or, _tuples(inner, 2)),
        st.builds(If, inner, inner, inner),
        st.builds(Known, numbers | inner),
        st.builds(Compare, comparisons, st.builds(Coalesce, numbers, numbers), numbers),
    )


references: st.SearchStrategy[Expr] = st.one_of(
    st.builds(Met, st.sampled_from(("19.2", "19.2/crime"))),
    st.builds(
        Compare,
        comparisons,
        st.builds(
            Within,
            st.sampled_from([Measure.SHARE_MET, Measure.COUNT_MET]),
            st.just("commune"),
            st.just("ntm-19.2:19.2"),
        ),
        number_literals,
    ),
    st.builds(Compare, comparisons, numbers, st.builds(Parameter, st.just("reduction"))),
)
expressions = st.recursive(truths | references, _with_references, max_leaves=4)
"""Conditions of every construct of the language."""

near_numbers = count_facts | st.integers(0, 3).map(lambda value: Number(Fraction(value)))
near_truths = truths_over(near_numbers)
"""Conditions over facts and small numbers only, in which few facts decide much."""
