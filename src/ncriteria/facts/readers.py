"""Reading a fact table from a file or a text."""

from __future__ import annotations

import gc
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from attrs import evolve

from ncriteria.errors import CellPlace, Problem, expect
from ncriteria.facts.assembling import assemble
from ncriteria.facts.checks.fitting import contradictions
from ncriteria.facts.encodings import text_of
from ncriteria.facts.formats.grid import Grid
from ncriteria.facts.formats.raw import RawTable
from ncriteria.facts.layout.headings import names_of
from ncriteria.facts.layout.laying_out import lay_out
from ncriteria.facts.options import AS_IT_STANDS, ReadingOptions
from ncriteria.facts.rows.known_days import on_file, undated
from ncriteria.facts.table import FactsError, FactTable
from ncriteria.sets.files.files import shown_path, why_unread
from ncriteria.sets.model import FactDeclaration
from ncriteria.sets.reading.documents import UNREADABLE, named
from ncriteria.words import phrase

if TYPE_CHECKING:
    from ncriteria.facts.formats.workbook import WorkbookKind

Format = Literal["csv", "tsv", "json", "yaml"]
_FORMATS: Mapping[str, Format] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".txt": "csv",
    ".json": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
}
_WORKBOOKS: Mapping[str, WorkbookKind] = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods"}
FileKind = Literal["csv", "tsv", "json", "yaml", "xlsx", "xls", "ods"]
"""What a file of facts can be."""
_KINDS: Mapping[str, FileKind] = {**_WORKBOOKS, **_FORMATS}
SUFFIXES: Final = frozenset({*_KINDS, ".parquet"})
"""The endings of files that a table may stand in; that of columns is read by those who judge columns."""
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_BEGIN = 200
_WHOLE = phrase("`ncriteria evaluate` and `ncriteria impact` judge it as a whole; save the rows of interest as CSV")


def read(
    path: str | Path,
    declarations: Mapping[str, FactDeclaration],
    *,
    ignore: Collection[str] = (),
    options: ReadingOptions = AS_IT_STANDS,
    keep_going: bool = False,
) -> FactTable:
    """The fact table in a workbook, a CSV, TSV, text (`.txt` of Excel), JSON or YAML file, told apart by its ending.

    `declarations` are the facts that columns may be (`criteria.facts`). Columns whose heading is in `ignore` are passed
    over; `options` say more about how an office writes its tables. Raises `FactsError` with every problem of the file:
    row, heading, what was found, what to write. A form (`ncriteria form`) says itself what its columns are; where it is
    of another version of the set that judges, `warnings` says so.

    With `keep_going`, cells that cannot be read are unknown, rows whose unit or year cannot be read are left out, and
    so are units whose rows contradict each other; `problems` of the table tells all of them. What is wrong with the
    table as a whole, such as a heading, is an error still.
    """
    expect("`path`", path, (str, Path), "the name of a file")
    expect("`declarations`", declarations, Mapping, "the facts of criteria: `criteria.facts`")
    content, kind, name = _content_of(path)
    given = evolve(options, ignore=options.ignore.union(ignore), keep_going=options.keep_going or keep_going)
    return read_content(content, kind, declarations, file=name, options=given)


def read_content(
    content: bytes,
    kind: FileKind | None,
    declarations: Mapping[str, FactDeclaration],
    *,
    file: str,
    options: ReadingOptions = AS_IT_STANDS,
) -> FactTable:
    """The fact table in the content of a file, which errors call `file`; raises `FactsError` as `read` does.

    Without a `kind`, how the content begins tells what it is: a workbook, JSON, or else CSV.
    """
    found = kind_of(content) if kind is None else kind
    with _no_search_for_garbage():
        match found:
            case "xlsx" | "xls" | "ods":
                return _of_workbook(content, found, declarations, options, file)
            case _:
                return _of_text(content, found, declarations, options, file)


