"""Numbers that do not fit what they stand beside: a percent added to a count, `1.500` and 2.5 beside a count."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from ncriteria.analysis.lint.epochs import epochs_of
from ncriteria.analysis.proof.meaning import with_parameters
from ncriteria.analysis.rule_testing.conditions import place_of
from ncriteria.analysis.telling.boundaries import nothing_known
from ncriteria.errors import Problem
from ncriteria.evaluation.records.tracing import trace
from ncriteria.language import tree as t
from ncriteria.language.operators import DECIMAL_ROUNDINGS, ROUNDINGS
from ncriteria.language.printer import show, show_rational
from ncriteria.language.queries import counts_truths, is_constant, parts, walk
from ncriteria.language.reading.literals import grouped_hint, looks_grouped
from ncriteria.language.values import Value
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import written_members
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import Clause, CriteriaSet, FactType, Group
from ncriteria.sets.structure import expressions
from ncriteria.words import one_of, phrase


@frozen
class _RulePart:
    """A part of a rule and where it stands."""

    located: LocatedSet
    member: Clause | Group
    role: str
    expr: t.Expr

    @property
    def criteria(self) -> CriteriaSet:
        """The set."""
        return self.located.criteria

    def slip(self, code: str, message: str, at: t.Expr, hint: str) -> QuantitySlip:
        """A warning about this part."""
        where = phrase(
            '`{expr}` in the {role} of "{path}"', expr=show(self.expr), role=self.role, path=self.member.path
        )
        place = place_of(self.located, self.member, self.role, at.span or self.expr.span)
        return QuantitySlip(
            Problem(code, phrase("{where} {message}", where=where, message=message), place, hint),
            (self.member.path, self.role, self.expr),
        )


@frozen
class QuantitySlip:
    """A warning, and the part of a rule that it is about, by path, role and expression; `None` for a parameter."""

    problem: Problem
    part: tuple[str, str, t.Expr] | None = None


def quantity_slips(located: LocatedSet) -> Iterator[QuantitySlip]:
    """A warning for each number that does not fit the count or quantity that it is added to or compared with."""
    grouped: dict[str, t.Parameter] = {}
    for member in written_members(located.criteria):
        for role, expr in expressions(member):
            for node in walk(expr):
                part = _RulePart(located, member, role, node)
                yield from _added_shares(part)
                yield from _grouped_numerals(part, grouped)
                yield from _broken_numbers(part)
                yield from _percents_of_hundreds(part)
    for name in grouped:
        yield from _grouped_values(located.criteria, name)


def _meeting(expr: t.Expr) -> tuple[t.Expr, ...]:
    """The operands that must be of one kind, because they are compared, added or chosen between."""
    match expr:
        case (
            t.Arithmetic(op=t.ArithmeticOp.ADD | t.ArithmeticOp.SUB)
            | t.Compare()
            | t.InRange()
            | t.InSet()
            | t.Coalesce()
        ):
            return parts(expr)
        case t.Call(function=t.Function.SUM | t.Function.MIN | t.Function.MAX | t.Function.MEAN):
            return parts(expr)
        case t.If(consequence=consequence, alternative=alternative):
            return (consequence, alternative)
        case _:
            return ()


def _added_shares(part: _RulePart) -> Iterator[QuantitySlip]:
    """A percent, or a broken number below 1, added to or taken from a count or a quantity with a unit."""
    expr, criteria = part.expr, part.criteria
    match expr:
        case t.Arithmetic(op=t.ArithmeticOp.ADD | t.ArithmeticOp.SUB) | t.Call(function=t.Function.SUM):
            operands = parts(expr)
        case _:
            return
    for share in operands:
        others = [other for other in operands if other is not share]
        quantity = next((other for other in others if _is_quantity(criteria, other)), None)
        if quantity is not None and _is_share(criteria, share):
            sign = (
                t.ArithmeticOp.SUB
                if isinstance(expr, t.Arithmetic) and expr.op is t.ArithmeticOp.SUB
                else t.ArithmeticOp.ADD
            )
            written = f"{_within(quantity)} * (1 {sign.value} {_within(share)})"
            message = phrase(
                "adds or takes {share} itself, not that share of `{quantity}`",
                share=_value_words(criteria, share),
                quantity=show(quantity),
            )
            yield part.slip("NC137", message, share, phrase("write `{value}`", value=written))


def _within(expr: t.Expr) -> str:
    return f"({show(expr)})" if isinstance(expr, (t.Arithmetic, t.If)) else show(expr)


def _is_share(criteria: CriteriaSet, expr: t.Expr) -> bool:
    """Whether a constant is a percent, or lies between 0 and 1 without being whole."""
    if not is_constant(expr):
        return False
    return _has_percent(criteria, expr) or any(0 < abs(value) < 1 for value in _values(criteria, expr))


def _has_percent(criteria: CriteriaSet, constant: t.Expr) -> bool:
    """Whether a percent stands in a constant, as a numeral or as the value of a parameter."""
    if not is_constant(constant):
        return False
    return any(
        (isinstance(node, t.Number) and node.percent)
        or (isinstance(node, t.Parameter) and criteria.parameters[node.name].percent)
        for node in walk(constant)
    )


def _values(criteria: CriteriaSet, constant: t.Expr) -> tuple[Fraction, ...]:
    """The values of a constant in the years of the set, each once; of an open parameter none."""
    look_up = nothing_known(criteria)
    values: list[Value] = [
        trace(with_parameters(constant, epoch.values), look_up).value for epoch in epochs_of(criteria, constant)
    ]
    return tuple(dict.fromkeys(value for value in values if isinstance(value, Fraction)))


def _value_words(criteria: CriteriaSet, constant: t.Expr) -> str:
    values = _values(criteria, constant)
    shown = show(constant)
    apart = [show_rational(value) for value in values if show_rational(value) != shown]
    return f"`{shown}` ({', '.join(apart)})" if apart else f"`{shown}`"


def _is_quantity(criteria: CriteriaSet, expr: t.Expr) -> bool:
    """Whether `expr` is a count, a number with a unit, or a sum or multiple of such; a quotient may be a share."""
    match expr:
        case t.FactRef(name=name):
            declared = criteria.facts[name]
            return declared.type is FactType.COUNT or (declared.unit is not None and declared.unit.vi.strip() != "%")
        case t.Arithmetic(op=t.ArithmeticOp.DIV) | t.If() | t.Met():
            return False
        case t.Within(measure=measure):
            return not measure.is_share
        case t.Arithmetic() | t.Negate() | t.Earlier() | t.SumYears() | t.Coalesce() | t.Call():
            return any(_is_quantity(criteria, inner) for inner in parts(expr))
        case _:
            return False


def _is_whole(criteria: CriteriaSet, expr: t.Expr) -> bool:
    """Whether `expr` can only be a whole number."""
    match expr:
        case t.FactRef(name=name):
            return criteria.facts[name].type is FactType.COUNT
        case t.Within(measure=t.Measure.SUM_OF, inner=t.FactRef() as summed):
            return _is_whole(criteria, summed)
        case t.Within(measure=measure):
            return not measure.is_share
        case t.Number(value=value):
            return value.denominator == 1
        case t.Parameter():
            return all(value.denominator == 1 for value in _values(criteria, expr))
        case t.Arithmetic(op=t.ArithmeticOp.DIV):
            return False
        case t.Call(function=t.Function.COUNT | t.Function.COUNT_TRUE | t.Function.FLOOR | t.Function.CEILING):
            return True
        case t.Call(function=function, arguments=(_,)) if function in DECIMAL_ROUNDINGS:
            return True
        case (
            t.Call(function=t.Function.SUM | t.Function.MIN | t.Function.MAX | t.Function.ABS)
            | t.Arithmetic()
            | t.Negate()
        ):
            return all(_is_whole(criteria, inner) for inner in parts(expr))
        case t.Earlier() | t.SumYears() | t.Coalesce():
            return all(_is_whole(criteria, inner) for inner in parts(expr))
        case _:
            return False


def _counts(criteria: CriteriaSet, expr: t.Expr) -> bool:
    return _is_whole(criteria, expr) and not (is_constant(expr) and not counts_truths(expr))


def _grouped_numerals(part: _RulePart, grouped: dict[str, t.Parameter]) -> Iterator[QuantitySlip]:
    """`1.500` beside a count; a parameter with such a value is added to `grouped`, to be told once."""
    operands = _meeting(part.expr)
    if not any(_counts(part.criteria, operand) for operand in operands):
        return
    for operand in operands:
        node = operand.operand if isinstance(operand, t.Negate) else operand
        if isinstance(node, t.Number) and not node.percent and looks_grouped(node.value, node.decimals):
            written = _with_three_decimals(node.value)
            yield part.slip(
                "NC138", phrase("has `{written}` beside a count", written=written), node, grouped_hint(written)
            )
        elif isinstance(node, t.Parameter):
            grouped[node.name] = node


def _with_three_decimals(value: Fraction) -> str:
    thousandths = f"{int(value * 1000)}"
    return f"{thousandths[:-3]}.{thousandths[-3:]}"


def _grouped_values(criteria: CriteriaSet, name: str) -> Iterator[QuantitySlip]:
    declared = criteria.parameters[name]
    for dated in declared.values:
        if isinstance(dated.value, Fraction) and not declared.percent and looks_grouped(dated.value, dated.decimals):
            written = _with_three_decimals(dated.value)
            message = phrase(
                "the parameter `{name}` has the value `{written}` and stands beside a count", name=name, written=written
            )
            place = dated.place or declared.place
            yield QuantitySlip(Problem("NC138", message, place, grouped_hint(written)))


def _broken_numbers(part: _RulePart) -> Iterator[QuantitySlip]:
    """A count compared with a constant that is not whole."""
    for counted, constant in _compared(part.expr):
        if is_constant(constant) and _counts(part.criteria, counted) and not _is_grouped(part.criteria, constant):
            broken = [value for value in _values(part.criteria, constant) if value.denominator != 1]
            if broken:
                yield _broken(part, counted, constant, broken[0])


def _compared(expr: t.Expr) -> list[tuple[t.Expr, t.Expr]]:
    """What is compared with what."""
    match expr:
        case t.Compare(left=left, right=right):
            return [(left, right), (right, left)]
        case t.InRange(value=value, low=low, high=high):
            return [(value, low), (value, high)]
        case t.InSet(value=value, options=options):
            return [(value, option) for option in options]
        case _:
            return []


def _percents_of_hundreds(part: _RulePart) -> Iterator[QuantitySlip]:
    """A fact that goes to 100, or whose unit is `%`, compared with a percent, which is a hundredth of it."""
    for fact, constant in _compared(part.expr):
        if not isinstance(fact, t.FactRef) or not _has_percent(part.criteria, constant):
            continue
        declared = part.criteria.facts[fact.name]
        in_hundreds = declared.maximum == 100 or (declared.unit is not None and declared.unit.vi.strip() == "%")
        if declared.type is FactType.NUMBER and in_hundreds:
            compared = _value_words(part.criteria, constant)
            message = phrase(
                "compares `{fact}`, which goes to 100, with {compared}, which goes to 1",
                fact=fact.name,
                compared=compared,
            )
            hundreds = one_of(show_rational(value * 100) for value in _values(part.criteria, constant))
            yield part.slip(
                "NC149",
                message,
                constant,
                phrase("write {hundreds}, or declare the fact with `max: 1`", hundreds=hundreds),
            )


def _is_grouped(criteria: CriteriaSet, constant: t.Expr) -> bool:
    """Whether a constant was told of already, as a numeral with a point before its thousands."""
    for node in walk(constant):
        if isinstance(node, t.Number) and looks_grouped(node.value, node.decimals):
            return True
        if isinstance(node, t.Parameter):
            values = criteria.parameters[node.name].values
            return any(isinstance(one.value, Fraction) and looks_grouped(one.value, one.decimals) for one in values)
    return False


def _broken(part: _RulePart, counted: t.Expr, constant: t.Expr, value: Fraction) -> QuantitySlip:
    rounded = isinstance(counted, t.Call) and counted.function in ROUNDINGS
    what = phrase("a rounded number") if rounded else phrase("a count")
    message = phrase(
        "compares {what} with {share}, which is not whole",
        what=what,
        share=_value_words(part.criteria, constant),
    )
    if rounded and _has_percent(part.criteria, constant):
        hint = phrase(
            "write {number} where percent are rounded, or a whole number",
            number=show_rational(value * 100),
        )
    elif not rounded and _is_share(part.criteria, constant):
        hint = phrase("write of what it is a share: `prev_year * {share}`, or a whole number", share=_within(constant))
    else:
        hint = phrase(
            "write {below} or {above}",
            below=show_rational(Fraction(floor(value))),
            above=show_rational(Fraction(ceil(value))),
        )
    return part.slip("NC139", message, constant, hint)
