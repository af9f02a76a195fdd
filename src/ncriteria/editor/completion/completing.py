"""What may stand at a place of a criteria file that is being written: keys, words, names, and whole mappings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from ncriteria.editor.authoring.naming import NameKind
from ncriteria.editor.authoring.word_meanings import word_told
from ncriteria.editor.completion.declared import DeclaredNames
from ncriteria.editor.completion.offering import Offer, Offered, OfferKind
from ncriteria.editor.completion.rule_offers import offered_in_rule
from ncriteria.editor.completion.salvaging import MARK, marked
from ncriteria.editor.completion.templates import in_braces, in_lines, stands_in_lines
from ncriteria.editor.shaped import Keys, ShapedNode, entries_of
from ncriteria.quick_classes import frozen
from ncriteria.sets.keys.shapes import NamesShape, ScalarKind, ScalarShape, WordShape
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.reading.nodes import Listing, Scalar, Table
from ncriteria.words import Words

_NAME: Final = re.compile(r"\w*\Z")
_WRITTEN: Final = re.compile(r"[\w./-]*\Z")
_PERIODS: Final = ("prev_year", "years_ago", "at")
_NEEDS_QUOTES: Final = re.compile(r"[\s,:#{}\[\]\"'&*!|>%@`]")


@frozen
class FilesAround:
    """What other files are there to be named: standards, identifiers of sets, and files that a set may extend."""

    standards: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def offers(
    text: str, index: int, known: CriteriaSet | None, around: Callable[[], FilesAround], say: Words
) -> list[Offer]:
    """What may stand where the cursor is, before the character `index`.

    `known` is the set as it could last be read, or the one that is extended; names that are new in the text are offered
    too. `around` looks at the other files.
    """
    for pattern, is_in_rule in ((_WRITTEN, False), (_NAME, True)):
        found = pattern.search(text, 0, index)
        start = index if found is None else found.start()
        here = marked(text[:start], text[index:])
        if here is not None and (is_in_rule or not here[1].is_rule):
            line = text[text.rfind("\n", 0, start) + 1 : start]
            asked = _Asked(here[1], line, DeclaredNames(here[0], known, say.language), around, say)
            is_quoted = line[-1:] in ("'", '"') and not here[1].is_rule
            return [one.placed(start, index, is_quoted=is_quoted) for one in asked.offered()]
    return []


@frozen
class _Asked:
    """The place that is asked about, in a file that has a mark there; `line` is what stands before it in its line."""

    here: ShapedNode
    line: str
    declared: DeclaredNames
    around: Callable[[], FilesAround]
    say: Words

    @property
    def _is_behind_key(self) -> bool:
        """Whether a value stands here in the line of its key, or within brackets, where keys need braces."""
        before = self.line.rstrip(" \"'")[-1:]
        return not self.here.is_key and (before == ":" or (isinstance(self.here.holder, Listing) and before in "[,"))

    def offered(self) -> Iterator[Offered]:
        """What may stand there, with what it is."""
        here = self.here
        keys = tuple(key for key in here.keys if MARK not in key) if here.is_key else here.keys
        if here.is_rule:
            assert isinstance(here.node, Scalar)
            yield from offered_in_rule(here.node.text.partition(MARK)[0], self.declared, self.say)
            return
        if not here.is_key:
            yield from self._words()
            yield from self._values(keys)
        if self._is_behind_key:
            if not self.line.endswith(("'", '"')):
                yield from self._mappings(keys)
                yield from (one.in_braces() for one in self._names(keys))
            return
        there = self._written_keys()
        for key, entry in entries_of(here.shapes).items():
            if key not in there:
                yield Offered(OfferKind.KEY, f"{key}: ", self.say.again(entry.told))
        yield from (one for one in self._names(keys) if one.name not in there)

    def _written_keys(self) -> set[str]:
        """The keys that stand in the mapping already."""
        holder = self.here.holder if self.here.is_key else None
        return {one.key.text for one in holder.entries} if isinstance(holder, Table) else set()

    def _words(self) -> Iterator[Offered]:
        for shape in self.here.shapes:
            match shape:
                case WordShape(words=words):
                    for one in words:
                        yield Offered(OfferKind.WORD, one, word_told(words, one, self.say))
                case ScalarShape(kind=ScalarKind.TRUTH):
                    yield from (Offered(OfferKind.WORD, one) for one in ("true", "false"))
                case _:
                    pass

    def _mappings(self, keys: Keys) -> Iterator[Offered]:
        """What stands there as a whole: in braces or brackets, or in lines below the key."""
        indent = " " * (len(self.line) - len(self.line.lstrip(" -")) + 2)
        is_below = stands_in_lines(keys) and self.line.rstrip().endswith(":")
        shapes = (one for one in self.here.shapes if is_below or not isinstance(one, NamesShape))
        found = (in_lines(shape, indent) if is_below else in_braces(shape) for shape in shapes)
        for whole in dict.fromkeys(one for one in found if one is not None):
            yield Offered(OfferKind.MAPPING, whole, self.say.again(self.here.told or ""))

    def _values(self, keys: Keys) -> Iterator[Offered]:
        """Names and texts that stand under some keys as a value."""
        match keys:
            case ("tests", _, "given", *_, name):
                for value, title in self.declared.values_of(name).items():
                    yield Offered(OfferKind.WORD, _as_text(value), title)
            case ("tests", _, "missing", *_):
                yield from self._of(NameKind.FACT, "")
            case (*_, "rate", _) | ("facts", _, "published", _) | ("parameters", _, "by"):
                yield from self._of(NameKind.FACT, "")
            case ("changes", _, "set"):
                yield from self._of(NameKind.PARAMETER, "")
                yield from self._of(NameKind.CLAUSE, "")
            case ("changes", _, "replace" | "add" | "remove"):
                yield from self._of(NameKind.CLAUSE, "")
            case ("set", "standard") | ("set", "standard", "id"):
                yield from (Offered(OfferKind.STANDARD, one) for one in self.around().standards)
            case ("set", "supersedes"):
                yield from (Offered(OfferKind.STANDARD, one) for one in self.around().identifiers)
            case ("extends",):
                yield from (Offered(OfferKind.FILE, _as_text(one)) for one in self.around().files)
            case (*_, "instrument") if keys[0] != "set":
                yield from (Offered(OfferKind.WORD, _as_text(one)) for one in self.declared.acts())
            case _:
                pass

    def _names(self, keys: Keys) -> Iterator[Offered]:
        """Names that stand under some keys as keys of their own."""
        match keys:
            case ("tests", _, "given"):
                yield from self._of(NameKind.FACT, ": ")
                yield from (Offered(OfferKind.KEY, f"{one}: ") for one in _PERIODS)
            case ("tests", _, "given", "prev_year") | ("tests", _, "given", "years_ago" | "at", _):
                yield from self._of(NameKind.FACT, ": ")
            case ("tests", _, "expect" | "attested" | "grades"):
                yield from self._of(NameKind.CLAUSE, ": ")
            case ("tests", _, "parameters"):
                yield from self._of(NameKind.PARAMETER, ": ")
            case _:
                pass

    def _of(self, kind: NameKind, after: str) -> Iterable[Offered]:
        return (
            Offered(OfferKind(kind.value), name + after, title) for name, title in self.declared.names(kind).items()
        )


def _as_text(value: str) -> str:
    """A value as YAML reads it for one text, in braces too."""
    return f'"{value}"' if _NEEDS_QUOTES.search(value) else value
