"""The shipped sets as they were read before, kept beside Python's compiled modules and trusted as those are.

Reading and checking the shipped files takes longer than judging a table, so what came out is kept. It is used only
where all that it was made of is the same: the content of every criteria file, every module that reads them, by the
time and the size that Python goes by for what it has compiled, and the libraries. Everything else is read anew, and
what is wrong in it told as if nothing were kept.
"""

from __future__ import annotations

import copyreg
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cached_property
from importlib.util import source_hash
from io import BytesIO
from pathlib import Path
from typing import Any, overload

import attrs

from ncriteria import errors, language
from ncriteria.language.reading.beside_modules import beside_modules
from ncriteria.language.source import Span
from ncriteria.language.tree import FactKey
from ncriteria.sets.files.files import criteria_files
from ncriteria.sets.model import CriteriaSet, EmbeddedTest
from ncriteria.sets.sources import Bilingual, UnitName

_LIBRARIES = Path(attrs.__file__).parent.parent
_SOURCES = (Path(__file__).parents[1], Path(language.__path__[0]))
_DIGEST = len(source_hash(b""))

Sets = tuple[CriteriaSet, ...]
_SHARED = frozenset({Bilingual, FactKey, Fraction, Span, UnitName})
"""Values that stand in the sets again and again, and are what their fields are: each is kept once."""


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
    """The names of the libraries with their versions, the modules as they stand, and each criteria file whole."""
    for name in sorted(os.listdir(_LIBRARIES)):
        yield os.fsencode(name)
    for path in sorted((errors.__file__, *(path for source in _SOURCES for path in _modules(source)))):
        found = os.stat(path)
        yield os.fsencode(f"{path} {found.st_mtime_ns} {found.st_size}")
    for path in map(str, criteria_files(folder)):
        yield os.fsencode(path)
        with open(path, "rb", buffering=0) as file:
            yield file.read()


def _modules(source: Path) -> Iterator[str]:
    """The modules and grammars in a folder and those within; `Path.rglob` takes four times as long."""
    for folder, _, names in os.walk(source):
        yield from (os.path.join(folder, name) for name in names if name.endswith((".py", ".lark")))


def _found(file: Path, made_of: bytes) -> Sets | None:
    """What is kept in `file`, where it is whole and of the same digest."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    body = content[2 * _DIGEST :]
    if content[: 2 * _DIGEST] != made_of + source_hash(body):
        return None
    sets: Sets = _unpacked(body)
    return sets


def _keep(file: Path, made_of: bytes, sets: Sets) -> None:
    """Keep `sets` in `file`, whole or not at all; a place that cannot be written to is left alone."""
    body = _packed(sets)
    written = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        try:
            written.write_bytes(made_of + source_hash(body) + body)
            written.replace(file)
        finally:
            written.unlink(missing_ok=True)


class KeptTests(Sequence[EmbeddedTest]):
    """The embedded tests of a set that was kept: half of it, which nobody needs who judges; unpacked when asked for."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    @cached_property
    def _tests(self) -> tuple[EmbeddedTest, ...]:
        tests: tuple[EmbeddedTest, ...] = _unpacked(self._packed)
        return tests

    @overload
    def __getitem__(self, at: int) -> EmbeddedTest: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[EmbeddedTest]: ...
    def __getitem__(self, at: int | slice) -> EmbeddedTest | Sequence[EmbeddedTest]:
        return self._tests[at]

    def __len__(self) -> int:
        return len(self._tests)

    def __eq__(self, other: object) -> bool:
        return self._tests == tuple(other) if isinstance(other, (tuple, KeptTests)) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._tests)

    def __reduce__(self) -> tuple[type[KeptTests], tuple[bytes]]:
        return KeptTests, (self._packed,)


class _Packer(pickle.Pickler):
    """Writes objects by their fields alone, and values that are shared by their places in `shared`."""

    def __init__(self, file: BytesIO) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.shared: dict[object, int] = {}

    def persistent_id(self, one: Any) -> int | None:
        return self.shared.setdefault(one, len(self.shared)) if type(one) in _SHARED else None

    def reducer_override(self, one: Any) -> Any:
        """An object of attrs without the names of its fields, which attrs reads twice as fast."""
        if not attrs.has(type(one)):
            return NotImplemented
        if isinstance(one, CriteriaSet) and not isinstance(one.tests, KeptTests):
            tests, inherited = (KeptTests(_packed(tuple(tests))) for tests in (one.tests, one.inherited))
            one = attrs.evolve(one, tests=tests, inherited=inherited)
        return copyreg.__newobj__, (type(one),), tuple(one.__getstate__().values())  # type: ignore[attr-defined]


def _packed(kept: object) -> bytes:
    """Sets, or tests, as bytes that are read quickly."""
    file = BytesIO()
    packer = _Packer(file)
    packer.dump(kept)
    return pickle.dumps((tuple(packer.shared), file.getvalue()), pickle.HIGHEST_PROTOCOL)


def _unpacked(content: bytes) -> Any:
    """What `_packed` made bytes of."""
    shared, body = pickle.loads(content)
    unpickler = pickle.Unpickler(BytesIO(body))
    unpickler.persistent_load = shared.__getitem__  # type: ignore[method-assign]
    return unpickler.load()
