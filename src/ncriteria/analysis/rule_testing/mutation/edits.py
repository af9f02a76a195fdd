"""Small edits of one rule: another operator, threshold, connective, period or function, a condition dropped or turned.

These are the slips that an author makes; an embedded test should notice each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from fractions import Fraction

from attrs import evolve, frozen

from ncriteria.analysis.rule_testing.boundaries import Threshold, has_type, open_difference
from ncriteria.analysis.rule_testing.conditions import is_condition
from ncriteria.analysis.rule_testing.routes import Route, part_at, period_at, replaced, routes
from ncriteria.evaluation.lowering import resolve
from ncriteria.language.printer import show
from ncriteria.language.queries import parts
from ncriteria.language.reading.literals import decimal_exponent
from ncriteria.language.source import Span
from ncriteria.language.tree import (
    Ago,
    And,
    Arithmetic,
    ArithmeticOp,
    Boolean,
    Call,
    Compare,
    CompareOp,
    Decreasing,
    Earlier,
    Expr,
    FactRef,
    Function,
    If,
    InRange,
    InSet,
    InYear,
    Not,
    Number,
    Or,
    Period,
    SumYears,
)
from ncriteria.language.types import NumberType, TruthType
from ncriteria.language.values import bounds
from ncriteria.sets.model import CriteriaSet


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
    rule: Expr
    span: Span | None
    direction: Direction | None = None
    same_because: str | None = None


_Change = tuple[str, Expr, Direction | None]


def rule_edits(criteria: CriteriaSet, rule: Expr) -> Iterator[RuleEdit]:
    """Every small edit of `rule` that is still well-typed, each once, in the order of the text."""
    found = {rule}
    for route, part in routes(rule):
        for what, new, direction in _changes(criteria, part):
            edited = replaced(rule, route, new)
            if edited not in found and has_type(criteria, edited, TruthType()):
                found.add(edited)
                outside = _seen_from_outside(rule, route, direction)
                yield RuleEdit(what, edited, part.span, outside, _same_because(criteria, rule, route, new))


def _seen_from_outside(rule: Expr, route: Route, direction: Direction | None) -> Direction | None:
    """The direction that a change of the part at `route` has for the whole rule; only truths pass it on."""
    part = rule
    for index in route:
        match part:
            case And() | Or() | Call(function=Function.ALL | Function.ANY):
                pass
            case Not():
                direction = _OPPOSITE[direction]
            case If() if index > 0:
                pass
            case _:
                return None
        part = parts(part)[index]
    return direction


def _changes(criteria: CriteriaSet, part: Expr) -> Iterator[_Change]:
    """The small edits of one part; those that do not fit its types are among them."""
    match part:
        case Compare():
            yield from _compare_changes(part)
        case And(operands=operands):
            yield "`and` becomes `or`", Or(operands), Direction.LOOSER
            yield from _dropped(part, operands, Direction.LOOSER)
        case Or(operands=operands):
            yield "`or` becomes `and`", And(operands), Direction.STRICTER
            yield from _dropped(part, operands, Direction.STRICTER)
        case Not(operand=operand):
            yield "`not` is dropped", operand, None
        case Arithmetic():
            yield from _arithmetic_changes(part)
        case Number():
            yield from ((f"`{show(part)}` becomes `{show(new)}`", new, None) for new in _stepped(part))
        case Boolean(value=value):
            yield f"`{show(part)}` becomes `{show(Boolean(not value))}`", Boolean(not value), None
        case InRange():
            yield from _range_changes(part)
        case InSet(value=value, options=options) if len(options) > 1:
            for index, option in enumerate(options):
                yield f"`{show(option)}` is dropped", InSet(value, _without(options, index)), Direction.STRICTER
        case If(condition=condition, consequence=consequence, alternative=alternative):
            yield "the branches are exchanged", If(condition, alternative, consequence), None
        case Call():
            yield from _call_changes(part)
        case FactRef(period=period):
            yield from (
                (_period_words(part, new), new, None) for new in (evolve(part, period=p) for p in _periods(period))
            )
        case Earlier(operand=operand, period=period):
            yield from (
                (_period_words(part, new), new, None) for new in (Earlier(operand, p) for p in _periods(period))
            )
        case SumYears(operand=operand, years=years) | Decreasing(operand=operand, years=years):
            kind = SumYears if isinstance(part, SumYears) else Decreasing
            for new_years in (years - 1, years + 1):
                if new_years >= (1 if kind is SumYears else 2):
                    yield f"{years} years become {new_years}", kind(operand, new_years), None
        case _:
            pass
    if is_condition(criteria, part) and not isinstance(part, (Compare, InRange)):
        yield f"`{show(part)}` becomes `{show(Not(part))}`", Not(part), None


_TRUE_ON: dict[CompareOp, frozenset[int]] = {
    CompareOp.LT: frozenset({-1}),
    CompareOp.LE: frozenset({-1, 0}),
    CompareOp.EQ: frozenset({0}),
    CompareOp.NE: frozenset({-1, 1}),
    CompareOp.GE: frozenset({0, 1}),
    CompareOp.GT: frozenset({1}),
}
"""The signs of the left side less the right side on which a comparison holds."""


def _compare_changes(part: Compare) -> Iterator[_Change]:
    before = _TRUE_ON[part.op]
    for op, after in _TRUE_ON.items():
        if op is not part.op:
            direction = Direction.STRICTER if after < before else Direction.LOOSER if after > before else None
            yield f"`{part.op.value}` becomes `{op.value}`", evolve(part, op=op), direction


_SWAPS = {
    ArithmeticOp.ADD: ArithmeticOp.SUB,
    ArithmeticOp.SUB: ArithmeticOp.ADD,
    ArithmeticOp.MUL: ArithmeticOp.DIV,
    ArithmeticOp.DIV: ArithmeticOp.MUL,
}


def _arithmetic_changes(part: Arithmetic) -> Iterator[_Change]:
    op = _SWAPS[part.op]
    yield f"`{part.op.value}` becomes `{op.value}`", evolve(part, op=op), None


def _stepped(part: Number) -> Iterator[Number]:
    """The numbers one step away in the last decimal place that is written, not below 0."""
    for value in numbers_beside(part.value, percent=part.percent):
        yield Number(value, part.percent)


def numbers_beside(value: Fraction, *, percent: bool) -> Iterator[Fraction]:
    """The numbers one step away in the last decimal place of `value`, of its percentage where it is one.

    A number that is not negative has none below 0.
    """
    shown = value * 100 if percent else value
    unit = min(Fraction(1), Fraction(10) ** decimal_exponent(abs(shown)))
    for new in (shown - unit, shown + unit):
        if new >= 0 or value < 0:
            yield new / 100 if percent else new


def _range_changes(part: InRange) -> Iterator[_Change]:
    for new, closed, end in (
        (evolve(part, low_closed=not part.low_closed), part.low_closed, "lower"),
        (evolve(part, high_closed=not part.high_closed), part.high_closed, "upper"),
    ):
        direction = Direction.STRICTER if closed else Direction.LOOSER
        yield f"the {end} end is {'left out' if closed else 'let in'}", new, direction


def _same_because(criteria: CriteriaSet, rule: Expr, route: Route, new: Expr) -> str | None:
    """Why another operator of a comparison says the same: on the signs that its declared ranges allow, both agree.

    That holds for numbers known within bounds too: what such a comparison decides depends on those signs alone.
    """
    old = part_at(rule, route)
    if not (isinstance(old, Compare) and isinstance(new, Compare) and old.op is not new.op):
        return None
    lowered = resolve(old, period_at(rule, route), criteria.years.first)
    assert isinstance(lowered, Compare)
    if not has_type(criteria, lowered.left, NumberType()):
        return None
    low, high = bounds(open_difference(criteria, Threshold(lowered.left, lowered.right)))
    never = {sign for sign, out in ((-1, low is not None and low >= 0), (1, high is not None and high <= 0)) if out}
    if not never or (_TRUE_ON[old.op] ^ _TRUE_ON[new.op]) - never:
        return None
    word = "less" if -1 in never else "more"
    return f"`{show(old.left)}` is never {word} than `{show(old.right)}`, by the declared ranges"


_OTHER_FUNCTION = {
    Function.MIN: Function.MAX,
    Function.MAX: Function.MIN,
    Function.FLOOR: Function.CEILING,
    Function.CEILING: Function.FLOOR,
    Function.ROUND_HALF_UP: Function.FLOOR,
    Function.ROUND_HALF_EVEN: Function.FLOOR,
    Function.SUM: Function.MAX,
    Function.MEAN: Function.MAX,
    Function.ALL: Function.ANY,
    Function.ANY: Function.ALL,
}


def _call_changes(part: Call) -> Iterator[_Change]:
    other = _OTHER_FUNCTION.get(part.function)
    directions = {Function.ALL: Direction.LOOSER, Function.ANY: Direction.STRICTER}
    direction = directions.get(part.function)
    if other is not None and (len(part.arguments) == 1) == (other in (Function.FLOOR, Function.CEILING)):
        yield f"`{part.function.value}` becomes `{other.value}`", evolve(part, function=other), direction
    if part.function not in _ONE_ARGUMENT:
        yield from _dropped(part, part.arguments, direction)


_ONE_ARGUMENT = (Function.ABS, Function.FLOOR, Function.CEILING, Function.ROUND_HALF_UP, Function.ROUND_HALF_EVEN)


def _dropped(part: And | Or | Call, operands: tuple[Expr, ...], direction: Direction | None) -> Iterator[_Change]:
    for index, operand in enumerate(operands):
        left = _without(operands, index)
        if len(operands) > 1:
            yield f"`{show(operand)}` is dropped", _of(part, left), direction


def _of(part: And | Or | Call, operands: tuple[Expr, ...]) -> Expr:
    match part:
        case Call():
            return evolve(part, arguments=operands)
        case _:
            return operands[0] if len(operands) == 1 else evolve(part, operands=operands)


def _without(items: Sequence[Expr], index: int) -> tuple[Expr, ...]:
    return (*items[:index], *items[index + 1 :])


def _periods(period: Period) -> tuple[Period, ...]:
    match period:
        case Ago(0):
            return ()
        case Ago(years):
            return (Ago(years - 1), Ago(years + 1))
        case InYear(year):
            return (InYear(year - 1), InYear(year + 1))


def _period_words(part: Expr, new: Expr) -> str:
    return f"`{show(part)}` becomes `{show(new)}`"
