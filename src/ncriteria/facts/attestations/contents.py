"""What can be attested under criteria: their clauses by path, and their facts by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import Factory, field

from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.cells.cells import folded
from ncriteria.language.hints.near_misses import did_you_mean, path_meant
from ncriteria.quick_classes import frozen
from ncriteria.sets.declared.declared_facts import names_in_tables
from ncriteria.sets.model import OPEN_TO_ATTESTATION, Clause, CriteriaSet, FactDeclaration, Group


def may_be_attested(member: Clause | Group | None) -> bool:
    """Whether an attestation may decide the member."""
    return isinstance(member, Clause) and member.encodes in OPEN_TO_ATTESTATION


@frozen
class SetContents:
    """What can be attested under one set; `members` are its clauses and groups by path."""

    criteria: CriteriaSet
    members: Mapping[str, Clause | Group] = field(
        init=False,
        repr=False,
        default=Factory(lambda self: {member.path: member for member in self.criteria.members()}, takes_self=True),
    )

    def fact(self, content: str) -> FactDeclaration | None:
        """The fact that `content` names, unless it is the path of a clause that may be attested."""
        return None if may_be_attested(self.members.get(content)) else self.criteria.facts.get(content)

    def concerns(self, attestation: Attestation) -> bool:
        """Whether the set has what is attested: the clause or group, or the fact."""
        if attestation.standard is not None:
            return attestation.standard == self.criteria.standard and attestation.path in self.members
        return attestation.path in self.members or attestation.path in self.criteria.facts

    def fact_of(self, attestation: Attestation) -> FactDeclaration | None:
        """The fact that is attested, where it is one of the set."""
        return None if attestation.standard is not None else self.fact(attestation.path)


class Contents:
    """The names that a table may give for what is attested: paths, names of facts, and what both are called."""

    def __init__(self, sets: Iterable[CriteriaSet]) -> None:
        self.names: dict[str, dict[str, None]] = {}
        self.facts: dict[str, FactDeclaration] = {}
        self._written: dict[str, str] = {}
        for contents in map(SetContents, sets):
            for name, content in _names(contents.criteria):
                self.names.setdefault(folded(name), {})[content] = None
                self._written.setdefault(folded(name), name)
            found = ((name, contents.fact(name)) for name in contents.criteria.facts)
            self.facts |= {name: declared for name, declared in found if declared is not None}

    def named(self, text: str) -> tuple[str, ...]:
        """What a text may name."""
        return tuple(self.names.get(folded(text), ()))

    def near(self, text: str) -> str | None:
        """A hint with what may have been meant."""
        contents = dict.fromkeys(content for names in self.names.values() for content in names)
        return path_meant(text, contents) or did_you_mean(text, self._written.values())


def _names(criteria: CriteriaSet) -> Iterator[tuple[str, str]]:
    """Every name of a clause, group or fact, with the path or the name of the fact that it stands for."""
    for member in criteria.members():
        qualified = f"{criteria.standard}:{member.path}"
        yield from ((member.path, member.path), (qualified, qualified))
        yield from ((title, member.path) for title in (member.title.vi, member.title.en))
    for name, declared in criteria.facts.items():
        yield from ((one, name) for one in names_in_tables(declared))
