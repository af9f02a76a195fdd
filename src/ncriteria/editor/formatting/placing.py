"""Where each piece of a file belongs: in which column it stands when it begins a line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from attrs import field

from ncriteria.editor.formatting.pieces import FilePiece, PieceKind
from ncriteria.editor.formatting.texts import STEP
from ncriteria.quick_classes import frozen
from ncriteria.sets.reading.documents import Document
from ncriteria.sets.reading.nodes import Listing, Node, Table


@frozen
class PiecePlaces:
    """By the first character of a piece: its column, and for texts the column of what holds them, before and after."""

    columns: dict[int, int] = field(factory=dict)
    heads: set[int] = field(factory=set)
    holders: dict[int, tuple[int, int]] = field(factory=dict)


def places_of(document: Document, root: Node, pieces: Sequence[FilePiece]) -> PiecePlaces:
    """Where the keys, the dashes and the values of a file belong, and what stands in its brackets and its comments."""
    found = PiecePlaces()
    dashes = [piece.start for piece in pieces if piece.kind is PieceKind.MARK and piece.shown == "-"]
    _Walk(document, dashes, found).block(root, 0, -1)
    _in_brackets(pieces, found)
    _comments(document, pieces, found)
    return found


@frozen
class _Walk:
    """Says where the parts of block mappings and lists belong."""

    document: Document
    dashes: Sequence[int]
    found: PiecePlaces

    def block(self, node: Node, column: int, holder: int) -> None:
        """`node` begins at `column`; what holds it began at the column `holder`."""
        match node:
            case Table(entries=entries) if not self._is_flow(node):
                for entry in entries:
                    self._head(entry.key.start, column)
                    self.block(entry.value, column + STEP, column_of(self.document, entry.key.start))
            case Listing(items=items) if not self._is_flow(node):
                for item in items:
                    dash = self.dashes[bisect_left(self.dashes, item.start) - 1]
                    self._head(dash, column)
                    self.block(item, column + STEP, column_of(self.document, dash))
            case _:
                self.found.columns[node.start] = column
                self.found.holders[node.start] = (holder, column - STEP)

    def _head(self, start: int, column: int) -> None:
        self.found.columns[start] = column
        self.found.heads.add(start)

    def _is_flow(self, node: Listing | Table) -> bool:
        return self.document.text[node.start : node.end] in ("{", "[")


def column_of(document: Document, start: int) -> int:
    """The column, from 0, in which the character `start` stands."""
    return document.place_at(start, 1).column - 1


def _in_brackets(pieces: Sequence[FilePiece], found: PiecePlaces) -> None:
    """What stands in brackets belongs a step deeper for each of them than what holds the outermost."""
    depth = base = 0
    for piece in pieces:
        if piece.closes:
            depth -= 1
            found.columns[piece.start] = base + STEP * max(depth - 1, 0)
        elif depth:
            found.columns[piece.start] = base + STEP * (depth - 1)
            found.holders[piece.start] = (0, base + STEP * (depth - 2))
        if piece.opens:
            base = base if depth else found.columns.get(piece.start, 0)
            depth += 1


def _comments(document: Document, pieces: Sequence[FilePiece], found: PiecePlaces) -> None:
    """A comment belongs to what follows it, or to what stands above in its own column."""
    levels: list[tuple[int, int]] = []
    before: FilePiece | None = None
    for index, piece in enumerate(pieces):
        if piece.start in found.columns:
            if piece.start in found.heads:
                old = column_of(document, piece.start)
                levels = [*(level for level in levels if level[0] < old), (old, found.columns[piece.start])]
        elif piece.kind is PieceKind.COMMENT:
            after = next((one for one in pieces[index:] if one.start in found.columns), None)
            below = (0, 0) if after is None else (column_of(document, after.start), found.columns[after.start])
            found.columns[piece.start] = _comment(column_of(document, piece.start), levels, below, before)
        if piece.kind is not PieceKind.COMMENT:
            before = piece


def _comment(column: int, levels: Sequence[tuple[int, int]], below: tuple[int, int], before: FilePiece | None) -> int:
    if not levels or column <= below[0] or below[0] > levels[-1][0]:
        return below[1]
    is_open = before is not None and before.kind is PieceKind.MARK and before.shown in "-:"
    if column > levels[-1][0] and is_open:
        return levels[-1][1] + STEP
    return next((new for old, new in reversed(levels) if below[0] <= old <= column), below[1])
