"""Generated conditions over the facts of a criteria set: well-typed, of every construct that its facts allow."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from functools import partial

from hypothesis import strategies as st

from ncriteria.evaluation.criteria import Criteria, definition_of
from ncriteria.language import tree as t
from ncriteria.language.printer import show
from ncriteria.language.queries import nesting, with_options
from ncriteria.language.reading.limits import MAX_CHARACTERS, MAX_NESTING
from ncriteria.language.types import PLAIN, NumberType, UnitOfMeasure
from ncriteria.sets.model import CriteriaSet, FactDeclaration, FactType
from ncriteria.sets.reading.declarations import type_of_fact, type_of_parameter
from ncriteria.sets.structure import options_of

_PERIODS = st.sampled_from((t.THIS_YEAR, t.Ago(1), t.Ago(2)))
_NUMERALS = st.one_of(
    st.builds(t.Number, st.integers(0, 20).map(Fraction)),
    st.builds(t.Number, st.sampled_from((Fraction(1, 2), Fraction(19, 20), Fraction(7, 10)))),
    st.builds(lambda share: t.Number(Fraction(share, 100), True), st.integers(0, 100)),
)
_COMPARISONS = st.sampled_from(t.CompareOp)
_EQUALITIES = st.sampled_from((t.CompareOp.EQ, t.CompareOp.NE))


def expressions(criteria: Criteria | CriteriaSet) -> st.SearchStrategy[t.Expr]:
    """Conditions that the static check passes, over the facts and parameters of `criteria`.

    Numbers that are added or compared have one unit; a divisor may be 0, and then there is no value. Without knowledge
    forms and without references to clauses, so that knowledge monotonicity holds for them. They shrink to few and short
    parts.
    """
    definition = definition_of(criteria)
    leaves: list[st.SearchStrategy[t.Expr]] = [st.builds(t.Boolean, st.booleans())]
    leaves += [_of_fact(declaration) for declaration in definition.facts.values()]
    leaves += _numbers_by_unit(definition)
    found = st.recursive(st.one_of(leaves), _joined, max_leaves=6).filter(_is_within_limits)

    @st.composite
    def conditions(draw: st.DrawFn) -> t.Expr:
        return draw(found)

    return conditions()


def _is_within_limits(expr: t.Expr) -> bool:
    return nesting(expr) <= MAX_NESTING and len(show(expr)) <= MAX_CHARACTERS


def _joined(inner: st.SearchStrategy[t.Expr]) -> st.SearchStrategy[t.Expr]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    counted = st.builds(lambda operands: t.Call(t.Function.COUNT_TRUE, operands), several)
    return st.one_of(
        st.builds(t.Not, inner),
        st.builds(t.And, several),
        st.builds(t.Or, several),
        st.builds(t.Call, st.sampled_from((t.Function.ALL, t.Function.ANY)), several),
        st.builds(t.If, inner, inner, inner),
        st.builds(_chain, st.lists(st.tuples(inner, inner), min_size=2, max_size=6), inner),
        st.builds(t.Compare, _COMPARISONS, counted, st.builds(t.Number, st.integers(0, 3).map(Fraction))),
        st.builds(t.earlier, inner, st.sampled_from((t.Ago(1), t.Ago(2)))),
    )


def _chain(branches: list[tuple[t.Expr, t.Expr]], last: t.Expr) -> t.Expr:
    """`if ... then ... else if ... then ... else ...`."""
    for condition, consequence in reversed(branches):
        last = t.If(condition, consequence, last)
    return last


def _of_fact(declaration: FactDeclaration) -> st.SearchStrategy[t.Expr]:
    """Conditions on one fact that is no number; of a number, that it falls from year to year."""
    if t.is_verdict(declaration.name):
        return _of_verdict(t.path_of_verdict(declaration.name))
    fact = st.builds(t.FactRef, st.just(declaration.name), _PERIODS)
    match declaration.type:
        case FactType.BOOLEAN:
            return fact
        case FactType.ENUMERATION:
            texts = st.sampled_from(declaration.options).map(t.Text)
            options = st.lists(texts, min_size=1, max_size=3).map(tuple)
            among = st.builds(t.Compare, _EQUALITIES, fact, texts | fact) | st.builds(t.InSet, fact, options)
            return among | st.builds(t.Compare, _COMPARISONS, fact, fact) if declaration.ordered else among
        case FactType.DATE:
            days = st.dates(datetime.date(2015, 1, 1), datetime.date(2035, 12, 31)).map(t.Date)
            return st.builds(t.Compare, _COMPARISONS, fact, days | fact) | _of_day_parts(fact) | _of_days(fact, days)
        case _:
            return st.builds(t.Decreasing, st.builds(t.FactRef, st.just(declaration.name)), st.integers(2, 3))


def _of_verdict(path: str) -> st.SearchStrategy[t.Expr]:
    """Verdicts of earlier years on a clause, and of this year where it is of another standard."""
    earlier = [t.Ago(1), t.Ago(2)]
    periods = st.sampled_from([t.THIS_YEAR, *earlier] if ":" in path else earlier)
    lasting = st.builds(t.MetYears, st.just(path), st.integers(2, 3))
    return st.builds(t.verdict_in, st.just(path), periods) | lasting


def _of_days(fact: st.SearchStrategy[t.FactRef], days: st.SearchStrategy[t.Date]) -> st.SearchStrategy[t.Expr]:
    """Conditions on days so many days later, and on how many days lie between two."""
    numbers = st.integers(0, 400).map(Fraction).map(t.Number)
    signs = st.sampled_from((t.ArithmeticOp.ADD, t.ArithmeticOp.SUB))
    between = st.builds(t.Arithmetic, st.just(t.ArithmeticOp.SUB), fact, days | fact)
    return st.one_of(
        st.builds(t.Compare, _COMPARISONS, st.builds(t.Arithmetic, signs, fact, numbers), days | fact),
        st.builds(t.Compare, _COMPARISONS, between, numbers),
    )


def _of_day_parts(day: st.SearchStrategy[t.FactRef]) -> st.SearchStrategy[t.Expr]:
    """Conditions on the year, the month and the quarter that a day lies in."""
    years = st.integers(2015, 2035).map(Fraction).map(t.Number) | st.builds(t.AssessmentYear)
    limits = {t.Function.YEAR: years, t.Function.MONTH: _up_to(12), t.Function.QUARTER: _up_to(4)}

    def compared(function: t.Function) -> st.SearchStrategy[t.Expr]:
        part = day.map(lambda fact: t.Call(function, (fact,)))
        return st.builds(t.Compare, _COMPARISONS, part, limits[function])

    return st.one_of([compared(function) for function in limits])


def _up_to(greatest: int) -> st.SearchStrategy[t.Expr]:
    return st.integers(1, greatest).map(Fraction).map(t.Number)


def _numbers_by_unit(definition: CriteriaSet) -> list[st.SearchStrategy[t.Expr]]:
    """For each unit of the set's facts the conditions on numbers that have it."""
    units: dict[UnitOfMeasure, list[str]] = {}
    for declaration in definition.facts.values():
        kind = type_of_fact(declaration)
        if isinstance(kind, NumberType):
            units.setdefault(kind.unit or PLAIN, []).append(declaration.name)
    limits = _parameters_by_unit(definition)
    plain = st.one_of(_NUMERALS, *limits.get(None, ()))
    return [
        _of_numbers(_numbers(names, plain), st.one_of(plain, *limits.get(unit, ()))) for unit, names in units.items()
    ]


