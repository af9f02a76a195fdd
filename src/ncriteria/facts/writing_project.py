"""A project as the text of a project file, which reads back as it was."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ncriteria.facts.lineage.model import Reform
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.project import FORMAT, READING_KEYS, Project
from ncriteria.sets.model import Level


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
        yield f"standards: {_text(project.standards)}"
    if project.reading.territory is not None:
        yield f"territory: {_text(project.reading.territory)}"
    if project.reading.lineage.file is not None:
        yield f"lineage: {_text(_from(Path(project.reading.lineage.file), project.file.parent))}"
    if project.reading.reforms:
        yield "reforms:"
        yield from (f"  - {{{', '.join(_reform(one))}}}" for one in project.reading.reforms)
    if project.rules_said:
        yield "check:"
        yield from (f"  {one.code}: {one.severity}" for one in project.rules_said)
    if facts := list(_facts(project.reading, headings)):
        yield "facts:"
        yield from (f"  {line}" for line in facts)


def _reform(reform: Reform) -> Iterator[str]:
    yield f"day: {reform.day.isoformat()}"
    if reform.instrument is not None:
        yield f"instrument: {_text(reform.instrument)}"


def _facts(reading: ReadingOptions, headings: Mapping[str, str]) -> Iterator[str]:
    ignored = frozenset(headings.get(heading, heading) for heading in reading.ignore)
    for key in READING_KEYS:
        match ignored if key == "ignore" else getattr(reading, key):
            case Level() as level:
                yield f"{key}: {level.value}"
            case frozenset() as marks if marks:
                yield f"{key}: {_text(sorted(marks))}"
            case Mapping() as columns if columns:
                yield f"{key}:"
                yield from (f"  {_text(headings.get(heading, heading))}: {name}" for heading, name in columns.items())
            case datetime.date() as day:
                yield f"{key}: {day.isoformat()}"
            case str() | int() as said if said:
                yield f"{key}: {_text(said)}"


def _text(value: str | int | Sequence[str]) -> str:
    """A value as YAML has it, which is the same as JSON; texts are in quotes."""
    return json.dumps(value, ensure_ascii=False)


def _from(path: Path, folder: Path) -> str:
    """A path as it is written from `folder`."""
    found, base = path.resolve(), folder.resolve()
    return found.relative_to(base).as_posix() if found.is_relative_to(base) else found.as_posix()
