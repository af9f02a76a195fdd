"""A criteria file as the pieces that stand in it one after the other: texts, marks of YAML, comments.

Between two pieces stand spaces and line breaks only, so that to lay a file out is to say what stands between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final

from ncriteria.editor.formatting.texts import end_of
from ncriteria.errors import Problem
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.reading.documents import Document
from ncriteria.sets.reading.nodes import Listing, Node, Scalar, Table
from ncriteria.words import phrase

_GAP: Final = compiled_later(
    r"(?P<marker>(?<![^\n])(?:---|\.\.\.)(?=\s|$)|(?<![^\n])%[^\r\n]*)"
    r"|(?P<comment>#[^\r\n\x85\u2028\u2029]*)"
    r"|(?P<mark>[-:,{}\[\]])"
    r"|(?P<other>\S)"
)


class PieceKind(Enum):
    """What a piece is."""

    SCALAR = "scalar"
    MARK = "mark"
    COMMENT = "comment"
    MARKER = "marker"


@frozen
class FilePiece:
    """One piece of a file, from the character `start` to the one before `end`; `node` is the text that it is."""

    kind: PieceKind
    start: int
    end: int
    shown: str
    node: Scalar | None = None

    @property
    def opens(self) -> bool:
        """Whether this is an opening bracket."""
        return self.kind is PieceKind.MARK and self.shown in "{["

    @property
    def closes(self) -> bool:
        """Whether this is a closing bracket."""
        return self.kind is PieceKind.MARK and self.shown in "}]"


def pieces_of(document: Document, root: Node) -> tuple[FilePiece, ...]:
    """The pieces of a file in their order; raises `CriteriaError` where one is of a kind that is not laid out."""
    found: list[FilePiece] = []
    position = 0
    for scalar in scalars(root):
        if scalar.start < scalar.end:
            found += _between(document, position, scalar.start)
            end = end_of(scalar)
            found.append(FilePiece(PieceKind.SCALAR, scalar.start, end, document.text[scalar.start : end], scalar))
            position = end
    return (*found, *_between(document, position, len(document.text)))


def scalars(node: Node) -> Iterator[Scalar]:
    """The texts in a tree, in the order of the file."""
    match node:
        case Scalar():
            yield node
        case Listing(items=items):
            for item in items:
                yield from scalars(item)
        case Table(entries=entries):
            for entry in entries:
                yield entry.key
                yield from scalars(entry.value)


def _between(document: Document, start: int, end: int) -> Iterator[FilePiece]:
    for match in _GAP.finditer(document.text, start, end):
        kind = match.lastgroup or "other"
        if kind == "other":
            message = phrase("`{character}` is not laid out here", character=match[0])
            hint = phrase("write `key: value` and `- item`, each in a line of its own")
            raise CriteriaError(Problem("NC195", message, document.place_at(match.start(), 1), hint))
        yield FilePiece(PieceKind(kind), *match.span(), match[0])
