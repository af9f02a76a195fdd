"""Reading a lineage from a file: a row for each unit and what it went into, by the readers and cell rules of facts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Final

from ncriteria.errors import CellPlace, expect
from ncriteria.facts.cells.cells import folded, formula_error
from ncriteria.facts.cells.days import read_day
from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.cells.refusals import Refusal, quoted
from ncriteria.facts.formats.grid import Grid
from ncriteria.facts.formats.raw import NumberText, RawRow, RawTable, RawValue
from ncriteria.facts.layout.tables_of_other_columns import (
    OtherColumns,
    RowsRead,
    rows_below_headings,
)
from ncriteria.facts.lineage.changes import Change, Share
from ncriteria.facts.lineage.checking import contradictions
from ncriteria.facts.lineage.model import NATIONAL_REFORM, Lineage, Reform
from ncriteria.facts.options import AS_IT_STANDS, ReadingOptions
from ncriteria.facts.readers import Format, cells_of_file, cells_of_text
from ncriteria.facts.table import FactsError
from ncriteria.facts.units.identifiers import shows_nothing, stands_for_none
from ncriteria.words import Phrase, phrase


class LineageColumn(Enum):
    """The columns of a lineage."""

    FROM = "from"
    TO = "to"
    SHARE = "share"
    DAY = "day"
    INSTRUMENT = "instrument"
    FROM_NAME = "from_name"
    TO_NAME = "to_name"
    NOTE = "note"
    SERIAL = "serial"


_HEADINGS: Final[Mapping[LineageColumn, tuple[str, ...]]] = {
    LineageColumn.FROM: (
        *("from", "old", "old_code", "old code", "mã cũ", "đơn vị cũ", "mã đơn vị cũ", "mã xã cũ", "từ", "từ đơn vị"),
        *("mã trước sắp xếp", "đơn vị trước sắp xếp", "mã đơn vị trước sắp xếp"),
    ),
    LineageColumn.TO: (
        *("to", "new", "new_code", "new code", "mã mới", "đơn vị mới", "mã đơn vị mới", "mã xã mới", "thành", "vào"),
        *("mã sau sắp xếp", "đơn vị sau sắp xếp", "mã đơn vị sau sắp xếp"),
    ),
    LineageColumn.SHARE: ("share", "phần", "tỷ lệ", "tỉ lệ", "phần sáp nhập", "phần nhập"),
    LineageColumn.DAY: ("day", "date", "ngày", "ngày hiệu lực", "từ ngày", "có hiệu lực từ", "ngày có hiệu lực"),
    LineageColumn.INSTRUMENT: ("instrument", "văn bản", "nghị quyết", "căn cứ", "số văn bản", "văn bản số"),
    LineageColumn.FROM_NAME: (
        *("from_name", "old_name", "old name", "tên cũ", "tên đơn vị cũ", "tên xã cũ", "tên trước sắp xếp"),
        "tên đơn vị trước sắp xếp",
    ),
    LineageColumn.TO_NAME: (
        *("to_name", "new_name", "new name", "tên mới", "tên đơn vị mới", "tên xã mới", "tên sau sắp xếp"),
        "tên đơn vị sau sắp xếp",
    ),
    LineageColumn.NOTE: (
        "note",
        "ghi chú",
        "source",
        "nguồn",
        "clause",
        "khoản",
        "old_district",
        "huyện cũ",
        "thuộc huyện",
    ),
    LineageColumn.SERIAL: ("stt", "tt", "số thứ tự", "no", "no.", "#"),
}
_NEEDED: Final = {
    LineageColumn.FROM: "`from` (Mã cũ)",
    LineageColumn.TO: "`to` (Mã mới)",
    LineageColumn.SHARE: "`share` (Phần)",
    LineageColumn.DAY: "`day` (Ngày hiệu lực)",
}
_CELL: Final = "NC371"
"""The code of what a cell of a lineage cannot be."""
_SHARES: Final[Mapping[str, Share]] = {
    **dict.fromkeys(("whole", "all", "toàn bộ", "cả", "nguyên"), Share.WHOLE),
    **dict.fromkeys(("part", "một phần"), Share.PART),
    **dict.fromkeys(("remainder", "rest", "phần còn lại", "còn lại"), Share.REMAINDER),
}
_UNCHANGED: Final = ("unchanged", "không thay đổi", "không đổi", "giữ nguyên")
"""What stands as the share of a row that all units which no other row of its day names are the same as before."""
_ALL_OTHERS: Final = ("*", "các đơn vị còn lại", "các đơn vị khác", "the others")
_REFORM: Final = ("reform", "cải cách", "sắp xếp", "sắp xếp đơn vị hành chính")
"""What stands as the share of a row that only says a day on which units were made anew."""
_WRITE_A_SHARE: Final = phrase(
    "write whole, part, remainder, or a proportion such as 2/5 or 40% (toàn bộ, một phần, phần còn lại)"
)
_PASSED_OVER: Final = ("NC211", "NC222")
"""A row may end behind its last cell; of a heading that stands twice its column tells."""
_A_ROW: Final = phrase("a row says: from, to, share, day, and perhaps instrument, from_name, to_name")
_COLUMNS: Final = OtherColumns(
    {folded(heading): column for column, headings in _HEADINGS.items() for heading in headings},
    _NEEDED,
    {shown: {column} for column, shown in _NEEDED.items()},
    "NC370",
    _A_ROW,
    lambda heading: (
        phrase('"{heading}" is no column of a lineage', heading=heading),
        phrase("leave the column out"),
    ),
    repeated=(LineageColumn.NOTE,),
)


_LineageRows = RowsRead[LineageColumn]


def read(path: str | Path, *, options: ReadingOptions = AS_IT_STANDS) -> Lineage:
    """The lineage in a file of any kind that facts are read from: a row for each unit and what it went into.

    Its columns are `from`, `to`, `share`, `day` and perhaps `instrument`, `from_name`, `to_name`, in English or as
    Vietnamese tables head them. `options` say which sheet, encoding and row of headings is meant, and which headings
    are passed over. Raises `FactsError` with every problem of the file.
    """
    expect("`path`", path, (str, Path), "the name of a file")
    cells, table = cells_of_file(path, _COLUMNS.known, options)
    return _lineage(cells, options, table)


def read_text(text: str, kind: Format, *, file: str | None = None, options: ReadingOptions = AS_IT_STANDS) -> Lineage:
    """The lineage in a text of the format `kind`; `file` names it in errors. Raises `FactsError` as `read` does."""
    expect("`text`", text, str, "the text of a table")
    table = CellPlace(file)
    return _lineage(cells_of_text(text, kind, table), options, table)


def _lineage(cells: RawTable | Grid, options: ReadingOptions, table: CellPlace) -> Lineage:
    known = _COLUMNS.known
    raw = rows_below_headings(cells, known, options, table, lambda _: True) if isinstance(cells, Grid) else cells
    columns, amiss = _COLUMNS.of(raw.headings, options, table)
    if problems := [*(one for one in raw.problems if one.code not in _PASSED_OVER), *amiss]:
        raise FactsError(problems)
    run = _LineageRows(table, {column: heading for heading, column in columns.items()})
    read_rows = [_row(run, row) for row in raw.rows if _is_filled(row, columns)]
    changes = [one for one in read_rows if isinstance(one, Change)]
    reforms = [one for one in read_rows if isinstance(one, Reform)]
    unchanged = [one for one in read_rows if isinstance(one, datetime.date)]
    if problems := run.problems or list(contradictions(changes)):
        raise FactsError(problems)
    return Lineage(changes, (NATIONAL_REFORM, *reforms), table.file, unchanged=unchanged)


def _is_filled(raw: RawRow, columns: Mapping[str, LineageColumn]) -> bool:
    said = {columns[heading] for heading in raw.cells if heading in columns}
    return bool(said - {LineageColumn.NOTE, LineageColumn.SERIAL})


def _row(run: _LineageRows, raw: RawRow) -> Change | Reform | datetime.date | None:
    known = len(run.problems)
    said = run.said(raw)
    share, day = _share(run, raw, said.get(LineageColumn.SHARE)), _day(run, raw, said.get(LineageColumn.DAY))
    texts = {column: raw_text(said[column]) for column in _TEXTS if column in said}
    for column, text in texts.items():
        if (refused := formula_error(text)) is not None:
            run.refuse(raw, column, refused)
    if share == "reform":
        return _reform(run, raw, said, day, texts.get(LineageColumn.INSTRUMENT))
    if share == "unchanged":
        return _others(run, raw, said, day)
    old, new = (_unit(run, raw, column, said.get(column)) for column in (LineageColumn.FROM, LineageColumn.TO))
    if len(run.problems) > known or old is None or new is None or day is None or share is None:
        return None
    assert not isinstance(share, str)
    return Change(
        old=old,
        new=new,
        share=share,
        day=day,
        instrument=texts.get(LineageColumn.INSTRUMENT),
        old_name=texts.get(LineageColumn.FROM_NAME),
        new_name=texts.get(LineageColumn.TO_NAME),
        place=run.place(raw, LineageColumn.FROM),
    )


_TEXTS: Final = (LineageColumn.INSTRUMENT, LineageColumn.FROM_NAME, LineageColumn.TO_NAME)


def _reform(
    run: _LineageRows,
    raw: RawRow,
    said: Mapping[LineageColumn, RawValue],
    day: datetime.date | None,
    instrument: str | None,
) -> Reform | None:
    """A row that says a day alone: the units of the levels that the national reform is of were made anew on it."""
    for column in (LineageColumn.FROM, LineageColumn.TO):
        if column in said:
            message = phrase("a row of a reform is of no unit; it holds {found}", found=quoted(raw_text(said[column])))
            run.report(raw, column, _CELL, message, _WRITE_A_SHARE)
    return None if day is None else Reform(day=day, levels=NATIONAL_REFORM.levels, instrument=instrument)


def _others(
    run: _LineageRows, raw: RawRow, said: Mapping[LineageColumn, RawValue], day: datetime.date | None
) -> datetime.date | None:
    """A row that the units which no other row of its day names did not change: it has a `*`, and the act."""
    known = len(run.problems)
    for column, is_needed in ((LineageColumn.FROM, True), (LineageColumn.TO, False)):
        text = raw_text(said[column]) if column in said else ""
        if folded(text) not in _ALL_OTHERS and (text or is_needed):
            message = phrase("a row of all unchanged units names no unit; it holds {found}", found=quoted(text))
            hint = phrase("write `*` (các đơn vị còn lại); a single unit has a row from and to the same, share whole")
            run.report(raw, column, "NC381", message, hint)
    if not raw_text(said.get(LineageColumn.INSTRUMENT, "")):
        message = phrase("nothing says which act left the units unchanged")
        hint = phrase("write it into the column `instrument` (Văn bản)")
        run.report(raw, LineageColumn.INSTRUMENT, "NC381", message, hint)
    return day if len(run.problems) == known else None


def _unit(run: _LineageRows, raw: RawRow, column: LineageColumn, cell: RawValue | None) -> str | None:
    text = "" if cell is None else _identifier(cell)
    if refused := formula_error(text):
        run.refuse(raw, column, refused)
    elif shows_nothing(text):
        run.report(raw, column, _CELL, phrase("{column} is blank", column=_NEEDED[column]), _A_ROW)
    elif stands_for_none(text):
        run.report(
            raw, column, _CELL, phrase("{found} is no identifier; it stands for none", found=quoted(text)), _A_ROW
        )
    else:
        return text
    return None


def _identifier(cell: RawValue) -> str:
    text = raw_text(cell)
    return text.removesuffix(".0") if isinstance(cell, NumberText) else text


def _day(run: _LineageRows, raw: RawRow, cell: RawValue | None) -> datetime.date | None:
    text = "" if cell is None else raw_text(cell)
    if not text:
        run.report(
            raw, LineageColumn.DAY, _CELL, phrase("{column} is blank", column=_NEEDED[LineageColumn.DAY]), _A_ROW
        )
        return None
    day = formula_error(text) or read_day(text)
    if isinstance(day, Refusal):
        run.refuse(raw, LineageColumn.DAY, day)
        return None
    return day


def _share(run: _LineageRows, raw: RawRow, cell: RawValue | None) -> Share | Fraction | str | None:
    text = "" if cell is None else raw_text(cell)
    if not text:
        run.report(
            raw,
            LineageColumn.SHARE,
            _CELL,
            phrase("{column} is blank", column=_NEEDED[LineageColumn.SHARE]),
            _WRITE_A_SHARE,
        )
        return None
    for words, meant in ((_REFORM, "reform"), (_UNCHANGED, "unchanged")):
        if folded(text) in words:
            return meant
    if (named := _SHARES.get(folded(text))) is not None:
        return named
    found = formula_error(text) or _proportion(text, is_percent=isinstance(cell, NumberText) and cell.is_percent)
    if isinstance(found, Refusal):
        run.refuse(raw, LineageColumn.SHARE, found)
        return None
    return found


def _proportion(text: str, *, is_percent: bool) -> Fraction | Refusal:
    """A proportion: `2/5`, `40%`, `40 %`, `0,4` or `0.4`; a unit is in one part of it, or more, so it is below 1."""
    plain = text.replace(" ", "").replace(",", ".")
    above, _, below = plain.removesuffix("%").partition("/")
    try:
        number = Fraction(above) / (Fraction(below) if below else 1)
    except (ValueError, ZeroDivisionError):
        return Refusal(_CELL, phrase("{found} is no share of a unit", found=quoted(text)), _WRITE_A_SHARE)
    if plain.endswith("%") and not is_percent:
        number /= 100
    if number == 1:
        message: Phrase = phrase("{found} is the whole of a unit", found=quoted(text))
        return Refusal(_CELL, message, phrase("write whole (toàn bộ)"))
    if not 0 < number < 1:
        message = phrase("{found} is no proportion: it is above 0 and below 1", found=quoted(text))
        return Refusal(_CELL, message, _WRITE_A_SHARE)
    return number
