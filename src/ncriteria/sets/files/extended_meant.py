"""Which file was meant where `extends` names none: the one that holds the set with this identifier, or a near name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from ncriteria.errors import NCriteriaError
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.sets.files.files import FileTexts, shipped_folder
from ncriteria.sets.reading.documents import document_of
from ncriteria.sets.reading.nodes import Node, Scalar, Table, read_nodes
from ncriteria.words import phrase

_MOST = 100
"""Files of a folder that are looked at."""


def file_meant(reference: str, beside: Path | None, chain: Collection[Path], texts: FileTexts) -> str | None:
    """A hint with the file that `extends: reference` may mean, beside the set or shipped; `None` where none is near.

    The files of `chain` extend this one, and are not meant.
    """
    folders = [folder for folder in (beside, shipped_folder()) if folder is not None]
    files = [file for folder in folders for file in _files(folder, texts) if file.resolve() not in chain]
    for file in files:
        if _identifier(texts, file, reference) == reference:
            return phrase(
                "`{reference}` is the identifier of a set: write its file, {file}", reference=reference, file=file.name
            )
    names = dict.fromkeys(file.name for file in files)
    without_ending = next((file.name for file in files if file.stem == reference), None)
    return (
        did_you_mean(reference, names)
        if without_ending is None
        else phrase("did you mean `{name}`?", name=without_ending)
    )


def _files(folder: Path, texts: FileTexts) -> Iterator[Path]:
    try:
        yield from islice(texts.in_folder(folder), _MOST)
    except OSError:
        return


def _identifier(texts: FileTexts, file: Path, reference: str) -> str | None:
    """The identifier of the set in a file, where the text of `reference` stands in it."""
    try:
        content = texts.content(file)
        is_named = reference in content if isinstance(content, str) else reference.encode() in content
        root = read_nodes(document_of(content, None), []) if is_named else None
    except (NCriteriaError, UnicodeEncodeError):
        return None
    found = _entry(_entry(root, "set"), "id")
    return found.text if isinstance(found, Scalar) else None


def _entry(node: Node | None, key: str) -> Node | None:
    entries = node.entries if isinstance(node, Table) else ()
    return next((entry.value for entry in entries if entry.key.text == key), None)
