"""One name through several files: a set, those that extend it, and those that ask for its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from ncriteria.editor.authoring.naming import NamedPlace, NameKind, names_in
from ncriteria.editor.edits import TextEdit
from ncriteria.language.hints.words import RESERVED_NAMES
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.files.files import FileTexts, extended_file
from ncriteria.sets.reading.documents import document_of
from ncriteria.sets.reading.fields import IDENTIFIER
from ncriteria.sets.reading.nodes import Node, Scalar, Table, read_nodes

_NAME = re.compile(r"[^\W\d]\w*")
_MOST_KEPT = 256
_MOST_EXTENDED = 10


@frozen
class FilePlace:
    """A name in a file."""

    path: Path
    place: NamedPlace


@frozen
class _NamesOfFile:
    """What a file says of itself that its names depend on, and its names."""

    identifier: str | None
    standard: str | None
    level: str | None
    extends: str | None
    names: tuple[NamedPlace, ...]


@frozen
class _KnownNames:
    """The files that are looked through, and their texts, in which is looked for what a set extends."""

    files: Mapping[Path, _NamesOfFile]
    texts: FileTexts


def occurrences(texts: Mapping[Path, str], path: Path, index: int) -> tuple[FilePlace, ...]:
    """Every place of what is named at a character of the file at `path`, in the files whose `texts` are given.

    Those need not be on the disk. A fact or a parameter is one thing in a set and in all that extend it; a clause may
    also be asked for by sets of other levels and standards. None where no name stands there.
    """
    known = _KnownNames({one: _names_of(text) for one, text in texts.items()}, FileTexts(_resolved(texts)))
    here = known.files[path]
    asked = next((one for one in here.names if one.start <= index <= one.end), None)
    if asked is None:
        return ()
    owners = _owners(path, here, asked, known)
    found = (
        FilePlace(one, place)
        for one, file in known.files.items()
        for place in file.names
        if (place.kind, place.name) == (asked.kind, asked.name) and owners & _owners(one, file, place, known)
    )
    return tuple(found)


def renamed(places: tuple[FilePlace, ...], name: str) -> Mapping[Path, list[TextEdit]]:
    """The edits by file that write `name` in each place; of a clause it is the last part of the path."""
    edits: dict[Path, list[TextEdit]] = {}
    for one in places:
        edits.setdefault(one.path, []).append(TextEdit(one.place.start, one.place.end, name))
    return edits


def may_be_called(texts: Mapping[Path, str], places: tuple[FilePlace, ...], name: str) -> bool:
    """Whether the thing at `places` may be called `name`: it is written as names of its kind are, and none has it."""
    kind = places[0].place.kind
    if kind is NameKind.CLAUSE:
        is_name = IDENTIFIER.fullmatch(name) is not None
    else:
        is_name = _NAME.fullmatch(name) is not None and name not in RESERVED_NAMES
    before, slash, _ = places[0].place.name.rpartition("/")
    full = f"{before}{slash}{name}"
    files = {one.path for one in places}
    taken = any(
        (one.kind, one.name) == (kind, full)
        for path in files
        for one in _names_of(texts[path]).names
        if one.is_declared
    )
    return is_name and not taken


def sets_called(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """The standards of some files, and the identifiers of their sets."""
    found = [_names_of(text) for text in texts]
    return [one.standard for one in found if one.standard], [one.identifier for one in found if one.identifier]


def extended_path(path: Path, text: str, texts: FileTexts) -> Path | None:
    """The file that the text at `path` extends, where it is there."""
    extends = _names_of(text).extends
    found = None if extends is None else extended_file(extends, path.parent, texts)
    return found if isinstance(found, Path) else None


def _resolved(texts: Mapping[Path, str]) -> dict[Path, str]:
    return {path.resolve(): text for path, text in texts.items()}


def _owners(path: Path, file: _NamesOfFile, place: NamedPlace, known: _KnownNames) -> frozenset[Path]:
    """The sets that a name is one of, each by the file that it extends in the end, or its own.

    A clause of another standard or level may be that of several successive sets.
    """
    if place.standard is None and place.level is None:
        return frozenset({_root_of(path, file, known)})
    asked = (place.standard or file.standard, place.level or file.level)
    return frozenset(
        _root_of(one, other, known) for one, other in known.files.items() if (other.standard, other.level) == asked
    )


def _root_of(path: Path, file: _NamesOfFile, known: _KnownNames) -> Path:
    for _ in range(_MOST_EXTENDED):
        found = None if file.extends is None else extended_file(file.extends, path.parent, known.texts)
        if not isinstance(found, Path):
            break
        path = next((one for one in known.files if one.resolve() == found.resolve()), found)
        if path not in known.files:
            break
        file = known.files[path]
    return path.resolve()


@lru_cache(maxsize=_MOST_KEPT)
def _names_of(text: str) -> _NamesOfFile:
    try:
        root = read_nodes(document_of(text, None), [])
    except CriteriaError:
        root = None
    if root is None:
        return _NamesOfFile(None, None, None, None, ())
    standard = _text_at(root, ("set", "standard")) or _text_at(root, ("set", "standard", "id"))
    identifier, level, extends = (_text_at(root, keys) for keys in (("set", "id"), ("set", "level"), ("extends",)))
    return _NamesOfFile(identifier, standard, level, extends, names_in(root))


def _text_at(node: Node, keys: tuple[str, ...]) -> str | None:
    for key in keys:
        inner = next(_values(node, key), None)
        if inner is None:
            return None
        node = inner
    return node.text if isinstance(node, Scalar) else None


def _values(node: Node, key: str) -> Iterator[Node]:
    if isinstance(node, Table):
        yield from (one.value for one in node.entries if one.key.text == key)
