"""What a set says of itself and of its sources: texts, citations, acts, years, windows, and its heading."""

from __future__ import annotations

from enum import Enum
from typing import Final

from ncriteria.sets.keys.shapes import (
    EitherShape,
    EntryShape,
    KeysShape,
    ListShape,
    ScalarKind,
    ScalarShape,
    Shape,
    WordShape,
)
from ncriteria.sets.model import Level
from ncriteria.sets.sources import Basis
from ncriteria.sets.years.days_in_force import YearsJudged
from ncriteria.words import phrase


def one(kind: ScalarKind) -> ScalarShape:
    """A single value."""
    return ScalarShape(kind)


def one_of(kind: type[Enum]) -> WordShape:
    """One of the words of an enumeration."""
    return WordShape(tuple(str(one.value) for one in kind))


def must(shape: Shape, told: str) -> EntryShape:
    """What must stand under a key, and what it says."""
    return EntryShape(shape, told, required=True)


may = EntryShape
"""What may stand under a key, and what it says."""
TEXT, IDENTIFIER, RULE = one(ScalarKind.TEXT), one(ScalarKind.IDENTIFIER), one(ScalarKind.RULE)
TRUTH, WHOLE, YEAR, DAY = (one(kind) for kind in (ScalarKind.TRUTH, ScalarKind.WHOLE, ScalarKind.YEAR, ScalarKind.DAY))
ADDRESS, NUMBER, VALUE = one(ScalarKind.ADDRESS), one(ScalarKind.NUMBER), one(ScalarKind.VALUE)
MONTH_AND_DAY = one(ScalarKind.MONTH_AND_DAY)

LANGUAGES: Final = KeysShape(
    "languages",
    {"vi": may(TEXT, phrase("in Vietnamese")), "en": may(TEXT, phrase("in English"))},
    one_of=(("vi", "en"),),
)
TITLE = EitherShape((TEXT, LANGUAGES))
UNIT_FORMS: Final = KeysShape(
    "unit_forms",
    {
        "one": must(TEXT, phrase("the word behind the number 1, such as `case`")),
        "other": must(TEXT, phrase("the word behind any other number, such as `cases`")),
    },
)
UNIT_LANGUAGES: Final = KeysShape(
    "unit_languages",
    {
        "vi": may(TEXT, phrase("in Vietnamese")),
        "en": may(EitherShape((TEXT, UNIT_FORMS)), phrase("in English, as one word or by number")),
    },
    one_of=(("vi", "en"),),
)
UNIT = EitherShape((TEXT, UNIT_LANGUAGES))
CALLED = phrase("what it is called, in Vietnamese and English or once for both")
NOTE = may(TITLE, phrase("what a reader must know: a reading, a doubt, a choice"))
IDENTIFIED = phrase("an identifier: letters, digits, `.`, `_` and `-`")

CITATION: Final = KeysShape(
    "citation",
    {
        "instrument": must(TEXT, phrase("the number of the act, such as 04/HD-BCA-V05")),
        "at": may(TEXT, phrase("the place in it: article, clause, point")),
        "basis": may(one_of(Basis), phrase("how much of the text was read")),
        "url": may(ADDRESS, phrase("where it can be read")),
        "retrieved": may(DAY, phrase("the day on which it was read there")),
        "sha256": may(one(ScalarKind.DIGEST), phrase("the SHA-256 of the copy that was read")),
    },
)
CITED = ListShape(CITATION, 1)
CITE = phrase("where it is said, one citation or more")

TITLED: Final = KeysShape("titled", {"id": must(IDENTIFIER, IDENTIFIED), "title": must(TITLE, CALLED)})
OPTION = KeysShape(
    "option", {"id": must(TEXT, phrase("the value as rules and tables have it")), "title": must(TITLE, CALLED)}
)
OPTIONS = ListShape(EitherShape((TEXT, OPTION)))

INSTRUMENT: Final = KeysShape(
    "instrument",
    {
        "number": must(TEXT, phrase("its number, such as 04/HD-BCA-V05")),
        "issuer": must(TITLE, phrase("who issued it")),
        "issued": may(DAY, phrase("the day on which it was issued, such as 2024-03-18")),
        "in_force": may(DAY, phrase("the day from which it is in force")),
        "url": may(ADDRESS, phrase("where it can be read")),
        "retrieved": may(DAY, phrase("the day on which it was read there")),
        "sha256": may(one(ScalarKind.DIGEST), phrase("the SHA-256 of the copy that was read")),
    },
)
YEARS: Final = KeysShape(
    "years",
    {
        "from": must(YEAR, phrase("the first assessment year")),
        "to": may(YEAR, phrase("the last assessment year; without it the end is open")),
    },
)
WINDOW: Final = KeysShape(
    "window",
    {
        "from": must(MONTH_AND_DAY, phrase('the first day, with the month before the day: "11-01"')),
        "to": must(MONTH_AND_DAY, phrase('the last day, with the month before the day: "10-31"')),
        "cite": must(CITED, CITE),
    },
)
IN_FORCE: Final = KeysShape(
    "in_force",
    {
        "from": may(DAY, phrase("the first day; without it, that of the instrument")),
        "to": may(DAY, phrase("the last day; without it the end is open")),
        "judges": may(one_of(YearsJudged), phrase("which assessment years it judges, where not those that end then")),
        "cite": may(CITED, CITE),
    },
)
OWN_WINDOW = EitherShape((IDENTIFIER, WINDOW))
HEADER: Final = KeysShape(
    "set",
    {
        "id": must(IDENTIFIER, phrase("the identifier of this set; stable, and never used again for another")),
        "standard": must(EitherShape((IDENTIFIER, TITLED)), phrase("the line of successive sets that it belongs to")),
        "title": must(TITLE, CALLED),
        "instrument": must(INSTRUMENT, phrase("the act that it encodes")),
        "years": may(YEARS, phrase("the assessment years that it holds for, both ends included")),
        "in_force": may(IN_FORCE, phrase("instead of `years`: the days in which the set is in force")),
        "level": must(one_of(Level), phrase("the level of the units that are judged")),
        "territory": may(IDENTIFIER, phrase("the unit that the set is particular to, with the units inside it")),
        "supersedes": may(IDENTIFIER, phrase("the identifier of the set before it")),
        "window": may(OWN_WINDOW, phrase("the twelve months of an assessment year, where it is not the calendar year")),
        "only_when_named": may(TRUTH, phrase("whether tables are judged under it only where its standard is named")),
        "note": NOTE,
    },
    one_of=(("years", "in_force"),),
)
