"""What a traced rule says, as statements: the numbers that decided, the limit, and the distance to it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from attrs import frozen

from ncriteria.evaluation.explanation.values import (
    Voice,
    fact_text,
    leaf_text,
    leaf_value_text,
    period_text,
    unit_text,
    value_text,
)
from ncriteria.evaluation.simplifying import opposite
from ncriteria.evaluation.tracing import Step
from ncriteria.language.meaning import Leaf
from ncriteria.language.printer import show
from ncriteria.language.tree import (
    THIS_YEAR,
    And,
    Call,
    Compare,
    CompareOp,
    FactRef,
    Function,
    If,
    Met,
    Not,
    Or,
    Parameter,
    ShareMet,
)
from ncriteria.language.values import Value, is_exact
from ncriteria.sets.model import FactType


@frozen
class Statement:
    """One thing that a rule says of a record: the words, the value that came out, and the statements it rests on."""

    text: str
    value: Value
    parts: tuple[Statement, ...] = ()


def statements(voice: Voice, step: Step) -> tuple[Statement, ...]:
    """What the condition `step` says."""
    match step.expr:
        case And() | Call(function=Function.ALL):
            return tuple(statement for part in step.parts for statement in statements(voice, part))
        case Or() | Call(function=Function.ANY):
            inner = tuple(statement for part in step.parts for statement in statements(voice, part))
            return (Statement(voice.words.any_of, step.value, inner),)
        case Not():
            inner = statements(voice, step.parts[0])
            return (Statement(voice.words.not_of, step.value, inner),)
        case If():
            return _choice(voice, step)
        case Compare():
            return (Statement(_comparison(voice, step), step.value),)
        case FactRef() | Parameter() | Met() | ShareMet():
            leaf = step.expr
            return (Statement(f"{leaf_text(voice, leaf)}: {leaf_value_text(voice, leaf, step.value)}", step.value),)
        case _:
            return (
                Statement(f"{show(step.expr)}: {value_text(voice, step.value)}{_grounds(voice, step)}", step.value),
            )


def _choice(voice: Voice, step: Step) -> tuple[Statement, ...]:
    """A conditional: the branch that holds, or both where that is not known and matters."""
    condition, consequence, alternative = step.parts
    if not isinstance(condition.value, bool) and isinstance(step.value, bool):
        return statements(voice, alternative)
    if isinstance(condition.value, bool):
        chosen = statements(voice, consequence if condition.value else alternative)
        is_zero_base = condition.value and isinstance(condition.expr, Compare) and condition.expr.span is None
        return (Statement(voice.words.instead, True), *chosen) if is_zero_base else chosen
    told = []
    for case, branch in ((condition.expr, consequence), (opposite(condition.expr), alternative)):
        told.append(Statement(voice.words.otherwise.format(show(case)), branch.value, statements(voice, branch)))
    return tuple(told)


def _comparison(voice: Voice, step: Step) -> str:
    compare = step.expr
    assert isinstance(compare, Compare)
    left, right = step.parts
    if _is_subject(left):
        return _about_fact(voice, left, compare.op, right, step.value)
    if _is_subject(right):
        return _about_fact(voice, right, compare.op.mirrored, left, step.value)
    if isinstance(left.expr, (ShareMet, Met, Parameter)):
        leaf = left.expr
        said = f"{leaf_text(voice, leaf)}: {leaf_value_text(voice, leaf, left.value)}"
        percent = isinstance(leaf, ShareMet)
        limit = voice.words.limits[compare.op].format(value_text(voice, right.value, percent=percent))
        return f"{said}; {limit}"
    limit = voice.words.limits[compare.op].format(value_text(voice, right.value))
    return f"{show(compare)}: {value_text(voice, left.value)}; {limit}{_grounds(voice, step)}"


def _is_subject(step: Step) -> bool:
    """Whether a side of a comparison is one fact of the assessment year, so that the other side is its limit."""
    return isinstance(step.expr, FactRef) and step.expr.period == THIS_YEAR


def _about_fact(voice: Voice, subject: Step, op: CompareOp, limit: Step, decided: Value) -> str:
    """Such as "Số vụ: 1 vụ; tối đa cho phép 1 (vừa đúng mức); năm trước 2 vụ"."""
    fact = subject.expr
    assert isinstance(fact, FactRef)
    declaration, unit = voice.criteria.facts[fact.name], unit_text(voice, fact.name)
    said = f"{fact_text(voice, fact.key)}: {value_text(voice, subject.value, unit)}"
    op, bound = _whole_limit(op, limit.value) if declaration.type is FactType.COUNT else (op, limit.value)
    if is_exact(bound):
        said += f"; {voice.words.limits[op].format(value_text(voice, bound))}"
        distance = _distance(voice, op, subject.value, bound)
        said += f" ({distance})" if distance else ""
    else:
        said += f"; {voice.words.decided_anyway if isinstance(decided, bool) else voice.words.limit_open}"
    return said + _bases(voice, fact, limit)


def _whole_limit(op: CompareOp, limit: Value) -> tuple[CompareOp, Value]:
    """The limit of a count as the last whole number that is allowed."""
    if not isinstance(limit, Fraction):
        return op, limit
    match op:
        case CompareOp.LE:
            return op, Fraction(floor(limit))
        case CompareOp.LT:
            return CompareOp.LE, Fraction(ceil(limit) - 1)
        case CompareOp.GE:
            return op, Fraction(ceil(limit))
        case CompareOp.GT:
            return CompareOp.GE, Fraction(floor(limit) + 1)
        case _:
            return op, limit


def _distance(voice: Voice, op: CompareOp, value: Value, limit: Value) -> str:
    if not isinstance(value, Fraction) or not isinstance(limit, Fraction):
        return ""
    gap, said = limit - value, voice.words
    match op:
        case CompareOp.LE | CompareOp.LT:
            more, less = said.spare, said.exceeded
        case CompareOp.GE | CompareOp.GT:
            gap, more, less = -gap, said.above_minimum, said.short
        case _:
            return ""
    if gap == 0:
        return said.exactly_at_limit if op in (CompareOp.LE, CompareOp.GE) else ""
    return (more if gap > 0 else less).format(value_text(voice, abs(gap)))


def _bases(voice: Voice, subject: FactRef, limit: Step) -> str:
    """The facts and parameters that the limit was made of."""
    said = ""
    for leaf, value in _leaves(limit):
        if isinstance(leaf, FactRef) and leaf.name == subject.name:
            said += f"; {period_text(voice, leaf.period)} {leaf_value_text(voice, leaf, value)}"
        else:
            said += f"; {leaf_text(voice, leaf)}: {leaf_value_text(voice, leaf, value)}"
    return said


def _grounds(voice: Voice, step: Step) -> str:
    said = [f"{leaf_text(voice, leaf)}: {leaf_value_text(voice, leaf, value)}" for leaf, value in _leaves(step)]
    return "".join(f"; {part}" for part in said)


def _leaves(step: Step) -> Iterator[tuple[Leaf, Value]]:
    """The facts, parameters and references of a trace with their values, each once."""
    seen: set[str] = set()
    pending = [step]
    while pending:
        current = pending.pop()
        if isinstance(current.expr, (FactRef, Parameter, Met, ShareMet)) and show(current.expr) not in seen:
            seen.add(show(current.expr))
            yield current.expr, current.value
        pending.extend(reversed(current.parts))
