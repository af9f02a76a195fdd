"""The program of one assessment year as one Python function, built as a syntax tree of Python.

Names in the function are counters, never words of a criteria file; facts are looked up by constants. A number or a
condition that is unknown is `None`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import assert_never

from ncriteria.evaluation.program import tree as t
from ncriteria.evaluation.program.assembling import MemberForm, Program, applies_name, holds_name
from ncriteria.evaluation.program.body import Body
from ncriteria.evaluation.program.logic import is_simple, never_unknown
from ncriteria.language.tree import CompareOp
from ncriteria.sets.model import Verdict

_OPERATORS: Mapping[CompareOp, Callable[[], ast.cmpop]] = {
    CompareOp.EQ: ast.Eq,
    CompareOp.NE: ast.NotEq,
    CompareOp.LT: ast.Lt,
    CompareOp.LE: ast.LtE,
    CompareOp.GT: ast.Gt,
    CompareOp.GE: ast.GtE,
}
_NONE = ast.Constant(None)
_MANY = 24
"""Up to how many truths are joined at once; more are joined in parts, so that code is never deep."""


def add_steps(body: Body, program: Program, when_undefined: ast.expr) -> dict[str, ast.expr]:
    """Add the statements of every step; returns the verdicts by path. Undefined rules, and scales
    that give no grade, return `when_undefined`.
    """
    verdicts = {step.path: _verdict(body, step) for step in program.steps}
    # Whether a member without a value is needed rests on the groups around it, whose conditions may rest on itself.
    for condition in (*(step.undefined for step in program.steps), program.ungraded):
        if condition != t.FALSE:
            body.statements.append(ast.If(truth(body, condition), [ast.Return(when_undefined)], []))
    return verdicts


def _verdict(body: Body, step: MemberForm) -> ast.expr:
    status = step.status
    applies = value(body, status.applies)
    holds = value(body, status.holds) if status.applies == t.TRUE else _unless(body, applies, False, status.holds)
    for name, condition, found in (
        (applies_name(step.path), status.applies, applies),
        (holds_name(step.path), status.holds, holds),
    ):
        if not is_simple(condition):
            body.named[name] = found
    return body.verdict(_read(body, step.status.applies, applies, holds))


def _read(body: Body, condition: t.Condition, applies: ast.expr, holds: ast.expr) -> ast.expr:
    """The verdict that a status stands for (`ncriteria.evaluation.statuses.verdict`)."""
    met, not_met, undetermined, not_applicable = (body.constant(verdict) for verdict in Verdict)
    if isinstance(holds, ast.Constant):
        decided: ast.expr = {True: met, False: not_met, None: undetermined}[holds.value]  # type: ignore[index]
    else:
        decided = _chosen(holds, met, _chosen(_is(holds, None), undetermined, not_met))
    if condition == t.TRUE:
        return decided
    return _chosen(_is(applies, True), decided, _chosen(_is(applies, False), not_applicable, undetermined))


def _is(expr: ast.expr, truth_value: bool | None) -> ast.expr:
    return ast.Compare(expr, [ast.Is()], [ast.Constant(truth_value)])


def _is_known(name: str) -> ast.expr:
    return ast.Compare(ast.Name(name, ast.Load()), [ast.IsNot()], [_NONE])


def _chosen(condition: ast.expr, consequence: ast.expr, alternative: ast.expr) -> ast.expr:
    return ast.IfExp(condition, consequence, alternative)


def _every(conditions: Iterable[ast.expr]) -> ast.expr:
    found = list(conditions)
    return ast.Constant(True) if not found else found[0] if len(found) == 1 else ast.BoolOp(ast.And(), found)


def _some(conditions: Iterable[ast.expr]) -> ast.expr:
    found = list(conditions)
    return ast.Constant(False) if not found else found[0] if len(found) == 1 else ast.BoolOp(ast.Or(), found)


def value(body: Body, condition: t.Condition) -> ast.expr:
    """The three-valued truth of `condition`: `True`, `False` or `None`."""
    match condition:
        case t.Certain(value=known):
            return ast.Constant(known)
        case t.Flag(key=key):
            return ast.Name(body.slot(key), ast.Load())
        case t.Named(name=name):
            return body.named[name]
        case _:
            return body.once(condition, lambda: _computed(body, condition))


_Computed = t.ComparedTerms | t.Decision | t.Both | t.Either | t.Choice | t.Opposite | t.IsKnown | t.Settled | t.InYears


def _computed(body: Body, condition: _Computed) -> ast.expr:
    match condition:
        case t.ComparedTerms():
            compared, guards = _compared(body, condition)
            return compared if not guards else _chosen(_every(map(_is_known, guards)), compared, _NONE)
        case t.Decision():
            return _decided(body, condition)
        case t.Both(operands=operands):
            return _joined(body, operands, deciding=False)
        case t.Either(operands=operands):
            return _in_set(body, operands) or _joined(body, operands, deciding=True)
        case t.Choice():
            return _choice(body, condition)
        case t.Opposite(operand=operand):
            inner = value(body, operand)
            negated = ast.UnaryOp(ast.Not(), inner)
            return negated if never_unknown(operand) else _chosen(_is(inner, None), _NONE, negated)
        case t.IsKnown(operand=operand):
            return _known(body, operand)
        case t.Settled(operand=operand):
            return truth(body, operand)
        case t.InYears():
            raise AssertionError("a function is of one assessment year")
        case _:
            assert_never(condition)


def _decided(body: Body, decision: t.Decision) -> ast.Name:
    """The relation where all is known; only elsewhere is anything else computed."""
    result = body.new_name()
    compared, guards = _compared(body, decision.plain)
    known, unknown = body.branch(), body.branch()
    known.assign(compared, result)
    early: ast.expr = _NONE
    if decision.false_if != t.FALSE:
        early = _chosen(truth(unknown, decision.false_if), ast.Constant(False), early)
    if decision.true_if != t.FALSE:
        early = _chosen(truth(unknown, decision.true_if), ast.Constant(True), early)
    unknown.assign(early, result)
    body.statements.append(ast.If(_every(map(_is_known, guards)), known.statements, unknown.statements))
    return result


def _choice(body: Body, condition: t.Choice) -> ast.Name:
    """The branch that holds; both are computed only where that is not known, each by code that stands once."""
    asked = value(body, condition.condition)
    one = _unless(body, asked, False, condition.consequence)
    other = _unless(body, asked, True, condition.alternative)
    agreed = _chosen(ast.Compare(one, [ast.Is()], [other]), one, _NONE)
    return body.assign(_chosen(_is(asked, True), one, _chosen(_is(asked, False), other, agreed)))


def _unless(body: Body, asked: ast.expr, passed_over: bool, condition: t.Condition) -> ast.expr:
    """The truth of `condition`, which is not computed where `asked` is `passed_over`."""
    if body.is_at_hand(condition):
        return value(body, condition)
    result, inner = body.new_name(), body.branch()
    inner.assign(value(inner, condition), result)
    skipped: list[ast.stmt] = [ast.Assign([ast.Name(result.id, ast.Store())], _NONE)]
    body.statements.append(ast.If(_is(asked, passed_over), skipped, inner.statements))
    return result


def _in_set(body: Body, operands: tuple[t.Condition, ...]) -> ast.expr | None:
    """Whether one value is among several, where that is what the equations say together."""
    slot: t.Slot | None = None
    wanted = set()
    for operand in operands:
        match operand:
            case t.ComparedTerms(op=CompareOp.EQ, left=t.Slot() as one, right=t.Literal() | t.Constant() as other) if (
                slot in (None, one)
            ):
                slot = one
                wanted.add(other.value)
            case _:
                return None
    assert slot is not None
    name = body.slot(slot.key)
    among = ast.Compare(ast.Name(name, ast.Load()), [ast.In()], [body.constant_set(wanted)])
    return _chosen(_is_known(name), among, _NONE)


def _joined(body: Body, operands: tuple[t.Condition, ...], *, deciding: bool) -> ast.expr:
    """And, or: decided by one operand that is `deciding`, unknown where one is."""
    kind = t.Either if deciding else t.Both
    if len(operands) > _MANY:
        size = -(-len(operands) // _MANY)
        parts = [operands[start : start + size] for start in range(0, len(operands), size)]
        operands = tuple(kind(part) if len(part) > 1 else part[0] for part in parts)
    to_compute = tuple(operand for operand in operands if not body.is_at_hand(operand))
    if to_compute and len(operands) > 1:
        ready = tuple(operand for operand in operands if body.is_at_hand(operand) and operand != t.UNKNOWN)
        first, *rest = (kind(ready) if len(ready) > 1 else ready[0], *to_compute) if ready else to_compute
        unknown = (t.UNKNOWN,) if t.UNKNOWN in operands else ()
        return _joined_in_turn(body, first, (*rest, *unknown), deciding=deciding)
    if all(map(never_unknown, operands)):
        return ast.BoolOp(ast.Or() if deciding else ast.And(), [value(body, operand) for operand in operands])
    asked = [operand for operand in operands if operand != t.UNKNOWN]
    values = [value(body, operand) for operand in asked]
    is_decided = _some(_is(one, deciding) for one in values)
    found = zip(values, asked, strict=True)
    is_unknown = _some(_is(one, None) for one, operand in found if not never_unknown(operand))
    neutral: ast.expr = ast.Constant(not deciding)
    undecided = _NONE if t.UNKNOWN in operands else _chosen(is_unknown, _NONE, neutral)
    return _chosen(is_decided, ast.Constant(deciding), undecided)


def _joined_in_turn(body: Body, first: t.Condition, rest: tuple[t.Condition, ...], *, deciding: bool) -> ast.expr:
    """And, or of a first operand and others that are computed only where it does not decide."""
    result, found = body.new_name(), value(body, first)
    others = body.branch()
    joined = value(others, rest[0]) if len(rest) == 1 else _joined(others, rest, deciding=deciding)
    other = joined if isinstance(joined, ast.Name) else others.assign(joined)
    is_unknown = _chosen(_is(other, deciding), ast.Constant(deciding), _NONE)
    others.assign(other if never_unknown(first) else _chosen(_is(found, None), is_unknown, other), result)
    decided: list[ast.stmt] = [ast.Assign([ast.Name(result.id, ast.Store())], ast.Constant(deciding))]
    body.statements.append(ast.If(_is(found, deciding), decided, others.statements))
    return result


def truth(body: Body, condition: t.Condition, wanted: bool = True) -> ast.expr:
    """Whether `condition` is known to be `wanted`; never `None`."""
    match condition:
        case t.Certain(value=known):
            return ast.Constant(known is wanted)
        case t.Both(operands=operands):
            parts = (truth(body, operand, wanted) for operand in operands)
            return _every(parts) if wanted else _some(parts)
        case t.Either(operands=operands):
            parts = (truth(body, operand, wanted) for operand in operands)
            return _some(parts) if wanted else _every(parts)
        case t.Opposite(operand=operand):
            return truth(body, operand, not wanted)
        case t.ComparedTerms():
            compared, guards = _compared(body, condition)
            holds = compared if wanted else ast.UnaryOp(ast.Not(), compared)
            return _every([*map(_is_known, guards), holds])
        case _:
            return _is(value(body, condition), wanted)


def _compared(body: Body, relation: t.ComparedTerms) -> tuple[ast.expr, tuple[str, ...]]:
    """The comparison in Python, and the local names that must be known for it."""
    left, left_guards = _operand(body, relation.left)
    right, right_guards = _operand(body, relation.right)
    guards = tuple(dict.fromkeys(left_guards + right_guards))
    return ast.Compare(left, [_OPERATORS[relation.op]()], [right]), guards


def _operand(body: Body, operand: t.Operand) -> tuple[ast.expr, tuple[str, ...]]:
    if isinstance(operand, t.Literal):
        literal = operand.value
        return (ast.Constant(literal) if isinstance(literal, str) else body.constant(literal)), ()
    return number(body, operand)


def _known(body: Body, operand: t.Operand | t.Condition) -> ast.expr:
    match operand:
        case t.Literal():
            return ast.Constant(True)
        case t.Slot(key=key) | t.Flag(key=key):
            return _is_known(body.slot(key))
        case (
            t.Certain()
            | t.ComparedTerms()
            | t.Decision()
            | t.Both()
            | t.Either()
            | t.Choice()
            | t.Opposite()
            | t.IsKnown()
            | t.Settled()
            | t.InYears()
            | t.Named()
        ):
            return ast.UnaryOp(ast.Not(), _is(value(body, operand), None))
        case _:
            return _every(map(_is_known, number(body, operand)[1]))


def number(body: Body, whole: t.Whole) -> tuple[ast.expr, tuple[str, ...]]:
    """The number in Python, and the local names that must be known for it."""
    match whole:
        case t.Constant(value=known):
            return ast.Constant(known), ()
        case t.Slot(key=key):
            return ast.Name(body.slot(key), ast.Load()), (body.slot(key),)
        case t.Filled(slot=slot, missing=missing):
            name = body.slot(slot.key)
            known_value = ast.Name(name, ast.Load())
            filled = body.once(whole, lambda: _chosen(_is_known(name), known_value, ast.Constant(missing)))
            return filled, ()
        case t.Sum(terms=terms):
            parts = [number(body, term) for term in terms]
            return total([part for part, _ in parts]), _guards(parts)
        case t.Scaled(factor=factor, operand=operand):
            inner, guards = number(body, operand)
            return ast.BinOp(ast.Constant(factor), ast.Mult(), inner), guards
        case t.Product(left=left, right=right):
            parts = [number(body, left), number(body, right)]
            return ast.BinOp(parts[0][0], ast.Mult(), parts[1][0]), _guards(parts)
        case t.FloorQuotient() | t.Extreme() | t.Pick() | t.Alternative():
            found = body.once(whole, lambda: _perhaps(body, whole))
            assert isinstance(found, ast.Name)
            return found, (found.id,)
        case t.Indicator(condition=condition, unknown_counts=unknown_counts):
            found = truth(body, condition, not unknown_counts)
            return (ast.UnaryOp(ast.Not(), found) if unknown_counts else found), ()
        case _:
            assert_never(whole)


def total(terms: Sequence[ast.expr]) -> ast.expr:
    """The sum as a tree of little depth, however many terms there are."""
    if len(terms) == 1:
        return terms[0]
    half = len(terms) // 2
    return ast.BinOp(total(terms[:half]), ast.Add(), total(terms[half:]))


def _guards(parts: Iterable[tuple[ast.expr, tuple[str, ...]]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(guard for _, guards in parts for guard in guards))


def _optional(body: Body, whole: t.Whole) -> ast.expr:
    """The number, or `None` where it is unknown."""
    found, guards = number(body, whole)
    return _chosen(_every(map(_is_known, guards)), found, _NONE) if guards else found


def _perhaps(body: Body, whole: t.FloorQuotient | t.Extreme | t.Pick | t.Alternative) -> ast.expr:
    match whole:
        case t.FloorQuotient(left=left, right=right):
            parts = [number(body, left), number(body, right)]
            (over, _), (under, _) = parts
            conditions = [*map(_is_known, _guards(parts)), ast.Compare(under, [ast.NotEq()], [ast.Constant(0)])]
            return _chosen(_every(conditions), ast.BinOp(over, ast.FloorDiv(), under), _NONE)
        case t.Extreme(greatest=greatest, operands=operands, known_only=known_only):
            function = body.constant(_EXTREMES[greatest, known_only])
            return ast.Call(function, [_optional(body, operand) for operand in operands], [])
        case t.Pick(condition=condition, consequence=consequence, alternative=alternative):
            return _chosen(truth(body, condition), _optional(body, consequence), _optional(body, alternative))
        case t.Alternative(greatest=greatest, condition=condition, consequence=consequence, alternative=alternative):
            asked = value(body, condition)
            one, other = (body.assign(_optional(body, branch)) for branch in (consequence, alternative))
            between = ast.Call(body.constant(_EXTREMES[greatest, False]), [one, other], [])
            return _chosen(_is(asked, True), one, _chosen(_is(asked, False), other, between))
        case _:
            assert_never(whole)


def _least(*numbers: int | None) -> int | None:
    return None if None in numbers else min(number for number in numbers if number is not None)


def _greatest(*numbers: int | None) -> int | None:
    return None if None in numbers else max(number for number in numbers if number is not None)


def _least_known(*numbers: int | None) -> int | None:
    return min((number for number in numbers if number is not None), default=None)


def _greatest_known(*numbers: int | None) -> int | None:
    return max((number for number in numbers if number is not None), default=None)


_EXTREMES = {
    (False, False): _least,
    (True, False): _greatest,
    (False, True): _least_known,
    (True, True): _greatest_known,
}
