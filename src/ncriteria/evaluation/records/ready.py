"""Rules made ready once, for many records: each as a function of what is known of one.

The operations are chosen, and what is constant is computed, when a set is made ready; no record pays for it again.
Whole numbers are computed as `int`s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeVar, assert_never, cast

from ncriteria.evaluation.inside.told import told_inside
from ncriteria.evaluation.lowering import LoweredClause, LoweredSet
from ncriteria.evaluation.records.tracing import Step, is_quotient, traced
from ncriteria.language import tree as t
from ncriteria.language.exact import EXACT
from ncriteria.language.meaning import Leaf, operation
from ncriteria.language.queries import parts
from ncriteria.language.tree import Expr, FactKey
from ncriteria.language.values import Computed, Interval, Truth, Unknown, Value, intersection
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration, FactValue, Rolled

R = TypeVar("R")


@frozen
class Case:
    """What rules look at in one record: facts as seen from its year, roll-ups, and which clauses are met so far."""

    known: Mapping[FactKey, FactValue]
    shares: Mapping[tuple[str, str], Rolled]
    met: Mapping[str, Computed]


Ready = Callable[[Case], Computed]
Traced = Callable[[Case], Step]


def rules_of(lowered: LoweredSet) -> dict[str, LoweredClause[Ready]]:
    """The rules of a lowered set as functions, by path."""
    return _by_path(lowered, lambda expr: made_ready(lowered, expr))


def traces_of(lowered: LoweredSet) -> dict[str, LoweredClause[Traced]]:
    """How the rules of a lowered set are traced, by path; in a trace, every number is a `Fraction`."""
    return _by_path(lowered, lambda expr: traced(expr, lambda node: leaf(lowered, node)))


def _by_path(lowered: LoweredSet, made: Callable[[Expr], R]) -> dict[str, LoweredClause[R]]:
    def of(expr: Expr | None) -> R | None:
        return None if expr is None else made(expr)

    return {path: LoweredClause(of(one.rule), of(one.applies_when)) for path, one in lowered.clauses.items()}


@frozen
class _Constant:
    value: Computed

    def __call__(self, case: Case) -> Computed:
        return self.value


def made_ready(lowered: LoweredSet, expr: Expr) -> Ready:
    """The value of a lowered expression, as a function of what is known of a record."""
    return _made(lowered, expr)[0]


def _made(lowered: LoweredSet, expr: Expr) -> tuple[Ready, bool]:
    """The function, and whether it always has a value: only a quotient and a roll-up may have none."""
    match expr:
        case t.Number(value=value) | t.Boolean(value=value) | t.Text(value=value) | t.Date(value=value):
            return _Constant(_whole(value)), True
        case t.FactRef(key=key):
            return _quick_fact(lowered.criteria.facts[key.name], key), True
        case t.Parameter(name=name):
            return _Constant(_whole(_parameter(lowered, name))), True
        case t.Met() | t.Within() | t.AssessmentYear():
            return leaf(lowered, expr), isinstance(expr, t.Met)
        case t.Earlier() | t.SumYears() | t.Decreasing() | t.MetYears():
            raise AssertionError("period forms are resolved before a rule is made ready")
        case _:
            made = [_made(lowered, part) for part in parts(expr)]
            defined = not is_quotient(expr) and all(always for _, always in made)
            return _applied(operation(EXACT, expr, defined=defined), [operand for operand, _ in made]), defined


def _applied(compute: Callable[..., Computed], operands: list[Ready]) -> Ready:
    if all(isinstance(operand, _Constant) for operand in operands):
        return _Constant(_whole(compute(*(cast("_Constant", operand).value for operand in operands))))
    match operands:
        case [one, _Constant(value=limit)]:
            return lambda case: compute(one(case), limit)
        case [one]:
            return lambda case: compute(one(case))
        case [one, other]:
            return lambda case: compute(one(case), other(case))
        case _:
            return lambda case: compute(*[operand(case) for operand in operands])


def leaf(lowered: LoweredSet, expr: Leaf) -> Callable[[Case], Value]:
    """How a fact, a parameter, the verdict of a clause or a roll-up is looked up."""
    match expr:
        case t.FactRef(key=key):
            return _fact(lowered.criteria.facts[key.name], key)
        case t.Parameter(name=name):
            value = _parameter(lowered, name)
            return lambda _: value
        case t.AssessmentYear():
            raise AssertionError("the assessment year is put in before a rule is evaluated")
        case t.Met(path=path):
            return lambda case: cast("Truth", case.met[path])
        case t.Within():
            at, told = (expr.level, expr.path), told_inside(lowered.criteria, expr)
            return lambda case: told(case.shares.get(at))
        case _:
            assert_never(expr)


def _fact(declaration: FactDeclaration, key: FactKey) -> Callable[[Case], Value]:
    """What is known of a fact: its value, or bounds, never wider than its declared range."""
    when_missing = declaration.when_missing

    def value(case: Case) -> Value:
        found = case.known.get(key)
        if found is None:
            return when_missing
        return _narrowed(found, when_missing) if isinstance(found, Interval) else found

    return value


def _quick_fact(declaration: FactDeclaration, key: FactKey) -> Ready:
    """The same, with a whole number as an `int`."""
    when_missing = declaration.when_missing

    def value(case: Case) -> Computed:
        found = case.known.get(key)
        if type(found) is Fraction:
            return found.numerator if found.denominator == 1 else found
        if found is None:
            return when_missing
        return _narrowed(found, when_missing) if isinstance(found, Interval) else found

    return value


def _narrowed(bounds: Interval, declared: Interval | Unknown) -> Value:
    narrowed = intersection(bounds, cast("Interval", declared))
    return bounds if narrowed is None else narrowed


def _whole(value: Computed) -> Computed:
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def _parameter(lowered: LoweredSet, name: str) -> Value:
    value = lowered.parameters[name]
    is_open = isinstance(value, Unknown) and lowered.criteria.parameters[name].type.is_numeric
    return Interval() if is_open else value
