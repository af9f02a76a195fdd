"""The shipped sets as they were read before, kept beside Python's compiled modules, as Python keeps those.

Reading and checking the shipped files takes longer than judging a table, so what came out is kept. It is used only
where all that it was made of is the same to the byte: the criteria files, the modules that read them, and the versions
of the libraries beside them. Anything else, a broken criteria file too, is read anew, and told as if nothing were kept.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import source_hash
from pathlib import Path
from tempfile import NamedTemporaryFile

import attrs

from ncriteria import errors, language
from ncriteria.language.beside_modules import beside_modules
from ncriteria.sets.files import criteria_files
from ncriteria.sets.model import CriteriaSet

_SETS = Path(__file__).parent
_SOURCES = (_SETS, Path(language.__path__[0]))
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
        return source_hash(b"\0".join(_parts(folder)))
    except OSError:
        return None


def _parts(folder: Path) -> Iterator[bytes]:
    yield "\0".join(sorted(os.listdir(Path(attrs.__file__).parent.parent))).encode("utf-8", "surrogatepass")
    modules = [Path(errors.__file__), *(path for source in _SOURCES for path in sorted(source.iterdir()))]
    for path in (*modules, *criteria_files(folder)):
        if path.is_file():
            yield str(path).encode("utf-8", "surrogatepass")
            yield path.read_bytes()


def _found(file: Path, made_of: bytes) -> Sets | None:
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
    """Keep `sets`, whole or not at all; a place that cannot be written to is left alone."""
    body = pickle.dumps(sets, pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        with NamedTemporaryFile(dir=file.parent, delete=False) as written:
            written.write(made_of + source_hash(body) + body)
        os.replace(written.name, file)
