"""Where the numbers of the integer form lie: what is decided early, and what fits a machine word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, assert_never

from ncriteria.evaluation.program import tree as t
from ncriteria.language.tree import CompareOp
from ncriteria.quick_classes import frozen

INT64: Final = 2**63 - 1


@frozen
class Extent:
    """Whole numbers from `least` to `greatest`, both included; `None` is no bound on that side."""

    least: int | None = None
    greatest: int | None = None


ANY = Extent()
Extents = Mapping[t.SlotKey, Extent]


def extent(whole: t.Whole, known: Extents, missing: t.SlotKey | None = None) -> Extent | None:
    """Where the known values of `whole` lie, if those of the slots lie in `known`; `None` where it is never known.

    `missing` is a slot taken to be unknown. A slot that is not in `known` may have any value.
    """
    match whole:
        case t.Constant(value=value):
            return None if value is None else Extent(value, value)
        case t.Slot(key=key):
            return None if key == missing else known.get(key, ANY)
        case t.Filled(slot=slot, missing=value):
            inner = extent(slot, known, missing)
            return Extent(value, value) if inner is None else _hull([inner, Extent(value, value)])
        case t.Sum(terms=terms):
            parts = [extent(term, known, missing) for term in terms]
            return _total([part for part in parts if part is not None]) if all(parts) else None
        case t.Scaled(factor=factor, operand=operand):
            inner = extent(operand, known, missing)
            return None if inner is None else _scaled(inner, factor)
        case t.Product(left=left, right=right):
            return _product(extent(left, known, missing), extent(right, known, missing))
        case t.FloorQuotient(left=left, right=right):
            inner = extent(left, known, missing)
            return None if inner is None else _divided(inner, may_be_small=may_be_broken(right))
        case t.Extreme(operands=operands, known_only=known_only):
            found = [extent(operand, known, missing) for operand in operands]
            certain = [one for one in found if one is not None]
            return _hull(certain) if certain and (known_only or len(certain) == len(found)) else None
        case (
            t.Pick(consequence=consequence, alternative=alternative)
            | t.Alternative(consequence=consequence, alternative=alternative)
        ):
            found = [extent(branch, known, missing) for branch in (consequence, alternative)]
            certain = [one for one in found if one is not None]
            return _hull(certain) if certain else None
        case t.Indicator():
            return Extent(0, 1)
        case _:
            assert_never(whole)


def _scaled(one: Extent, factor: int) -> Extent:
    ends = [None if end is None else end * factor for end in (one.least, one.greatest)]
    return Extent(*ends) if factor > 0 else Extent(ends[1], ends[0]) if factor < 0 else Extent(0, 0)


def _divided(one: Extent, *, may_be_small: bool) -> Extent:
    """Where a quotient by one or more lies; what `may_be_small`, less than one, leaves nothing but the sign."""
    if not may_be_small:
        return _hull([one, Extent(0, 0)])
    not_negative = one.least is not None and one.least >= 0
    not_positive = one.greatest is not None and one.greatest <= 0
    return Extent(0 if not_negative else None, 0 if not_positive else None)


def _hull(extents: list[Extent]) -> Extent:
    lows, highs = [one.least for one in extents], [one.greatest for one in extents]
    low = None if None in lows else min(end for end in lows if end is not None)
    high = None if None in highs else max(end for end in highs if end is not None)
    return Extent(low, high)


def _total(extents: list[Extent]) -> Extent:
    lows, highs = [one.least for one in extents], [one.greatest for one in extents]
    low = None if None in lows else sum(end for end in lows if end is not None)
    high = None if None in highs else sum(end for end in highs if end is not None)
    return Extent(low, high)


def _product(left: Extent | None, right: Extent | None) -> Extent | None:
    if left is None or right is None:
        return None
    ends = (left.least, left.greatest, right.least, right.greatest)
    if None not in ends:
        a, b, c, d = (end for end in ends if end is not None)
        products = (a * c, a * d, b * c, b * d)
        return Extent(min(products), max(products))
    not_negative = left.least is not None and left.least >= 0 and right.least is not None and right.least >= 0
    return Extent(0, None) if not_negative else ANY


def may_be_true(condition: t.Condition, known: Extents, missing: t.SlotKey) -> bool:
    """Whether `condition` can be true while the slot `missing` is unknown; `True` also where that is not seen."""
    match condition:
        case t.ComparedTerms(op=op, left=left, right=right):
            if isinstance(left, t.Literal) or isinstance(right, t.Literal):
                return True
            return _may_hold(op, extent(left, known, missing), extent(right, known, missing))
        case t.Both(operands=operands):
            return all(may_be_true(operand, known, missing) for operand in operands)
        case t.Either(operands=operands):
            return any(may_be_true(operand, known, missing) for operand in operands)
        case t.Settled(operand=operand):
            return may_be_true(operand, known, missing)
        case _:
            return True


def may_hold(condition: t.Condition, known: Extents) -> bool:
    """Whether a relation can be true of values in `known`; `True` for what is no relation of numbers."""
    match condition:
        case t.ComparedTerms(op=op, left=left, right=right) if not isinstance(left, t.Literal) and not isinstance(
            right, t.Literal
        ):
            return _may_hold(op, extent(left, known), extent(right, known))
        case _:
            return True


def _may_hold(op: CompareOp, left: Extent | None, right: Extent | None) -> bool:
    if left is None or right is None:
        return False
    match op:
        case CompareOp.LT:
            return left.least is None or right.greatest is None or left.least < right.greatest
        case CompareOp.LE:
            return left.least is None or right.greatest is None or left.least <= right.greatest
        case CompareOp.GT:
            return _may_hold(CompareOp.LT, right, left)
        case CompareOp.GE:
            return _may_hold(CompareOp.LE, right, left)
        case CompareOp.EQ:
            return _may_hold(CompareOp.LE, left, right) and _may_hold(CompareOp.GE, left, right)
        case CompareOp.NE:
            return left != right or left.least != left.greatest
        case _:
            assert_never(op)


def numbers_in(part: t.Condition | t.Whole) -> Iterator[t.Whole]:
    """Every number that computing `part` goes through, of equal ones each."""
    return (node for node in t.nodes_in(part) if isinstance(node, t.Whole))


def may_be_broken(whole: t.Whole) -> bool:
    """Whether `whole` is made of values that may be no whole numbers."""
    return any(isinstance(number, t.Slot) and number.may_be_broken for number in numbers_in(whole))


def fits(part: t.Condition | t.Whole, known: Extents) -> bool:
    """Whether every number inside `part` is sure to fit into 64 bits.

    A sum counts with the sizes of its terms, whatever the order they are added in.
    """
    return all(_fits(whole, known) for whole in numbers_in(part))


def _fits(whole: t.Whole, known: Extents) -> bool:
    if isinstance(whole, t.Sum):
        sizes = [_size(extent(term, known)) for term in whole.terms]
        return None not in sizes and sum(size for size in sizes if size is not None) <= INT64
    size = _size(extent(whole, known))
    return size is not None and size <= INT64


def _size(found: Extent | None) -> int | None:
    """The greatest distance from zero; `None` where there is no bound."""
    if found is None:
        return 0
    if found.least is None or found.greatest is None:
        return None
    return max(abs(found.least), abs(found.greatest))
