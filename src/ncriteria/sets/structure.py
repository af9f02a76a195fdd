"""How the parts of a set hang together: the expressions of a clause, and what its verdict rests on."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.language.queries import fact_names, facts_of, walk
from ncriteria.language.tree import Coalesce, Expr, FactKey, Known, Met
from ncriteria.sets.model import Clause, CriteriaSet, Group


def expressions(member: Clause | Group) -> Iterator[tuple[str, Expr]]:
    """The expressions of a clause or group, with the key that each stands under."""
    if isinstance(member, Clause):
        for role, expr in (("rule", member.rule), ("when_zero_base", member.zero_base)):
            if expr is not None:
                yield role, expr
    if member.applies_when is not None:
        yield "applies_when", member.applies_when


def references(member: Clause | Group) -> tuple[str, ...]:
    """The paths that the verdict of `member` rests on: the members of a group, and the clauses that rules refer to."""
    inner = tuple(part.path for part in member.members) if isinstance(member, Group) else ()
    return inner + tuple(node.path for _, expr in expressions(member) for node in walk(expr) if isinstance(node, Met))


def facts_of_member(member: Clause | Group) -> frozenset[FactKey]:
    """The facts that a clause or group itself mentions; those of the members of a group are not among them."""
    return frozenset(key for _, expr in expressions(member) for key in facts_of(expr))


def looked_at(criteria: CriteriaSet) -> frozenset[str]:
    """The facts of which a rule looks at whether they are known: for these, a blank cell says something."""
    return frozenset(
        name
        for member in criteria.members()
        for _, expr in expressions(member)
        for node in walk(expr)
        if isinstance(node, (Known, Coalesce))
        for name in fact_names(node)
    )