def kind_of(content: bytes) -> FileKind:
    """What the content of a file is by how it begins; a text that is no JSON is CSV."""
    from ncriteria.facts.formats.workbook.kinds import COMPOUND, ZIP  # which named files have no need of

    if content.startswith(COMPOUND):
        return "xls"
    if content.startswith(ZIP):
        return "ods" if _OPEN_DOCUMENT in content[:_BEGIN] else "xlsx"
    return "json" if content[:_BEGIN].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"[", b"{")) else "csv"


def _of_workbook(
    content: bytes, kind: WorkbookKind, declarations: Mapping[str, FactDeclaration], options: ReadingOptions, name: str
) -> FactTable:
    from ncriteria.facts.forms.reading_back import form_in, laid_out_form, versions  # which other tables do not need

    filled = form_in(content, kind, name, options.sheet)
    if filled is None:
        grid, table = _sheet(content, kind, options.sheet, name)
        return _read(lay_out(grid, declarations, options, table), declarations, options, table)
    table, given = CellPlace(name, sheet=filled.grid.sheet), evolve(options, level=options.level or filled.form.level)
    if filled.form.has_months:
        given = evolve(given, months_end=filled.form.months_end)
    found = _read(laid_out_form(filled, declarations, given, table), declarations, given, table)
    return evolve(
        found,
        warnings=(*versions(filled.form, declarations, table), *found.warnings),
        assessment_years=frozenset(filled.form.years),
    )


def _sheet(content: bytes, kind: WorkbookKind, sheet: str | None, name: str) -> tuple[Grid, CellPlace]:
    from ncriteria.facts.formats.workbook import read_workbook  # which other tables have no need of

    grid = read_workbook(content, kind, name, sheet)
    return grid, CellPlace(name, sheet=grid.sheet)


def _of_text(
    content: bytes, kind: Format, declarations: Mapping[str, FactDeclaration], options: ReadingOptions, name: str
) -> FactTable:
    found = text_of(content, options.encoding, lambda: names_of(declarations), CellPlace(name))
    try:
        table = _table(found.text, kind, declarations, CellPlace(name), options)
    except FactsError as error:
        if found.doubt is None:
            raise
        # What is wrong with the cells may come from letters that are read wrongly.
        raise FactsError([found.doubt, *error.problems]) from None
    account = table.account and evolve(table.account, encoding=found.encoding)
    warnings = table.warnings if found.doubt is None else (found.doubt, *table.warnings)
    return evolve(table, account=account, warnings=warnings)


def cells_of_file(
    path: str | Path, headings: Collection[str], options: ReadingOptions
) -> tuple[RawTable | Grid, CellPlace]:
    """The cells of a file as they stand, and its place; `headings` are those that are known, folded.

    Raises `FactsError`, also where it is not sure which encoding a text is of.
    """
    content, kind, name = _content_of(path)
    match kind:
        case "xlsx" | "xls" | "ods":
            return _sheet(content, kind, options.sheet, name)
        case _:
            found = text_of(content, options.encoding, lambda: headings, CellPlace(name))
            if found.doubt is not None:
                raise FactsError(found.doubt)
            return cells_of_text(found.text, kind, CellPlace(name)), CellPlace(name)


def _content_of(path: str | Path) -> tuple[bytes, FileKind, str]:
    """The bytes of a file, what its ending says that it is, and its name for messages."""
    path = Path(path)
    name = shown_path(path)
    ending = path.suffix.lower()
    if ending not in _KINDS:
        known = ", ".join(_KINDS)
        hint = _WHOLE if ending == ".parquet" else phrase("the endings that are read: {endings}", endings=known)
        message = phrase('files that end in "{ending}" are not read', ending=path.suffix)
        raise FactsError(Problem("NC224", message, CellPlace(name), hint))
    try:
        return path.read_bytes(), _KINDS[ending], name
    except (OSError, ValueError) as error:
        message = phrase("the file cannot be read: {reason}", reason=why_unread(error))
        raise FactsError(Problem("NC220", message, CellPlace(name))) from None


