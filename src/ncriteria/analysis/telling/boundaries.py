"""Where a comparison turns: how far a row lies from the boundary, and which values lie on it.

A row lies at the boundary where both sides are equal, and one step below or above it where one fact, moved by its
smallest step, reaches or crosses it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from math import gcd, lcm
from typing import assert_never, cast

from attrs import evolve

from ncriteria.evaluation.inside.told import told_inside
from ncriteria.evaluation.records.tracing import Step, trace
from ncriteria.facts.cells.ranges import out_of_range
from ncriteria.language import tree as t
from ncriteria.language.check import check
from ncriteria.language.exact import EXACT
from ncriteria.language.meaning import Leaf
from ncriteria.language.queries import counts_truths, walk
from ncriteria.language.reading.literals import decimal_exponent
from ncriteria.language.types import DateType, NumberType, ValueType
from ncriteria.language.values import UNKNOWN, Interval, Quantity, Value, bounds
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, FactDeclaration, FactType, Rolled, RollUp
from ncriteria.sets.validation import scope_of

Shares = Mapping[tuple[str, str], Rolled]


class Side(Enum):
    """Where a row lies from the boundary of a comparison: the left side against the right."""

    BELOW = "one step below"
    AT = "at the boundary"
    ABOVE = "one step above"


@frozen
class Threshold:
    """Two numbers or days that are compared, in a lowered rule."""

    left: t.Expr
    right: t.Expr


def thresholds(expr: t.Expr) -> tuple[Threshold, ...]:
    """The thresholds of one lowered comparison: two of a range, none of a choice between values."""
    match expr:
        case t.Compare(left=left, right=right):
            return (Threshold(left, right),)
        case t.InRange(value=value, low=low, high=high):
            return (Threshold(value, low), Threshold(value, high))
        case _:
            return ()


def smallest_step(declaration: FactDeclaration, constants: tuple[Fraction, ...] = ()) -> Fraction:
    """The least by which a number or a day can change.

    1 for a count and a day; one in the last declared decimal place. A number without declared decimals has no next
    value: its step is one in the last decimal place of the `constants` that it is compared with.
    """
    if declaration.type is not FactType.NUMBER:
        return Fraction(1)
    decimals = declaration.decimals
    if decimals is None:
        decimals = max((-decimal_exponent(value) for value in map(abs, constants) if _is_decimal(value)), default=0)
    return Fraction(1, 10 ** max(0, decimals))


def _is_decimal(value: Fraction) -> bool:
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1


def constants_of(criteria: CriteriaSet, expr: t.Expr) -> tuple[Fraction, ...]:
    """The numbers that `expr` holds, those of its parameters included."""
    found: list[Fraction] = []
    for node in walk(expr):
        if isinstance(node, t.Number):
            found.append(node.value)
        elif isinstance(node, t.Parameter):
            values = (dated.value for dated in criteria.parameters[node.name].values)
            found += [value for value in values if isinstance(value, Fraction)]
    return tuple(found)


def side_of(criteria: CriteriaSet, step: Step, left: Step, right: Step, shares: Shares) -> Side | None:
    """Where a traced comparison lies from the boundary between two of its parts; `None` where it is farther away.

    Also `None` where one of the sides is not known exactly. `shares` are the roll-ups that `share_met` was taken from.
    """
    distance = _difference(left.value, right.value)
    if distance is None:
        return None
    if distance == 0:
        return Side.AT
    side = Side.BELOW if distance < 0 else Side.ABOVE
    if abs(distance) <= 1 and any(counts_truths(node) for node in walk(step.expr)):
        return side
    constants = constants_of(criteria, step.expr)
    leaves = dict(_leaves(step))
    for leaf, moved in _moves(criteria, leaves, constants, shares):
        look_up = {**leaves, leaf: moved}.__getitem__
        after = _difference(trace(left.expr, look_up).value, trace(right.expr, look_up).value)
        if after is not None and (after == 0 or (after < 0) != (distance < 0)):
            return side
    return None


def _difference(left: Value, right: Value) -> Fraction | None:
    match left, right:
        case Fraction(), Fraction():
            return left - right
        case datetime.date(), datetime.date():
            return Fraction((left - right).days)
        case _:
            return None


def _leaves(step: Step) -> Iterator[tuple[Leaf, Value]]:
    match step.expr:
        case t.FactRef() | t.Parameter() | t.Met() | t.Within():
            yield step.expr, step.value
        case _:
            for part in step.parts:
                yield from _leaves(part)


def _moves(
    criteria: CriteriaSet, leaves: Mapping[Leaf, Value], constants: tuple[Fraction, ...], shares: Shares
) -> Iterator[tuple[Leaf, Value]]:
    """Each fact or roll-up moved by its smallest step, both ways, within its declared range."""
    for leaf, value in leaves.items():
        match leaf, value:
            case t.FactRef(name=name), bool() | Fraction() | datetime.date():
                for moved in neighbours(criteria.facts[name], value, constants):
                    yield leaf, moved
            case t.Within(measure=t.Measure.SUM_OF, inner=t.FactRef(name=name)), Fraction():
                for moved in neighbours(criteria.facts[name], value, constants):
                    yield leaf, moved
            case t.Within(level=level, path=path), Fraction():
                told = told_inside(criteria, leaf)
                for rolled in _one_unit_moved(shares.get((level, path))):
                    if isinstance(after := told(rolled), Fraction):
                        yield leaf, after
            case _:
                pass


def neighbours(
    declaration: FactDeclaration, value: bool | Fraction | datetime.date, constants: tuple[Fraction, ...] = ()
) -> Iterator[bool | Fraction | datetime.date]:
    """The values next to `value`, one smallest step away, that the fact can have."""
    match value:
        case bool():
            yield not value
        case Fraction():
            step = smallest_step(declaration, constants)
            yield from (moved for moved in (value - step, value + step) if is_possible(declaration, moved))
        case datetime.date():
            yield from (value - datetime.timedelta(1), value + datetime.timedelta(1))
        case _:
            assert_never(value)


def is_possible(declaration: FactDeclaration, value: Fraction) -> bool:
    """Whether the fact can have this number: in its range, whole for a count, with no more decimals than declared."""
    return out_of_range(declaration, value) is None


def _one_unit_moved(roll_up: Rolled | None) -> Iterator[RollUp]:
    if isinstance(roll_up, RollUp) and roll_up.undetermined == 0:
        if roll_up.met > 0:
            yield evolve(roll_up, met=roll_up.met - 1, not_met=roll_up.not_met + 1)
        if roll_up.not_met > 0:
            yield evolve(roll_up, met=roll_up.met + 1, not_met=roll_up.not_met - 1)


def possible_sides(criteria: CriteriaSet, threshold: Threshold) -> frozenset[Side]:
    """The sides on which a row can lie, by the declared ranges and by divisibility.

    None where the two sides are not numbers or days, or where no fact and no roll-up can move them.
    """
    both = t.Compare(t.CompareOp.EQ, threshold.left, threshold.right)
    if not any(isinstance(node, (t.FactRef, t.Within)) for node in walk(both)):
        return frozenset()
    if has_type(criteria, threshold.left, DateType()):
        return frozenset(Side)
    if not has_type(criteria, threshold.left, NumberType()):
        return frozenset()
    low, high = bounds(open_difference(criteria, threshold))
    sides = set()
    if low is None or low < 0:
        sides.add(Side.BELOW)
    if high is None or high > 0:
        sides.add(Side.ABOVE)
    if (low is None or low <= 0) and (high is None or high >= 0) and _can_be_equal(criteria, threshold):
        sides.add(Side.AT)
    return frozenset(sides)


def open_difference(criteria: CriteriaSet, threshold: Threshold) -> Fraction | Interval:
    """The left side less the right side when no fact is known: what the declared ranges alone say of it."""
    look_up = nothing_known(criteria)
    left, right = trace(threshold.left, look_up).value, trace(threshold.right, look_up).value
    if isinstance(left, (Fraction, Interval)) and isinstance(right, (Fraction, Interval)):
        return cast("Quantity", EXACT.subtract(left, right))
    return Interval()


def nothing_known(criteria: CriteriaSet) -> Callable[[Leaf], Value]:
    """The values of leaves when nothing is known but the declared ranges; parameters may have any value."""

    def look_up(leaf: Leaf) -> Value:
        match leaf:
            case t.FactRef(name=name):
                return criteria.facts[name].when_missing
            case t.Parameter(name=name):
                return Interval() if criteria.parameters[name].type.is_numeric else UNKNOWN
            case t.AssessmentYear():
                first, last = criteria.years.first, criteria.years.last
                return Interval(Fraction(first), None if last is None else Fraction(last))
            case t.Met():
                return UNKNOWN
            case t.Within():
                return told_inside(criteria, leaf)(None)
            case _:
                assert_never(leaf)

    return look_up


def has_type(criteria: CriteriaSet, expr: t.Expr, kind: ValueType) -> bool:
    """Whether `expr` is well-typed and of the `kind`."""
    return not check(expr, scope_of(criteria), kind)


@frozen
class Linear:
    """A sum of facts with rational factors, and a constant."""

    factors: Mapping[t.FactRef, Fraction]
    constant: Fraction = Fraction(0)


def linear(expr: t.Expr, values: Mapping[str, Fraction]) -> Linear | None:
    """`expr` multiplied out, with `values` of parameters; `None` where it is not linear in facts."""
    match expr:
        case t.Number(value=value):
            return Linear({}, value)
        case t.Parameter(name=name):
            return Linear({}, values[name]) if name in values else None
        case t.FactRef():
            return Linear({expr: Fraction(1)})
        case t.Negate(operand=operand):
            return _scaled(linear(operand, values), Fraction(-1))
        case t.Arithmetic(op=op, left=left, right=right):
            return _combined(op, linear(left, values), linear(right, values))
        case t.Call(function=t.Function.SUM, arguments=arguments):
            total: Linear | None = Linear({})
            for argument in arguments:
                total = _combined(t.ArithmeticOp.ADD, total, linear(argument, values))
            return total
        case _:
            return None


def _scaled(form: Linear | None, factor: Fraction) -> Linear | None:
    if form is None:
        return None
    return Linear({leaf: value * factor for leaf, value in form.factors.items()}, form.constant * factor)


def _combined(op: t.ArithmeticOp, left: Linear | None, right: Linear | None) -> Linear | None:
    if left is None or right is None:
        return None
    match op:
        case t.ArithmeticOp.ADD:
            leaves = dict.fromkeys([*left.factors, *right.factors])
            factors = {leaf: left.factors.get(leaf, 0) + right.factors.get(leaf, Fraction(0)) for leaf in leaves}
            return Linear({leaf: value for leaf, value in factors.items() if value}, left.constant + right.constant)
        case t.ArithmeticOp.SUB:
            return _combined(t.ArithmeticOp.ADD, left, _scaled(right, Fraction(-1)))
        case t.ArithmeticOp.MUL if not right.factors:
            return _scaled(left, right.constant)
        case t.ArithmeticOp.MUL if not left.factors:
            return _scaled(right, left.constant)
        case t.ArithmeticOp.DIV if not right.factors and right.constant:
            return _scaled(left, 1 / right.constant)
        case _:
            return None


def difference(threshold: Threshold, values: Mapping[str, Fraction]) -> Linear | None:
    """The left side less the right side, multiplied out; `None` where that is not linear."""
    return _combined(t.ArithmeticOp.SUB, linear(threshold.left, values), linear(threshold.right, values))


def _can_be_equal(criteria: CriteriaSet, threshold: Threshold) -> bool:
    """Whether values of the smallest steps can make both sides equal; assumed where the rule is not linear.

    A sum of whole multiples reaches a number just where their greatest common divisor divides it (Bézout).
    """
    both = t.Compare(t.CompareOp.EQ, threshold.left, threshold.right)
    names = {node.name for node in walk(both) if isinstance(node, t.Parameter)}
    constants = constants_of(criteria, both)
    for values in _parameter_values(criteria, names):
        form = difference(threshold, values)
        if form is None or not form.factors:
            return True
        steps = [factor * smallest_step(criteria.facts[leaf.name], constants) for leaf, factor in form.factors.items()]
        scale = lcm(form.constant.denominator, *(step.denominator for step in steps))
        divisor = gcd(*(int(step * scale) for step in steps))
        if int(form.constant * scale) % divisor == 0:
            return True
    return False


def _parameter_values(criteria: CriteriaSet, names: set[str]) -> Iterator[dict[str, Fraction]]:
    """The declared values of the numeric parameters `names`, for each year in which one of them changes."""
    years = {dated.since for name in names for dated in criteria.parameters[name].values} or {None}
    for year in years:
        found = {}
        for name in names:
            past = [dated.value for dated in criteria.parameters[name].values if (dated.since or 0) <= (year or 0)]
            if past and isinstance(value := past[-1], Fraction):
                found[name] = value
        yield found
