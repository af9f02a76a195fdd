"""Identifiers of units: one normal form for every reader and frame, and identifiers that are nearly the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from ncriteria.language.hints.lookalikes import code_point, difference, is_invisible, skeleton, without_invisible
from ncriteria.patterns import compiled_later
from ncriteria.words import Phrase, all_of, phrase

_TONE = compiled_later("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = compiled_later("(?:[^\\W\\d_]|[\u0300-\u036f])+")
_LEADING_ZEROS = compiled_later("(?<![0-9])0+(?=[0-9])")
_NONE = frozenset(("nan", "NaN", "NaT", "None", "none", "null", "NULL", "n/a", "N/A", "<NA>", "(blank)", "undefined"))
"""What programs write for nothing, in these letters only: a hamlet may be called Nan."""


@lru_cache(maxsize=1 << 16)
def normal_identifier(text: str) -> str:
    """The identifier that `text` writes: composed (NFC), every run of spaces one space, none at its ends.

    A non-breaking space is a space. What only looks like nothing (a zero-width space) stays: it is told, not dropped.
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=1 << 16)
def shows_nothing(text: str) -> bool:
    """Whether nothing of `text` can be seen: it is blank, or holds only spaces and invisible characters."""
    return all(character.isspace() or is_invisible(character) for character in text)


@lru_cache(maxsize=1 << 16)
def stands_for_none(text: str) -> bool:
    """Whether `text` is what offices and programs write where there is no identifier: `-`, `...`, `nan`, `None`."""
    return text in _NONE or not any(character.isalnum() for character in text)


def shown_identifier(text: str) -> str:
    """An identifier for messages, its invisible characters by their code points: `x1<U+200B>`."""
    return "".join(f"<U+{ord(one):04X}>" if is_invisible(one) else one for one in text)


def twin_key(text: str) -> str:
    """What identifiers have in common that a reader takes for one: see `differences`."""
    return _without_leading_zeros(_with_tones_last(skeleton(text)))


def near_twins(units: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each of the units that a reader takes for one that came before it, with that one."""
    first: dict[str, str] = {}
    for unit in units:
        twin = first.setdefault(twin_key(unit), unit)
        if twin != unit:
            yield unit, twin


def differences(one: str, other: str) -> str:
    """In what two identifiers of one `twin_key` differ, in words: `letter case and leading zeros`."""
    unlike = _unlike(one, other, _STEPS)
    if unlike:
        first = difference(one, other)
        if first is None:
            return phrase("characters that look alike")
        written, meant = code_point(first.written), code_point(first.meant)
        return phrase("characters that look alike: {character} for {other}", character=written, other=meant)
    return all_of(name for name in _STEPS if _unlike(one, other, [step for step in _STEPS if step != name]))


def _unlike(one: str, other: str, steps: Iterable[Phrase]) -> bool:
    for step in steps:
        one, other = _STEPS[step](one), _STEPS[step](other)
    return one != other


def _with_tones_last(text: str) -> str:
    """Every tone mark behind its syllable, so that `hòa` and `hoà` are one."""
    if text.isascii():
        return text
    return _SYLLABLE.sub(
        lambda match: _TONE.sub("", match[0]) + "".join(_TONE.findall(match[0])), unicodedata.normalize("NFD", text)
    )


def _without_leading_zeros(text: str) -> str:
    return _LEADING_ZEROS.sub("", text)


_STEPS: Final[Mapping[Phrase, Callable[[str], str]]] = {
    phrase("invisible characters"): without_invisible,
    phrase("letter case"): str.casefold,
    phrase("the place of a tone mark"): _with_tones_last,
    phrase("leading zeros"): _without_leading_zeros,
}
