"""YAML as a tree of scalars, lists and mappings that keep their text and place: nothing is typed, nothing is resolved.

YAML 1.1 would make `0.95` a float, `19.20` the number 19.2 and `no` false; here a scalar is its text until the schema
reads it. Duplicate keys, anchors, aliases and tags are errors. The events come from PyYAML, in C where it has libyaml.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

import yaml
from attrs import evolve, field

from ncriteria.errors import Problem, TextPlace
from ncriteria.language.source import Locate
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.reading.documents import UNREADABLE, Document, named
from ncriteria.sets.reading.yaml_complaints import Complaint, Mark, complaint_told, in_quotes
from ncriteria.words import phrase

MAX_NODES: Final = 10_000
MAX_DEPTH: Final = 40


@frozen
class _Extent:
    """What a node covers of its document: the characters from `start` to the one before `end`."""

    document: Document = field(repr=False, eq=False)
    start: int
    end: int = field(eq=False)

    @property
    def place(self) -> TextPlace:
        """Where the node begins; worked out when it is asked for, which for most nodes is never."""
        return self.document.place_at(self.start, self.end - self.start)


@frozen
class Scalar(_Extent):
    """A text, `plain` when it stands without quotes."""

    text: str
    plain: bool

    @property
    def is_empty(self) -> bool:
        """Whether this is what YAML calls null: nothing, `~` or `null` without quotes."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")

    def locate(self) -> Locate:
        """Places of spans of this text, found by following the text through folded lines, quotes and escapes."""
        return lambda span: self.document.place_at(self.index(span.start), max(1, span.end - span.start))

    def index(self, offset: int) -> int:
        """The character of the document that the character `offset` of this text is written with."""
        raw = self.document.text[self.start : self.end]
        if raw.startswith(self.text):
            return self.start + min(offset, len(self.text))
        position = raw.find("\n") + 1 if raw[:1] in (">", "|") else 1 if raw[:1] in ("'", '"') else 0
        for character in self.text[:offset]:
            if not character.isspace():
                found = raw.find(character, position)
                position = found + 1 if found >= 0 else position
        while position < len(raw) and raw[position].isspace():
            position += 1
        return self.start + position


@frozen
class Listing(_Extent):
    """A YAML sequence."""

    items: tuple[Node, ...]


@frozen
class Entry:
    """A key of a mapping, and its value."""

    key: Scalar
    value: Node


@frozen
class Table(_Extent):
    """A YAML mapping; every key is a text and stands once."""

    entries: tuple[Entry, ...]


Node = Scalar | Listing | Table


def read_nodes(document: Document, problems: list[Problem]) -> Node | None:
    """The tree of `document`; `None` for an empty one. Adds to `problems` what can be read past; raises the rest."""
    reader = _Reader(document, problems)
    try:
        return reader.document_node()
    except yaml.MarkedYAMLError as error:
        raise CriteriaError(_told(document, error, None if reader.last is None else _span(reader.last))) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        place = TextPlace(1, 1, file=document.file)
        raise CriteriaError(Problem("NC103", phrase("this is not YAML: {reason}", reason=str(error)), place)) from None


def _told(document: Document, error: yaml.MarkedYAMLError, last: tuple[int, int] | None) -> Problem:
    at: Mark | None = error.problem_mark or error.context_mark
    begun: Mark | None = error.context_mark
    if at is None:
        message = phrase("this is not YAML: {reason}", reason=error.problem)
        return Problem("NC103", message, TextPlace(1, 1, file=document.file))
    start = None if begun is None else begun.index
    return complaint_told(document, Complaint(error.context or "", start, error.problem or "", at.index, last))


