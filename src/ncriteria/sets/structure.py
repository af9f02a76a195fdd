"""How the parts of a set hang together: the expressions of a clause, and what its verdict rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import evolve

from ncriteria.language import tree as t
from ncriteria.language.queries import fact_names, facts_of, verdicts_of, walk, with_options, with_orders
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.grades.scales import judged_members
from ncriteria.sets.model import Clause, CriteriaSet, FactDeclaration, FactType, Group, Years
from ncriteria.sets.sources import Bilingual


def expressions(member: Clause | Group) -> Iterator[tuple[str, t.Expr]]:
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

    def known(expr: t.Expr) -> t.Expr:
        return with_options(with_orders(expr, orders), options)

    clauses = tuple(_changed(member, known) for member in criteria.clauses)
    return evolve(criteria, clauses=clauses, grades=_changed_grades(criteria.grades, known))


def _changed(member: Clause | Group, change: Callable[[t.Expr], t.Expr]) -> Clause | Group:
    def known(expr: t.Expr | None) -> t.Expr | None:
        return None if expr is None else change(expr)

    applies_when, grades = known(member.applies_when), _changed_grades(member.grades, change)
    if isinstance(member, Clause):
        rule, zero_base = known(member.rule), known(member.zero_base)
        return evolve(member, rule=rule, zero_base=zero_base, applies_when=applies_when, grades=grades)
    members = tuple(_changed(inner, change) for inner in member.members)
    return evolve(member, members=members, applies_when=applies_when, grades=grades)


def _changed_grades(grades: tuple[Grade, ...], change: Callable[[t.Expr], t.Expr]) -> tuple[Grade, ...]:
    return tuple(evolve(grade, when=change(grade.when)) for grade in grades)


def references(member: Clause | Group, years: Years) -> tuple[str, ...]:
    """The paths that the verdict of `member` rests on: the members of a group, and the clauses that rules refer to.

    A verdict of a fixed year is one of them where the set holds in that year, for it may be the year that is judged.
    """
    inner = tuple(part.path for part in member.members) if isinstance(member, Group) else ()
    return inner + tuple(
        t.path_of_verdict(key.name)
        for _, expr in expressions(member)
        for key in verdicts_of(expr)
        if is_own(key)
        and (key.period == t.THIS_YEAR or (isinstance(key.period, t.InYear) and key.period.year in years))
    )


def is_own(verdict: t.FactKey) -> bool:
    """Whether a verdict that a rule leans on is one under the standard of its own set."""
    return ":" not in t.path_of_verdict(verdict.name)


def verdicts_leaned_on(criteria: CriteriaSet) -> dict[t.FactKey, Clause | Group]:
    """The verdicts of other years and standards that rules lean on, each with the first member that does."""
    found: dict[t.FactKey, Clause | Group] = {}
    if any(map(t.is_verdict, criteria.facts)):
        for member in judged_members(criteria):
            for key in facts_of_member(member):
                if t.is_verdict(key.name):
                    found.setdefault(key, member)
    return found


def declared_facts(criteria: CriteriaSet) -> dict[str, FactDeclaration]:
    """The facts that the file of a set declares: all but the verdicts of other years and standards."""
    return {name: fact for name, fact in criteria.facts.items() if not t.is_verdict(name)}


def with_verdicts(criteria: CriteriaSet) -> CriteriaSet:
    """The set with a fact for each verdict of another year or standard that its rules lean on."""
    titles = {member.path: member.title for member in criteria.members()}
    declared: dict[str, FactDeclaration] = {}
    for member in judged_members(criteria):
        for key in sorted(facts_of_member(member), key=str):
            if t.is_verdict(key.name) and key.name not in declared:
                path = t.path_of_verdict(key.name)
                title = titles.get(path, Bilingual(path, path))
                declared[key.name] = FactDeclaration(key.name, title, FactType.BOOLEAN, aggregate="none")
    own = declared_facts(criteria)
    return evolve(criteria, facts={**own, **declared}) if declared or len(own) < len(criteria.facts) else criteria


def facts_of_member(member: Clause | Group) -> frozenset[t.FactKey]:
    """The facts that a clause or group itself mentions; those of the members of a group are not among them."""
    return frozenset(key for _, expr in expressions(member) for key in facts_of(expr))


def looked_at(criteria: CriteriaSet) -> frozenset[str]:
    """The facts of which a rule looks at whether they are known: for these, a blank cell says something."""
    return frozenset(
        name
        for member in judged_members(criteria)
        for _, expr in expressions(member)
        for node in walk(expr)
        if isinstance(node, (t.Known, t.Coalesce))
        for name in fact_names(node)
    )


def circle_from(start: str, edges: Mapping[str, Sequence[str]], settled: set[str]) -> list[str]:
    """A circle that can be reached from `start`, its first name repeated at the end; empty where there is none."""
    trail: list[str] = []
    pending: list[tuple[str, bool]] = [(start, False)]
    while pending:
        path, leaving = pending.pop()
        if leaving:
            settled.add(trail.pop())
        elif path in trail:
            settled.update(trail)
            return [*trail[trail.index(path) :], path]
        elif path not in settled:
            trail.append(path)
            pending.append((path, True))
            pending.extend((target, False) for target in edges[path])
    return []
