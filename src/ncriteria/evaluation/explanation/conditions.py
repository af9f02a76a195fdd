"""A condition that is left to decide, in words: the titles of its facts, and what is required of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from ncriteria.evaluation.explanation.statements import limit_text
from ncriteria.evaluation.explanation.values import Voice, fact_text, leaf_text, leaf_value_teller, value_text
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
            yield from _below(voice, parts(expr))
        case t.Not():
            yield f"{say('There must not be')}:"
            yield from _below(voice, parts(expr))
        case t.If(condition=condition, consequence=consequence, alternative=alternative):
            for case, then in ((condition, consequence), (opposite(condition), alternative)):
                yield say("Case: {condition}", condition=explained(voice, case))
                yield from _below(voice, [then])
        case t.FactRef() | t.Parameter() | t.Met() | t.Within():
            yield f"{leaf_text(voice, expr)}: {leaf_value_teller(voice, expr)(True)}"
        case t.Compare(op=op, left=t.FactRef() as fact, right=limit):
            yield _required(voice, fact, op, limit)
        case t.Compare(op=op, left=limit, right=t.FactRef() as fact):
            yield _required(voice, fact, op.mirrored, limit)
        case _:
            yield explained(voice, expr)


def _below(voice: Voice, inner: Iterable[t.Expr]) -> Iterator[str]:
    for part in inner:
        yield from (_INDENT + line for line in condition_lines(voice, part))


def _required(voice: Voice, fact: t.FactRef, op: t.CompareOp, limit: t.Expr) -> str:
    """What is required of one fact; of a count, the last whole number that is allowed."""
    declared = voice.criteria.facts[fact.name].type
    match limit:
        case t.Number(value=number):
            relation, last = limits(op, declared)
            told = leaf_value_teller(voice, fact)(Fraction(last(number)))
        case t.Boolean(value=value) | t.Text(value=value) | t.Date(value=value):
            relation, told = op, value_text(voice.say, value)
        case _:
            relation, told = op, explained(voice, limit)
    return f"{fact_text(voice, fact.key)}: {limit_text(voice, relation, told, declared)}"


def explained(voice: Voice, expr: t.Expr) -> str:
    """An expression as rules write it, with what its names stand for."""
    names = [f"{show(leaf)} = {leaf_text(voice, leaf)}" for leaf, _ in leaf_places(expr)]
    return f"{show(expr)} ({'; '.join(names)})" if names else show(expr)
