"""A project as the text of a project file, which reads back as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.project import FORMAT, Project


def project_text(project: Project, headings: Mapping[str, str]) -> str:
    """The text of the file; `headings` are those of the columns as they stand in tables, by their folded form."""
    return "\n".join(_lines(project, headings)) + "\n"


def _lines(project: Project, headings: Mapping[str, str]) -> Iterator[str]:
    yield f"format: {FORMAT}"
    if project.language is not None:
        yield f"language: {project.language}"
    if project.criteria is not None:
        yield f"criteria: {_text(_from(project.criteria, project.file.parent))}"
    if project.standards:
        yield f"standards: [{', '.join(map(_text, project.standards))}]"
    if project.reading.territory is not None:
        yield f"territory: {_text(project.reading.territory)}"
    if facts := list(_facts(project.reading, headings)):
        yield "facts:"
        yield from (f"  {line}" for line in facts)


def _facts(reading: ReadingOptions, headings: Mapping[str, str]) -> Iterator[str]:
    if reading.columns:
        yield "columns:"
        yield from (f"  {_text(headings.get(heading, heading))}: {name}" for heading, name in reading.columns.items())
    if reading.ignore:
        yield f"ignore: [{', '.join(_text(headings.get(heading, heading)) for heading in sorted(reading.ignore))}]"
    if reading.ignore_unknown:
        yield "ignore_unknown: true"
    if reading.blanks:
        yield f"blanks: [{', '.join(map(_text, sorted(reading.blanks)))}]"
    for name in ("sheet", "encoding", "unit"):
        if (value := getattr(reading, name)) is not None:
            yield f"{name}: {_text(value)}"
    for name in ("header_row", "year", "month", "months_end"):
        if (value := getattr(reading, name)) is not None:
            yield f"{name}: {value}"
    if reading.level is not None:
        yield f"level: {reading.level.value}"


def _text(text: str) -> str:
    """A text in quotes, which is the same in YAML as in JSON."""
    return json.dumps(text, ensure_ascii=False)


def _from(path: Path, folder: Path) -> str:
    """A path as it is written from `folder`."""
    found, base = path.resolve(), folder.resolve()
    return found.relative_to(base).as_posix() if found.is_relative_to(base) else found.as_posix()
