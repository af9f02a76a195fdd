"""The search of the site: a word with Vietnamese accents is found without them, too."""

from __future__ import annotations

import unicodedata
from typing import Final

from sphinx.search.en import SearchEnglish

_WITHOUT_ACCENT: Final = str.maketrans("đĐ", "dD")


def without_accents(word: str) -> str:
    """`word` as it is typed on a keyboard without Vietnamese."""
    letters = unicodedata.normalize("NFD", word.translate(_WITHOUT_ACCENT))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class SearchWithoutAccents(SearchEnglish):
    """The words of a text as Sphinx finds them, and beside each that has accents what is left without them."""

    def split(self, text: str) -> list[str]:
        """The words of `text`."""
        words: list[str] = super().split(unicodedata.normalize("NFC", text))
        return [*words, *(bare for word in words if (bare := without_accents(word)) != word)]
