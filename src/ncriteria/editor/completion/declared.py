"""What the text of a criteria file declares, as far as it can be read: names, titles, options and acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ncriteria.editor.authoring.naming import NameKind, names_in
from ncriteria.editor.completion.salvaging import MARK
from ncriteria.editor.shaped import shaped_nodes
from ncriteria.language.tree import is_verdict
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, FactType
from ncriteria.sets.reading.nodes import Listing, Node, Scalar, Table
from ncriteria.words import Language

_SECTIONS: Final = {NameKind.FACT: "facts", NameKind.PARAMETER: "parameters"}


@frozen
class DeclaredNames:
    """What a file declares that is being written, and what the set declares that could be read last, or is extended."""

    root: Node
    known: CriteriaSet | None
    language: Language

    def names(self, kind: NameKind) -> dict[str, str]:
        """The names of a kind with their titles: those of the text, then those of the set."""
        own = [one.name for one in names_in(self.root) if one.kind is kind and one.is_declared and MARK not in one.name]
        titles = dict(self._titles(kind))
        found = {name: self._own_title(kind, name) or titles.get(name, "") for name in (*own, *titles)}
        return {name: title for name, title in found.items() if not is_verdict(name)}

    def type_of(self, fact: str) -> str | None:
        """The type of a fact, as the file writes it."""
        own = _at(self.root, ("facts", fact, "type"))
        if isinstance(own, Scalar):
            return own.text
        declared = None if self.known is None else self.known.facts.get(fact)
        return None if declared is None else declared.type.value

    def values_of(self, fact: str) -> dict[str, str]:
        """The values that a fact may have, with their titles: the options of an enumeration, or true and false."""
        if self.type_of(fact) == FactType.BOOLEAN.value:
            return {"true": "", "false": ""}
        own = _at(self.root, ("facts", fact, "options"))
        if isinstance(own, Listing):
            return dict(self._options(own))
        declared = None if self.known is None else self.known.facts.get(fact)
        if declared is None:
            return {}
        titles = {option: title.text(self.language) for option, title in declared.option_titles.items()}
        return {option: titles.get(option, "") for option in declared.options}

    def acts(self) -> list[str]:
        """The numbers of the acts that the file names: that of the set first, then those that it cites."""
        own = _at(self.root, ("set", "instrument", "number"))
        cited = [
            one.node.text
            for one in shaped_nodes(self.root)
            if isinstance(one.node, Scalar) and not one.is_key and one.keys[-1:] == ("instrument",)
        ]
        first = [own.text] if isinstance(own, Scalar) else []
        last = [] if self.known is None else [self.known.instrument.number]
        return [one for one in dict.fromkeys((*first, *cited, *last)) if one and MARK not in one]

    def _titles(self, kind: NameKind) -> Iterator[tuple[str, str]]:
        """The names of the set that could be read, with their titles."""
        if self.known is None:
            return
        match kind:
            case NameKind.FACT:
                yield from ((name, one.title.text(self.language)) for name, one in self.known.facts.items())
            case NameKind.PARAMETER:
                for name, declared in self.known.parameters.items():
                    yield declared.option[0] if declared.option else name, declared.title.text(self.language)
            case NameKind.CLAUSE:
                yield from ((one.path, one.title.text(self.language)) for one in self.known.members())

    def _own_title(self, kind: NameKind, name: str) -> str:
        """The title that the text gives to a name."""
        if kind is NameKind.CLAUSE:
            return self._written(_at(_clause(self.root, name), ("title",)))
        return self._written(_at(self.root, (_SECTIONS[kind], name, "title")))

    def _options(self, written: Listing) -> Iterator[tuple[str, str]]:
        for item in written.items:
            option = item if isinstance(item, Scalar) else _at(item, ("id",))
            if isinstance(option, Scalar):
                yield option.text, self._written(_at(item, ("title",)))

    def _written(self, title: Node | None) -> str:
        """A title as it is written, in the language if it has two."""
        if isinstance(title, Scalar):
            return "" if MARK in title.text else title.text
        said = next((one for key in (self.language, "vi", "en") if (one := _at(title, (key,))) is not None), None)
        return said.text if isinstance(said, Scalar) else ""


def _clause(root: Node, path: str) -> Node | None:
    """The mapping of the clause at a path of the file."""
    first, *inner = path.split("/")
    node = _at(root, ("clauses", first))
    for name in inner:
        node = next((one for one in _members(node) if _is_called(one, name)), None)
    return node


def _members(group: Node | None) -> Iterable[Node]:
    lists = (_at(group, keys) for keys in (("all",), ("any",), ("at_least", "of")))
    return [item for one in lists if isinstance(one, Listing) for item in one.items]


def _is_called(member: Node, name: str) -> bool:
    own = _at(member, ("id",))
    return isinstance(own, Scalar) and own.text == name


def _at(node: Node | None, keys: tuple[str, ...]) -> Node | None:
    """What stands under some keys."""
    for key in keys:
        entries = node.entries if isinstance(node, Table) else ()
        node = next((one.value for one in entries if one.key.text == key), None)
    return node
