"""The project file: it stands for options that are not given; what the command line says wins."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ncriteria.facts.project import Project

_IN_THE_WAY = "none"


def take_project(context: click.Context, given: str | None, folder: Path, commands: tuple[str, ...]) -> None:
    """Let the project file that is `given`, or found from `folder` upward, stand for options of all `commands`.

    How tables are read is taken from the object of the context by `reading_options`.
    """
    project = _project(given, folder)
    if project is not None:
        rules = None if project.criteria is None else [str(project.criteria)]
        values = {
            "language": project.language,
            "rules": rules,
            "standards": list(project.standards) or None,
        }
        told = {name: value for name, value in values.items() if value is not None}
        context.obj, context.default_map = project, dict.fromkeys(commands, told)


def _project(given: str | None, folder: Path) -> Project | None:
    from ncriteria.facts.project import PROJECT_FILE, find_project, read_project

    if given == _IN_THE_WAY:
        return None
    file = find_project(folder) if given is None else Path(given)
    if file is not None and given is None:
        # Named from here, as what is given is: an answer says the same wherever the folders lie.
        file = Path(os.path.relpath(file))
    if file is not None and file.is_dir():
        file = file / PROJECT_FILE
    return None if file is None else read_project(file)
