"""That a file laid out anew says what it said, shown by reading both."""

from __future__ import annotations

from ncriteria.editor.formatting.pieces import PieceKind, pieces_of
from ncriteria.editor.formatting.rule_texts import same_rule
from ncriteria.errors import Problem, TextPlace
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.files.digest import digest_of
from ncriteria.sets.loader import ReadText
from ncriteria.sets.reading.documents import Document
from ncriteria.sets.reading.nodes import Listing, Node, Scalar, Table
from ncriteria.words import phrase


def prove_same(read: ReadText, again: ReadText) -> None:
    """Raise `CriteriaError` where the text read second says anything else than the first, or has other comments.

    The texts are compared value by value; where both are criteria sets, by their digests and their tests too.
    """
    if not _is_proved(read, again):
        message = phrase("the file cannot be laid out without a change of what it says; it is left as it is")
        raise CriteriaError(Problem("NC195", message, TextPlace(1, 1, file=read.document.file)))


def _is_proved(read: ReadText, again: ReadText) -> bool:
    if read.root is None or again.root is None:
        return False
    if comments_of(read.document, read.root) != comments_of(again.document, again.root):
        return False
    if not _says_the_same(read.root, again.root, {id(node) for node in read.expressions.values()}):
        return False
    first, second = read.criteria, again.criteria
    if first is None or second is None:
        return first is second
    return digest_of(first) == digest_of(second) and first.tests == second.tests


def comments_of(document: Document, root: Node) -> list[str]:
    """The comments of a file in their order."""
    return [one.shown.rstrip() for one in pieces_of(document, root) if one.kind is PieceKind.COMMENT]


def _says_the_same(first: Node, second: Node, rules: set[int]) -> bool:
    match first, second:
        case Scalar(), Scalar():
            is_same = first.text == second.text or (id(first) in rules and same_rule(first.text, second.text))
            return is_same and first.plain == second.plain
        case Listing(), Listing():
            return len(first.items) == len(second.items) and all(
                _says_the_same(one, other, rules) for one, other in zip(first.items, second.items, strict=True)
            )
        case Table(), Table():
            return len(first.entries) == len(second.entries) and all(
                one.key.text == other.key.text and _says_the_same(one.value, other.value, rules)
                for one, other in zip(first.entries, second.entries, strict=True)
            )
        case _:
            return False
