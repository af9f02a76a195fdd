"""What a traced rule says, as statements: the numbers that decided, the limit, and the distance to it.

What is said whatever the record, such as titles and units, is put together once for a rule and a language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple, assert_never

from ncriteria.evaluation.explanation.made_of import Text, bases, by_branch_taken, grounds, grounds_of_limit
from ncriteria.evaluation.explanation.values import (
    Voice,
    fact_text,
    fact_value_teller,
    leaf_value_teller,
    part_teller,
    value_teller,
)
from ncriteria.evaluation.explanation.wording import leaf_text, worded
from ncriteria.evaluation.records.comparisons import (
    distances,
    is_subject,
    is_turned,
    limits,
    parameter_of,
)
from ncriteria.evaluation.records.day_sums import is_difference_of_days
from ncriteria.evaluation.records.simplifying import opposite
from ncriteria.evaluation.records.tracing import Step
from ncriteria.language import tree as t
from ncriteria.language.queries import parts
from ncriteria.language.values import UNKNOWN, Value, is_exact
from ncriteria.sets.model import FactType
from ncriteria.sets.names import options_text
from ncriteria.words import Message

_LIMITS: Final[Mapping[t.CompareOp, Message]] = {
    t.CompareOp.LE: Message("at most {limit} allowed"),
    t.CompareOp.LT: Message("must be less than {limit}"),
    t.CompareOp.GE: Message("at least {limit} required"),
    t.CompareOp.GT: Message("must be more than {limit}"),
    t.CompareOp.EQ: Message("must be {limit}"),
    t.CompareOp.NE: Message("must not be {limit}"),
}


_DAY_LIMITS: Final[Mapping[t.CompareOp, Message]] = {
    **_LIMITS,
    t.CompareOp.LE: Message("no later than {limit}"),
    t.CompareOp.LT: Message("must be before {limit}"),
    t.CompareOp.GE: Message("no earlier than {limit}"),
    t.CompareOp.GT: Message("must be after {limit}"),
}


_OPTION_LIMITS: Final[Mapping[t.CompareOp, Message]] = {
    **_LIMITS,
    t.CompareOp.LT: Message("must be below {limit}"),
    t.CompareOp.GT: Message("must be above {limit}"),
    t.CompareOp.EQ: Message("must be «{limit}»"),
    t.CompareOp.NE: Message("must not be «{limit}»"),
}
_LIMITS_OF = {
    FactType.DATE: _DAY_LIMITS,
    FactType.ENUMERATION: _OPTION_LIMITS,
    FactType.BOOLEAN: _OPTION_LIMITS,
}


def limit_text(voice: Voice, relation: t.CompareOp, limit: str, kind: FactType = FactType.NUMBER) -> str:
    """What a comparison with `limit` requires: `at most 3 allowed`; of days, `no later than` one of them."""
    return voice.say.this(_LIMITS_OF.get(kind, _LIMITS)[relation], limit=limit)


class Statement(NamedTuple):
    """One thing that a rule says of a record: the words, the value that came out, and the statements it rests on.

    `step` is the part of the rule that it tells, where it tells a single one.
    """

    text: str
    value: Value
    parts: tuple[Statement, ...] = ()
    step: Step | None = None


Statements = Callable[[Step], tuple[Statement, ...]]


def statements(voice: Voice, expr: t.Expr) -> Statements:
    """What the condition `expr` says, of any trace of it."""
    match expr:
        case t.And() | t.Call(function=t.Function.ALL):
            return _of_parts(voice, expr)
        case t.Or() | t.Call(function=t.Function.ANY):
            return _alternatives(voice, expr)
        case t.Not():
            return _above(voice.say("There must not be"), _each_apart(voice, expr))
        case t.If():
            return _choice(voice, expr)
        case t.Compare():
            return _single(by_branch_taken(voice, expr, _comparison))
        case t.FactRef() | t.Parameter() | t.Met() | t.Within():
            name, told = leaf_text(voice, expr), leaf_value_teller(voice, expr)
            return _single(lambda step: f"{name}: {told(step.value)}")
        case _:
            return _single(by_branch_taken(voice, expr, _condition))


def _single(text: Text) -> Statements:
    return lambda step: (Statement(text(step), step.value, (), step),)


def _of_parts(voice: Voice, expr: t.Expr) -> Statements:
    inner = [statements(voice, part) for part in parts(expr)]
    return lambda step: tuple([one for told, part in zip(inner, step.parts, strict=True) for one in told(part)])


def _each_apart(voice: Voice, expr: t.Expr) -> Statements:
    """What each part says as one statement: one that says several things says that all of them must hold."""
    inner, together = [statements(voice, part) for part in parts(expr)], voice.say("All of")

    def told(step: Step) -> tuple[Statement, ...]:
        each = [(part, one(part)) for one, part in zip(inner, step.parts, strict=True)]
        return tuple([said[0] if len(said) == 1 else Statement(together, part.value, said) for part, said in each])

    return told


def _alternatives(voice: Voice, expr: t.Expr) -> Statements:
    """The parts of which one must hold; those of an alternative that is a choice itself stand among them."""
    heading, inner = voice.say("At least one of"), _each_apart(voice, expr)

    def told(step: Step) -> tuple[Statement, ...]:
        each = [one.parts if one.text == heading else (one,) for one in inner(step)]
        return (Statement(heading, step.value, tuple([one for several in each for one in several])),)

    return told


def _above(text: str, inner: Statements) -> Statements:
    return lambda step: (Statement(text, step.value, inner(step)),)


def _choice(voice: Voice, expr: t.If) -> Statements:
    """A conditional: the branch that holds, or both where that is not known and matters."""
    consequence, alternative = statements(voice, expr.consequence), statements(voice, expr.alternative)
    instead = Statement(voice.say("The base value is 0, so the rule for that case holds"), True)
    is_zero_base = isinstance(expr.condition, t.Compare) and expr.condition.span is None
    cases = [
        voice.say("Case: {condition}", condition=worded(voice, case))
        for case in (expr.condition, opposite(expr.condition))
    ]

    def told(step: Step) -> tuple[Statement, ...]:
        condition, one, other = step.parts
        if condition.value is True:
            return (instead, *consequence(one)) if is_zero_base else consequence(one)
        if condition.value is False or isinstance(step.value, bool):
            return alternative(other)
        return (
            Statement(cases[0], one.value, consequence(one)),
            Statement(cases[1], other.value, alternative(other)),
        )

    return told


def _condition(voice: Voice, expr: t.Expr) -> Text:
    """Such as "«Số vụ» trong khoảng từ 1 đến 3: có; Số vụ: 2 vụ"."""
    shown, plain, rests_on = worded(voice, expr), value_teller(voice.say), grounds(voice, expr)
    return lambda step: f"{shown}: {plain(step.value)}{rests_on(step)}"


def _comparison(voice: Voice, expr: t.Expr) -> Text:
    assert isinstance(expr, t.Compare), "whatever branches are taken in it, it is a comparison"
    turned = int(is_turned(expr))
    subject = parts(expr)[turned]
    if is_subject(subject) and isinstance(subject, t.FactRef):
        return _about_fact(voice, expr, turned, subject)
    for place, side in enumerate((expr.left, expr.right)):
        if (
            isinstance(side, t.Call)
            and isinstance(day := side.arguments[0], t.FactRef)
            and side.function in t.DAY_PARTS
        ):
            return _about_part(voice, expr, place, day)
    left, limit = expr.left, limit_text(voice, expr.op.mirrored if turned else expr.op, "{limit}")
    if is_difference_of_days(left, voice.criteria):
        return _about_days_between(voice, expr, left)
    if isinstance(subject, (t.Within, t.Met, t.Parameter)):
        return _about_leaf(voice, expr, turned, subject)
    percent = any(_is_percent(voice, side) for side in parts(expr))
    plain = value_teller(voice.say, percent=percent, options=_options(voice, subject))
    shown, rests_on = worded(voice, expr), grounds(voice, expr)
    no_limit = voice.say("the limit cannot be computed yet")

    def text(step: Step) -> str:
        one, other = step.parts[turned], step.parts[1 - turned]
        allowed = limit.format(limit=plain(other.value)) if is_exact(other.value) else no_limit
        return f"{shown}: {plain(one.value)}; {allowed}{rests_on(step)}"

    return text


def _options(voice: Voice, subject: t.Expr) -> Mapping[str, str]:
    """What the options of the enumeration that is compared are called."""
    match subject:
        case t.FactRef(name=name) if name in voice.criteria.facts:
            return options_text(voice.criteria.facts[name], voice.language)
        case t.Parameter() | t.ParameterBy():
            return options_text(parameter_of(voice.criteria, subject), voice.language)
        case _:
            return {}


def _about_leaf(voice: Voice, expr: t.Compare, place: int, leaf: t.Within | t.Met | t.Parameter) -> Text:
    """Such as "share of communes that meet 19.2: 72.7%; must be more than 80%"."""
    name, told = leaf_text(voice, leaf), leaf_value_teller(voice, leaf)
    limit = limit_text(voice, expr.op.mirrored if place else expr.op, "{limit}", _type_of_leaf(voice, leaf))
    is_share = isinstance(leaf, t.Within) and leaf.measure.is_share
    bound = _limit_teller(voice, leaf)
    counts = isinstance(leaf, t.Within) and not is_share
    rests_on = grounds_of_limit(voice, parts(expr)[1 - place])
    decided = voice.say("decided whatever the missing figures are")
    undecided = voice.say("the limit cannot be computed yet")

    def text(step: Step) -> str:
        own, other = step.parts[place], step.parts[1 - place]
        said = f"{name}: {told(own.value)}; "
        if not counts:
            return said + limit.format(limit=bound(other.value))
        if not is_exact(other.value):
            return said + (decided if isinstance(step.value, bool) else undecided) + rests_on(other)
        return said + limit.format(limit=bound(other.value)) + rests_on(other)

    return text


def _type_of_leaf(voice: Voice, leaf: t.Within | t.Met | t.Parameter) -> FactType:
    """The type of what a reference stands for."""
    match leaf:
        case t.Parameter():
            return parameter_of(voice.criteria, leaf).type
        case t.Met():
            return FactType.BOOLEAN
        case t.Within():
            return FactType.NUMBER
        case _:
            assert_never(leaf)


def _is_percent(voice: Voice, side: t.Expr) -> bool:
    """Whether a side of a comparison is written in percent, so that the other is read so too."""
    if isinstance(side, t.Parameter | t.ParameterBy):
        return parameter_of(voice.criteria, side).percent
    return isinstance(side, t.Number) and side.percent


def _limit_teller(voice: Voice, left: t.Within | t.Met | t.Parameter) -> Callable[[Value], str]:
    """How what a reference is compared with is told: as its own values are, without their unit."""
    match left:
        case t.Parameter():
            return value_teller(voice.say, options=options_text(parameter_of(voice.criteria, left), voice.language))
        case t.Met():
            return leaf_value_teller(voice, left)
        case _:
            return value_teller(voice.say, percent=left.measure.is_share)


def _about_days_between(voice: Voice, expr: t.Compare, days: t.Arithmetic) -> Text:
    """Such as "Số ngày từ Ngày nhận đến Ngày trả: 45; tối đa cho phép 30; Ngày nhận: 01/02/2026; Ngày trả: ..."."""
    first, last = (
        fact_text(voice, side.key) if isinstance(side, t.FactRef) else worded(voice, side)
        for side in (days.right, days.left)
    )
    name = voice.say("Days from {first} to {last}", first=first, last=last)
    plain, limit, rests_on = value_teller(voice.say), limit_text(voice, expr.op, "{limit}"), grounds(voice, expr)

    def text(step: Step) -> str:
        own, other = step.parts
        return f"{name}: {plain(own.value)}; {limit.format(limit=plain(other.value))}{rests_on(step)}"

    return text


def _about_part(voice: Voice, expr: t.Compare, place: int, day: t.FactRef) -> Text:
    """Such as "Ngày ban hành: 15/02/2026 (quý 1); phải bằng quý 1"."""
    sides = parts(expr)
    name, told, part = fact_text(voice, day.key), leaf_value_teller(voice, day), part_teller(voice.say, sides[place])
    limit = limit_text(voice, expr.op.mirrored if place else expr.op, "{limit}", FactType.DATE)
    rests_on = bases(voice, day, sides[1 - place])

    def text(step: Step) -> str:
        own, other = step.parts[place], step.parts[1 - place]
        found = own.parts[0].value
        said = f"{told(found)} ({part(own.value)})" if is_exact(found) else told(found)
        return f"{name}: {said}; {limit.format(limit=part(other.value))}{rests_on(other)}"

    return text


def _about_fact(voice: Voice, expr: t.Compare, place: int, fact: t.FactRef) -> Text:
    """Such as "Số vụ: 1 vụ; tối đa cho phép 1 (vừa đúng mức); năm trước 2 vụ"."""
    declared = voice.criteria.facts[fact.name]
    name, told = fact_text(voice, fact.key), fact_value_teller(voice, fact.name)
    plain = value_teller(voice.say, options=options_text(declared, voice.language))
    relation, limited = limits(expr.op.mirrored if place else expr.op, declared.type)
    said_limit = limit_text(voice, relation, "{limit}", declared.type)
    gap = _gap(voice, relation)
    decided = f"; {voice.say('decided whatever the missing figures are')}"
    undecided = f"; {voice.say('the limit cannot be computed yet')}"
    when_missing, rests_on = declared.when_missing, bases(voice, fact, parts(expr)[1 - place])

    def text(step: Step) -> str:
        value, limit = step.parts[place].value, step.parts[1 - place]
        is_missing = type(value) is not Fraction and value == when_missing
        said = f"{name}: {told(UNKNOWN if is_missing else value)}"
        if isinstance(limit.value, Fraction):
            last = limited(limit.value)
            said += f"; {said_limit.format(limit=plain(last))}"
            said += gap(value, last) if isinstance(value, Fraction) else ""
        elif is_exact(limit.value):
            said += f"; {said_limit.format(limit=plain(limit.value))}"
        else:
            said += decided if isinstance(step.value, bool) else undecided
        return said + rests_on(limit)

    return text


def _gap(voice: Voice, relation: t.CompareOp) -> Callable[[Fraction, Fraction], str]:
    """How far a value still is from its limit, in parentheses."""
    say, far = voice.say, distances(relation)
    match relation:
        case t.CompareOp.LE | t.CompareOp.LT:
            spare, beyond = say("{gap} to spare", gap="{gap}"), say("{gap} too many", gap="{gap}")
        case t.CompareOp.GE | t.CompareOp.GT:
            spare, beyond = say("{gap} more than needed", gap="{gap}"), say("{gap} short", gap="{gap}")
        case _:
            far = None
    if far is None:
        return lambda value, limit: ""
    closed = relation in (t.CompareOp.LE, t.CompareOp.GE)
    at_limit = f" ({say('exactly at the limit')})" if closed else ""

    def text(value: Fraction, limit: Fraction) -> str:
        gap = far(value, limit)
        sign = gap.numerator
        if sign > 0:
            return f" ({spare.format(gap=say.number(gap))})"
        return f" ({beyond.format(gap=say.number(-gap))})" if sign else at_limit

    return text
