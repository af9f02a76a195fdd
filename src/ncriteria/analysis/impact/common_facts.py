"""The facts that a table for two sets may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from ncriteria.analysis.proof.common_facts import joint, unlike
from ncriteria.facts.cells.cells import folded
from ncriteria.sets.catalog import shared_facts
from ncriteria.sets.declared.declared_facts import names_in_tables
from ncriteria.sets.model import CriteriaSet, FactDeclaration


def common_facts(old: CriteriaSet, new: CriteriaSet) -> dict[str, FactDeclaration]:
    """The facts of both sets, with the headings of both; of different ranges, values must lie in both.

    Raises `CriteriaError` where the sets declare one fact with another type or unit.
    """
    declared = {
        name: tuple(one.facts[name] for one in (old, new) if name in one.facts) for name in {**old.facts, **new.facts}
    }
    if unlike(declared, iter(declared)) is not None:
        return dict(shared_facts((old, new)))
    return {name: given[0] if len(given) == 1 else _common(*given) for name, given in declared.items()}


def _common(one: FactDeclaration, other: FactDeclaration) -> FactDeclaration:
    headings = tuple(dict.fromkeys((*one.headings, *other.headings, other.title.vi, other.title.en)))
    both = joint((one, other))
    if one.type is not other.type:
        return evolve(both, headings=headings)
    decimals = None if one.decimals is None and other.decimals is None else both.decimals
    return evolve(
        one,
        minimum=both.minimum,
        maximum=both.maximum,
        options=both.options,
        option_titles={**one.option_titles, **other.option_titles},
        decimals=decimals,
        headings=headings,
    )


def facts_of_a_table(
    old: CriteriaSet, new: CriteriaSet, others: Iterable[CriteriaSet]
) -> Mapping[str, FactDeclaration]:
    """The facts of both sets, and those of `others` that a table may hold too, where no heading could mean both."""
    facts = common_facts(old, new)
    taken = {heading for declared in facts.values() for heading in _headings(declared)}
    for declared in (declared for criteria in others for declared in criteria.facts.values()):
        if declared.name not in facts and taken.isdisjoint(_headings(declared)):
            facts[declared.name] = declared
            taken.update(_headings(declared))
    return facts


def _headings(declared: FactDeclaration) -> Iterator[str]:
    return map(folded, names_in_tables(declared))
