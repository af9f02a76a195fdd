"""The canonical layout of a criteria file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from attrs import field

from ncriteria.editor.edits import TextEdit, applied
from ncriteria.editor.formatting.pieces import FilePiece, PieceKind, pieces_of
from ncriteria.editor.formatting.placing import PiecePlaces, places_of
from ncriteria.editor.formatting.proving import prove_same
from ncriteria.editor.formatting.rule_texts import bare_terms, spaced
from ncriteria.editor.formatting.texts import LINE_BREAK, is_block, is_kept, laid_out
from ncriteria.errors import Problem
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.loader import ReadText, read_text
from ncriteria.sets.reading.documents import Document
from ncriteria.sets.reading.nodes import Node, Scalar
from ncriteria.words import phrase


@frozen
class LaidOutText:
    """A file before and after, and the edits between the two; `before` is in composed form (NFC), without its mark."""

    before: str
    edits: tuple[TextEdit, ...]
    after: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "after", applied(self.before, self.edits))


def formatted(content: bytes | str, *, path: Path | None = None, explicit: bool = False) -> LaidOutText:
    """The canonical layout of a criteria file that stands, or is to stand, at `path`.

    With `explicit` each bare `prev_year` is written out. What the file says, its comments and its order stay: both
    texts are read and compared. Raises `CriteriaError` with the problems of a text that is no YAML as criteria files
    use it; other problems of the file do not matter.
    """
    read = read_text(content, path=path)
    if read.root is None or read.unread:
        raise CriteriaError(read.unread or read.problems)
    layout = LaidOutText(read.document.text, tuple(_edits(read, read.root, explicit=explicit)))
    if layout.edits:
        prove_same(read, read_text(layout.after, path=path))
    return layout


def explicit_terms(read: ReadText) -> Iterator[TextEdit]:
    """Each bare `prev_year` of a file: what it stands for, as an edit of the file."""
    for node in dict.fromkeys(read.expressions.values()):
        start, end = _rule_extent(node)
        for one in bare_terms(node.document.text[start:end]):
            yield TextEdit(one.start + start, one.end + start, one.text)


def _rule_extent(node: Scalar) -> tuple[int, int]:
    """From where to where the text of a rule stands, without its quotes or first line; nothing where it has escapes."""
    raw = node.document.text[node.start : node.end]
    if is_block(node):
        return node.start + raw.find("\n") + 1, node.end
    if node.plain:
        return node.start, node.end
    return (node.start, node.start) if "\\" in raw else (node.start + 1, node.end - 1)


def _edits(read: ReadText, root: Node, *, explicit: bool) -> Iterator[TextEdit]:
    document = read.document
    pieces = pieces_of(document, root)
    places = places_of(document, root, pieces)
    rules = {node.start for node in read.expressions.values()}
    begins = _blank_before(document, pieces, places)
    before: FilePiece | None = None
    for piece in pieces:
        start = 0 if before is None else before.end
        yield from _changed(document, start, piece.start, _gap(document, before, piece, places, begins))
        if piece.node is not None:
            shown = _rule(piece, explicit=explicit) if piece.start in rules else piece.shown
            holder = places.holders.get(piece.start, (0, 0))
            yield from _changed(document, piece.start, piece.end, laid_out(piece.node, shown, holder))
        elif piece.kind is PieceKind.COMMENT:
            yield from _changed(document, piece.start, piece.end, piece.shown.rstrip())
        before = piece
    end = 0 if before is None else before.end
    is_open = before is not None and before.node is not None and is_block(before.node) and end == len(document.text)
    yield from _changed(document, end, len(document.text), "" if is_open or before is None else "\n")


def _changed(document: Document, start: int, end: int, text: str) -> Iterator[TextEdit]:
    if document.text[start:end] != text:
        yield TextEdit(start, end, text)


def _rule(piece: FilePiece, *, explicit: bool) -> str:
    assert piece.node is not None
    start, end = (position - piece.start for position in _rule_extent(piece.node))
    end = min(end, len(piece.shown))
    inner = piece.shown[start:end]
    if explicit:
        inner = applied(inner, bare_terms(inner))
    return piece.shown[:start] + spaced(inner) + piece.shown[end:]


def _gap(document: Document, before: FilePiece | None, piece: FilePiece, places: PiecePlaces, begins: set[int]) -> str:
    """What stands between a piece and the one before it."""
    breaks = _breaks(document, before, piece)
    if before is None or breaks:
        if piece.start not in places.columns and piece.kind is not PieceKind.MARKER:
            message = phrase("`{character}` is not laid out here", character=piece.shown[:1])
            hint = phrase("write `key: value` and `- item`, each in a line of its own")
            raise CriteriaError(Problem("NC195", message, document.place_at(piece.start, 1), hint))
        column = places.columns.get(piece.start, 0)
        lines = 0 if before is None else 2 if breaks > 1 or piece.start in begins else 1
        return "\n" * lines + " " * column
    if piece.kind is PieceKind.COMMENT:
        return "  "
    is_tight = piece.closes or before.opens or (piece.kind is PieceKind.MARK and piece.shown in ",:")
    is_value_left_out = before.kind is PieceKind.MARK and before.shown == ":"
    return "" if is_tight and not is_value_left_out else " "


def _breaks(document: Document, before: FilePiece | None, piece: FilePiece) -> int:
    start = 0 if before is None else before.end
    return len(LINE_BREAK.findall(document.text, start, piece.start))


def _blank_before(document: Document, pieces: Sequence[FilePiece], places: PiecePlaces) -> set[int]:
    """Where a blank line belongs: before each part of the file whose part before goes over several lines."""
    found: set[int] = set()
    tops = [index for index, one in enumerate(pieces) if one.start in places.heads and places.columns[one.start] == 0]
    for first, key in pairwise(tops):
        index = key
        while pieces[index - 1].kind is PieceKind.COMMENT and places.columns[pieces[index - 1].start] == 0:
            index -= 1
        last = pieces[index - 1]
        is_long = bool(LINE_BREAK.search(document.text, pieces[first].start, last.end))
        if is_long and not (last.node is not None and is_kept(last.node)):
            found.add(pieces[index].start)
    return found
