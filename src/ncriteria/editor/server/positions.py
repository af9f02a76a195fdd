"""Positions of an editor and characters of a text: the editor counts in units of its encoding, in the text as typed.

Everything else of the library counts characters of the text in composed form (NFC), without a byte order mark.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import Final

from attrs import field
from lsprotocol.types import Position, Range
from pygls.workspace import PositionCodec

from ncriteria.quick_classes import frozen

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


def composed(typed: str) -> str:
    """A text as files are read: in composed form, without its mark."""
    return unicodedata.normalize("NFC", typed.lstrip("\ufeff"))


@frozen
class TypedText:
    """A text as an editor has it, and where its characters in composed form stand in it."""

    typed: str = field(repr=False)
    codec: PositionCodec = field(repr=False)
    text: str = field(init=False, repr=False)
    _lines: tuple[str, ...] = field(init=False, repr=False)
    _starts: tuple[int, ...] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        lines = tuple(match[0] for match in _LINE.finditer(self.typed) if match[0]) or ("",)
        lines = (*lines, "") if lines[-1].endswith(("\r", "\n")) else lines
        starts, index = [], 0
        for line in lines:
            starts.append(index)
            index += len(composed(line))
        object.__setattr__(self, "text", composed(self.typed))
        object.__setattr__(self, "_lines", lines)
        object.__setattr__(self, "_starts", tuple(starts))

    def position(self, index: int) -> Position:
        """Where the editor has the character `index` of the text."""
        line = bisect_right(self._starts, max(0, min(index, len(self.text)))) - 1
        typed, offset = self._lines[line], min(index, len(self.text)) - self._starts[line]
        return Position(line, self.codec.client_num_units(typed[: _typed_length(typed, offset)]))

    def range(self, start: int, end: int) -> Range:
        """From where to where the editor has the characters `start` to the one before `end`."""
        return Range(self.position(start), self.position(end))

    def index(self, position: Position) -> int:
        """The character of the text that the editor has at `position`; behind the end of a line, its end."""
        if position.line >= len(self._lines):
            return len(self.text)
        typed = self._lines[position.line].rstrip("\r\n")
        units, length = 0, 0
        while length < len(typed) and units < position.character:
            units += self.codec.client_num_units(typed[length])
            length += 1
        return self._starts[position.line] + len(composed(typed[:length]))


def _typed_length(typed: str, offset: int) -> int:
    """How many characters of a line as typed make up its first `offset` characters in composed form."""
    if composed(typed) == typed:
        return offset
    length = 0
    while length < len(typed) and (
        len(composed(typed[:length])) < offset or composed(typed[: length + 1]) == composed(typed[:length])
    ):
        length += 1
    while length < len(typed) and unicodedata.combining(typed[length]):
        length += 1
    return length
