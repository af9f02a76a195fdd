"""The text of a file, and the places in it."""

from __future__ import annotations

from bisect import bisect_right

from attrs import field, frozen

from ncriteria.errors import TextPlace


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
