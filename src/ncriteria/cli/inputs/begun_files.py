"""Criteria files that a command begins or extends: what they are called, and what they extend."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from ncriteria.cli.console.written import written
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.criteria import criteria_paths
from ncriteria.report.documents import schema_text
from ncriteria.sets.files.files import MODELINE, SET_SCHEMA, shipped_folder
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.reading.fields import IDENTIFIER
from ncriteria.words import phrase

PROJECT_SCHEMA: Final = "ncriteria-project-1.schema.json"
"""What the schema of project files is called beside one."""
_SCHEMAS: Final = {SET_SCHEMA: "set", PROJECT_SCHEMA: "project"}


def path_and_set(name: str) -> tuple[Path, CriteriaSet]:
    """The file of one set, by the name that a call gives it, and the set."""
    from ncriteria.sets.loader import load_set

    path, *others = criteria_paths([name])
    if others:
        raise WrongCallError(phrase("`{name}` is a folder; name one set", name=name))
    return path, load_set(path)


def identifier_for(file: Path, name: str | None) -> str:
    """The identifier of the set in a new file: the one that is given, or one made of the name of the file."""
    found = name or re.sub(r"[^\w.-]+", "-", file.stem).strip("-._")
    if not IDENTIFIER.fullmatch(found):
        raise WrongCallError(phrase("`{name}` is no identifier; use letters, digits, `.`, `_` and `-`", name=found))
    return found


def reference_to(path: Path, file: Path) -> str:
    """What the new file calls the one that it extends."""
    for folder in (shipped_folder(), file.parent):
        if path.resolve().is_relative_to(folder.resolve()):
            return path.resolve().relative_to(folder.resolve()).as_posix()
    message = phrase("`{file}` can extend a shipped set, or a file beside it or in a folder inside", file=file)
    raise WrongCallError(message)


def with_schema(text: str, schema: str = SET_SCHEMA) -> str:
    """The text of a file, which begins with the schema that editors know it by."""
    return f"{MODELINE}{schema}\n{text}"


def lay_schema_beside(file: Path, name: str = SET_SCHEMA) -> None:
    """Write the schema that the first line of the file names, where it is not there as this version has it."""
    schema, content = file.with_name(name), schema_text(_SCHEMAS[name]).encode()
    if not schema.exists() or schema.read_bytes() != content:
        written(schema, content, force=True)
