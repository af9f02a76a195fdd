"""The object that every `--json` prints: the tool that wrote it, the schema, the command, and the problems."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Final

from ncriteria import __version__
from ncriteria.errors import Problem
from ncriteria.facts.project import FORMAT as PROJECT_FORMAT
from ncriteria.quick_classes import frozen
from ncriteria.report.dmn.model import NotCarried
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.structure import Plain, TellingContext, plain, record
from ncriteria.sets.files.files import SET_SCHEMA, shipped_folder
from ncriteria.sets.keys.tables import FORMAT
from ncriteria.words import phrase

SCHEMA: Final = "ncriteria-result/1"
"""The schema of all results and its version, which grows where a key changes its meaning or goes."""


SCHEMAS: Final[Mapping[str, str]] = {
    "result": phrase("what --json prints, and what Result.to_json gives"),
    "set": phrase("what stands in a criteria file, for editors"),
    "project": phrase("what stands in a project file, for editors"),
}
"""The schemas that the package carries, by name."""
SCHEMA_VERSIONS: Final[Mapping[str, str]] = {"result": SCHEMA, "set": FORMAT, "project": PROJECT_FORMAT}
"""What each schema is of, with its version."""


@frozen
class SchemaFound:
    """What `schema` finds: one schema."""

    name: str
    content: Mapping[str, object]


@frozen
class SchemasFound:
    """What `schema` finds with `--list`."""

    schemas: Mapping[str, str]


@frozen
class ProjectBegun:
    """What `init` finds: the file that it wrote, how many rows of how many units it reads, and what stays open."""

    file: str
    rows: int
    units: int
    unread: int
    open: tuple[str, ...]


@frozen
class SetBegun:
    """What `new` finds: the file that it wrote, the set in it, and what is still to be filled in."""

    file: str
    criteria: str
    warnings: tuple[Problem, ...]


@frozen
class FileLaidOut:
    """A criteria file, and whether its layout changes."""

    file: str
    changed: bool


@frozen
class FilesLaidOut:
    """What `fmt` finds."""

    files: tuple[FileLaidOut, ...]


@frozen
class DmnWritten:
    """What `export` finds: the model of a set, in a file or here, and what it does not do as the set does."""

    file: str | None
    criteria: str
    inputs: int
    decisions: int
    not_carried: tuple[NotCarried, ...]
    document: str | None


record(ProjectBegun)
record(SetBegun)
record(FileLaidOut)
record(FilesLaidOut)
record(NotCarried)
record(DmnWritten)
record(SchemaFound)
record(SchemasFound)


def schema_text(name: str) -> str:
    """The text of a schema that the package carries."""
    if name == "set":
        return (shipped_folder() / SET_SCHEMA).read_text(encoding="utf-8")
    return files("ncriteria.report").joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")


def document(
    command: str | None, payload: Mapping[str, object], problems: Iterable[Problem] = (), receipt: Receipt | None = None
) -> Plain:
    """What a command found, as one object; `problems` are those of the call as a whole.

    The `receipt` stands in it where there is one, and what was found does not have it itself.

    `command` is `None` where the call names none, or one that there is not, and for a result of Python.
    """
    if receipt is not None and "receipt" not in payload:
        payload = {**payload, "receipt": plain(receipt, TellingContext("en"))}
    told = {**payload, "problems": plain(tuple(problems), TellingContext("en"))}
    return {"ncriteria": __version__, "schema": SCHEMA, "command": command, **told}


def json_text(told: Mapping[str, object]) -> str:
    """Plain data as JSON, its letters as they are."""
    return json.dumps(told, ensure_ascii=False, indent=2)
