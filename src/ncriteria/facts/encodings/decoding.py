"""From bytes to text, exactly: a byte that an encoding does not have is told with its place."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final, assert_never
from unicodedata import normalize

from ncriteria.facts.encodings.letters import TCVN, TONES, TYPED_MARKS, VNI
from ncriteria.facts.encodings.syllables import is_syllable
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.reading.documents import UNREADABLE
from ncriteria.words import joined, phrase

MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
"""The marks with which a text may begin, and the encoding that each stands for."""

LINE_BREAK = compiled_later("\r\n|\r|\n")
_VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_STRAY_TONE = compiled_later(f"(?<![{_VOWELS}])[{TONES}]")
_TYPED_MARK = compiled_later(f"[{''.join(map(chr, TYPED_MARKS))}]")
_OPENING = "‘“"
_WINDOWS_1252: Mapping[str, str] = {bytes((b,)).decode("cp1252", "ignore") or chr(b): chr(b) for b in range(256)}
_VNI_WRITTEN = compiled_later("|".join(sorted(VNI, key=len, reverse=True)))
_VNI_SIGNS = {byte: shown for byte in range(0x80, 0xA0) if (shown := bytes((byte,)).decode("cp1252", "ignore"))}
_NOT_OF_VNI = compiled_later(f"[\xc0-\xff{''.join(chr(byte) for byte in range(0x80, 0xA0) if byte not in _VNI_SIGNS)}]")


class Encoding(Enum):
    """The encodings of texts that are read, by the names that they are asked for with."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"
    WINDOWS_1258 = "windows-1258"
    TCVN3 = "tcvn3"
    VNI = "vni"


OF_UNICODE: Final = (Encoding.UTF_8, Encoding.UTF_16, Encoding.UTF_16_LE, Encoding.UTF_16_BE)
OF_FONTS: Final = (Encoding.TCVN3, Encoding.VNI)
"""Encodings that only fonts show: programs take the letters for those of Western Europe, and save them as Unicode."""


@frozen
class Undecoded:
    """Where a text is not of an encoding: the place of the first such byte or character, its line, and what it is."""

    place: int
    line: int
    what: str


def decode(content: bytes, encoding: Encoding) -> str | Undecoded:
    """The text of `content`, composed (NFC) where letters are written with marks of their own."""
    match encoding:
        case Encoding.UTF_8 | Encoding.UTF_16_LE | Encoding.UTF_16_BE:
            return _by_python(content, encoding.value)
        case Encoding.UTF_16:
            order = utf_16_order(content)
            if order is None:
                return Undecoded(0, 1, phrase("the order of the bytes is not told by a mark, and cannot be seen"))
            return _by_python(content, order.value)
        case Encoding.WINDOWS_1258:
            return _windows_1258(content)
        case Encoding.TCVN3:
            return _composed(content, _tcvn3(content))
        case Encoding.VNI:
            return _vni(content)
        case _:
            assert_never(encoding)


def marked(content: bytes) -> Encoding | None:
    """The encoding whose mark a text begins with."""
    return next((Encoding(name) for mark, name in MARKS if content.startswith(mark)), None)


def unicode_of(content: bytes) -> str | None:
    """The text where it is Unicode for sure: by its mark, or because other letters than English make UTF-8.

    In TCVN3 and VNI the bytes of one letter of UTF-8 would be vowels that no syllable has beside each other.
    """
    mark = marked(content)
    text = _by_python(content, (mark or Encoding.UTF_8).value)
    if isinstance(text, Undecoded) or (mark is None and text.isascii()):
        return None
    return text.removeprefix("\ufeff")


def utf_16_order(content: bytes) -> Encoding | None:
    """The order of the bytes of UTF-16: as its mark says, or with which more characters are of ASCII."""
    if (found := marked(content)) in (Encoding.UTF_16_LE, Encoding.UTF_16_BE):
        return found
    first, second = content[::2].count(0), content[1::2].count(0)
    if first == second:
        return None
    return Encoding.UTF_16_LE if second > first else Encoding.UTF_16_BE


