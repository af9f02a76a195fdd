"""The words that offices write for the levels of units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.units.identifiers import twin_key
from ncriteria.language.hints.lookalikes import skeleton, told_apart
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.patterns import compiled_later
from ncriteria.sets.model import Level
from ncriteria.words import Phrase, phrase

LEVEL_WORDS: Final[Mapping[Level, tuple[str, ...]]] = {
    Level.AGENCY: ("agency", "cơ quan"),
    Level.ENTERPRISE: ("enterprise", "firm", "doanh nghiệp"),
    Level.SCHOOL: ("school", "educational institution", "cơ sở giáo dục"),
    Level.HAMLET: (
        *("hamlet", "ấp", "thôn", "xóm", "bản", "buôn", "bon", "làng", "sóc", "phum", "khóm", "khu phố", "kp", "kp."),
        *("tổ dân phố", "tdp", "tdp.", "khu dân cư", "kdc", "kdc."),
    ),
    Level.COMMUNE: ("commune", "xã", "x", "x.", "phường", "p", "p.", "thị trấn", "tt", "tt.", "đặc khu"),
    Level.DISTRICT: ("district", "huyện", "h", "h.", "quận", "q", "q.", "thị xã", "tx", "tx."),
    Level.PROVINCE: ("province", "tỉnh", "t", "t."),
}
"""Every word of a level, in small letters and composed; what stands for two levels is in `CITY_WORDS`."""
CITY_WORDS: Final = ("thành phố", "tp", "tp.")
"""A city may be a district or a province."""
_LEVEL_OF = {skeleton(word): level for level, words in LEVEL_WORDS.items() for word in words}
WRITE_A_LEVEL: Final = phrase(
    "write hamlet, commune, district or province (ấp, xã, huyện, tỉnh), or agency, enterprise or school "
    "(cơ quan, doanh nghiệp, cơ sở giáo dục)"
)


@lru_cache(maxsize=1024)
def level_of(text: str) -> Level | None:
    """The level that a word stands for, in capital or small letters, or letters that look alike."""
    return _LEVEL_OF.get(" ".join(skeleton(text).split()))


def no_level(text: str, place: CellPlace) -> Problem:
    """Why `text` is not read as a level."""
    if folded(text) in CITY_WORDS:
        message = phrase('"{text}" may be a district or a province', text=text[:40])
    else:
        message = phrase('"{text}" is no level', text=text[:40])
    return Problem("NC213", message, place, WRITE_A_LEVEL)


def without_level(name: str) -> str:
    """The name of a unit without the word of its level before it, folded: `Xã Tân Hòa` becomes `tân hòa`."""
    text = folded(name)
    prefix = _PREFIX.match(text)
    return text[prefix.end() :] if prefix else text


_ALIKE: Final = 0.8
"""How alike two names are of which one may be a slip for the other: Tân Hòa is not for Tân Phong."""


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """What the ways to write the name of a unit have in common, with the word of its level or without."""
    return twin_key(without_level(name))


def unit_meant(text: str, units: Iterable[tuple[str, str | None]]) -> Phrase | None:
    """A hint with the unit, of identifiers and names, that may have been meant.

    Of a text of several words names are compared first, without the word of their level, which many share.
    """
    known = tuple(units)
    names = dict.fromkeys(name for _, name in known if name is not None)
    written = [*names, *(unit for unit, _ in known)]
    if " " in text.strip() and told_apart(text, written) is None:
        from difflib import get_close_matches

        by_key = {name_key(name): name for name in names}
        near = get_close_matches(name_key(text), by_key, n=1, cutoff=_ALIKE)
        return phrase("did you mean `{name}`?", name=by_key[near[0]]) if near else None
    return did_you_mean(text, written)


def named_levels(name: str) -> tuple[Level, ...]:
    """The levels that the word before the name of a unit may stand for, from the commune upward; none for no such word.

    Communes are called Bản Phố and Làng Nhì, so a word of hamlets tells nothing; a city may be of two levels.
    """
    prefix = _PREFIX.match(folded(name))
    word = "" if prefix is None else prefix[0].strip()
    if word in CITY_WORDS:
        return Level.DISTRICT, Level.PROVINCE
    level = level_of(word)
    return () if level in (None, Level.HAMLET) else (level,)


def _prefix(word: str) -> str:
    return re.escape(word) + (" ?" if word.endswith(".") else " ")


_WORDS = (*CITY_WORDS, *(word for words in LEVEL_WORDS.values() for word in words))
_PREFIX = compiled_later("|".join(_prefix(word) for word in sorted(_WORDS, key=len, reverse=True) if len(word) > 1))
