"""Where the names of a criteria file stand: its facts, parameters and clauses, where they are declared and used."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final

from lark.exceptions import UnexpectedInput

from ncriteria.editor.shaped import Keys, ShapedNode, shaped_nodes
from ncriteria.language.hints.words import ASSESSMENT_YEAR
from ncriteria.language.operators import Measure
from ncriteria.language.reading.syntax import Word, words_of
from ncriteria.quick_classes import frozen
from ncriteria.sets.reading.nodes import Node, Scalar, Table

_MEASURES: Final = {one.value for one in Measure}
_VERDICTS: Final = {"met", "met_years"}
_LISTS: Final = {"all", "any", "of"}
_PERIODS: Final = {"prev_year", "years_ago", "at"}


class NameKind(Enum):
    """What a name is of."""

    FACT = "fact"
    PARAMETER = "parameter"
    CLAUSE = "clause"


@frozen
class NamedPlace:
    """A name in a file: of what, and the characters of the text that it has there.

    A clause is named by its path, of which only the last part stands there. `standard` or `level` say that it is one of
    another set.
    """

    kind: NameKind
    name: str
    start: int
    end: int
    is_declared: bool = False
    standard: str | None = None
    level: str | None = None

    def names_the_same(self, other: NamedPlace) -> bool:
        """Whether both name one thing of one set."""
        mine, theirs = (self.kind, self.name), (other.kind, other.name)
        return mine == theirs and (self.standard, self.level) == (other.standard, other.level)


def names_in(root: Node) -> tuple[NamedPlace, ...]:
    """Every name in a criteria file, in the order of the file."""
    paths = _Paths()
    found = [one for shaped in shaped_nodes(root) for one in _names_at(shaped, paths)]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def name_at(root: Node, index: int) -> NamedPlace | None:
    """The name that the character `index` is part of, or stands right behind."""
    return next((one for one in names_in(root) if one.start <= index <= one.end), None)


class _Paths:
    """The path of the clause or group whose mapping the keys lead to, as the walk comes by."""

    def __init__(self) -> None:
        self._found: dict[Keys, str] = {}

    def note(self, shaped: ShapedNode) -> None:
        """Keep the path of a clause or group that is met."""
        keys, node = shaped.keys, shaped.node
        if shaped.is_key or not isinstance(node, Table):
            return
        if len(keys) == 2 and keys[0] == "clauses":
            self._found[keys] = keys[1]
        elif len(keys) == 2 and keys[0] == "changes":
            texts = {entry.key.text: entry.value.text for entry in node.entries if isinstance(entry.value, Scalar)}
            self._found[keys] = texts.get("replace", texts.get("add", "")).strip("/")
        elif len(keys) == 3 and keys[0] == "changes" and keys[2] == "clause":
            change, own = self._found.get(keys[:2], ""), _id_of(node)
            self._found[keys] = change if own is None else f"{change}/{own}" if change else own
        elif len(keys) > 2 and keys[-2] in _LISTS and (own := _id_of(node)) is not None:
            parent = self.around(keys[:-2])
            if parent is not None:
                self._found[keys] = f"{parent}/{own}"

    def of(self, keys: Keys) -> str | None:
        """The path of the clause whose mapping the keys lead to."""
        return self._found.get(keys)

    def around(self, keys: Keys) -> str | None:
        """The path of the innermost clause or group that the keys lie in."""
        return next((self._found[keys[:end]] for end in range(len(keys), 1, -1) if keys[:end] in self._found), None)


def _id_of(node: Table) -> str | None:
    return next(
        (one.value.text for one in node.entries if one.key.text == "id" and isinstance(one.value, Scalar)), None
    )


def _names_at(shaped: ShapedNode, paths: _Paths) -> Iterator[NamedPlace]:
    paths.note(shaped)
    node, keys = shaped.node, shaped.keys
    if not isinstance(node, Scalar):
        return
    if shaped.is_rule:
        yield from _in_rule(node)
    elif shaped.is_key:
        yield from _in_key(node, keys)
    else:
        yield from _in_value(node, keys, paths)


def _in_key(node: Scalar, keys: Keys) -> Iterator[NamedPlace]:
    match keys:
        case ("facts", _):
            yield _whole(NameKind.FACT, node, is_declared=True)
        case ("parameters", _):
            yield _whole(NameKind.PARAMETER, node, is_declared=True)
        case ("clauses", _):
            yield _whole(NameKind.CLAUSE, node, is_declared=True)
        case ("tests", _, "given", *rest) if _names_a_fact(rest):
            yield from _in_rule(node)
        case ("tests", _, "inside", _, _):
            yield from _in_rule(node)
        case ("tests", _, "parameters", _):
            yield _whole(NameKind.PARAMETER, node)
        case ("tests", _, "expect" | "attested" | "grades", _):
            yield from _path(node, 0, node.text)
        case ("tests", _, "share_met", level, _):
            yield from _path(node, 0, node.text, level=level)
        case _:
            pass


def _in_value(node: Scalar, keys: Keys, paths: _Paths) -> Iterator[NamedPlace]:
    match keys:
        case (*_, "aggregate", "rate", "of" | "over") | ("facts", _, "published", "change_of" | "difference_of"):
            yield _whole(NameKind.FACT, node)
        case ("parameters", _, "by"):
            yield _whole(NameKind.FACT, node)
        case ("tests", _, "missing", _):
            yield from _in_rule(node)
        case ("changes", _, "replace" | "add" | "remove") if node.text != "/":
            yield from _path(node, 0, node.text)
        case ("changes", _, "set"):
            if "/" not in node.text:
                yield _whole(NameKind.PARAMETER, node)
            yield from _path(node, 0, node.text)
        case (*holder, "id") if (path := paths.of(tuple(holder))) is not None:
            yield _named(NameKind.CLAUSE, path, node, 0, len(node.text), is_declared=True)
        case _:
            pass


def _names_a_fact(keys: list[str]) -> bool:
    """Whether the keys below `given` lead to a fact, and not to a period."""
    match keys:
        case (one,):
            return one not in _PERIODS
        case ("prev_year", _) | ("years_ago" | "at", _, _):
            return True
        case _:
            return False


def _in_rule(node: Scalar) -> Iterator[NamedPlace]:
    words = _words(node.text)
    for index, word in enumerate(words):
        before, called = words[index - 1] if index else None, _called(words, index)
        is_call = index + 1 < len(words) and words[index + 1].kind == "LPAR"
        if word.kind == "NAME" and not is_call and word.text != ASSESSMENT_YEAR:
            is_level = called in _MEASURES and before is not None and before.kind == "LPAR"
            is_parameter = before is not None and before.kind == "DOT" and words[index - 2].kind == "PARAM"
            if not is_level:
                kind = NameKind.PARAMETER if is_parameter else NameKind.FACT
                yield _named(kind, word.text, node, word.start, word.end)
        elif word.kind == "TEXT" and called in _VERDICTS:
            yield from _path(node, word.start + 1, word.text[1:-1])
        elif word.kind == "TEXT" and called in _MEASURES and before is not None and before.kind == "COMMA":
            yield from _path(node, word.start + 1, word.text[1:-1], level=words[index - 2].text)


def _words(text: str) -> list[Word]:
    """The words of a rule; of one that cannot be read to its end, those before."""
    found = []
    try:
        for word in words_of(text):
            found.append(word)
    except UnexpectedInput:
        pass
    return found


def _called(words: list[Word], index: int) -> str | None:
    """The name of what the parentheses belong to that the word stands in, if it is called."""
    depth = 0
    for position in range(index - 1, 0, -1):
        depth += (words[position].kind == "RPAR") - (words[position].kind == "LPAR")
        if depth < 0:
            return words[position - 1].text if words[position - 1].kind == "NAME" else None
    return None


def _path(node: Scalar, offset: int, text: str, level: str | None = None) -> Iterator[NamedPlace]:
    """A path of a clause, and those of the groups that it lies in."""
    standard, colon, path = text.rpartition(":")
    start, reached = offset + len(standard) + len(colon), ""
    for part in path.split("/"):
        reached = f"{reached}/{part}" if reached else part
        if part:
            yield _named(
                NameKind.CLAUSE, reached, node, start, start + len(part), standard=standard or None, level=level
            )
        start += len(part) + 1


def _whole(kind: NameKind, node: Scalar, *, is_declared: bool = False) -> NamedPlace:
    return _named(kind, node.text, node, 0, len(node.text), is_declared=is_declared)


def _named(
    kind: NameKind,
    name: str,
    node: Scalar,
    start: int,
    end: int,
    *,
    is_declared: bool = False,
    standard: str | None = None,
    level: str | None = None,
) -> NamedPlace:
    begin = node.index(start)
    return NamedPlace(kind, name, begin, begin + end - start, is_declared, standard, level)
