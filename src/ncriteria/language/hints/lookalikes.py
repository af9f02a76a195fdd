"""Characters that look like others, or like nothing: texts that are the same to the eye are compared, and told apart.

After the idea of Unicode Technical Standard 39 (skeletons), with a table for the letters that Vietnamese uses.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from ncriteria.quick_classes import frozen
from ncriteria.words import Phrase, phrase

_CYRILLIC: Final = ("аеорсухіјѕԁһԛԝүӏкАВЕКМНОРСТУХІЈЅԚԜҮӀ", "aeopcyxijsdhqwylkABEKMHOPCTYXIJSQWYI")
_GREEK: Final = ("αονρικυγΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aovpikuyABEZHIKMNOPTYX")
_OTHER: Final = ("օսոհɑɡıɩꞌƖ‐‑‒–—−’‘´“”„ÐƉðɖ", "ounhagii'I------'''\"\"\"ĐĐđđ")
_SHOWN_AS: Final = {
    ord(one): other for written, meant in (_CYRILLIC, _GREEK, _OTHER) for one, other in zip(written, meant, strict=True)
}
_UNLIKE: Final = ("<super>", "<sub>", "<circle>", "<fraction>", "<square>")
"""Compatible forms that do not look like what they stand for: `5²` is not 52."""
_INVISIBLE: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0") | {
    chr(code) for codes in (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)) for code in codes
}
"""What Unicode lets a program leave out of sight, besides the format characters (category Cf)."""


def is_invisible(character: str) -> bool:
    """Whether nothing is seen of the character, not even a gap."""
    return unicodedata.category(character) == "Cf" or character in _INVISIBLE


def without_invisible(text: str) -> str:
    """What is seen of `text`, and its gaps."""
    return "".join(one for one in text if not is_invisible(one))


@lru_cache(maxsize=65_536)
def skeleton(text: str) -> str:
    """What the eye sees of `text`, letter case aside: look-alikes are one, what is invisible is gone."""
    if text.isascii():
        return text.casefold()
    return "".join(seen for seen, _ in _glyphs(text))


def without_accents(text: str) -> str:
    """What is left of `text` when it is typed without Vietnamese accents: `số vụ` becomes `so vu`."""
    letters = unicodedata.normalize("NFD", skeleton(text)).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _glyphs(text: str) -> Iterator[tuple[str, str]]:
    """What is seen of each character, piece by piece, with the character at its first piece."""
    for character in text:
        seen = _seen(character)
        yield seen[:1], character
        yield from ((piece, "") for piece in seen[1:])


def _seen(character: str) -> str:
    if character.isascii():
        return character.casefold()
    if is_invisible(character):
        return ""
    if character.isspace():
        return " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.decomposition(character).startswith(_UNLIKE):
        return character
    shown = character.translate(_SHOWN_AS)
    # Compatible forms (full width, ligatures) may look like others in their turn.
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", shown).translate(_SHOWN_AS)).casefold()


@frozen
class LookalikeDifference:
    """Where two texts that look the same differ: the character of each, or nothing."""

    written: str
    meant: str


def difference(written: str, meant: str) -> LookalikeDifference | None:
    """The first difference of two texts that the eye takes for one; `None` where they look different or are the same.

    Letter case is none.
    """
    if skeleton(written) != skeleton(meant):
        return None
    one, other = list(_glyphs(written)), list(_glyphs(meant))
    while one or other:
        if one and not one[0][0] and (not other or one[0] != other[0]):
            return LookalikeDifference(one[0][1], "")
        if other and not other[0][0] and (not one or one[0] != other[0]):
            return LookalikeDifference("", other[0][1])
        (_, found), (_, expected) = one.pop(0), other.pop(0)
        if found and expected and found.casefold() != expected.casefold():
            return LookalikeDifference(found, expected)
    return None


def told_apart(written: str, candidates: Iterable[str]) -> Phrase | None:
    """What tells `written` from the candidate that looks the same, by code point; `None` where none does."""
    for meant in candidates:
        found = difference(written, meant)
        if found is not None:
            return phrase(
                "`{text}` has {character} where `{meant}` has {other}",
                text=written[:60],
                character=code_point(found.written),
                meant=meant[:60],
                other=code_point(found.meant),
            )
    return None


def unseen(text: str) -> Phrase | None:
    """A hint that names the first character of `text` that is not seen, or is another space; `None` without one."""
    odd = next((one for one in text if is_invisible(one) or (one.isspace() and not one.isascii())), None)
    return None if odd is None else phrase("it holds {character}, which is not seen", character=code_point(odd))


def code_point(character: str) -> str:
    """A character for messages: itself where it is plain, otherwise its number and name in Unicode."""
    if not character:
        return phrase("nothing")
    if character == " ":
        return phrase("a space")
    if character.isascii() and character.isprintable():
        return character
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")
