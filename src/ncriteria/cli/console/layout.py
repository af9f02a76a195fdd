"""Output on the terminal: lines broken between words to fit it, what continues one hanging below, and colours."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final

import click

from ncriteria.patterns import compiled_later
from ncriteria.sets.model import Verdict

VERDICT_COLOURS: Final[Mapping[Verdict, str]] = {
    Verdict.MET: "green",
    Verdict.NOT_MET: "red",
    Verdict.UNDETERMINED: "yellow",
    Verdict.NOT_APPLICABLE: "bright_black",
}
_NARROWEST = 40
_WIDEST = 100
_USUAL = 80
_OF_ONE_COLUMN = compiled_later("[ -~\xa1-\xac\xae-\u02ff\u1e00-\u1eff\u2010-\u2026]*")
"""Letters and signs that fill one column wherever they are shown."""
_FILLER = "\ue000"


def terminal_width() -> int:
    """The number of columns to fill: those of the terminal, or 80, but no more than reads well."""
    return max(_NARROWEST, min(_columns(), _WIDEST))


def whole_width() -> int:
    """All columns of the terminal, for what is no text to read, such as a matrix."""
    return max(_NARROWEST, _columns())


def _columns() -> int:
    """What `shutil.get_terminal_size` tells, without what that module packs and unpacks, which it loads."""
    with suppress(ValueError):
        if (told := int(os.environ.get("COLUMNS", ""))) > 0:
            return told
    if sys.__stdout__ is not None:
        with suppress(ValueError, OSError):  # it is closed, or no terminal
            return os.get_terminal_size(sys.__stdout__.fileno()).columns or _USUAL
    return _USUAL


def text_width(text: str) -> int:
    """The columns that a text fills: letters of East Asia fill two, and accents of their own none."""
    if _OF_ONE_COLUMN.fullmatch(text):
        return len(text)
    from rich.cells import cell_len  # whose tables most texts have no need of

    return cell_len(text)


def visible(text: str) -> str:
    """The text with a mark in the place of what cannot be seen, such as what turns the direction of writing."""
    return text if text.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in text)


def shortened(text: str, width: int) -> str:
    """The text as one line of at most `width` columns, its end cut off where it is longer."""
    shown = visible(text)
    if text_width(shown) <= width:
        return shown
    while shown and text_width(shown) >= width:
        shown = shown[:-1]
    return f"{shown.rstrip()}…" if width > 0 else ""


def abridged(text: str, width: int) -> str:
    """The text as one line of at most `width` columns, cut inside where it is longer: how it ends tells it apart."""
    shown = visible(text)
    if text_width(shown) <= width:
        return shown
    end = shown[::-1][: width * 2 // 5]
    while text_width(end) > width * 2 // 5:
        end = end[:-1]
    return shortened(shown, width - text_width(end)) + end[::-1].lstrip()


def padded(text: str, width: int) -> str:
    """The text, shortened or with spaces behind it, in exactly `width` columns."""
    shown = shortened(text, width)
    return shown + " " * (width - text_width(shown))


def fitted(text: str, width: int, *, indent: str = "", hang: int = 2) -> list[str]:
    """The line `text` behind `indent`, broken into lines of at most `width` columns.

    Spaces that `text` begins with are kept. Lines after the first stand `hang` columns further in. A word that is
    longer than a line, such as the name of a fact, is not broken.
    """
    inner = text.lstrip(" ")
    first = indent + " " * (len(text) - len(inner))
    spread = _spread(inner)
    if inner.isprintable() and 0 < len(spread) <= width - len(first):
        return [first + inner.rstrip(" ")]  # most lines are short
    lines = textwrap.wrap(
        spread,
        width,
        initial_indent=first,
        subsequent_indent=" " * (len(first) + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_FILLER, "") for line in lines] or [""]


def heading(text: str, width: int, *, fg: str | None = None, underline: bool = False) -> Iterator[str]:
    """What stands above other lines: bold, or in a colour, and broken as `fitted` does."""
    return (click.style(line, fg=fg, bold=fg is None, underline=underline) for line in fitted(text, width))


def _spread(text: str) -> str:
    """The text with fillers behind letters that fill two columns, so that it has as many letters as columns."""
    if _OF_ONE_COLUMN.fullmatch(text):
        return text
    return "".join(letter + _FILLER * (text_width(letter) - 1) for letter in text)
