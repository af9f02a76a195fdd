"""The nodes of a criteria file with the kind of value that the tables of keys ask for in their place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from ncriteria.quick_classes import frozen
from ncriteria.sets.keys.shapes import (
    ChosenShape,
    EitherShape,
    EntryShape,
    KeysShape,
    LaterShape,
    ListShape,
    NamesShape,
    ScalarKind,
    ScalarShape,
    Shape,
    WordShape,
)
from ncriteria.sets.keys.tables import CRITERIA_FILE
from ncriteria.sets.reading.nodes import Listing, Node, Scalar, Table

Keys = tuple[str, ...]
"""The keys that lead to a node, from the outermost; an item of a list has the key of its list, and its number."""


@frozen
class ShapedNode:
    """A node, the kinds of value that may stand there, the keys that lead to it, and what its key says of it.

    `holder` is the mapping or list that it stands in. A key of a mapping is a node too, with `is_key`, the keys that
    may stand there as `shapes`, and what it says.
    """

    node: Node
    shapes: tuple[Shape, ...]
    keys: Keys
    holder: Node | None
    told: str | None = None
    is_key: bool = False

    @property
    def is_rule(self) -> bool:
        """Whether an expression stands here."""
        return not self.is_key and ScalarShape(ScalarKind.RULE) in self.shapes


def shaped_nodes(root: Node) -> Iterator[ShapedNode]:
    """Every node of a criteria file, in the order of the file, each before what is inside it."""
    yield from _within(ShapedNode(root, plain_shapes(CRITERIA_FILE, root), (), None))


def plain_shapes(shape: Shape, node: Node) -> tuple[Shape, ...]:
    """The kinds of value that `shape` allows for a node, without those that only choose among others."""
    match shape:
        case LaterShape(find=find):
            return plain_shapes(find(), node)
        case EitherShape(shapes=shapes):
            return tuple(plain for one in shapes for plain in plain_shapes(one, node))
        case ChosenShape(by=by, otherwise=otherwise):
            written = {entry.key.text for entry in node.entries} if isinstance(node, Table) else set()
            chosen = next((one for key, one in by.items() if key in written), None)
            if chosen is not None:
                return plain_shapes(chosen, node)
            every = (*by.values(), *(() if otherwise is None else (otherwise,)))
            return tuple(plain for one in every for plain in plain_shapes(one, node))
        case ScalarShape() | WordShape() | ListShape() | NamesShape() | KeysShape():
            return (shape,)
        case _:
            assert_never(shape)


def entries_of(shapes: tuple[Shape, ...]) -> dict[str, EntryShape]:
    """The known keys that a mapping of these kinds may have."""
    return {key: entry for one in shapes if isinstance(one, KeysShape) for key, entry in one.keys.items()}


def _within(here: ShapedNode) -> Iterator[ShapedNode]:
    yield here
    match here.node:
        case Scalar():
            return
        case Listing(items=items):
            inner = next((one.item for one in here.shapes if isinstance(one, ListShape)), None)
            for number, item in enumerate(items):
                shapes = () if inner is None else plain_shapes(inner, item)
                yield from _within(ShapedNode(item, shapes, (*here.keys, str(number)), here.node, here.told))
        case Table(entries=entries):
            known = entries_of(here.shapes)
            names = next((one.value for one in here.shapes if isinstance(one, NamesShape)), None)
            for entry in entries:
                keys, found = (*here.keys, entry.key.text), known.get(entry.key.text)
                shape = names if found is None else found.shape
                told = None if found is None else found.told
                yield ShapedNode(entry.key, here.shapes, keys, here.node, told, is_key=True)
                shapes = () if shape is None else plain_shapes(shape, entry.value)
                yield from _within(ShapedNode(entry.value, shapes, keys, here.node, told))
