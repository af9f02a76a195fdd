"""Output on the terminal: lines broken between words to fit it, what continues one hanging below, and colours."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Mapping
from typing import Final

from ncriteria.sets.model import Verdict

VERDICT_COLOURS: Final[Mapping[Verdict, str]] = {
    Verdict.MET: "green",
    Verdict.NOT_MET: "red",
    Verdict.UNDETERMINED: "yellow",
    Verdict.NOT_APPLICABLE: "bright_black",
}
_NARROWEST = 40
_WIDEST = 100


def terminal_width() -> int:
    """The number of columns to fill: those of the terminal, or 80, but no more than reads well."""
    return max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))


def fitted(text: str, width: int, *, indent: str = "", hang: int = 2) -> list[str]:
    """The line `text` behind `indent`, broken into lines of at most `width` columns.

    Spaces that `text` begins with are kept. Lines after the first stand `hang` columns further in. A word that is
    longer than a line, such as the name of a fact, is not broken.
    """
    inner = text.lstrip(" ")
    first = indent + " " * (len(text) - len(inner))
    if inner.isprintable() and 0 < len(inner) <= width - len(first):
        return [first + inner.rstrip(" ")]  # most lines are short
    lines = textwrap.wrap(
        inner,
        width,
        initial_indent=first,
        subsequent_indent=" " * (len(first) + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [""]
