"""What YAML can read of a file that is being written: with a mark at the cursor, and without what stands in the way.

A half written line, a quote or a bracket that is not closed yet, or a tab makes a file no YAML. By how far its lines
are indented it still falls into entries, and those that can be read tell what may stand at the cursor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ncriteria.editor.shaped import ShapedNode, shaped_nodes
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.reading.documents import document_of
from ncriteria.sets.reading.nodes import Node, Scalar, read_nodes

MARK: Final = "zqzcursorzqz"
"""What stands where the cursor is."""
_CURSOR: Final = "\ue000"
_AS_KEY: Final = (f"{MARK}: x", f"{MARK}: ")
_ITEM: Final = re.compile(r"\s*-(\s|$)")
_KEY: Final = re.compile(r"""\s*("[^"]*"|'[^']*'|[^\s#"'{\[][^#]*?):(\s|$)""")
_CLOSING: Final = {"{": "}", "[": "]"}
_MOST_KEPT: Final = 1024


def marked(before: str, after: str) -> tuple[Node, ShapedNode] | None:
    """A file with a mark between `before` and `after`, as a value or as a key, and the node with the mark.

    What YAML cannot read of it is left out. `None` where no value and no key can stand there.
    """
    for mark in (MARK, *_AS_KEY):
        found = _with_mark(f"{before}{mark}{after}")
        if found is not None:
            return found
    lines = _without_tabs(f"{before}{_CURSOR}{after}".split("\n"))
    return _with_mark("\n".join(_readable(list(lines))))


def _with_mark(text: str) -> tuple[Node, ShapedNode] | None:
    root = _read(text) if MARK in text else None
    if root is None:
        return None
    nodes = (one for one in shaped_nodes(root) if isinstance(one.node, Scalar) and MARK in one.node.text)
    found = next(nodes, None)
    return None if found is None else (root, found)


def _read(text: str) -> Node | None:
    try:
        return read_nodes(document_of(text, None), [])
    except CriteriaError:
        return None


@lru_cache(maxsize=_MOST_KEPT)
def _is_readable(text: str) -> bool:
    """Whether entries of a mapping or of a list can be read, and nothing else stands among them."""
    return not isinstance(_read(text), Scalar | None)


def _readable(lines: list[str]) -> list[str]:
    """Those of some lines that can be read: each entry whole, or what can be read of it."""
    text = "\n".join(lines)
    for written in _written(text):
        if _is_readable(written):
            return written.split("\n")
    entries = list(_entries(lines))
    if len(entries) > 1:
        found = [line for entry in entries for line in _readable(entry)]
        is_whole = _is_readable(read := "\n".join(found)) and (MARK in read or _CURSOR not in text)
        fitting = found if is_whole else _fitting(entries)
        return found if fitting in (found, lines) else _readable(fitting)
    inside = _readable_inside(lines) if len(lines) > 1 else []
    if inside or _CURSOR not in text:
        return inside
    return next((written.split("\n") for written in _closed(text) if _is_readable(written)), [])


def _fitting(entries: list[list[str]]) -> list[str]:
    """The lines of entries that begin as most of them do: keys, or items of a list; of others the lines below stay."""
    kinds = [_kind(entry[0]) for entry in entries]
    usual = max((_ITEM, _KEY), key=kinds.count)
    return [
        line
        for kind, entry in zip(kinds, entries, strict=True)
        for line in (entry if kind is usual or _CURSOR in entry[0] else entry[1:])
    ]


def _kind(line: str) -> re.Pattern[str] | None:
    """How an entry begins; `None` where it is neither a key nor an item."""
    return next((kind for kind in (_ITEM, _KEY) if kind.match(line)), None)


def _readable_inside(lines: list[str]) -> list[str]:
    """The first line of an entry with what can be read of those below it; nothing where the cursor would be lost."""
    first, below = lines[0], _readable(lines[1:])
    starts = [*_written(first), *(_closed(first) if _CURSOR in first else ())]
    is_item = first.lstrip().startswith("- ")
    starts.append(first[: first.index("-") + 1] if is_item else f"{first.rstrip()}:")
    asked = any(_CURSOR in line for line in lines)
    for start in starts:
        for found in ([start, *below], [start]):
            text = "\n".join(found)
            if _is_readable(text) and (MARK in text or not asked):
                return found
    return []


def _written(text: str) -> Iterator[str]:
    """A text with a mark where its cursor is, if it has one."""
    if _CURSOR not in text:
        yield text
        return
    for mark in (MARK, *_AS_KEY):
        yield text.replace(_CURSOR, mark)


def _closed(text: str) -> Iterator[str]:
    """A text up to its cursor, with a mark there, and the quotes and brackets closed that are open."""
    before = text.partition(_CURSOR)[0]
    for mark in (MARK, *_AS_KEY):
        yield f"{before}{mark}{_left_open(before)}"


def _entries(lines: list[str]) -> Iterator[list[str]]:
    """Lines by entry: each begins where a line is indented as little as any."""
    depths = [len(line) - len(line.lstrip()) for line in lines]
    least = min((depth for depth, line in zip(depths, lines, strict=True) if _says_something(line)), default=0)
    entry: list[str] = []
    for depth, line in zip(depths, lines, strict=True):
        if depth <= least and entry and _says_something(line):
            yield entry
            entry = []
        entry.append(line)
    yield entry


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _without_tabs(lines: list[str]) -> Iterator[str]:
    """Lines indented by spaces alone: one that has a tab there is indented as what stands above asks for."""
    wanted = ""
    for line in lines:
        rest = line.lstrip(" \t")
        indent = line[: len(line) - len(rest)]
        indent = wanted if "\t" in indent else indent
        yield indent + rest
        if _says_something(rest):
            wanted = f"{indent}  " if rest.rstrip().endswith(":") else indent


def _left_open(text: str) -> str:
    """What closes the quote and the brackets that are open at the end of a text."""
    brackets: list[str] = []
    quote, is_start, index = "", True, 0
    while index < len(text):
        character, follows = text[index], text[index + 1 : index + 2]
        if quote:
            if character == quote == follows == "'" or (character == "\\" and quote == '"'):
                index += 1
            elif character == quote:
                quote = ""
        elif character in "\"'" and is_start:
            quote, is_start = character, False
        elif character == "#" and text[index - 1 : index].strip() == "":
            end = text.find("\n", index)
            index = len(text) if end < 0 else end - 1
        elif character in _CLOSING and (is_start or brackets):
            brackets.append(_CLOSING[character])
            is_start = True
        elif brackets and character == brackets[-1]:
            brackets.pop()
            is_start = False
        elif character == "\n" or (character in ":-" and not follows.strip()) or (character == "," and brackets):
            is_start = True
        elif not character.isspace():
            is_start = False
        index += 1
    return quote + "".join(reversed(brackets))