def as_in_fonts(text: str) -> bytes | Undecoded:
    """The bytes of a text whose letters are meant for a font, as programs that know no such font saved it."""
    shown = [_WINDOWS_1252.get(character) for character in text]
    if None in shown:
        place = shown.index(None)
        what = phrase('"{letter}" is no letter that these fonts draw anew', letter=text[place])
        return Undecoded(place, _line(text[:place]), what)
    return "".join(filter(None, shown)).encode("latin-1")


def _by_python(content: bytes, name: str) -> str | Undecoded:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        line = _line(content[: error.start].decode(name, "ignore"))
        what = phrase(
            "byte {place} (0x{byte}) is not {encoding}",
            place=error.start,
            byte=f"{content[error.start]:02x}",
            encoding=name.upper(),
        )
        return Undecoded(error.start, line, what)


def _windows_1258(content: bytes) -> str | Undecoded:
    try:
        return _composed(content, content.decode("cp1258"))
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("cp1258")
        return _wrong(content, error.start, before, phrase("no character of windows-1258"))


def _tcvn3(content: bytes) -> str:
    """The text of TCVN 5712, with the marks that Word and Excel put where they cannot be a capital of a word."""
    seen = content.decode("latin-1")
    text = seen.translate(TCVN)
    marks = {match.start() for match in _TYPED_MARK.finditer(seen) if not _is_capital(text, seen, match.start())}
    if not marks:
        return text
    return "".join(TYPED_MARKS[ord(seen[at])] if at in marks else letter for at, letter in enumerate(text))


def _is_capital(text: str, seen: str, at: int) -> bool:
    """Whether a byte with two meanings is a letter: with it, the word is a syllable with a capital or in capitals."""
    start = end = at
    while start > 0 and text[start - 1].isalpha() and at - start < 9:
        start -= 1
    while end + 1 < len(text) and text[end + 1].isalpha() and end - at < 9:
        end += 1
    word = text[start : end + 1]
    opens = start == at and TYPED_MARKS[ord(seen[at])] in _OPENING
    is_cased = word.isupper() or (start == at and word[1:].islower())
    return len(word) > 1 and is_cased and not opens and is_syllable(word)


def _composed(content: bytes, text: str) -> str | Undecoded:
    """The text with each tone on its letter."""
    if stray := _STRAY_TONE.search(text):
        return _wrong(content, stray.start(), text[: stray.start()], phrase("a tone without a vowel"))
    return normalize("NFC", text)


def _vni(content: bytes) -> str | Undecoded:
    seen = content.decode("latin-1")
    if wrong := _NOT_OF_VNI.search(_VNI_WRITTEN.sub(lambda match: "-" * len(match[0]), seen)):
        at = wrong.start()
        return _wrong(
            content, at, _vni_letters(seen[:at]), phrase("no letter of vni, and no mark of the letter before it")
        )
    return _vni_letters(seen)


def _vni_letters(seen: str) -> str:
    return _VNI_WRITTEN.sub(lambda match: VNI[match[0]], seen.translate(_VNI_SIGNS))


def _wrong(content: bytes, at: int, before: str, what: str) -> Undecoded:
    """The byte that is wrong, its line, and what stands before it there."""
    line = UNREADABLE.sub("\ufffd", normalize("NFC", LINE_BREAK.split(before)[-1][-30:]))
    told = phrase("byte {place} (0x{byte}) is {what}", place=at, byte=f"{content[at]:02x}", what=what)
    after = [phrase('before it stands "{text}"', text=line)] if line.strip() else []
    return Undecoded(at, _line(before), joined("; ", [told, *after]))


def _line(before: str) -> int:
    return len(LINE_BREAK.findall(before)) + 1
