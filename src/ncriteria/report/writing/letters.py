"""Letters that files for people can hold."""

from __future__ import annotations

from typing import Final

from ncriteria.patterns import compiled_later

_UNSEEN: Final = compiled_later("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT: Final = "\ufffd"


def shown_letters(text: str) -> str:
    """A text with `\ufffd` for each control character and half character, which no sheet shows."""
    return _UNSEEN.sub(_REPLACEMENT, text)
