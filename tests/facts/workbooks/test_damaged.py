"""Whatever a file holds, reading it ends in a grid or in an error with a code, in little time and memory."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncriteria.facts.formats.workbook import WorkbookKind, read_workbook
from ncriteria.facts.formats.workbook.xls.compound import compound_file, workbook_stream
from ncriteria.facts.table import FactsError
from tests.facts.workbooks.corpus import MADE
from tests.facts.workbooks.made import SHEET, ods_number, ods_row, parts_of_ods, parts_of_xlsx, zipped
from tests.sets.damage import RUNS

_ROW = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>0.95</v></c><c r="C1"><f>B1</f><v>1</v></c></row>'
_BYTES = st.sampled_from(
    (
        b"",
        b"\0",
        b"\xff",
        b"<",
        b">",
        b"</c>",
        b"<c/>",
        b"1",
        b"-1",
        b"99999999999",
        b"A1:XFD9",
        b"&#0;",
        b"&x;",
        b"<!--",
        b'"',
    )
)


SPACES = (
    '<table:table-cell office:value-type="string"><text:p><text:s text:c="999999999"/>a</text:p></table:table-cell>'
)


@cache
def originals() -> dict[WorkbookKind, dict[str, bytes]]:
    """The parts of a workbook of each kind; of .xls there is one, the stream of its records."""
    xlsx = {name: _encoded(part) for name, part in parts_of_xlsx(_ROW, "<si><t>a</t></si>").items()}
    ods = {name: _encoded(part) for name, part in parts_of_ods(ods_row(ods_number("1", columns=3))).items()}
    return {"xlsx": xlsx, "ods": ods, "xls": {"": workbook_stream(MADE["a table of an old program.xls"](), None)}}


def _encoded(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part


def read_or_refuse(content: bytes, kind: WorkbookKind) -> str | None:
    """The code of the error, `None` where the workbook was read."""
    try:
        read_workbook(content, kind, "a", None)
    except FactsError as error:
        return error.problems[0].code if error.problems[0].place is not None else "no place"
    return None


@RUNS
@given(data=st.data())
def test_a_workbook_with_a_damaged_part_is_read_or_refused(run: str, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(("xlsx", "ods", "xls")))
    parts = dict(originals()[kind])
    name = data.draw(st.sampled_from(sorted(parts)))
    for _ in range(data.draw(st.integers(1, 4))):
        part = parts[name]
        at = data.draw(st.integers(0, len(part)))
        width = data.draw(st.integers(0, 12))
        put = data.draw(_BYTES | st.binary(max_size=4))
        parts[name] = part[:at] + put + part[at + width :]
    read_or_refuse(compound_file(parts[""]) if kind == "xls" else zipped(parts), kind)


@RUNS
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(run: str, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(("xlsx", "ods", "xls")))
    parts = originals()[kind]
    whole = MADE["a table of an old program.xls"]() if kind == "xls" else zipped(parts)
    at = data.draw(st.integers(0, len(whole)))
    put = data.draw(st.binary(max_size=6))
    read_or_refuse(whole[:at] + put + whole[at + data.draw(st.integers(0, 40)) :], kind)


@RUNS
@given(content=st.binary(max_size=300), kind=st.sampled_from(("xlsx", "ods", "xls")))
def test_bytes_are_refused(run: str, content: bytes, kind: WorkbookKind) -> None:
    begin = {"xlsx": b"PK\x03\x04", "ods": b"PK\x03\x04", "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}[kind]
    assert read_or_refuse(begin + content, kind) in ("NC271", "NC272")
    assert read_or_refuse(content, kind) in ("NC271", "NC272")


def bomb(size: int, declared: int | None = None) -> bytes:
    """A workbook whose sheet is `size` blanks; it says that it has `declared` bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(size >> 20)) + packer.flush()
    whole = bytearray(zipped({**parts_of_xlsx(""), SHEET: b"x"}))
    # The last entry of the list of parts is that of the sheet.
    entry = whole.rindex(b"PK\x01\x02")
    start = struct.unpack_from("<I", whole, entry + 42)[0]
    name = struct.unpack_from("<H", whole, start + 26)[0]
    struct.pack_into("<II", whole, entry + 20, len(packed), declared or size)
    return bytes(whole[: start + 30 + name]) + packed + bytes(_moved(whole, entry, len(packed), start + 30 + name))


def _moved(whole: bytearray, entry: int, packed: int, start: int) -> bytearray:
    """The list of parts, after the last part has grown."""
    first = struct.unpack_from("<I", whole, len(whole) - 6)[0]
    struct.pack_into("<I", whole, len(whole) - 6, start + packed)
    return whole[first:]


@pytest.mark.parametrize("declared", [None, 1000])
def test_a_zip_bomb_is_refused_before_it_is_inflated(declared: int | None) -> None:
    content = bomb(2**28 + 2**20, declared)
    tracemalloc.start()
    code = read_or_refuse(content, "xlsx")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (code, most < 40 * 2**20) == ("NC272" if declared else "NC273", True)


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row>' + '<row r="2"/>' * 5, "NC272"),
        (
            "".join(f'<row r="{row}"/>' for row in range(1, 1_048_577, 16))
            + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
            None,
        ),
        ("<row>" * 100_000 + "</row>" * 100_000, "NC273"),
        ("<row>" + "<c><f/>" * 2_000 + "</c>" * 2_000 + "</row>", "NC273"),
        ('<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f></c></row>', "NC273"),
    ],
    ids=["rows twice", "rows to the last", "rows in rows", "cells in cells", "a formula over all"],
)
def test_a_sheet_that_asks_for_too_much(sheet: str, code: str | None) -> None:
    if code == "NC272":
        sheet = sheet.replace('r="2"', 'r="x"')
    assert read_or_refuse(zipped(parts_of_xlsx(sheet)), "xlsx") == code


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (ods_row(ods_number("1", columns=16384), rows=1048576), "NC273"),
        (ods_row(SPACES), None),
        (ods_row(ods_number("1E999999999")), "NC278"),
        (ods_row("", rows=1048575) + ods_row(ods_number("1")), None),
        (ods_row(ods_number("1"), rows=99999999999), "NC272"),
        ("<table:table-row>" * 60_000 + "</table:table-row>" * 60_000, "NC273"),
    ],
    ids=["all cells", "spaces", "a number", "the last row", "rows", "rows in rows"],
)
def test_an_ods_that_asks_for_too_much(rows: str, code: str | None) -> None:
    assert read_or_refuse(zipped(parts_of_ods(rows)), "ods") == code


def test_macros_are_passed_over() -> None:
    parts = parts_of_xlsx(_ROW, "<si><t>a</t></si>") | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Auto_Open"}
    assert read_or_refuse(zipped(parts), "xlsx") is None


def test_a_workbook_with_a_password_is_told() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        for name, part in parts_of_ods("").items():
            written.writestr(name, part)
        written.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>',
        )
    assert read_or_refuse(target.getvalue(), "ods") == "NC274"
    pass_record = struct.pack("<HHH", 0x2F, 2, 1)
    stream = originals()["xls"][""]
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    assert read_or_refuse(compound_file(stream[:first] + pass_record + stream[first:]), "xls") == "NC274"
