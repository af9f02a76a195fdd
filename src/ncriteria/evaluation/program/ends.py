"""Interval arithmetic on numbers of the integer form: each number is known between two ends with cleared denominators.

The reference is `ncriteria.language.exact`; property tests hold the two to each other.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from attrs import evolve

from ncriteria.evaluation.program import tree as t
from ncriteria.evaluation.program.extents import Extents, extent, may_be_true, may_hold, numbers_in
from ncriteria.evaluation.program.logic import all_of, any_of, decided, opposite, settled
from ncriteria.language.tree import CompareOp
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

NOTHING = t.Constant(None)
_ZERO, _ONE = t.Constant(0), t.Constant(1)


@frozen
class RationalEnd:
    """The rational `over / (denominator * under)`; without bound where `over` is unknown. `under` is positive."""

    over: t.Whole
    denominator: int = 1
    under: t.Whole | None = None


@frozen
class Ends:
    """A number between `low` and `high`.

    `known` is its value where all that it is made of is known, and unknown elsewhere; it serves where missing values
    decide nothing. `partial` is set where knowing all slots does not make the number known; `known` then says nothing.
    Where `undefined` holds, the number has no value.
    """

    low: RationalEnd
    high: RationalEnd
    known: RationalEnd
    undefined: t.Condition = t.FALSE
    partial: bool = False


def exactly(value: Fraction) -> Ends:
    """The constant `value`."""
    end = RationalEnd(t.Constant(value.numerator), value.denominator)
    return Ends(end, end, end)


UNBOUNDED = Ends(RationalEnd(NOTHING), RationalEnd(NOTHING), RationalEnd(NOTHING), partial=True)


def constant_value(value: Ends) -> Fraction | None:
    """The value of a constant; `None` where it depends on the record."""
    end = value.known
    if isinstance(end.over, t.Constant) and end.over.value is not None and end.under is None and value.low == end:
        return Fraction(end.over.value, end.denominator)
    return None


def _plus(terms: list[t.Whole]) -> t.Whole:
    flat: list[t.Whole] = []
    for term in terms:
        flat += term.terms if isinstance(term, t.Sum) else [term]
    if NOTHING in flat:
        return NOTHING
    constant = sum(term.value or 0 for term in flat if isinstance(term, t.Constant))
    others: list[t.Whole] = [term for term in flat if not isinstance(term, t.Constant)]
    if constant or not others:
        others.append(t.Constant(constant))
    return others[0] if len(others) == 1 else t.Sum(tuple(others))


def _scaled(factor: int, operand: t.Whole) -> t.Whole:
    """The product with a constant; zero times what is unknown stays unknown, for it may be a divisor that is 0."""
    match operand:
        case t.Constant(value=value):
            return NOTHING if value is None else t.Constant(factor * value)
        case _ if factor == 1:
            return operand
        case t.Filled() | t.Indicator() if factor == 0:
            return _ZERO
        case t.Scaled(factor=inner, operand=of):
            return _scaled(factor * inner, of)
        case _:
            return t.Scaled(factor, operand)


def _product(left: t.Whole, right: t.Whole) -> t.Whole:
    match left, right:
        case t.Constant(value=int(factor)), _:
            return _scaled(factor, right)
        case _, t.Constant(value=int(factor)):
            return _scaled(factor, left)
        case _:
            return NOTHING if NOTHING in (left, right) else t.Product(left, right)


def _crossed(one: RationalEnd, other: RationalEnd) -> tuple[t.Whole, t.Whole, int, t.Whole | None]:
    """Both numerators over one common denominator, and that denominator."""
    if one.under == other.under:
        common = lcm(one.denominator, other.denominator)
        factors = common // one.denominator, common // other.denominator
        return _scaled(factors[0], one.over), _scaled(factors[1], other.over), common, one.under
    left = times_under(_scaled(other.denominator, one.over), other.under)
    right = times_under(_scaled(one.denominator, other.over), one.under)
    under = times_under(one.under or _ONE, other.under)
    return left, right, one.denominator * other.denominator, under


def times_under(whole: t.Whole, under: t.Whole | None) -> t.Whole:
    """The product with a divisor, where there is one."""
    return whole if under is None else _product(whole, under)


def sum_of_ends(one: RationalEnd, other: RationalEnd) -> RationalEnd:
    """The sum of two ends."""
    left, right, denominator, under = _crossed(one, other)
    return RationalEnd(_plus([left, right]), denominator, under)


def scaled_end(end: RationalEnd, factor: Fraction) -> RationalEnd:
    """The product of an end with a constant."""
    shared = gcd(factor.numerator, end.denominator)
    return RationalEnd(
        _scaled(factor.numerator // shared, end.over), end.denominator // shared * factor.denominator, end.under
    )


def related(op: CompareOp, one: RationalEnd, other: RationalEnd) -> t.Condition:
    """The comparison of two ends, multiplied out; unknown where one has no bound."""
    left, right, _, _ = _crossed(one, other)
    if isinstance(left, t.Constant) and isinstance(right, t.Constant):
        return _constants_related(op, left.value, right.value)
    return t.UNKNOWN if NOTHING in (left, right) else t.ComparedTerms(op, left, right)


def _constants_related(op: CompareOp, left: int | None, right: int | None) -> t.Condition:
    if left is None or right is None:
        return t.UNKNOWN
    return t.Certain(op.holds(left, right))


def _surely(op: CompareOp, one: RationalEnd, other: RationalEnd, declared: Extents) -> t.Condition:
    """The comparison of two ends, false where one has no bound; certain where the declared ranges decide it."""
    relation = related(op, one, other)
    if isinstance(relation, t.ComparedTerms):
        if not may_hold(relation, declared):
            return t.FALSE
        slots = [whole for whole in numbers_in(relation) if isinstance(whole, (t.Slot, t.Filled))]
        if _is_plain(relation) and not may_hold(opposite(relation), declared):
            filled = {whole.slot for whole in slots if isinstance(whole, t.Filled)}
            return all_of([t.IsKnown(whole) for whole in slots if isinstance(whole, t.Slot) and whole not in filled])
    return settled(relation)


def _is_plain(relation: t.ComparedTerms) -> bool:
    """Whether a relation is unknown exactly where one of its slots is."""
    return all(isinstance(whole, (t.Constant, t.Slot, t.Filled, t.Sum, t.Scaled)) for whole in numbers_in(relation))


def add(one: Ends, other: Ends) -> Ends:
    """The sum."""
    return Ends(
        sum_of_ends(one.low, other.low),
        sum_of_ends(one.high, other.high),
        sum_of_ends(one.known, other.known),
        any_of([one.undefined, other.undefined]),
        one.partial or other.partial,
    )


def scale(value: Ends, factor: Fraction) -> Ends:
    """The product with a constant."""
    if factor == 0:
        return evolve(exactly(Fraction(0)), undefined=value.undefined)
    low, high = (value.low, value.high) if factor > 0 else (value.high, value.low)
    return evolve(
        value, low=scaled_end(low, factor), high=scaled_end(high, factor), known=scaled_end(value.known, factor)
    )


def multiply(one: Ends, other: Ends, declared: Extents) -> Ends:
    """The product; raises `NoIntegerForm` where neither factor is a constant and one may be negative."""
    for value, factor in ((one, constant_value(other)), (other, constant_value(one))):
        if factor is not None:
            return evolve(scale(value, factor), undefined=any_of([one.undefined, other.undefined]))
    if not (_never_negative(one, declared) and _never_negative(other, declared)):
        raise t.NoIntegerForm(phrase("a product of numbers that may be negative"))
    zero = RationalEnd(_ZERO)
    is_zero = any_of([_surely(CompareOp.EQ, end, zero, declared) for end in (one.high, other.high)])
    high = _product_of_ends(one.high, other.high)
    return Ends(
        _product_of_ends(one.low, other.low),
        high if is_zero == t.FALSE else RationalEnd(t.Pick(is_zero, _ZERO, high.over), high.denominator, high.under),
        _product_of_ends(one.known, other.known),
        any_of([one.undefined, other.undefined]),
        one.partial or other.partial,
    )


def divide(one: Ends, other: Ends, declared: Extents) -> Ends:
    """The quotient, undefined where `other` is exactly zero; raises `NoIntegerForm` as `multiply` does."""
    undefined = any_of([one.undefined, other.undefined])
    factor = constant_value(other)
    if factor is not None:
        return (
            evolve(UNBOUNDED, undefined=t.TRUE) if factor == 0 else evolve(scale(one, 1 / factor), undefined=undefined)
        )
    if not (_never_negative(one, declared) and _never_negative(other, declared)):
        raise t.NoIntegerForm(phrase("a quotient of numbers that may be negative"))
    zero = RationalEnd(_ZERO)
    by_zero = all_of([_surely(CompareOp.EQ, end, zero, declared) for end in (other.low, other.high)])
    has_high = _surely(CompareOp.GT, other.high, zero, declared)
    low_is_positive = _surely(CompareOp.GT, other.low, zero, declared)
    no_high = picked(_surely(CompareOp.EQ, one.high, zero, declared), zero, RationalEnd(NOTHING))
    return Ends(
        _quotient_where(has_high, one.low, other.high, zero),
        _quotient_where(low_is_positive, one.high, other.low, no_high),
        _quotient(one.known, other.known),
        any_of([undefined, by_zero]),
        one.partial or other.partial,
    )


def _product_of_ends(one: RationalEnd, other: RationalEnd) -> RationalEnd:
    under = other.under if one.under is None else times_under(one.under, other.under)
    return RationalEnd(_product(one.over, other.over), one.denominator * other.denominator, under)


def _quotient(one: RationalEnd, other: RationalEnd) -> RationalEnd:
    over = times_under(_scaled(other.denominator, one.over), other.under)
    return RationalEnd(over, one.denominator, times_under(other.over, one.under))


def _quotient_where(
    condition: t.Condition, one: RationalEnd, other: RationalEnd, otherwise: RationalEnd
) -> RationalEnd:
    """The quotient where `other` is known and positive; its divisor is never zero."""
    quotient = _quotient(one, other)
    if condition == t.TRUE:
        return quotient
    if condition == t.FALSE:
        return otherwise
    under = quotient.under or _ONE
    return RationalEnd(
        t.Pick(condition, quotient.over, otherwise.over), quotient.denominator, t.Pick(condition, under, _ONE)
    )


def _never_negative(value: Ends, declared: Extents) -> bool:
    found = None if value.partial else extent(value.low.over, declared)
    return found is not None and found.least is not None and found.least >= 0


def is_exact(value: Ends) -> t.Condition:
    """Whether the number is known exactly."""
    if constant_value(value) is not None:
        return t.TRUE
    return settled(related(CompareOp.EQ, value.low, value.high))


def absolute(value: Ends) -> Ends:
    """The number without its sign."""
    zero = RationalEnd(_ZERO)
    above, below = related(CompareOp.GE, value.low, zero), related(CompareOp.LE, value.high, zero)
    minus = scale(value, Fraction(-1))
    low = picked(above, value.low, picked(below, minus.low, zero))
    return evolve(value, low=low, high=_extreme(True, [minus.high, value.high], False), known=_size(value.known))


def _size(end: RationalEnd) -> RationalEnd:
    return _extreme(True, [end, scaled_end(end, Fraction(-1))], False)


def picked(condition: t.Condition, one: RationalEnd, other: RationalEnd) -> RationalEnd:
    """`one` where the condition is true, otherwise `other`."""
    if isinstance(condition, t.Certain):
        return one if condition.value else other
    left, right, denominator, under = _crossed(one, other)
    return RationalEnd(t.Pick(condition, left, right), denominator, under)


def _extreme(greatest: bool, ends: list[RationalEnd], known_only: bool) -> RationalEnd:
    """The extreme of ends without a denominator of their own."""
    if any(end.under is not None for end in ends):
        raise t.NoIntegerForm(phrase("the least or greatest of quotients"))
    common = lcm(*(end.denominator for end in ends))
    operands = tuple(_scaled(common // end.denominator, end.over) for end in ends)
    return RationalEnd(operands[0] if len(operands) == 1 else t.Extreme(greatest, operands, known_only), common)


def extreme(greatest: bool, values: list[Ends]) -> Ends:
    """The least or the greatest of the numbers."""
    return Ends(
        _extreme(greatest, [value.low for value in values], known_only=greatest),
        _extreme(greatest, [value.high for value in values], known_only=not greatest),
        _extreme(greatest, [value.known for value in values], known_only=False),
        any_of([value.undefined for value in values]),
        any(value.partial for value in values),
    )


def counted(conditions: list[t.Condition], undefined: t.Condition) -> Ends:
    """How many of the conditions are true."""
    certain: t.Whole = _plus([t.Indicator(condition, False) for condition in conditions])
    possible: t.Whole = _plus([t.Indicator(condition, True) for condition in conditions])
    return Ends(RationalEnd(certain), RationalEnd(possible), RationalEnd(NOTHING), undefined, partial=True)


def hull_where(condition: t.Condition, one: Ends, other: Ends) -> Ends:
    """`one` where the condition is true, `other` where it is false, and between both where it is unknown.

    There nothing is known of the number where just one of the two has a value.
    """
    unless = opposite(condition)
    apart = all_of([opposite(t.IsKnown(condition)), any_of([one.undefined, other.undefined])])
    return Ends(
        picked(apart, RationalEnd(NOTHING), _alternative(False, condition, one.low, other.low)),
        picked(apart, RationalEnd(NOTHING), _alternative(True, condition, one.high, other.high)),
        RationalEnd(NOTHING),
        any_of(
            [
                all_of([settled(condition), one.undefined]),
                all_of([settled(unless), other.undefined]),
                all_of([one.undefined, other.undefined]),
            ]
        ),
        True,
    )


def _alternative(greatest: bool, condition: t.Condition, one: RationalEnd, other: RationalEnd) -> RationalEnd:
    if isinstance(condition, t.Certain) and condition != t.UNKNOWN:
        return one if condition == t.TRUE else other
    left, right, denominator, under = _crossed(one, other)
    return RationalEnd(t.Alternative(greatest, condition, left, right), denominator, under)


def compared(op: CompareOp, one: Ends, other: Ends, declared: Extents) -> t.Condition:
    """The comparison, as far as the ends decide it; where a side is undefined it means nothing."""
    if op is CompareOp.NE:
        return opposite(compared(CompareOp.EQ, one, other, declared))
    true_if, false_if = _deciding(op, one, other)
    if one.partial or other.partial:
        return decided(true_if, false_if)
    plain = related(op, one.known, other.known)
    if isinstance(plain, t.Certain):
        return plain if plain != t.UNKNOWN else decided(true_if, false_if)
    if not isinstance(plain, t.ComparedTerms):
        raise AssertionError("a comparison that is not certain is a relation")
    slots = [whole.key for whole in numbers_in(plain) if isinstance(whole, t.Slot)]
    early = [
        condition if any(may_be_true(condition, declared, slot) for slot in slots) else t.FALSE
        for condition in (true_if, false_if)
    ]
    return plain if early == [t.FALSE, t.FALSE] else t.Decision(plain, early[0], early[1])


def _deciding(op: CompareOp, one: Ends, other: Ends) -> tuple[t.Condition, t.Condition]:
    match op:
        case CompareOp.LT:
            return related(op, one.high, other.low), related(CompareOp.GE, one.low, other.high)
        case CompareOp.LE:
            return related(op, one.high, other.low), related(CompareOp.GT, one.low, other.high)
        case CompareOp.GT | CompareOp.GE:
            mirrored = CompareOp.LT if op is CompareOp.GT else CompareOp.LE
            return _deciding(mirrored, other, one)
        case _:
            apart = [related(CompareOp.LT, one.high, other.low), related(CompareOp.LT, other.high, one.low)]
            return all_of([is_exact(one), is_exact(other), related(CompareOp.EQ, one.low, other.low)]), any_of(
                [settled(condition) for condition in apart]
            )
