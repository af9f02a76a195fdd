"""The shipped sets as they were read before, kept beside Python's compiled modules and trusted as those are.

Reading and checking the shipped files takes longer than judging a table, so what came out is kept. It is used only
where all that it was made of is the same: the content of every criteria file and of every module that reads them, by
the digest that Python keeps for its own modules, and the libraries. Everything else is read anew, and what is wrong in
it told as if nothing were kept.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import source_hash
from pathlib import Path

import attrs

from ncriteria import errors, language
from ncriteria.language.reading.beside_modules import beside_modules
from ncriteria.sets.files.files import criteria_files
from ncriteria.sets.model import CriteriaSet

_LIBRARIES = Path(attrs.__file__).parent.parent
_SOURCES = (Path(__file__).parents[1], Path(language.__path__[0]))
_DIGEST = len(source_hash(b""))

Sets = tuple[CriteriaSet, ...]


def kept_sets(folder: Path, read: Callable[[Path], Sets]) -> Sets:
    """The sets of `folder` as `read` gives them, which is asked only where something has changed since."""
    file = beside_modules(Path(__file__), ".sets")
    made_of = None if file is None else _made_of(folder)
    if file is None or made_of is None:
        return read(folder)
    sets = _found(file, made_of)
    if sets is None:
        sets = read(folder)
        if _made_of(folder) == made_of:  # or a file was changed while it was read
            _keep(file, made_of, sets)
    return sets


def _made_of(folder: Path) -> bytes | None:
    """The digest of all that the sets of `folder` are made of; `None` where it cannot be read."""
    try:
        return source_hash(b"".join(map(source_hash, _parts(folder))))
    except OSError:
        return None


def _parts(folder: Path) -> Iterator[bytes]:
    """The names of the libraries with their versions, and each module and criteria file with its content."""
    for name in sorted(os.listdir(_LIBRARIES)):
        yield os.fsencode(name)
    modules = sorted(path for source in _SOURCES for kind in ("*.py", "*.lark") for path in source.rglob(kind))
    for path in (Path(errors.__file__), *modules, *criteria_files(folder)):
        yield os.fsencode(path)
        yield path.read_bytes()


def _found(file: Path, made_of: bytes) -> Sets | None:
    """What is kept in `file`, where it is whole and of the same digest."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    body = content[2 * _DIGEST :]
    if content[: 2 * _DIGEST] != made_of + source_hash(body):
        return None
    sets: Sets = pickle.loads(body)
    return sets


def _keep(file: Path, made_of: bytes, sets: Sets) -> None:
    """Keep `sets` in `file`, whole or not at all; a place that cannot be written to is left alone."""
    body = pickle.dumps(sets, pickle.HIGHEST_PROTOCOL)
    written = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        try:
            written.write_bytes(made_of + source_hash(body) + body)
            written.replace(file)
        finally:
            written.unlink(missing_ok=True)
