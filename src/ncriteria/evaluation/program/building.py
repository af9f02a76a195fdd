"""From a lowered rule to its integer form: every construct of the language that has one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from attrs import frozen

from ncriteria.evaluation.program import ends as numbers
from ncriteria.evaluation.program import rounding
from ncriteria.evaluation.program.ends import End, Ends
from ncriteria.evaluation.program.logic import all_of, any_of, choice, opposite, same_truth, settled
from ncriteria.evaluation.program.scope import Scope, kind_of
from ncriteria.evaluation.program.sizes import check_size
from ncriteria.evaluation.program.tree import (
    FALSE,
    UNKNOWN,
    Certain,
    Condition,
    Constant,
    Filled,
    Flag,
    IsKnown,
    Literal,
    NoIntegerForm,
    Operand,
    Pick,
    Relation,
    ShareKey,
    Slot,
)
from ncriteria.language.tree import (
    And,
    Arithmetic,
    ArithmeticOp,
    Boolean,
    Call,
    Coalesce,
    Compare,
    CompareOp,
    Date,
    Decreasing,
    Earlier,
    Expr,
    FactKey,
    FactRef,
    Function,
    If,
    InRange,
    InSet,
    Known,
    Met,
    Negate,
    Not,
    Number,
    Or,
    Parameter,
    ShareMet,
    SumYears,
    Text,
)
from ncriteria.language.values import Unknown
from ncriteria.sets.model import FactType


@frozen
class Judged:
    """A condition, and where it has no value; there it is unknown."""

    truth: Condition
    undefined: Condition = FALSE


def condition_of(scope: Scope, expr: Expr) -> Judged:
    """The integer form of the condition `expr`; raises `NoIntegerForm`."""
    found = _condition_of(scope, expr)
    check_size(found.truth, found.undefined)
    return found


def _condition_of(scope: Scope, expr: Expr) -> Judged:
    match expr:
        case Boolean(value=value):
            return Judged(Certain(value))
        case FactRef(key=key):
            return Judged(Flag(key))
        case Parameter(name=name):
            given = scope.values[name]
            return Judged(UNKNOWN if isinstance(given, Unknown) else Certain(given is True))
        case Met(path=path):
            if path not in scope.satisfied:
                raise NoIntegerForm("it rests on a clause that rests on it in another set of the line")
            return Judged(scope.satisfied[path])
        case Not(operand=operand):
            inner = condition_of(scope, operand)
            return Judged(opposite(inner.truth), inner.undefined)
        case And(operands=operands):
            return _joined([condition_of(scope, operand) for operand in operands], conjunction=True)
        case Or(operands=operands):
            return _joined([condition_of(scope, operand) for operand in operands], conjunction=False)
        case If(condition=condition, consequence=consequence, alternative=alternative):
            return _conditional(*(condition_of(scope, part) for part in (condition, consequence, alternative)))
        case Compare(op=op, left=left, right=right):
            return _comparison(scope, op, left, right)
        case InRange(value=value, low=low, high=high):
            above = _comparison(scope, CompareOp.GE if expr.low_closed else CompareOp.GT, value, low)
            below = _comparison(scope, CompareOp.LE if expr.high_closed else CompareOp.LT, value, high)
            return _strict([above, below], all_of([above.truth, below.truth]))
        case InSet(value=value, options=options):
            equal = [_comparison(scope, CompareOp.EQ, value, option) for option in options]
            return _strict(equal, any_of([one.truth for one in equal]))
        case Call(function=Function.ALL | Function.ANY, arguments=arguments):
            inner_all = [condition_of(scope, argument) for argument in arguments]
            return _joined(inner_all, conjunction=expr.function is Function.ALL)
        case Known(operand=operand):
            return _known(scope, operand)
        case Coalesce(operand=operand, default=default):
            one, other = condition_of(scope, operand), condition_of(scope, default)
            known = IsKnown(one.truth)
            kept, used = all_of([known, one.truth]), all_of([opposite(known), other.truth])
            undefined = any_of([one.undefined, all_of([opposite(known), other.undefined])])
            return Judged(_masked(any_of([kept, used]), undefined), undefined)
        case Number() | Text() | Date() | Negate() | Arithmetic() | Call() | ShareMet():
            raise AssertionError("the static check has made sure that this is a condition")
        case Earlier() | SumYears() | Decreasing():
            raise AssertionError("period forms are resolved before")
        case _:
            assert_never(expr)


def _masked(truth: Condition, undefined: Condition) -> Condition:
    """`truth`, unknown where it is undefined."""
    if undefined == FALSE:
        return truth
    return any_of([all_of([truth, opposite(undefined)]), all_of([undefined, UNKNOWN])])


def _strict(parts: Sequence[Judged], truth: Condition) -> Judged:
    """A truth that is undefined as soon as a part is."""
    undefined = any_of([part.undefined for part in parts])
    return Judged(_masked(truth, undefined), undefined)


def _joined(parts: list[Judged], *, conjunction: bool) -> Judged:
    """And, or: undefined where nothing decides, nothing is unknown, and something is undefined."""
    truths = [part.truth for part in parts]
    joined = all_of(truths) if conjunction else any_of(truths)
    undefined = any_of([part.undefined for part in parts])
    if undefined == FALSE:
        return Judged(joined)
    neutral = [part.truth if conjunction else opposite(part.truth) for part in parts]
    passed = [any_of([settled(truth, False), part.undefined]) for truth, part in zip(neutral, parts, strict=True)]
    return Judged(joined, all_of([*passed, undefined]))


def _conditional(condition: Judged, consequence: Judged, alternative: Judged) -> Judged:
    undefined = any_of(
        [
            condition.undefined,
            all_of([settled(condition.truth, False), consequence.undefined]),
            all_of([settled(opposite(condition.truth), False), alternative.undefined]),
            all_of([consequence.undefined, alternative.undefined]),
        ]
    )
    truth = choice(condition.truth, consequence.truth, alternative.truth)
    return Judged(_masked(truth, undefined), undefined)


def _known(scope: Scope, operand: Expr) -> Judged:
    match kind_of(scope, operand):
        case FactType.COUNT | FactType.NUMBER:
            value = number_of(scope, operand)
            known, undefined = numbers.is_exact(value), value.undefined
        case FactType.BOOLEAN:
            inner = condition_of(scope, operand)
            known, undefined = IsKnown(inner.truth), inner.undefined
        case FactType.ENUMERATION | FactType.DATE:
            plain = _operand(scope, operand)
            known, undefined = Certain(False) if plain is None else IsKnown(plain), FALSE
    return Judged(_masked(known, undefined), undefined)


def _comparison(scope: Scope, op: CompareOp, left: Expr, right: Expr) -> Judged:
    match kind_of(scope, left):
        case FactType.COUNT | FactType.NUMBER:
            one, other = number_of(scope, left), number_of(scope, right)
            undefined = any_of([one.undefined, other.undefined])
            compared = numbers.compared(op, one, other, scope.extents(left, right))
            return Judged(_masked(compared, undefined), undefined)
        case FactType.BOOLEAN:
            first, second = condition_of(scope, left), condition_of(scope, right)
            same = same_truth(first.truth, second.truth)
            return _strict([first, second], same if op is CompareOp.EQ else opposite(same))
        case FactType.ENUMERATION | FactType.DATE:
            return Judged(_plain_comparison(op, _operand(scope, left), _operand(scope, right)))


def _operand(scope: Scope, expr: Expr) -> Operand | None:
    """A day or a value of an enumeration as it is; `None` for a parameter that the law leaves open."""
    match expr:
        case FactRef(key=key):
            return Slot(key)
        case Text(value=value) | Date(value=value):
            return Literal(value)
        case Parameter(name=name):
            given = scope.values[name]
            return None if isinstance(given, Unknown | bool | Fraction) else Literal(given)
        case _:
            raise NoIntegerForm("a choice between days or values of an enumeration")


def _plain_comparison(op: CompareOp, left: Operand | None, right: Operand | None) -> Condition:
    if left is None or right is None:
        return UNKNOWN
    if isinstance(left, Literal) and isinstance(right, Literal):
        holds = {
            CompareOp.EQ: left.value == right.value,
            CompareOp.NE: left.value != right.value,
            CompareOp.LT: str(left.value) < str(right.value),
            CompareOp.LE: str(left.value) <= str(right.value),
            CompareOp.GT: str(left.value) > str(right.value),
            CompareOp.GE: str(left.value) >= str(right.value),
        }
        return Certain(holds[op])
    return Relation(op, left, right)


def number_of(scope: Scope, expr: Expr) -> Ends:
    """The integer form of the number `expr`; raises `NoIntegerForm`."""
    found = _number_of(scope, expr)
    check_size(found)
    return found


def _number_of(scope: Scope, expr: Expr) -> Ends:
    match expr:
        case Number(value=value):
            return numbers.exactly(value)
        case FactRef(key=key):
            return _fact(scope, key)
        case Parameter(name=name):
            given = scope.values[name]
            return numbers.exactly(given) if isinstance(given, Fraction) else numbers.UNBOUNDED
        case ShareMet(level=level, path=path):
            return _share(level, path)
        case Negate(operand=operand):
            return numbers.scale(number_of(scope, operand), Fraction(-1))
        case Arithmetic(op=op, left=left, right=right):
            return _arithmetic(scope, op, left, right)
        case If(condition=condition, consequence=consequence, alternative=alternative):
            asked = condition_of(scope, condition)
            chosen = numbers.hull_where(asked.truth, number_of(scope, consequence), number_of(scope, alternative))
            return _undefined_too(chosen, asked.undefined)
        case Coalesce(operand=operand, default=default):
            return _coalesced(number_of(scope, operand), number_of(scope, default))
        case Call(function=function, arguments=arguments):
            return _called(scope, function, arguments)
        case _:
            raise AssertionError("the static check has made sure that this is a number")


def _undefined_too(value: Ends, undefined: Condition) -> Ends:
    return Ends(value.low, value.high, value.known, any_of([undefined, value.undefined]), value.partial)


def _fact(scope: Scope, key: FactKey) -> Ends:
    declaration, factor = scope.facts[key.name], scope.scales.get(key.name, 1)
    slot = Slot(
        key, declaration.type is FactType.NUMBER and declaration.decimals is None and key.name not in scope.scales
    )
    low = _bound(slot, declaration.minimum, factor)
    high = _bound(slot, declaration.maximum, factor)
    return Ends(low, high, End(slot, factor))


def _bound(slot: Slot, bound: Fraction | None, factor: int) -> End:
    """The value of a slot whose values are multiplied by `factor`, or the declared bound where it is missing."""
    if bound is None:
        return End(slot, factor)
    scaled = bound * factor
    if scaled.denominator == 1:
        return End(Filled(slot, int(scaled)), factor)
    raise NoIntegerForm(f"the declared range of `{slot.key}` ends in {bound}, which its values cannot be")


def _share(level: str, path: str) -> Ends:
    met, possible = (Slot(ShareKey(level, path, part)) for part in ("met", "may_be_met"))
    judged = Filled(Slot(ShareKey(level, path, "judged")), 1)
    certain = settled(Relation(CompareOp.EQ, met, possible), False)
    none_judged = settled(Relation(CompareOp.EQ, judged, Constant(0)), False)
    # Where no unit is judged there is no share, and the divisor must not be zero.
    under = Pick(none_judged, Constant(1), judged)
    return Ends(
        End(Filled(met, 0), 1, under),
        End(Filled(possible, 1), 1, under),
        End(Pick(certain, met, Constant(None)), 1, under),
        none_judged,
        True,
    )


def _arithmetic(scope: Scope, op: ArithmeticOp, left: Expr, right: Expr) -> Ends:
    one, other = number_of(scope, left), number_of(scope, right)
    declared = scope.extents(left, right)
    match op:
        case ArithmeticOp.ADD:
            return numbers.add(one, other)
        case ArithmeticOp.SUB:
            return numbers.add(one, numbers.scale(other, Fraction(-1)))
        case ArithmeticOp.MUL:
            return numbers.multiply(one, other, declared)
        case ArithmeticOp.DIV:
            return numbers.divide(one, other, declared)
        case _:
            assert_never(op)


def _coalesced(value: Ends, default: Ends) -> Ends:
    exact = numbers.is_exact(value)
    return Ends(
        numbers.picked(exact, value.low, default.low),
        numbers.picked(exact, value.high, default.high),
        End(numbers.NOTHING),
        any_of([value.undefined, all_of([opposite(exact), default.undefined])]),
        True,
    )


def _called(scope: Scope, function: Function, arguments: Sequence[Expr]) -> Ends:
    match function:
        case Function.COUNT_TRUE:
            inner = [condition_of(scope, argument) for argument in arguments]
            return numbers.counted([one.truth for one in inner], any_of([one.undefined for one in inner]))
        case Function.COUNT:
            undefined = [_undefined_of(scope, argument) for argument in arguments]
            return _undefined_too(numbers.exactly(Fraction(len(arguments))), any_of(undefined))
        case Function.ABS:
            return numbers.absolute(number_of(scope, arguments[0]))
        case Function.FLOOR:
            return rounding.rounded_down(number_of(scope, arguments[0]))
        case Function.CEILING:
            minus = numbers.scale(number_of(scope, arguments[0]), Fraction(-1))
            return numbers.scale(rounding.rounded_down(minus), Fraction(-1))
        case Function.MIN | Function.MAX:
            return numbers.extreme(function is Function.MAX, [number_of(scope, one) for one in arguments])
        case Function.SUM | Function.MEAN:
            total = _total([number_of(scope, argument) for argument in arguments])
            return total if function is Function.SUM else numbers.scale(total, Fraction(1, len(arguments)))
        case Function.ROUND_HALF_UP | Function.ROUND_HALF_EVEN:
            digits = _digits(arguments[1]) if len(arguments) == 2 else 0
            even = function is Function.ROUND_HALF_EVEN
            return rounding.rounded(number_of(scope, arguments[0]), digits, half_to_even=even)
        case Function.ALL | Function.ANY:
            raise AssertionError("these are conditions")
        case _:
            assert_never(function)


def _total(values: Sequence[Ends]) -> Ends:
    """The sum, put together from halves, for each addition goes through all that it adds."""
    if len(values) == 1:
        return values[0]
    half = len(values) // 2
    total = numbers.add(_total(values[:half]), _total(values[half:]))
    check_size(total)
    return total


def _digits(expr: Expr) -> int:
    match expr:
        case Number(value=value):
            return int(value)
        case Negate(operand=Number(value=value)):
            return -int(value)
        case _:
            raise AssertionError("the parser has made sure that decimal places are a whole number")


def _undefined_of(scope: Scope, expr: Expr) -> Condition:
    match kind_of(scope, expr):
        case FactType.COUNT | FactType.NUMBER:
            return number_of(scope, expr).undefined
        case FactType.BOOLEAN:
            return condition_of(scope, expr).undefined
        case FactType.ENUMERATION | FactType.DATE:
            return FALSE
