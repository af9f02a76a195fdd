"""The edit that a hint spells out: `write <=`, `write 2026-01-05`, `write true`."""

from __future__ import annotations

import re
from typing import Final

from ncriteria.editor.edits import TextEdit
from ncriteria.language.parser import read_expression
from ncriteria.language.source import FindingsError
from ncriteria.sets.loader import ReadText
from ncriteria.sets.reading.nodes import Scalar

_SPELT: Final = re.compile(
    r"(?:[^:]*: )?write (?:a day as )?(?:`(?P<code>[^`]+)`|(?P<bare>[^\s`,;]+))"
    r"(?: once| without a space| in small letters| without quotes| between arguments| for not equal"
    r"|; where arithmetic is meant, put spaces around the signs)?"
)
_EXAMPLES: Final = re.compile(r"\.\.\.|\(x\)|\ba and b\b|\ba or b\b|\(a\)|\[1\.\.3\]|^key:|^from$|^to$|^param\.$")
_IN_BRACES: Final = re.compile(r"put the mapping in braces: `\{(?P<inner>.+)\}`")
_COMMA: Final = "write decimals with a point: `0.95`"
_DECIMAL: Final = re.compile(r"([0-9]+),\s?([0-9]+)")


def spelt(read: ReadText, start: int, length: int, hint: str) -> TextEdit | None:
    """The edit at a place that a hint in English spells out; `None` where it spells out none, or it would not help."""
    text = read.document.text
    if (braces := _IN_BRACES.fullmatch(hint)) is not None:
        return _with_braces(text, start, braces["inner"])
    if hint == _COMMA:
        edit = _with_point(text, start)
    else:
        said = _SPELT.fullmatch(hint)
        written = None if said is None else said["code"] or said["bare"]
        if written is None or _EXAMPLES.search(written):
            return None
        doubled = length == 1 and text[start : start + 2] in ("||", "&&")
        edit = TextEdit(start, start + length + doubled, written)
    rule = next((one for one in read.expressions.values() if one.start <= start <= one.end), None)
    return edit if edit is None or rule is None or _helps(rule, edit) else None


def _with_braces(text: str, start: int, inner: str) -> TextEdit | None:
    """Braces around the mapping that stands about a place in its line."""
    first = text.rfind("\n", 0, start) + 1
    line = text[first:].partition("\n")[0]
    if line.count(inner) != 1:
        return None
    begin = first + line.index(inner)
    return TextEdit(begin, begin + len(inner), f"{{{inner}}}")


def _with_point(text: str, start: int) -> TextEdit | None:
    """A point in place of the comma of the number at a place."""
    first = text.rfind("\n", 0, start) + 1
    found = (one for one in _DECIMAL.finditer(text, first) if one.start() <= start <= one.end())
    number = next(found, None)
    return None if number is None else TextEdit(number.start(), number.end(), f"{number[1]}.{number[2]}")


def _helps(rule: Scalar, edit: TextEdit) -> bool:
    """Whether a rule without quotes can be read up to a later place once the edit is made, or as far as before."""
    begin, end = edit.start - rule.start, edit.end - rule.start
    if not rule.plain or rule.document.text[rule.start : rule.end] != rule.text or end > len(rule.text):
        return False
    before = _first_finding(rule.text)
    after = _first_finding(rule.text[:begin] + edit.text + rule.text[end:])
    return after is None or (before is not None and after > max(before, begin + len(edit.text)))


def _first_finding(text: str) -> int | None:
    """Where a rule cannot be read first."""
    try:
        read_expression(text)
    except FindingsError as error:
        return min(one.span.start for one in error.findings if one.span is not None)
    return None
