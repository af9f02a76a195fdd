"""Compound files, in which Excel kept workbooks until 2007: the stream of the workbook is read, and written alone.

The form of the file is that of [MS-CFB].
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

from ncriteria.facts.formats.workbook.kinds import COMPOUND
from ncriteria.facts.formats.workbook.refusing import before_97, damaged, locked, of_another_kind
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

_FREE: Final = 0xFFFFFFFF
_END: Final = 0xFFFFFFFE
_OF_FAT: Final = 0xFFFFFFFD
_LAST_SECTOR: Final = 0xFFFFFFFA
_HEADER: Final = 512
_IN_HEADER: Final = 109
_MINI_SECTOR: Final = 64
_SMALL: Final = 4096
_ENTRY: Final = 128
_STREAM: Final = 2
_ROOT: Final = 5
_WRITTEN_SECTOR: Final = 4096


@frozen
class _StoredStream:
    """A stream: where it begins, and how many bytes it has."""

    kind: int
    start: int
    size: int


def workbook_stream(content: bytes, file: str | None) -> bytes:
    """The stream with the records of a workbook; raises `FactsError`."""
    try:
        found = _Compound(content).stream(("workbook",))
        if found is not None:
            return found
        names = _Compound(content).names()
    except (struct.error, IndexError, ValueError):
        raise damaged(phrase("it is no whole compound file"), file) from None
    if "encryptedpackage" in names:
        raise locked(file)
    if "book" in names:
        raise before_97(file)
    raise of_another_kind("xls", phrase("another file of Office"), file)


class _Compound:
    """The sectors of a compound file, and the table that links them."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        (shift,) = struct.unpack_from("<H", content, 30)
        if shift not in (9, 12):
            raise ValueError(shift)
        self._size = 1 << shift
        self._most = len(content) // self._size + 1
        first, _, _, mini_first, _, further, _ = struct.unpack_from("<7I", content, 48)
        self._links = self._table(further)
        self._entries = self._directory(self._chain(first, self._links))
        self._mini_first = mini_first

    def _table(self, further: int) -> Sequence[int]:
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76))
        for _ in range(self._most):
            if further >= _LAST_SECTOR:
                break
            *more, further = struct.unpack(f"<{self._size // 4}I", self._sector(further))
            sectors += more
        used = [sector for sector in sectors if sector < _LAST_SECTOR][: self._most]
        joined = b"".join(map(self._sector, used))
        return struct.unpack(f"<{len(joined) // 4}I", joined)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        found = self._content[start : start + self._size]
        if not found:
            raise ValueError(number)
        return found.ljust(self._size, b"\0")

    def _chain(self, first: int, links: Sequence[int]) -> bytes:
        parts: list[bytes] = []
        for _ in range(self._most):
            if first >= _LAST_SECTOR:
                return b"".join(parts)
            parts.append(self._sector(first))
            first = links[first]
        raise ValueError(first)

    def _directory(self, content: bytes) -> dict[str, _StoredStream]:
        found: dict[str, _StoredStream] = {}
        for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            name = content[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").lower()
            start, size = struct.unpack_from("<IQ", content, at + 116)
            # Of a file with small sectors only half of the size counts.
            size &= 0xFFFFFFFF if self._size == _HEADER else ~0
            if kind in (_STREAM, _ROOT):
                found.setdefault(name if kind == _STREAM else "/", _StoredStream(kind, start, size))
        return found

    def names(self) -> frozenset[str]:
        """The names of the streams, in small letters."""
        return frozenset(self._entries)

    def stream(self, names: Sequence[str]) -> bytes | None:
        """The content of the first stream with one of these names."""
        entry = next((self._entries[name] for name in names if name in self._entries), None)
        if entry is None:
            return None
        content = self._mini(entry.start) if entry.size < _SMALL else self._chain(entry.start, self._links)
        if len(content) < entry.size:
            raise ValueError(entry.size)
        return content[: entry.size]

    def _mini(self, first: int) -> bytes:
        """A small stream, whose sectors of 64 bytes lie in a stream of their own."""
        whole = self._chain(self._entries["/"].start, self._links) if "/" in self._entries else b""
        table = self._chain(self._mini_first, self._links)
        links = struct.unpack(f"<{len(table) // 4}I", table)
        parts: list[bytes] = []
        for _ in range(_SMALL // _MINI_SECTOR):
            if first >= _LAST_SECTOR:
                break
            parts.append(whole[first * _MINI_SECTOR : (first + 1) * _MINI_SECTOR])
            first = links[first]
        return b"".join(parts)


def compound_file(stream: bytes) -> bytes:
    """A compound file with the stream of a workbook, and nothing else."""
    size = max(len(stream), _SMALL)
    sectors = -(-size // _WRITTEN_SECTOR)
    in_table = _WRITTEN_SECTOR // 4
    tables = 1
    while tables * in_table < tables + 1 + sectors:
        tables += 1
    links = [_OF_FAT] * tables + [_END] + [tables + 2 + number for number in range(sectors - 1)] + [_END]
    links += [_FREE] * (tables * in_table - len(links))
    header = struct.pack("<8s16s5H6x", COMPOUND, b"", 0x3E, 4, 0xFFFE, 12, 6)
    header += struct.pack("<10I", 1, tables, tables, 0, _SMALL, _END, 0, _END, 0, 0)[:36]
    header += struct.pack(f"<{_IN_HEADER}I", *range(tables), *[_FREE] * (_IN_HEADER - tables))
    entries = _entry("Root Entry", _ROOT, 1, 0, 0) + _entry("Workbook", _STREAM, _FREE, tables + 1, size)
    return b"".join(
        (
            header.ljust(_WRITTEN_SECTOR, b"\0"),
            struct.pack(f"<{len(links)}I", *links),
            entries.ljust(_WRITTEN_SECTOR, b"\0"),
            stream.ljust(sectors * _WRITTEN_SECTOR, b"\0"),
        )
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBB3I36xIQ", written, len(written), kind, 1, _FREE, _FREE, child, start, size)
