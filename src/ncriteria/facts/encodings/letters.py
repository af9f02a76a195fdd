"""What the bytes of TCVN3 and VNI stand for.

TCVN 5712:1993, registered as ISO-IR 180, has three forms. The third, VN3, is what the ABC fonts (`.VnTime`) show and is
called TCVN3: the small letters with tones, and capitals without. The first, VN1, adds the capitals with tones, and is
what programs write that convert a text; its bytes are a superset, so the table here is that of VN1.

VNI is the encoding of the fonts of VNI Software ("VNI-Times"): a letter, and after it a second one that is drawn above
or below it. It is published by its maker as the list of its letters, and in the sources of keyboard programs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from unicodedata import normalize

TONES = "\u0300\u0309\u0303\u0301\u0323"
"""The five tones as marks of their own: falling, asking, tumbling, rising, heavy."""

_FROM_80 = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    f"\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ{TONES}àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_BELOW_20 = dict(zip(b"\x01\x02\x04\x05\x06\x11\x12\x13\x14\x15\x16\x17", "ÚỤỪỬỮỨỰỲỶỸÝỴ", strict=True))
TCVN: Mapping[int, str] = {**_BELOW_20, **dict(enumerate(_FROM_80, start=0x80))}
"""The letters of TCVN 5712 by their bytes; all others are those of ASCII."""

TYPED_MARKS: Mapping[int, str] = {byte: bytes((byte,)).decode("cp1252") for byte in b"\x85\x91\x92\x93\x94\x95\x96\x97"}
"""Marks that Word and Excel put for typed ones, where VN1 has capitals: in the fonts they stay what they are."""

_VNI_TONES = dict(zip("øûõùï", TONES, strict=True))
_VNI_ROOFS = dict(zip("àåãáä", TONES, strict=True))
_VNI_BOWLS = dict(zip("èúüéë", TONES, strict=True))
_VNI_ALONE = dict(zip("ôöñìæóíòî", "ơưđìỉĩíịỵ", strict=True))


def _vni() -> Iterator[tuple[str, str]]:
    yield from _VNI_ALONE.items()
    for letter in "aeouyôö":
        shown = _VNI_ALONE.get(letter, letter)
        for mark, tone in _VNI_TONES.items():
            if letter + mark != "yï":
                yield letter + mark, shown + tone
    for letter in "aeo":
        yield f"{letter}â", f"{letter}\u0302"
        for mark, tone in _VNI_ROOFS.items():
            yield letter + mark, f"{letter}\u0302{tone}"
    yield "aê", "ă"
    for mark, tone in _VNI_BOWLS.items():
        yield f"a{mark}", f"ă{tone}"


def _in_both_cases(letters: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for written, letter in letters:
        composed = normalize("NFC", letter)
        for first in (written[0], written[0].upper()):
            for second in {written[1:], written[1:].upper()}:
                yield first + second, composed if first == written[0] else composed.upper()


VNI: Mapping[str, str] = dict(_in_both_cases(_vni()))
"""The letters of VNI by what Latin-1 shows of their one or two bytes; a mark after a letter may be of either case."""
