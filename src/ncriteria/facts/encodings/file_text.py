"""The text of a file. What is plainly UTF-8 needs no more; the other encodings are looked at where it is not."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from attrs import field

from ncriteria.errors import CellPlace, Problem
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.reading.documents import UNREADABLE

ONLY_VIETNAMESE: Final = compiled_later("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
"""Letters of Unicode that leave no doubt that a text is Vietnamese."""


@frozen
class FileText:
    """The text of a file, its encoding as accounts tell it, and what makes another encoding likely."""

    text: str = field(repr=False)
    encoding: str
    doubt: Problem | None = None


def text_of(content: bytes, chosen: str | None, headings: Callable[[], Collection[str]], place: CellPlace) -> FileText:
    """The text of a file's `content`: UTF-8, what its mark says, or the `chosen` encoding; raises `FactsError`.

    `headings` gives those that are known, folded; they help to tell which encoding a text is of, and are asked for
    where it is not UTF-8 beyond doubt.
    """
    text = _plain(content) if chosen is None else None
    if text is not None:
        return FileText(text, "utf-8")
    from ncriteria.facts.encodings.reading import text_of_bytes  # whose tables most files have no need of

    return text_of_bytes(content, chosen, headings(), place)


def _plain(content: bytes) -> str | None:
    """The text, where it is UTF-8 beyond doubt."""
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    is_sure = text.isascii() or ONLY_VIETNAMESE.search(text) is not None
    return text if is_sure and UNREADABLE.search(text) is None else None
