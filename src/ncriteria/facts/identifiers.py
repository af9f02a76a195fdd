"""Identifiers of units: one normal form for every reader and frame, and identifiers that are nearly the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

INVISIBLE: Final = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""A regular expression for one character that shows nothing and is no space, such as the zero-width space."""
_INVISIBLE = re.compile(INVISIBLE)
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f])+")
_LEADING_ZEROS = re.compile("(?<![0-9])0+(?=[0-9])")
_BARRED_D = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})


def normal_identifier(text: str) -> str:
    """The identifier that `text` writes: composed (NFC), every run of spaces one space, none at its ends.

    A non-breaking space is a space. What only looks like nothing (a zero-width space) stays: it is told, not dropped.
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def shows_nothing(text: str) -> bool:
    """Whether nothing of `text` can be seen: it is blank, or holds only spaces and invisible characters."""
    return not _visible(text).strip()


def shown_identifier(text: str) -> str:
    """An identifier for messages, its invisible characters by their code points: `x1<U+200B>`."""
    return _INVISIBLE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def twin_key(text: str) -> str:
    """What identifiers have in common that a reader takes for one: see `differences`."""
    for _, alike in _ALIKE:
        text = alike(text)
    return text


def differences(one: str, other: str) -> str:
    """In what two identifiers of one `twin_key` differ, in words: `letter case and leading zeros`."""
    found = [name for name, alike in _ALIKE if _unlike_without(alike, one, other)]
    return " and ".join(found or [name for name, alike in _ALIKE if alike(one) != one or alike(other) != other])


def _unlike_without(left_out: Callable[[str], str], one: str, other: str) -> bool:
    for _, alike in _ALIKE:
        if alike is not left_out:
            one, other = alike(one), alike(other)
    return one != other


def _visible(text: str) -> str:
    return text if text.isascii() else _INVISIBLE.sub("", text)


def _with_one_barred_d(text: str) -> str:
    return text.translate(_BARRED_D)


def _with_tones_last(text: str) -> str:
    """Every tone mark behind its syllable, so that `hòa` and `hoà` are one."""
    if text.isascii():
        return text
    return _SYLLABLE.sub(
        lambda match: _TONE.sub("", match[0]) + "".join(_TONE.findall(match[0])), unicodedata.normalize("NFD", text)
    )


def _without_leading_zeros(text: str) -> str:
    return _LEADING_ZEROS.sub("", text)


_ALIKE: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("invisible characters", _visible),
    ("`Ð` written for `Đ`", _with_one_barred_d),
    ("letter case", str.casefold),
    ("the place of a tone mark", _with_tones_last),
    ("leading zeros", _without_leading_zeros),
)
