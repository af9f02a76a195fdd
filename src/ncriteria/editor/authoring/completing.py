"""What may stand at a place of a criteria file that is being written: keys, words, names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Final

from ncriteria.editor.authoring.naming import NameKind, names_in
from ncriteria.editor.authoring.salvaging import MARK, marked
from ncriteria.editor.shaped import ShapedNode, entries_of
from ncriteria.language.hints.glossary import GLOSSARY
from ncriteria.language.hints.words import KEYWORDS
from ncriteria.language.tree import is_verdict
from ncriteria.quick_classes import frozen
from ncriteria.sets.keys.shapes import WordShape
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.reading.nodes import Node, Scalar
from ncriteria.words import Words

_NAME: Final = re.compile(r"\w*\Z")
_WRITTEN: Final = re.compile(r"[\w./-]*\Z")
_PERIODS: Final = ("prev_year", "years_ago", "at")


class OfferKind(Enum):
    """What is offered."""

    KEY = "key"
    WORD = "word"
    FACT = "fact"
    PARAMETER = "parameter"
    CLAUSE = "clause"
    FUNCTION = "function"
    STANDARD = "standard"


@frozen
class Offer:
    """One text that may stand in place of the characters `start` to the one before `end`, and what it is."""

    kind: OfferKind
    text: str
    told: str
    start: int
    end: int


def offers(
    text: str, index: int, known: CriteriaSet | None, standards: Callable[[], Iterable[str]], say: Words
) -> list[Offer]:
    """What may stand where the cursor is, before the character `index`.

    `known` is the set as it could last be read, whose titles are told; names that are new in the text are offered too.
    `standards` looks for those that there are.
    """
    for pattern, is_in_rule in ((_WRITTEN, False), (_NAME, True)):
        found = pattern.search(text, 0, index)
        start = index if found is None else found.start()
        here = marked(text[:start], text[index:])
        if here is not None and (is_in_rule or not here[1].is_rule):
            asked = _Asked(*here, known, standards, say)
            return [Offer(kind, one, told, start, index) for kind, one, told in asked.offered()]
    return []


@frozen
class _Asked:
    """The place that is asked about, in a file that has a mark there."""

    root: Node
    here: ShapedNode
    known: CriteriaSet | None
    standards: Callable[[], Iterable[str]]
    say: Words

    def offered(self) -> Iterator[tuple[OfferKind, str, str]]:
        """What may stand there, with what it is."""
        here = self.here
        keys = tuple(key for key in here.keys if MARK not in key) if here.is_key else here.keys
        if here.is_rule:
            assert isinstance(here.node, Scalar)
            yield from self._in_rule(here.node.text.partition(MARK)[0])
            return
        for key, entry in entries_of(here.shapes).items():
            yield OfferKind.KEY, f"{key}: ", self.say.again(entry.told)
        for shape in here.shapes:
            if isinstance(shape, WordShape) and not here.is_key:
                yield from ((OfferKind.WORD, one, "") for one in shape.words)
        yield from self._named(keys)

    def _named(self, keys: tuple[str, ...]) -> Iterator[tuple[OfferKind, str, str]]:
        """Names that stand under some keys."""
        match keys:
            case ("tests", _, "given", *below):
                yield from self._facts(": ")
                if not below:
                    yield from ((OfferKind.KEY, f"{one}: ", "") for one in _PERIODS)
            case ("tests", _, "expect" | "attested" | "grades", *_):
                yield from self._clauses(": ")
            case ("tests", _, "missing", *_):
                yield from self._facts("")
            case ("tests", _, "parameters", *_):
                yield from self._parameters(": ")
            case (*_, "rate", _) | ("facts", _, "published", _) | ("parameters", _, "by"):
                yield from self._facts("")
            case ("changes", _, "set"):
                yield from self._parameters("")
                yield from self._clauses("")
            case ("changes", _, "replace" | "add" | "remove"):
                yield from self._clauses("")
            case ("set", "standard", *_):
                yield from ((OfferKind.STANDARD, one, "") for one in self.standards())
            case (*_, "instrument") if self.known is not None and keys[0] != "set":
                yield OfferKind.WORD, self.known.instrument.number, ""
            case _:
                pass

    def _in_rule(self, before: str) -> Iterator[tuple[OfferKind, str, str]]:
        if before.endswith("param."):
            yield from self._parameters("")
        elif re.search(r'\bmet(_years)?\(\s*"[^"]*$', before):
            yield from self._clauses("")
        elif before.endswith("prev_year."):
            yield from self._facts("")
        elif before.count('"') % 2:
            yield from self._options(before)
        else:
            yield from self._facts("")
            for name, meaning in GLOSSARY.items():
                yield OfferKind.FUNCTION, f"{name}(", f"{meaning.form}: {self.say.again(meaning.gives.as_phrase())}"
            yield from ((OfferKind.WORD, one, "") for one in sorted(KEYWORDS))

    def _options(self, before: str) -> Iterator[tuple[OfferKind, str, str]]:
        """The options of the enumeration that was named last."""
        named = [name for name in re.findall(r"\w+", before) if self.known and name in self.known.facts]
        if named and self.known is not None:
            declared = self.known.facts[named[-1]]
            for option in declared.options:
                title = declared.option_titles.get(option)
                yield OfferKind.WORD, option, "" if title is None else title.text(self.say.language)

    def _facts(self, after: str) -> Iterator[tuple[OfferKind, str, str]]:
        titles = {} if self.known is None else {name: one.title for name, one in self.known.facts.items()}
        for name in self._declared(NameKind.FACT, titles):
            yield OfferKind.FACT, name + after, titles[name].text(self.say.language) if name in titles else ""

    def _parameters(self, after: str) -> Iterator[tuple[OfferKind, str, str]]:
        declared = {} if self.known is None else self.known.parameters
        titles = {one.option[0] if one.option else name: one.title for name, one in declared.items()}
        for name in self._declared(NameKind.PARAMETER, titles):
            yield OfferKind.PARAMETER, name + after, titles[name].text(self.say.language) if name in titles else ""

    def _clauses(self, after: str) -> Iterator[tuple[OfferKind, str, str]]:
        titles = {} if self.known is None else {one.path: one.title for one in self.known.members()}
        for name in self._declared(NameKind.CLAUSE, titles):
            yield OfferKind.CLAUSE, name + after, titles[name].text(self.say.language) if name in titles else ""

    def _declared(self, kind: NameKind, known: Iterable[str]) -> list[str]:
        """The names of a kind: those of the text, then those of the set as it could last be read."""
        own = [one.name for one in names_in(self.root) if one.kind is kind and one.is_declared and MARK not in one.name]
        return [name for name in dict.fromkeys((*own, *known)) if not is_verdict(name)]
