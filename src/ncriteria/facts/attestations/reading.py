"""Reading attestations from tables: one row for each, with the unit, the year, and what is attested by whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Set
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Final

from attrs import field

from ncriteria.errors import CellPlace, expect
from ncriteria.facts.attestations.contents import Contents
from ncriteria.facts.attestations.model import Attestation, AttestedValue, repeated
from ncriteria.facts.cells.cells import folded, formula_error, truth_of
from ncriteria.facts.cells.days import read_day
from ncriteria.facts.cells.raw_cells import raw_text, raw_year, read_raw
from ncriteria.facts.cells.refusals import Refusal, quoted
from ncriteria.facts.formats.grid import Grid
from ncriteria.facts.formats.raw import RawRow, RawTable, RawValue
from ncriteria.facts.layout.columns import HEADINGS, Reserved
from ncriteria.facts.layout.tables_of_other_columns import (
    OtherColumns,
    RowsRead,
    rows_below_headings,
)
from ncriteria.facts.options import AS_IT_STANDS, ReadingOptions
from ncriteria.facts.readers import cells_of_file
from ncriteria.facts.rows.row_texts import Identifiers, texts_of
from ncriteria.facts.table import FactsError
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, Verdict
from ncriteria.words import all_of, phrase


class Said(Enum):
    """The columns of attestations, beside those of units and years."""

    CONTENT = "content"
    VALUE = "value"
    BY = "by"
    DOCUMENT = "document"
    DATE = "date"


Column = Reserved | Said
_HEADINGS: Final[Mapping[Said, tuple[str, ...]]] = {
    Said.CONTENT: (
        *("content", "clause", "criterion", "fact", "indicator", "nội dung", "tiêu chí", "chỉ tiêu", "điều khoản"),
        *(
            "nội dung/tiêu chí",
            "nội dung, tiêu chí",
            "tiêu chí/nội dung",
            "nội dung xác nhận",
            "nội dung được xác nhận",
        ),
    ),
    Said.VALUE: ("value", "result", "kết quả", "kết quả xác nhận", "giá trị", "đánh giá"),
    Said.BY: (
        *("by", "body", "attested by", "attested_by", "người xác nhận", "cơ quan xác nhận", "đơn vị xác nhận"),
        *("người/cơ quan xác nhận", "cơ quan/người xác nhận", "người, cơ quan xác nhận", "cơ quan, người xác nhận"),
    ),
    Said.DOCUMENT: ("document", "văn bản", "số văn bản", "văn bản số", "văn bản xác nhận", "số hiệu văn bản"),
    Said.DATE: ("date", "ngày", "ngày văn bản", "ngày xác nhận", "ngày ký", "ngày tháng", "ngày ban hành"),
}
_SHOWN: Final[Mapping[Column, str]] = {
    Reserved.YEAR: "`year` (Năm)",
    Said.CONTENT: "`content` (Nội dung)",
    Said.VALUE: "`value` (Kết quả)",
    Said.BY: "`by` (Cơ quan xác nhận)",
    Said.DOCUMENT: "`document` (Văn bản)",
}
_UNIT_OR_NAME: Final = phrase("`unit` or `name` (Đơn vị)")
_VERDICTS: Final = {
    "met": Verdict.MET,
    "not met": Verdict.NOT_MET,
    "not_met": Verdict.NOT_MET,
    "không áp dụng": Verdict.NOT_APPLICABLE,
    "not applicable": Verdict.NOT_APPLICABLE,
    "not_applicable": Verdict.NOT_APPLICABLE,
}
"""Verdicts as tables write them, besides the words for true and false."""
_OF_UNITS: Final = (Reserved.UNIT, Reserved.NAME, Reserved.YEAR)


@cache
def _columns() -> OtherColumns[Column]:
    """The headings of attestations win over those of tables of facts."""
    known: dict[str, Column] = {folded(one): column for column, headings in HEADINGS.items() for one in headings}
    known |= {folded(one): column for column, headings in _HEADINGS.items() for one in headings}
    return OtherColumns(
        known,
        _SHOWN,
        {_UNIT_OR_NAME: {Reserved.UNIT, Reserved.NAME}, **{shown: {column} for column, shown in _SHOWN.items()}},
        "NC290",
        phrase("a row says: unit, year, content, value, by, document, and perhaps date"),
        lambda heading: (
            phrase('"{heading}" is no column of attestations', heading=heading),
            phrase("leave the column out, or name it with `ignore` (--ignore-column)"),
        ),
    )


def read(
    path: str | Path, sets: Iterable[CriteriaSet], *, options: ReadingOptions = AS_IT_STANDS
) -> tuple[Attestation, ...]:
    """The attestations in a file of any kind that facts are read from, in the order of its rows.

    `sets` say which clauses and facts there are. Raises `FactsError` with every problem of the file.
    """
    expect("`path`", path, (str, Path), "the name of a file")
    cells, table = cells_of_file(path, _columns().known, options)
    return _attestations(cells, Contents(sets), options, table)


@frozen
class _Reading(RowsRead[Column]):
    """One reading, with what may be attested, and the identifiers that the rows give."""

    contents: Contents = field(kw_only=True)
    identifiers: Identifiers = field(kw_only=True)


def _attestations(
    cells: RawTable | Grid, contents: Contents, options: ReadingOptions, table: CellPlace
) -> tuple[Attestation, ...]:
    known = _columns().known
    raw = rows_below_headings(cells, known, options, table, _is_row) if isinstance(cells, Grid) else cells
    columns, amiss = _columns().of(raw.headings, options, table)
    if problems := [*raw.problems, *amiss]:
        raise FactsError(problems)
    reserved = {heading: column for heading, column in columns.items() if isinstance(column, Reserved)}
    given = [(row, texts_of(reserved, row)) for row in raw.rows]
    headings = {column: heading for heading, column in columns.items()}
    identifiers = Identifiers.of(texts for _, texts in given)
    run = _Reading(table, headings, contents=contents, identifiers=identifiers)
    found = [one for row, texts in given if (one := _attestation(run, row, texts)) is not None]
    if problems := run.problems or list(repeated(found)):
        raise FactsError(problems)
    return tuple(found)


def _is_row(said: Set[Column | None]) -> bool:
    """Whether a row below a note is of the table: it says the year, or what is attested as what."""
    return bool(said & {Reserved.YEAR, Said.CONTENT, Said.VALUE})


def _attestation(run: _Reading, raw: RawRow, texts: Mapping[Reserved, str]) -> Attestation | None:
    known = len(run.problems)
    said = run.said(raw)
    if not set(said) - set(_OF_UNITS) - {Reserved.SERIAL, Reserved.NOTE}:
        # A row of the form that nobody has filled in attests nothing.
        return None
    unit, year = run.identifiers.read(texts), raw_year(said.get(Reserved.YEAR))
    if isinstance(unit, Refusal):
        run.refuse(raw, run.identifiers.column(texts), unit)
    if isinstance(year, Refusal):
        run.refuse(raw, Reserved.YEAR, year)
    content, value = _content(run, raw, said), None
    if content is not None and Said.VALUE in said:
        value = _value(run, raw, content, said[Said.VALUE])
    by, document = (_text(run, raw, column, said) for column in (Said.BY, Said.DOCUMENT))
    if Said.VALUE not in said:
        _blank(run, raw, Said.VALUE)
    date = _date(run, raw, said)
    if len(run.problems) > known or isinstance(unit, Refusal) or isinstance(year, Refusal):
        return None
    assert content is not None
    assert by is not None
    assert document is not None
    return Attestation(
        content=content,
        value=value,
        by=by,
        document=document,
        date=date,
        unit=unit,
        year=year,
        place=run.place(raw, Said.CONTENT),
    )


def _blank(run: _Reading, raw: RawRow, column: Said) -> None:
    hint = phrase("an attestation says what it attests, by whom, and in which document")
    run.report(raw, column, "NC291", phrase("{column} is blank", column=_SHOWN[column]), hint)


def _text(run: _Reading, raw: RawRow, column: Said, said: Mapping[Column, RawValue]) -> str | None:
    if column not in said:
        _blank(run, raw, column)
        return None
    text = raw_text(said[column])
    if (refused := formula_error(text)) is not None:
        run.refuse(raw, column, refused)
    return text


def _content(run: _Reading, raw: RawRow, said: Mapping[Column, RawValue]) -> str | None:
    """The path of the clause, or the name of the fact."""
    text = _text(run, raw, Said.CONTENT, said)
    if text is None:
        return None
    named = run.contents.named(text)
    if len(named) == 1:
        return named[0]
    if named:
        meanings = all_of(f"`{one}`" for one in named)
        message = phrase("{text} may mean {meanings}", text=quoted(text), meanings=meanings)
        run.report(raw, Said.CONTENT, "NC294", message, phrase("write one of these"))
    else:
        hint = run.contents.near(text) or phrase("name a clause by its path, or a fact by its name")
        message = phrase("{text} is no clause and no fact of the criteria", text=quoted(text))
        run.report(raw, Said.CONTENT, "NC294", message, hint)
    return None


def _value(run: _Reading, raw: RawRow, content: str, cell: RawValue) -> AttestedValue:
    declared = run.contents.facts.get(content)
    if declared is None:
        return _verdict(run, raw, cell)
    reading = read_raw(declared, cell, alone=True)
    if isinstance(reading, Refusal):
        run.refuse(raw, Said.VALUE, reading)
        return None
    return None if reading is None else reading.value


def _verdict(run: _Reading, raw: RawRow, cell: RawValue) -> Verdict | None:
    text = raw_text(cell)
    if (named := _VERDICTS.get(folded(text))) is not None:
        return named
    truth = truth_of(text)
    if truth is None:
        hint = phrase("write Đạt or Chưa đạt, Có or Không, or Không áp dụng")
        message = phrase("{text} is no verdict", text=quoted(text))
        refused = formula_error(text) or Refusal("NC292", message, hint)
        run.refuse(raw, Said.VALUE, refused)
        return None
    return Verdict.MET if truth else Verdict.NOT_MET


def _date(run: _Reading, raw: RawRow, said: Mapping[Column, RawValue]) -> datetime.date | None:
    if Said.DATE not in said:
        return None
    text = raw_text(said[Said.DATE])
    day = formula_error(text) or read_day(text)
    if isinstance(day, Refusal):
        run.refuse(raw, Said.DATE, day)
        return None
    return day
