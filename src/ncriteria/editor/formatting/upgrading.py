"""From one format of criteria files to the next, by edits of positions: the order of a file and its comments stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from ncriteria.editor.edits import TextEdit, applied
from ncriteria.editor.formatting.proving import comments_of
from ncriteria.errors import Problem, TextPlace
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.files.files import shown_path
from ncriteria.sets.keys.tables import FORMAT
from ncriteria.sets.loader import read_text
from ncriteria.sets.reading.documents import Document, document_of
from ncriteria.sets.reading.nodes import Scalar, Table, read_nodes
from ncriteria.words import phrase


@frozen
class FormatStep:
    """How a file of the format `old` becomes one of the format `new`, which is the next.

    `edits` are those of everything but `format:` itself.
    """

    old: str
    new: str
    edits: Callable[[Document, Table], Iterable[TextEdit]]


STEPS: Final[tuple[FormatStep, ...]] = ()
"""A step from each format to the next; `ncriteria/1` is the first format, so no step leads to it."""


def upgraded(content: bytes | str, *, path: Path | None = None, steps: Sequence[FormatStep] | None = None) -> str:
    """The text of a criteria file in the format that this version reads, by as many steps as it takes.

    Raises `CriteriaError` where no step leads there, where a comment would be lost, and with the problems of the text
    that it becomes, which is read as any file is. One that is in the format already stays as it is.
    """
    begun = document_of(content, None if path is None else shown_path(path))
    document, left = begun, {step.old: step for step in (STEPS if steps is None else steps)}
    while (found := _format(document)).text != FORMAT:
        step = left.pop(found.text, None)
        if step is None:
            message = phrase("nothing leads from the format `{old}` to `{format}`", old=found.text[:40], format=FORMAT)
            raise CriteriaError(Problem("NC109", message, found.place))
        document = _after(document, found, step)
    if document is not begun:
        read = read_text(document.text, path=path)
        if read.problems:
            raise CriteriaError(read.problems)
    return document.text


def _format(document: Document) -> Scalar:
    """What the file says of its format."""
    for entry in _root(document).entries:
        if entry.key.text == "format" and isinstance(entry.value, Scalar):
            return entry.value
    raise CriteriaError(
        Problem("NC107", phrase("`{key}` is missing", key="format"), TextPlace(1, 1, file=document.file))
    )


def _root(document: Document) -> Table:
    problems: list[Problem] = []
    root = read_nodes(document, problems)
    if problems:
        raise CriteriaError(problems)
    return root if isinstance(root, Table) else Table(document, 0, 0, ())


def _after(document: Document, found: Scalar, step: FormatStep) -> Document:
    """The file after one step, which has the comments that it had."""
    root = _root(document)
    edits = [*step.edits(document, root), TextEdit(found.start, found.end, step.new)]
    after = document_of(applied(document.text, edits), document.file)
    if comments_of(document, root) != comments_of(after, _root(after)):
        message = phrase("the file cannot be brought to `{format}` without losing a comment", format=step.new)
        raise CriteriaError(Problem("NC195", message, found.place))
    return after
