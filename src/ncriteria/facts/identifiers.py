"""Identifiers of units: one normal form for every reader and frame."""

from __future__ import annotations

import unicodedata


def normal_identifier(text: str) -> str:
    """The identifier that `text` writes: composed (NFC), every run of spaces one space, none at its ends.

    A non-breaking space is a space. What only looks like nothing (a zero-width space) stays: it is told, not dropped.
    """
    return " ".join(unicodedata.normalize("NFC", text).split())
