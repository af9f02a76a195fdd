"""A condition that is left to decide, in words: the titles of its facts, and what is required of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from ncriteria.evaluation.explanation.statements import limit_text
from ncriteria.evaluation.explanation.values import Voice, fact_text, leaf_value_teller
from ncriteria.evaluation.explanation.wording import leaf_text, worded
from ncriteria.evaluation.records.comparisons import leaf_places, limits
from ncriteria.evaluation.records.simplifying import opposite
from ncriteria.language import tree as t
from ncriteria.language.printer import show
from ncriteria.language.queries import parts

_INDENT = "  "


def condition_lines(voice: Voice, expr: t.Expr) -> Iterator[str]:
    """What must hold for `expr` to hold, a line for each requirement; what stands below another is indented."""
    say = voice.say
    match expr:
        case t.And() | t.Call(function=t.Function.ALL):
            for part in parts(expr):
                yield from condition_lines(voice, part)
        case t.Or() | t.Call(function=t.Function.ANY):
            yield f"{say('At least one of')}:"
            yield from _each_apart(voice, _alternatives(expr))
        case t.Not():
            yield f"{say('There must not be')}:"
            yield from _each_apart(voice, parts(expr))
        case t.If(condition=condition, consequence=consequence, alternative=alternative):
            for case, then in ((condition, consequence), (opposite(condition), alternative)):
                yield say("Case: {condition}", condition=worded(voice, case))
                yield from _below(voice, [then])
        case t.FactRef() | t.Parameter() | t.Met() | t.Within():
            yield f"{leaf_text(voice, expr)}: {leaf_value_teller(voice, expr)(True)}"
        case t.Compare(op=op, left=t.FactRef() as fact, right=limit):
            yield _required(voice, fact, op, limit)
        case t.Compare(op=op, left=limit, right=t.FactRef() as fact):
            yield _required(voice, fact, op.mirrored, limit)
        case _:
            yield worded(voice, expr)


def _below(voice: Voice, inner: Iterable[t.Expr]) -> Iterator[str]:
    for part in inner:
        yield from (_INDENT + line for line in condition_lines(voice, part))


def _alternatives(expr: t.Expr) -> Iterator[t.Expr]:
    """The parts of a choice, those of a choice among them included."""
    for part in parts(expr):
        if isinstance(part, t.Or) or (isinstance(part, t.Call) and part.function is t.Function.ANY):
            yield from _alternatives(part)
        else:
            yield part


def _each_apart(voice: Voice, inner: Iterable[t.Expr]) -> Iterator[str]:
    """What each part requires; where that is several things, that all of them must hold."""
    for part in inner:
        lines = list(condition_lines(voice, part))
        if sum(not line.startswith(_INDENT) for line in lines) > 1:
            lines = [f"{voice.say('All of')}:", *(_INDENT + line for line in lines)]
        yield from (_INDENT + line for line in lines)


def _required(voice: Voice, fact: t.FactRef, op: t.CompareOp, limit: t.Expr) -> str:
    """What is required of one fact; of a count, the last whole number that is allowed."""
    declared = voice.criteria.facts[fact.name].type
    match limit:
        case t.Number(value=number):
            relation, last = limits(op, declared)
            told = leaf_value_teller(voice, fact)(Fraction(last(number)))
        case t.Boolean(value=value) | t.Text(value=value) | t.Date(value=value):
            relation, told = op, leaf_value_teller(voice, fact)(value)
        case _:
            relation, told = op, worded(voice, limit)
    return f"{fact_text(voice, fact.key)}: {limit_text(voice, relation, told, declared)}"


def explained(voice: Voice, expr: t.Expr) -> str:
    """An expression as rules write it, with what its names stand for."""
    names = names_in(voice, expr)
    return f"{show(expr)} ({'; '.join(names)})" if names else show(expr)


def names_in(voice: Voice, expr: t.Expr) -> list[str]:
    """The names in an expression, each with what it stands for."""
    return [f"{show(leaf)} = {leaf_text(voice, leaf)}" for leaf, _ in leaf_places(expr)]
