"""What a traced rule compares, as data: a fact, its value, the limit, the distance. Prose is made of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Final

from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.records.tracing import Step, taken
from ncriteria.facts.values import type_of
from ncriteria.language import tree as t
from ncriteria.language.printer import show
from ncriteria.language.queries import by_option, parts
from ncriteria.language.values import UNKNOWN, Undefined, Unknown, Value
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, FactType, ParameterDeclaration
from ncriteria.sets.sources import UnitName


@frozen
class Operand:
    """A fact, parameter or reference that a comparison rests on, by its name in rules, with its value."""

    name: str
    type: FactType
    value: Value


@frozen
class Ground:
    """One comparison of a rule as it came out for a record: `value` `relation` `limit`.

    `fact` is what is compared, where it is one fact, with its `unit` and the `year` it is of; `expression` is what
    stands in the rule. The limit of a count is the last whole number that is allowed. `distance` is how far the value
    may still go: 0 at the limit, negative beyond it; `None` where that is not known, or no number. What is not known is
    `UNKNOWN`. `holds` says how the comparison came out.
    """

    fact: t.FactKey | None
    expression: str
    type: FactType
    unit: UnitName | None
    year: int | None
    value: Value
    relation: t.CompareOp
    limit: Value
    distance: Fraction | None
    holds: Value
    rests_on: tuple[Operand, ...] = ()


_TRUE = t.Boolean(True)


def compared(lowered: LoweredSet, step: Step) -> Ground:
    """What the condition `step` compares; one that is no comparison is set against `true`."""
    if not isinstance(step.expr, t.Compare):
        return _against(lowered, step, t.CompareOp.EQ, Step(_TRUE, True), step.value)
    left, right = step.parts
    if is_turned(step.expr):
        return _against(lowered, right, step.expr.op.mirrored, left, step.value)
    return _against(lowered, left, step.expr.op, right, step.value)


def is_subject(expr: t.Expr) -> bool:
    """Whether a side of a comparison is one fact of the assessment year, so that the other side is its limit."""
    return isinstance(expr, t.FactRef) and expr.period == t.THIS_YEAR


def is_turned(expr: t.Compare) -> bool:
    """Whether the right side is what is compared, and the left one its limit: it is a fact, or that is an option."""
    if is_subject(expr.left) or is_subject(expr.right):
        return not is_subject(expr.left)
    return isinstance(expr.left, t.Text)


def _against(lowered: LoweredSet, subject: Step, op: t.CompareOp, limit: Step, holds: Value) -> Ground:
    criteria = lowered.criteria
    fact = subject.expr if isinstance(subject.expr, t.FactRef) else None
    declared = criteria.facts[fact.name] if fact is not None else None
    kind = declared.type if declared is not None else _type(criteria, subject, limit)
    bound, distance = limit.value, None
    if isinstance(bound, Fraction):
        op, told = limits(op, kind)
        bound, far = told(bound), distances(op)
        distance = far(subject.value, bound) if far is not None and isinstance(subject.value, Fraction) else None
    others, name = (subject, limit) if fact is None else (limit,), show(lowered.as_written(subject.expr))
    found = dict(pair for side in others for pair in _leaves_used(side))
    return Ground(
        None if fact is None else fact.key,
        name,
        kind,
        None if declared is None else declared.unit,
        None if fact is None else _year(fact.period, lowered.year),
        _value(criteria, subject.expr, subject.value),
        op,
        _value(criteria, limit.expr, bound),
        distance,
        _known(holds),
        tuple(
            Operand(other, _leaf_type(criteria, leaf), _value(criteria, leaf, value))
            for leaf, value in found.items()
            if (other := show(lowered.as_written(leaf))) != name
        ),
    )


def _year(period: t.Period, year: int | None) -> int | None:
    match period:
        case t.InYear(year=fixed):
            return fixed
        case t.Ago(years=years):
            return None if year is None else year - years


def _known(value: Value) -> Value:
    """A value; what has none, such as a division by zero that did not matter, is not known."""
    return UNKNOWN if isinstance(value, Undefined) else value


def _value(criteria: CriteriaSet, expr: t.Expr, value: Value) -> Value:
    """A value; of a fact, what is declared of it is not known of the record."""
    unknown = isinstance(expr, t.FactRef) and value == criteria.facts[expr.name].when_missing
    return UNKNOWN if unknown else _known(value)


def _type(criteria: CriteriaSet, subject: Step, limit: Step) -> FactType:
    if isinstance(subject.expr, t.Parameter | t.Met | t.Within):
        return _leaf_type(criteria, subject.expr)
    known = next((one.value for one in (subject, limit) if not isinstance(one.value, Unknown | Undefined)), None)
    return type_of(known)


def parameter_of(criteria: CriteriaSet, leaf: t.Parameter | t.ParameterBy) -> ParameterDeclaration:
    """What is declared of a parameter; of one by the options of a fact, what is declared for all of them."""
    name = by_option(leaf.name, leaf.options[0]) if isinstance(leaf, t.ParameterBy) else leaf.name
    return criteria.parameters[name]


def _leaf_type(criteria: CriteriaSet, leaf: NamedLeaf) -> FactType:
    match leaf:
        case t.FactRef(name=name):
            return criteria.facts[name].type
        case t.Parameter() | t.ParameterBy():
            return parameter_of(criteria, leaf).type
        case t.Met():
            return FactType.BOOLEAN
        case t.Within(measure=t.Measure.SUM_OF, inner=t.FactRef(name=name)):
            return criteria.facts[name].type
        case t.Within(measure=measure):
            return FactType.NUMBER if measure.is_share else FactType.COUNT


_WHOLE: Final[Mapping[t.CompareOp, tuple[t.CompareOp, Callable[[Fraction], int]]]] = {
    t.CompareOp.LE: (t.CompareOp.LE, floor),
    t.CompareOp.LT: (t.CompareOp.LE, lambda limit: ceil(limit) - 1),
    t.CompareOp.GE: (t.CompareOp.GE, ceil),
    t.CompareOp.GT: (t.CompareOp.GE, lambda limit: floor(limit) + 1),
}
_DISTANCES: Final[Mapping[t.CompareOp, Callable[[Fraction, Fraction], Fraction]]] = {
    **dict.fromkeys((t.CompareOp.LE, t.CompareOp.LT), lambda value, limit: limit - value),
    **dict.fromkeys((t.CompareOp.GE, t.CompareOp.GT), lambda value, limit: value - limit),
    t.CompareOp.EQ: lambda value, limit: -abs(limit - value),
}


def limits(op: t.CompareOp, kind: FactType) -> tuple[t.CompareOp, Callable[[Fraction], Fraction]]:
    """How an exact limit is told: the comparison, and the number; of a count, the last whole one that is allowed."""
    if kind is not FactType.COUNT or op not in _WHOLE:
        return op, lambda limit: limit
    relation, last = _WHOLE[op]
    return relation, lambda limit: limit if limit.denominator == 1 and relation is op else Fraction(last(limit))


def distances(op: t.CompareOp) -> Callable[[Fraction, Fraction], Fraction] | None:
    """How far a value may still go to its limit, where the comparison says so."""
    return _DISTANCES.get(op)


NamedLeaf = t.FactRef | t.Parameter | t.ParameterBy | t.Met | t.Within
"""What a lowered rule looks at, by its name; the assessment year is a number there."""
Place = tuple[int, ...]
"""Where a step stands in a trace: which of the parts, and which of the parts of that."""


@lru_cache(maxsize=4096)
def leaf_places(expr: t.Expr) -> tuple[tuple[NamedLeaf, Place], ...]:
    """The facts, parameters and references of a rule, each once, with the first place of each in a trace."""
    found: dict[NamedLeaf, Place] = {}
    pending: list[tuple[t.Expr, Place]] = [(expr, ())]
    while pending:
        current, place = pending.pop()
        if isinstance(current, (t.FactRef, t.Parameter, t.ParameterBy, t.Met, t.Within)):
            found.setdefault(current, place)
        if isinstance(current, t.ParameterBy):
            pending.append((current.by, (*place, 0)))
            continue
        pending.extend(reversed([(part, (*place, number)) for number, part in enumerate(parts(current))]))
    return tuple(found.items())


def value_at(step: Step, place: Place) -> Value:
    """The value of the step at a place of a trace."""
    for number in place:
        step = step.parts[number]
    return step.value


def _leaves_used(step: Step) -> Iterator[tuple[NamedLeaf, Value]]:
    """The facts, parameters and references that a trace rests on: of a conditional, those of the branch taken."""
    whole, chosen_by = taken(step)
    for one in (*chosen_by, whole):
        yield from ((leaf, value_at(one, place)) for leaf, place in leaf_places(one.expr))
