"""Small edits of one rule: another operator, threshold, connective, period or function, a condition dropped or turned.

These are the slips that an author makes; an embedded test should notice each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from fractions import Fraction

from attrs import evolve

from ncriteria.analysis.rule_testing.conditions import is_condition
from ncriteria.analysis.rule_testing.routes import Route, part_at, period_at, replaced, routes
from ncriteria.analysis.telling.boundaries import Threshold, has_type, open_difference
from ncriteria.evaluation.lowering import resolve
from ncriteria.language import tree as t
from ncriteria.language.operators import ROUNDINGS
from ncriteria.language.printer import show
from ncriteria.language.queries import parts
from ncriteria.language.reading.literals import decimal_exponent
from ncriteria.language.source import Span
from ncriteria.language.types import NumberType, TruthType
from ncriteria.language.values import bounds
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet
from ncriteria.words import Phrase, phrase


class Direction(Enum):
    """What an edit does to the rows that meet a rule, where its form alone shows it."""

    STRICTER = "stricter"
    LOOSER = "looser"


_OPPOSITE = {Direction.STRICTER: Direction.LOOSER, Direction.LOOSER: Direction.STRICTER, None: None}


@frozen
class RuleEdit:
    """A rule with one small edit: what was changed, in words, the new rule, and where the change stands in the old one.

    `same_because` says why the edit cannot change anything, where declared ranges alone show it.
    """

    what: str
    rule: t.Expr
    span: Span | None
    direction: Direction | None = None
    same_because: str | None = None


_Change = tuple[str, t.Expr, Direction | None]


def rule_edits(criteria: CriteriaSet, rule: t.Expr) -> Iterator[RuleEdit]:
    """Every small edit of `rule` that is still well-typed, each once, in the order of the text."""
    found = {rule}
    for route, part in routes(rule):
        for what, new, direction in _changes(criteria, part):
            edited = replaced(rule, route, new)
            if edited not in found and has_type(criteria, edited, TruthType()):
                found.add(edited)
                outside = _seen_from_outside(rule, route, direction)
                yield RuleEdit(what, edited, part.span, outside, _same_because(criteria, rule, route, new))


def _seen_from_outside(rule: t.Expr, route: Route, direction: Direction | None) -> Direction | None:
    """The direction that a change of the part at `route` has for the whole rule; only truths pass it on."""
    part = rule
    for index in route:
        match part:
            case t.And() | t.Or() | t.Call(function=t.Function.ALL | t.Function.ANY):
                pass
            case t.Not():
                direction = _OPPOSITE[direction]
            case t.If() if index > 0:
                pass
            case _:
                return None
        part = parts(part)[index]
    return direction


def _changes(criteria: CriteriaSet, part: t.Expr) -> Iterator[_Change]:
    """The small edits of one part; those that do not fit its types are among them."""
    match part:
        case t.Compare():
            yield from _compare_changes(part)
        case t.And(operands=operands):
            yield becomes("and", "or"), t.Or(operands), Direction.LOOSER
            yield from _dropped(part, operands, Direction.LOOSER)
        case t.Or(operands=operands):
            yield becomes("or", "and"), t.And(operands), Direction.STRICTER
            yield from _dropped(part, operands, Direction.STRICTER)
        case t.Not(operand=operand):
            yield is_dropped("not"), operand, None
        case t.Arithmetic():
            yield from _arithmetic_changes(part)
        case t.Number():
            yield from ((becomes(show(part), show(new)), new, None) for new in _stepped(part))
        case t.Boolean(value=value):
            yield becomes(show(part), show(t.Boolean(not value))), t.Boolean(not value), None
        case t.InRange():
            yield from _range_changes(part)
        case t.InSet(value=value, options=options) if len(options) > 1:
            for index, option in enumerate(options):
                yield is_dropped(show(option)), t.InSet(value, _without(options, index)), Direction.STRICTER
        case t.If(condition=condition, consequence=consequence, alternative=alternative):
            yield phrase("the branches are exchanged"), t.If(condition, alternative, consequence), None
        case t.Call():
            yield from _call_changes(part)
        case t.FactRef(period=period):
            others: Iterator[t.Expr] = (evolve(part, period=one) for one in _periods(period))
            yield from ((becomes(show(part), show(new)), new, None) for new in others)
        case t.Earlier(operand=operand, period=period):
            others = (t.Earlier(operand, one) for one in _periods(period))
            yield from ((becomes(show(part), show(new)), new, None) for new in others)
        case t.SumYears(operand=operand, years=years) | t.Decreasing(operand=operand, years=years):
            kind = t.SumYears if isinstance(part, t.SumYears) else t.Decreasing
            for new_years in (years - 1, years + 1):
                if new_years >= (1 if kind is t.SumYears else 2):
                    yield (
                        phrase("{years} years become {now}", years=years, now=new_years),
                        kind(operand, new_years),
                        None,
                    )
        case t.MetYears(path=path, years=years):
            for new_years in (years - 1, years + 1):
                if new_years >= 2:
                    direction = Direction.STRICTER if new_years > years else Direction.LOOSER
                    said = phrase("{years} years become {now}", years=years, now=new_years)
                    yield said, t.MetYears(path, new_years), direction
        case _:
            pass
    if is_condition(criteria, part) and not isinstance(part, (t.Compare, t.InRange)):
        yield becomes(show(part), show(t.Not(part))), t.Not(part), None


_TRUE_ON: dict[t.CompareOp, frozenset[int]] = {
    t.CompareOp.LT: frozenset({-1}),
    t.CompareOp.LE: frozenset({-1, 0}),
    t.CompareOp.EQ: frozenset({0}),
    t.CompareOp.NE: frozenset({-1, 1}),
    t.CompareOp.GE: frozenset({0, 1}),
    t.CompareOp.GT: frozenset({1}),
}
"""The signs of the left side less the right side on which a comparison holds."""


def _compare_changes(part: t.Compare) -> Iterator[_Change]:
    before = _TRUE_ON[part.op]
    for op, after in _TRUE_ON.items():
        if op is not part.op:
            direction = Direction.STRICTER if after < before else Direction.LOOSER if after > before else None
            yield becomes(part.op.value, op.value), evolve(part, op=op), direction


_SWAPS = {
    t.ArithmeticOp.ADD: t.ArithmeticOp.SUB,
    t.ArithmeticOp.SUB: t.ArithmeticOp.ADD,
    t.ArithmeticOp.MUL: t.ArithmeticOp.DIV,
    t.ArithmeticOp.DIV: t.ArithmeticOp.MUL,
}


def _arithmetic_changes(part: t.Arithmetic) -> Iterator[_Change]:
    op = _SWAPS[part.op]
    yield becomes(part.op.value, op.value), evolve(part, op=op), None


def _stepped(part: t.Number) -> Iterator[t.Number]:
    """The numbers one step away in the last decimal place that is written, not below 0."""
    for value in numbers_beside(part.value, percent=part.percent):
        yield t.Number(value, part.percent)


def numbers_beside(value: Fraction, *, percent: bool) -> Iterator[Fraction]:
    """The numbers one step away in the last decimal place of `value`, of its percentage where it is one.

    A number that is not negative has none below 0.
    """
    shown = value * 100 if percent else value
    unit = min(Fraction(1), Fraction(10) ** decimal_exponent(abs(shown)))
    for new in (shown - unit, shown + unit):
        if new >= 0 or value < 0:
            yield new / 100 if percent else new


def _range_changes(part: t.InRange) -> Iterator[_Change]:
    lower = phrase("the lower end is left out") if part.low_closed else phrase("the lower end is let in")
    upper = phrase("the upper end is left out") if part.high_closed else phrase("the upper end is let in")
    yield lower, evolve(part, low_closed=not part.low_closed), _end_direction(closed=part.low_closed)
    yield upper, evolve(part, high_closed=not part.high_closed), _end_direction(closed=part.high_closed)


def _end_direction(*, closed: bool) -> Direction:
    return Direction.STRICTER if closed else Direction.LOOSER


def _same_because(criteria: CriteriaSet, rule: t.Expr, route: Route, new: t.Expr) -> str | None:
    """Why another operator of a comparison says the same: on the signs that its declared ranges allow, both agree.

    That holds for numbers known within bounds too: what such a comparison decides depends on those signs alone.
    """
    old = part_at(rule, route)
    if not (isinstance(old, t.Compare) and isinstance(new, t.Compare) and old.op is not new.op):
        return None
    lowered = resolve(old, period_at(rule, route), criteria.years.first)
    assert isinstance(lowered, t.Compare)
    if not has_type(criteria, lowered.left, NumberType()):
        return None
    low, high = bounds(open_difference(criteria, Threshold(lowered.left, lowered.right)))
    never = {sign for sign, out in ((-1, low is not None and low >= 0), (1, high is not None and high <= 0)) if out}
    if not never or (_TRUE_ON[old.op] ^ _TRUE_ON[new.op]) - never:
        return None
    left, right = show(old.left), show(old.right)
    if -1 in never:
        return phrase("`{left}` is never less than `{right}`, by the declared ranges", left=left, right=right)
    return phrase("`{left}` is never more than `{right}`, by the declared ranges", left=left, right=right)


_OTHER_FUNCTION = {
    t.Function.MIN: t.Function.MAX,
    t.Function.MAX: t.Function.MIN,
    t.Function.FLOOR: t.Function.CEILING,
    t.Function.CEILING: t.Function.FLOOR,
    t.Function.ROUND_UP: t.Function.FLOOR,
    t.Function.ROUND_DOWN: t.Function.CEILING,
    t.Function.ROUND_HALF_UP: t.Function.FLOOR,
    t.Function.ROUND_HALF_EVEN: t.Function.FLOOR,
    t.Function.SUM: t.Function.MAX,
    t.Function.MEAN: t.Function.MAX,
    t.Function.ALL: t.Function.ANY,
    t.Function.ANY: t.Function.ALL,
}


def _call_changes(part: t.Call) -> Iterator[_Change]:
    other = _OTHER_FUNCTION.get(part.function)
    directions = {t.Function.ALL: Direction.LOOSER, t.Function.ANY: Direction.STRICTER}
    direction = directions.get(part.function)
    if other is not None and (len(part.arguments) == 1) == (other in (t.Function.FLOOR, t.Function.CEILING)):
        yield becomes(part.function.value, other.value), evolve(part, function=other), direction
    if part.function not in (t.Function.ABS, *ROUNDINGS):
        yield from _dropped(part, part.arguments, direction)


def _dropped(
    part: t.And | t.Or | t.Call, operands: tuple[t.Expr, ...], direction: Direction | None
) -> Iterator[_Change]:
    for index, operand in enumerate(operands):
        left = _without(operands, index)
        if len(operands) > 1:
            yield is_dropped(show(operand)), _of(part, left), direction


def _of(part: t.And | t.Or | t.Call, operands: tuple[t.Expr, ...]) -> t.Expr:
    match part:
        case t.Call():
            return evolve(part, arguments=operands)
        case _:
            return operands[0] if len(operands) == 1 else evolve(part, operands=operands)


def _without(items: Sequence[t.Expr], index: int) -> tuple[t.Expr, ...]:
    return (*items[:index], *items[index + 1 :])


def _periods(period: t.Period) -> tuple[t.Period, ...]:
    match period:
        case t.Ago(0):
            return ()
        case t.Ago(years):
            return (t.Ago(years - 1), t.Ago(years + 1))
        case t.InYear(year):
            return (t.InYear(year - 1), t.InYear(year + 1))


def becomes(was: str, now: str) -> Phrase:
    """That one part of a rule, or one value, takes the place of another."""
    return phrase("`{was}` becomes `{now}`", was=was, now=now)


def is_dropped(part: str) -> Phrase:
    """That a part of a rule is left out."""
    return phrase("`{part}` is dropped", part=part)
