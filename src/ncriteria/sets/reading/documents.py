"""The text of a file, and the places in it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from typing import Final

from attrs import evolve, field

from ncriteria.errors import Problem, TextPlace
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.words import Phrase, phrase

MAX_BYTES: Final = 1024 * 1024
_LINE_BREAK = compiled_later("\r\n|[\n\r\x85\u2028\u2029]")
UNREADABLE = compiled_later("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
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
            message = phrase("the file has {count} bytes; at most {most} are read", count=len(content), most=MAX_BYTES)
            raise CriteriaError(Problem("NC102", message, TextPlace(1, 1, file=file)))
        content = _decoded(content, file)
    elif len(content.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        message = phrase("the text is longer than {most} bytes", most=MAX_BYTES)
        raise CriteriaError(Problem("NC102", message, TextPlace(1, 1, file=file)))
    text = unicodedata.normalize("NFC", content.lstrip("\ufeff"))
    document = Document(text, file, tuple(_LINE_BREAK.split(text)), line_starts(text))
    if unreadable := UNREADABLE.search(text):
        place = document.place_at(unreadable.start(), 1)
        shown = evolve(place, line_text=UNREADABLE.sub("\ufffd", place.line_text or ""))
        raise CriteriaError(
            Problem("NC101", phrase("{character} stands in the file", character=named(unreadable[0])), shown)
        )
    return document


def line_starts(text: str) -> tuple[int, ...]:
    """The character that each line of a text begins with."""
    return (0, *(line_break.end() for line_break in _LINE_BREAK.finditer(text)))


def _decoded(content: bytes, file: str | None) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        byte = f"{content[error.start]:02x}"
        message = phrase("byte {place} (0x{byte}) is not UTF-8", place=error.start, byte=byte)
        problem = Problem("NC101", message, TextPlace(line, 1, file=file), phrase("save the file as UTF-8"))
        raise CriteriaError(problem) from None


def named(character: str) -> Phrase:
    """A character of `UNREADABLE` in words for messages."""
    number = f"{ord(character):04X}"
    if character == "\0":
        return phrase("a NUL character")
    if character == "\ufeff":
        return phrase("a byte order mark")
    if "\ud800" <= character <= "\udfff":
        return phrase("the lone surrogate U+{number}", number=number)
    if character < "\xa0":
        return phrase("the control character U+{number}", number=number)
    return phrase("the character U+{number}", number=number)
