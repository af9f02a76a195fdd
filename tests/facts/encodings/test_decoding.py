"""Bytes of old encodings are read exactly: each letter, and each byte that is none."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncriteria.facts.encodings.decoding import Encoding, Undecoded, as_in_fonts, decode
from ncriteria.facts.encodings.letters import TCVN
from ncriteria.facts.encodings.syllables import is_syllable
from tests.facts.encodings.written import LETTERS, SMALL, iconv, needs_iconv, seen_in_a_plain_font, written

WITH_CASE = ["windows-1258", "vni", "utf-8", "utf-16-le", "utf-16-be", "utf-16-le-sig", "utf-16-be-sig"]


def encoding_of(name: str) -> Encoding:
    return Encoding("utf-16" if name.endswith("-sig") else name)


@pytest.mark.parametrize("name", WITH_CASE)
def test_each_letter_and_tone_comes_back_in_both_cases(name: str) -> None:
    for letter in LETTERS:
        text = f"a{letter}m;{letter},1"
        assert decode(written(text, name), encoding_of(name)) in (text, f"\ufeff{text}")


def test_the_fonts_of_tcvn3_have_capitals_only_without_tones() -> None:
    for letter in SMALL + "ĂÂĐÊÔƠƯ":
        assert decode(written(f"x{letter};", "tcvn3"), Encoding.TCVN3) == f"x{letter};"
    assert decode(written("TỔNG HỢP ĐƠN VỊ", "tcvn3"), Encoding.TCVN3) == "TổNG HợP ĐƠN Vị"


def test_a_tone_of_vni_may_be_of_either_case() -> None:
    assert decode("Aùo AÙO aÙo".encode("cp1252"), Encoding.VNI) == "Áo ÁO áo"


def test_marks_that_word_puts_stay_marks() -> None:
    text = "“Xã An” – “an ninh” … Vĩnh–Hưng ‘AN NINH’"
    assert decode(written(text, "vni"), Encoding.VNI) == text
    assert decode(written(text, "tcvn3"), Encoding.TCVN3) == text


@needs_iconv
def test_capitals_of_tcvn_5712_are_letters_where_they_stand_in_words() -> None:
    text = "XÃ ÓC EO; Óc Eo; ĐÒ; VÕ; CỘNG; SỌ; CẶP; NGHỊ; GIỎI; TỔNG HỢP"
    content = iconv(text.encode(), "UTF-8", "TCVN")
    assert content is not None
    assert decode(content, Encoding.TCVN3) == text


@needs_iconv
@pytest.mark.parametrize(("ours", "theirs"), [(Encoding.TCVN3, "TCVN"), (Encoding.WINDOWS_1258, "CP1258")])
def test_each_letter_is_as_iconv_writes_it(ours: Encoding, theirs: str) -> None:
    for letter in LETTERS:
        content = iconv(f"K{letter}".encode() if letter.isupper() else f"k{letter}".encode(), "UTF-8", theirs)
        assert content is not None
        assert decode(content, ours) in (f"k{letter}", f"K{letter}")


@needs_iconv
def test_each_byte_of_tcvn_5712_is_what_iconv_reads() -> None:
    for byte in range(256):
        content = iconv(bytes((byte,)), "TCVN", "UTF-8")
        assert content is not None
        assert content.decode() == TCVN.get(byte, chr(byte))


@needs_iconv
@given(content=st.binary(max_size=12))
def test_windows_1258_is_read_as_iconv_reads_it(content: bytes) -> None:
    expected, found = iconv(content, "CP1258", "UTF-8"), decode(content, Encoding.WINDOWS_1258)
    if expected is not None and isinstance(found, str):
        assert found == unicodedata.normalize("NFC", expected.decode())
    if expected is None:
        assert isinstance(found, Undecoded)


@pytest.mark.parametrize(
    ("content", "encoding", "place", "line", "what"),
    [
        (
            b"a;b\nX\xe3 \x8a",
            "windows-1258",
            7,
            2,
            'byte 7 (0x8a) is no character of windows-1258; before it stands "Xă "',
        ),
        (b"X\xe3;b\xcc", "windows-1258", 4, 1, 'byte 4 (0xcc) is a tone without a vowel; before it stands "Xă;b"'),
        (b"\xcc", "windows-1258", 0, 1, "byte 0 (0xcc) is a tone without a vowel"),
        (b"a\r\n30\xb0C", "tcvn3", 5, 2, 'byte 5 (0xb0) is a tone without a vowel; before it stands "30"'),
        (
            b"X\xe3\r",
            "vni",
            1,
            1,
            'byte 1 (0xe3) is no letter of vni, and no mark of the letter before it; before it stands "X"',
        ),
        (
            b"a\xfd",
            "vni",
            1,
            1,
            'byte 1 (0xfd) is no letter of vni, and no mark of the letter before it; before it stands "a"',
        ),
        (b"\x81", "vni", 0, 1, "byte 0 (0x81) is no letter of vni, and no mark of the letter before it"),
        (b"a\0\n\0b", "utf-16", 4, 2, "byte 4 (0x62) is not UTF-16-LE"),
        (b"\x00\xd8a\0", "utf-16-le", 0, 1, "byte 0 (0x00) is not UTF-16-LE"),
        (b"", "utf-16", 0, 1, "the order of the bytes is not told by a mark, and cannot be seen"),
        (b"a\xff", "utf-8", 1, 1, "byte 1 (0xff) is not UTF-8"),
    ],
)
def test_a_byte_that_an_encoding_does_not_have_is_told(
    content: bytes, encoding: str, place: int, line: int, what: str
) -> None:
    assert decode(content, Encoding(encoding)) == Undecoded(place, line, what)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_letters_that_were_saved_as_unicode_are_those_of_the_font(encoding: str) -> None:
    text = "xã vĩnh bửu – số vụ xâm phạm trật tự, đường phố, quý, ưu, ý kiến"
    content = as_in_fonts(seen_in_a_plain_font(text, encoding))
    assert isinstance(content, bytes)
    assert decode(content, Encoding(encoding)) == text


def test_a_letter_that_no_such_font_draws_is_told() -> None:
    assert as_in_fonts("a\nSố") == Undecoded(3, 2, '"ố" is no letter that these fonts draw anew')


@given(content=st.binary(max_size=60), encoding=st.sampled_from(Encoding))
def test_any_bytes_are_a_text_or_are_refused_with_their_place(content: bytes, encoding: Encoding) -> None:
    found = decode(content, encoding)
    if isinstance(found, Undecoded):
        assert 0 <= found.place <= len(content)
        assert found.line >= 1
        found.what.encode("utf-8")


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quyết",
        "giờ",
        "gì",
        "khuya",
        "ươm",
        "yêu",
        "oằn",
        "hoà",
        "hòa",
        "Đắk",
        "Krông",
        "thuế",
        "được",
        "ủy",
        "uỷ",
    ],
)
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ninhõ", "anõ", "hỗòa", "ph¹m", "tæng", "vuï", "çan", "trËt", "ỏỏ", "x"])
def test_what_is_no_syllable_is_known(word: str) -> None:
    assert not is_syllable(word)
