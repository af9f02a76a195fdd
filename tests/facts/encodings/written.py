"""Texts written in the old encodings, from the lists of letters that converters publish and not from the source.

Of TCVN3 and VNI the lists have what Windows shows of the bytes in a font of Western Europe.
"""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

import pytest

SMALL = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
LETTERS = SMALL + SMALL.upper()
_TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ"
_TCVN3_CAPITALS = dict(zip("ĂÂĐÊÔƠƯ", "¡¢§£¤¥¦", strict=True))
_VNI = """
aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò
oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î
"""
TABLES = {
    "tcvn3": {
        **dict(zip(SMALL, _TCVN3, strict=True)),
        **dict(zip(SMALL.upper(), _TCVN3, strict=True)),
        **_TCVN3_CAPITALS,
    },
    "vni": {
        **dict(zip(SMALL, _VNI.split(), strict=True)),
        **{letter.upper(): written.upper() for letter, written in zip(SMALL, _VNI.split(), strict=True)},
    },
}
"""In `.VnTimeH` the small letters look like capitals, so capitals with a tone are written as small letters."""

needs_iconv = pytest.mark.skipif(shutil.which("iconv") is None, reason="there is no iconv to compare with")


def written(text: str, encoding: str) -> bytes:
    """The bytes of a text as an office's program writes it; `-sig` stands for a mark before it."""
    match encoding:
        case "tcvn3" | "vni":
            return seen_in_a_plain_font(text, encoding).encode("cp1252")
        case "windows-1258":
            return "".join(map(_windows_1258, unicodedata.normalize("NFC", text))).encode("cp1258")
        case "utf-16-le-sig" | "utf-16-be-sig":
            return ("\ufeff" + text).encode(encoding.removesuffix("-sig"))
        case _:
            return text.encode(encoding)


def seen_in_a_plain_font(text: str, encoding: str) -> str:
    """What a program shows, and saves as Unicode, of a text in a font of TCVN3 or VNI."""
    return "".join(TABLES[encoding].get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def _windows_1258(letter: str) -> str:
    """A letter, and its tone after it where the code page has no such letter."""
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", apart.replace(tone, "")) + tone
    return letter


def iconv(content: bytes, source: str, target: str) -> bytes | None:
    """What iconv makes of a text; `None` where it refuses it."""
    done = subprocess.run(["iconv", "-f", source, "-t", target], input=content, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None