_TO_VALUE = compiled_later(r"(?:\s++|#[^\n\r\x85\u2028\u2029]*+)*+:[ \t]*")
"""From the end of a key to its value: spaces and comments, and the colon."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _span(event: yaml.Event) -> tuple[int, int]:
    """The characters where an event begins and ends, which every event of a parsed text has."""
    start: Mark | None = event.start_mark
    end: Mark | None = event.end_mark
    assert start is not None
    assert end is not None
    return start.index, end.index


class _Reader:
    """Builds nodes from the events of one document."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self._document = document
        self._problems = problems
        self.last: yaml.Event | None = None
        self._events = self._noted(yaml.parse(document.text, Loader=_LOADER))
        self._count = 0

    def _noted(self, events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
        """`events`, the last of which is noted: what stands behind it is where the reading stopped."""
        for event in events:
            self.last = event
            yield event

    def document_node(self) -> Node | None:
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    message = phrase("a file holds one document; here a second one begins")
                    raise CriteriaError(Problem("NC105", message, self._at(event)))
                root = self._node(next(self._events), 0)
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._count += 1
        if self._count > MAX_NODES:
            message = phrase("the file has more than {most} values", most=MAX_NODES)
            raise CriteriaError(Problem("NC102", message, self._at(event)))
        if depth > MAX_DEPTH:
            message = phrase("the file is nested deeper than {most} levels", most=MAX_DEPTH)
            raise CriteriaError(Problem("NC102", message, self._at(event)))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        assert isinstance(event, (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent))
        if event.anchor is not None:
            self._unread(phrase("anchors are not read: `&{anchor}`", anchor=event.anchor), event)
        if event.tag is not None:
            self._unread(phrase("tags are not read: `{tag}`", tag=event.tag), event)
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event.value, not event.style, event)
            case yaml.SequenceStartEvent():
                return Listing(self._document, *_span(event), tuple(self._items(depth)))
            case yaml.MappingStartEvent():
                return self._table(event, depth)

    def _alias(self, event: yaml.AliasEvent) -> Scalar:
        self._unread(phrase("aliases are not read: `*{anchor}`", anchor=event.anchor), event)
        return self._scalar(f"*{event.anchor}", False, event)

    def _scalar(self, value: str, plain: bool, event: yaml.Event) -> Scalar:
        if unreadable := UNREADABLE.search(value):
            message = phrase("{character} stands in a text, written as an escape", character=named(unreadable[0]))
            self._report("NC101", message, event)
            value = UNREADABLE.sub("\ufffd", value)
        start, end = _span(event)
        if start == end:
            # Readers do not agree on which side of a space nothing stands.
            while self._document.text[start : start + 1] in (" ", "\t"):
                start += 1
        return Scalar(self._document, start, max(start, end), unicodedata.normalize("NFC", value), plain)

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _table(self, start: yaml.MappingStartEvent, depth: int) -> Table:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if isinstance(value, Scalar) and value.start == value.end:
                place = self._behind_colon(_span(event)[1], value.start)
                value = evolve(value, start=place, end=place)
            if not isinstance(key, Scalar):
                self._problems.append(Problem("NC108", phrase("a key is a text"), key.place))
            elif key.text in entries:
                first = entries[key.text].key.place.line
                message = phrase("the key `{key}` stands twice; first in line {line}", key=key.text[:60], line=first)
                self._problems.append(Problem("NC104", message, key.place))
            else:
                entries[key.text] = Entry(key, value)
        return Table(self._document, *_span(start), tuple(entries.values()))

    def _behind_colon(self, key_end: int, found: int) -> int:
        """Where nothing stands as the value of a key; readers do not agree whether before or after a line break."""
        match = _TO_VALUE.match(self._document.text, key_end)
        return found if match is None else match.end()

    def _at(self, event: yaml.Event) -> TextPlace:
        start, end = _span(event)
        return self._document.place_at(start, end - start)

    def _unread(self, message: str, event: yaml.Event) -> None:
        is_text = isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent))
        hint = in_quotes(self._document, _span(event)[0]) if is_text else phrase("write it out without")
        self._problems.append(Problem("NC105", message, self._at(event), hint))

    def _report(self, code: str, message: str, event: yaml.Event) -> None:
        self._problems.append(Problem(code, message, self._at(event)))
