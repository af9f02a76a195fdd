"""What a clause means, apart from where it stands and how it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import assert_never

from attrs import field, frozen

from ncriteria.analysis.relation_facts import measured
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.simplifying import constant
from ncriteria.language.queries import parts, walk, with_parts
from ncriteria.language.tree import (
    Decreasing,
    Earlier,
    Expr,
    FactRef,
    Met,
    Number,
    Parameter,
    SumYears,
)
from ncriteria.language.values import Unknown
from ncriteria.sets.model import Clause, Group, ParameterDeclaration


@frozen(eq=False)
class Meanings:
    """The meanings met so far, each with its number: two clauses have one number just where they say the same.

    Numbers are of one instance only. What a meaning rests on stands in it as a number too, so that a clause that many
    others refer to is read once.
    """

    _numbers: dict[Hashable, int] = field(factory=dict)

    def of(self, lowered: LoweredSet) -> Mapping[str, int]:
        """The meaning of every clause and group of a set, by path; the order of the members of a group is no part."""
        members = {member.path: member for member in lowered.criteria.members()}
        found: dict[str, int] = {}
        for path in lowered.order:
            said = _meaning(lowered, members[path], found)
            found[path] = self._numbers.setdefault(said, len(self._numbers))
        return found


def _meaning(lowered: LoweredSet, member: Clause | Group, found: Mapping[str, int]) -> Hashable:
    """What a member says; `found` are the meanings of those that it rests on."""
    rules = lowered.clauses[member.path]
    applies = None if rules.applies_when is None else _expression(lowered, rules.applies_when, found)
    match member:
        case Clause():
            return "clause", applies, None if rules.rule is None else _expression(lowered, rules.rule, found)
        case Group(combination=combination, minimum=minimum, counts_not_applicable=counts):
            inner = Counter(found[part.path] for part in member.members)
            return "group", applies, combination, minimum, counts, frozenset(inner.items())
        case _:
            assert_never(member)


def _expression(lowered: LoweredSet, expr: Expr, found: Mapping[str, int]) -> Hashable:
    """A rule with its parameters put in, and what it refers to."""
    nodes = list(walk(expr))
    facts = [lowered.criteria.facts[node.name] for node in nodes if isinstance(node, FactRef)]
    open_ones = [
        lowered.criteria.parameters[node.name]
        for node in nodes
        if isinstance(node, Parameter) and isinstance(lowered.parameters[node.name], Unknown)
    ]
    references = tuple(found[node.path] for node in nodes if isinstance(node, Met))
    return (
        _unreferring(with_parameters(lowered, expr)),
        frozenset((declaration.name, measured(declaration)) for declaration in facts),
        frozenset((declaration.name, _kind(declaration)) for declaration in open_ones),
        references,
    )


def with_parameters(lowered: LoweredSet, expr: Expr) -> Expr:
    """A lowered rule with the values of its parameters in their place; those that are open stay."""
    match expr:
        case Parameter(name=name):
            value = lowered.parameters[name]
            return expr if isinstance(value, Unknown) else constant(value)
        case Earlier() | SumYears() | Decreasing():
            raise AssertionError("period forms are resolved in a lowered rule")
        case _:
            return with_parts(expr, [with_parameters(lowered, part) for part in parts(expr)])


def _unreferring(expr: Expr) -> Expr:
    """A rule without what distinguishes no meaning: where it refers to, and whether a number is written in percent."""
    match expr:
        case Met():
            return Met("")
        case Number(value=value):
            return Number(value)
        case _:
            return with_parts(expr, [_unreferring(part) for part in parts(expr)])


def _kind(declaration: ParameterDeclaration) -> Hashable:
    return declaration.type, frozenset(declaration.options)
