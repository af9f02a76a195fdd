"""A rule as a formula in words: titles in the place of names, and what its operators are called."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final, assert_never

from ncriteria.evaluation.explanation.values import (
    Voice,
    clause_name,
    fact_text,
    leaf_value_teller,
    period_text,
)
from ncriteria.evaluation.records.comparisons import NamedLeaf, parameter_of
from ncriteria.language import tree as t
from ncriteria.language.printer import Atom
from ncriteria.language.queries import parts, walk
from ncriteria.sets.inside import asked_inside
from ncriteria.sets.model import Level
from ncriteria.sets.names import UNITS
from ncriteria.words import Message

_SIGNS: Final[Mapping[t.CompareOp, str]] = {
    t.CompareOp.LE: "≤",
    t.CompareOp.LT: "<",
    t.CompareOp.GE: "≥",
    t.CompareOp.GT: ">",
    t.CompareOp.EQ: "=",
    t.CompareOp.NE: "≠",
}
_CALLED: Final[Mapping[t.Function, Message]] = {
    t.Function.ABS: Message("the absolute value of ({values})"),
    t.Function.FLOOR: Message("the next lower whole number of ({values})"),
    t.Function.CEILING: Message("the next higher whole number of ({values})"),
    t.Function.ROUND_UP: Message("({values}), rounded up"),
    t.Function.ROUND_DOWN: Message("({values}), rounded down"),
    t.Function.ROUND_HALF_UP: Message("({values}), rounded half up"),
    t.Function.ROUND_HALF_EVEN: Message("({values}), rounded half to even"),
    t.Function.MIN: Message("the least of ({values})"),
    t.Function.MAX: Message("the greatest of ({values})"),
    t.Function.SUM: Message("the sum of ({values})"),
    t.Function.MEAN: Message("the mean of ({values})"),
    t.Function.COUNT: Message("how many of ({values}) are known"),
    t.Function.ALL: Message("all of ({values})"),
    t.Function.ANY: Message("at least one of ({values})"),
    t.Function.COUNT_TRUE: Message("how many of ({values}) hold"),
    t.Function.YEAR: Message("the year of ({values})"),
    t.Function.MONTH: Message("the month of ({values})"),
    t.Function.QUARTER: Message("the quarter of ({values})"),
}


_MOST_OF_A_SHARE: Final = 2
"""A decimal number below it, such as 0.95 or 1.1, is told as a percentage of what it is multiplied with."""


class _Binding(IntEnum):
    """How tightly words hold together; those of an operand that holds less tightly stand in parentheses."""

    CONDITION = 0
    COMPARISON = 1
    SUM = 2
    PRODUCT = 3
    VALUE = 4


def worded(voice: Voice, expr: t.Expr) -> str:
    """`expr` in words: `«Crimes» ≤ «Crimes (the year before)» * 0.95`."""
    return _worded(voice, expr)[0]


def _worded(voice: Voice, expr: t.Expr) -> tuple[str, _Binding]:
    say = voice.say
    match expr:
        case t.If(condition=condition, consequence=consequence, alternative=alternative):
            case, then, otherwise = (worded(voice, one) for one in (condition, consequence, alternative))
            text = say("if {condition}: {then}; otherwise: {otherwise}", condition=case, then=then, otherwise=otherwise)
            return text, _Binding.CONDITION
        case t.Or(operands=operands):
            return say(" or ").join(_within(voice, one, _Binding.COMPARISON) for one in operands), _Binding.CONDITION
        case t.And(operands=operands):
            return say(" and ").join(_within(voice, one, _Binding.COMPARISON) for one in operands), _Binding.CONDITION
        case t.Not(operand=operand):
            return say("not ({condition})", condition=worded(voice, operand)), _Binding.COMPARISON
        case t.Compare(op=op, left=left, right=right):
            one, other = _beside(voice, left, right), _beside(voice, right, left)
            return f"{one} {_SIGNS[op]} {other}", _Binding.COMPARISON
        case t.InRange() | t.InSet():
            return _membership(voice, expr), _Binding.COMPARISON
        case t.Arithmetic():
            return _calculation(voice, expr)
        case t.Negate(operand=operand):
            return f"-{_within(voice, operand, _Binding.VALUE)}", _Binding.VALUE
        case _:
            return _value(voice, expr), _Binding.VALUE


def _within(voice: Voice, expr: t.Expr, least: _Binding) -> str:
    text, binding = _worded(voice, expr)
    return text if binding >= least else f"({text})"


def _calculation(voice: Voice, expr: t.Arithmetic) -> tuple[str, _Binding]:
    sides, found = (expr.left, expr.right), share_and_base(voice, expr)
    if found is not None and not isinstance(share := sides[found[0]], t.Arithmetic):
        told = voice.say.percent(share.value) if isinstance(share, t.Number) else worded(voice, share)
        base = _within(voice, sides[found[1]], _Binding.VALUE)
        return voice.say("{share} of {base}", share=told, base=base), _Binding.SUM
    rank = _Binding.SUM if expr.op in (t.ArithmeticOp.ADD, t.ArithmeticOp.SUB) else _Binding.PRODUCT
    one, other = _within(voice, expr.left, rank), _within(voice, expr.right, _Binding(rank + 1))
    return f"{one} {'×' if expr.op is t.ArithmeticOp.MUL else expr.op.value} {other}", rank


def share_and_base(voice: Voice, expr: t.Expr) -> tuple[int, int] | None:
    """Which side of a product is a percentage, and which one it is taken of; `None` of all else."""
    if not isinstance(expr, t.Arithmetic) or expr.op is not t.ArithmeticOp.MUL:
        return None
    sides = parts(expr)
    found = (
        (share, 1 - share)
        for share in (1, 0)
        if _is_percentage(voice, sides[share]) and not _is_made_of_shares(voice, sides[1 - share])
    )
    return next(found, None)


def _is_percentage(voice: Voice, expr: t.Expr) -> bool:
    """Whether `expr` is a percentage whatever the record: `95%`, `0.95`, `1 - param.p` of a percentage `p`."""
    return _is_made_of_shares(voice, expr) and any(map(_is_share, walk(expr)))


def _is_share(expr: t.Expr) -> bool:
    match expr:
        case t.Number(value=value, percent=percent):
            return percent or (value < _MOST_OF_A_SHARE and value.denominator != 1)
        case _:
            return isinstance(expr, (t.Parameter, t.ParameterBy))


def _is_made_of_shares(voice: Voice, expr: t.Expr) -> bool:
    """Whether `expr` rests on nothing but numbers and parameters that are percentages."""
    match expr:
        case t.Number():
            return True
        case t.Parameter() | t.ParameterBy():
            return parameter_of(voice.criteria, expr).percent
        case t.Arithmetic(left=left, right=right):
            return _is_made_of_shares(voice, left) and _is_made_of_shares(voice, right)
        case _:
            return False


def _beside(voice: Voice, side: t.Expr, subject: t.Expr) -> str:
    """A side of a comparison; an option is told as the enumeration on the other side calls it."""
    if isinstance(side, t.Text) and isinstance(subject, (t.FactRef, t.Parameter, t.ParameterBy)):
        return f"«{leaf_value_teller(voice, subject)(side.value)}»"
    return _within(voice, side, _Binding.SUM)


def _membership(voice: Voice, expr: t.InRange | t.InSet) -> str:
    say, value = voice.say, _within(voice, expr.value, _Binding.SUM)
    if isinstance(expr, t.InSet):
        options = "; ".join(_beside(voice, option, expr.value) for option in expr.options)
        return say("{value} is one of ({options})", value=value, options=options)
    low, high = (worded(voice, end) for end in (expr.low, expr.high))
    low = low if expr.low_closed else say("more than {limit}", limit=low)
    high = high if expr.high_closed else say("less than {limit}", limit=high)
    return say("{value} is between {low} and {high}", value=value, low=low, high=high)


def _value(voice: Voice, expr: Atom) -> str:
    say = voice.say
    match expr:
        case t.Number(value=value, percent=percent):
            return say.percent(value) if percent else say.number(value)
        case t.Boolean(value=value):
            return say("yes") if value else say("no")
        case t.Text(value=value):
            return f"«{value}»"
        case t.Date(value=value):
            return say.day(value)
        case t.Met():
            return say("{clause} is met", clause=f"«{leaf_text(voice, expr)}»")
        case t.MetYears(path=path, years=years):
            return say("{clause} is met in each of {years} years", clause=f"«{clause_name(voice, path)}»", years=years)
        case t.FactRef(name=name) if t.is_verdict(name):
            return say("{clause} is met", clause=f"«{leaf_text(voice, expr)}»")
        case t.FactRef() | t.Parameter() | t.ParameterBy() | t.Within():
            return f"«{leaf_text(voice, expr)}»"
        case t.AssessmentYear():
            return say("the assessment year")
        case t.Call(function=function, arguments=arguments):
            return say.this(_CALLED[function], values="; ".join(worded(voice, one) for one in arguments))
        case t.Earlier(operand=operand, period=period):
            return f"({worded(voice, operand)}) ({period_text(say, period)})"
        case t.SumYears(operand=operand, years=years):
            return say("the sum of ({values}) over {years} years", values=worded(voice, operand), years=years)
        case t.Decreasing(operand=operand, years=years):
            return say("({values}) falls each year for {years} years", values=worded(voice, operand), years=years)
        case t.Known(operand=operand):
            return say("({values}) is known", values=worded(voice, operand))
        case t.Coalesce(operand=operand, default=default):
            one, other = (worded(voice, part) for part in (operand, default))
            return say("({values}), or {default} where that is not known", values=one, default=other)
        case _:
            assert_never(expr)


_INSIDE: Final[Mapping[t.Measure, Message]] = {
    t.Measure.SHARE_MET: Message("share of {units} that meet {asked}"),
    t.Measure.COUNT_MET: Message("number of {units} that meet {asked}"),
    t.Measure.SHARE_OF: Message("share of {units} with {asked}"),
    t.Measure.COUNT_OF: Message("number of {units} with {asked}"),
    t.Measure.SUM_OF: Message("sum over {units}: {asked}"),
}


def leaf_text(voice: Voice, leaf: NamedLeaf) -> str:
    """What a leaf of a rule is called."""
    match leaf:
        case t.FactRef(key=key):
            return fact_text(voice, key)
        case t.ParameterBy(by=t.Text(value=option)):
            return f"{parameter_of(voice.criteria, leaf).title.text(voice.language)} ({option})"
        case t.Parameter() | t.ParameterBy():
            return parameter_of(voice.criteria, leaf).title.text(voice.language)
        case t.Met(path=path):
            return clause_name(voice, path)
        case t.Within():
            return _inside_text(voice, leaf)
        case _:
            assert_never(leaf)


def asked_text(voice: Voice, leaf: t.Within) -> str:
    """What a roll-up asks of each unit inside: a clause, or a condition or a fact by its title."""
    match leaf.inner:
        case None:
            found = voice.criteria.elsewhere.get((leaf.level, leaf.path))
            return leaf.path if found is None else f"{found.called.text(voice.language)} [{leaf.path}]"
        case t.FactRef(key=key):
            return fact_text(voice, key)
        case t.Compare(op=op, left=t.FactRef(key=key), right=t.Number() as number):
            return f"{fact_text(voice, key)} {_SIGNS[op]} {worded(voice, number)}"
        case condition:
            return worded(voice, condition)


def waiting_text(voice: Voice, level: str, path: str) -> str:
    """What a result waits for of the units inside, and of which units."""
    leaf, units = asked_inside(voice.criteria).get((level, path)), voice.say.this(UNITS[Level(level)])
    return f"{path if leaf is None else asked_text(voice, leaf)} ({units})"


def _inside_text(voice: Voice, leaf: t.Within) -> str:
    """What a roll-up is called: what is told of which units."""
    units, asked = voice.say.this(UNITS[Level(leaf.level)]), asked_text(voice, leaf)
    return voice.say.this(_INSIDE[leaf.measure], units=units, asked=asked)
