"""What a clause means, apart from where it stands and how it is called."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from hashlib import sha256
from typing import assert_never

from attrs import evolve

from ncriteria.analysis.proof.common_facts import measured
from ncriteria.evaluation.lowering import LoweredClause, LoweredSet
from ncriteria.evaluation.records.simplifying import constant
from ncriteria.language import tree as t
from ncriteria.language.queries import parts, walk, with_parts
from ncriteria.language.values import UNKNOWN, Unknown
from ncriteria.sets.model import Clause, Group, ParameterDeclaration, ParameterValue


def meanings(lowered: LoweredSet) -> Mapping[str, str]:
    """The meaning of every clause and group of a set, and of the whole set, by path.

    It is one text for two clauses of any sets that say the same; the order of the members of a group is no part of it.
    A meaning is a digest (SHA-256), in which stand the digests of what it rests on: a clause that many others refer
    to is read once.
    """
    found: dict[str, str] = {}
    for path, member in lowered.members.items():
        found[path] = sha256(repr(_said(lowered, member, found)).encode()).hexdigest()
    return found


def _said(lowered: LoweredSet, member: Clause | Group, found: Mapping[str, str]) -> tuple[object, ...]:
    """What a member says, in a form of one text; `found` are the meanings of those that it rests on."""
    rules = lowered.clauses.get(member.path, LoweredClause(None, None))
    applies = None if rules.applies_when is None else _expression(lowered, rules.applies_when, found)
    match member:
        case Clause():
            return "clause", applies, None if rules.rule is None else _expression(lowered, rules.rule, found)
        case Group(combination=combination, minimum=minimum, counts_not_applicable=counts):
            return "group", applies, combination, minimum, counts, sorted(found[part.path] for part in member.members)
        case _:
            assert_never(member)


def _expression(lowered: LoweredSet, expr: t.Expr, found: Mapping[str, str]) -> tuple[object, ...]:
    """A rule with its parameters put in, and what it refers to."""
    nodes = list(walk(expr))
    facts = {node.name: lowered.criteria.facts[node.name] for node in nodes if isinstance(node, t.FactRef)}
    open_ones = {
        node.name: lowered.criteria.parameters[node.name]
        for node in nodes
        if isinstance(node, t.Parameter) and isinstance(lowered.parameters[node.name], Unknown)
    }
    return (
        _unreferring(with_parameters(expr, lowered.parameters)),
        sorted((name, measured(declaration)) for name, declaration in facts.items()),
        sorted((name, _kind(declaration)) for name, declaration in open_ones.items()),
        [found[node.path] for node in nodes if isinstance(node, t.Met)],
    )


def with_parameters(expr: t.Expr, values: Mapping[str, ParameterValue]) -> t.Expr:
    """A rule with the values of its parameters in their place; those that are open, or have no value, stay."""
    if isinstance(expr, t.Parameter):
        value = values.get(expr.name, UNKNOWN)
        return expr if isinstance(value, Unknown) else evolve(constant(value), span=expr.span)
    return with_parts(expr, [with_parameters(part, values) for part in parts(expr)])


def _unreferring(expr: t.Expr) -> t.Expr:
    """A rule without what distinguishes no meaning: where it refers to, and whether a number is written in percent."""
    match expr:
        case t.Met():
            return t.Met("")
        case t.Number(value=value):
            return t.Number(value)
        case _:
            return with_parts(expr, [_unreferring(part) for part in parts(expr)])


def _kind(declaration: ParameterDeclaration) -> Hashable:
    return declaration.type, tuple(sorted(declaration.options))
