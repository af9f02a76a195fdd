"""What is said in both languages as templates, from which the numbers are taken out, and the numbers that fill them.

The page says what Python says: it puts the numbers back and knows no sentence of its own. Most sentences of a table
differ only in their numbers, so that each template is kept once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import field

from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen

Template = tuple[str | int, ...]
"""Texts, and in their midst which of the numbers stands there."""
Pair = tuple[str, str]
"""A text in Vietnamese and in English."""

_NUMBER: Final = compiled_later(r"(\d+(?:[.,]\d+)*)")
_EXCHANGED: Final = str.maketrans(".,", ",.")


@frozen
class Sentence:
    """A text in both languages: its template, and the numbers of the Vietnamese text as they stand there."""

    template: int
    numbers: tuple[str, ...]


@frozen
class Sentences:
    """The templates of all that was said so far, each once, in the order in which they were met."""

    templates: dict[tuple[Template, Template], int] = field(factory=dict)
    _said: dict[Pair, Sentence] = field(factory=dict)

    def of(self, vi: str, en: str) -> Sentence:
        """What is said, taken apart."""
        if (vi, en) not in self._said:
            template, numbers = taken_apart(vi, en)
            number = self.templates.setdefault(template, len(self.templates))
            self._said[vi, en] = Sentence(number, numbers)
        return self._said[vi, en]


def taken_apart(vi: str, en: str) -> tuple[tuple[Template, Template], tuple[str, ...]]:
    """The templates of a text in both languages, and the numbers of the Vietnamese one.

    The English template names those numbers that it has, too, with the marks of decimals and thousands exchanged; any
    other number is a part of its text.
    """
    pieces = _NUMBER.split(vi)
    numbers = tuple(pieces[1::2])
    own: list[str | int] = [text if place % 2 == 0 else place // 2 for place, text in enumerate(pieces)]
    return (_joined(own), _joined(_named(_NUMBER.split(en), numbers))), numbers


def _named(pieces: Sequence[str], numbers: Sequence[str]) -> list[str | int]:
    left = dict(enumerate(numbers))
    named: list[str | int] = []
    for place, piece in enumerate(pieces):
        found = None
        if place % 2:
            told = exchanged(piece)
            found = place // 2 if left.get(place // 2) == told else _first(left, told)
        if found is None:
            named.append(piece)
        else:
            named.append(found)
            del left[found]
    return named


def _first(left: dict[int, str], told: str) -> int | None:
    return next((place for place, number in left.items() if number == told), None)


def _joined(parts: Sequence[str | int]) -> Template:
    """The parts with texts beside each other put together, and empty ones left out."""
    joined: list[str | int] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return tuple(joined)


def exchanged(number: str) -> str:
    """A number as the other language writes it."""
    return number.translate(_EXCHANGED)


def filled(template: Template, numbers: Sequence[str]) -> str:
    """The Vietnamese text of a template; the page does the same."""
    return "".join(part if isinstance(part, str) else numbers[part] for part in template)
