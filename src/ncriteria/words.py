"""What people read, in their language: messages, numbers and days.

The English text in the code is the key. `locale` has a catalogue for each other language, in which `make messages`
gathers every text that the code says.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache, reduce
from gettext import NullTranslations
from math import floor, log10
from pathlib import Path
from struct import unpack_from
from typing import Final, Literal, Protocol, runtime_checkable

from ncriteria.quick_classes import frozen

Language = Literal["vi", "en"]
LANGUAGES: Final[tuple[Language, Language]] = ("vi", "en")
"""The languages that people read, that of the documents first."""

LOCALE: Final = Path(__file__).with_name("locale")
_DOMAIN: Final = "ncriteria"
_SOURCE: Final = "en"
_MARKS: Final = {"vi": (",", "."), "en": (".", ",")}
"""The mark before decimals, and that between thousands."""
_MOST_DECIMALS = 12
_MOST_BITS = 10_000
_TWO_DIGITS = 10


@frozen
class Message:
    """A message that is told later, such as what a verdict is called: the English text, with `{name}` for values."""

    text: str

    def as_phrase(self) -> Phrase:
        """The message within another one, which is told when that is."""
        return Phrase(self.text, {})


class Phrase(str):
    """What a problem says, in English, which can be said again in another language: its text and what fills it.

    It is the English text everywhere else.
    """

    text: str
    values: Mapping[str, object]

    def __new__(cls, text: str, values: Mapping[str, object]) -> Phrase:
        """The phrase; each `{name}` in `text` is filled with the value of that name."""
        made = super().__new__(cls, text.format_map(values))
        made.text, made.values = text, values
        return made

    def __reduce__(self) -> tuple[type[Phrase], tuple[str, Mapping[str, object]]]:
        return Phrase, (self.text, self.values)


def phrase(text: str, /, **values: object) -> Phrase:
    """A phrase whose English is `text`, filled with values, which may be phrases themselves."""
    return Phrase(text, values)


def joined(separator: str, parts: Iterable[object]) -> Phrase:
    """Several texts or values as one, each said again by itself."""
    values = {f"part{place}": part for place, part in enumerate(parts)}
    return Phrase(separator.replace("{", "{{").replace("}", "}}").join(f"{{{name}}}" for name in values), values)


def all_of(parts: Iterable[str]) -> str:
    """Texts as a list in words, `a and b`, each said again by itself; there is at least one."""
    return reduce(lambda before, last: phrase("{before} and {last}", before=before, last=last), parts)


def one_of(parts: Iterable[str]) -> str:
    """Texts to choose from, `a or b`, each said again by itself; there is at least one."""
    return reduce(lambda before, last: phrase("{before} or {last}", before=before, last=last), parts)


@runtime_checkable
class SaidInWords(Protocol):
    """A value that each language says in its own way."""

    def in_words(self, say: Words) -> str:
        """The value in the language of `say`."""
        ...


class _Catalogue(NullTranslations):
    """A compiled catalogue of a language of one plural form, in which a message is looked up when it is first said.

    `GNUTranslations` would read all of them, which took as long as judging a small table. The texts are in order, as
    "The Format of GNU MO Files" of the manual of GNU gettext has it.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._content = content
        self._count, self._texts, self._said = unpack_from("<8x3I", content)
        self._known: dict[str, str | None] = {}

    def gettext(self, message: str) -> str:
        return self._of(message) or message

    def pgettext(self, context: str, message: str) -> str:
        return self._of(f"{context}\4{message}") or message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._of(f"{msgid1}\0{msgid2}") or (msgid1 if n == 1 else msgid2)

    def _of(self, key: str) -> str | None:
        if key not in self._known:
            self._known[key] = self._found(key.encode())
        return self._known[key]

    def _found(self, key: bytes) -> str | None:
        place = bisect_left(range(self._count), key, key=lambda at: self._entry(self._texts, at))
        if place == self._count or self._entry(self._texts, place) != key:
            return None
        return self._entry(self._said, place).decode()

    def _entry(self, table: int, at: int) -> bytes:
        length, start = unpack_from("<2I", self._content, table + 8 * at)
        return self._content[start : start + length]


