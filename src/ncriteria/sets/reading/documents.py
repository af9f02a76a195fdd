"""The text of a file, and the places in it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import Final

from attrs import evolve, field, frozen

from ncriteria.errors import Problem, TextPlace
from ncriteria.sets.errors import CriteriaError

MAX_BYTES: Final = 1024 * 1024
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
UNREADABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""What no text may hold: control characters, surrogates, the two that are no characters, and a mark inside."""


@frozen
class Document:
    """The text of a file in composed form (NFC), with its lines, where each begins, and its name."""

    text: str
    file: str | None
    lines: tuple[str, ...] = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)

    def place(self, line: int, column: int, length: int = 1) -> TextPlace:
        """The place at `line` and `column`, both counted from 0."""
        text = self.lines[line] if line < len(self.lines) else ""
        shown = max(1, min(length, len(text) - column))
        return TextPlace(line + 1, column + 1, shown, text, self.file)

    def place_at(self, index: int, length: int) -> TextPlace:
        """The place of the character `index` of the text."""
        line = bisect_right(self.starts, index) - 1
        return self.place(line, index - self.starts[line], length)


def document_of(content: bytes | str, file: str | None) -> Document:
    """The document of a file's `content`; raises `CriteriaError` where it is no text."""
    if isinstance(content, bytes):
        if len(content) > MAX_BYTES:
            message = f"the file has {len(content)} bytes; at most {MAX_BYTES} are read"
            raise CriteriaError(Problem("NC102", message, TextPlace(1, 1, file=file)))
        content = _decoded(content, file)
    elif len(content.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise CriteriaError(Problem("NC102", f"the text is longer than {MAX_BYTES} bytes", TextPlace(1, 1, file=file)))
    text = unicodedata.normalize("NFC", content.lstrip("\ufeff"))
    starts = (0, *(line_break.end() for line_break in _LINE_BREAK.finditer(text)))
    document = Document(text, file, tuple(_LINE_BREAK.split(text)), starts)
    if unreadable := UNREADABLE.search(text):
        place = document.place_at(unreadable.start(), 1)
        shown = evolve(place, line_text=UNREADABLE.sub("\ufffd", place.line_text or ""))
        raise CriteriaError(Problem("NC101", f"{named(unreadable[0])} stands in the file", shown))
    return document


def _decoded(content: bytes, file: str | None) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = f"byte {error.start} (0x{content[error.start]:02x}) is not UTF-8"
        problem = Problem("NC101", message, TextPlace(line, 1, file=file), "save the file as UTF-8")
        raise CriteriaError(problem) from None


def named(character: str) -> str:
    """A character of `UNREADABLE` in words for messages."""
    special = {"\0": "a NUL character", "\ufeff": "a byte order mark"}
    if character in special:
        return special[character]
    surrogate, control = "\ud800" <= character <= "\udfff", character < "\xa0"
    kind = "lone surrogate" if surrogate else "control character" if control else "character"
    return f"the {kind} U+{ord(character):04X}"
