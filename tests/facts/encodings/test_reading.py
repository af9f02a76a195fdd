"""Files in old encodings: read when the encoding is named, told with what to name when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

import ncriteria as nc
from ncriteria.facts.options import ReadingOptions
from tests.facts.declared import FACTS
from tests.facts.encodings.written import seen_in_a_plain_font, written

TEXT = "Đơn vị;Năm;Số vụ\nXã Vĩnh Bửu;2024;1.704\nXã Hưng Điền B;2024;0\n"
UNITS = ["Xã Vĩnh Bửu", "Xã Hưng Điền B"]


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(content: bytes, encoding: str | None = None, name: str = "f.csv") -> nc.FactTable:
    Path(name).write_bytes(content)
    return nc.read_facts(name, FACTS, options=ReadingOptions(encoding=encoding))


def refusal(content: bytes, encoding: str | None = None) -> str:
    with pytest.raises(nc.FactsError) as refused:
        read(content, encoding)
    return str(refused.value)


@pytest.mark.parametrize(
    ("stored", "asked", "told"),
    [
        ("utf-8", None, "utf-8"),
        ("utf-8-sig", None, "utf-8"),
        ("utf-8", "UTF8", "utf-8"),
        ("utf-16-le-sig", None, "utf-16-le"),
        ("utf-16-be-sig", None, "utf-16-be"),
        ("utf-16-be-sig", "utf-16", "utf-16-be"),
        ("utf-16-le", "utf-16", "utf-16"),
        ("utf-16-be", "UTF-16", "utf-16"),
        ("utf-16-be", "utf-16be", "utf-16-be"),
        ("windows-1258", "cp1258", "windows-1258"),
        ("tcvn3", "ABC", "tcvn3"),
        ("vni", "VNI", "vni"),
    ],
)
def test_a_table_is_read_in_the_encoding_of_its_mark_or_its_user(stored: str, asked: str | None, told: str) -> None:
    table = read(written(TEXT, stored), asked)
    assert [row.unit.id for row in table.rows] == UNITS
    assert table.warnings == ()
    assert table.account is not None
    assert table.account.encoding == told


@pytest.mark.parametrize("stored", ["utf-16-le-sig", "utf-8"])
@pytest.mark.parametrize("font", ["tcvn3", "vni"])
def test_a_table_in_letters_of_a_font_is_read_that_was_saved_as_unicode(font: str, stored: str) -> None:
    content = written(seen_in_a_plain_font(TEXT, font), stored)
    table = read(content, font)
    assert [row.unit.id for row in table.rows] == UNITS
    assert table.account is not None
    assert table.account.encoding == f"{font} saved as Unicode"
    name = "utf-8" if stored == "utf-8" else "utf-16-le"
    shown = "§¬n vÞ;N¨m;Sè vô" if font == "tcvn3" else "Ñôn vò;Naêm;Soá vuï"
    assert refusal(content).startswith(
        f'f.csv: NC284 read as {name}, the text is hardly Vietnamese: "{shown}"\n'
        f'  hint: as {font} it reads "Đơn vị;Năm;Số vụ"; if that is right, say --encoding {font} '
        "(`encoding` of `ReadingOptions`)\n"
        "f.csv"
    )


def test_a_text_of_excel_is_read() -> None:
    text = 'Đơn vị\tNăm\tSố vụ\tGhi chú\r\nXã An\t2024\t1\t"a, b\tc"\r\nXã Bình\t2024\t0\t\r\n'
    table = read(written(text, "utf-16-le-sig"), name="f.txt")
    assert [(row.unit.id, row.note) for row in table.rows] == [("Xã An", "a, b c"), ("Xã Bình", None)]


def test_other_formats_are_read_in_an_encoding_too() -> None:
    table = read(written('[{"name": "Xã Vĩnh", "year": 2024, "cases": 1}]', "tcvn3"), "tcvn3", "f.json")
    assert [row.unit.id for row in table.rows] == ["Xã Vĩnh"]
    assert table.account is None


@pytest.mark.parametrize(
    ("stored", "what"),
    [
        ("windows-1258", "byte 0 (0xd0) is not UTF-8"),
        ("tcvn3", "byte 0 (0xa7) is not UTF-8"),
        ("vni", "byte 0 (0xd1) is not UTF-8"),
    ],
)
def test_the_encoding_is_proposed_with_what_the_headings_then_are(stored: str, what: str) -> None:
    assert refusal(written(TEXT, stored)) == (
        f"f.csv, row 1: NC220 {what}\n"
        f'  hint: as {stored} it reads "Đơn vị;Năm;Số vụ"; if that is right, say --encoding {stored} '
        "(`encoding` of `ReadingOptions`)"
    )


def test_the_headings_are_shown_where_they_stand_below_titles() -> None:
    text = f"BIỂU SỐ LIỆU;;\n;;\n{TEXT}"
    assert 'as vni it reads "Đơn vị;Năm;Số vụ";' in refusal(written(text, "vni"))


def test_utf_16_without_a_mark_is_proposed_where_it_is_ascii_too() -> None:
    assert refusal(written("unit,year,cases\na,2024,1\n", "utf-16-le")) == (
        "f.csv, row 1: NC220 a NUL character stands in the text\n"
        '  hint: as utf-16 it reads "unit,year,cases"; if that is right, say --encoding utf-16 '
        "(`encoding` of `ReadingOptions`)"
    )


def test_encodings_that_may_both_be_meant_are_both_proposed() -> None:
    assert refusal(b"unit,year,cases,note\na,2024,1,ch\xed\n") == (
        "f.csv, row 2: NC220 byte 32 (0xed) is not UTF-8\n"
        '  hint: as windows-1258 it reads "a,2024,1,chí", as vni it reads "a,2024,1,chí"; '
        "if that is right, say --encoding windows-1258 or --encoding vni (`encoding` of `ReadingOptions`)"
    )


def test_what_is_no_text_is_to_be_saved_as_utf_8() -> None:
    assert refusal(bytes(range(128, 256))) == (
        "f.csv, row 1: NC220 byte 0 (0x80) is not UTF-8\n  hint: save the file as UTF-8"
    )


@pytest.mark.parametrize(
    ("stored", "asked", "error"),
    [
        (
            "tcvn3",
            "windows-1258",
            'f.csv, row 1: NC220 byte 5 (0xde) is a tone without a vowel; before it stands "§¬n v"\n'
            '  hint: as tcvn3 it reads "Đơn vị;Năm;Số vụ"; if that is right, say --encoding tcvn3 '
            "(`encoding` of `ReadingOptions`)",
        ),
        (
            "tcvn3",
            "vni",
            "f.csv, row 1: NC220 byte 5 (0xde) is no letter of vni, and no mark of the letter before it; "
            'before it stands "§¬n v"\n'
            '  hint: as tcvn3 it reads "Đơn vị;Năm;Số vụ"; if that is right, say --encoding tcvn3 '
            "(`encoding` of `ReadingOptions`)",
        ),
        (
            "utf-8",
            "tcvn3",
            'f.csv, row 1: NC220 the file is Unicode, and not in letters of tcvn3: "Đ" is no letter that these fonts '
            "draw anew\n  hint: leave the encoding out, or say utf-8",
        ),
        (
            "utf-8",
            "windows-1258",
            'f.csv, row 1: NC220 byte 1 (0x90) is no character of windows-1258; before it stands "Ä"\n'
            '  hint: as utf-8 it reads "Đơn vị;Năm;Số vụ"; leave the encoding out, or say utf-8',
        ),
        (
            "utf-8-sig",
            "windows-1258",
            "f.csv: NC220 the file begins with the mark of utf-8, and is to be read as windows-1258\n"
            "  hint: leave the encoding out, or say utf-8",
        ),
        (
            "utf-16-le-sig",
            "utf-16-be",
            "f.csv: NC220 the file begins with the mark of utf-16-le, and is to be read as utf-16-be\n"
            "  hint: leave the encoding out, or say utf-16-le",
        ),
        (
            "utf-16-le",
            "utf-16-be",
            "f.csv: NC284",
        ),
        (
            "utf-8",
            "tcvn4",
            'f.csv: NC283 "tcvn4" is no encoding that is read\n  hint: did you mean `tcvn3`?',
        ),
        (
            "utf-8",
            "koi8",
            'f.csv: NC283 "koi8" is no encoding that is read\n'
            "  hint: those that are: utf-8, utf-16, utf-16-le, utf-16-be, windows-1258, tcvn3, vni",
        ),
    ],
)
def test_a_wrong_encoding_is_told_before_what_it_makes_of_the_cells(stored: str, asked: str, error: str) -> None:
    assert refusal(written(TEXT, stored), asked).startswith(error)


def test_a_wrong_encoding_is_a_warning_where_the_table_can_be_read() -> None:
    content = written("name;year;cases\nXã Vĩnh Bửu;2024;1\nPhường Mỹ Hòa;2024;2\n", "tcvn3")
    assert [str(one) for one in read(content, "windows-1258").warnings][:1] == [
        'f.csv: NC284 read as windows-1258, the text is hardly Vietnamese: "X· VÜnh Böu;2024;1"\n'
        '  hint: as tcvn3 it reads "Xã Vĩnh Bửu;2024;1"; if that is right, say --encoding tcvn3 '
        "(`encoding` of `ReadingOptions`)"
    ]
    assert read(content, "tcvn3").warnings == ()


@pytest.mark.parametrize(
    "text", ["unit;year;cases;note\na;2024;1;30°C\n", "unit;year;cases;note\na;2024;1;café déjà\n"]
)
def test_letters_of_western_europe_in_utf_8_are_no_reason_to_doubt(text: str) -> None:
    assert read(text.encode()).warnings == ()
