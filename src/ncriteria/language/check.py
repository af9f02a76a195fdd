"""The static check: names, types and units of an expression, against what a criteria set declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import assert_never

from attrs import evolve

from ncriteria.language import tree as t
from ncriteria.language.checking.agreeing import (
    RuleCheck,
    Scope,
    fitting,
    refuse_empty_range,
    refuse_idle_grade,
    refuse_unordered,
    text_hint,
    unified,
)
from ncriteria.language.hints.names_meant import Declared, fact_meant, parameter_meant
from ncriteria.language.hints.near_misses import did_you_mean, path_meant
from ncriteria.language.printer import show
from ncriteria.language.queries import by_option, parts
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


def check(expr: t.Expr, scope: Scope, expected: ValueType = _TRUTH) -> list[Finding]:
    """Everything that is wrong with the names, types and units of `expr`, which must have the type `expected`."""
    run = RuleCheck(scope)
    _operand(run, expr, expected)
    return run.findings


def _operand(run: RuleCheck, expr: t.Expr, expected: ValueType) -> ValueType | None:
    """The type of `expr`, which must fit `expected`."""
    return fitting(run, expr, _infer(run, expr), expected)


def _truths(run: RuleCheck, operands: Iterable[t.Expr]) -> ValueType:
    for operand in operands:
        _operand(run, operand, _TRUTH)
    return _TRUTH


def _number(run: RuleCheck, expr: t.Expr) -> NumberType | None:
    found = _operand(run, expr, NumberType())
    return found if isinstance(found, NumberType) else None


def _common(run: RuleCheck, operands: Iterable[t.Expr], verb: str) -> ValueType | None:
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
            result = unified(run, result, found, first, operand, verb)
    return result


def _infer(run: RuleCheck, expr: t.Expr) -> ValueType | None:
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
        case t.FactRef() | t.Parameter() | t.Met() | t.MetYears() | t.Within():
            return _reference(run, expr)
        case t.Negate(operand=operand) | t.SumYears(operand=operand):
            found = _number(run, operand)
            is_whole = found is not None and found.is_whole and not isinstance(expr, t.SumYears)
            return None if found is None else NumberType(found.unit, is_whole)
        case t.ParameterBy():
            return _by_option(run, expr)
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


def _reference(run: RuleCheck, expr: t.FactRef | t.Parameter | t.Met | t.MetYears | t.Within) -> ValueType | None:
    match expr:
        case t.FactRef(name=name) if t.is_verdict(name):
            return _TRUTH
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
                _parameter_meant,
            )
        case t.MetYears(path=path) if ":" in path:
            return _TRUTH
        case t.Met(path=path) | t.MetYears(path=path):
            if path not in run.scope.paths and not run.scope.may_hold(path):
                run.report(
                    "NC017", phrase('there is no clause "{path}"', path=path), expr, path_meant(path, run.scope.paths)
                )
            return _TRUTH
        case t.Within():
            return _within(run, expr)
        case _:
            assert_never(expr)


def _within(run: RuleCheck, expr: t.Within) -> ValueType | None:
    """The type of a roll-up; what it asks of the units inside is checked as a rule of theirs."""
    levels = run.scope.levels
    if expr.level not in levels:
        inside = ", ".join(levels)
        listed = (
            phrase("the levels are: {levels}", levels=inside)
            if inside
            else phrase("no units lie inside those of this level")
        )
        hint = did_you_mean(expr.level, levels) or listed
        run.report("NC018", phrase("there is no level `{level}` inside", level=expr.level), expr, hint)
        return NumberType(PLAIN)
    is_sum = expr.measure is t.Measure.SUM_OF
    found: ValueType | None = None
    if expr.inner is not None:
        scope = evolve(run.scope, paths=(), levels={level: levels[level] for level in levels[expr.level]})
        found = _operand(RuleCheck(scope, run.findings), expr.inner, NumberType() if is_sum else _TRUTH)
    if is_sum:
        return found
    # Units are counted by number alone, so a count of them fits a number of any unit of measure.
    return NumberType(PLAIN) if expr.measure.is_share else NumberType()


def _parameter_meant(name: str, known: Declared) -> str | None:
    """What to write instead of a parameter that there is none of."""
    if _options_with_a_value(known, name):
        return phrase("it has a value for each option: write `param.{name}[fact]`", name=name)
    return parameter_meant(name, known)


def _options_with_a_value(known: Declared, name: str) -> list[str]:
    """The options for which a parameter has a value each."""
    before = by_option(name, "")[:-1]
    return [declared[len(before) : -1] for declared in known.parameters if declared.startswith(before)]


def _by_option(run: RuleCheck, expr: t.ParameterBy) -> ValueType | None:
    """The type of the values of a parameter by option, of which every option of the fact has one."""
    kind = _operand(run, expr.by, EnumerationType(frozenset()))
    if not isinstance(kind, EnumerationType):
        return None
    values = {option: run.scope.parameters.get(by_option(expr.name, option)) for option in sorted(kind.options)}
    found = next((value for value in values.values() if value is not None), None)
    if expr.name in run.scope.passed_over:
        return found
    known = _options_with_a_value(run.declared, expr.name) if isinstance(expr.by, t.Text) else []
    if found is None and not known:
        is_one = expr.name in run.scope.parameters
        one = phrase("it has one value: write `param.{name}`", name=expr.name)
        message = phrase(
            "there is no parameter `{name}` with a value for each option of `{fact}`",
            name=expr.name,
            fact=show(expr.by),
        )
        run.report("NC013", message, expr, one if is_one else parameter_meant(expr.name, run.declared))
    elif missing := [option for option, value in values.items() if value is None]:
        message = phrase("`{expr}` has no value for {options}", expr=show(expr), options=", ".join(missing))
        every = phrase("give every option its value, `unknown` where the text leaves it open")
        run.report("NC042", message, expr, did_you_mean(missing[0], known) or every)
    return found


def _named(
    run: RuleCheck,
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


def _arithmetic(run: RuleCheck, expr: t.Arithmetic) -> ValueType | None:
    if expr.op in (t.ArithmeticOp.ADD, t.ArithmeticOp.SUB):
        found = _infer(run, expr.left), _infer(run, expr.right)
        if any(isinstance(kind, DateType) for kind in found):
            return _of_days(run, expr, *found)
        both = [fitting(run, part, kind, NumberType()) for part, kind in zip(parts(expr), found, strict=True)]
        left, right = (kind if isinstance(kind, NumberType) else None for kind in both)
    else:
        left, right = _number(run, expr.left), _number(run, expr.right)
    if left is None or right is None:
        return None
    match expr.op:
        case t.ArithmeticOp.ADD:
            return unified(run, left, right, expr.left, expr.right, phrase("add"))
        case t.ArithmeticOp.SUB:
            return unified(run, left, right, expr.left, expr.right, phrase("subtract"))
        case t.ArithmeticOp.MUL | t.ArithmeticOp.DIV:
            if left.unit is None and right.unit is None:
                return NumberType()
            sign = 1 if expr.op is t.ArithmeticOp.MUL else -1
            return NumberType(multiplied(left.unit or PLAIN, right.unit or PLAIN, sign))
        case _:
            assert_never(expr.op)


def _of_days(run: RuleCheck, expr: t.Arithmetic, left: ValueType | None, right: ValueType | None) -> ValueType | None:
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


def _days_later(run: RuleCheck, days: t.Expr, kind: NumberType) -> ValueType | None:
    """The type of a day so many `days` later."""
    if kind.is_whole and kind.unit in (None, PLAIN, DAYS):
        return DateType()
    message = phrase(
        "`{days}` is no number of days: a whole number that is written out, or a parameter of whole values",
        days=show(days),
    )
    run.report("NC040", message, days, phrase("compare days with `d2 - d1 <= x` where x is a fact or is computed"))
    return None


def _comparison(run: RuleCheck, expr: t.Compare | t.InRange | t.InSet) -> TruthType:
    match expr:
        case t.Compare(op=op, left=left, right=right):
            kind = _common(run, [left, right], phrase("compare"))
            if op not in (t.CompareOp.EQ, t.CompareOp.NE):
                refuse_unordered(run, kind, expr)
                refuse_idle_grade(run, expr, kind)
        case t.InRange(value=value, low=low, high=high):
            kind = _common(run, [value, low, high], phrase("compare"))
            refuse_unordered(run, kind, expr)
            refuse_empty_range(run, expr, kind.order if isinstance(kind, EnumerationType) else ())
        case t.InSet(value=value, options=options):
            kind = _infer(run, value)
            for option in options:
                found = _infer(run, option)
                if kind is not None and found is not None:
                    unified(run, kind, found, value, option, phrase("compare"))
        case _:
            assert_never(expr)
    return _TRUTH


def _call(run: RuleCheck, expr: t.Call) -> ValueType | None:
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
        case t.Function.ROUND_UP | t.Function.ROUND_DOWN | t.Function.ROUND_HALF_UP | t.Function.ROUND_HALF_EVEN:
            return _number(run, expr.arguments[0])
        case t.Function.MIN | t.Function.MAX | t.Function.SUM | t.Function.MEAN:
            kind = _common(run, expr.arguments, phrase("take the {function} of", function=expr.function.value))
            if kind is not None and not isinstance(kind, NumberType):
                run.report(
                    "NC014",
                    phrase("`{function}` takes numbers, not {kind}", function=expr.function.value, kind=describe(kind)),
                    expr,
                    text_hint(run, *expr.arguments),
                )
                return None
            return kind
        case _:
            assert_never(expr.function)
