"""The static check: names, types and units of an expression, against what a criteria set declares."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction
from typing import assert_never

from attrs import evolve, field, frozen

from ncriteria.language import tree as t
from ncriteria.language.hints.names_meant import Declared, declared, fact_meant, parameter_meant, text_meant
from ncriteria.language.hints.near_misses import did_you_mean, path_meant
from ncriteria.language.printer import show
from ncriteria.language.queries import parts
from ncriteria.language.source import Finding
from ncriteria.language.types import (
    DAYS,
    PLAIN,
    DateType,
    EnumerationType,
    NumberType,
    TruthType,
    ValueType,
    describe,
    multiplied,
)
from ncriteria.words import Phrase, phrase

_TRUTH = TruthType()


@frozen
class Scope:
    """The names that an expression may use: facts and parameters with their types, clause paths, and levels.

    Names in `passed_over` were declared wrongly, so their uses are not reported again.
    """

    facts: Mapping[str, ValueType]
    parameters: Mapping[str, ValueType] = field(factory=dict)
    paths: Collection[str] = ()
    levels: Collection[str] = ()
    passed_over: Collection[str] = ()


def check(expr: t.Expr, scope: Scope, expected: ValueType = _TRUTH) -> list[Finding]:
    """Everything that is wrong with the names, types and units of `expr`, which must have the type `expected`."""
    run = _RuleCheck(scope)
    _operand(run, expr, expected)
    return run.findings


@frozen
class _RuleCheck:
    """One run of the check; `None` stands for the type of a part that was already found wrong."""

    scope: Scope
    findings: list[Finding] = field(factory=list)

    @property
    def declared(self) -> Declared:
        """What the scope declares, for hints."""
        return declared(self.scope.facts, self.scope.parameters, self.scope.passed_over)

    def report(self, code: str, message: str, at: t.Expr, hint: str | None = None) -> None:
        """Add a finding at the place of `at`."""
        self.findings.append(Finding(code, message, at.span, hint))


def _operand(run: _RuleCheck, expr: t.Expr, expected: ValueType) -> ValueType | None:
    """The type of `expr`, which must fit `expected`."""
    return _fitting(run, expr, _infer(run, expr), expected)


def _fitting(run: _RuleCheck, expr: t.Expr, found: ValueType | None, expected: ValueType) -> ValueType | None:
    """The type `found` of `expr`, which must fit `expected`."""
    if found is None or type(found) is type(expected):
        return found
    run.report(
        "NC014",
        phrase(
            "expected {expected}; `{expr}` is {found}",
            expected=describe(expected),
            expr=show(expr),
            found=describe(found),
        ),
        expr,
        _text_hint(run, expr),
    )
    return None


def _text_hint(run: _RuleCheck, *operands: t.Expr) -> str | None:
    """What a text among `operands` may have been meant for."""
    hints = (text_meant(one.value, run.declared) for one in operands if isinstance(one, t.Text))
    return next((hint for hint in hints if hint is not None), None)


def _truths(run: _RuleCheck, operands: Iterable[t.Expr]) -> ValueType:
    for operand in operands:
        _operand(run, operand, _TRUTH)
    return _TRUTH


def _number(run: _RuleCheck, expr: t.Expr) -> NumberType | None:
    found = _operand(run, expr, NumberType())
    return found if isinstance(found, NumberType) else None


def _common(run: _RuleCheck, operands: Iterable[t.Expr], verb: str) -> ValueType | None:
    """The one type that all `operands` share."""
    result: ValueType | None = None
    first: t.Expr | None = None
    for operand in operands:
        found = _infer(run, operand)
        if found is None:
            continue
        if result is None or first is None:
            result, first = found, operand
        else:
            result = _unified(run, result, found, first, operand, verb)
    return result


def _unified(
    run: _RuleCheck, one: ValueType, other: ValueType, first: t.Expr, second: t.Expr, verb: str
) -> ValueType | None:
    match one, other:
        case NumberType(unit=unit1), NumberType(unit=unit2):
            if unit1 is None or unit2 is None or unit1 == unit2:
                return one if unit2 is None else other
            message = phrase(
                "cannot {verb} `{first}` ({unit1}) and `{second}` ({unit2}): the units differ",
                verb=verb,
                first=show(first),
                unit1=unit1,
                second=show(second),
                unit2=unit2,
            )
            run.report("NC015", message, second)
            return None
        case EnumerationType(), EnumerationType():
            return _unified_texts(run, one, other, first, second)
        case _ if type(one) is type(other):
            return one
        case _:
            found = phrase(
                "`{first}` is {value}, `{second}` is {other}",
                first=show(first),
                value=describe(one),
                second=show(second),
                other=describe(other),
            )
            run.report(
                "NC014",
                phrase("cannot {verb} these: {found}", verb=verb, found=found),
                second,
                _text_hint(run, first, second),
            )
            return None


def _unified_texts(
    run: _RuleCheck, one: EnumerationType, other: EnumerationType, first: t.Expr, second: t.Expr
) -> EnumerationType | None:
    if one.literal and other.literal:
        return EnumerationType(one.options | other.options, literal=True)
    if one.literal or other.literal:
        literal, of, at = (one, other, first) if one.literal else (other, one, second)
        for value in sorted(literal.options - of.options):
            near = did_you_mean(value, of.options) or text_meant(value, run.declared)
            hint = near or phrase("the values are: {options}", options=", ".join(sorted(of.options)))
            run.report("NC016", phrase('"{value}" is no value of this enumeration', value=value), at, hint)
        return of
    if one.options == other.options and (one.order == other.order or not (one.order and other.order)):
        return one if one.order else other
    left, right = show(first), show(second)
    message = phrase("`{first}` and `{second}` are of different enumerations", first=left, second=right)
    if one.options == other.options:
        message = phrase("`{first}` and `{second}` are of enumerations of different order", first=left, second=right)
    run.report("NC014", message, second)
    return None


def _ordered(run: _RuleCheck, kind: ValueType | None, at: t.Expr) -> None:
    if isinstance(kind, EnumerationType) and kind.order:
        return
    if isinstance(kind, (TruthType, EnumerationType)):
        is_fact = isinstance(kind, EnumerationType) and not kind.literal
        hint = phrase("where its options go from the worst to the best, declare the fact with `ordered: true`")
        run.report(
            "NC014",
            phrase("{kind} has no order; compare with `=` or `!=`", kind=describe(kind)),
            at,
            hint if is_fact else None,
        )


def _refuse_idle_grade(run: _RuleCheck, expr: t.Compare, kind: ValueType | None) -> None:
    """A comparison with the worst or the best value that every value passes, or none."""
    order = kind.order if isinstance(kind, EnumerationType) else ()
    for side, op in ((expr.right, expr.op), (expr.left, expr.op.mirrored)):
        if isinstance(side, t.Text) and side.value in order:
            limit = order.index(side.value)
            passing = [option for place, option in enumerate(order) if op.holds(place, limit)]
            if len(passing) in (0, len(order)):
                always = phrase("is always true") if passing else phrase("is never true")
                message = phrase(
                    "`{expr}` {always}: the values are, from the worst: {order}",
                    expr=show(expr),
                    always=always,
                    order=", ".join(order),
                )
                run.report("NC041", message, expr, phrase("compare with a value between the worst and the best"))


def _infer(run: _RuleCheck, expr: t.Expr) -> ValueType | None:
    match expr:
        case t.Number(value=value):
            return NumberType(is_whole=value.denominator == 1)
        case t.Boolean():
            return _TRUTH
        case t.Text(value=value):
            return EnumerationType(frozenset({value}), literal=True)
        case t.Date():
            return DateType()
        case t.AssessmentYear():
            return NumberType(PLAIN)
        case t.FactRef() | t.Parameter() | t.Met() | t.ShareMet():
            return _reference(run, expr)
        case t.Negate(operand=operand) | t.SumYears(operand=operand):
            found = _number(run, operand)
            is_whole = found is not None and found.is_whole and not isinstance(expr, t.SumYears)
            return None if found is None else NumberType(found.unit, is_whole)
        case t.Decreasing(operand=operand):
            _number(run, operand)
            return _TRUTH
        case t.Earlier(operand=operand):
            return _infer(run, operand)
        case t.Arithmetic():
            return _arithmetic(run, expr)
        case t.Not(operand=operand):
            return _truths(run, [operand])
        case t.And(operands=operands) | t.Or(operands=operands):
            return _truths(run, operands)
        case t.Compare() | t.InRange() | t.InSet():
            return _comparison(run, expr)
        case t.If(condition=condition, consequence=consequence, alternative=alternative):
            _truths(run, [condition])
            return _common(run, [consequence, alternative], phrase("choose between"))
        case t.Call():
            return _call(run, expr)
        case t.Known(operand=operand):
            _infer(run, operand)
            return _TRUTH
        case t.Coalesce(operand=operand, default=default):
            return _common(run, [operand, default], phrase("choose between"))
        case _:
            assert_never(expr)


def _reference(run: _RuleCheck, expr: t.FactRef | t.Parameter | t.Met | t.ShareMet) -> ValueType | None:
    match expr:
        case t.FactRef(name=name):
            return _named(
                run, expr, name, run.scope.facts, "NC012", phrase("there is no fact `{name}`", name=name), fact_meant
            )
        case t.Parameter(name=name):
            return _named(
                run,
                expr,
                name,
                run.scope.parameters,
                "NC013",
                phrase("there is no parameter `{name}`", name=name),
                parameter_meant,
            )
        case t.Met(path=path):
            if path not in run.scope.paths:
                run.report(
                    "NC017", phrase('there is no clause "{path}"', path=path), expr, path_meant(path, run.scope.paths)
                )
            return _TRUTH
        case t.ShareMet(level=level):
            if level not in run.scope.levels:
                inside = ", ".join(run.scope.levels)
                listed = (
                    phrase("the levels are: {levels}", levels=inside)
                    if inside
                    else phrase("no units lie inside those of this level")
                )
                hint = did_you_mean(level, run.scope.levels) or listed
                run.report("NC018", phrase("there is no level `{level}` inside", level=level), expr, hint)
            return NumberType(PLAIN)
        case _:
            assert_never(expr)


def _named(
    run: _RuleCheck,
    expr: t.Expr,
    name: str,
    among: Mapping[str, ValueType],
    code: str,
    message: Phrase,
    meant: Callable[[str, Declared], str | None],
) -> ValueType | None:
    found = among.get(name)
    if found is None and name not in run.scope.passed_over:
        run.report(code, message, expr, meant(name, run.declared))
    return found


def _arithmetic(run: _RuleCheck, expr: t.Arithmetic) -> ValueType | None:
    if expr.op in (t.ArithmeticOp.ADD, t.ArithmeticOp.SUB):
        found = _infer(run, expr.left), _infer(run, expr.right)
        if any(isinstance(kind, DateType) for kind in found):
            return _of_days(run, expr, *found)
        both = [_fitting(run, part, kind, NumberType()) for part, kind in zip(parts(expr), found, strict=True)]
        left, right = (kind if isinstance(kind, NumberType) else None for kind in both)
    else:
        left, right = _number(run, expr.left), _number(run, expr.right)
    if left is None or right is None:
        return None
    match expr.op:
        case t.ArithmeticOp.ADD:
            return _unified(run, left, right, expr.left, expr.right, phrase("add"))
        case t.ArithmeticOp.SUB:
            return _unified(run, left, right, expr.left, expr.right, phrase("subtract"))
        case t.ArithmeticOp.MUL | t.ArithmeticOp.DIV:
            if left.unit is None and right.unit is None:
                return NumberType()
            sign = 1 if expr.op is t.ArithmeticOp.MUL else -1
            return NumberType(multiplied(left.unit or PLAIN, right.unit or PLAIN, sign))
        case _:
            assert_never(expr.op)


def _of_days(run: _RuleCheck, expr: t.Arithmetic, left: ValueType | None, right: ValueType | None) -> ValueType | None:
    """Days between two days, or a day so many days later or earlier: `d2 - d1`, `d + 30`, `d - 30`."""
    if left is None or right is None:
        return None
    is_sum = expr.op is t.ArithmeticOp.ADD
    match left, right:
        case DateType(), DateType() if not is_sum:
            return NumberType(DAYS)
        case DateType(), NumberType():
            return _days_later(run, expr.right, right)
        case NumberType(), DateType() if is_sum:
            return _days_later(run, expr.left, left)
        case _:
            verb = phrase("add") if is_sum else phrase("subtract")
            found = phrase(
                "`{first}` is {value}, `{second}` is {other}",
                first=show(expr.left),
                value=describe(left),
                second=show(expr.right),
                other=describe(right),
            )
            message = phrase("cannot {verb} these: {found}", verb=verb, found=found)
            run.report(
                "NC014", message, expr, phrase("write `d2 - d1` for the days between two days, `d + 30` for a day")
            )
            return None


def _days_later(run: _RuleCheck, days: t.Expr, kind: NumberType) -> ValueType | None:
    """The type of a day so many `days` later."""
    if kind.is_whole and kind.unit in (None, PLAIN, DAYS):
        return DateType()
    message = phrase(
        "`{days}` is no number of days: a whole number that is written out, or a parameter of whole values",
        days=show(days),
    )
    run.report("NC040", message, days, phrase("compare days with `d2 - d1 <= x` where x is a fact or is computed"))
    return None


def _comparison(run: _RuleCheck, expr: t.Compare | t.InRange | t.InSet) -> TruthType:
    match expr:
        case t.Compare(op=op, left=left, right=right):
            kind = _common(run, [left, right], phrase("compare"))
            if op not in (t.CompareOp.EQ, t.CompareOp.NE):
                _ordered(run, kind, expr)
                _refuse_idle_grade(run, expr, kind)
        case t.InRange(value=value, low=low, high=high):
            kind = _common(run, [value, low, high], phrase("compare"))
            _ordered(run, kind, expr)
            _refuse_empty_range(run, expr, kind.order if isinstance(kind, EnumerationType) else ())
        case t.InSet(value=value, options=options):
            kind = _infer(run, value)
            for option in options:
                found = _infer(run, option)
                if kind is not None and found is not None:
                    _unified(run, kind, found, value, option, phrase("compare"))
        case _:
            assert_never(expr)
    return _TRUTH


def _refuse_empty_range(run: _RuleCheck, expr: t.InRange, order: tuple[str, ...]) -> None:
    """A range whose ends are written out, and that holds nothing."""
    low, high = _position(expr.low, order), _position(expr.high, order)
    if low is None or high is None or low < high or (low == high and expr.low_closed and expr.high_closed):
        return
    if low > high:
        turned = evolve(expr, low=expr.high, high=expr.low)
        hint = phrase("write the lower end first: `{turned}`", turned=show(turned))
    else:
        hint = phrase(
            "write `{equation}`, or let an end in: `[` and `]`",
            equation=show(t.Compare(t.CompareOp.EQ, expr.value, expr.low)),
        )
    run.report("NC021", phrase("`{expr}` is never true: no value lies in this range", expr=show(expr)), expr, hint)


def _position(end: t.Expr, order: tuple[str, ...]) -> Fraction | int | None:
    """Where an end that is written out lies: a number, the number of a day, or a place in an `order`."""
    match end:
        case t.Number(value=value):
            return value
        case t.Negate(operand=operand):
            inner = _position(operand, order)
            return None if inner is None else -inner
        case t.Date(value=day):
            return day.toordinal()
        case t.Text(value=value) if value in order:
            return order.index(value)
        case _:
            return None


def _call(run: _RuleCheck, expr: t.Call) -> ValueType | None:
    match expr.function:
        case t.Function.ALL | t.Function.ANY:
            return _truths(run, expr.arguments)
        case t.Function.COUNT_TRUE:
            _truths(run, expr.arguments)
            return NumberType(PLAIN)
        case t.Function.COUNT:
            for argument in expr.arguments:
                _infer(run, argument)
            return NumberType(PLAIN)
        case t.Function.YEAR | t.Function.MONTH | t.Function.QUARTER:
            _operand(run, expr.arguments[0], DateType())
            return NumberType(PLAIN)
        case t.Function.ABS | t.Function.FLOOR | t.Function.CEILING:
            return _number(run, expr.arguments[0])
        case t.Function.ROUND_HALF_UP | t.Function.ROUND_HALF_EVEN:
            return _number(run, expr.arguments[0])
        case t.Function.MIN | t.Function.MAX | t.Function.SUM | t.Function.MEAN:
            kind = _common(run, expr.arguments, phrase("take the {function} of", function=expr.function.value))
            if kind is not None and not isinstance(kind, NumberType):
                run.report(
                    "NC014",
                    phrase("`{function}` takes numbers, not {kind}", function=expr.function.value, kind=describe(kind)),
                    expr,
                    _text_hint(run, *expr.arguments),
                )
                return None
            return kind
        case _:
            assert_never(expr.function)
