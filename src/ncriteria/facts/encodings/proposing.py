"""Which encodings a text may be of: each is tried, and the words tell where the letters come out right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from attrs import field

from ncriteria.facts.cells.cells import folded
from ncriteria.facts.encodings import decoding
from ncriteria.facts.encodings.syllables import Likeness, likeness
from ncriteria.facts.formats.grid import HEADINGS_WITHIN
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.reading.documents import UNREADABLE

LOOKED_AT = 1 << 17
"""How much of a text is looked at to tell its encoding."""
_SHOWN = 60
_BETWEEN_CELLS = compiled_later("[,;\t|]")
_OF_VIETNAMESE = compiled_later("[\n\r\t -~\xc0-\u01b0\u1ea0-\u1ef9]")


@frozen
class Candidate:
    """An encoding that a text may be of, the text as it then reads, and how Vietnamese that is."""

    encoding: decoding.Encoding
    text: str = field(repr=False)
    likeness: Likeness

    @property
    def is_convincing(self) -> bool:
        """Whether the text is likely of this encoding; zeros between English letters are UTF-16 in any language."""
        return self.encoding is decoding.Encoding.UTF_16 or self.likeness.is_convincing

    def first_words(self, headings: Collection[str]) -> str:
        """The line of the headings, as it reads, or the first that has letters of Vietnamese."""
        lines = [line.strip() for line in decoding.LINE_BREAK.split(self.text) if line.strip()]
        telling = [line for line in lines if not line.isascii()] or lines or [""]
        line = max(telling[:HEADINGS_WITHIN], key=lambda line: _known(line, headings))
        line = " ".join(line.replace("\t", "; ").split())
        return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def proposed(content: bytes, headings: Collection[str], apart_from: decoding.Encoding | None = None) -> list[Candidate]:
    """The encodings that a text may be of, the best first; more than one only where they look almost alike."""
    found = [one for one in _candidates(content, headings, apart_from) if one.is_convincing]
    found.sort(key=lambda one: -one.likeness.points)
    return [one for one in found if one is found[0] or one.likeness.points * 2 > found[0].likeness.points]


def _known(line: str, headings: Collection[str]) -> int:
    return sum(folded(cell) in headings for cell in _BETWEEN_CELLS.split(line))


def words_of(headings: Iterable[str]) -> frozenset[str]:
    """The words of headings that are known, folded."""
    return frozenset(word for heading in headings for word in heading.split())


def _candidates(content: bytes, headings: Collection[str], apart_from: decoding.Encoding | None) -> Iterator[Candidate]:
    words = words_of(headings)
    for encoding, text in _readings(content, apart_from):
        if not isinstance(text, decoding.Undecoded) and not UNREADABLE.search(text):
            yield Candidate(encoding, text, likeness(text, words))


def _readings(
    content: bytes, apart_from: decoding.Encoding | None
) -> Iterator[tuple[decoding.Encoding, str | decoding.Undecoded]]:
    """The text in each encoding that it may be of; in letters of a font where it is Unicode."""
    seen = decoding.unicode_of(content)
    if seen is None and b"\0" in content:
        yield from _utf_16(content[: LOOKED_AT * 2])
        return
    if seen is not None and apart_from not in decoding.OF_UNICODE:
        yield decoding.Encoding.UTF_8, seen[:LOOKED_AT]
    start = _cut(content)
    if decoding.marked(content) is None and apart_from is not decoding.Encoding.WINDOWS_1258:
        yield decoding.Encoding.WINDOWS_1258, decoding.decode(start, decoding.Encoding.WINDOWS_1258)
    for encoding in decoding.OF_FONTS:
        if encoding is not apart_from:
            yield encoding, decoding.decode(start, encoding) if seen is None else drawn(seen[:LOOKED_AT], encoding)


def drawn(text: str, encoding: decoding.Encoding) -> str | decoding.Undecoded:
    """The text that a font shows of letters of Western Europe."""
    content = decoding.as_in_fonts(text)
    return content if isinstance(content, decoding.Undecoded) else decoding.decode(content, encoding)


def _utf_16(content: bytes) -> Iterator[tuple[decoding.Encoding, str | decoding.Undecoded]]:
    """UTF-16 without a mark: its bytes have zeros where English letters and separators stand."""
    order = decoding.utf_16_order(content)
    text = decoding.decode(content, order) if order is not None else None
    if isinstance(text, str) and len(_OF_VIETNAMESE.findall(text)) * 10 >= len(text) * 9:
        yield decoding.Encoding.UTF_16, text


def _cut(content: bytes) -> bytes:
    """The first lines of a text, as much as tells its encoding."""
    end = content.rfind(b"\n", 0, LOOKED_AT) + 1
    return content if len(content) <= LOOKED_AT else content[: end or LOOKED_AT]
