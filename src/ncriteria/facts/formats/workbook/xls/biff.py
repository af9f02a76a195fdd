"""The records of a workbook of Excel 97 to 2003, whose form is that of [MS-XLS]."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from attrs import field

from ncriteria.facts.formats.workbook.number_formats import PercentSign, percent_sign
from ncriteria.facts.formats.workbook.refusing import before_97, damaged, locked
from ncriteria.quick_classes import define
from ncriteria.words import phrase

BOF: Final = 0x0809
EOF: Final = 0x000A
CONTINUE: Final = 0x003C
BOUND_SHEET: Final = 0x0085
_CODE_PAGE: Final = 0x0042
_DATE_MODE: Final = 0x0022
_FORMAT: Final = 0x041E
_XF: Final = 0x00E0
_TEXTS: Final = 0x00FC
BIFF8: Final = 0x0600
_PERCENT_FORMATS: Final = (9, 10)

Numbered = tuple[int, bytes]
"""A record: its kind and its content."""


@define
class Globals:
    """What stands before the sheets: where each begins, its name and state, and what the reader of values needs.

    `signs` are the styles of cells whose number format has a `%`.
    """

    sheets: list[tuple[str, int, bool]] = field(factory=list)
    signs: dict[int, PercentSign] = field(factory=dict)
    kept: list[Numbered] = field(factory=list, repr=False)


def records(stream: bytes, start: int, file: str | None) -> Iterator[Numbered]:
    """The records of a stream from `start` on; raises `FactsError` where one is cut off."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        start += 4
        if start + length > len(stream):
            raise damaged(phrase("a record is cut off"), file)
        yield kind, stream[start : start + length]
        start += length


def packed(kind: int, content: bytes) -> bytes:
    """A record as it stands in a stream."""
    return struct.pack("<HH", kind, len(content)) + content


def read_globals(stream: bytes, file: str | None) -> Globals:
    """What stands before the sheets; raises `FactsError`."""
    found = Globals()
    formats: dict[int, PercentSign | None] = dict.fromkeys(_PERCENT_FORMATS, PercentSign.HUNDREDTHS)
    style, last = 0, 0
    for number, (kind, content) in enumerate(records(stream, 0, file)):
        if number == 0 and (kind != BOF or content[:2] != struct.pack("<H", BIFF8)):
            raise before_97(file)
        match kind:
            case 0x002F:
                raise locked(file)
            case 0x000A:
                return found
            case 0x0085:
                position, state, form = struct.unpack_from("<IBB", content)
                if form == 0:
                    found.sheets.append((_short_text(content[6:]), position, state & 3 != 0))
            case 0x041E:
                formats[struct.unpack_from("<H", content)[0]] = percent_sign(_text(content[2:]))
            case 0x00E0:
                if (sign := formats.get(struct.unpack_from("<2H", content)[1])) is not None:
                    found.signs[style] = sign
                style += 1
            case _:
                pass
        if kind in _KEPT or (kind == CONTINUE and last == _TEXTS):
            found.kept.append((kind, content))
        if kind != CONTINUE:
            last = kind
    raise damaged(phrase("its records end too early"), file)


_KEPT: Final = (BOF, _CODE_PAGE, _DATE_MODE, _FORMAT, _XF, _TEXTS)


def _short_text(content: bytes) -> str:
    return _characters(content[2:], content[0], content[1])


def _text(content: bytes) -> str:
    length, flags = struct.unpack_from("<HB", content)
    return _characters(content[3:], length, flags)


def _characters(content: bytes, length: int, flags: int) -> str:
    if flags & 1:
        return content[: 2 * length].decode("utf-16-le", "replace")
    return content[:length].decode("latin-1")
