"""A set in which attestations of clauses are facts, each a verdict, for engines that judge many rows at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from ncriteria.evaluation.lowering import effective_rule
from ncriteria.facts.attestations.contents import SetContents, may_be_attested
from ncriteria.language import tree as t
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause, CriteriaSet, Encodes, FactDeclaration, FactType, Group, Verdict
from ncriteria.sets.sources import Bilingual

_DECIDED = (Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE)


@frozen
class OpenClause:
    """A clause of a set that attestations may decide, and the fact that says how they do."""

    clause: Clause
    fact: str


def open_clauses(criteria: CriteriaSet, facts: Mapping[str, str]) -> list[OpenClause]:
    """The clauses that may be attested, of the contents that `facts` has the names of the facts of."""
    contents = SetContents(criteria)
    found = []
    for content, fact in facts.items():
        standard, _, path = content.rpartition(":")
        member = contents.members.get(path)
        if standard in ("", criteria.standard) and isinstance(member, Clause) and may_be_attested(member):
            found.append(OpenClause(member, fact))
    return found


def attestable(criteria: CriteriaSet, facts: Mapping[str, str]) -> CriteriaSet:
    """The set in which what is attested decides: a clause holds as its fact says, or else as its rule does."""
    opened = open_clauses(criteria, facts)
    if not opened:
        return criteria
    declared = {one.fact: _declared(one.fact) for one in opened}
    deciding: dict[str, list[str]] = {}
    for one in opened:
        deciding.setdefault(one.clause.path, []).append(one.fact)
    return evolve(
        criteria,
        facts={**criteria.facts, **declared},
        clauses=tuple(_with_facts(member, deciding) for member in criteria.clauses),
    )


def _declared(name: str) -> FactDeclaration:
    options = tuple(verdict.value for verdict in _DECIDED)
    return FactDeclaration(name, Bilingual(name, name), FactType.ENUMERATION, options=options)


def _with_facts(member: Clause | Group, deciding: Mapping[str, list[str]]) -> Clause | Group:
    if isinstance(member, Group):
        return evolve(member, members=tuple(_with_facts(inner, deciding) for inner in member.members))
    for fact in deciding.get(member.path, ()):
        member = _decided_by(member, t.FactRef(fact))
    return member


def _decided_by(clause: Clause, fact: t.FactRef) -> Clause:
    """The clause as `fact` decides it where it is known."""
    met = t.Compare(t.CompareOp.EQ, fact, t.Text(Verdict.MET.value))
    applies = t.Compare(t.CompareOp.NE, fact, t.Text(Verdict.NOT_APPLICABLE.value))
    rule, known = effective_rule(clause), t.Known(fact)
    return evolve(
        clause,
        rule=met if rule is None else t.If(known, met, rule),
        zero_base=None,
        applies_when=t.If(known, applies, clause.applies_when or t.Boolean(True)),
    )


@frozen
class Probe:
    """An attested clause beside what its rules say by themselves: the paths of both, empty where there is no rule."""

    clause: Clause
    fact: str
    applies: str
    holds: str


def probes(criteria: CriteriaSet, facts: Mapping[str, str], prefix: str) -> tuple[CriteriaSet, tuple[Probe, ...]]:
    """The attestable set with what the rules of attested clauses say by themselves, as clauses of their own."""
    found: list[Probe] = []
    members: list[Clause] = []
    for number, one in enumerate(open_clauses(criteria, facts)):
        applies, holds = (f"{prefix}{part}_{number}" for part in ("applies", "holds"))
        own = list(_own_rules(one.clause, applies, holds))
        if own:
            paths = {clause.path for clause in own}
            found.append(
                Probe(one.clause, one.fact, applies if applies in paths else "", holds if holds in paths else "")
            )
            members += own
    known = attestable(criteria, facts)
    return evolve(known, clauses=(*known.clauses, *members)), tuple(found)


def _own_rules(clause: Clause, applies: str, holds: str) -> Iterator[Clause]:
    def alone(path: str, rule: t.Expr, zero_base: t.Expr | None = None) -> Clause:
        return Clause(path, clause.title, rule, Encodes.EXACT, (), zero_base, place=clause.place)

    if clause.applies_when is not None:
        yield alone(applies, clause.applies_when)
    if clause.rule is not None:
        yield alone(holds, clause.rule, clause.zero_base)
