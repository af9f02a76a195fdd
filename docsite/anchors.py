"""The anchors of headings, as the places that show Markdown make them."""

from __future__ import annotations

import unicodedata

_TONE_APART = "\u0301"
"""A mark that stays where a letter is written as two characters."""


def slug(heading: str) -> str:
    """The anchor of a heading: small letters, no punctuation, `-` for a space."""
    kept = (
        one for one in heading.lower() if one in " -_" or unicodedata.category(one)[0] in "LN" or one == _TONE_APART
    )
    return "".join(kept).strip().replace(" ", "-")
