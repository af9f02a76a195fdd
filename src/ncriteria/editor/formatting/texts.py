"""The texts of a file that go over several lines: where they end, and how their lines are laid out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ncriteria.sets.reading.nodes import Scalar

LINE_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
STEP: Final = 2
"""How much deeper the parts of a mapping or a list stand than it."""


def is_block(scalar: Scalar) -> bool:
    """Whether a text stands in lines below `|` or `>`."""
    return not scalar.plain and scalar.document.text[scalar.start : scalar.start + 1] in ("|", ">")


def is_kept(scalar: Scalar) -> bool:
    """Whether the blank lines behind a text belong to it, as `|+` says."""
    return is_block(scalar) and "+" in _header(scalar.document.text[scalar.start : scalar.end].split("\n")[0])


def end_of(scalar: Scalar) -> int:
    """Where a text ends: one in lines of its own without the blank lines behind it, unless they belong to it."""
    if not is_block(scalar):
        return scalar.end
    covered = scalar.document.text[scalar.start : scalar.end]
    breaks = list(LINE_BREAK.finditer(covered))
    end = len(covered)
    if is_kept(scalar):
        return scalar.start + (breaks[-1].start() if breaks and breaks[-1].end() == end else end)
    column = _first_column(LINE_BREAK.split(covered)[1:])
    for found in reversed(breaks):
        line = covered[found.end() : end]
        if line.strip() or len(line) > column:
            break
        end = found.start()
    return scalar.start + end


def laid_out(scalar: Scalar, shown: str, holder: tuple[int, int]) -> str:
    """A text as it stands in the file, the lines after its first in the column where they belong.

    `holder` is the column of the key or the dash that has it, before and after.
    """
    if "\n" not in shown and "\r" not in shown:
        return _in_double_quotes(shown)
    lines = shown.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if is_block(scalar):
        return "\n".join((lines[0].rstrip(), *_block_lines(lines, *holder)))
    padding = " " * (holder[1] + STEP)
    return "\n".join((_stripped(lines[0]), *(_continued(line, padding) for line in lines[1:])))


def _header(line: str) -> str:
    return line.partition("#")[0]


def _first_column(lines: Sequence[str]) -> int:
    """How far the content of a text is indented, which its first line says that is not blank."""
    return next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)


def _block_lines(lines: Sequence[str], old_holder: int, new_holder: int) -> list[str]:
    said = next((int(one) for one in _header(lines[0]) if one.isdigit()), None)
    old = _first_column(lines[1:]) if said is None else max(old_holder, 0) + said
    new = new_holder + (STEP if said is None else said)
    return [" " * new + line[old:] if len(line) > old else "" for line in lines[1:]]


def _continued(line: str, padding: str) -> str:
    stripped = _stripped(line.lstrip(" \t"))
    return padding + stripped if stripped else ""


def _stripped(line: str) -> str:
    """A line without the spaces at its end, unless a backslash says that one of them is meant."""
    found = line.rstrip(" \t")
    return line if found.endswith("\\") else found


def _in_double_quotes(shown: str) -> str:
    inner = shown[1:-1]
    if len(shown) > 1 and shown[0] == shown[-1] == "'" and not set(inner) & set("'\"\\"):
        return f'"{inner}"'
    return shown
