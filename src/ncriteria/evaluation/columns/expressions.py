"""The integer form as expressions of narwhals: whole numbers in Int64, three-valued logic in nullable booleans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import add, and_, or_
from typing import assert_never

import narwhals as nw

from ncriteria.evaluation.program import tree as t
from ncriteria.language.tree import CompareOp
from ncriteria.language.values import DayPart
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase


@frozen
class Columns:
    """What the program reads of a frame: the values of slots, and the columns of named conditions and of years."""

    slots: Mapping[t.SlotKey, nw.Expr]
    named: Mapping[str, str]
    year: str


def condition_expr(columns: Columns, condition: t.Condition) -> nw.Expr:
    """The three-valued truth of `condition`, as a nullable boolean."""
    match condition:
        case t.Certain(value=value):
            return nw.lit(value, dtype=nw.Boolean())
        case t.Flag(key=key):
            return columns.slots[key]
        case t.Named(name=name):
            return nw.col(columns.named[name])
        case t.ComparedTerms(op=op, left=left, right=right):
            return _related(op, _operand(columns, left), _operand(columns, right))
        case t.Decision():
            return _decided(columns, condition)
        case t.Both(operands=operands):
            return _joined(and_, _known_first(columns, operands))
        case t.Either(operands=operands):
            return _joined(or_, _known_first(columns, operands))
        case t.Choice(condition=asked, consequence=consequence, alternative=alternative):
            holds, one, other = (condition_expr(columns, part) for part in (asked, consequence, alternative))
            return (holds & one) | (~holds & other) | (one & other)
        case t.Opposite(operand=operand):
            return ~condition_expr(columns, operand)
        case t.IsKnown(operand=operand):
            return ~_any_expr(columns, operand).is_null()
        case t.Settled(operand=operand):
            return condition_expr(columns, operand).fill_null(False)
        case t.InYears(first=first, last=last):
            return _in_years(nw.col(columns.year), first, last)
        case _:
            assert_never(condition)


def _joined(operation: Callable[[nw.Expr, nw.Expr], nw.Expr], operands: Sequence[nw.Expr]) -> nw.Expr:
    """The operands joined two by two, so that the expression is never deep, however many there are."""
    if len(operands) == 1:
        return operands[0]
    half = len(operands) // 2
    return operation(_joined(operation, operands[:half]), _joined(operation, operands[half:]))


def _known_first(columns: Columns, operands: Iterable[t.Condition]) -> list[nw.Expr]:
    """The operands as expressions, an unknown constant last, so that none is put together with another constant."""
    ordered = sorted(operands, key=lambda operand: operand == t.UNKNOWN)
    return [condition_expr(columns, operand) for operand in ordered]


def _decided(columns: Columns, decision: t.Decision) -> nw.Expr:
    plain = condition_expr(columns, decision.plain)
    if decision.false_if != t.FALSE:
        plain &= ~condition_expr(columns, decision.false_if)
        if decision.true_if != t.FALSE:
            return plain | condition_expr(columns, decision.true_if).fill_null(False)
        return plain
    return plain | condition_expr(columns, decision.true_if)


def _in_years(year: nw.Expr, first: int | None, last: int | None) -> nw.Expr:
    bounds = [] if first is None else [year >= first]
    bounds += [] if last is None else [year <= last]
    return reduce(and_, bounds, nw.lit(True, dtype=nw.Boolean())) if len(bounds) != 1 else bounds[0]


def _related(op: CompareOp, left: nw.Expr, right: nw.Expr) -> nw.Expr:
    match op:
        case CompareOp.EQ:
            return left == right
        case CompareOp.NE:
            return left != right
        case CompareOp.LT:
            return left < right
        case CompareOp.LE:
            return left <= right
        case CompareOp.GT:
            return left > right
        case CompareOp.GE:
            return left >= right
        case _:
            assert_never(op)


def _operand(columns: Columns, operand: t.Operand) -> nw.Expr:
    return nw.lit(operand.value) if isinstance(operand, t.Literal) else number_expr(columns, operand)


def _any_expr(columns: Columns, part: t.Operand | t.Condition) -> nw.Expr:
    match part:
        case (
            t.Literal() | t.Constant() | t.Slot() | t.Filled() | t.Sum() | t.Scaled() | t.Product() | t.FloorQuotient()
        ):
            return _operand(columns, part)
        case t.Extreme() | t.Pick() | t.Alternative() | t.Indicator():
            return number_expr(columns, part)
        case _:
            return condition_expr(columns, part)


def number_expr(columns: Columns, whole: t.Whole) -> nw.Expr:
    """The number in Int64, null where it is unknown; raises `NoIntegerForm` for what engines divide differently."""
    match whole:
        case t.Constant(value=value):
            return nw.lit(value, dtype=nw.Int64())
        case t.Slot(key=key):
            return columns.slots[key]
        case t.Filled(slot=slot, missing=missing):
            return columns.slots[slot.key].fill_null(missing)
        case t.Sum(terms=terms):
            return _joined(add, [number_expr(columns, term) for term in terms])
        case t.Scaled(factor=factor, operand=operand):
            return number_expr(columns, operand) * factor
        case t.Product(left=left, right=right):
            return number_expr(columns, left) * number_expr(columns, right)
        case t.FloorQuotient():
            raise t.NoIntegerForm(phrase("a rounded quotient, which engines do not round alike"))
        case t.Extreme():
            return _extreme(columns, whole)
        case t.Pick(condition=condition, consequence=consequence, alternative=alternative):
            asked = condition_expr(columns, condition).fill_null(False)
            one, other = number_expr(columns, consequence), number_expr(columns, alternative)
            return nw.when(asked).then(one).otherwise(other)
        case t.Alternative(greatest=greatest, condition=condition, consequence=consequence, alternative=alternative):
            asked = condition_expr(columns, condition)
            one, other = number_expr(columns, consequence), number_expr(columns, alternative)
            between = _extreme_of([one, other], greatest=greatest, known_only=False)
            return nw.when(asked).then(one).otherwise(nw.when(~asked).then(other).otherwise(between))
        case t.Indicator(condition=condition, unknown_counts=unknown_counts):
            return condition_expr(columns, condition).fill_null(unknown_counts).cast(nw.Int64())
        case _:
            assert_never(whole)


def day_part(day: nw.Expr, part: DayPart) -> nw.Expr:
    """The year, month or quarter of a day in Int64, null where the day is unknown."""
    month = day.dt.month().cast(nw.Int64())
    match part:
        case DayPart.YEAR:
            return day.dt.year().cast(nw.Int64())
        case DayPart.MONTH:
            return month
        case DayPart.QUARTER:
            return reduce(add, [(month >= first).cast(nw.Int64()) for first in (1, 4, 7, 10)])
        case _:
            assert_never(part)


def day_number(day: nw.Expr) -> nw.Expr:
    """The number of a day in Int64: days are counted from 1 March of the year 0, so that a leap day ends its year."""
    year, month = day_part(day, DayPart.YEAR), day_part(day, DayPart.MONTH)
    before_march = (month <= 2).cast(nw.Int64())
    of_year = ((month + before_march * 12 - 3) * 153 + 2) // 5 + day.dt.day().cast(nw.Int64())
    since = year - before_march
    found = since * 365 + since // 4 - since // 100 + since // 400 + of_year - 306
    return found.cast(nw.Int64())


def _extreme(columns: Columns, whole: t.Extreme) -> nw.Expr:
    operands = [number_expr(columns, operand) for operand in whole.operands]
    return _extreme_of(operands, greatest=whole.greatest, known_only=whole.known_only)


def _extreme_of(operands: list[nw.Expr], *, greatest: bool, known_only: bool) -> nw.Expr:
    found = nw.max_horizontal(*operands) if greatest else nw.min_horizontal(*operands)
    if known_only:
        return found
    all_known = _joined(and_, [~operand.is_null() for operand in operands])
    return nw.when(all_known).then(found).otherwise(nw.lit(None, dtype=nw.Int64()))


def size_in_columns(part: t.Condition | t.Operand) -> int:
    """How many parts the expression of `part` has; what an expression repeats counts each time."""
    match part:
        case t.Certain() | t.Flag() | t.Named() | t.InYears() | t.Literal() | t.Constant() | t.Slot() | t.Filled():
            return 1
        case (
            t.ComparedTerms(left=left, right=right)
            | t.Product(left=left, right=right)
            | t.FloorQuotient(left=left, right=right)
        ):
            return 1 + size_in_columns(left) + size_in_columns(right)
        case t.Decision(plain=plain, true_if=true_if, false_if=false_if):
            return 1 + sum(map(size_in_columns, (plain, true_if, false_if)))
        case t.Both(operands=operands) | t.Either(operands=operands):
            return 1 + sum(map(size_in_columns, operands))
        case t.Choice(condition=condition, consequence=consequence, alternative=alternative):
            return 1 + 2 * sum(map(size_in_columns, (condition, consequence, alternative)))
        case t.Opposite(operand=inner) | t.Settled(operand=inner) | t.Indicator(condition=inner):
            return 1 + size_in_columns(inner)
        case t.IsKnown(operand=asked):
            return 1 + size_in_columns(asked)
        case t.Scaled(operand=whole):
            return 1 + size_in_columns(whole)
        case t.Sum(terms=terms):
            return 1 + sum(map(size_in_columns, terms))
        case t.Extreme(operands=wholes, known_only=known_only):
            return 1 + (1 if known_only else 2) * sum(map(size_in_columns, wholes))
        case t.Alternative(condition=condition, consequence=first, alternative=second):
            return 1 + 2 * size_in_columns(condition) + 3 * (size_in_columns(first) + size_in_columns(second))
        case t.Pick(condition=condition, consequence=first, alternative=second):
            return 1 + size_in_columns(condition) + size_in_columns(first) + size_in_columns(second)
        case _:
            assert_never(part)