def read_text(
    text: str,
    kind: Format,
    declarations: Mapping[str, FactDeclaration],
    *,
    file: str | None = None,
    ignore: Collection[str] = (),
    options: ReadingOptions = AS_IT_STANDS,
    keep_going: bool = False,
) -> FactTable:
    """The fact table in a text of the format `kind`; `file` names it in errors. Raises `FactsError` as `read` does."""
    expect("`text`", text, str, "the text of a table")
    expect("`declarations`", declarations, Mapping, "the facts of criteria: `criteria.facts`")
    given = evolve(options, ignore=options.ignore.union(ignore), keep_going=options.keep_going or keep_going)
    with _no_search_for_garbage():
        return _table(text, kind, declarations, CellPlace(file), given)


def read_frame(frame: object, declarations: Mapping[str, FactDeclaration], options: ReadingOptions | None) -> FactTable:
    """The table that `FactTable.from_frame` gives."""
    from ncriteria.facts.frames import raw_rows

    expect("`declarations`", declarations, Mapping, "the facts of criteria: `criteria.facts`")
    with _no_search_for_garbage():
        return _read(raw_rows(frame), declarations, options or AS_IT_STANDS, CellPlace())


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Put off what Python does when many objects are made: a table that is read has no circles of garbage.

    Half the time of reading would go into looking through its cells again and again.
    """
    searches = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searches:
            gc.enable()


def _table(
    text: str, kind: Format, declarations: Mapping[str, FactDeclaration], table: CellPlace, options: ReadingOptions
) -> FactTable:
    raw = cells_of_text(text, kind, table)
    if isinstance(raw, Grid):
        raw = lay_out(raw, declarations, options, table)
    return _read(raw, declarations, options, table)


def _read(
    raw: RawTable, declarations: Mapping[str, FactDeclaration], options: ReadingOptions, table: CellPlace
) -> FactTable:
    found = assemble(raw, declarations, options, table)
    kept, versions = on_file(found.rows, options.known_on)
    against = list(contradictions(kept, options.whole_lineage))
    problems = (*found.problems, *(problem for _, problem in against))
    if problems and not (options.keep_going and found.is_table):
        raise FactsError(problems)
    contradictory = {unit for unit, _ in against}
    rows = tuple(row for row in kept if row.unit.id not in contradictory)
    lacks_rows = found.lacks_rows or bool(contradictory)
    return FactTable(
        rows,
        table.file,
        (*found.warnings, *undated(kept, options.known_on, table)),
        raw.account,
        problems,
        lacks_rows,
        options.months_end,
        lineage=options.whole_lineage,
        known_on=options.known_on,
        other_versions=versions,
    )


def cells_of_text(text: str, kind: Format, table: CellPlace) -> RawTable | Grid:
    """The cells of a text as they stand; raises `FactsError`."""
    composed = unicodedata.normalize("NFC", text.lstrip("\ufeff"))
    if unreadable := UNREADABLE.search(composed):
        line = composed.count("\n", 0, unreadable.start()) + 1
        message = phrase("{character} stands in the text", character=named(unreadable[0]))
        raise FactsError(Problem("NC220", message, evolve(table, row=line)))
    return _raw(composed, kind, table.file)


def _raw(text: str, kind: Format, file: str | None) -> RawTable | Grid:
    if kind not in _FORMATS.values():
        hint = phrase("the formats are: {formats}", formats=", ".join(dict.fromkeys(_FORMATS.values())))
        message = phrase('the format "{kind}" is not read from a text', kind=kind)
        raise FactsError(Problem("NC224", message, CellPlace(file), hint))
    module = import_module(f"ncriteria.facts.formats.{'csv' if kind == 'tsv' else kind}_reader")
    table = getattr(module, f"read_{kind}")(text, file)
    assert isinstance(table, (RawTable, Grid))
    return table