@frozen
class Words:
    """Says messages in one language: `say("at most {limit}", limit=3)`.

    The text is written out where it is said, for the catalogue is gathered from the code. A number that is a fraction
    and a day are told as the language writes them; a whole number that Python counts, such as a year, as it is.
    """

    language: Language
    _catalogue: NullTranslations

    def __call__(self, text: str, /, **values: object) -> str:
        """The message whose English is `text`."""
        return self._filled(self._catalogue.gettext(text), values)

    def within(self, context: str, text: str, /, **values: object) -> str:
        """The message where its English alone means several things, such as `at most` of what is and what may be."""
        return self._filled(self._catalogue.pgettext(context, text), values)

    def plural(self, one: str, many: str, /, *, count: int, **values: object) -> str:
        """The message in the form for `count`, which fills `{count}`."""
        return self._filled(self._catalogue.ngettext(one, many, count), {"count": count, **values})

    def this(self, message: Message, /, **values: object) -> str:
        """A message that a table holds: `say.this(VERDICTS[verdict])`."""
        return self._filled(self._catalogue.gettext(message.text), values)

    def again(self, text: str) -> str:
        """A text in this language, where it is a phrase; any other stays as it is."""
        if not isinstance(text, Phrase) or not text or self.language == _SOURCE:
            return text
        filled = {name: self.again(value) if isinstance(value, str) else value for name, value in text.values.items()}
        return self._filled(self._catalogue.gettext(text.text), filled)

    def _filled(self, text: str, values: dict[str, object]) -> str:
        for name, value in values.items():
            if not isinstance(value, (str, int)):  # which most are
                values[name] = self._told(value)
        return text.format_map(values)

    def _told(self, value: object) -> object:
        match value:
            case Fraction():
                return self.number(value)
            case datetime.date():
                return self.day(value)
            case SaidInWords():
                return value.in_words(self)
            case _:
                return value

    def number(self, value: Fraction) -> str:
        """A number as people read it: exactly, and before it about how much that is where decimals do not end."""
        exact = self.exact(value)
        if "/" not in exact:
            return exact
        return self("about {near} ({exact})", near=self.exact(_near(value, places=2)), exact=exact)

    def exact(self, value: Fraction) -> str:
        """An exact number: `1.704,5` in Vietnamese, `1,704.5` in English; a fraction where decimals do not end soon.

        A number with thousands of digits is told by how many they are.
        """
        if -1000 < (number := value.numerator) < 1000 and value.denominator == 1:  # as most are
            return str(number)
        bits = max(value.numerator.bit_length(), value.denominator.bit_length())
        if bits > _MOST_BITS:
            return self("a number of about {digits} digits", digits=int(bits * log10(2)))
        before_decimals, between_thousands = _MARKS[self.language]
        for places in range(_MOST_DECIMALS + 1):
            scaled = value * 10**places
            if scaled.denominator == 1:
                digits = f"{abs(scaled.numerator):0{places + 1}d}"
                whole, decimals = (digits[:-places], digits[-places:]) if places else (digits, "")
                grouped = f"{int(whole):,}".replace(",", between_thousands) if len(whole) <= 40 else whole
                sign = "-" if value < 0 else ""
                return sign + grouped + (before_decimals + decimals if decimals else "")
        return f"{value.numerator}/{value.denominator}"

    def percent(self, value: Fraction) -> str:
        """A share in percent: `95%`; rounded to a decimal where they do not end soon, the exact value beside."""
        hundreds = value * 100
        exact = self.exact(hundreds)
        if "/" not in exact:
            return f"{exact}%"
        about = self.exact(_near(hundreds, places=1))
        return self("about {about}% ({exact}%)", about=about, exact=exact)

    def day(self, day: datetime.date) -> str:
        """A day: `31/03/2026` in Vietnamese, `2026-03-31` in English."""
        return day.strftime("%d/%m/%Y") if self.language == "vi" else day.isoformat()

    def month_and_day(self, day: datetime.date) -> str:
        """A day of any year: `31/10` in Vietnamese, `10-31` in English."""
        return f"{day:%d/%m}" if self.language == "vi" else f"{day:%m-%d}"

    def month(self, year: int, month: int) -> str:
        """A month: `03/2026` in Vietnamese, `2026-03` in English."""
        return f"{month:02d}/{year}" if self.language == "vi" else f"{year}-{month:02d}"


def about(value: Fraction) -> Fraction:
    """About how much a number is: with two decimals, or as many as show two digits of it."""
    return _near(value, places=2)


def _near(value: Fraction, places: int) -> Fraction:
    """`value` rounded to so many decimals, or to as many more as show two digits of it."""
    while abs(value) * 10**places < _TWO_DIGITS and places < _MOST_DECIMALS:
        places += 1
    return Fraction(floor(value * 10**places + Fraction(1, 2)), 10**places)


def takes_singular(number: Fraction, language: Language) -> bool:
    """Whether the word behind a number is that for one: of CLDR's category `one`.

    In English that is 1 without decimals (`i = 1 and v = 0`, of the number without its sign); in Vietnamese no number.
    """
    return language == "en" and abs(number) == 1


@cache
def words(language: Language) -> Words:
    """The words of `language`, whose catalogue is read once."""
    if language == _SOURCE:
        return Words(language, NullTranslations())
    return Words(language, _Catalogue((LOCALE / language / "LC_MESSAGES" / f"{_DOMAIN}.mo").read_bytes()))
