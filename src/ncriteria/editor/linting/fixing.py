"""Edits that mend findings: safe ones, which keep what a file says, and those that are for the author to choose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ncriteria.editor.edits import TextEdit
from ncriteria.editor.formatting.pieces import PieceKind, pieces_of
from ncriteria.editor.linting.spelling import spelt
from ncriteria.errors import Problem, TextPlace
from ncriteria.language.hints.near_misses import path_meant
from ncriteria.patterns import compiled_later
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.loader import ReadText
from ncriteria.sets.reading.documents import Document
from ncriteria.sets.reading.nodes import Entry, Listing, Node, Table
from ncriteria.words import Phrase

_MEANT = "did you mean `{name}`?"
_MORE: Final = compiled_later(r"[\"'(),\[\]{}]")
_NAMES: Final = compiled_later(r"(?<=\")[^\"]*(?=\")|(?<=')[^']*(?=')|[^\s\"'(),\[\]{}]+")
_OF_STANDARDS: Final = compiled_later("[^:]+")
"""The standard and the path of a clause of another set."""


def suggested(read: ReadText, problem: Problem) -> Iterator[TextEdit]:
    """The edit that a hint asks for: the name that was meant, in the place of the one that stands there, or its text.

    None where it is not certain which part of the text is that name.
    """
    place, hint = problem.place, problem.hint
    if isinstance(hint, Phrase) and hint.text == _MEANT and isinstance(place, TextPlace):
        start = index_of(read.document, place)
        if start is not None:
            name = str(hint.values["name"])
            misspelt = _most_like(name, read.document.text[start : start + place.length])
            if misspelt is not None:
                yield TextEdit(start + misspelt[0], start + misspelt[1], name)
    elif hint is not None and isinstance(place, TextPlace):
        start = index_of(read.document, place)
        edit = None if start is None else spelt(read, start, place.length, str(hint))
        if edit is not None:
            yield edit


def _most_like(name: str, written: str) -> tuple[int, int] | None:
    """Where the name stands in a text for which `name` was meant: the part of it that looks most like that."""
    from difflib import SequenceMatcher  # which a file without slips has no need of

    spans = [found.span() for found in _NAMES.finditer(written)] if _MORE.search(written) else [(0, len(written))]
    spans += [
        (start + part.start(), start + part.end())
        for start, end in spans
        if ":" in written[start:end]
        for part in _OF_STANDARDS.finditer(written[start:end])
    ]
    near = [span for span in spans if path_meant(written[slice(*span)], [name]) is not None]
    return max(near, key=lambda span: SequenceMatcher(None, written[slice(*span)], name).ratio(), default=None)


def mended(read: ReadText, problem: Problem) -> tuple[TextEdit, ...]:
    """The edits that mend a finding and keep what the file says, its comments too; none where there are none."""
    edits = tuple(_without_idle_text(read, problem))
    return () if any(_has_comments(read, edit) for edit in edits) else edits


def _has_comments(read: ReadText, edit: TextEdit) -> bool:
    """Whether a comment stands in what an edit takes out, or in lines of its own right above it."""
    assert read.root is not None
    text = read.document.text
    start = text.rfind("\n", 0, edit.start) + 1
    above = "" if text[start : edit.start].strip(" -") else text[: max(start - 1, 0)].rpartition("\n")[2]
    try:
        pieces = pieces_of(read.document, read.root)
    except CriteriaError:
        return True
    is_within = any(one.kind is PieceKind.COMMENT and edit.start <= one.start < edit.end for one in pieces)
    return is_within or above.lstrip().startswith("#")


def _without_idle_text(read: ReadText, problem: Problem) -> Iterator[TextEdit]:
    place = problem.place
    start = index_of(read.document, place) if isinstance(place, TextPlace) else None
    if start is None or read.root is None:
        return
    match problem.code:
        case "NC144":
            entry = _entry_at(read.root, start, "applies_when")
            if entry is not None and entry[1].value.document.text[start:].startswith("true"):
                yield from _without_entry(*entry)
        case "NC158":
            yield from _without_item(read.root, start)
        case _:
            pass


def index_of(document: Document, place: TextPlace) -> int | None:
    """The character of the text that a place begins with; `None` where it lies in another file."""
    if place.file != document.file or place.line > len(document.starts):
        return None
    return document.starts[place.line - 1] + place.column - 1


def _entry_at(node: Node, start: int, key: str) -> tuple[Table, Entry] | None:
    """The entry called `key` whose value holds the character `start`, with the mapping that it is of."""
    match node:
        case Table(entries=entries):
            for entry in entries:
                if entry.key.text == key and entry.value.start <= start <= entry.value.end:
                    return node, entry
            inner = [entry.value for entry in entries]
        case Listing(items=items):
            inner = list(items)
        case _:
            inner = []
    return next((found for one in inner if (found := _entry_at(one, start, key)) is not None), None)


def _without_entry(table: Table, entry: Entry) -> Iterator[TextEdit]:
    """The edit that takes a key with its value out of a mapping, with its line, or with the comma beside it."""
    text, end = entry.key.document.text, entry.value.end
    if text[table.start : table.end] != "{":
        yield _line_without(text, entry.key.start, end)
        return
    after = end + len(text[end:]) - len(text[end:].lstrip(" "))
    if text[after : after + 1] == ",":
        following = after + 1
        yield TextEdit(entry.key.start, following + len(text[following:]) - len(text[following:].lstrip(" ")), "")
        return
    before = text.rfind(",", table.start, entry.key.start)
    yield TextEdit(before if before >= 0 else entry.key.start, end, "")


def _without_item(node: Node, start: int) -> Iterator[TextEdit]:
    """The edit that takes an item out of a list that stands in lines of its own, its lines from the dash on."""
    match node:
        case Table(entries=entries):
            for entry in entries:
                yield from _without_item(entry.value, start)
        case Listing(items=items):
            for item in items:
                if item.start == start and item.document.text[node.start : node.end] != "[":
                    text = item.document.text
                    first = text.rfind("\n", 0, start) + 1
                    if not text[first:start].strip(" -"):
                        yield TextEdit(first, _line_end(text, _end_of(item)), "")
                    return
                yield from _without_item(item, start)
        case _:
            pass


def _end_of(node: Node) -> int:
    """Where the last text of a node ends, with the brackets behind it."""
    match node:
        case Table(entries=entries) if entries:
            return _end_of(entries[-1].value)
        case Listing(items=items) if items:
            return _end_of(items[-1])
        case _:
            return node.end


def _line_without(text: str, start: int, end: int) -> TextEdit:
    first = text.rfind("\n", 0, start) + 1
    if text[first:start].strip():  # the first key of an item stands behind its dash
        following = _line_end(text, end)
        return TextEdit(start, following + len(text[following:]) - len(text[following:].lstrip(" ")), "")
    return TextEdit(first, _line_end(text, end), "")


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end + 1
