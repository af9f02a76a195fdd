"""Reading a fact table from a file or a text."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from importlib import import_module
from pathlib import Path
from typing import Literal

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.assembling import assemble
from ncriteria.facts.checks import contradictions
from ncriteria.facts.raw import RawTable
from ncriteria.facts.table import FactsError, FactTable
from ncriteria.sets.model import FactDeclaration

Format = Literal["csv", "json", "yaml"]
_FORMATS: Mapping[str, Format] = {".csv": "csv", ".tsv": "csv", ".json": "json", ".yaml": "yaml", ".yml": "yaml"}


def read(path: str | Path, declarations: Mapping[str, FactDeclaration], *, ignore: Collection[str] = ()) -> FactTable:
    """The fact table in a CSV, TSV, JSON or YAML file, told apart by the ending of its name.

    `declarations` are the facts that columns may be (`criteria.facts`). Columns whose heading is in `ignore` are
    passed over. Raises `FactsError` with every problem of the file: row, heading, what was found, what to write.
    """
    path = Path(path)
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        hint = f"the endings that are read: {', '.join(_FORMATS)}"
        raise FactsError(
            Problem("NC224", f'files that end in "{path.suffix}" are not read', CellPlace(str(path)), hint)
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        raise FactsError(Problem("NC220", message, CellPlace(str(path)))) from None
    return reads(_decoded(content, str(path)), kind, declarations, file=str(path), ignore=ignore)


def reads(
    text: str,
    kind: Format,
    declarations: Mapping[str, FactDeclaration],
    *,
    file: str | None = None,
    ignore: Collection[str] = (),
) -> FactTable:
    """The fact table in a text of the format `kind`; `file` names it in errors. Raises `FactsError` as `read` does."""
    composed = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    if "\0" in composed:
        line = composed.count("\n", 0, composed.index("\0")) + 1
        raise FactsError(Problem("NC220", "a NUL character stands in the text", CellPlace(file, row=line)))
    rows, problems = assemble(_raw(composed, kind, file), declarations, ignore=ignore, file=file)
    problems += contradictions(rows)
    if problems:
        raise FactsError(problems)
    return FactTable(tuple(rows), file)


def _raw(text: str, kind: Format, file: str | None) -> RawTable:
    module = import_module(f"ncriteria.facts.{kind}_reader")
    table = getattr(module, f"read_{kind}")(text, file)
    assert isinstance(table, RawTable)
    return table


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = f"byte {error.start} (0x{content[error.start]:02x}) is not UTF-8"
        raise FactsError(Problem("NC220", message, CellPlace(file, row=line), "save the file as UTF-8")) from None
