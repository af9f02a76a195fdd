"""Rules as FEEL, null where a value is not known, with the three-valued logic of the language kept.

FEEL has the logic of Kleene for `and`, `or` and `not`, and null for what is computed of null. It differs in two places:
its `=` compares with null as with a value, and its `if` takes a condition of null for false. Both are written out, by a
context that names its parts, `{_left: a, _right: b, _value: ...}._value`, wherever a part may be null.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from fractions import Fraction
from typing import assert_never

from ncriteria.evaluation.records.day_sums import is_day
from ncriteria.language import tree as t
from ncriteria.language.queries import parts
from ncriteria.language.reading.literals import decimal_exponent
from ncriteria.language.values import Unknown
from ncriteria.report.dmn.names import YEAR, DmnNames


class FeelRank(IntEnum):
    """How tightly FEEL holds an expression together."""

    CONDITIONAL = 0
    OR = 1
    AND = 2
    COMPARISON = 3
    SUM = 4
    PRODUCT = 5
    UNARY = 6
    ATOM = 7


Ranked = tuple[str, FeelRank]
_ROUNDINGS = {
    t.Function.ROUND_UP: "round up",
    t.Function.ROUND_DOWN: "round down",
    t.Function.ROUND_HALF_UP: "round half up",
    t.Function.ROUND_HALF_EVEN: "decimal",
}


def feel(expr: t.Expr, names: DmnNames) -> str:
    """A lowered rule, or a part of one, as FEEL."""
    return _feel(expr, names)[0]


def conjunction(truths: Sequence[str]) -> str:
    """And, of texts that hold together."""
    return " and ".join(truths) or "true"


def disjunction(truths: Sequence[str]) -> str:
    """Or, of texts that hold together."""
    return " or ".join(truths) or "false"


def counted(truths: Sequence[str], op: t.CompareOp, number: str) -> str:
    """How many of `truths` hold, compared with `number`: decided as soon as what is null cannot change it."""
    listed = f"_list: [{', '.join(truths)}]"
    least, most = "count(_list[item = true])", f"{len(truths)} - count(_list[item = false])"
    match op:
        case t.CompareOp.GE | t.CompareOp.GT:
            decided = f"if {least} {op.value} {number} then true else if {most} {op.opposite.value} {number} then false"
        case t.CompareOp.LE | t.CompareOp.LT:
            decided = f"if {most} {op.value} {number} then true else if {least} {op.opposite.value} {number} then false"
        case t.CompareOp.EQ | t.CompareOp.NE:
            same, other = ("true", "false") if op is t.CompareOp.EQ else ("false", "true")
            outside = f"{least} > {number} or {most} < {number}"
            decided = f"if {outside} then {other} else if {least} = {most} then {same}"
        case _:
            assert_never(op)
    return f"{{{listed}, _value: {decided} else null}}._value"


def satisfied(name: str, names: DmnNames) -> str:
    """Whether a clause is met or does not apply, by its decision."""
    return f"{name}.holds" if name in names.always else f"(not({name}.applies) or {name}.holds)"


def met(name: str, names: DmnNames) -> str:
    """Whether a clause applies and is met."""
    return f"{name}.holds" if name in names.always else f"({name}.applies and {name}.holds)"


def _within(expr: t.Expr, names: DmnNames, least: FeelRank) -> str:
    return _held(_feel(expr, names), least)


def _held(found: Ranked, least: FeelRank) -> str:
    text, rank = found
    return text if rank >= least else f"({text})"


def _feel(expr: t.Expr, names: DmnNames) -> Ranked:
    match expr:
        case t.And(operands=operands):
            return conjunction([_within(one, names, FeelRank.COMPARISON) for one in operands]), FeelRank.AND
        case t.Or(operands=operands):
            return disjunction([_within(one, names, FeelRank.COMPARISON) for one in operands]), FeelRank.OR
        case t.Not(operand=operand):
            return f"not({feel(operand, names)})", FeelRank.ATOM
        case t.Compare():
            return _comparison(expr, names)
        case t.InRange():
            return _range(expr, names)
        case t.InSet(value=value, options=options):
            same = [_equality(t.CompareOp.EQ, value, option, names) for option in options]
            return disjunction([_held(one, FeelRank.COMPARISON) for one in same]), FeelRank.OR
        case t.If():
            return _choice(expr, names), FeelRank.ATOM
        case t.Arithmetic():
            return _arithmetic(expr, names)
        case t.Negate(operand=operand):
            return f"-{_within(operand, names, FeelRank.ATOM)}", FeelRank.UNARY
        case t.Call():
            return _call(expr, names)
        case t.Known(operand=operand):
            return f"not({_within(operand, names, FeelRank.SUM)} = null)", FeelRank.ATOM
        case t.Coalesce(operand=operand, default=default):
            taken = f"if _left = null then {_within(default, names, FeelRank.OR)} else _left"
            return f"{{_left: {feel(operand, names)}, _value: {taken}}}._value", FeelRank.ATOM
        case t.Earlier() | t.SumYears() | t.Decreasing() | t.MetYears():
            raise AssertionError("period forms are resolved before a rule is written as FEEL")
        case _:
            return _leaf(expr, names), FeelRank.ATOM


FeelLeaf = (
    t.Number
    | t.Boolean
    | t.Text
    | t.Date
    | t.FactRef
    | t.Parameter
    | t.ParameterBy
    | t.AssessmentYear
    | t.Met
    | t.Within
)


def _leaf(expr: FeelLeaf, names: DmnNames) -> str:
    match expr:
        case t.Number(value=value):
            return number(value)
        case t.Boolean(value=value):
            return "true" if value else "false"
        case t.Text(value=value):
            return quoted(value)
        case t.Date(value=value):
            return f'date("{value.isoformat()}")'
        case t.FactRef(key=key):
            return names.facts[key]
        case t.Parameter(name=name):
            return names.parameters[name]
        case t.ParameterBy(by=by, options=options, values=values):
            of_option = "".join(
                f"if _left = {quoted(option)} then {feel(value, names)} else "
                for option, value in zip(options, values, strict=True)
            )
            return f"{{_left: {feel(by, names)}, _value: {of_option}null}}._value"
        case t.AssessmentYear():
            return YEAR
        case t.Met(path=path):
            return satisfied(names.clauses[path], names)
        case t.Within():
            return names.rolled[expr]
        case _:
            assert_never(expr)


def quoted(text: str) -> str:
    """A text as FEEL writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def number(value: Fraction) -> str:
    """A number with a finite decimal form, without an exponent."""
    places = max(0, -decimal_exponent(value))
    digits = str(int(abs(value) * 10**places)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 else text


def nulls(expr: t.Expr, names: DmnNames) -> tuple[str, ...] | None:
    """The names of which one is null exactly where the value is; `None` where no such list says it."""
    match expr:
        case t.Number() | t.Boolean() | t.Text() | t.Date():
            return ()
        case t.FactRef() | t.AssessmentYear() | t.Within():
            return (feel(expr, names),)
        case t.Parameter(name=name):
            declared = names.criteria.parameters[name]
            is_open = len(declared.values) > 1 or declared.values[0].since is not None
            is_open = is_open or declared.values[0].value is Unknown.UNKNOWN
            return (names.parameters[name],) if is_open else ()
        case t.Arithmetic(op=t.ArithmeticOp.DIV):
            return None
        case t.Negate() | t.Arithmetic():
            return _nulls_of(parts(expr), names)
        case t.Call(function=function) if function not in (t.Function.ALL, t.Function.ANY, t.Function.COUNT_TRUE):
            return () if function is t.Function.COUNT else _nulls_of(parts(expr), names)
        case _:
            return None


def _nulls_of(exprs: Sequence[t.Expr], names: DmnNames) -> tuple[str, ...] | None:
    found = [nulls(one, names) for one in exprs]
    known = [one for one in found if one is not None]
    return tuple(dict.fromkeys(name for one in known for name in one)) if len(known) == len(found) else None


def _comparison(expr: t.Compare, names: DmnNames) -> Ranked:
    match expr:
        case t.Compare(op=op, left=t.Call(function=t.Function.COUNT_TRUE) as call, right=right) if _is_sure(
            right, names
        ):
            return _counted(call, op, right, names), FeelRank.ATOM
        case t.Compare(op=op, left=left, right=t.Call(function=t.Function.COUNT_TRUE) as call) if _is_sure(left, names):
            return _counted(call, op.mirrored, left, names), FeelRank.ATOM
        case t.Compare(op=t.CompareOp.EQ | t.CompareOp.NE as op, left=left, right=right):
            return _equality(op, left, right, names)
        case t.Compare(op=op, left=left, right=right, order=order):
            sides = [_ranked(one, order, names) for one in (left, right)]
            return f" {op.value} ".join(sides), FeelRank.COMPARISON


def _is_sure(expr: t.Expr, names: DmnNames) -> bool:
    return nulls(expr, names) == ()


def _counted(call: t.Call, op: t.CompareOp, limit: t.Expr, names: DmnNames) -> str:
    return counted([feel(one, names) for one in call.arguments], op, _within(limit, names, FeelRank.SUM))


def _ranked(expr: t.Expr, order: tuple[str, ...], names: DmnNames) -> str:
    """A side of a comparison: of an ordered enumeration, its place in the order."""
    if not order:
        return _within(expr, names, FeelRank.SUM)
    return f"index of([{', '.join(map(quoted, order))}], {feel(expr, names)})[1]"


def _equality(op: t.CompareOp, left: t.Expr, right: t.Expr, names: DmnNames) -> Ranked:
    one, other = (_within(side, names, FeelRank.SUM) for side in (left, right))
    unknown = _nulls_of((left, right), names)
    if unknown is None:
        parts_named = f"_left: {feel(left, names)}, _right: {feel(right, names)}"
        guarded = f"if _left = null or _right = null then null else _left {op.value} _right"
        return f"{{{parts_named}, _value: {guarded}}}._value", FeelRank.ATOM
    if not unknown:
        return f"{one} {op.value} {other}", FeelRank.COMPARISON
    absent = disjunction([f"{name} = null" for name in unknown])
    return f"if {absent} then null else {one} {op.value} {other}", FeelRank.CONDITIONAL


def _range(expr: t.InRange, names: DmnNames) -> Ranked:
    """Both ends as comparisons, so that one that is known decides."""
    above = t.CompareOp.GE if expr.low_closed else t.CompareOp.GT
    below = t.CompareOp.LE if expr.high_closed else t.CompareOp.LT
    value, low, high = (_ranked(one, expr.order, names) for one in (expr.value, expr.low, expr.high))
    if nulls(expr.value, names) is None:
        both = f"_left {above.value} {low} and _left {below.value} {high}"
        return f"{{_left: {value}, _value: {both}}}._value", FeelRank.ATOM
    return f"{value} {above.value} {low} and {value} {below.value} {high}", FeelRank.AND


def _choice(expr: t.If, names: DmnNames) -> str:
    """What both branches agree on where the condition is null."""
    condition, then, other = (feel(one, names) for one in parts(expr))
    agreed = "if _then = _else then _then else null"
    chosen = f"if _if = null then ({agreed}) else if _if then _then else _else"
    return f"{{_if: {condition}, _then: {then}, _else: {other}, _value: {chosen}}}._value"


def _arithmetic(expr: t.Arithmetic, names: DmnNames) -> Ranked:
    days = [is_day(names.criteria, one) for one in parts(expr)]
    match expr.op, days:
        case t.ArithmeticOp.SUB, [True, True]:
            left, right = (_within(one, names, FeelRank.SUM) for one in parts(expr))
            return f"({left} - {right}).days", FeelRank.ATOM
        case t.ArithmeticOp.ADD, [False, True]:
            return _day_moved(expr.right, "+", expr.left, names)
        case ((t.ArithmeticOp.ADD | t.ArithmeticOp.SUB), [True, False]):
            return _day_moved(expr.left, expr.op.value, expr.right, names)
        case _:
            is_sum = expr.op in (t.ArithmeticOp.ADD, t.ArithmeticOp.SUB)
            rank = FeelRank.SUM if is_sum else FeelRank.PRODUCT
            left, right = _within(expr.left, names, rank), _within(expr.right, names, FeelRank(rank + 1))
            return f"{left} {expr.op.value} {right}", rank


def _day_moved(day: t.Expr, sign: str, days: t.Expr, names: DmnNames) -> Ranked:
    match days:
        case t.Number(value=value):
            moved = f'duration("P{number(value)}D")'
        case t.Negate(operand=t.Number(value=value)):
            moved = f'duration("-P{number(value)}D")'
        case _:
            count = _within(days, names, FeelRank.ATOM)
            moved = f'duration((if {count} < 0 then "-P" else "P") + string(abs({count})) + "D")'
    return f"{_within(day, names, FeelRank.SUM)} {sign} {moved}", FeelRank.SUM


def _call(expr: t.Call, names: DmnNames) -> Ranked:
    given = [feel(one, names) for one in expr.arguments]
    match expr.function:
        case t.Function.ABS | t.Function.FLOOR | t.Function.CEILING:
            return f"{expr.function.value}({given[0]})", FeelRank.ATOM
        case t.Function.ROUND_UP | t.Function.ROUND_DOWN | t.Function.ROUND_HALF_UP | t.Function.ROUND_HALF_EVEN:
            return f"{_ROUNDINGS[expr.function]}({given[0]}, {given[1] if len(given) > 1 else 0})", FeelRank.ATOM
        case t.Function.MIN | t.Function.MAX:
            return f"{expr.function.value}({', '.join(given)})", FeelRank.ATOM
        case t.Function.SUM:
            return " + ".join(_within(one, names, FeelRank.PRODUCT) for one in expr.arguments), FeelRank.SUM
        case t.Function.MEAN:
            total = " + ".join(_within(one, names, FeelRank.PRODUCT) for one in expr.arguments)
            return f"({total}) / {len(given)}", FeelRank.PRODUCT
        case t.Function.COUNT:
            return str(len(given)), FeelRank.ATOM
        case t.Function.ALL:
            return _feel(t.And(expr.arguments), names) if len(given) > 1 else _feel(expr.arguments[0], names)
        case t.Function.ANY:
            return _feel(t.Or(expr.arguments), names) if len(given) > 1 else _feel(expr.arguments[0], names)
        case t.Function.COUNT_TRUE:
            known = f"count(_list[item = true]) + count(_list[item = false]) = {len(given)}"
            value = f"if {known} then count(_list[item = true]) else null"
            return f"{{_list: [{', '.join(given)}], _value: {value}}}._value", FeelRank.ATOM
        case t.Function.YEAR | t.Function.MONTH:
            return f"{_within(expr.arguments[0], names, FeelRank.ATOM)}.{expr.function.value}", FeelRank.ATOM
        case t.Function.QUARTER:
            return f"floor(({_within(expr.arguments[0], names, FeelRank.ATOM)}.month + 2) / 3)", FeelRank.ATOM
        case _:
            assert_never(expr.function)
