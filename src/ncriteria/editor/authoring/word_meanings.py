"""What the words mean that stand under keys of a criteria file."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final, TypeVar

from ncriteria.sets.keys.heading import one_of
from ncriteria.sets.model import Encodes, FactType, Level, Verdict
from ncriteria.sets.names import BASES, ENCODES, LEVELS, TYPES, VERDICTS, YEARS_JUDGED
from ncriteria.sets.sources import Basis
from ncriteria.sets.years.days_in_force import YearsJudged
from ncriteria.words import Message, Words

E = TypeVar("E", bound=Enum)
_AGGREGATES: Final[Mapping[str, Message]] = {
    "sum": Message("added up"),
    "any": Message("true where it is true of one of them"),
    "all": Message("true where it is true of each of them"),
    "none": Message("not put together: asked for anew"),
}


def _by_word(names: Mapping[E, Message]) -> dict[str, Message]:
    return {str(one.value): told for one, told in names.items()}


_TOLD: Final[Mapping[tuple[str, ...], Mapping[str, Message]]] = {
    one_of(Encodes).words: _by_word(ENCODES),
    one_of(Basis).words: _by_word(BASES),
    one_of(Level).words: _by_word(LEVELS),
    one_of(FactType).words: _by_word({**TYPES, FactType.ENUMERATION: Message("one of the `options`")}),
    one_of(Verdict).words: _by_word(VERDICTS),
    one_of(YearsJudged).words: _by_word(YEARS_JUDGED),
    tuple(_AGGREGATES): _AGGREGATES,
}


def word_told(words: tuple[str, ...], word: str, say: Words) -> str:
    """What one of some words means; nothing where it says so itself."""
    told = _TOLD.get(words, {}).get(word)
    return "" if told is None else say.this(told)
