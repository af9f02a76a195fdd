"""Changes of a text by position: nothing but what an edit covers is touched."""

from __future__ import annotations

from collections.abc import Iterable

from ncriteria.quick_classes import frozen


@frozen
class TextEdit:
    """The characters from `start` to the one before `end` give way to `text`; both count in the text in NFC."""

    start: int
    end: int
    text: str


def applied(content: str, edits: Iterable[TextEdit]) -> str:
    """`content` after `edits`, none of which covers a part of another."""
    found, position = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        assert position <= edit.start, edit
        found += [content[position : edit.start], edit.text]
        position = edit.end
    return "".join((*found, content[position:]))
