"""Reading attestations from tables: one row for each, with the unit, the year, and what is attested by whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Final

from attrs import evolve, field

from ncriteria.errors import CellPlace, Problem, expect
from ncriteria.facts.attestations.contents import Contents
from ncriteria.facts.attestations.model import Attestation, AttestedValue, repeated
from ncriteria.facts.cells.cells import folded, formula_error, truth_of
from ncriteria.facts.cells.days import read_day
from ncriteria.facts.cells.raw_cells import raw_text, raw_year, read_raw
from ncriteria.facts.cells.refusals import Refusal, quoted
from ncriteria.facts.formats.grid import Grid, GridRow
from ncriteria.facts.formats.raw import RawRow, RawTable, RawValue, is_blank
from ncriteria.facts.layout.columns import HEADINGS, Reserved
from ncriteria.facts.layout.tables_of_other_columns import is_note_row, rows_below_headings
from ncriteria.facts.options import AS_IT_STANDS, ReadingOptions
from ncriteria.facts.readers import Format, cells_of_file, cells_of_text
from ncriteria.facts.rows.row_texts import Identifiers, texts_of
from ncriteria.facts.table import FactsError
from ncriteria.language.hints.near_misses import did_you_mean
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
_SHOWN: Final = {
    Reserved.YEAR: "`year` (Năm)",
    Said.CONTENT: "`content` (Nội dung)",
    Said.VALUE: "`value` (Kết quả)",
    Said.BY: "`by` (Cơ quan xác nhận)",
    Said.DOCUMENT: "`document` (Văn bản)",
}
_NEEDED: Final = (Reserved.YEAR, Said.CONTENT, Said.VALUE, Said.BY, Said.DOCUMENT)
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
Column = Reserved | Said


def _known() -> dict[str, Column]:
    """The headings that are understood, folded; those of attestations win over those of tables of facts."""
    found: dict[str, Column] = {folded(one): column for column, headings in HEADINGS.items() for one in headings}
    return found | {folded(one): column for column, headings in _HEADINGS.items() for one in headings}


def read(
    path: str | Path, sets: Iterable[CriteriaSet], *, options: ReadingOptions = AS_IT_STANDS
) -> tuple[Attestation, ...]:
    """The attestations in a file of any kind that facts are read from, in the order of its rows.

    `sets` say which clauses and facts there are. Raises `FactsError` with every problem of the file.
    """
    expect("`path`", path, (str, Path), "the name of a file")
    cells, table = cells_of_file(path, _known(), options)
    return _attestations(cells, Contents(sets), options, table)


def read_text(
    text: str,
    kind: Format,
    sets: Iterable[CriteriaSet],
    *,
    file: str | None = None,
    options: ReadingOptions = AS_IT_STANDS,
) -> tuple[Attestation, ...]:
    """The attestations in a text of the format `kind`; `file` names it in errors."""
    expect("`text`", text, str, "the text of a table")
    table = CellPlace(file)
    return _attestations(cells_of_text(text, kind, table), Contents(sets), options, table)


@frozen
class _Reading:
    """One reading: the columns by heading, what may be attested, and what is wrong."""

    table: CellPlace
    contents: Contents
    headings: Mapping[Column, str]
    identifiers: Identifiers
    problems: list[Problem] = field(factory=list)

    def report(self, raw: RawRow, column: Column, code: str, message: str, hint: str | None = None) -> None:
        """Add a problem of a cell."""
        self.problems.append(Problem(code, message, raw.cell(self.table, self.headings.get(column)), hint))

    def refuse(self, raw: RawRow, column: Column, refused: Refusal) -> None:
        """Add why a cell cannot be read."""
        self.report(raw, column, refused.code, refused.message, refused.hint)


def _attestations(
    cells: RawTable | Grid, contents: Contents, options: ReadingOptions, table: CellPlace
) -> tuple[Attestation, ...]:
    raw = rows_below_headings(cells, _known(), options, table, _of_the_table) if isinstance(cells, Grid) else cells
    problems = [*raw.problems]
    columns = _columns(raw.headings, options, table, problems)
    if problems:
        raise FactsError(problems)
    reserved = {heading: column for heading, column in columns.items() if isinstance(column, Reserved)}
    given = [(row, texts_of(reserved, row)) for row in raw.rows]
    headings = {column: heading for heading, column in columns.items()}
    run = _Reading(table, contents, headings, Identifiers.of(texts for _, texts in given))
    found = [one for row, texts in given if (one := _attestation(run, row, texts)) is not None]
    if run.problems:
        raise FactsError(run.problems)
    if problems := list(repeated(found)):
        raise FactsError(problems)
    return tuple(found)


def _of_the_table(rows: Iterable[GridRow], meant: Sequence[Column | None]) -> Iterator[GridRow]:
    """The rows that are no notes, nor stand below one and say neither the year nor what is attested as what."""
    below = False
    for row in rows:
        said = {column for column, cell in zip(meant, row.cells, strict=False) if not is_blank(cell)}
        if is_note_row(row.cells):
            below = True
        elif not below or said & {Reserved.YEAR, Said.CONTENT, Said.VALUE}:
            yield row


def _columns(
    headings: Iterable[str], options: ReadingOptions, table: CellPlace, problems: list[Problem]
) -> dict[str, Column]:
    """The column of each heading; those that name none, and columns that are not there, are reported."""
    known, found = _known(), dict[str, Column]()
    names: dict[str, Column] = {column.value: column for column in (*Reserved, *Said)}
    for heading in headings:
        name = folded(heading)
        column = names.get(options.columns.get(name, "")) or known.get(name)
        place = evolve(table, heading=heading)
        if name in options.ignore or (column is None and options.ignore_unknown):
            continue
        if column is None:
            near = did_you_mean(heading, known)
            hint = near or phrase("leave the column out, or name it with `ignore` (--ignore-column)")
            message = phrase('"{heading}" is no column of attestations', heading=heading)
            problems.append(Problem("NC290", message, place, hint))
        elif column in found.values():
            shown = _SHOWN.get(column, f"`{column.value}`")
            message = phrase('"{heading}" is one more column of {column}', heading=heading, column=shown)
            problems.append(Problem("NC290", message, place, phrase("keep one of them")))
        else:
            found[heading] = column
    absent: list[str] = [_SHOWN[column] for column in _NEEDED if column not in found.values()]
    if not {Reserved.UNIT, Reserved.NAME} & set(found.values()):
        absent.insert(0, phrase("`unit` or `name` (Đơn vị)"))
    hint = phrase("a row says: unit, year, content, value, by, document, and perhaps date")
    problems += [
        Problem("NC290", phrase("there is no column {column}", column=column), table, hint) for column in absent
    ]
    return found


def _attestation(run: _Reading, raw: RawRow, texts: Mapping[Reserved, str]) -> Attestation | None:
    known = len(run.problems)
    said = {column: raw.cells[heading] for column, heading in run.headings.items() if heading in raw.cells}
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
        place=raw.cell(run.table, run.headings[Said.CONTENT]),
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
