"""The facts that a table may hold, with the sets that declare them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import field

from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, FactDeclaration


def names_in_tables(declared: FactDeclaration) -> tuple[str, ...]:
    """What tables may call a fact: its name, its titles and its further headings, each once."""
    return tuple(dict.fromkeys((declared.name, declared.title.vi, declared.title.en, *declared.headings)))


@frozen(eq=False)
class DeclaredFacts(Mapping[str, FactDeclaration]):
    """The declarations by the name of the fact; `sets` are those that are judged by what a table says of them."""

    _facts: Mapping[str, FactDeclaration]
    sets: tuple[CriteriaSet, ...] = field(repr=False)

    def __getitem__(self, name: str) -> FactDeclaration:
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)
