"""How the parts of a set hang together: the expressions of a clause, and what its verdict rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import evolve

from ncriteria.language.queries import fact_names, facts_of, walk, with_options, with_orders
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


def orders_of(criteria: CriteriaSet) -> dict[str, tuple[str, ...]]:
    """The options of the ordered enumerations of a set, by fact, from the worst to the best."""
    return {name: declared.options for name, declared in criteria.facts.items() if declared.ordered}


def options_of(criteria: CriteriaSet) -> dict[str, tuple[str, ...]]:
    """The options for which parameters have a value each, by the name of the parameter."""
    found: dict[str, tuple[str, ...]] = {}
    for declared in criteria.parameters.values():
        if declared.option is not None:
            name, option = declared.option
            found[name] = (*found.get(name, ()), option)
    return found


def with_known_options(criteria: CriteriaSet) -> CriteriaSet:
    """The set, whose rules know the options of the enumerations that they compare, or take a parameter by."""
    orders, options = orders_of(criteria), options_of(criteria)
    if not (orders or options):
        return criteria

    def known(expr: Expr) -> Expr:
        return with_options(with_orders(expr, orders), options)

    return evolve(criteria, clauses=tuple(_changed(member, known) for member in criteria.clauses))


def _changed(member: Clause | Group, change: Callable[[Expr], Expr]) -> Clause | Group:
    def known(expr: Expr | None) -> Expr | None:
        return None if expr is None else change(expr)

    applies_when = known(member.applies_when)
    if isinstance(member, Clause):
        return evolve(member, rule=known(member.rule), zero_base=known(member.zero_base), applies_when=applies_when)
    members = tuple(_changed(inner, change) for inner in member.members)
    return evolve(member, members=members, applies_when=applies_when)


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
