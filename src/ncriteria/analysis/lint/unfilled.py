"""What a file that was begun still leaves to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ncriteria.errors import Problem, TextPlace
from ncriteria.sets.files.begun import TO_FILL_IN, is_unfilled
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.sources import Bilingual, Citation
from ncriteria.words import joined, phrase

_Said = Iterable[tuple[str, Bilingual | str | None]]


def unfilled(criteria: CriteriaSet) -> Iterator[Problem]:
    """A warning for the set, and for each fact, parameter, clause and group, in which something is to be filled in."""
    act = criteria.instrument
    header = (
        ("standard", criteria.standard_title),
        ("title", criteria.title),
        ("instrument.number", act.number),
        ("instrument.issuer", act.issuer),
        ("note", criteria.note),
    )
    yield from _told(phrase("the set"), header, TextPlace(1, 1, file=criteria.source))
    for fact in criteria.facts.values():
        said = (("title", fact.title), ("unit", fact.unit), ("note", fact.note))
        yield from _told(f"`{fact.name}`", said, fact.place)
    for parameter in criteria.parameters.values():
        said_of_parameter = (("title", parameter.title), ("note", parameter.note), *_cited(parameter.cite))
        yield from _told(f"`{parameter.name}`", said_of_parameter, parameter.place)
    for member in criteria.members():
        said_of_member = (("title", member.title), ("note", member.note), *_cited(member.cite))
        yield from _told(f'"{member.path}"', said_of_member, member.place)


def _cited(cite: Iterable[Citation]) -> _Said:
    return [("cite", text) for one in cite for text in (one.instrument, one.at)]


def _told(whose: str, said: _Said, place: TextPlace | None) -> Iterator[Problem]:
    keys = dict.fromkeys(key for key, text in said if is_unfilled(text))
    if keys:
        message = phrase(
            "to be filled in of {whose}: {keys}", whose=whose, keys=joined(", ", (f"`{key}`" for key in keys))
        )
        yield Problem("NC454", message, place, phrase("write what the text says in place of `{mark}`", mark=TO_FILL_IN))
