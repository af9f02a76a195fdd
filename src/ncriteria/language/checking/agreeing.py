"""What the operands of an operation have in common, a unit, an enumeration or an order, and where they have not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction

from attrs import evolve, field

from ncriteria.language import tree as t
from ncriteria.language.hints.names_meant import Declared, declared, text_meant
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.printer import show
from ncriteria.language.source import Finding
from ncriteria.language.types import (
    EnumerationType,
    NumberType,
    TruthType,
    ValueType,
    describe,
)
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase


@frozen
class Scope:
    """The names that an expression may use: facts and parameters with their types, clause paths, and levels.

    `levels` are those of the units inside, each with the levels of the units inside those. Names in `passed_over` were
    declared wrongly, so their uses are not reported again; so are the paths of which `may_hold` is true.
    """

    facts: Mapping[str, ValueType]
    parameters: Mapping[str, ValueType] = field(factory=dict)
    paths: Collection[str] = ()
    levels: Mapping[str, Collection[str]] = field(factory=dict)
    passed_over: Collection[str] = ()
    may_hold: Callable[[str], bool] = bool


@frozen
class RuleCheck:
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


def fitting(run: RuleCheck, expr: t.Expr, found: ValueType | None, expected: ValueType) -> ValueType | None:
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
        text_hint(run, expr),
    )
    return None


def text_hint(run: RuleCheck, *operands: t.Expr) -> str | None:
    """What a text among `operands` may have been meant for."""
    hints = (text_meant(one.value, run.declared) for one in operands if isinstance(one, t.Text))
    return next((hint for hint in hints if hint is not None), None)


def unified(
    run: RuleCheck, one: ValueType, other: ValueType, first: t.Expr, second: t.Expr, verb: str
) -> ValueType | None:
    """The type that two operands share; it is reported where there is none."""
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
                text_hint(run, first, second),
            )
            return None


def _unified_texts(
    run: RuleCheck, one: EnumerationType, other: EnumerationType, first: t.Expr, second: t.Expr
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


def refuse_unordered(run: RuleCheck, kind: ValueType | None, at: t.Expr) -> None:
    """Report a comparison of values that have no order."""
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


def refuse_idle_grade(run: RuleCheck, expr: t.Compare, kind: ValueType | None) -> None:
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


def refuse_empty_range(run: RuleCheck, expr: t.InRange, order: tuple[str, ...]) -> None:
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
