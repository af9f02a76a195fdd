"""Lowered rules as formulas: what `ncriteria.evaluation.tracing` says of one record, for all records at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import assert_never, cast

from attrs import evolve

from ncriteria.analysis.proof import arithmetic
from ncriteria.analysis.proof.solver import (
    TRUE,
    Formula,
    as_real,
    both,
    choose,
    choose_formula,
    counted,
    either,
    equal,
    opposite,
)
from ncriteria.analysis.proof.terms import (
    ChoiceTerm,
    QuantityTerm,
    SymbolicValue,
    TruthTerm,
    compare,
    conjunction,
    disjunction,
    negation,
    quantity_of,
    strict,
    truth_of,
)
from ncriteria.evaluation.tracing import trace
from ncriteria.language.queries import parts, walk
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
from ncriteria.language.values import UNKNOWN

Leaf = Text | Date | FactRef | Parameter | Met | ShareMet
Lookup = Callable[[Leaf], SymbolicValue]


def encode(expr: Expr, look_up: Lookup) -> SymbolicValue:
    """The value of the lowered `expr`, whose leaves have the values that `look_up` gives."""
    match expr:
        case Number(value=value):
            return quantity_of(value)
        case Boolean(value=truth):
            return truth_of(truth)
        case Text() | Date() | FactRef() | Parameter() | Met() | ShareMet():
            return look_up(expr)
        case Earlier() | SumYears() | Decreasing():
            raise AssertionError("period forms are resolved before a rule is encoded")
        case _:
            known = _constant(expr)
            return _value(expr, [encode(part, look_up) for part in parts(expr)]) if known is None else known


def _constant(expr: Expr) -> SymbolicValue | None:
    """The value of a part that is the same number in all records."""
    if any(not isinstance(node, (Number, Negate, Arithmetic)) for node in walk(expr)):
        return None
    value = trace(expr, lambda _: UNKNOWN).value
    return quantity_of(value) if isinstance(value, Fraction) else None


_Composite = Negate | Arithmetic | Compare | InRange | InSet | Not | And | Or | If | Call | Known | Coalesce


def _value(expr: _Composite, values: Sequence[SymbolicValue]) -> SymbolicValue:
    match expr:
        case And() | Call(function=Function.ALL):
            return conjunction(_truths(values))
        case Or() | Call(function=Function.ANY):
            return disjunction(_truths(values))
        case If():
            return _chosen(cast("TruthTerm", values[0]), values[1], values[2])
        case Coalesce():
            # The default is not looked at where the operand is known.
            exact = both(_exact(values[0]), opposite(values[0].undefined))
            undefined = either(values[0].undefined, both(opposite(exact), values[1].undefined))
            return _undefined_where(_coalesced(exact, values[0], values[1]), undefined)
        case _:
            undefined = either(*(value.undefined for value in values))
            result = _strict(expr, values)
            return _undefined_where(result, either(undefined, result.undefined))


def _undefined_where(value: SymbolicValue, undefined: Formula) -> SymbolicValue:
    match value:
        case TruthTerm():
            return strict(value, undefined)
        case ChoiceTerm():
            return evolve(value, exact=both(value.exact, opposite(undefined)), undefined=undefined)
        case QuantityTerm():
            return evolve(value, undefined=undefined)
        case _:
            assert_never(value)


def _truths(values: Sequence[SymbolicValue]) -> list[TruthTerm]:
    # The static check has made sure that these are truths.
    return cast("list[TruthTerm]", list(values))


def _quantities(values: Sequence[SymbolicValue]) -> list[QuantityTerm]:
    # The static check has made sure that these are numbers.
    return cast("list[QuantityTerm]", list(values))


def _chosen(condition: TruthTerm, one: SymbolicValue, other: SymbolicValue) -> SymbolicValue:
    undefined = either(
        condition.undefined,
        both(condition.true, one.undefined),
        both(condition.false, other.undefined),
        both(condition.unknown, one.undefined, other.undefined),
    )
    match one, other:
        case TruthTerm(), TruthTerm():
            result: SymbolicValue = TruthTerm(
                _decided(condition, one.true, other.true), _decided(condition, one.false, other.false)
            )
        case ChoiceTerm(), ChoiceTerm():
            alike = both(one.exact, other.exact, equal(one.code, other.code))
            exact = either(
                both(condition.true, one.exact), both(condition.false, other.exact), both(condition.unknown, alike)
            )
            result = ChoiceTerm(choose(condition.false, other.code, one.code), exact)
        case QuantityTerm(), QuantityTerm():
            result = arithmetic.conditional(condition.true, condition.false, one, other)
        case _:
            raise AssertionError("the static check has made sure that both branches are of one type")
    return _undefined_where(result, undefined)


def _decided(condition: TruthTerm, one: Formula, other: Formula) -> Formula:
    """What a conditional decides: by its branch, or by both where the condition is unknown."""
    return either(both(condition.true, one), both(condition.false, other), both(condition.unknown, one, other))


def _strict(expr: _Composite, values: Sequence[SymbolicValue]) -> SymbolicValue:
    """The value of an operation, as far as its operands have one."""
    match expr:
        case Not():
            return negation(_truths(values)[0])
        case Negate():
            return arithmetic.negate(_quantities(values)[0])
        case Arithmetic(op=op):
            return _arithmetic(op, *_quantities(values))
        case Compare(op=op):
            return compare(op, values[0], values[1])
        case InRange(low_closed=low_closed, high_closed=high_closed):
            above = compare(CompareOp.GE if low_closed else CompareOp.GT, values[0], values[1])
            below = compare(CompareOp.LE if high_closed else CompareOp.LT, values[0], values[2])
            return conjunction([above, below])
        case InSet():
            return disjunction([compare(CompareOp.EQ, values[0], option) for option in values[1:]])
        case Call(function=function):
            return _called(function, values)
        case Known():
            exact = _exact(values[0])
            return TruthTerm(exact, opposite(exact))
        case And() | Or() | If() | Coalesce():
            raise AssertionError("these decide before their operands are known")
        case _:
            assert_never(expr)


def _exact(value: SymbolicValue) -> Formula:
    return either(value.true, value.false) if isinstance(value, TruthTerm) else value.exact


def _coalesced(exact: Formula, one: SymbolicValue, other: SymbolicValue) -> SymbolicValue:
    match one, other:
        case TruthTerm(), TruthTerm():
            missing = opposite(exact)
            return TruthTerm(either(one.true, both(missing, other.true)), either(one.false, both(missing, other.false)))
        case ChoiceTerm(), ChoiceTerm():
            return ChoiceTerm(choose(exact, one.code, other.code), either(exact, other.exact))
        case QuantityTerm(), QuantityTerm():
            return QuantityTerm(
                choose(exact, one.low, other.low),
                choose(exact, one.high, other.high),
                choose_formula(exact, one.has_low, other.has_low),
                choose_formula(exact, one.has_high, other.has_high),
                choose_formula(exact, one.tight, other.tight),
                either(exact, other.exact),
            )
        case _:
            raise AssertionError("the static check has made sure that both are of one type")


def _arithmetic(op: ArithmeticOp, left: QuantityTerm, right: QuantityTerm) -> QuantityTerm:
    match op:
        case ArithmeticOp.ADD:
            return arithmetic.add(left, right)
        case ArithmeticOp.SUB:
            return arithmetic.subtract(left, right)
        case ArithmeticOp.MUL:
            return arithmetic.multiply(left, right)
        case ArithmeticOp.DIV:
            return arithmetic.divide(left, right)
        case _:
            assert_never(op)


def _called(function: Function, values: Sequence[SymbolicValue]) -> SymbolicValue:
    match function:
        case Function.COUNT_TRUE:
            return _counted(_truths(values))
        case Function.COUNT:
            return quantity_of(Fraction(len(values)))
        case _:
            return _numeric(function, _quantities(values))


def _counted(truths: Sequence[TruthTerm]) -> QuantityTerm:
    certain = as_real(counted(truth.true for truth in truths))
    possible = as_real(counted(opposite(truth.false) for truth in truths))
    tight = both(*(either(truth.true, truth.false) for truth in truths))
    return QuantityTerm(certain, possible, TRUE, TRUE, tight, tight)


def _numeric(function: Function, values: list[QuantityTerm]) -> QuantityTerm:
    rounded = partial(arithmetic.rounded, values[0])
    match function:
        case Function.ABS:
            return arithmetic.absolute(values[0])
        case Function.FLOOR:
            return rounded(arithmetic.down)
        case Function.CEILING:
            return rounded(arithmetic.up)
        case Function.ROUND_HALF_UP:
            return rounded(arithmetic.half_up, _digits(values))
        case Function.ROUND_HALF_EVEN:
            return rounded(arithmetic.half_even, _digits(values))
        case Function.MIN:
            return arithmetic.least(values)
        case Function.MAX:
            return arithmetic.greatest(values)
        case Function.SUM:
            return arithmetic.total(values)
        case Function.MEAN:
            return arithmetic.multiply(arithmetic.total(values), quantity_of(Fraction(1, len(values))))
        case Function.ALL | Function.ANY | Function.COUNT | Function.COUNT_TRUE:
            raise AssertionError("these do not take numbers, or decide before their operands are known")
        case _:
            assert_never(function)


def _digits(values: list[QuantityTerm]) -> int:
    return int(values[1].constant or 0) if len(values) == 2 else 0
