"""Conditions that the declarations alone decide: no fact that they allow makes them come out otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Final

from ncriteria.analysis.lint.epochs import ParameterEpoch, epochs_of
from ncriteria.analysis.proof.meaning import with_parameters
from ncriteria.analysis.rule_testing.conditions import BASE, Condition, conditions_of_member, period_of, place_of
from ncriteria.analysis.telling import boundaries
from ncriteria.errors import Problem
from ncriteria.evaluation.lowering import resolve
from ncriteria.evaluation.records.tracing import trace
from ncriteria.language import tree as t
from ncriteria.language.printer import show, show_rational
from ncriteria.language.queries import is_constant, parts, walk
from ncriteria.language.types import NumberType
from ncriteria.language.values import Interval, bounds
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import written_members
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import Clause, CriteriaSet, FactType, Group
from ncriteria.sets.structure import expressions
from ncriteria.words import joined, phrase

_TRUE_ON: Final = {
    t.CompareOp.LT: {boundaries.Side.BELOW},
    t.CompareOp.LE: {boundaries.Side.BELOW, boundaries.Side.AT},
    t.CompareOp.EQ: {boundaries.Side.AT},
    t.CompareOp.NE: {boundaries.Side.BELOW, boundaries.Side.ABOVE},
    t.CompareOp.GE: {boundaries.Side.AT, boundaries.Side.ABOVE},
    t.CompareOp.GT: {boundaries.Side.ABOVE},
}


def decided_conditions(located: LocatedSet, passed_over: Collection[tuple[str, str, t.Expr]]) -> Iterator[Problem]:
    """A warning for each condition of a rule that its declarations decide, and for each that looks at no fact.

    Comparisons in `passed_over`, by path, role and expression, were told of already.
    """
    for member in written_members(located.criteria):
        for role, expr in expressions(member):
            yield from _constants(located, member, role, expr)
    written = written_members(located.criteria)
    for condition in (one for member in written for one in conditions_of_member(located, member)):
        if (condition.path, condition.role, condition.expr) not in passed_over:
            found = _decided(located.criteria, condition)
            if found is not None:
                yield found


def _constants(located: LocatedSet, member: Clause | Group, role: str, expr: t.Expr) -> Iterator[Problem]:
    """`true` and `false` that stand as conditions, not as values to compare with or to choose."""
    for part in _conditions_in(expr):
        if isinstance(part, t.Boolean):
            message = phrase(
                '`{part}` is a condition in the {role} of "{path}"; it looks at no fact',
                part=show(part),
                role=role,
                path=member.path,
            )
            hint = (
                phrase("leave out `{role}`", role=role)
                if part is expr and part.value and role == "applies_when"
                else _NO_FACT
            )
            yield Problem("NC144", message, place_of(located, member, role, part.span), hint)


_NO_FACT = phrase("write what must hold, or `encodes: not_encoded` where the text of the law is not known")


def _conditions_in(expr: t.Expr) -> Iterator[t.Expr]:
    """The parts of a rule that are asked whether they hold, itself among them."""
    yield expr
    match expr:
        case t.And() | t.Or() | t.Not() | t.Call(function=t.Function.ALL | t.Function.ANY | t.Function.COUNT_TRUE):
            for part in parts(expr):
                yield from _conditions_in(part)
        case t.If(condition=condition):
            yield from _conditions_in(condition)
        case _:
            pass


@frozen
class _Found:
    """What the declarations say of a comparison in an epoch: its outcome, and whether only at the end of a range."""

    outcome: bool | None
    is_natural: bool = False


def _decided(criteria: CriteriaSet, condition: Condition) -> Problem | None:
    expr = condition.expr
    if not isinstance(expr, (t.Compare, t.InRange, t.InSet)) or _looks_at_knowledge(expr):
        return None
    # A fixed year stays one: it is the assessment year itself in one year only.
    lowered = resolve(expr, period_of(criteria, condition), None)
    if is_constant(lowered):
        return _constant_comparison(criteria, condition, lowered)
    epochs = epochs_of(criteria, lowered)
    found = [_found(criteria, with_parameters(lowered, epoch.values)) for epoch in epochs]
    outcomes = {one.outcome for one in found}
    if len(outcomes) == 1 and None not in outcomes:
        return _problem(criteria, condition, with_parameters(lowered, epochs[0].values), found[0].outcome is True, "")
    for epoch, one in zip(epochs, found, strict=True):
        if one.outcome is not None and not one.is_natural:
            valued = with_parameters(lowered, epoch.values)
            return _problem(criteria, condition, valued, one.outcome, _from(epoch, epochs))
    return None


def _from(epoch: ParameterEpoch, epochs: tuple[ParameterEpoch, ...]) -> str:
    return phrase(" in {first}", first=epoch.first) if len(epochs) > 1 else ""


def _looks_at_knowledge(expr: t.Expr) -> bool:
    """Whether what is known decides too, so that the declared ranges alone say nothing."""
    return any(isinstance(node, (t.Known, t.Coalesce)) for node in walk(expr))


def _constant_comparison(criteria: CriteriaSet, condition: Condition, lowered: t.Expr) -> Problem | None:
    """A comparison of numerals; one with a parameter is a switch that an officer turns by its value."""
    if any(isinstance(node, t.Parameter) for node in walk(lowered)):
        return None
    value = trace(lowered, boundaries.nothing_known(criteria)).value
    if not isinstance(value, bool):
        return None
    message = phrase(
        "{named} looks at no fact; it is always {value}", named=_named(condition), value=str(value).lower()
    )
    return Problem("NC144", message, condition.place, _NO_FACT)


def _named(condition: Condition) -> str:
    return phrase(
        '`{expr}` in the {role} of "{path}"', expr=show(condition.expr), role=condition.role, path=condition.path
    )


def _found(criteria: CriteriaSet, lowered: t.Expr) -> _Found:
    match lowered:
        case t.Compare(op=op, left=left, right=right):
            return _compared(op, _sides(criteria, boundaries.Threshold(left, right)))
        case t.InRange(low_closed=low_closed, high_closed=high_closed):
            above, below = (_sides(criteria, threshold) for threshold in boundaries.thresholds(lowered))
            ends = (
                _compared(t.CompareOp.GE if low_closed else t.CompareOp.GT, above),
                _compared(t.CompareOp.LE if high_closed else t.CompareOp.LT, below),
            )
            return _joined(ends)
        case t.InSet(value=value, options=options):
            found = [
                _compared(t.CompareOp.EQ, _sides(criteria, boundaries.Threshold(value, option))) for option in options
            ]
            return _Found(False if any(one.outcome is False for one in found) else None)
        case _:
            return _Found(None)


def _joined(ends: tuple[_Found, _Found]) -> _Found:
    """A range: never where one end is never kept, idle where an end lies beyond what can be."""
    if any(end.outcome is False for end in ends):
        return _Found(False)
    beyond = [end for end in ends if end.outcome is True and not end.is_natural]
    if beyond or all(end.outcome is True for end in ends):
        return _Found(True)
    return _Found(None)


def _compared(op: t.CompareOp, sides: frozenset[boundaries.Side] | None) -> _Found:
    if sides is None:
        return _Found(None)
    true_on = _TRUE_ON[op]
    if sides <= true_on:
        return _Found(True, boundaries.Side.AT in sides)
    return _Found(None if sides & true_on else False)


def _sides(criteria: CriteriaSet, threshold: boundaries.Threshold) -> frozenset[boundaries.Side] | None:
    """On which sides the left can lie of the right; `None` where that is not known of values of their type."""
    if threshold.left == threshold.right:
        return frozenset({boundaries.Side.AT})
    if not boundaries.has_type(criteria, threshold.left, NumberType()):
        return None
    possible = boundaries.possible_sides(criteria, threshold)
    if boundaries.Side.AT not in possible and _has_any_decimals(criteria, threshold):
        low, high = bounds(boundaries.open_difference(criteria, threshold))
        if (low is None or low <= 0) and (high is None or high >= 0):
            possible |= {boundaries.Side.AT}
    return possible or None


def _has_any_decimals(criteria: CriteriaSet, threshold: boundaries.Threshold) -> bool:
    nodes = (*walk(threshold.left), *walk(threshold.right))
    facts = [criteria.facts[node.name] for node in nodes if isinstance(node, t.FactRef)]
    return any(declared.type is FactType.NUMBER and declared.decimals is None for declared in facts)


def _problem(criteria: CriteriaSet, condition: Condition, valued: t.Expr, outcome: bool, when: str) -> Problem:
    reason = _reason(criteria, condition.expr, valued)
    if condition.route == BASE:
        message = phrase(
            '`when_zero_base` of "{path}" never holds{when}: {reason}', path=condition.path, when=when, reason=reason
        )
        return Problem("NC136", message, condition.place, phrase("leave it out, or correct `min` of the fact"))
    word = _outcome_words(condition.expr, valued, criteria, outcome)
    message = phrase(
        "{condition} {word}{when}: {reason}", condition=_named(condition), word=word, when=when, reason=reason
    )
    return Problem("NC136", message, condition.place, _hint(criteria, valued, outcome))


def _reason(criteria: CriteriaSet, written: t.Expr, valued: t.Expr) -> str:
    """Why the declarations decide a comparison: the same on both sides, what can be, or the decimals that are left."""
    if isinstance(valued, t.Compare):
        if valued.left == valued.right:
            return phrase("both sides are the same")
        low, high = bounds(boundaries.open_difference(criteria, boundaries.Threshold(valued.left, valued.right)))
        if (low is None or low < 0) and (high is None or high > 0):
            return phrase("no value with the declared decimals makes both sides the same")
    sides = zip(parts(written), parts(valued), strict=True)
    extents = [words for side, value in sides for words in _extent(criteria, side, value)]
    return phrase("by the declarations {extents}", extents=joined(", ", dict.fromkeys(extents)))


def _outcome_words(expr: t.Expr, valued: t.Expr, criteria: CriteriaSet, outcome: bool) -> str:
    if isinstance(expr, t.InSet) and isinstance(valued, t.InSet):
        never = [
            show(option)
            for option, value in zip(expr.options, valued.options, strict=True)
            if _compared(t.CompareOp.EQ, _sides(criteria, boundaries.Threshold(valued.value, value))).outcome is False
        ]
        return phrase("is never true for `{options}`", options=", ".join(never))
    if isinstance(expr, t.InRange) and outcome and not _is_idle(criteria, valued):
        return phrase("has an end that lies beyond what can be")
    return phrase("is always true") if outcome else phrase("is never true")


def _is_idle(criteria: CriteriaSet, valued: t.Expr) -> bool:
    """Whether a range holds all that can be."""
    if not isinstance(valued, t.InRange):
        return True
    return trace(valued, boundaries.nothing_known(criteria)).value is True


def _extent(criteria: CriteriaSet, written: t.Expr, side: t.Expr) -> Iterator[str]:
    """What the declarations say of one side of a comparison that is no constant."""
    if is_constant(side):
        return
    value = trace(side, boundaries.nothing_known(criteria)).value
    if isinstance(value, Fraction):
        yield phrase("`{written}` is {number}", written=show(written), number=show_rational(value))
    elif isinstance(value, Interval):
        match bounds(value):
            case Fraction() as low, Fraction() as high:
                yield phrase(
                    "`{written}` lies between {least} and {most}",
                    written=show(written),
                    least=show_rational(low),
                    most=show_rational(high),
                )
            case Fraction() as low, None:
                yield phrase("`{written}` is at least {number}", written=show(written), number=show_rational(low))
            case None, Fraction() as high:
                yield phrase("`{written}` is at most {number}", written=show(written), number=show_rational(high))
            case _:
                pass


def _hint(criteria: CriteriaSet, valued: t.Expr, outcome: bool) -> str:
    """What to write: a share in percent where the number only fits as one."""
    for one in parts(valued):
        for other in parts(valued):
            extent = trace(one, boundaries.nothing_known(criteria)).value
            if isinstance(other, t.Number) and 1 < other.value <= 100 and extent == _SHARE:
                return phrase(
                    "a share in percent is written `{number}`", number=show(t.Number(other.value / 100, percent=True))
                )
    if isinstance(valued, t.Compare) and valued.left == valued.right:
        return phrase("write on one side what was meant, such as `prev_year`")
    if outcome:
        return phrase("write what was meant, or leave out what always holds")
    return phrase("correct the number, or `min`, `max` and `decimals` of the fact")


_SHARE = Interval(Fraction(0), Fraction(1))
