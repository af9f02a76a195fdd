"""What the rules of a set ask of the units inside, and the sets that such conditions make for those units.

A condition of a roll-up is a rule of another unit. It is judged as any rule is, under a set of that level with this one
rule; so it has the same meaning, and what is unknown stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import evolve

from ncriteria.language import tree as t
from ncriteria.language.queries import walk
from ncriteria.sets.grades.scales import judged_members
from ncriteria.sets.model import Clause, CriteriaSet, Encodes, Level
from ncriteria.sets.structure import expressions, with_known_options

CONDITION: Final = "(inside)"
"""The path of the one clause of a set that a condition makes; no clause of a file is called so."""
Asked = tuple[str, str]
"""What is asked of the units inside: their level, and the clause, the condition or the fact."""


def is_of_facts(path: str) -> bool:
    """Whether what is asked of units inside is a condition or a sum of their facts; else it is a clause of theirs."""
    return path.endswith(")")


def is_sum(path: str) -> bool:
    """Whether what is asked of units inside is the sum of a fact of theirs."""
    return path.startswith("sum_of(")


def asked_inside(criteria: CriteriaSet) -> Mapping[Asked, t.Within]:
    """What the rules of `criteria` ask of the units inside, each once."""
    return {
        (node.level, node.path): node
        for member in judged_members(criteria)
        for _, expr in expressions(member)
        for node in walk(expr)
        if isinstance(node, t.Within)
    }


def set_of_inside(criteria: CriteriaSet, asked: t.Within) -> CriteriaSet | None:
    """The set that judges what is asked, a condition or a fact, of a unit inside; `None` for a clause of other sets.

    Of a fact it has the rule that the fact is what it is, which is undetermined where the fact is not known.
    """
    inner = asked.inner
    if inner is None:
        return None
    rule = inner if asked.measure is not t.Measure.SUM_OF else t.Compare(t.CompareOp.EQ, inner, inner)
    name = f"{criteria.id}/{asked.level}/{asked.path}"
    clause = Clause(CONDITION, criteria.title, rule, Encodes.EXACT, ())
    made = evolve(
        criteria,
        id=name,
        standard=name,
        level=Level(asked.level),
        clauses=(clause,),
        grades=(),
        tests=(),
        changes=(),
        source=None,
    )
    return with_known_options(made)


def with_inside(sets: Iterable[CriteriaSet]) -> tuple[CriteriaSet, ...]:
    """`sets`, each followed by those that what its rules ask of units inside makes."""
    return tuple(found for one in sets for found in (one, *with_inside(_made(one))))


def _made(criteria: CriteriaSet) -> Iterator[CriteriaSet]:
    for asked in asked_inside(criteria).values():
        made = set_of_inside(criteria, asked)
        if made is not None:
            yield made
