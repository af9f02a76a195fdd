"""What a set says of its sources: acts, citations, how much of a text is known, and which act changed what."""

from __future__ import annotations

import datetime
from enum import Enum, StrEnum
from fractions import Fraction

from attrs import field

from ncriteria.errors import TextPlace
from ncriteria.quick_classes import frozen
from ncriteria.words import Language, takes_singular


@frozen
class Bilingual:
    """A text in Vietnamese and English; where a file gives only one language, both are that one."""

    vi: str
    en: str

    def text(self, language: Language) -> str:
        """The text in `language`."""
        return self.vi if language == "vi" else self.en


@frozen
class UnitName(Bilingual):
    """What a number counts: the words behind any number, and the English word `one` behind exactly one, if it has one.

    The forms are those of CLDR's plural categories: English has `one` and `other`, Vietnamese only `other`.
    """

    one: str | None = None

    @property
    def behind_one(self) -> Bilingual | None:
        """The words behind the number 1, where they are others than behind any number."""
        return None if self.one is None else Bilingual(self.vi, self.one)

    def of(self, number: Fraction, language: Language) -> str:
        """The word behind a number in `language`."""
        return self.one if self.one is not None and takes_singular(number, language) else self.text(language)


@frozen
class Instrument:
    """The act that a criteria set encodes; of the copy at `url`, the day it was `retrieved` and its SHA-256."""

    number: str
    issuer: Bilingual
    issued: datetime.date | None = None
    in_force: datetime.date | None = None
    url: str | None = None
    retrieved: datetime.date | None = None
    sha256: str | None = None


class Basis(Enum):
    """What is known of the text that a citation points at."""

    FULL = "full"
    """The wording was read in full."""
    PART = "part"
    """Only a part of the wording was read."""
    RESTATED = "restated"
    """Another public body or a newspaper restates it."""
    REPORTED = "reported"
    """Only a local report says so."""
    MENTIONED = "mentioned"
    """Only the number, date or title is known."""
    INFERRED = "inferred"
    """It is a reading of the text, not the text."""
    NOT_FOUND = "not_found"
    """The text was looked for and not found."""


@frozen
class Citation:
    """The place in an instrument that a rule, a parameter or a change rests on, and how much of the text is known.

    Of the copy at `url`, the day on which it was `retrieved`, and its SHA-256 in hexadecimal digits. `place` is where
    the file names the instrument.
    """

    instrument: str
    at: str | None = None
    basis: Basis | None = None
    url: str | None = None
    retrieved: datetime.date | None = None
    sha256: str | None = None
    place: TextPlace | None = field(default=None, eq=False, repr=False)

    @property
    def where(self) -> str:
        """The instrument, and the place in it."""
        return f"{self.instrument}, {self.at}" if self.at else self.instrument


@frozen
class AcceptedWindows:
    """That a clause compares figures of different months, why, and the source that lets it."""

    note: Bilingual
    cite: tuple[Citation, ...]


@frozen
class AwaitedText:
    """The document that will say what a clause asks for, and who is to issue it."""

    document: Bilingual
    issuer: Bilingual


class OverlayVerb(StrEnum):
    """What a change of an extending set does to a clause, a group or a parameter."""

    REPLACE = "replace"
    ADD = "add"
    REMOVE = "remove"
    SET = "set"


@frozen
class OverlayChange:
    """One change that an extending set makes: the verb, what it changes, and the citation it rests on."""

    verb: OverlayVerb
    target: str
    cite: tuple[Citation, ...]


@frozen
class Origin:
    """A set that says something: its act, and the territory that it is particular to, `None` for the whole country."""

    id: str
    instrument: Instrument
    territory: str | None


class AfterEnd(Enum):
    """What judges a territory after the years of a set of its own: the sets around that it extends, or nothing."""

    EXTENDED = "extended"
    NONE = "none"


@frozen
class ClauseElsewhere:
    """What a clause of another set is called, and its standard where that is another one."""

    title: Bilingual
    standard_title: Bilingual | None

    @property
    def called(self) -> Bilingual:
        """The clause, with its standard behind it."""
        clause, standard = self.title, self.standard_title
        return clause if standard is None else Bilingual(f"{clause.vi} – {standard.vi}", f"{clause.en} – {standard.en}")


@frozen
class EndedSet:
    """A set of a territory after whose `last` year the sets around judge, as it says."""

    origin: Origin
    last: int


@frozen
class ChangeMade:
    """A change, and the set that made it."""

    by: Origin
    change: OverlayChange


@frozen
class ClauseOrigin:
    """The set that a clause or group is of, and what sets that extend it changed in it, the first change first."""

    origin: Origin
    changes: tuple[ChangeMade, ...] = ()


class OverlayDirection(Enum):
    """How a set says that it stands to the set that it extends: nobody passes more easily, or less."""

    STRICTER = "stricter"
    LOOSER = "looser"


@frozen
class DeclaredDirection:
    """A direction, and where the file says it."""

    direction: OverlayDirection
    place: TextPlace | None = field(default=None, eq=False, repr=False)
