"""The parts of a workbook that is a zip file, inflated within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from attrs import field

from ncriteria.facts.formats.workbook.refusing import damaged, locked, too_large
from ncriteria.quick_classes import define
from ncriteria.words import phrase

MOST_BYTES: Final = 256 * 1024 * 1024
"""What the parts of a workbook that are read may hold in all."""
_MOST_PARTS: Final = 10_000
_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER: Final = 30


@define
class Package:
    """A zip file, whose parts are read by their names; letter case aside, as programs find them."""

    content: bytes = field(repr=False)
    file: str | None
    entries: Mapping[str, zipfile.ZipInfo] = field(repr=False)
    left: int = MOST_BYTES

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name.lower() in self.entries

    def read(self, name: str) -> bytes:
        """The content of a part; raises `FactsError` where there is none, it is damaged, or over the limit."""
        entry = self.entries.get(name.lower())
        if entry is None:
            raise damaged(phrase("it has no part `{part}`", part=name), self.file)
        if entry.flag_bits & 1:
            raise locked(self.file)
        if entry.file_size > self.left:
            raise too_large(phrase("its parts hold more than {most} MiB", most=MOST_BYTES // 1024**2), self.file)
        content = _inflated(self._packed(entry), entry)
        if content is None or len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
            raise damaged(phrase("its part `{part}` cannot be unpacked", part=name), self.file)
        self.left -= len(content)
        return content

    def _packed(self, entry: zipfile.ZipInfo) -> bytes:
        header = self.content[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
        between = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        start = entry.header_offset + _LOCAL_HEADER + between
        return self.content[start : start + entry.compress_size]


def _inflated(packed: bytes, entry: zipfile.ZipInfo) -> bytes | None:
    """The content of a part, and at most one byte more than it says that it has."""
    match entry.compress_type:
        case zipfile.ZIP_STORED:
            return packed
        case zipfile.ZIP_DEFLATED:
            try:
                return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
            except zlib.error:
                return None
        case _:
            return None


def open_package(content: bytes, file: str | None) -> Package:
    """The zip file in `content`; nothing is inflated yet. Raises `FactsError`."""
    if content.count(_ENTRY) > _MOST_PARTS:
        raise too_large(phrase("it has more than {most} parts", most=_MOST_PARTS), file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            entries = {entry.filename.lower().lstrip("/"): entry for entry in opened.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError, OSError):
        raise damaged(phrase("it is no whole zip file"), file) from None
    return Package(content, file, entries)


def plain_zip(parts: Mapping[str, bytes]) -> bytes:
    """A zip file with these parts, and nothing else."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as written:
        for name, content in parts.items():
            written.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()
