"""The project file as defaults of the options that it stands for; what the command line says wins."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ncriteria.facts.project import Project

_IN_THE_WAY = "none"


def defaults_of(given: str | None, folder: Path) -> Mapping[str, Any]:
    """The values of options, by the name of their parameter, from the project file that is `given` or found."""
    from ncriteria.facts.project import PROJECT_FILE, find_project, read_project

    if given == _IN_THE_WAY:
        return {}
    file = find_project(folder) if given is None else Path(given)
    if file is not None and file.is_dir():
        file = file / PROJECT_FILE
    return {} if file is None else _values(read_project(file))


def _values(project: Project) -> dict[str, Any]:
    reading = project.reading
    criteria = None if project.criteria is None else str(project.criteria)
    values = {
        "language": project.language,
        "criteria": criteria,
        "around": criteria,
        "standards": list(project.standards),
        "columns": [f"{heading}={name}" for heading, name in reading.columns.items()],
        "ignore": list(reading.ignore),
        "ignore_unknown": reading.ignore_unknown,
        "blanks": list(reading.blanks),
        "sheet": reading.sheet,
        "encoding": reading.encoding,
        "header_row": reading.header_row,
        "level": None if reading.level is None else reading.level.value,
        "table_year": reading.year,
        "table_month": reading.month,
        "months_end": reading.months_end,
        "table_unit": reading.unit,
        "territory": reading.territory,
    }
    return {name: value for name, value in values.items() if value not in (None, [], False)}
