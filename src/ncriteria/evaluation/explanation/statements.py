"""What a traced rule says, as statements: the numbers that decided, the limit, and the distance to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

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
from ncriteria.evaluation.records.comparisons import Ground, compared, is_subject, leaves
from ncriteria.evaluation.records.simplifying import opposite
from ncriteria.evaluation.records.tracing import Step
from ncriteria.language import tree as t
from ncriteria.language.printer import show
from ncriteria.language.values import Value, is_exact
from ncriteria.words import Message

_LIMITS: Final[Mapping[t.CompareOp, Message]] = {
    t.CompareOp.LE: Message("at most {limit} allowed"),
    t.CompareOp.LT: Message("must be less than {limit}"),
    t.CompareOp.GE: Message("at least {limit} required"),
    t.CompareOp.GT: Message("must be more than {limit}"),
    t.CompareOp.EQ: Message("must be {limit}"),
    t.CompareOp.NE: Message("must not be {limit}"),
}


@frozen
class Statement:
    """One thing that a rule says of a record: the words, the value that came out, and the statements it rests on.

    `step` is the part of the rule that it tells, where it tells a single one.
    """

    text: str
    value: Value
    parts: tuple[Statement, ...] = ()
    step: Step | None = None


def statements(voice: Voice, step: Step) -> tuple[Statement, ...]:
    """What the condition `step` says."""
    match step.expr:
        case t.And() | t.Call(function=t.Function.ALL):
            return tuple(statement for part in step.parts for statement in statements(voice, part))
        case t.Or() | t.Call(function=t.Function.ANY):
            inner = tuple(statement for part in step.parts for statement in statements(voice, part))
            return (Statement(voice.say("At least one of"), step.value, inner),)
        case t.Not():
            inner = statements(voice, step.parts[0])
            return (Statement(voice.say("There must not be"), step.value, inner),)
        case t.If():
            return _choice(voice, step)
        case t.Compare():
            return (Statement(_comparison(voice, step), step.value, step=step),)
        case t.FactRef() | t.Parameter() | t.Met() | t.ShareMet():
            leaf = step.expr
            text = f"{leaf_text(voice, leaf)}: {leaf_value_text(voice, leaf, step.value)}"
            return (Statement(text, step.value, step=step),)
        case _:
            text = f"{show(step.expr)}: {value_text(voice, step.value)}{_grounds(voice, step)}"
            return (Statement(text, step.value, step=step),)


def _choice(voice: Voice, step: Step) -> tuple[Statement, ...]:
    """A conditional: the branch that holds, or both where that is not known and matters."""
    condition, consequence, alternative = step.parts
    if not isinstance(condition.value, bool) and isinstance(step.value, bool):
        return statements(voice, alternative)
    if isinstance(condition.value, bool):
        chosen = statements(voice, consequence if condition.value else alternative)
        is_zero_base = condition.value and isinstance(condition.expr, t.Compare) and condition.expr.span is None
        instead = Statement(voice.say("The base value is 0, so the rule for that case holds"), True)
        return (instead, *chosen) if is_zero_base else chosen
    told = []
    for case, branch in ((condition.expr, consequence), (opposite(condition.expr), alternative)):
        text = voice.say("Case: {condition}", condition=show(case))
        told.append(Statement(text, branch.value, statements(voice, branch)))
    return tuple(told)


def _comparison(voice: Voice, step: Step) -> str:
    compare = step.expr
    assert isinstance(compare, t.Compare)
    left, right = step.parts
    for subject, other in ((left, right), (right, left)):
        if isinstance(subject.expr, t.FactRef) and is_subject(subject):
            return _about_fact(voice, subject.expr, other, compared(voice.criteria, step, None))
    if isinstance(left.expr, (t.ShareMet, t.Met, t.Parameter)):
        leaf = left.expr
        said = f"{leaf_text(voice, leaf)}: {leaf_value_text(voice, leaf, left.value)}"
        percent = isinstance(leaf, t.ShareMet)
        limit = voice.say.this(_LIMITS[compare.op], limit=value_text(voice, right.value, percent=percent))
        return f"{said}; {limit}"
    limit = voice.say.this(_LIMITS[compare.op], limit=value_text(voice, right.value))
    return f"{show(compare)}: {value_text(voice, left.value)}; {limit}{_grounds(voice, step)}"


def _about_fact(voice: Voice, fact: t.FactRef, limit: Step, ground: Ground) -> str:
    """Such as "Số vụ: 1 vụ; tối đa cho phép 1 (vừa đúng mức); năm trước 2 vụ"."""
    said = f"{fact_text(voice, fact.key)}: {value_text(voice, ground.value, unit_text(voice, fact.name))}"
    if is_exact(ground.limit):
        said += f"; {voice.say.this(_LIMITS[ground.relation], limit=value_text(voice, ground.limit))}"
        distance = _distance(voice, ground)
        said += f" ({distance})" if distance else ""
    elif isinstance(ground.holds, bool):
        said += f"; {voice.say('decided whatever the missing figures are')}"
    else:
        said += f"; {voice.say('the limit cannot be computed yet')}"
    return said + _bases(voice, fact, limit)


def _distance(voice: Voice, ground: Ground) -> str:
    say, gap = voice.say, ground.distance
    if gap is None:
        return ""
    match ground.relation:
        case t.CompareOp.LE | t.CompareOp.GE if gap == 0:
            return say("exactly at the limit")
        case t.CompareOp.LE | t.CompareOp.LT if gap != 0:
            return say("{gap} to spare", gap=gap) if gap > 0 else say("{gap} too many", gap=-gap)
        case t.CompareOp.GE | t.CompareOp.GT if gap != 0:
            return say("{gap} more than needed", gap=gap) if gap > 0 else say("{gap} short", gap=-gap)
        case _:
            return ""


def _bases(voice: Voice, subject: t.FactRef, limit: Step) -> str:
    """The facts and parameters that the limit was made of."""
    said = ""
    for leaf, value in leaves(limit):
        if isinstance(leaf, t.FactRef) and leaf.name == subject.name:
            said += f"; {period_text(voice, leaf.period)} {leaf_value_text(voice, leaf, value)}"
        else:
            said += f"; {leaf_text(voice, leaf)}: {leaf_value_text(voice, leaf, value)}"
    return said


def _grounds(voice: Voice, step: Step) -> str:
    said = [f"{leaf_text(voice, leaf)}: {leaf_value_text(voice, leaf, value)}" for leaf, value in leaves(step)]
    return "".join(f"; {part}" for part in said)
