"""What an attestation is: a clause or a fact that a named body decides, with the document that says so."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from types import NoneType

from attrs import field

from ncriteria.errors import CellPlace, Problem, expect
from ncriteria.facts.units.identifiers import normal_identifier, shows_nothing
from ncriteria.language.values import AtLeast, AtMost, Interval, Unknown
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Verdict
from ncriteria.words import joined, phrase

AttestedValue = (
    Verdict
    | int
    | Fraction
    | Decimal
    | float
    | bool
    | str
    | datetime.date
    | AtLeast
    | AtMost
    | Interval
    | Unknown
    | None
)
"""A verdict on a clause, for which `True` and `False` may stand; the value of a fact."""


_NEEDED = (
    ("content", phrase("a clause or a fact")),
    ("by", phrase("a body")),
    ("document", phrase("a document")),
)
"""What an attestation says at least, and what that is."""


def _composed(text: object) -> object:
    return unicodedata.normalize("NFC", text).strip() if isinstance(text, str) else text


def _identifier(text: object) -> object:
    return normal_identifier(text) if isinstance(text, str) else text


@frozen(kw_only=True)
class Attestation:
    """What a named body says of one unit in one assessment year, and where it says so.

    `content` is the path of a clause, perhaps after its standard and a colon, or the name of a fact. `value` is the
    verdict on the clause (`True` is met, `False` not met), or the value of the fact. `by` is who attests, `document`
    what it is written in, `date` the day of that. Without `unit` and `year` it is of the record that is judged with it.

    Raises `FactsError` where `content`, `by` or `document` is blank.
    """

    content: str = field(converter=_composed)
    value: AttestedValue
    by: str = field(converter=_composed)
    document: str = field(converter=_composed)
    date: datetime.date | None = None
    unit: str | None = field(default=None, converter=_identifier)
    year: int | None = None
    place: CellPlace | None = field(default=None, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        blank = []
        for name, what in _NEEDED:
            given = getattr(self, name)
            expect(f"`{name}` of an attestation", given, str, f"the name of {what}")
            if shows_nothing(given):
                message = phrase("the attestation does not say its `{name}`: {what} is needed", name=name, what=what)
                blank.append(Problem("NC291", message, self.place))
        expect("`date` of an attestation", self.date, (datetime.date, NoneType), "a datetime.date")
        expect("`unit` of an attestation", self.unit, (str, NoneType), "the identifier of a unit")
        expect("`year` of an attestation", self.year, (int, NoneType), "a year as a whole number")
        if blank:
            from ncriteria.facts.table import FactsError  # whose rows have attestations

            raise FactsError(blank)

    @property
    def standard(self) -> str | None:
        """The standard that `content` names before a colon."""
        standard, colon, _ = self.content.rpartition(":")
        return standard if colon else None

    @property
    def path(self) -> str:
        """`content` without its standard."""
        return self.content.rpartition(":")[2]


def repeated(attestations: Iterable[Attestation]) -> Iterator[Problem]:
    """A problem for each attestation of what another one attests already, with the places of both."""
    first: dict[tuple[object, ...], Attestation] = {}
    for one in attestations:
        key = one.unit, one.year, one.content
        if key in first:
            other = first[key]
            hint = phrase("find out which holds, and leave the other out")
            yield Problem("NC293", _attested_twice(one, other), one.place, hint)
        first.setdefault(key, one)


def _attested_twice(one: Attestation, first: Attestation) -> str:
    whose = " ".join(str(part) for part in (one.unit, one.year) if part is not None)
    content = f"`{one.content}`"
    what = phrase("{content} of {whose}", content=content, whose=whose) if whose else content
    told = (
        phrase("{what} is attested twice", what=what)
        if first.value == one.value
        else phrase("{what} is attested twice differently", what=what)
    )
    where = [] if first.place is None else [phrase("first in {place}", place=first.place.as_phrase())]
    return joined(", ", [told, *where])