def _parameters_by_unit(definition: CriteriaSet) -> dict[UnitOfMeasure | None, list[st.SearchStrategy[t.Expr]]]:
    """The parameters that are numbers, by their unit.

    One that has a value for each option is asked for by every fact that has these options, and by an option itself.
    """
    found: dict[UnitOfMeasure | None, list[st.SearchStrategy[t.Expr]]] = {}
    options = options_of(definition)
    for declared in definition.parameters.values():
        kind = type_of_parameter(declared)
        if not isinstance(kind, NumberType):
            continue
        of_unit = found.setdefault(kind.unit, [])
        if declared.option is None:
            of_unit.append(st.just(t.Parameter(declared.name)))
        elif declared.option[1] == options[name := declared.option[0]][0]:
            facts = [
                fact.name
                for fact in definition.facts.values()
                if fact.options and set(fact.options) <= {*options[name]}
            ]
            asked: list[st.SearchStrategy[t.Expr]] = [st.builds(t.FactRef, st.just(fact), _PERIODS) for fact in facts]
            asked.append(st.sampled_from(options[name]).map(t.Text))
            of_unit.append(st.one_of(asked).map(partial(_by_option, name, options)))
    return found


def _by_option(name: str, options: Mapping[str, tuple[str, ...]], by: t.Expr) -> t.Expr:
    return with_options(t.ParameterBy(name, by), options)


def _numbers(names: list[str], factors: st.SearchStrategy[t.Expr]) -> st.SearchStrategy[t.Expr]:
    plain = st.builds(t.FactRef, st.sampled_from(names))
    facts = st.builds(t.FactRef, st.sampled_from(names), _PERIODS)

    def combined(inner: st.SearchStrategy[t.Expr]) -> st.SearchStrategy[t.Expr]:
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        functions = st.sampled_from((t.Function.SUM, t.Function.MIN, t.Function.MAX, t.Function.MEAN))
        return st.one_of(
            st.builds(t.Arithmetic, st.sampled_from((t.ArithmeticOp.ADD, t.ArithmeticOp.SUB)), inner, inner),
            st.builds(t.Arithmetic, st.just(t.ArithmeticOp.MUL), inner, factors),
            st.builds(t.Call, functions, several),
            st.builds(lambda operand: t.Call(t.Function.FLOOR, (operand,)), inner),
            st.builds(t.SumYears, plain, st.integers(1, 3)),
        )

    return st.recursive(facts, combined, max_leaves=4)


def _of_numbers(numbers: st.SearchStrategy[t.Expr], limits: st.SearchStrategy[t.Expr]) -> st.SearchStrategy[t.Expr]:
    sides = numbers | limits
    return st.one_of(
        st.builds(t.Compare, _COMPARISONS, numbers, sides),
        st.builds(
            t.Compare, _COMPARISONS, st.builds(t.Arithmetic, st.just(t.ArithmeticOp.DIV), numbers, numbers), _NUMERALS
        ),
        st.builds(_among, numbers, st.integers(10, 60)),
        st.builds(_range, numbers, sides, sides, st.booleans(), st.booleans()),
    )


def _among(number: t.Expr, length: int) -> t.Expr:
    """A long `or`: that the number is one of the first `length`."""
    return t.Or(tuple(t.Compare(t.CompareOp.EQ, number, t.Number(Fraction(index))) for index in range(length)))


def _range(value: t.Expr, one: t.Expr, other: t.Expr, low_closed: bool, high_closed: bool) -> t.Expr:
    """A range that holds something, where its ends are numbers: the static check refuses others."""
    if not isinstance(one, t.Number) or not isinstance(other, t.Number):
        return t.InRange(value, one, other, low_closed, high_closed)
    low, high = sorted((one, other), key=lambda end: end.value)
    is_point = low.value == high.value
    return t.InRange(value, low, high, low_closed or is_point, high_closed or is_point)
