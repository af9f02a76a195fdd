"""What every drawn page is made of: tables, code and text that Markdown does not read as its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|])")


def plain(text: str) -> str:
    """A text in which no character is a mark of Markdown."""
    return _MARKS.sub(r"\\\1", text)


def code(text: str) -> str:
    """A text in the letters of code, also inside a table."""
    return f"`{text}`".replace("|", "\\|")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; nothing where it has no row."""
    lines = [_row(row) for row in rows]
    return "\n".join([_row(heads), _row(["---"] * len(heads)), *lines, ""]) if lines else ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace(chr(10), '<br>') for cell in cells)} |"


def block(kind: str, text: str) -> str:
    """A block of code."""
    return f"```{kind}\n{text}\n```\n"
